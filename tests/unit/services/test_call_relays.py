"""TURN servers of a call: asked of the backend before a connection, renewed before they end."""

from datetime import timedelta

from backend_client.errors import Unreachable
from backend_client.models.relays import IceServer, IceServers
from tests.factories import NOW
from tests.unit.services.call_scene import Scene, scene
from workstation.core import call_media
from workstation.core.live_call import CallPhase

URL = "turn:turn.example:3478?transport=udp"
LIFE = timedelta(hours=4)


def credentials(number: int, end: timedelta = LIFE) -> IceServers:
    server = IceServer(urls=[URL], username=f"{number}:doctor", credential=f"password {number}")
    return IceServers(servers=[server], expires_at=NOW + end)


def names(stage: Scene) -> list[str]:
    """Of the credentials of each connection; "" where it has none."""
    chosen = [link.settings.ice_servers for link in stage.telephone.links]
    return [servers[0].username if servers else "" for servers in chosen]


async def test_the_first_connection_has_credentials_already() -> None:
    async with scene() as stage:
        stage.backend.relays = credentials(1)
        await stage.ring()
        expected = call_media.IceServer((URL,), "1:doctor", "password 1")
        assert stage.link.settings.ice_servers == (expected,)


async def test_without_an_answer_the_call_goes_on_directly() -> None:
    async with scene() as stage:
        stage.backend.fail_with("ice_servers", Unreachable(may_have_arrived=False))
        await stage.ring()
        assert names(stage) == [""]
        assert stage.is_in(CallPhase.RINGING)


async def test_a_server_that_is_silent_does_not_hold_the_call_up() -> None:
    """A later connection asks again, and has them."""
    async with scene() as stage:
        stage.backend.relays = credentials(1)
        stage.backend.fail_with("ice_servers", Unreachable(may_have_arrived=False))
        await stage.ring()
        await stage.answer()
        stage.link.fail()
        await stage.time.move(1)
        assert names(stage)[-1] == "1:doctor"


async def test_credentials_are_kept_for_half_of_their_time_and_then_renewed() -> None:
    async with scene() as stage:
        stage.backend.relays = credentials(1)
        await stage.ring()
        await stage.answer()
        stage.backend.relays = credentials(2, LIFE * 2)
        stage.link.fail()
        await stage.time.move(1)
        asked = stage.backend.count("ice_servers")
        await stage.time.move(LIFE.total_seconds() / 2)
        stage.link.fail()
        await stage.time.move(60)
    assert asked == 1
    assert names(stage)[:2] == ["1:doctor", "1:doctor"]
    assert names(stage)[-1] == "2:doctor"
