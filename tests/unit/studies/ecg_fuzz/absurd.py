"""What mutations that know what they touch have in common: absurd values, and what must come."""

import random
from collections.abc import Callable
from functools import cache
from typing import Final

from tests.unit.studies import dicom_factory as make
from tests.unit.studies.ecg_fuzz.cases import Case, Fate
from workstation.studies.ecg import EcgRecord
from workstation.studies.readers.opening import open_file

Maker = Callable[[random.Random], Case]

HTML: Final = "<b>Анна</b> &amp; <script>"
PLAIN_HTML: Final = b"<b>Obraztsova</b>"
NO_NUMBERS: Final = ("0", "-1", "-1.25", "", "NaN", "inf", "-inf", "abc", "1e999", "0.0", "--5")
NO_VOLTAGES: Final = ("", "ms", "mm[Hg]", "MV", "1", "bpm", "<b>", "uVV")
COUNTS: Final = make.heart_counts(200, 12)


def same(name: str, data: bytes, sound: bytes, literal: str = "") -> Case:
    """A file whose numbers are those of the sound one."""
    return Case(name, data, Fate.SAME, original_of(sound), literal)


def one_raw(kind: str, lead: str, data: bytes, sound: bytes) -> Case:
    """A file in which one lead has lost its calibration."""
    return Case(f"{kind}: {lead} alone", data, original=original_of(sound), raw=lead)


@cache
def original_of(data: bytes) -> EcgRecord:
    """What a sound file says."""
    record = open_file(memoryview(data))
    assert isinstance(record, EcgRecord)
    return record
