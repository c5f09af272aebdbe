"""The consultation's clock, counted from the patient's answer by the route's data (DRC-8)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from backend_client.models.calls import ConsultationClock


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
    """`left` is the time beyond the end."""
    tone: Tone


def clock_face(clock: ConsultationClock, now: datetime) -> ClockFace:
    """The clock at that moment (aware); a moment before the answer counts as the answer."""
    passed = _seconds(max(timedelta(), now - clock.started_at))
    whole = _seconds(clock.ends_at - clock.started_at)
    tone = _tone(clock, now)
    left = minutes_and_seconds(abs(whole - passed)) if tone is not Tone.QUIET else ""
    return ClockFace(
        minutes_and_seconds(passed, padded=True),
        minutes_and_seconds(whole),
        left,
        passed > whole,
        tone,
    )


def is_in_the_way(clock: ConsultationClock, next_at: datetime | None) -> bool:
    """Whether the next appointment begins before this consultation, with more time, would end."""
    longer = clock.ends_at + timedelta(minutes=clock.extension_minutes)
    return next_at is not None and next_at < longer


def minutes_and_seconds(seconds: int, *, padded: bool = False) -> str:
    """«4:48», or «04:48» where it is `padded`; hours are minutes too."""
    minutes, rest = divmod(max(0, seconds), 60)
    return f"{minutes:02d}:{rest:02d}" if padded else f"{minutes}:{rest:02d}"


def _tone(clock: ConsultationClock, now: datetime) -> Tone:
    if now >= clock.last_at:
        return Tone.LAST
    return Tone.SOON if now >= clock.soon_at else Tone.QUIET


def _seconds(span: timedelta) -> int:
    return int(span.total_seconds())
