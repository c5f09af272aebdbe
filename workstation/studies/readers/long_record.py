"""Long recordings: found where they lie, described, and not read as a whole.

What is 16 bits wide in the file is viewed there. What is packed is unfolded once, into memory
that the window has given, and viewed in that.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt

from workstation.studies.ecg import EcgLead, EcgRecord, EcgRecording, SampleUnit
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.long_store import Samples, StoredSamples
from workstation.studies.measure.ecg.stretches import recorded
from workstation.studies.readers.ecg_assembly import (
    assembled,
    check_size,
    chosen,
    joined,
    names_of,
    plausible_rate,
    record_of,
)
from workstation.studies.readers.ecg_leads import can_derive, lead_rank
from workstation.studies.readers.ecg_parts import FoundFacts, FoundLead, FoundRecording, Gaps
from workstation.studies.readers.ecg_samples import Calibration, in_reach, off_scale, runs
from workstation.studies.warnings import StudyWarning

Room = npt.NDArray[np.uint8]
"""Bytes into which a packed recording is unfolded."""

MOST_VIEWED: Final = 512 * 1024 * 1024
"""Samples of all leads together that are viewed in the file: as many as the largest file holds."""
MOST_UNFOLDED: Final = 160_000_000
"""That are unfolded beside the file: two days of three leads at 250 Hz."""
_MOST_GAPS: Final = 10_000
_PIECE: Final = 1 << 20
LOWEST: Final = -(1 << 15)
"""Of 16 bits: many devices write it where nothing was recorded."""


@dataclass(frozen=True, slots=True)
class LongFrom:
    """From where on a recording is shown as a long one, in the formats that allow it."""

    samples: int = 8_000_000
    """Of all leads together: more do not fit as numbers with a unit."""
    seconds: float = 3600.0
    dicom_size: int = 1024 * 1024
    """Bytes of a DICOM file from which on it is looked for a long recording at all."""

    def holds(self, leads: int, count: int, rate_hz: float) -> bool:
        """Whether so many leads of `count` samples each are long."""
        return leads * count > self.samples or count >= self.seconds * rate_hz


@dataclass(frozen=True, slots=True, eq=False)
class FoundStore:
    """One lead of a long recording."""

    stored: Samples
    """Shape (records, n of each), a view."""
    scale: Calibration
    """1 and 0 where the lead is not in mV."""


@dataclass(frozen=True, slots=True, eq=False)
class LongFound:
    """A long recording whose samples can be viewed where they are."""

    record: EcgRecord
    """Its leads have names, units and gaps, and no samples."""
    sample_count: int
    stores: tuple[FoundStore, ...]
    """Of the leads, in their order."""


@dataclass(frozen=True, slots=True, eq=False)
class PackedEcg:
    """A long recording that must be unfolded first."""

    size: int
    """Bytes that it takes then; plausible for its file."""
    unfold: Callable[[Room], LongFound]
    """Into a room of that size; its stores are views of the room. Raises `UnreadableFile`."""


def assembled_or_long(
    recordings: Sequence[FoundRecording], facts: FoundFacts, long_from: LongFrom
) -> EcgRecord | LongFound:
    """A record as of any format, or a long one where the shown recording is long.

    Raises:
        UnreadableFile: nothing to show, no time scale, or too much.
    """
    shown, rest = chosen(recordings)
    longest = max(lead.stored.size for lead in shown.leads)
    if not long_from.holds(len(shown.leads), longest, plausible_rate(shown.rate_hz)):
        return assembled(recordings, facts)
    return long_found(shown, facts, others=len(rest))


def long_found(shown: FoundRecording, facts: FoundFacts, others: int = 0) -> LongFound:
    """The long recording, of which every lead is 16 bits wide; `others` are left out.

    It ends with the shortest of its leads.

    Raises:
        UnreadableFile: a lead is of other numbers, or they are too many.
    """
    count = min(lead.stored.size for lead in shown.leads if lead.stored.size)
    check_size(len(shown.leads), count, MOST_VIEWED)
    pairs = zip(names_of(shown), shown.leads, strict=True)
    made = [_lead(name, lead, count) for name, lead in pairs if lead.stored.size]
    made.sort(key=lambda one: lead_rank(one[0].name))
    leads = [lead for lead, _ in made]
    facts.warnings |= _warnings(shown, leads, others)
    recording = EcgRecording(shown.name, shown.kind, tuple(leads), shown.rate_hz)
    return LongFound(record_of(recording, (), facts), count, tuple(store for _, store in made))


def copied(found: LongFound) -> PackedEcg:
    """The same for samples that are no view of the file."""
    sizes = [store.stored.nbytes for store in found.stores]
    check_size(1, sum(sizes) // 2, MOST_UNFOLDED)

    def unfold(room: Room) -> LongFound:
        stores, begin = [], 0
        for store, size in zip(found.stores, sizes, strict=True):
            into: Samples = room[begin : begin + size].view(np.int16)
            into[:] = store.stored.reshape(-1)
            stores.append(replace(store, stored=into))
            begin += size
        return replace(found, stores=tuple(stores))

    return PackedEcg(sum(sizes), unfold)


def held(stored: npt.NDArray[np.generic], mark: float) -> Gaps:
    """Ranges that hold one number, found piece by piece."""
    found = list(_held(stored, mark))
    return tuple(found) if len(found) <= _MOST_GAPS else ((found[0][0], found[-1][1]),)


def pieces(stored: npt.NDArray[np.generic]) -> Iterator[npt.NDArray[Any]]:
    """Its numbers in order, in arrays of shape (n,): shape (n,) or (records, n of each)."""
    if stored.ndim == 1:
        yield from (stored[n : n + _PIECE] for n in range(0, len(stored), _PIECE))
        return
    rows = max(1, _PIECE // stored.shape[1])
    yield from (stored[n : n + rows].reshape(-1) for n in range(0, len(stored), rows))


def _held(stored: npt.NDArray[np.generic], mark: float) -> Iterator[tuple[int, int]]:
    begin = 0
    for piece in pieces(stored):
        flags = piece == mark
        if flags.any():
            yield from ((begin + start, begin + stop) for start, stop in runs(flags))
        begin += len(piece)


def _lead(name: str, found: FoundLead, count: int) -> tuple[EcgLead, FoundStore]:
    if found.stored.dtype.kind != "i" or found.stored.dtype.itemsize != 2:
        raise UnreadableFile(Unreadable.TOO_LARGE)
    numbers = cast(Samples, found.stored)
    stored = numbers if numbers.ndim == 2 else numbers[np.newaxis, :count]
    is_whole = found.lowest is not None and found.lowest > LOWEST
    unset = held(stored, LOWEST) if not is_whole and off_scale(LOWEST, found.scale) else ()
    gaps = joined((*found.gaps, *unset), count, count)
    scale = found.scale if _is_plausible(stored, found.scale, gaps) else None
    unit = SampleUnit.UNCALIBRATED if scale is None else SampleUnit.MILLIVOLT
    empty = np.zeros(0, np.float32)
    return EcgLead(name, empty, unit, gaps=gaps), FoundStore(stored, scale or Calibration(1, 0))


def _is_plausible(stored: Samples, scale: Calibration | None, gaps: Gaps) -> bool:
    """As of any other lead; most scales are, even at the ends of 16 bits."""
    if scale is None or in_reach((LOWEST, -LOWEST), scale):
        return scale is not None
    samples = StoredSamples(stored)
    for start, stop in recorded(len(samples), gaps):
        for begin in range(start, stop, _PIECE):
            piece = samples[begin : min(begin + _PIECE, stop)]
            if not in_reach((float(piece.min()), float(piece.max())), scale):
                return False
    return True


def _warnings(shown: FoundRecording, leads: Sequence[EcgLead], others: int) -> set[StudyWarning]:
    longest = max(lead.stored.size for lead in shown.leads)
    notes = {
        StudyWarning.NO_CALIBRATION: any(x.unit is not SampleUnit.MILLIVOLT for x in leads),
        StudyWarning.SAMPLES_MISSING: any(x.stored.size < longest for x in shown.leads),
        StudyWarning.LEADS_DERIVED: can_derive(leads),
        StudyWarning.LEAD_NAME_UNKNOWN: any(x.standard is None for x in shown.leads),
        StudyWarning.OTHER_GROUPS_HIDDEN: others > 0,
    }
    return {code for code, given in notes.items() if given}
