"""Moments of a long recording, by the device's clock or from its beginning; what a doctor types."""

import re
from datetime import datetime, timedelta
from typing import Final

from workstation.studies.long_ecg import LongEcg

_DAY_S: Final = 86_400
_CLOCK: Final = re.compile(r"(?:(\d{1,2})\.(\d{1,2})\.?\s+)?(\d{1,3}):(\d{2})(?::(\d{2}))?")
_SECONDS: Final = re.compile(r"\+?(\d{1,7}(?:[.,]\d{1,3})?)\s*(?:s|c|с)?", re.IGNORECASE)
_STEPS_S: Final = (
    *(1, 2, 5, 10, 15, 30),
    *(60, 120, 300, 600, 900, 1800),
    *(3600, 7200, 10_800, 21_600, 43_200, 86_400),
)


def moment_text(ecg: LongEcg, second: float) -> str:
    """«14:03:20», on another day than the first «22.11 00:10:05»; from the beginning «0:12:30»."""
    at = ecg.clock(second)
    if at is None or ecg.begins_at is None:
        return elapsed_text(second)
    later = at.date() != ecg.begins_at.date()
    return at.strftime("%d.%m %H:%M:%S" if later else "%H:%M:%S")


def elapsed_text(second: float) -> str:
    """«0:12:30»: hours, minutes, seconds."""
    whole = int(second)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def tick_text(ecg: LongEcg, second: float, step_s: float) -> str:
    """As short as the step between ticks allows; midnight says the day."""
    at = ecg.clock(second + 1e-3)
    if at is None:
        return elapsed_text(second + 1e-3)
    if (at.hour, at.minute, at.second) == (0, 0, 0) and second > 0:
        return at.strftime("%d.%m")
    return at.strftime("%H:%M" if step_s >= 60 else "%H:%M:%S")


def ticks(ecg: LongEcg, start_s: float, stop_s: float, most: int) -> tuple[list[float], float]:
    """Round moments of the clock in [start, stop), no more than `most`, and the step between."""
    least = (stop_s - start_s) / max(1, most)
    step = next((one for one in _STEPS_S if one >= least), _STEPS_S[-1])
    shift = _since_midnight(ecg.begins_at)
    first = -(-(start_s + shift) // step) * step - shift
    count = int((stop_s - first) / step) + 1
    return [first + step * n for n in range(max(0, count)) if first + step * n < stop_s], step


def typed_second(text: str, ecg: LongEcg, after_s: float) -> float | None:
    """The second that is meant; None where nobody can tell.

    «23:15», «23:15:30» and «22.11 23:15» are moments of the clock: without a day the next one
    after `after_s`, or the first one. «3600», «3600,5 с» are seconds from the beginning, and so
    are hours and minutes where the file does not say when it begins. The second may lie outside.
    """
    words = text.strip()
    seconds = _SECONDS.fullmatch(words)
    if seconds:
        return float(seconds.group(1).replace(",", "."))
    clock = _CLOCK.fullmatch(words)
    if clock is None:
        return None
    day, month, hour, minute, second = (int(one) if one else None for one in clock.groups())
    assert hour is not None
    assert minute is not None
    since = hour * 3600 + minute * 60 + (second or 0)
    if minute > 59 or (second or 0) > 59:
        return None
    begin = ecg.begins_at
    if begin is None:
        return None if day is not None else float(since)
    if hour > 23:
        return None
    if day is not None and month is not None:
        return _of_day(begin, day, month, since)
    return _next(since - _since_midnight(begin), ecg.duration_s, after_s)


def _next(second: float, duration_s: float, after_s: float) -> float:
    """That time of a day, the next one after a moment, else the first."""
    first = second % _DAY_S if second < 0 else second
    later = first
    while later <= after_s + 0.5:
        later += _DAY_S
    return later if later < duration_s else first


def _of_day(begin: datetime, day: int, month: int, since: int) -> float | None:
    for year in (begin.year, begin.year + 1):
        try:
            midnight = datetime(year, month, day)
        except ValueError:
            return None
        second = (midnight + timedelta(seconds=since) - begin).total_seconds()
        if second >= 0:
            return second
    return None


def _since_midnight(at: datetime | None) -> float:
    if at is None:
        return 0.0
    return at.hour * 3600 + at.minute * 60 + at.second + at.microsecond / 1e6
