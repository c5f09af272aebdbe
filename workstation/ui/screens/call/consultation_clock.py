"""The half hour of a consultation, counted from the patient's answer (DRC-8)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

LENGTH: Final = timedelta(minutes=30)
SOON: Final = timedelta(minutes=25)
LAST: Final = timedelta(minutes=29)


class Tone(Enum):
    """How loudly the clock speaks; the value is the frame's and the words' colour, "" for none."""

    QUIET = ""
    SOON = "warn"
    LAST = "danger"


@dataclass(frozen=True, slots=True)
class ClockFace:
    """What the clock shows: «25:12», what is left or beyond, and how loudly."""

    passed: str
    whole: str
    left: str
    """«4:48»; "" while nobody has to hurry."""
    is_beyond: bool
    """`left` is the time beyond the half hour."""
    tone: Tone


def clock_face(answered_at: datetime, now: datetime) -> ClockFace:
    """The clock at that moment (both aware); a moment before the answer counts as the answer."""
    passed = max(timedelta(), now - answered_at)
    tone = Tone.LAST if passed >= LAST else Tone.SOON if passed >= SOON else Tone.QUIET
    seconds, whole = _seconds(passed), _seconds(LENGTH)
    left = minutes_and_seconds(abs(whole - seconds)) if tone is not Tone.QUIET else ""
    return ClockFace(
        minutes_and_seconds(seconds, padded=True),
        minutes_and_seconds(whole),
        left,
        seconds > whole,
        tone,
    )


def minutes_and_seconds(seconds: int, *, padded: bool = False) -> str:
    """«4:48», or «04:48» where it is `padded`; hours are minutes too."""
    minutes, rest = divmod(max(0, seconds), 60)
    return f"{minutes:02d}:{rest:02d}" if padded else f"{minutes}:{rest:02d}"


def _seconds(span: timedelta) -> int:
    return int(span.total_seconds())
