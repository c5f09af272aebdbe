"""EDF and EDF+ (edfplus.info): signals in records, annotations among them.

A physical maximum below the minimum is allowed there for an inverted amplifier; devices also get
it wrong, so such a signal is shown uncalibrated and not upside down.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.studies.ecg import EcgRecord
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.readers.ecg_assembly import check_size, plausible_rate
from workstation.studies.readers.ecg_leads import labelled_lead
from workstation.studies.readers.ecg_parts import FoundFacts, FoundLead, FoundRecording, Gaps
from workstation.studies.readers.ecg_samples import Calibration, calibration
from workstation.studies.readers.ecg_values import count, number
from workstation.studies.readers.edf_facts import ascii_of, recorded_filter, say_who
from workstation.studies.readers.edf_notes import onset, texts
from workstation.studies.readers.letters import read
from workstation.studies.readers.long_record import (
    MOST_UNFOLDED,
    MOST_VIEWED,
    LongFound,
    LongFrom,
    PackedEcg,
    Room,
    assembled_or_long,
)
from workstation.studies.warnings import StudyWarning

_HEADER: Final = 256
_WIDTHS: Final = (16, 80, 8, 8, 8, 8, 8, 80, 8, 32)
"""Label, transducer, unit, physical and digital limits, filters, samples, reserved."""
_MOST_SIGNALS: Final = 512
_MOST_NOTED: Final = 100_000
"""Records whose annotations are read: a day of records of a second."""
_MOST_BREAKS: Final = 10_000
_NOTES: Final = "EDF Annotations"


@dataclass(frozen=True, slots=True)
class _Signal:
    label: str
    samples: int
    """In each record."""
    start: int
    """Its first number within a record."""
    scale: Calibration | None
    filters: str


@dataclass(frozen=True, slots=True, eq=False)
class _Records:
    """Numbers: records x all signals of a record."""

    numbers: npt.NDArray[np.int16]
    seconds: float
    starts: tuple[float, ...] | None
    """When each record begins, where they do not follow each other (EDF+D)."""

    def of(self, signal: _Signal) -> npt.NDArray[np.int16]:
        """One signal's numbers, record by record."""
        return self.numbers[:, signal.start : signal.start + signal.samples]


def read_edf(
    data: memoryview, long_from: LongFrom | None = None
) -> EcgRecord | LongFound | PackedEcg:
    """The signals of one rate that hold the ECG, those of other rates beside them.

    A long recording is viewed in the file, and one with breaks (EDF+D) unfolded.

    Raises:
        UnreadableFile: it cannot be shown.
    """
    head = bytes(data[:_HEADER])
    if head[:1] != b"0":
        raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, "BDF")
    signals = _signals(data, head)
    plus = head[192:196] == b"EDF+"
    facts = FoundFacts("EDF+" if plus else "EDF")
    records = _records(data, head, signals, facts)
    notes = [one for one in signals if one.label == _NOTES and plus]
    facts.notes = tuple(
        texts(row.tobytes() for one in notes for row in records.of(one)[:_MOST_NOTED])
    )
    traces = [one for one in signals if one not in notes and one.samples]
    if not traces:
        raise UnreadableFile(Unreadable.NO_PICTURE)
    plausible_rate(1 / records.seconds if records.seconds > 0 else None)
    say_who(head, plus, facts)
    facts.filter_note = recorded_filter({one.filters for one in traces})
    return _shown(traces, records, facts, long_from or LongFrom())


def _shown(
    traces: list[_Signal], records: _Records, facts: FoundFacts, long_from: LongFrom
) -> EcgRecord | LongFound | PackedEcg:
    sizes = dict.fromkeys(one.samples for one in traces)
    groups = [[one for one in traces if one.samples == size] for size in sizes]
    longest = max(_length(group, records) for group in groups)
    rate = max(sizes) / records.seconds
    if records.starts is None or not long_from.holds(len(traces), longest, rate):
        found = [_recording(group, records) for group in groups]
        return assembled_or_long(found, facts, long_from)
    numbers = sum(len(group) * _length(group, records) for group in groups)
    check_size(1, numbers, MOST_UNFOLDED)

    def unfold(room: Room) -> LongFound:
        free = iter(np.split(room.view(np.int16), _ends(groups, records)))
        found = [_recording(group, records, free) for group in groups]
        made = assembled_or_long(found, facts, LongFrom(samples=0))
        assert isinstance(made, LongFound)
        return made

    return PackedEcg(2 * numbers, unfold)


def _length(group: list[_Signal], records: _Records) -> int:
    """Samples of each signal of a rate, with what was not recorded between records."""
    places = _places(group[0].samples / records.seconds, records)
    rows = len(records.numbers)
    return group[0].samples * rows if places is None else int(places[-1]) + group[0].samples


def _ends(groups: list[list[_Signal]], records: _Records) -> npt.NDArray[np.int64]:
    """Where each signal of all groups ends, one behind the other."""
    return np.cumsum([_length(group, records) for group in groups for _ in group])


def _signals(data: memoryview, head: bytes) -> list[_Signal]:
    total = count(ascii_of(head[252:256]))
    if total is None or not 0 < total <= _MOST_SIGNALS:
        raise UnreadableFile(Unreadable.DAMAGED if len(head) == _HEADER else Unreadable.TRUNCATED)
    raw = bytes(data[_HEADER : _HEADER * (total + 1)])
    if len(raw) < _HEADER * total:
        raise UnreadableFile(Unreadable.TRUNCATED)
    columns = []
    place = 0
    for width in _WIDTHS:
        columns.append([raw[place + width * n : place + width * (n + 1)] for n in range(total)])
        place += width * total
    found: list[_Signal] = []
    for fields in zip(*columns, strict=True):
        samples = count(ascii_of(fields[8]))
        if samples is None:
            raise UnreadableFile(Unreadable.DAMAGED)
        start = found[-1].start + found[-1].samples if found else 0
        filters = ascii_of(fields[7])
        found.append(_Signal(read(fields[0]).words, samples, start, _scale(fields), filters))
    return found


def _scale(fields: tuple[bytes, ...]) -> Calibration | None:
    low, high, least, most = (number(ascii_of(field)) for field in fields[3:7])
    if low is None or high is None or least is None or most is None or not least < most:
        return None
    step = (high - low) / (most - least)
    return calibration(step, 1.0, low - least * step, read(fields[2]).words)


def _records(data: memoryview, head: bytes, signals: list[_Signal], facts: FoundFacts) -> _Records:
    """What is there of the records that are announced; -1 announces what is there."""
    width = signals[-1].start + signals[-1].samples
    begin = _HEADER * (len(signals) + 1)
    there = (len(data) - begin) // (2 * width) if width else 0
    announced = number(ascii_of(head[236:244]))
    seconds = number(ascii_of(head[244:252]))
    if announced is None:
        raise UnreadableFile(Unreadable.DAMAGED)
    if seconds is None or seconds < 0:
        raise UnreadableFile(Unreadable.NO_TIME_SCALE)
    shown = there if announced < 0 else min(there, int(announced))
    if shown < announced:
        facts.warnings.add(StudyWarning.SAMPLES_MISSING)
    elif announced >= 0 and len(data) - begin != 2 * width * shown:
        facts.warnings.add(StudyWarning.CHECKSUM_WRONG)
    if shown <= 0:
        raise UnreadableFile(Unreadable.TRUNCATED if announced else Unreadable.NO_PICTURE)
    traces = sum(one.samples for one in signals if one.label != _NOTES)
    check_size(1, shown * traces or 1, MOST_VIEWED)
    numbers = np.frombuffer(data, "<i2", shown * width, begin).reshape(shown, width)
    records = _Records(numbers, seconds, None)
    if head[192:197] == b"EDF+D":
        return _Records(numbers, seconds, _starts(records, signals))
    return records


def _starts(records: _Records, signals: list[_Signal]) -> tuple[float, ...] | None:
    """The first note of each record says when it begins; None where they follow each other."""
    keeper = next((one for one in signals if one.label == _NOTES), None)
    if keeper is None:
        raise UnreadableFile(Unreadable.DAMAGED)
    if len(records.numbers) > _MOST_NOTED:
        raise UnreadableFile(Unreadable.TOO_LARGE)
    found = [onset(row.tobytes()) for row in records.of(keeper)]
    known = [one for one in found if one is not None]
    if len(known) < len(found):
        raise UnreadableFile(Unreadable.DAMAGED)
    steps = np.diff(known)
    if np.any(steps < records.seconds - 1e-6):
        raise UnreadableFile(Unreadable.DAMAGED)
    return None if np.all(steps < records.seconds + 1e-6) else tuple(known)


def _recording(
    signals: list[_Signal],
    records: _Records,
    rooms: Iterator[npt.NDArray[np.int16]] | None = None,
) -> FoundRecording:
    """The signals of one rate; where they have breaks, laid out in `rooms`, each as long as it."""
    samples = signals[0].samples
    rate = samples / records.seconds
    places = _places(rate, records)
    length = _length(signals, records)
    if places is not None and rooms is None:
        check_size(len(signals), length)
    gaps = () if places is None else _between(places, samples)
    leads = []
    for one in signals:
        room = next(rooms) if rooms is not None else None
        stored = _placed(records.of(one), places, length, room)
        label = one.label[:80]
        leads.append(FoundLead(label, labelled_lead(label), stored, one.scale, gaps))
    return FoundRecording(tuple(leads), rate)


def _places(rate: float, records: _Records) -> npt.NDArray[np.int64] | None:
    """Where each record begins, in samples; None: one after another."""
    if records.starts is None:
        return None
    seconds = np.array(records.starts) - records.starts[0]
    if seconds[-1] * rate > np.iinfo(np.int32).max:
        raise UnreadableFile(Unreadable.TOO_LARGE)
    return np.rint(seconds * rate).astype(np.int64)


def _between(places: npt.NDArray[np.int64], samples: int) -> Gaps:
    after = places[:-1] + samples
    apart = np.flatnonzero(places[1:] > after)
    found = [(int(after[n]), int(places[n + 1])) for n in apart]
    return tuple(found) if len(found) <= _MOST_BREAKS else ((found[0][0], found[-1][1]),)


def _placed(
    rows: npt.NDArray[np.int16],
    places: npt.NDArray[np.int64] | None,
    length: int,
    room: npt.NDArray[np.int16] | None = None,
) -> npt.NDArray[np.int16]:
    if places is None:
        return rows
    stored = np.zeros(length, np.int16) if room is None else room
    for place, row in zip(places.tolist(), rows, strict=True):
        stored[place : place + len(row)] = row
    return stored
