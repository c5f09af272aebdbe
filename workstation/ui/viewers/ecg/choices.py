"""How a doctor wants an ECG shown, and what of it is kept for the next one."""

from dataclasses import dataclass

import msgspec

from workstation.studies.measure.ecg.filters import TraceFilter
from workstation.ui.viewers.ecg.arrangement import EcgLayout


@dataclass(frozen=True, slots=True)
class EcgChoices:
    """What the doctor chose. `layout` None: by the record and the room; `zoom` None: it fits."""

    layout: EcgLayout | None = None
    speed: float = 25.0
    gain: float = 10.0
    zoom: float | None = None
    simultaneous: bool = False
    """Whether all columns show the same seconds."""
    filter: TraceFilter = TraceFilter()
    """Of the record that is shown: every file opens as it was recorded."""


class KeptEcgChoices(msgspec.Struct, frozen=True):
    """What outlives the window: everything but the filter."""

    layout: EcgLayout | None = None
    speed: float = 25.0
    gain: float = 10.0
    zoom: float | None = None
    simultaneous: bool = False

    @classmethod
    def of(cls, choices: EcgChoices) -> "KeptEcgChoices":
        """What is kept of these."""
        values = (choices.layout, choices.speed, choices.gain, choices.zoom, choices.simultaneous)
        return cls(*values)

    def choices(self) -> EcgChoices:
        """To begin with."""
        return EcgChoices(self.layout, self.speed, self.gain, self.zoom, self.simultaneous)
