"""Leads of an SCP-ECG record: sections 2 to 6 (EN 1064, 5.5 to 5.9) to stored numbers."""

import math
import struct
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.studies.ecg import RecordingKind
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.readers.ecg_assembly import check_size, plausible_rate
from workstation.studies.readers.ecg_leads import numbered_lead
from workstation.studies.readers.ecg_parts import FoundLead, FoundRecording
from workstation.studies.readers.ecg_samples import Calibration
from workstation.studies.readers.scp_huffman import Table, decoded, tables
from workstation.studies.readers.scp_sections import Sections

Numbers = npt.NDArray[np.int64]

_LEAD: Final = struct.Struct("<LLB")
_BEAT: Final = struct.Struct("<HLLL")
_DATA: Final = struct.Struct("<HHBB")
_SUBTRACTED: Final = 0x01
_NANOVOLT: Final = 1e-6
"""In mV."""
_MILLION: Final = 1_000_000
_MOST_CODED: Final = 1_500_000
"""Huffman coded numbers of a file: each is taken from its bits one by one."""


@dataclass(frozen=True, slots=True)
class _Lead:
    """A lead of section 3: its first and last sample, from 1."""

    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class _Block:
    """Sections 5 and 6: numbers of each lead and what they mean."""

    nanovolts: int
    interval_us: int
    bimodal: bool
    leads: list[Numbers]


def recordings(sections: Sections) -> tuple[list[FoundRecording], bool]:
    """The rhythm, and the reference beat where there is one; whether all samples are there.

    Raises:
        UnreadableFile: no leads, or packed in a way that is not read here.
    """
    leads, subtracted = _leads(sections.body(3))
    code = tables(sections.body(2)) if sections.body(2) else None
    rhythm = _block(sections.body(6), [lead.end - lead.start + 1 for lead in leads], code)
    beat = _reference_beat(sections, len(leads), code)
    if rhythm is None:
        raise UnreadableFile(Unreadable.NO_PICTURE)
    if rhythm.bimodal:
        raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, "SCP-ECG bimodal")
    numbers, nanovolts = rhythm.leads, rhythm.nanovolts
    if subtracted:
        numbers, nanovolts = _with_beats(sections.body(4), leads, rhythm, beat)
    found = [_recording(leads, numbers, nanovolts, rhythm.interval_us)]
    if beat is not None and any(len(one) for one in beat.leads):
        found.append(_median(leads, beat))
    pairs = zip(leads, numbers, strict=True)
    return found, all(len(stored) == lead.end - lead.start + 1 for lead, stored in pairs)


def _leads(body: bytes) -> tuple[list[_Lead], bool]:
    """Section 3, and whether reference beats were subtracted."""
    if len(body) < 2 or 2 + _LEAD.size * body[0] > len(body):
        raise UnreadableFile(Unreadable.DAMAGED if body else Unreadable.TRUNCATED)
    leads = [_Lead(*_LEAD.unpack_from(body, 2 + _LEAD.size * n)) for n in range(body[0])]
    if any(not 1 <= lead.start <= lead.end for lead in leads):
        raise UnreadableFile(Unreadable.DAMAGED)
    ends = [lead.end for lead in leads]
    check_size(len(leads), max(ends, default=0) - min([lead.start for lead in leads], default=0))
    return leads, bool(body[1] & _SUBTRACTED)


def _block(body: bytes, counts: list[int], code: list[Table] | None) -> _Block | None:
    """Sections 5 and 6: how the numbers are stored, and the numbers."""
    if len(body) < _DATA.size + 2 * len(counts):
        return None
    nanovolts, interval, differences, bimodal = _DATA.unpack_from(body)
    if code is not None and sum(counts) > _MOST_CODED:
        raise UnreadableFile(Unreadable.TOO_LARGE)
    lengths = struct.unpack_from(f"<{len(counts)}H", body, _DATA.size)
    place = _DATA.size + 2 * len(counts)
    leads = []
    for length, count in zip(lengths, counts, strict=True):
        packed = body[place : place + length]
        place += length
        if code is None:
            numbers = np.frombuffer(packed, "<i2", min(count, len(packed) // 2)).astype(np.int64)
        else:
            numbers = decoded(packed, count, code)
        leads.append(_summed(numbers, differences))
    return _Block(nanovolts, interval, bool(bimodal), leads)


def _summed(numbers: Numbers, differences: int) -> Numbers:
    """From first or second differences to amplitudes, of 16 bits as the devices compute them."""
    if differences == 1:
        numbers = np.cumsum(numbers)
    elif differences == 2 and len(numbers) > 2:
        slope = np.cumsum(np.concatenate(([numbers[1] - numbers[0]], numbers[2:])))
        numbers = np.concatenate((numbers[:1], numbers[0] + np.cumsum(slope)))
    elif differences > 2:
        raise UnreadableFile(Unreadable.DAMAGED)
    return numbers.astype(np.int16).astype(np.int64)


def _reference_beat(sections: Sections, leads: int, code: list[Table] | None) -> _Block | None:
    """Section 5, as long as section 4 says."""
    body = sections.body(5)
    if len(body) < _DATA.size:
        return None
    (interval,) = struct.unpack_from("<H", body, 2)
    length_ms = struct.unpack_from("<H", sections.body(4))[0] if sections.body(4) else 0
    if interval == 0 or (length_ms == 0 and code is not None):
        return None
    count = round(length_ms * 1000 / interval) or len(body)
    check_size(max(1, leads), count)
    return _block(body, [count] * leads, code)


def _with_beats(
    places: bytes, leads: list[_Lead], rhythm: _Block, beat: _Block | None
) -> tuple[list[Numbers], int]:
    """The rhythm with the reference beat added where it was subtracted (section 4).

    Both are brought to their common unit, in nV.
    """
    if beat is None or rhythm.nanovolts == 0 or beat.nanovolts == 0:
        raise UnreadableFile(Unreadable.DAMAGED)
    if beat.interval_us != rhythm.interval_us:
        raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, "SCP-ECG beat of another rate")
    unit = math.gcd(rhythm.nanovolts, beat.nanovolts)
    fiducial, subtractions = _subtractions(places)
    whole = []
    for lead, rest, mean in zip(leads, rhythm.leads, beat.leads, strict=True):
        signal = rest * (rhythm.nanovolts // unit)
        wave = mean * (beat.nanovolts // unit)
        for start, at, end in subtractions:
            shift = at - fiducial
            first = max(start, lead.start, shift + 1)
            last = min(end, lead.start + len(signal) - 1, shift + len(wave))
            if first <= last:
                target = slice(first - lead.start, last - lead.start + 1)
                signal[target] += wave[first - shift - 1 : last - shift]
        whole.append(signal)
    return whole, unit


def _subtractions(body: bytes) -> tuple[int, list[tuple[int, int, int]]]:
    """Section 4: the reference beat's fiducial, and start, fiducial, end of each subtraction."""
    if len(body) < 6:
        raise UnreadableFile(Unreadable.DAMAGED)
    _, fiducial, count = struct.unpack_from("<HHH", body)
    if 6 + _BEAT.size * count > len(body):
        raise UnreadableFile(Unreadable.DAMAGED)
    beats = [_BEAT.unpack_from(body, 6 + _BEAT.size * n) for n in range(count)]
    return fiducial, [(start, at, end) for kind, start, at, end in beats if kind == 0]


def _recording(
    leads: list[_Lead], numbers: list[Numbers], nanovolts: int, interval_us: int
) -> FoundRecording:
    """Leads that were recorded one after another begin where they began."""
    begin = min(lead.start for lead in leads)
    found = []
    for lead, stored in zip(leads, numbers, strict=True):
        before = lead.start - begin
        padded = np.concatenate((np.zeros(before, np.int64), stored))
        gaps = ((0, before),) if before else ()
        found.append(_found(lead, padded, nanovolts, gaps))
    return FoundRecording(tuple(found), _rate(interval_us), "RHYTHM")


def _median(leads: list[_Lead], beat: _Block) -> FoundRecording:
    found = [_found(*pair, beat.nanovolts, ()) for pair in zip(leads, beat.leads, strict=True)]
    kind = RecordingKind.MEDIAN_BEAT
    return FoundRecording(tuple(found), _rate(beat.interval_us), "REFERENCE BEAT", kind)


def _found(
    lead: _Lead, stored: Numbers, nanovolts: int, gaps: tuple[tuple[int, int], ...]
) -> FoundLead:
    scale = Calibration(nanovolts * _NANOVOLT, 0.0) if nanovolts else None
    return FoundLead(f"? {lead.number}", numbered_lead(lead.number), stored, scale, gaps)


def _rate(interval_us: int) -> float:
    return plausible_rate(_MILLION / interval_us if interval_us else None)
