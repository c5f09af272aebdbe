"""Values of a DICOM data set as plain ones: what is missing or malformed is None, never a guess."""

import math
import re
import struct
import warnings
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Final

import pydicom.config
from pydicom.datadict import tag_for_keyword
from pydicom.dataset import Dataset
from pydicom.errors import BytesLengthException
from pydicom.multival import MultiValue

from workstation.studies.patient_sex import PatientSex, sex_by_word

_MALFORMED: Final = (
    ArithmeticError,
    AttributeError,
    BytesLengthException,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    TypeError,
    ValueError,
    struct.error,
)
"""What pydicom raises on values that cannot be converted; never out of memory or of stack."""

_DAY: Final = re.compile(r"(\d{4})\.?(\d\d)\.?(\d\d)")
_TIME: Final = re.compile(r"(\d\d):?(\d\d)(?::?(\d\d)(?:\.(\d{1,6}))?)?")


def value(dataset: Dataset, keyword: str) -> object:
    """The value as pydicom converts it; None where it is absent, empty or malformed."""
    tag = tag_for_keyword(keyword)
    # Its keys, for `in dataset` is ten times as slow: most elements that are asked for are absent.
    if tag is not None and tag not in dataset.keys():  # noqa: SIM118
        return None
    try:
        with warnings.catch_warnings(), pydicom.config.disable_value_validation():
            warnings.simplefilter("ignore")
            found: object = dataset.get(keyword)
    except _MALFORMED:
        return None
    return None if found == "" else found


def element_value(dataset: Dataset, tag: int) -> object:
    """The same of an element by its tag, one of a repeating group; several values as a list."""
    try:
        with warnings.catch_warnings(), pydicom.config.disable_value_validation():
            warnings.simplefilter("ignore")
            found: object = dataset[tag].value if tag in dataset else None
    except _MALFORMED:
        return None
    return list(found) if isinstance(found, MultiValue) else found


def sex(dataset: Dataset) -> PatientSex | None:
    """Patient's Sex, where it is M or F."""
    return sex_by_word(str(value(dataset, "PatientSex") or ""))


def numbers(dataset: Dataset, keyword: str) -> tuple[float, ...] | None:
    """All values as floats; None where one of them is none, or not finite."""
    found = value(dataset, keyword)
    several = found if isinstance(found, MultiValue | list | tuple) else [found]
    try:
        converted = tuple(float(str(one)) for one in several)
    except ValueError:
        return None
    return converted if all(map(math.isfinite, converted)) else None


def number(dataset: Dataset, keyword: str) -> float | None:
    """The single (or first) value as a finite float."""
    found = numbers(dataset, keyword)
    return found[0] if found else None


def integer(dataset: Dataset, keyword: str) -> int | None:
    """The single (or first) value as a whole number."""
    found = number(dataset, keyword)
    return int(found) if found is not None and found == int(found) else None


def items(dataset: Dataset, keyword: str) -> list[Dataset]:
    """The items of a sequence; none where it is absent or malformed."""
    found = value(dataset, keyword)
    if not isinstance(found, Iterable):
        return []
    return [item for item in found if isinstance(item, Dataset)]


def first_item(dataset: Dataset, keyword: str) -> Dataset:
    """The first item of a sequence, an empty data set where there is none."""
    found = items(dataset, keyword)
    return found[0] if found else Dataset()


def day(dataset: Dataset, keyword: str) -> date | None:
    """A DA, or the day of a DT (PS3.5 6.2)."""
    found = _DAY.match(str(value(dataset, keyword) or ""))
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def clock_time(dataset: Dataset, keyword: str, skip: int = 0) -> time | None:
    """A TM, or with `skip` 8 the time of a DT (PS3.5 6.2); the zone is left out."""
    found = _TIME.match(str(value(dataset, keyword) or "")[skip:])
    if not found:
        return None
    hour, minute, second, fraction = found.groups(default="0")
    try:
        return time(int(hour), int(minute), int(second), int(fraction.ljust(6, "0")))
    except ValueError:
        return None


def moment(dataset: Dataset, *events: str) -> tuple[date | None, datetime | None]:
    """Day and moment of the first of `events` that has a day.

    Each is the stem of a pair of elements ("Content": ContentDate, ContentTime) or of a DT
    ("Acquisition": AcquisitionDateTime). The moment is None where the time is not known.
    """
    for event in events:
        whole = day(dataset, f"{event}DateTime")
        if whole:
            hour = clock_time(dataset, f"{event}DateTime", skip=8)
            return whole, datetime.combine(whole, hour) if hour else None
        single = day(dataset, f"{event}Date")
        if single:
            hour = clock_time(dataset, f"{event}Time")
            return single, datetime.combine(single, hour) if hour else None
    return None, None
