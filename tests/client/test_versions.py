"""Older and newer servers and programs: what fits works, what does not says so."""

import gzip
from dataclasses import replace

import httpx
import msgspec
import pytest

from backend_client.client import BackendClient
from backend_client.errors import BrokenAnswer, ClientTooOld, ServerTooOld
from backend_client.models.common import (
    CLIENT_VERSION_HEADER,
    OLDEST_CLIENT,
    VERSION,
    RequestId,
)
from backend_client.models.requests import Action, QueueGroup, RequestStatus
from backend_client.models.server import ServerInfo
from backend_client.versions import is_older
from tests.backend.clinic import ClinicMaker, demo_of
from tests.backend.live import live
from tests.client.answering import Answering, client_of, ok, signed_in_client
from tests.factories import NOW, make_card


def info(version: str, oldest_client: str = "0.1.0") -> ServerInfo:
    return ServerInfo(version=version, oldest_client=oldest_client, time=NOW)


async def test_a_server_that_is_too_old_is_named() -> None:
    async with client_of(Answering(ok(info("0.0.9")))) as client:
        with pytest.raises(ServerTooOld) as raised:
            await client.server.info()
    assert raised.value.version == "0.0.9"


async def test_a_newer_server_that_still_serves_this_program_is_fine() -> None:
    async with client_of(Answering(ok(info("0.10.0", VERSION)))) as client:
        assert (await client.server.info()).version == "0.10.0"


async def test_a_server_that_serves_newer_programs_only_says_which() -> None:
    async with client_of(Answering(ok(info("2.0.0", "1.4.0")))) as client:
        with pytest.raises(ClientTooOld) as raised:
            await client.server.info()
    assert raised.value.oldest == "1.4.0"


async def test_another_program_at_the_address_is_no_server_of_ours() -> None:
    async with client_of(Answering(ok(info("nginx/1.24")))) as client:
        with pytest.raises(BrokenAnswer):
            await client.server.info()


async def test_every_call_states_the_program_s_version() -> None:
    server = Answering(ok(make_card()))
    async with signed_in_client(server) as client:
        await client.requests.card(RequestId("request-1"))
    assert server.requests[0].headers[CLIENT_VERSION_HEADER] == VERSION


async def test_the_real_server_refuses_a_program_that_is_too_old(clinics: ClinicMaker) -> None:
    settings = replace(clinics.settings, oldest_client="7.0.0")
    async with clinics.open_demo(demo_of(()), settings) as clinic, live(clinic.app) as address:
        client = BackendClient(f"http://{address}", now=clinic.clock)
        with pytest.raises(ClientTooOld) as raised:
            await client.server.info()
        assert raised.value.oldest == "7.0.0"
        with pytest.raises(ClientTooOld):
            await client.account.sign_in("levashova", "x")
        await client.aclose()


async def test_a_program_that_cannot_read_places_in_frames_is_not_served(
    clinics: ClinicMaker,
) -> None:
    """A client of 0.1 knew ECG and picture places alone: a conclusion with another could not be
    read by it at all (docs/decisions/0053)."""
    async with clinics.open_demo(demo_of(())) as clinic, live(clinic.app) as address:
        client = BackendClient(
            f"http://{address}", now=clinic.clock, version="0.1.0", oldest_server="0.1.0"
        )
        with pytest.raises(ClientTooOld) as raised:
            await client.server.info()
        assert raised.value.oldest == OLDEST_CLIENT
        await client.aclose()


async def test_a_server_that_would_refuse_places_in_frames_is_too_old() -> None:
    async with client_of(Answering(ok(info("0.1.0")))) as client:
        with pytest.raises(ServerTooOld):
            await client.server.info()


async def test_unknown_fields_are_ignored_and_unknown_words_shown_but_not_acted_on() -> None:
    """A newer server: new fields, a new status, a new action, a new group."""
    card = msgspec.to_builtins(make_card())
    card["weather"] = "rain"
    card["row"]["status"] = "on_the_moon"
    card["row"]["allowed_actions"] = ["claim", "teleport"]
    card["row"]["patient"]["avatar"] = {"url": "x"}
    counts = b'{"counts": {"all": 3, "retired": 1}, "as_of": 5}'
    server = Answering(ok(raw=msgspec.json.encode(card)), ok(raw=counts))
    async with signed_in_client(server) as client:
        row = (await client.requests.card(RequestId("request-1"))).row
        assert row.status is RequestStatus.UNKNOWN
        assert row.allowed_actions == [Action.CLAIM, Action.UNKNOWN]
        assert (await client.requests.counts()).counts[QueueGroup.ALL] == 3


def test_versions_compare_as_numbers() -> None:
    assert is_older("0.9.0", "0.10.0")
    assert not is_older("1.0", "1.0")
    assert is_older("1.0", "1.0.1")
    for wrong in ("", "1..2", "1.x", "v1.0", "٣.1", "1" * 20):
        with pytest.raises(BrokenAnswer):
            is_older(wrong, "1.0")


async def test_a_response_that_is_compressed_is_read() -> None:
    packed = httpx.Response(
        200,
        content=gzip.compress(msgspec.json.encode(info(VERSION))),
        headers={"Content-Encoding": "gzip"},
    )

    async def server(request: httpx.Request) -> httpx.Response:
        return packed

    async with client_of(server) as client:
        assert (await client.server.info()).version == VERSION
