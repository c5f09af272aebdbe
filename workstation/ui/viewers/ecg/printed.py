"""What is printed: the page as it is shown, whose it is, and what is written on it. No painting."""

from dataclasses import dataclass

from workstation.studies.ecg import EcgRecord
from workstation.studies.measure.ecg.filters import TraceFilter
from workstation.ui.viewers.ecg.arrangement import EcgLayout
from workstation.ui.viewers.ecg.layout import Page
from workstation.ui.viewers.ecg.measurements import Line


@dataclass(frozen=True, slots=True)
class PrintedPatient:
    """Whose request it is, in words; both "" where no request is open."""

    name: str = ""
    born: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """The page on the screen, without the screen's own millimetres."""

    record: EcgRecord
    """As it is painted: through `chosen`."""
    page: Page
    """As high as its rows need, no higher."""
    layout: EcgLayout
    chosen: TraceFilter = TraceFilter()
    recording: str = ""
    """Which of the file's recordings it is; "" where the file has one."""
    patient: PrintedPatient = PrintedPatient()
    offset_s: float = 0.0
    """Where the record begins in a longer one."""
    measured: tuple[Line, ...] = ()
    """The list of measurements of the file, proposed ones too."""
