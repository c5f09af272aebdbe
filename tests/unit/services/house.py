"""The services of one account around a scripted server, with a real encrypted store."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic

import httpx

from backend_client.client import BackendClient
from tests.client.answering import AT_ONCE, make_signed_in
from tests.factories import NOW
from tests.ui.viewers.made_up_stack import make_slice, make_stack
from tests.unit.services.scripted_server import ManualSleep, ScriptedEvents, ScriptedServer
from workstation.core.connection import ConnectionState, Link
from workstation.core.server_clock import ServerClock
from workstation.core.subscription import Event
from workstation.media.engine import MediaEngine
from workstation.services.certificates import KeptCertificates
from workstation.services.claims import ClaimService
from workstation.services.desk import Doors
from workstation.services.link import LinkState
from workstation.services.open_ahead import OpenAhead
from workstation.services.outgoing import OutgoingActions
from workstation.services.requests import RequestService
from workstation.services.studies import LARGEST, StudyOpener, StudyService
from workstation.services.sync import SyncService
from workstation.services.triage import TriageService
from workstation.store.blobs import Blobs
from workstation.store.cache import Cache
from workstation.store.database import Database
from workstation.store.outbox import Outbox
from workstation.studies.ecg import EcgRecord
from workstation.studies.errors import DecoderStopped
from workstation.studies.study import EcgStudy, Study

KEY = bytes(range(32))
PATIENCE_S = 60.0
"""What a busy machine needs for a moment's work."""


EMPTY_ECG = EcgRecord(
    leads=(),
    sampling_rate_hz=500,
    patient_name="",
    patient_birth_date=None,
    recorded_at=None,
    recorded_on=None,
    device_measurements=(),
    statements=(),
    filter_note=None,
    warnings=(),
    source_format="DICOM",
)


DAMAGED = b"no slice"
"""A file of a series in which the fake decoder finds no slice."""


class FakeStack:
    """A stack of the files that were given, but for those that are `DAMAGED`."""

    def __init__(self, files: Sequence[memoryview]) -> None:
        parts = [part for part, file in enumerate(files) if bytes(file) != DAMAGED]
        made = make_stack(slices=[make_slice(part, uid=f"1.2.{part}") for part in parts])
        self.info = dataclasses.replace(made, left_out=len(files) - len(parts))
        self.is_closed = False

    async def close(self) -> None:
        """Noted."""
        self.is_closed = True


class FakeOpener:
    """A decoder that takes everything."""

    def __init__(self) -> None:
        self.restarted: Event[DecoderStopped] = Event()
        self.given: list[bytes] = []
        self.given_series: list[list[bytes]] = []
        self.stacks: list[FakeStack] = []
        self.error: Exception | None = None

    async def open(self, data: memoryview) -> Study:
        """An empty ECG."""
        if self.error is not None:
            raise self.error
        self.given.append(bytes(data))
        return EcgStudy(EMPTY_ECG)

    async def open_series(self, files: Sequence[memoryview]) -> Study:
        """A stack of them."""
        if self.error is not None:
            raise self.error
        self.given_series.append([bytes(one) for one in files])
        self.stacks.append(FakeStack(files))
        return self.stacks[-1]  # type: ignore[return-value]  # as much of one as is asked for


@dataclass(frozen=True)
class House:
    """Everything that one account works with."""

    server: ScriptedServer
    events: ScriptedEvents
    sleep: ManualSleep
    """Of the connection and of the orders."""
    counts_sleep: ManualSleep
    link: LinkState
    database: Database
    outgoing: OutgoingActions
    requests: RequestService
    claims: ClaimService
    beat_sleep: ManualSleep
    studies: StudyService
    sync: SyncService
    opener: FakeOpener
    blobs_folder: Path
    triage: TriageService

    async def settle(self) -> None:
        """Everybody has their turns, and the store does what it was given; then nothing is left."""
        for _ in range(5):
            await self.database.run(lambda connection: None)
            for _ in range(5):
                await asyncio.sleep(0)

    def go_offline(self) -> None:
        """The server is down, and it is known."""
        self.server.is_down = True
        self.link.set(ConnectionState(Link.OFFLINE, NOW))


@asynccontextmanager
async def house(
    folder: Path,
    server: ScriptedServer,
    *,
    blobs_limit: int = 1 << 30,
    now: Callable[[], datetime] = lambda: NOW,
    opener: FakeOpener | None = None,
    door: StudyOpener | None = None,
    ahead: OpenAhead | None = None,
    largest: int = LARGEST,
) -> AsyncIterator[House]:
    """Opens a house on a folder; the same folder is the same computer. `door`: a decoder of its
    own in the place of the fake one."""
    clock = ServerClock(now)
    transport = httpx.MockTransport(server)
    client = BackendClient("http://server", transport=transport, now=clock.now, retrying=AT_ONCE)
    await client.session.accept(make_signed_in())
    database = await Database.open(folder / "store.db", KEY)
    blobs = Blobs(folder / "files", KEY, blobs_limit)
    await blobs.open()
    sleep, counts_sleep = ManualSleep(), ManualSleep()
    events, decoder = ScriptedEvents(), opener or FakeOpener()
    cache, link = Cache(database), LinkState(ConnectionState(Link.ONLINE, NOW))
    outgoing = OutgoingActions(Outbox(database), clock.now, sleep)
    requests = RequestService(client.requests, cache, outgoing, link, clock.now, counts_sleep)
    beat_sleep = ManualSleep()
    claims = ClaimService(client.requests, requests, link, beat_sleep)
    triage = TriageService(client.actions, requests, claims, outgoing, clock.now)
    await triage.load()
    at_door = door or decoder
    studies = StudyService(client.documents, blobs, cache, at_door, outgoing, largest, ahead)
    sync = SyncService(events, requests, outgoing, link, clock, sleep=sleep, jitter=lambda: 1.0)
    try:
        yield House(
            server,
            events,
            sleep,
            counts_sleep,
            link,
            database,
            outgoing,
            requests,
            claims,
            beat_sleep,
            studies,
            sync,
            decoder,
            folder / "files",
            triage,
        )
    finally:
        await studies.close()
        await triage.close()
        await database.close()
        await client.aclose()


@asynccontextmanager
async def running(work: Coroutine[None, None, None]) -> AsyncIterator[asyncio.Task[None]]:
    """Runs a service beside the test and ends it."""
    task = asyncio.create_task(work)
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(true: Callable[[], bool]) -> None:
    """Lets others work until it is so; the store works in a thread, so turns alone do not do."""
    end = monotonic() + PATIENCE_S
    while not true():
        assert monotonic() < end, "it never came to that"
        await asyncio.sleep(0.001)


def make_doors(folder: Path) -> Doors:
    """Doors of a desk that opens no file, places no call, and has no certificates."""
    return Doors(FakeOpener(), MediaEngine(), KeptCertificates(folder))
