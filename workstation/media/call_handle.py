"""One connection to one other side, as the services see it; the work is in the media process."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Final

from workstation.core.call_media import (
    CallFrame,
    CallSettings,
    CallState,
    CallStats,
    Device,
    DeviceNames,
    DeviceNote,
    DeviceTrouble,
    MediaState,
    Receiving,
    RelayReport,
    SessionDescription,
)
from workstation.core.subscription import Event
from workstation.media.conversation import Conversation
from workstation.media.errors import BadDescription, MediaStopped, NotPossibleNow
from workstation.media.frame_room import FrameRoom
from workstation.media.messages import (
    CallNews,
    Described,
    DeviceSaid,
    FrameReady,
    FrameTaken,
    HangUp,
    MakeAnswer,
    MakeOffer,
    ReceivingSaid,
    RelaysSaid,
    RemoteMediaSaid,
    SetMuted,
    StartCall,
    StateSaid,
    StatsSaid,
    Stream,
    TakeAnswer,
    UseDevices,
)

LONGEST_SDP: Final = 64 * 1024
_REMOTE_PIXELS: Final = 1920 * 1088
_LOCAL_PIXELS: Final = 320 * 240
_FINAL: Final = (CallState.FAILED, CallState.CLOSED)


class CallHandle:
    """Signalling is the caller's: it carries descriptions there and back.

    Either `offer()` and then `accept(answer)`, or `answer(offer)`. A connection that has failed,
    was closed by the other side, or whose process `stopped` is over: `hang_up()`, and make a new
    one. All events are emitted in the loop; `state`, `notes` and `remote_media` hold the last.
    """

    def __init__(
        self,
        conversation: Conversation,
        number: int,
        settings: CallSettings,
        *,
        on_over: Callable[[int], None],
    ) -> None:
        self.state_changed: Event[CallState] = Event()
        self.remote_frame: Event[CallFrame] = Event()
        self.local_frame: Event[CallFrame] = Event()
        self.remote_media_changed: Event[MediaState] = Event()
        self.receiving_changed: Event[Receiving] = Event()
        self.stats: Event[CallStats] = Event()
        self.devices_missing: Event[DeviceNote] = Event()
        self.relays_checked: Event[tuple[RelayReport, ...]] = Event()
        self.stopped: Event[MediaStopped] = Event()
        self.state = CallState.NEW
        self.notes: dict[Device, DeviceTrouble] = {}
        self.remote_media: MediaState | None = None
        self._conversation = conversation
        self._number = number
        self._settings = settings
        self._on_over = on_over
        self._rooms: dict[Stream, FrameRoom] = {}
        self._opening: asyncio.Task[None] | None = None
        self._over: MediaStopped | NotPossibleNow | None = None

    async def open(self) -> None:
        """Opens camera and microphone: the self view begins. `offer` and `answer` do it, too.

        Raises:
            MediaStopped: the process ended.
            NotPossibleNow: this call is over.
        """
        self._check()
        if self._opening is None:
            self._opening = asyncio.ensure_future(self._open())
            self._opening.add_done_callback(_look_at)
        await asyncio.shield(self._opening)

    async def offer(self) -> SessionDescription:
        """Our side, complete with candidates, for the other side to answer.

        Raises:
            MediaStopped, NotPossibleNow: see `open`.
        """
        await self.open()
        return SessionDescription(
            "offer", await self._describe(partial(MakeOffer, call=self._number))
        )

    async def accept(self, answer: SessionDescription) -> None:
        """The other side's answer to `offer()`: the connection is made.

        Raises:
            BadDescription: it is no answer to that offer; another may be given.
            MediaStopped, NotPossibleNow: see `open`.
        """
        sdp = _checked(answer, "answer")
        self._check()
        await self._conversation.ask(partial(TakeAnswer, call=self._number, sdp=sdp))

    async def answer(self, offer: SessionDescription) -> SessionDescription:
        """Our answer to the other side's offer: the connection is made.

        Raises:
            BadDescription: it is no offer of a call.
            MediaStopped, NotPossibleNow: see `open`.
        """
        sdp = _checked(offer, "offer")
        await self.open()
        question = partial(MakeAnswer, call=self._number, sdp=sdp)
        return SessionDescription("answer", await self._describe(question))

    async def set_muted(self, *, audio: bool, video: bool) -> None:
        """What is not to be sent; the other side is told. True is muted.

        Raises:
            MediaStopped, NotPossibleNow: see `open`.
        """
        await self.open()
        question = partial(SetMuted, call=self._number, audio=audio, video=video)
        await self._conversation.ask(question)

    async def use_devices(self, devices: DeviceNames) -> None:
        """Other ones from now on, over the same connection; what is muted stays so.

        Raises:
            MediaStopped, NotPossibleNow: see `open`.
        """
        await self.open()
        await self._conversation.ask(partial(UseDevices, call=self._number, devices=devices))

    async def hang_up(self) -> None:
        """Ends the connection and frees the devices; done already, it does nothing."""
        if self._over is None:
            opening, self._over = self._opening, NotPossibleNow("this call is over")
            try:
                if opening is not None:
                    await asyncio.wait([opening])
                    await self._conversation.ask(partial(HangUp, call=self._number))
            except (MediaStopped, NotPossibleNow):  # it is over all the same
                pass
            finally:
                self._finish()

    def hear(self, news: CallNews) -> None:
        """The process tells of this call.

        Raises:
            ValueError: what cannot be.
        """
        match news:
            case FrameReady():
                self._show(news)
            case StateSaid():
                self._change(news.state)
            case StatsSaid():
                self.stats.emit(news.stats)
            case RemoteMediaSaid():
                self.remote_media = news.media
                self.remote_media_changed.emit(news.media)
            case ReceivingSaid():
                self.receiving_changed.emit(news.receiving)
            case RelaysSaid():
                self.relays_checked.emit(news.reports)
            case DeviceSaid():
                self.notes[news.note.device] = news.note.trouble
                self.devices_missing.emit(news.note)

    def end(self, stopped: MediaStopped) -> None:
        """The process of this call has ended."""
        if self._over is None:
            self._over = stopped
            self._finish(CallState.FAILED)
            self.stopped.emit(stopped)

    def _check(self) -> None:
        if self._over is not None:
            raise self._over

    async def _open(self) -> None:
        await self._conversation.until_up()
        self._rooms = {
            Stream.REMOTE: await asyncio.to_thread(FrameRoom, _REMOTE_PIXELS),
            Stream.LOCAL: await asyncio.to_thread(FrameRoom, _LOCAL_PIXELS),
        }
        self._check()  # the process may be another by now
        question = partial(
            StartCall,
            call=self._number,
            settings=self._settings,
            remote=self._rooms[Stream.REMOTE].room,
            local=self._rooms[Stream.LOCAL].room,
        )
        await self._conversation.ask(question)

    async def _describe(self, question: "partial[MakeOffer] | partial[MakeAnswer]") -> str:
        answer = await self._conversation.ask(question)
        assert isinstance(answer, Described)
        return answer.sdp

    def _show(self, ready: FrameReady) -> None:
        room = self._rooms[ready.stream]
        frame = room.look(ready)
        event = self.remote_frame if ready.stream is Stream.REMOTE else self.local_frame
        try:
            event.emit(frame)
        finally:
            taken = FrameTaken(self._number, ready.stream, room.change_to(ready))
            self._conversation.say(taken)

    def _change(self, state: CallState) -> None:
        if state is not self.state and self.state not in _FINAL:
            self.state = state
            self.state_changed.emit(state)

    def _finish(self, state: CallState = CallState.CLOSED) -> None:
        self._on_over(self._number)
        for room in self._rooms.values():
            room.close()
        self._change(state)


def _checked(description: SessionDescription, expected: str) -> str:
    """What may go through the pipe at all."""
    if description.type != expected:
        raise BadDescription(f"not of the type {expected}")
    if len(description.sdp) > LONGEST_SDP:
        raise BadDescription(f"longer than {LONGEST_SDP} characters")
    try:
        description.sdp.encode()
    except UnicodeEncodeError:
        raise BadDescription("no text") from None
    return description.sdp


def _look_at(opening: "asyncio.Task[None]") -> None:
    """Who waited for it may have hung up meanwhile: then its failure is nobody's news."""
    if not opening.cancelled():
        opening.exception()
