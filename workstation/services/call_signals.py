"""What the doctor's side and the patient's page write to each other in a call.

The payloads of a signal are JSON: OFFER and ANSWER `{"type", "sdp"}`, MEDIA `{"microphone",
"camera"}`, RECONNECT nothing. The page's are a stranger's: bounded, then parsed strictly.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

import msgspec

from backend_client.models.calls import LONGEST_SIGNAL, Signal, SignalKind
from backend_client.models.messages import Side
from workstation.core.call_media import MediaState, Sending, SessionDescription

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answered:
    """The page's answer to our offer."""

    description: SessionDescription


@dataclass(frozen=True, slots=True)
class MediaTold:
    """What the page sends from now on."""

    media: MediaState


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """The page has lost the connection, or was opened anew: it needs another offer."""


PatientWord = Answered | MediaTold | AskedAgain


class _Description(msgspec.Struct, frozen=True):
    type: Literal["answer"]
    sdp: str


class _Media(msgspec.Struct, frozen=True):
    microphone: bool
    camera: bool


_description: Final = msgspec.json.Decoder(_Description)
_media: Final = msgspec.json.Decoder(_Media)


def understood(signal: Signal) -> PatientWord | None:
    """What the page says; None where it is rubbish, or nothing that this side acts upon."""
    if len(signal.payload) > LONGEST_SIGNAL:
        logger.warning("call %s: signal %d is too long", signal.call_id, signal.number)
        return None
    try:
        return _word(signal.kind, signal.payload)
    except (ValueError, RecursionError) as error:
        kind = type(error).__name__
        logger.warning("call %s: signal %d is rubbish (%s)", signal.call_id, signal.number, kind)
        return None


def _word(kind: SignalKind, payload: str) -> PatientWord | None:
    match kind:
        case SignalKind.ANSWER:
            answer = _description.decode(payload)
            return Answered(SessionDescription(answer.type, answer.sdp))
        case SignalKind.MEDIA:
            media = _media.decode(payload)
            return MediaTold(MediaState(_sending(media.microphone), _sending(media.camera)))
        case SignalKind.RECONNECT:
            return AskedAgain()
        case _:  # the page's candidates stand in its answer
            return None


def _sending(is_on: bool) -> Sending:
    return Sending.ON if is_on else Sending.OFF


def offer_payload(offer: SessionDescription) -> str:
    """Of an OFFER."""
    return msgspec.json.encode(offer).decode()


def media_payload(*, microphone: bool, camera: bool) -> str:
    """Of a MEDIA."""
    return msgspec.json.encode(_Media(microphone, camera)).decode()


class SignalOrder:
    """Lets each signal of the page through once and in order, by which road it may come.

    While missed signals are fetched, those of the stream wait.
    """

    def __init__(self) -> None:
        self.last = 0
        """Number of the last one that was let through."""
        self._held: list[Signal] | None = None

    def hold(self) -> None:
        """From now on the stream's signals wait for `release`."""
        if self._held is None:
            self._held = []

    def release(self, fetched: Iterable[Signal] = ()) -> list[Signal]:
        """Those that may be acted upon now: what was fetched, and what has waited."""
        waited, self._held = self._held or [], None
        return self._new([*fetched, *waited])

    def take(self, signal: Signal) -> list[Signal]:
        """Those that may be acted upon now, when this one has come by the stream."""
        if self._held is not None:
            self._held.append(signal)
            return []
        return self._new([signal])

    def _new(self, signals: list[Signal]) -> list[Signal]:
        new: list[Signal] = []
        for signal in sorted(signals, key=lambda one: one.number):
            if signal.number > self.last and signal.side is Side.PATIENT:
                self.last = signal.number
                new.append(signal)
        return new
