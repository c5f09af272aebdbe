"""Long WFDB records: samples of 16 bits are viewed in the zip, others unfolded in pieces."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Final

import numpy as np

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.long_store import Samples
from workstation.studies.readers.ecg_assembly import check_size
from workstation.studies.readers.ecg_leads import labelled_lead
from workstation.studies.readers.ecg_parts import FoundFacts, FoundLead, FoundRecording
from workstation.studies.readers.ecg_samples import Calibration, off_scale
from workstation.studies.readers.long_record import (
    LOWEST,
    MOST_UNFOLDED,
    LongFound,
    PackedEcg,
    Room,
    held,
    long_found,
)
from workstation.studies.readers.narrowed import Reach, narrowing
from workstation.studies.readers.wfdb_header import Header, Signal
from workstation.studies.readers.wfdb_samples import (
    FORMATS,
    LONG_FORMATS,
    WIDE_FORMATS,
    Numbers,
    unpacked,
)
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
    whole = {
        file: _held(numbers, *packing(header, file)[:2])
        for file, numbers in viewed.items()
        if numbers is not None
    }
    if len(whole) == len(files):
        return _found(header, whole, facts, rate)
    sizes = {file: 2 * counts[file] * len(packing(header, file)[0]) for file in files}
    check_size(1, sum(sizes.values()) // 2, MOST_UNFOLDED)

    def unfold(room: Room) -> LongFound:
        made, begin = {}, 0
        for file, size in sizes.items():
            signals = len(packing(header, file)[0])
            into: Samples = room[begin : begin + size].view(np.int16).reshape(-1, signals)
            made[file] = _unfolded(header, file, parts, into)
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


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """What one sample file holds."""

    numbers: Samples
    """Frames x signals, 16 bits."""
    scales: tuple[Calibration | None, ...]
    unset: int
    """The number that stands for "no sample"."""
    is_sound: bool
    """First samples and sums are as the header says."""


def _held(numbers: Samples, mine: Signals, format_: int) -> _Held:
    signals = tuple(mine.values())
    is_sound = all(sums_up(numbers[:, n], one) for n, one in enumerate(signals))
    return _Held(numbers, tuple(one.scale for one in signals), FORMATS[format_][1], is_sound)


def _unfolded(header: Header, file: str, parts: Parts, into: Samples) -> _Held:
    """Writes frames x signals, of formats of more than 16 bits what those are told in."""
    mine, format_, _ = packing(header, file)
    if format_ in WIDE_FORMATS:
        return _narrowed(header, file, parts, into)
    written = 0
    for frames in _frames(header, file, parts, len(into)):
        into[written : written + len(frames)] = frames
        written += len(frames)
    return _held(into[:written], mine, format_)


def _narrowed(header: Header, file: str, parts: Parts, into: Samples) -> _Held:
    """Gone over twice: for what the numbers reach, and to write them."""
    mine, format_, _ = packing(header, file)
    signals, unset = tuple(mine.values()), FORMATS[format_][1]
    seen = [_Seen(one) for one in signals]
    for frames in _frames(header, file, parts, len(into)):
        for n, one in enumerate(seen):
            one.see(frames[:, n], unset)
    how = [narrowing(*one.reach.ends, one.signal.scale) for one in seen]
    written = 0
    for frames in _frames(header, file, parts, len(into)):
        part = into[written : written + len(frames)]
        for n, narrow in enumerate(how):
            narrow.write(frames[:, n], part[:, n])
        part[frames == unset] = LOWEST
        written += len(frames)
    scales = tuple(narrow.scale(one.scale) for narrow, one in zip(how, signals, strict=True))
    return _Held(into[:written], scales, LOWEST, all(one.is_sound for one in seen))


@dataclass(slots=True)
class _Seen:
    """One signal of more than 16 bits, gone over once."""

    signal: Signal
    reach: Reach = field(default_factory=Reach)
    total: int = 0
    first: int | None = None

    def see(self, numbers: Numbers, unset: int) -> None:
        """Its next numbers."""
        if self.first is None and len(numbers):
            self.first = int(numbers[0])
        self.total += int(numbers.sum(dtype=np.int64))
        self.reach.see(numbers[numbers != unset])

    @property
    def is_sound(self) -> bool:
        """As `sums_up`."""
        stated = self.signal
        is_first = stated.first is None or self.first is None or self.first == stated.first
        return is_first and (stated.checksum is None or (self.total - stated.checksum) % 65536 == 0)


def _frames(header: Header, file: str, parts: Parts, most: int) -> Iterator[Numbers]:
    """Frames x signals in pieces, `most` frames together."""
    mine, format_, offset = packing(header, file)
    left = most
    with parts.opened(file) as part:
        part.read(offset)
        for piece in _pieces(part, format_, len(mine)):
            yield piece[:left]
            left -= len(piece)
            if left <= 0:
                return


def _pieces(part: IO[bytes], format_: int, signals: int) -> Iterator[Numbers]:
    held_bytes, samples = LONG_FORMATS[format_]
    size = _FRAMES * signals * held_bytes // samples
    while raw := part.read(size):
        yield unpacked(memoryview(raw), format_, signals, _FRAMES)


def _found(header: Header, files: Mapping[str, _Held], facts: FoundFacts, rate: float) -> LongFound:
    leads: dict[int, FoundLead] = {}
    for file, one in files.items():
        if len(one.numbers) < (header.samples or 1):
            facts.warnings.add(StudyWarning.SAMPLES_MISSING)
        elif not one.is_sound:
            facts.warnings.add(StudyWarning.CHECKSUM_WRONG)
        leads |= _leads(packing(header, file)[0], one)
    ordered = tuple(leads[place] for place in sorted(leads))
    if not any(lead.stored.size for lead in ordered):
        raise UnreadableFile(Unreadable.TRUNCATED)
    return long_found(FoundRecording(ordered, rate), facts)


def _leads(mine: Signals, held_: _Held) -> dict[int, FoundLead]:
    """By their place in the header."""
    numbers = held_.numbers
    # All in their order in memory: much quicker than lead by lead.
    lowest = int(numbers.min()) if numbers.size else None
    leads = {}
    for n, ((place, one), scale) in enumerate(zip(mine.items(), held_.scales, strict=True)):
        # The lowest number of 16 bits is looked for in every long recording anyway.
        is_seen = held_.unset == LOWEST and off_scale(LOWEST, scale)
        is_whole = lowest is None or lowest > held_.unset
        gaps = () if is_seen or is_whole else held(numbers[:, n], held_.unset)
        known = labelled_lead(one.label)
        leads[place] = FoundLead(one.label, known, numbers[:, n], scale, gaps, lowest)
    return leads
