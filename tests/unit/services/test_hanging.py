"""What opens where is known of the centre, also without the server."""

import asyncio
from datetime import datetime
from pathlib import Path

import msgspec

from backend_client.errors import BackendError, Unreachable
from backend_client.models.catalogue import Catalogue
from backend_client.models.hanging import Hanging, HangingRule, PlacesFrom
from tests.factories import NOW
from workstation.core.connection import ConnectionState, Link
from workstation.core.hanging import HangingRules, places_at
from workstation.services.hanging import HangingService
from workstation.services.link import LinkState

FILE = Path(__file__).resolve().parents[3] / "resources" / "catalogues" / "cardio.json"
CARDIO = msgspec.json.decode(FILE.read_bytes(), type=list[Catalogue])[-1]
FOUR = Hanging(rules=[HangingRule(places=[PlacesFrom(places=4)])])


class Server:
    """Has a catalogue, or is away."""

    def __init__(self, hanging: Hanging | None) -> None:
        self.hanging, self.asked = hanging, 0
        self.error: BackendError | None = None

    async def read(self) -> Catalogue:
        self.asked += 1
        if self.error is not None:
            raise self.error
        return msgspec.structs.replace(CARDIO, hanging=self.hanging)


class Kept:
    """What was kept of it."""

    def __init__(self, hanging: Hanging | None = None) -> None:
        self.kept = hanging

    async def keep_hanging(self, hanging: Hanging, as_of: datetime) -> None:
        self.kept = hanging

    async def hanging(self) -> Hanging | None:
        return self.kept


async def turns() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


def places(service: HangingService) -> int:
    return places_at(service.rules.leading(()), 1366)


async def test_oz_29_the_centres_rules_are_read_with_each_connection_and_kept() -> None:
    """OZ-29: a new version of the catalogue may have begun."""
    server, kept = Server(FOUR), Kept()
    link = LinkState(ConnectionState(Link.OFFLINE, NOW))
    service = HangingService(server, link, lambda: NOW, kept)
    told: list[HangingRules] = []
    service.changed.subscribe(told.append)
    task = asyncio.create_task(service.run())
    await turns()
    assert (server.asked, places(service)) == (0, 1), "the usual rules, until there is an answer"
    link.set(ConnectionState(Link.ONLINE, NOW))
    await turns()
    assert places(service) == 4
    assert kept.kept == FOUR
    link.set(ConnectionState(Link.OFFLINE, NOW))
    link.set(ConnectionState(Link.ONLINE, NOW))
    await turns()
    assert (server.asked, len(told)) == (2, 1), "the same rules are no news"
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_without_the_server_those_of_the_last_time_count() -> None:
    server = Server(None)
    server.error = Unreachable("away")
    link = LinkState(ConnectionState(Link.ONLINE, NOW))
    service = HangingService(server, link, lambda: NOW, Kept(FOUR))
    task = asyncio.create_task(service.run())
    await turns()
    assert (server.asked, places(service)) == (1, 4)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
