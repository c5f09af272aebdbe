"""A consultation as drawn in the design: a case, its call and chat, and their services' fakes."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QLinearGradient, QPainter

from backend_client.models.calls import Call, CallId, CallState, Channel, ConsultationClock
from backend_client.models.common import RequestId, UserId
from backend_client.models.messages import Chat, Message, MessageId, Side
from backend_client.models.patient import PatientLink
from backend_client.models.request_actions import PhoneOutcome
from backend_client.models.requests import Action, Diagnosis, RequestStatus, Sex
from tests.factories import make_owner, make_patient, make_row
from tests.fakes import Failing, FakeRequestService
from tests.ui.queue_scene import SCENE_NOW
from workstation.core.call_media import (
    CallFrame,
    CallSettings,
    CallStats,
    Heard,
    MediaState,
    Sending,
)
from workstation.core.call_picture import CallPicture, PictureState, SeenFrame
from workstation.core.errors import StoreError
from workstation.core.live_call import CallEnd, CallPhase, LiveCall
from workstation.core.subscription import Event
from workstation.services.kept_messages import KeptMessages
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.call.still_model import StillModel
from workstation.ui.screens.call.view_model import CallViewModel

PATIENT = "Верещагин Павел Никитич"
DOCTOR = "Левашова М. О."
SECRET = "https://centre.example/p#a-secret-token"
BOTH_ON = MediaState(Sending.ON, Sending.ON)


def make_call(**changes: object) -> Call:
    """An attempt that nobody answered, eleven minutes ago."""
    placed = SCENE_NOW - timedelta(minutes=11)
    facts: dict[str, object] = {
        "id": CallId("call-1"),
        "request_id": RequestId("request-1"),
        "doctor_id": UserId("user-1"),
        "doctor_name": DOCTOR,
        "attempt": 1,
        "state": CallState.TIMED_OUT,
        "channel": None,
        "connection": 1,
        "placed_at": placed,
        "rings_until": placed + timedelta(seconds=60),
        "answered_at": None,
        "ended_at": placed + timedelta(seconds=60),
        "ended_by": None,
    }
    return Call(**{**facts, **changes})  # type: ignore[arg-type]  # a test's own mistake shows


def make_clock(started_at: datetime, minutes: int = 30) -> ConsultationClock:
    """Of a consultation of so many minutes, warned of five minutes and one before its end."""
    end = started_at + timedelta(minutes=minutes)
    return ConsultationClock(
        started_at=started_at,
        soon_at=end - timedelta(minutes=5),
        last_at=end - timedelta(minutes=1),
        ends_at=end,
        extension_minutes=10,
    )


def make_message(number: int, text: str, side: Side = Side.PATIENT, **changes: object) -> Message:
    """A message; each is a minute after the one before."""
    facts: dict[str, object] = {
        "id": MessageId(f"message-{number}"),
        "request_id": RequestId("request-1"),
        "number": number,
        "side": side,
        "author_name": PATIENT if side is Side.PATIENT else DOCTOR,
        "text": text,
        "sent_at": SCENE_NOW - timedelta(minutes=30 - number % 30),
    }
    return Message(**{**facts, **changes})  # type: ignore[arg-type]  # as above


def make_stats(second: int, **changes: object) -> CallStats:
    """Figures of a good link, `second` seconds after its start."""
    heard = Heard(second * 50, -20.0, 440.0)
    stats = CallStats(
        up_s=float(second),
        first_frame_s=0.4,
        frames_received=second * 30,
        frames_shown=second * 30,
        frames_sent=second * 30,
        sent_size=(640, 360),
        fps_received=30.0,
        width=640,
        height=480,
        audio_received=heard,
        audio_sent=heard,
        played_ms=second * 1000,
        unplayed_ms=0,
        bytes_received=second * 90_000,
        bytes_sent=second * 90_000,
        packets_lost=0,
        round_trip_ms=40.0,
        refused_messages=0,
        cpu_share=0.3,
        stall_ms=4.0,
    )
    return replace(stats, **changes)  # type: ignore[arg-type]  # as above


def make_frame(image: QImage, number: int = 1) -> CallFrame:
    """The picture in memory of its own, which a test may write over."""
    whole = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(bytearray(whole.constBits()))
    return CallFrame(pixels, whole.width(), whole.height(), number, 0.0)


def face(width: int = 640, height: int = 480, coat: str = "#3d5066") -> QImage:
    """A stand-in for a person before a camera."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    wall = QLinearGradient(QPointF(0, 0), QPointF(width, height))
    wall.setColorAt(0, QColor("#a8a196"))
    wall.setColorAt(1, QColor("#6d665d"))
    painter.fillRect(image.rect(), QBrush(wall))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.scale(width / 640, height / 480)
    for color, box in (
        ("#f2f4f5", QRectF(40, 40, 120, 180)),
        (coat, QRectF(160, 330, 320, 320)),
        ("#b98a68", QRectF(280, 280, 80, 90)),
        ("#5b5349", QRectF(228, 90, 184, 220)),
        ("#d3a27f", QRectF(244, 120, 152, 210)),
        ("#3b332c", QRectF(274, 205, 26, 12)),
        ("#3b332c", QRectF(340, 205, 26, 12)),
        ("#9a6b52", QRectF(294, 280, 52, 12)),
    ):
        painter.setBrush(QColor(color))
        painter.drawEllipse(box) if color != "#f2f4f5" else painter.drawRect(box)
    painter.end()
    return image


class FakeCalls:
    """A telephone that does what the test says: `become` is the next state of its call."""

    def __init__(self) -> None:
        self.changed: Event[LiveCall] = Event()
        self.remote_frame: Event[CallFrame] = Event()
        self.local_frame: Event[CallFrame] = Event()
        self.attempt_changed: Event[Call] = Event()
        self.live: LiveCall | None = None
        self.settings = CallSettings()
        self.backend = Failing()
        self.history: list[Call] = []
        self.may_answer = asyncio.Event()
        """Clear it to hold orders on their way."""
        self.may_answer.set()

    async def attempts(self, request_id: RequestId) -> list[Call]:
        """What the test has put into `history`."""
        self.backend.note("attempts", request_id)
        return list(self.history)

    async def place(self, request_id: RequestId) -> None:
        """Rings for a minute."""
        self.become(LiveCall(request_id, CallPhase.PLACING))
        await self.may_answer.wait()
        try:
            self.backend.note("place", request_id)
        except Exception as error:
            self.now(phase=CallPhase.OVER, end=CallEnd.NOT_PLACED, problem=error)
            raise
        until = SCENE_NOW + timedelta(seconds=60)
        self.now(phase=CallPhase.RINGING, call_id=CallId("call-9"), attempt=1, rings_until=until)

    async def rejoin(self, request_id: RequestId) -> bool:
        """Goes on with what `history` says is on."""
        self.backend.note("rejoin", request_id)
        active = next((one for one in self.history if one.state is CallState.ACTIVE), None)
        if active is None:
            return False
        self.become(
            LiveCall(
                request_id,
                CallPhase.CONNECTING,
                call_id=active.id,
                attempt=active.attempt,
                channel=active.channel,
                answered_at=active.answered_at,
                clock=active.clock,
            )
        )
        return True

    async def hang_up(self) -> None:
        """Over, by the doctor."""
        self.backend.note("hang_up")
        assert self.live is not None
        answered = self.live.answered_at is not None
        self.now(phase=CallPhase.OVER, end=CallEnd.BY_DOCTOR if answered else CallEnd.CANCELLED)

    async def extend(self) -> None:
        """Ten minutes more, once the server has said so."""
        self.backend.note("extend")
        assert self.live is not None
        assert self.live.clock is not None
        more, clock = timedelta(minutes=10), self.live.clock
        moments = {name: getattr(clock, name) + more for name in ("soon_at", "last_at", "ends_at")}
        self.now(clock=msgspec.structs.replace(clock, **moments))

    async def set_microphone(self, on: bool) -> None:
        """As told."""
        self.backend.note("microphone", on)
        self.now(microphone_on=on)

    async def set_camera(self, on: bool) -> None:
        """As told."""
        self.backend.note("camera", on)
        self.now(camera_on=on)

    def become(self, live: LiveCall) -> None:
        """The call's next state."""
        self.live = live
        self.changed.emit(live)

    def now(self, **changes: object) -> None:
        """Changes something of the call."""
        assert self.live is not None
        self.become(replace(self.live, **changes))  # type: ignore[arg-type]  # as above

    def answered(self, ago: timedelta = timedelta(), **changes: object) -> None:
        """The patient has answered so long ago, and is seen."""
        assert self.live is not None
        facts: dict[str, object] = {
            "phase": CallPhase.TALKING,
            "call_id": CallId("call-9"),
            "channel": Channel.VIDEO,
            "answered_at": SCENE_NOW - ago,
            "clock": make_clock(SCENE_NOW - ago),
            "remote_media": BOTH_ON,
            "is_receiving": True,
        }
        self.now(**{**facts, **changes})


class FakeChats:
    """A chat in memory, 50 messages at once."""

    def __init__(
        self, messages: Iterable[Message] = (), unsent: KeptMessages | None = None
    ) -> None:
        self.posted: Event[Message] = Event()
        self.reload_needed: Event[None] = Event()
        self.messages = list(messages)
        self.unsent = unsent or KeptMessages()
        self.can_write = True
        self.unread = 0
        self.backend = Failing()
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.may_read = asyncio.Event()
        """Clear it to hold readings on their way."""
        self.may_read.set()

    def draft(self, request_id: RequestId) -> str:
        """As it was written last."""
        return self.unsent.text(request_id)

    def write(self, request_id: RequestId, text: str) -> None:
        """Kept as the service keeps it."""
        self.unsent.write(request_id, text)

    async def read(self, request_id: RequestId) -> Chat:
        """The last 50."""
        self.backend.note("read", request_id)
        await self.may_read.wait()
        return self._chat(self.messages[-50:])

    async def earlier(self, request_id: RequestId, before: int) -> Chat:
        """50 before that number."""
        self.backend.note("earlier", request_id, before)
        return self._chat([one for one in self.messages if one.number < before][-50:])

    async def send(self, request_id: RequestId, text: str) -> Message:
        """Kept, and told like any other message."""
        self.backend.note("send", text)
        await self.may_answer.wait()
        number = len(self.messages) + 1
        message = make_message(number, text, Side.DOCTOR, request_id=request_id, sent_at=SCENE_NOW)
        self.unsent.sent(request_id, text)
        self.post(message)
        return message

    async def mark_read(self, request_id: RequestId, number: int) -> None:
        """Nothing is unread."""
        self.backend.note("mark_read", number)
        self.unread = 0

    def post(self, message: Message) -> None:
        """As when the server tells of it."""
        self.messages.append(message)
        self.posted.emit(message)

    def _chat(self, shown: Sequence[Message]) -> Chat:
        has_earlier = bool(shown) and shown[0].number > 1
        return Chat(
            messages=list(shown),
            has_earlier=has_earlier,
            can_write=self.can_write,
            unread=self.unread,
        )


class FakeLinks:
    """Gives the same secret each time, good for three days."""

    def __init__(self) -> None:
        self.backend = Failing()

    async def give_patient_link(self, request_id: RequestId) -> PatientLink:
        """The secret."""
        self.backend.note("link", request_id)
        return PatientLink(url=SECRET, expires_at=datetime(2026, 11, 26, 8, 30, tzinfo=UTC))


class FakePictures:
    """Keeps every picture; `become` tells what became of one."""

    def __init__(self) -> None:
        self.changed: Event[CallPicture] = Event()
        self.error: StoreError | None = None
        """Why the next one cannot be kept."""
        self.taken: list[tuple[RequestId, SeenFrame]] = []

    async def take(self, request_id: RequestId, frame: SeenFrame) -> None:
        """Kept, and told."""
        if self.error is not None:
            raise self.error
        self.taken.append((request_id, frame))
        self.become(PictureState.KEPT, request_id)

    def become(self, state: PictureState, request_id: RequestId | None = None) -> None:
        """The picture of now is so far."""
        request_id = request_id or RequestId("request-1")
        self.changed.emit(CallPicture(request_id, SCENE_NOW, state))


class FakePhoneLog:
    """Remembers how calls to the patient's telephone have ended."""

    def __init__(self) -> None:
        self.backend = Failing()

    async def log(self, request_id: RequestId, outcome: PhoneOutcome) -> None:
        """Kept."""
        self.backend.note("log", request_id, outcome)


class CallScene:
    """The case, the services, and the view model on them."""

    def __init__(self, words: RequestWords, unsent: KeptMessages | None = None) -> None:
        self.row = make_row(
            id=RequestId("request-1"),
            number="20-4817",
            patient=make_patient(
                PATIENT,
                sex=Sex.MALE,
                place="Екатеринбург",
                time_zone="Asia/Yekaterinburg",
            ),
            diagnosis=Diagnosis(icd10="I35.0", text="Аортальный стеноз, тяжёлый"),
            status=RequestStatus.WAITING,
            owner=make_owner(),
            allowed_actions=[Action.CALL, Action.WRITE_MESSAGE, Action.WRITE_CONCLUSION],
            appointment_at=SCENE_NOW + timedelta(minutes=14),
        )
        self.requests = FakeRequestService([self.row])
        self.calls = FakeCalls()
        self.chats = FakeChats(demo_messages(), unsent)
        self.links = FakeLinks()
        self.pictures = FakePictures()
        self.still = StillModel(self.pictures, self.calls, words.time)
        self.phone_log = FakePhoneLog()
        self.next_at: datetime | None = None
        self.model = CallViewModel(
            self.requests,
            self.calls,
            self.chats,
            self.links,
            words.time,
            phone_log=self.phone_log,
            next_appointment=lambda _: self.next_at,
        )

    def ring(self) -> None:
        """The call rings."""
        until = SCENE_NOW + timedelta(seconds=42)
        self.calls.become(
            LiveCall(
                self.row.id,
                CallPhase.RINGING,
                call_id=CallId("call-9"),
                attempt=1,
                rings_until=until,
            )
        )

    def talk(self, ago: timedelta = timedelta(minutes=12, seconds=5), **changes: object) -> None:
        """The call was answered so long ago."""
        self.ring()
        self.calls.answered(ago, **changes)

    def measure(self, seconds: int = 5, **changes: object) -> None:
        """So many seconds of figures have come."""
        for second in range(1, seconds + 1):
            self.calls.now(stats=make_stats(second, **changes))


def demo_messages() -> list[Message]:
    """What was written before the call and in it."""
    return [
        make_message(1, "Здравствуйте! Держу перед собой список лекарств, могу сфотографировать."),
        make_message(2, "Да, пришлите фото, пожалуйста.", Side.DOCTOR),
        make_message(3, "Бисопролол 5 мг утром, рамиприл 2,5 мг вечером."),
        make_message(4, "Голова кружилась два раза, оба раза на лестнице."),
    ]
