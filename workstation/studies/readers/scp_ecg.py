"""SCP-ECG (EN 1064 / ISO 11073-91064): patient, device's values and statements, leads."""

import struct
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from workstation.studies.ecg import DeviceMeasurement, DeviceQuantity, EcgRecord, RecordedFilter
from workstation.studies.patient_sex import sex_by_number
from workstation.studies.readers.ecg_assembly import assembled
from workstation.studies.readers.ecg_parts import FoundFacts
from workstation.studies.readers.ecg_values import clock, measured
from workstation.studies.readers.letters import Text, read
from workstation.studies.readers.scp_leads import recordings
from workstation.studies.readers.scp_sections import Sections, split
from workstation.studies.warnings import StudyWarning

_LANGUAGES: Final = {
    0x01: "latin-1",
    0x03: "iso8859_2",
    0x0B: "iso8859_4",
    0x13: "iso8859_5",
    0x1B: "iso8859_6",
    0x23: "iso8859_7",
    0x2B: "iso8859_8",
    0x33: "iso8859_11",
    0x3B: "iso8859_15",
    0x07: "utf-16-le",
    0x0F: "shift_jis",
    0x17: "euc_jp",
    0x1F: "euc_jp",
    0x27: "gb2312",
    0x2F: "cp949",
    0x37: "utf-8",
}
"""Language support code, section 1 tag 14 byte 17 (5.4.3.1)."""
_LAST_NAME, _FIRST_NAME, _SECOND_NAME, _BORN, _SEX = 0, 1, 3, 5, 8
_DEVICE, _DAY, _TIME, _HIGH_PASS, _LOW_PASS, _FILTERS, _END = 14, 25, 26, 27, 28, 29, 255
_UNKNOWN: Final = (0, 29999, 0xFFFF)
_NO_AXIS: Final = (999, 29999)
_MOST_STATEMENTS: Final = 500


def read_scp(data: memoryview) -> EcgRecord:
    """The rhythm of a record, its reference beat beside it.

    Raises:
        UnreadableFile: it cannot be shown.
    """
    sections = split(data)
    found, complete = recordings(sections)
    tags = dict(_tags(sections.body(1)))
    encoding = _encoding(tags)
    facts = FoundFacts("SCP-ECG")
    facts.patient_name = _name(tags, encoding)
    facts.birth_date = _day(tags.get(_BORN, b""))
    facts.sex = sex_by_number(tags.get(_SEX, b"\0")[0]) if tags.get(_SEX) else None
    facts.recorded_on = _day(tags.get(_DAY, b""))
    hour = clock(*tags.get(_TIME, b"")[:3])
    if facts.recorded_on and hour:
        facts.recorded_at = datetime.combine(facts.recorded_on, hour)
    facts.filter_note = _filter(tags)
    facts.measurements = tuple(_measurements(sections.body(7)))
    facts.statements = tuple(_statements(sections, encoding))
    if not sections.checksums_fit:
        facts.warnings.add(StudyWarning.CHECKSUM_WRONG)
    if sections.cut_off or not complete:
        facts.warnings.add(StudyWarning.SAMPLES_MISSING)
    return assembled(found, facts)


def _tags(body: bytes) -> Iterator[tuple[int, bytes]]:
    """Fields of section 1; a length that goes beyond its end ends the reading."""
    place = 0
    while place + 3 <= len(body) and body[place] != _END:
        tag, length = struct.unpack_from("<BH", body, place)
        place += 3
        if place + length > len(body):
            return
        yield tag, body[place : place + length]
        place += length


def _encoding(tags: dict[int, bytes]) -> str | None:
    """The declared letters; None: plain ones only, or not declared."""
    code = tags.get(_DEVICE, b"")[16:17]
    return _LANGUAGES.get(code[0]) if code else None


def _words(raw: bytes, encoding: str | None) -> Text:
    if encoding == "latin-1":
        undeclared = read(raw)
        western = read(raw, encoding)
        return undeclared if _russian(undeclared.words) else western
    return read(raw, encoding)


def _russian(words: str) -> bool:
    """Russian letters where a device says Western: its wrong label."""
    letters = [letter for letter in words if letter.isalpha()]
    return len(letters) >= 4 and all("\u0400" <= letter <= "\u04ff" for letter in letters)


def _name(tags: dict[int, bytes], encoding: str | None) -> Text:
    parts = [_words(tags.get(tag, b""), encoding) for tag in (_LAST_NAME, _FIRST_NAME)]
    parts.insert(1, _words(tags.get(_SECOND_NAME, b""), encoding))
    words = " ".join(part.words for part in parts if part.words)
    return Text(words, any(part.guessed for part in parts))


def _day(raw: bytes) -> date | None:
    try:
        return date(*struct.unpack_from("<HBB", raw))
    except (struct.error, ValueError):
        return None


def _filter(tags: dict[int, bytes]) -> RecordedFilter | None:
    """Section 1 tags 27 (hundredths of Hz), 28 (Hz), 29 (bit 0: 60 Hz, bit 1: 50 Hz)."""
    low, high = (
        int.from_bytes(tags.get(tag, b"")[:2], "little") for tag in (_HIGH_PASS, _LOW_PASS)
    )
    bits = tags.get(_FILTERS, b"\0")[:1]
    notch = {1: 60.0, 2: 50.0}.get(bits[0] & 3) if bits else None
    if not (low or high or notch):
        return None
    return RecordedFilter(low / 100 or None, float(high) or None, notch)


def _measurements(body: bytes) -> Iterator[DeviceMeasurement]:
    """Section 7: means, and of the first block (the reference beat) its intervals and axes."""
    if len(body) < 6:
        return
    blocks, spikes, rr, pp = struct.unpack_from("<BBHH", body)
    for quantity, name, number in (
        (DeviceQuantity.RR, "RR interval", rr),
        (DeviceQuantity.PP, "PP interval", pp),
    ):
        yield from measured(quantity, name, _known(number), "ms")
    if blocks and len(body) >= 22:
        yield from _beat(struct.unpack_from("<5H3h", body, 6))
    yield from _rates(body[6 + 16 * blocks + 10 * spikes :])


def _beat(block: tuple[int, ...]) -> Iterator[DeviceMeasurement]:
    """A block's boundaries are ms from the beat's start: intervals are their differences."""
    p_on, p_off, qrs_on, qrs_off, t_off = map(_known, block[:5])
    for quantity, name, start, stop in (
        (DeviceQuantity.P_DURATION, "P duration", p_on, p_off),
        (DeviceQuantity.PR, "PR interval", p_on, qrs_on),
        (DeviceQuantity.QRS, "QRS duration", qrs_on, qrs_off),
        (DeviceQuantity.QT, "QT interval", qrs_on, t_off),
    ):
        if start is not None and stop is not None:
            yield from measured(quantity, name, stop - start, "ms")
    axes = (DeviceQuantity.P_AXIS, DeviceQuantity.QRS_AXIS, DeviceQuantity.T_AXIS)
    for quantity, name, number in zip(axes, ("P", "QRS", "T"), block[5:], strict=True):
        known = None if abs(number) in _NO_AXIS else float(number)
        yield from measured(quantity, f"{name} axis", known, "deg")


def _rates(rest: bytes) -> Iterator[DeviceMeasurement]:
    """After the types of the beats: ventricular rate, atrial rate, QTc."""
    count = int.from_bytes(rest[:2], "little")
    if len(rest) < 2 + count + 6:
        return
    ventricular, _, corrected = struct.unpack_from("<HHH", rest, 2 + count)
    yield from measured(DeviceQuantity.HEART_RATE, "Ventricular rate", _known(ventricular), "/min")
    yield from measured(DeviceQuantity.QTC, "QTc", _known(corrected), "ms")


def _known(number: int) -> float | None:
    return None if number in _UNKNOWN else float(number)


def _statements(sections: Sections, encoding: str | None) -> Iterator[str]:
    """Section 8: the device's or the reader's sentences."""
    body = sections.body(8)
    place = 9
    for _ in range(min(body[8], _MOST_STATEMENTS) if len(body) > 8 else 0):
        if place + 3 > len(body):
            return
        (length,) = struct.unpack_from("<H", body, place + 1)
        words = _words(body[place + 3 : place + 3 + length], encoding).words
        place += 3 + length
        if words:
            yield words
