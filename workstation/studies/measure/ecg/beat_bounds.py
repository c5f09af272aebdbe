"""The bounds of a beat's waves as they stand: which were proposed, which are the doctor's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from backend_client.models.evidence import Origin
from workstation.studies.measure.ecg.proposals import Landmark, Proposal


class Standing(IntEnum):
    """Whose a bound is; of several the lowest says what a value between them is worth."""

    PROPOSED = 0
    CONFIRMED = 1
    """Proposed by the program, confirmed by the doctor."""
    BY_HAND = 2


ORIGIN_OF: Final = {
    Standing.PROPOSED: Origin.CONFIRMED,
    Standing.CONFIRMED: Origin.CONFIRMED,
    Standing.BY_HAND: Origin.BY_HAND,
}
"""What a proposed value will be once it is confirmed: until then it is marked as proposed."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A sample of the averaged beat."""

    sample: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class BeatBounds:
    """Bounds in the order of `Landmark`: each lies after those before it."""

    held: Mapping[Landmark, Bound] = field(default_factory=dict)

    @classmethod
    def of(cls, proposal: Proposal) -> "BeatBounds":
        """What was proposed, and nothing else."""
        found = {one: proposal.at(one) for one in Landmark}
        return cls(
            {one: Bound(at, Standing.PROPOSED) for one, at in found.items() if at is not None}
        )

    def sample(self, landmark: Landmark) -> int | None:
        """Where it stands; None where it is not known."""
        bound = self.held.get(landmark)
        return bound.sample if bound is not None else None

    def is_proposed(self, landmark: Landmark) -> bool:
        """Whether it waits for the doctor's word."""
        bound = self.held.get(landmark)
        return bound is not None and bound.standing is Standing.PROPOSED

    def standing(self, landmarks: Iterable[Landmark]) -> Standing:
        """Of a value between known bounds."""
        return min((self.held[one].standing for one in landmarks), default=Standing.BY_HAND)

    def placed(self, landmark: Landmark, sample: int, standing: Standing) -> "BeatBounds":
        """With that bound there; what was only proposed on the wrong side of it gives way."""
        kept = {
            one: bound
            for one, bound in self.held.items()
            if bound.standing is not Standing.PROPOSED or _agree(one, bound, landmark, sample)
        }
        return BeatBounds({**kept, landmark: Bound(sample, standing)})

    def confirmed(self, landmarks: Iterable[Landmark] = tuple(Landmark)) -> "BeatBounds":
        """With the doctor's word on those of them that were proposed."""
        fresh = dict(self.held)
        for one in landmarks:
            if self.is_proposed(one):
                fresh[one] = Bound(self.held[one].sample, Standing.CONFIRMED)
        return BeatBounds(fresh)

    def without(self, landmark: Landmark) -> "BeatBounds":
        """Without that bound."""
        return BeatBounds({one: bound for one, bound in self.held.items() if one is not landmark})

    def limits(self, landmark: Landmark, count: int) -> tuple[int, int]:
        """First and last sample at which it may stand, of `count`: never past a neighbour."""
        place = _ORDER[landmark]
        before = [bound.sample for one, bound in self.held.items() if _ORDER[one] < place]
        after = [bound.sample for one, bound in self.held.items() if _ORDER[one] > place]
        return max(before, default=-1) + 1, min(after, default=count) - 1


def _agree(one: Landmark, bound: Bound, landmark: Landmark, sample: int) -> bool:
    """Whether that bound lies on its side of another one."""
    return one is landmark or (_ORDER[one] < _ORDER[landmark]) == (bound.sample < sample)


_ORDER: Final = {one: place for place, one in enumerate(Landmark)}
