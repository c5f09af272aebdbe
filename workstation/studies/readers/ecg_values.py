"""Values by the device as plain ones: what is not measured is left out, never shown as 0."""

import binascii
import math
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.studies.ecg import DeviceMeasurement, DeviceQuantity
from workstation.studies.errors import Unreadable, UnreadableFile

_AXES: Final = (DeviceQuantity.P_AXIS, DeviceQuantity.QRS_AXIS, DeviceQuantity.T_AXIS)
_BLANKS: Final = b" \t\r\n"
LARGEST_MS: Final = 20_000
"""Beyond it an interval is none: devices write 29999 or 65535 for "not measured"."""
_LONGEST_LIST: Final = 4_000_000
"""Characters of one lead: its words are held apart, for a moment, in the decoder's memory."""
_DIGITS: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?")


def measured(
    quantity: DeviceQuantity, name: str, value: float | None, unit: str
) -> Iterator[DeviceMeasurement]:
    """The value where it is one: intervals and rates above 0, axes within a turn.

    A second value of a kind (QTc by another formula) is `OTHER`: it is shown under its own name.
    """
    if value is None or not math.isfinite(value):
        return
    fits = abs(value) <= 360 if quantity in _AXES else 0 < value <= LARGEST_MS
    if fits or (quantity is DeviceQuantity.OTHER and unit != "ms"):
        yield DeviceMeasurement(quantity, name, value, unit)


def number(words: str) -> float | None:
    """A finite number as a document writes it; None for anything else."""
    try:
        found = float(words) if len(words) < 40 else math.nan
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def count(words: str) -> int | None:
    """A whole number, not negative."""
    found = number(words)
    return int(found) if found is not None and found >= 0 and found == int(found) else None


def whole_numbers(words: str) -> npt.NDArray[np.int64]:
    """Samples that are spelt out, parted by blanks.

    Raises:
        UnreadableFile: something else stands among them, or they are too many.
    """
    if len(words) > _LONGEST_LIST:
        raise UnreadableFile(Unreadable.TOO_LARGE)
    try:
        numbers = np.array(words.split(), np.float64)
    except ValueError as error:
        raise UnreadableFile(Unreadable.DAMAGED) from error
    if not np.all(np.abs(numbers) < 2**31) or np.any(numbers % 1):
        raise UnreadableFile(Unreadable.DAMAGED)
    return numbers.astype(np.int64)


def unpacked(words: str) -> bytes:
    """The bytes of base64, blanks among them left out.

    Raises:
        UnreadableFile: it is none.
    """
    try:
        return binascii.a2b_base64(words.encode("ascii").translate(None, _BLANKS), strict_mode=True)
    except (binascii.Error, ValueError) as error:
        raise UnreadableFile(Unreadable.DAMAGED) from error


def day_of(*parts: str | int) -> date | None:
    """Year, month, day; None where there is no such day."""
    try:
        return date(*(int(part) for part in parts[:3]))
    except (ValueError, OverflowError):
        return None


def clock(*parts: str | int) -> time | None:
    """Hour, minute and second (0 where there is none); None where there is no such time."""
    try:
        hour, minute, second = [*(int(part) for part in parts[:3]), 0][:3]
        return time(hour, minute, second)
    except (ValueError, OverflowError):
        return None


def stamp(words: str) -> tuple[date | None, datetime | None]:
    """Day and moment of "20021122091000.000" (HL7 TS): the zone is left out."""
    found = _DIGITS.match(words.strip())
    if not found:
        return None, None
    year, month, day, hour, minute, second = found.groups()
    whole = day_of(year, month, day)
    if whole is None or hour is None or int(hour) > 23 or int(minute) > 59:
        return whole, None
    clock = datetime(whole.year, whole.month, whole.day, int(hour), int(minute))
    return whole, clock.replace(second=min(59, int(second or 0)))
