"""A value that stands on the desk: what it is, where it was measured, who found it."""

from dataclasses import dataclass
from enum import Enum

from backend_client.models.evidence import EcgPlace, Origin


class Quantity(Enum):
    """What was measured."""

    INTERVAL = "interval"
    RR = "rr"
    PP = "pp"
    PR = "pr"
    QRS = "qrs"
    QT = "qt"
    QTC = "qtc"
    RATE = "rate"
    AMPLITUDE = "amplitude"
    AXIS = "axis"
    ST = "st"


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of the list of measurements."""

    quantity: Quantity
    value: float | None
    """In `unit`; None where it cannot be told (said as unknown, never as 0)."""
    unit: str
    """UCUM: "ms", "mV", "deg", "/min"; "" for raw numbers of an uncalibrated lead."""
    place: EcgPlace
    origin: Origin
    detail: str = ""
    """What tells it from others of its quantity: "J+60", "fridericia"."""
    cycles: int = 1
    """Intervals that lie between the ends of `place`; `value` is the mean of them."""
    rr_ms: float | None = None
    """Of QTc: the RR by which it was corrected."""
