"""ISHNE Holter standard output file (Badilini 1998): header, then interleaved 16-bit samples."""

import binascii
import struct
from datetime import date, datetime
from typing import Final

import numpy as np

from workstation.studies.ecg import EcgRecord
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.patient_sex import sex_by_number
from workstation.studies.readers.ecg_assembly import check_size, plausible_rate
from workstation.studies.readers.ecg_parts import FoundFacts, FoundLead, FoundRecording
from workstation.studies.readers.ecg_samples import Calibration, calibration
from workstation.studies.readers.ecg_values import clock, day_of
from workstation.studies.readers.letters import Text, read
from workstation.studies.readers.long_record import (
    MOST_VIEWED,
    LongFound,
    LongFrom,
    assembled_or_long,
)
from workstation.studies.warnings import StudyWarning

_FIXED: Final = 522
_CHECKED_FROM: Final = 10
_MOST_LEADS: Final = 12
_LEADS: Final = (
    *(None, None, "X", "Y", "Z", "I", "II", "III", "aVR", "aVL", "aVF"),
    *("V1", "V2", "V3", "V4", "V5", "V6"),
)
"""By their code; 0 is unknown, 1 a bipolar lead that is not named."""
_OTHERS: Final = {17: "ES", 18: "AS", 19: "AI"}


def read_ishne(data: memoryview, long_from: LongFrom | None = None) -> EcgRecord | LongFound:
    """The whole recording; a long one is viewed in the file.

    Raises:
        UnreadableFile: it cannot be shown.
    """
    head = bytes(data[:_FIXED])
    if len(head) < _FIXED:
        raise UnreadableFile(Unreadable.TRUNCATED)
    announced, _, begin = struct.unpack_from("<lll", head, 14)
    (leads,) = struct.unpack_from("<h", head, 156)
    (rate,) = struct.unpack_from("<h", head, 272)
    if not 0 < leads <= _MOST_LEADS or not _FIXED <= begin <= len(data):
        raise UnreadableFile(Unreadable.DAMAGED)
    plausible_rate(rate)
    facts = FoundFacts("ISHNE")
    count = _count(announced, (len(data) - begin) // (2 * leads), leads, facts)
    check_size(leads, count, MOST_VIEWED)
    numbers = np.frombuffer(data, "<i2", count * leads, begin).reshape(count, leads)
    codes = struct.unpack_from("<12h", head, 158)
    steps = struct.unpack_from("<12h", head, 206)
    found = tuple(
        FoundLead(
            _OTHERS.get(codes[n], f"? {n + 1}"), _name(codes[n]), numbers[:, n], _scale(steps[n])
        )
        for n in range(leads)
    )
    if not _checksum_fits(data, begin) or (len(data) - begin) % (2 * leads):
        facts.warnings.add(StudyWarning.CHECKSUM_WRONG)
    _say_who(head, facts)
    recording = FoundRecording(found, float(rate))
    return assembled_or_long([recording], facts, long_from or LongFrom())


def _count(announced: int, there: int, leads: int, facts: FoundFacts) -> int:
    """Samples of each lead; some writers announce those of all leads together."""
    if there <= 0:
        raise UnreadableFile(Unreadable.TRUNCATED)
    if announced in (there, there * leads) or announced <= 0:
        return there
    if announced > there:
        facts.warnings.add(StudyWarning.SAMPLES_MISSING)
    return min(announced, there)


def _name(code: int) -> str | None:
    return _LEADS[code] if 0 <= code < len(_LEADS) else None


def _scale(nanovolts: int) -> Calibration | None:
    return calibration(float(nanovolts), 1.0, 0.0, "nV")


def _checksum_fits(data: memoryview, begin: int) -> bool:
    """CRC-CCITT of the header, from its 11th byte to the samples; 0 is none."""
    stated = int.from_bytes(data[8:10], "little")
    return stated in (0, binascii.crc_hqx(data[_CHECKED_FROM:begin], 0xFFFF))


def _say_who(head: bytes, facts: FoundFacts) -> None:
    parts = [read(head[68:108]), read(head[28:68])]
    words = " ".join(part.words for part in parts if part.words)
    facts.patient_name = Text(words, any(part.guessed for part in parts))
    facts.birth_date = _day(head, 132)
    facts.sex = sex_by_number(struct.unpack_from("<h", head, 128)[0])
    facts.recorded_on = _day(head, 138)
    hour = clock(*struct.unpack_from("<3h", head, 150))
    if facts.recorded_on is not None and hour is not None:
        facts.recorded_at = datetime.combine(facts.recorded_on, hour)


def _day(head: bytes, place: int) -> date | None:
    day, month, year = struct.unpack_from("<3h", head, place)
    return day_of(year, month, day)
