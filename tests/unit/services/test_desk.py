"""An account's desk: opened on its own encrypted data, closed without losing an order."""

from pathlib import Path

import httpx
import pytest

from backend_client.client import BackendClient
from backend_client.models.requests import QueueGroup
from tests.client.answering import AT_ONCE, make_signed_in
from tests.factories import NOW, make_account, make_owner, make_row
from tests.unit.services.house import make_doors
from tests.unit.services.scripted_server import ME, ScriptedServer
from workstation.core.errors import NoSecretStore
from workstation.core.pending_action import PendingKind
from workstation.core.secrets import SecretStore
from workstation.core.server_clock import ServerClock
from workstation.desktop.secrets import MemorySecrets
from workstation.services.desk import Desk, open_desk


async def desk_at(
    folder: Path, server: ScriptedServer, secrets: SecretStore
) -> tuple[Desk, BackendClient]:
    clock = ServerClock(lambda: NOW)
    client = BackendClient(
        "http://server", transport=httpx.MockTransport(server), now=clock.now, retrying=AT_ONCE
    )
    await client.session.accept(make_signed_in())
    desk = await open_desk(client, make_account(), secrets, folder, make_doors(folder), clock)
    return desk, client


async def test_a_desk_comes_back_with_what_it_knew(tmp_path: Path) -> None:
    server, secrets = ScriptedServer(make_row()), MemorySecrets()
    desk, client = await desk_at(tmp_path, server, secrets)
    await desk.requests.page(QueueGroup.ALL)
    await desk.close()
    await client.aclose()
    server.is_down = True
    desk, client = await desk_at(tmp_path, server, secrets)
    assert (await desk.requests.page(QueueGroup.ALL)).as_of == NOW
    assert desk.set_aside is None
    await desk.close()
    await client.aclose()


async def test_under_another_key_the_old_data_are_set_aside(tmp_path: Path) -> None:
    for _ in range(2):
        desk, client = await desk_at(tmp_path, ScriptedServer(), MemorySecrets())
        await desk.close()
        await client.aclose()
    assert desk.set_aside is not None
    assert desk.set_aside.parent == tmp_path


async def test_closing_sends_what_still_waits(tmp_path: Path) -> None:
    row = make_row(owner=make_owner(ME))
    server = ScriptedServer(row)
    desk, client = await desk_at(tmp_path, server, MemorySecrets())
    await desk.outgoing.put(PendingKind.RELEASE, row.id)
    await desk.close()
    await client.aclose()
    assert server.done == [f"release {row.id}"]


async def test_closing_without_the_server_keeps_what_waits(tmp_path: Path) -> None:
    row = make_row(owner=make_owner(ME))
    server, secrets = ScriptedServer(row), MemorySecrets()
    desk, client = await desk_at(tmp_path, server, secrets)
    server.is_down = True
    await desk.requests.release(row.id)
    await desk.close()
    await client.aclose()
    desk, client = await desk_at(tmp_path, server, secrets)
    assert [one.target for one in await desk.sync.waiting()] == [row.id]
    await desk.close()
    await client.aclose()


async def test_without_a_safe_place_for_the_key_nothing_is_written(tmp_path: Path) -> None:
    class NoSecrets(MemorySecrets):
        async def read(self, name: str) -> str | None:
            raise NoSecretStore("none")

    with pytest.raises(NoSecretStore):
        await desk_at(tmp_path / "account", ScriptedServer(), NoSecrets())
    assert not (tmp_path / "account").exists()  # a question, nothing to wait for
