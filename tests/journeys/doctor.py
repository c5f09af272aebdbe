"""The other end of a patient's page: a doctor's typed client, media process and signature."""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import aclosing, asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from backend.demo_data.staff import demo_staff
from backend_client.calls import CallsResource
from backend_client.client import BackendClient
from backend_client.errors import BackendError, Conflict
from backend_client.models.calls import Call, CallState, Signal, SignalKind
from backend_client.models.common import RequestId
from backend_client.models.conclusions import Conclusion, ConclusionForm
from backend_client.models.events import Hello, ServerEvent
from backend_client.models.requests import Action, QueueGroup, RequestCard
from backend_client.models.schedule import SlotTime
from signing.demo_pki import DemoPerson
from tests.journeys.colleague import demo_password
from tests.journeys.demo_shelf import DemoShelf
from tests.signing.clinic import Clinic, make_clinic, make_person
from tests.unit.media.two_sides import PATIENCE_S, SYNTHETIC
from workstation.core.call_media import CallStats, MediaState, SessionDescription
from workstation.embedded_backend import EmbeddedBackend
from workstation.media.call_handle import CallHandle
from workstation.media.engine import MediaEngine

LOGIN: Final = "levashova"
ADMIN: Final = "berezhnoy"
SLOT_MINUTES: Final = 5
_LOOK_EVERY_S: Final = 0.05
_TRIES: Final = 40


class Server:
    """A demo server process that takes signatures of `clinic`'s people."""

    def __init__(self, backend: EmbeddedBackend, folder: Path, clinic: Clinic) -> None:
        self.backend = backend
        self.database = folder / "backend.sqlite"
        self.clinic = clinic
        self.address = backend.address(120)
        self.password = asyncio.run(demo_password(self.address))


def _of_staff(login: str) -> DemoPerson:
    """Who has that account, as a certificate names them: the server compares."""
    staff = next(one for one in demo_staff() if one.login == login)
    return replace(make_person(staff.full_name), snils=staff.snils)


@contextmanager
def demo_server(shelf: DemoShelf) -> Iterator[Server]:
    """Started, and ended afterwards; one that is killed comes back on its port."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clinic = make_clinic(doctor_is=_of_staff(LOGIN), approver_is=_of_staff(ADMIN))
        backend = EmbeddedBackend(folder, demo=True)
        shelf.stock(folder)
        backend.trust_roots.mkdir(parents=True)
        (backend.trust_roots / "root.pem").write_bytes(clinic.authority.root_pem)
        backend.start()
        try:
            yield Server(backend, folder, clinic)
        finally:
            backend.stop()


class Doctor:
    """Signed in at `server`, with one request in hand after `take`."""

    def __init__(self, server: Server, client: BackendClient) -> None:
        self.client = client
        self._server = server
        self._card: RequestCard | None = None

    @property
    def card(self) -> RequestCard:
        """The request in hand, as it was when it was last answered."""
        assert self._card is not None
        return self._card

    async def take(self) -> str:
        """Takes a request that waits for a doctor; the patient's link."""
        page = await self.client.requests.page(QueueGroup.UNCLAIMED)
        free = next(
            row
            for row in page.items
            if Action.CLAIM in row.allowed_actions and not row.missing_consents
        )
        self._card = await self.client.requests.claim(free.id)
        return (await self.client.schedule.give_patient_link(free.id)).url

    async def propose(self, count: int = 1, after: timedelta = timedelta(minutes=3)) -> None:
        """Offers so many times, the first about `after` from now, where the doctor is free."""
        start = datetime.now(UTC) + after
        for _ in range(_TRIES):
            starts = [start + number * timedelta(hours=3) for number in range(count)]
            times = [SlotTime(start=one, minutes=SLOT_MINUTES) for one in starts]
            try:
                self._card = await self.client.schedule.propose(self.card.row.id, times)
            except Conflict:
                start += timedelta(minutes=SLOT_MINUTES)
            else:
                return
        raise AssertionError("the doctor has no free time")

    async def busy(self) -> list[datetime]:
        """When the doctor's coming hours are held."""
        now = datetime.now(UTC)
        schedule = await self.client.schedule.between(now, now + timedelta(days=2))
        return [entry.slot.start for entry in schedule.entries]

    async def ring(self) -> Call:
        """Calls the patient."""
        return await self.client.calls.place(self.card.row.id)

    async def ended(self, call: Call) -> Call:
        """The call, once it is over."""
        return await self._reached(call, CallState.DECLINED, CallState.ENDED, CallState.TIMED_OUT)

    async def hang_up(self, call: Call) -> None:
        """Ends the call."""
        await self.client.calls.hang_up(self.card.row.id, call.id)

    @asynccontextmanager
    async def talking(self, engine: MediaEngine, call: Call) -> AsyncIterator["Talk"]:
        """Speaks and shows a picture once the patient answers, also after a reconnection."""
        talk = Talk(self, engine, call)
        task = asyncio.create_task(talk.run())
        try:
            yield talk
        finally:
            task.cancel()
            await asyncio.wait([task])
            await talk.close()

    async def answered(self, call: Call) -> Call:
        """The call, once the patient has answered."""
        return await self._reached(call, CallState.ACTIVE)

    async def says(self, text: str) -> None:
        """Writes into the chat."""
        await self.client.messages.send(self.card.row.id, text)

    async def texts(self) -> list[str]:
        """What stands in the chat."""
        chat = await self.client.messages.chat(self.card.row.id)
        return [message.text for message in chat.messages]

    async def hears(self, text: str) -> None:
        """Waits until the text stands in the chat."""
        await _until(lambda: self._has_heard(text))

    async def deliver(self) -> bytes:
        """Writes, signs, has it approved where the route asks for it; the PDF as delivered."""
        clinic, number = self._server.clinic, self.card.row.id
        draft = await self.client.conclusions.save(number, 0, ConclusionForm(complaints="Перебои"))
        signed = await self.client.conclusions.sign(number, draft.version, clinic.certified)
        if not signed.needs_approval:
            return clinic.certified
        await self._approve(signed)
        return clinic.approved

    async def _has_heard(self, text: str) -> bool:
        return text in await self.texts()

    async def _approve(self, signed: Conclusion) -> None:
        async with signed_in(self._server, ADMIN) as admin:
            pdf = self._server.clinic.approved
            await admin.client.conclusions.approve(signed.request_id, signed.version, pdf)

    async def _reached(self, call: Call, *states: CallState) -> Call:
        async with asyncio.timeout(PATIENCE_S):
            while True:
                for one in await self.client.calls.attempts(self.card.row.id):
                    if one.id == call.id and one.state in states:
                        return one
                await asyncio.sleep(_LOOK_EVERY_S)


async def _until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while True:
            if await holds():
                return
            await asyncio.sleep(_LOOK_EVERY_S)


class Talk:
    """The doctor's media in one call; the last connection counts."""

    def __init__(self, doctor: Doctor, engine: MediaEngine, call: Call) -> None:
        self.stats: CallStats | None = None
        self.connections = 0
        self.said: list[dict[str, object]] = []
        self._doctor, self._engine, self._call = doctor, engine, call
        self._handle: CallHandle | None = None
        self._last = 0

    async def run(self) -> None:
        """Waits for the answer, offers, and follows what the page says."""
        await self.connect(await self._doctor.answered(self._call))
        while True:
            for signal in await self._calls.signals(self._request, self._call.id, self._last):
                self._last = signal.number
                await self._hear(signal)
            await asyncio.sleep(_LOOK_EVERY_S)

    async def sees_patient(self, frames: int = 10) -> CallStats:
        """Waits until the present connection has brought so many pictures."""
        await _until(lambda: self._is_seen(frames))
        assert self.stats is not None
        return self.stats

    async def mute(self) -> None:
        """Switches the doctor's microphone off; the camera stays on."""
        assert self._handle is not None
        await self._handle.set_muted(audio=True, video=False)

    async def is_told(self, state: MediaState) -> None:
        """Waits until the page has said that it sends this."""
        await _until(lambda: self._has_said(state))

    async def connect(self, call: Call) -> None:
        """Offers a connection of that call in place of the present one."""
        await self.close()
        self.stats, self.connections = None, self.connections + 1
        self._handle = self._engine.call(SYNTHETIC)
        self._handle.stats.subscribe(self._note)
        offer = await self._handle.offer()
        payload = json.dumps({"type": offer.type, "sdp": offer.sdp})
        kind = SignalKind.OFFER
        await self._calls.send_signal(self._request, call.id, kind, call.connection, payload)

    async def close(self) -> None:
        """Ends the doctor's side."""
        if self._handle is not None:
            await self._handle.hang_up()

    async def _is_seen(self, frames: int) -> bool:
        return self.stats is not None and self.stats.frames_received >= frames

    async def _has_said(self, state: MediaState) -> bool:
        return self._handle is not None and self._handle.remote_media == state

    @property
    def _calls(self) -> CallsResource:
        return self._doctor.client.calls

    @property
    def _request(self) -> RequestId:
        return self._doctor.card.row.id

    def _note(self, stats: CallStats) -> None:
        self.stats = stats

    async def _hear(self, signal: Signal) -> None:
        said = json.loads(signal.payload)
        if signal.kind is SignalKind.ANSWER and self._handle is not None:
            await self._handle.accept(SessionDescription("answer", said["sdp"]))
        if signal.kind is SignalKind.MEDIA:
            self.said.append(said)
        if signal.kind is SignalKind.RECONNECT:
            await self.connect(await self._calls.reconnect(self._request, signal.call_id))


async def lasting_events(
    client: BackendClient, missed: Callable[[], None]
) -> AsyncIterator[ServerEvent]:
    """The event stream, again after it was lost; `missed` is called at each beginning."""
    while True:
        try:
            async with aclosing(client.events()) as events:
                async for event in events:
                    if isinstance(event, Hello):
                        missed()
                    yield event
        except BackendError:
            await asyncio.sleep(_LOOK_EVERY_S)


@asynccontextmanager
async def signed_in(server: Server, login: str = LOGIN) -> AsyncIterator[Doctor]:
    """A member of the demo centre's staff."""
    client = BackendClient(server.address)
    try:
        await client.account.sign_in(login, server.password)
        yield Doctor(server, client)
    finally:
        await client.aclose()
