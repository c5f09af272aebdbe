"""Long leads of other numbers than 16 bits with a sign: told in 16 bits, as exactly as they are.

A lead whose numbers span no more than 16 bits, as of nearly every heart, keeps each of them: a
constant is taken off, and put back by the calibration. Of what spans more the lowest bits are left
out as long as a step is finer than 5 uV (0.05 mm on paper of 10 mm/mV); beyond that it is refused.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.long_store import Samples
from workstation.studies.measure.ecg.stretches import recorded
from workstation.studies.readers.ecg_assembly import check_size, joined
from workstation.studies.readers.ecg_parts import FoundFacts, FoundLead, FoundRecording
from workstation.studies.readers.ecg_samples import Calibration, in_reach
from workstation.studies.readers.long_record import (
    LOWEST,
    MOST_UNFOLDED,
    LongFound,
    PackedEcg,
    Room,
    long_found,
    pieces,
)
from workstation.studies.warnings import StudyWarning

_HIGHEST: Final = -LOWEST - 1
"""The lowest of 16 bits is left free: it stands for "no sample" in many formats."""
_COARSEST_MV: Final = 0.005
_WIDEST_BYTES: Final = 4


@dataclass(frozen=True, slots=True)
class Narrowing:
    """From numbers to those of 16 bits: (number - centre) / 2^shift, rounded."""

    centre: int = 0
    shift: int = 0

    def write(self, numbers: npt.NDArray[np.integer], into: Samples) -> None:
        """What is beyond (inside gaps) ends at the ends of 16 bits."""
        half = (1 << self.shift) >> 1
        moved = (numbers.astype(np.int64) - self.centre + half) >> self.shift
        into[:] = np.clip(moved, -_HIGHEST, _HIGHEST)

    def scale(self, scale: Calibration | None) -> Calibration | None:
        """The calibration of the written numbers; the zero of an uncalibrated lead is nothing."""
        if scale is None:
            return None
        offset = scale.offset + self.centre * scale.scale
        return Calibration(scale.scale * (1 << self.shift), offset)


def narrowing(lowest: int, highest: int, scale: Calibration | None) -> Narrowing:
    """How numbers from `lowest` to `highest` are told in 16 bits.

    Raises:
        UnreadableFile: a step would be coarser than 5 uV, or of no known size.
    """
    if lowest >= -_HIGHEST and highest <= _HIGHEST:
        return Narrowing()
    centre, shift = (lowest + highest) // 2, 0
    while (highest - centre + ((1 << shift) >> 1)) >> shift > _HIGHEST:
        shift += 1
    if shift and (
        scale is None
        or scale.scale * (1 << shift) > _COARSEST_MV
        or not in_reach((lowest, highest), scale)
    ):
        raise UnreadableFile(Unreadable.TOO_LARGE)
    return Narrowing(centre, shift)


def long_or_packed(
    shown: FoundRecording, facts: FoundFacts, others: int = 0
) -> LongFound | PackedEcg:
    """The long recording of leads of whole numbers; what is not 16 bits wide is unfolded to that.

    Raises:
        UnreadableFile: a lead is of other numbers, or they are too many.
    """
    kinds = {(lead.stored.dtype.kind, lead.stored.dtype.itemsize) for lead in shown.leads}
    if kinds == {("i", 2)}:
        return long_found(shown, facts, others)
    if any(kind not in "iu" or size > _WIDEST_BYTES for kind, size in kinds):
        raise UnreadableFile(Unreadable.TOO_LARGE)
    sizes = [lead.stored.size for lead in shown.leads]
    count = min((size for size in sizes if size), default=0)
    check_size(len(sizes), count, MOST_UNFOLDED)
    if min(sizes) < max(sizes):
        facts.warnings.add(StudyWarning.SAMPLES_MISSING)
    kept = [lead for lead in shown.leads if lead.stored.size]

    def unfold(room: Room) -> LongFound:
        rows: Samples = room[: 2 * count * len(kept)].view(np.int16).reshape(len(kept), count)
        leads = tuple(narrowed(lead, row) for lead, row in zip(kept, rows, strict=True))
        return long_found(replace(shown, leads=leads), facts, others)

    return PackedEcg(2 * count * len(kept), unfold)


def narrowed(lead: FoundLead, into: Samples) -> FoundLead:
    """The lead's first samples, written there.

    Raises:
        UnreadableFile: as `narrowing`.
    """
    gaps = joined(lead.gaps, len(into), len(into))
    how = narrowing(*_reach(lead, gaps, len(into)).ends, lead.scale)
    begin = 0
    for piece in pieces(lead.stored):
        part = into[begin : begin + len(piece)]
        how.write(piece[: len(part)], part)
        begin += len(piece)
    # Where it says that nothing was recorded is known already: no number stands for that.
    return replace(lead, stored=into, scale=how.scale(lead.scale), gaps=gaps, lowest=-_HIGHEST)


def _reach(lead: FoundLead, gaps: Iterable[tuple[int, int]], count: int) -> "Reach":
    """Outside gaps."""
    found, begin = Reach(), 0
    kept = recorded(count, gaps)
    for piece in pieces(lead.stored):
        end = begin + len(piece)
        for start, stop in kept:
            if start < end and stop > begin:
                found.see(piece[max(start, begin) - begin : min(stop, end) - begin])
        begin = end
    return found


@dataclass(slots=True)
class Reach:
    """The lowest and the highest of the numbers that were seen."""

    lowest: int | None = None
    highest: int | None = None

    def see(self, numbers: npt.NDArray[np.integer]) -> None:
        """More of them."""
        if numbers.size:
            low, high = int(numbers.min()), int(numbers.max())
            self.lowest = low if self.lowest is None else min(low, self.lowest)
            self.highest = high if self.highest is None else max(high, self.highest)

    @property
    def ends(self) -> tuple[int, int]:
        """Both; 0 where nothing was seen."""
        return self.lowest or 0, self.highest or 0
