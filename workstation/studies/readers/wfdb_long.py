"""Long WFDB records: samples of 16 bits are viewed in the zip, others unfolded in pieces."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import IO, Final

import numpy as np

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.long_store import Samples
from workstation.studies.readers.ecg_assembly import check_size
from workstation.studies.readers.ecg_leads import labelled_lead
from workstation.studies.readers.ecg_parts import FoundFacts, FoundLead, FoundRecording
from workstation.studies.readers.ecg_samples import off_scale
from workstation.studies.readers.long_record import (
    LOWEST,
    MOST_UNFOLDED,
    LongFound,
    PackedEcg,
    Room,
    held,
    long_found,
)
from workstation.studies.readers.wfdb_header import Header, Signal
from workstation.studies.readers.wfdb_samples import FORMATS, LONG_FORMATS, Numbers, unpacked
from workstation.studies.readers.wfdb_zip import Parts
from workstation.studies.warnings import StudyWarning

Signals = Mapping[int, Signal]
"""Of one sample file, by their place in the header."""

_PLAIN: Final = {16: "<i2", 61: ">i2"}
_FRAMES: Final = 12 * 16 * 1024
"""That are unfolded at once: whole groups of any packing."""
_PIECE: Final = 1 << 20


def packing(header: Header, file: str) -> tuple[Signals, int, int]:
    """The signals of a sample file, their format, and the bytes before them.

    Raises:
        UnreadableFile: they differ in it, or it is unknown.
    """
    mine = {place: one for place, one in enumerate(header.signals) if one.file == file}
    formats = {(one.format, one.offset) for one in mine.values()}
    if len(formats) != 1:
        raise UnreadableFile(Unreadable.DAMAGED)
    format_, offset = formats.pop()
    if format_ not in FORMATS:
        raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, f"WFDB {format_}")
    return mine, format_, offset


def sums_up(numbers: Numbers, signal: Signal) -> bool:
    """The first sample and the sum of all are as the header says, where it does."""
    first = signal.first is None or not len(numbers) or int(numbers[0]) == signal.first
    if signal.checksum is None:
        return first
    # Of 16 bits is what is stated: of numbers as wide the overflow is what is asked for.
    kind = np.int16 if numbers.dtype.itemsize == 2 else np.int64
    pieces = (numbers[n : n + _PIECE] for n in range(0, len(numbers), _PIECE))
    total = sum(int(np.add.reduce(one, dtype=kind)) for one in pieces)
    return first and (total - signal.checksum) % (1 << 16) == 0


def samples_of(header: Header, parts: Parts) -> int:
    """Samples of each signal that are there, at most those that are announced.

    Raises:
        UnreadableFile: as `packing`, or a part of an impossible size.
    """
    there = max(_there(header, file, parts) for file in _files(header))
    return min(there, header.samples or there)


def read_long(
    header: Header, parts: Parts, facts: FoundFacts, rate: float
) -> LongFound | PackedEcg:
    """The record of a header whose samples are many.

    Raises:
        UnreadableFile: it cannot be shown.
    """
    files = _files(header)
    counts = {file: min(_there(header, file, parts), header.samples or 1 << 48) for file in files}
    if any(packing(header, file)[1] not in LONG_FORMATS for file in files):
        raise UnreadableFile(Unreadable.TOO_LARGE)
    viewed = {file: _viewed(header, file, parts, counts[file]) for file in files}
    whole = {file: numbers for file, numbers in viewed.items() if numbers is not None}
    if len(whole) == len(files):
        return _found(header, whole, facts, rate)
    sizes = {file: 2 * counts[file] * len(packing(header, file)[0]) for file in files}
    check_size(1, sum(sizes.values()) // 2, MOST_UNFOLDED)

    def unfold(room: Room) -> LongFound:
        made, begin = {}, 0
        for file, size in sizes.items():
            signals = len(packing(header, file)[0])
            into: Samples = room[begin : begin + size].view(np.int16).reshape(-1, signals)
            made[file] = into[: _unfold(header, file, parts, into)]
            begin += size
        return _found(header, made, facts, rate)

    return PackedEcg(sum(sizes.values()), unfold)


def _files(header: Header) -> list[str]:
    return list(dict.fromkeys(signal.file for signal in header.signals))


def _there(header: Header, file: str, parts: Parts) -> int:
    """Whole frames that a sample file has room for."""
    mine, format_, offset = packing(header, file)
    size = max(0, (parts.size(file) or 0) - offset)
    held_bytes, samples = LONG_FORMATS.get(format_, (FORMATS[format_][2] // 8, 1))
    return size * samples // held_bytes // len(mine)


def _viewed(header: Header, file: str, parts: Parts, count: int) -> Samples | None:
    """Frames x signals, where they are 16 bits wide and stored as they are."""
    mine, format_, offset = packing(header, file)
    data = parts.in_place(file) if format_ in _PLAIN else None
    if data is None or not count:
        return None
    numbers = np.frombuffer(data, _PLAIN[format_], count * len(mine), offset)
    return numbers.reshape(count, len(mine))


def _unfold(header: Header, file: str, parts: Parts, into: Samples) -> int:
    """Writes frames x signals; how many frames there were."""
    mine, format_, offset = packing(header, file)
    written = 0
    with parts.opened(file) as part:
        part.read(offset)
        for piece in islice(_pieces(part, format_, len(mine)), -(-len(into) // _FRAMES)):
            frames = piece[: len(into) - written]
            into[written : written + len(frames)] = frames
            written += len(frames)
    return written


def _pieces(part: IO[bytes], format_: int, signals: int) -> Iterator[Numbers]:
    held_bytes, samples = LONG_FORMATS[format_]
    size = _FRAMES * signals * held_bytes // samples
    while raw := part.read(size):
        yield unpacked(memoryview(raw), format_, signals, _FRAMES)


def _found(
    header: Header, files: Mapping[str, Samples], facts: FoundFacts, rate: float
) -> LongFound:
    leads: dict[int, FoundLead] = {}
    for file, numbers in files.items():
        mine, format_, _ = packing(header, file)
        if len(numbers) < (header.samples or 1):
            facts.warnings.add(StudyWarning.SAMPLES_MISSING)
        elif not all(sums_up(numbers[:, n], one) for n, one in enumerate(mine.values())):
            facts.warnings.add(StudyWarning.CHECKSUM_WRONG)
        # All in their order in memory: much quicker than lead by lead.
        lowest = int(numbers.min()) if numbers.size else None
        for n, (place, one) in enumerate(mine.items()):
            unset = FORMATS[format_][1]
            # The lowest number of 16 bits is looked for in every long recording anyway.
            is_seen = unset == LOWEST and off_scale(LOWEST, one.scale)
            is_whole = lowest is None or lowest > unset
            gaps = () if is_seen or is_whole else held(numbers[:, n], unset)
            known = labelled_lead(one.label)
            leads[place] = FoundLead(one.label, known, numbers[:, n], one.scale, gaps, lowest)
    ordered = tuple(leads[place] for place in sorted(leads))
    if not any(lead.stored.size for lead in ordered):
        raise UnreadableFile(Unreadable.TRUNCATED)
    return long_found(FoundRecording(ordered, rate), facts)
