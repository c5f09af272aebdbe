"""A mutated file of the imaging desk, and what must come of it whatever the mutation was."""

from dataclasses import dataclass
from enum import Enum


class Fate(Enum):
    """What must come of a file."""

    ANY = "any"
    """A sound study, or a refusal."""
    NEVER_MM = "never_mm"
    """No valid scale is left in it: lengths in pixels alone, or a refusal."""
    NEVER_MM_OF_PATIENT = "never_mm_of_patient"
    """As that; a scale of the detector, which is said to be one, may be left."""
    REFUSED = "refused"
    """Nothing that could be shown: a bomb, a page of the web under another name."""


@dataclass(frozen=True, slots=True)
class Case:
    """One file."""

    name: str
    """Format and mutation, to find it again."""
    data: bytes
    fate: Fate = Fate.ANY
