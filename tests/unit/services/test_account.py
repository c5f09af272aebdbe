"""Who is signed in: by password, after a restart, without the server, and not any more."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import httpx
import pytest

from backend_client.client import BackendClient
from backend_client.errors import NotSignedIn, Unreachable, WrongPassword
from backend_client.models.accounts import Account
from tests.client.answering import AT_ONCE, refusal
from tests.factories import NOW, make_account, make_demo_account
from tests.unit.services.scripted_server import ScriptedServer
from workstation.core.errors import NoSecretStore
from workstation.core.secrets import SecretStore
from workstation.core.server_clock import ServerClock
from workstation.desktop.secrets import MemorySecrets
from workstation.services.account import AccountService


class NoSecrets(MemorySecrets):
    """A system without a keyring."""

    async def read(self, name: str) -> str | None:
        """Raises."""
        raise NoSecretStore("none")


@dataclass
class Start:
    """One start of the program."""

    service: AccountService
    client: BackendClient
    clock: ServerClock
    told: list[Account | None] = field(default_factory=list)


@asynccontextmanager
async def started(server: ScriptedServer, secrets: SecretStore) -> AsyncIterator[Start]:
    clock = ServerClock(lambda: NOW - timedelta(hours=1))
    transport = httpx.MockTransport(server)
    client = BackendClient("http://server", transport=transport, now=clock.now, retrying=AT_ONCE)
    start = Start(AccountService(client, secrets, clock), client, clock)
    start.service.changed.subscribe(start.told.append)
    yield start
    await client.aclose()


async def test_signing_in_tells_who_came() -> None:
    async with started(ScriptedServer(), MemorySecrets()) as start:
        account = await start.service.sign_in("levashova", "demo")
        assert start.service.account == account == make_account()
    assert start.told == [account]


async def test_a_wrong_password_lets_nobody_in() -> None:
    async with started(ScriptedServer(), MemorySecrets()) as start:
        with pytest.raises(WrongPassword):
            await start.service.sign_in("levashova", "wrong")
        assert start.service.account is None
    assert start.told == []


async def test_without_a_keyring_no_password_leaves_the_house() -> None:
    server = ScriptedServer()
    async with started(server, NoSecrets()) as start:
        with pytest.raises(NoSecretStore):
            await start.service.sign_in("levashova", "demo")
    assert server.asked == []


async def test_the_next_start_goes_on_without_a_password() -> None:
    server, secrets = ScriptedServer(), MemorySecrets()
    async with started(server, secrets) as start:
        await start.service.sign_in("levashova", "demo")
    for _ in range(3):  # each start uses up the token and keeps the next one
        async with started(server, secrets) as start:
            assert await start.service.resume() == make_account()
    assert server.calls_of("/sign-in") == 1


async def test_a_first_start_has_nobody_to_bring_back() -> None:
    server = ScriptedServer()
    async with started(server, MemorySecrets()) as start:
        assert await start.service.resume() is None
    assert server.asked == []


async def test_a_session_that_is_over_asks_for_the_password_again() -> None:
    server, secrets = ScriptedServer(), MemorySecrets()
    async with started(server, secrets) as start:
        await start.service.sign_in("levashova", "demo")
    server.token = 99
    async with started(server, secrets) as start:
        assert await start.service.resume() is None
        assert start.told == []
    async with started(server, secrets) as start:
        assert await start.service.resume() is None
    assert server.calls_of("/token/refresh") == 1


async def test_without_the_server_the_last_doctor_works_from_the_cache() -> None:
    server, secrets = ScriptedServer(), MemorySecrets()
    async with started(server, secrets) as start:
        await start.service.sign_in("levashova", "demo")
    server.is_down = True
    async with started(server, secrets) as start:
        assert await start.service.resume() == make_account()
        with pytest.raises(Unreachable):
            await start.client.requests.counts()
        server.is_down = False
        await start.client.requests.counts()  # the session goes on by itself
    assert server.calls_of("/sign-in") == 1


async def test_without_the_server_and_without_a_past_it_says_so() -> None:
    server, secrets = ScriptedServer(), MemorySecrets()
    await secrets.write("refresh-token", "refresh-1")
    server.is_down = True
    async with started(server, secrets) as start:
        with pytest.raises(Unreachable):
            await start.service.resume()


async def test_signing_out_leaves_nothing_to_come_back_with() -> None:
    server, secrets = ScriptedServer(), MemorySecrets()
    async with started(server, secrets) as start:
        await start.service.sign_in("levashova", "demo")
        await start.service.sign_out()
        assert start.told == [make_account(), None]
    async with started(server, secrets) as start:
        assert await start.service.resume() is None
    assert server.calls_of("/sign-out") == 1


async def test_signing_out_works_without_the_server() -> None:
    server, secrets = ScriptedServer(), MemorySecrets()
    async with started(server, secrets) as start:
        await start.service.sign_in("levashova", "demo")
        server.is_down = True
        await start.service.sign_out()
        assert start.service.account is None
    server.is_down = False
    async with started(server, secrets) as start:
        assert await start.service.resume() is None


async def test_a_session_that_the_server_ends_in_the_middle_is_told_once() -> None:
    server = ScriptedServer()
    async with started(server, MemorySecrets()) as start:
        await start.service.sign_in("levashova", "demo")
        server.token = 99
        server.fault = refusal(401)
        for _ in range(2):
            with pytest.raises(NotSignedIn):
                await start.client.requests.counts()
        assert start.service.account is None
    assert start.told == [make_account(), None]


async def test_the_server_s_clock_counts() -> None:
    async with started(ScriptedServer(), MemorySecrets()) as start:
        await start.service.server()
        assert start.clock.now() == NOW
        assert await start.service.demo_accounts() == [make_demo_account()]
