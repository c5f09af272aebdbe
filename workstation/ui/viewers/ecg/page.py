"""A page of an ECG as it was laid out: strips of leads and their places in millimetres."""

from dataclasses import dataclass

from workstation.studies.ecg import EcgLead
from workstation.ui.viewers.ecg.arrangement import LeadRef
from workstation.ui.viewers.ecg.placement import LeadPlacement


@dataclass(frozen=True, slots=True)
class Strip:
    """A lead's stretch of time in its place. `lead` is None where the record has none of it."""

    ref: LeadRef
    lead: EcgLead | None
    placement: LeadPlacement | None
    start_s: float
    duration_s: float
    x_mm: float
    baseline_mm: float
    up_mm: float
    down_mm: float
    """Room above and below the base line that is the strip's own: no other trace enters it."""
    mm_per_unit: float
    is_clipped: bool
    """Whether the trace leaves its room: it is cut there and the lead is named."""
    first_in_row: bool


@dataclass(frozen=True, slots=True)
class Page:
    """All strips and the page's size."""

    strips: tuple[Strip, ...]
    start_s: float
    duration_s: float
    """What the columns show together; a rhythm strip may go beyond it."""
    width_mm: float
    height_mm: float
    speed: float
    gain: float
    pulses_mm: tuple[tuple[float, float], ...]
    """Left edge and base line of the calibration pulse of each row in mV."""
    simultaneous: bool = False
    """Whether there are columns, and all of them show the same seconds."""

    def x_of(self, strip: Strip, time_s: float) -> float:
        """Millimetres from the left of a moment of the record, in that strip."""
        return strip.x_mm + (time_s - strip.start_s) * self.speed
