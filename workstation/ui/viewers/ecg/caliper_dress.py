"""What calipers look like with their words: colour, strength, and the value beside them."""

from dataclasses import dataclass

from workstation.studies.measure.ecg.measured import Measured, Quantity
from workstation.studies.measure.ecg.placed_caliper import End, PlacedCaliper
from workstation.ui.viewers.ecg.caliper_painter import COLORS, DrawnCaliper
from workstation.ui.viewers.ecg.caliper_sight import measured_on, placed
from workstation.ui.viewers.ecg.measured_words import MeasuredWords
from workstation.ui.viewers.ecg.measurements import Line
from workstation.ui.viewers.ecg.sheet_tool import SheetSight


def color_of(number: int) -> str:
    """One of the two colours in turn, so that neighbours differ."""
    return COLORS[(number - 1) % len(COLORS)]


@dataclass(frozen=True, slots=True)
class Look:
    """How a caliper stands out."""

    is_chosen: bool = False
    held: End | None = None
    """Which end the keys move."""
    marches: bool = False


class CaliperDress:
    """Dresses lines of the list, and what the mouse drags."""

    def __init__(self, words: MeasuredWords) -> None:
        self._words = words

    def line(self, sight: SheetSight, line: Line, look: Look) -> DrawnCaliper | None:
        """A line as it stands; None where it stands nowhere on the record."""
        caliper = placed(line.measured, sight)
        if caliper is None:
            return None
        text = _with_lead(sight, line.measured, self._text(line.measured, look))
        text = self._with_filter(sight, line.measured, text)
        text = self._words.proposed(text) if line.is_proposed else text
        return self._drawn(caliper, text, line.id, look, is_proposed=line.is_proposed)

    def draft(
        self, sight: SheetSight, caliper: PlacedCaliper, number: int, look: Look
    ) -> DrawnCaliper:
        """What the mouse drags, with the value that it would have."""
        measured = measured_on(sight, caliper)
        text = _with_lead(sight, measured, self._text(measured, look)) if measured else ""
        return self._drawn(caliper, text, number, look, is_proposed=False)

    def _drawn(
        self, caliper: PlacedCaliper, text: str, number: int, look: Look, *, is_proposed: bool
    ) -> DrawnCaliper:
        marches = look.marches and not caliper.is_amplitude
        color = color_of(number)
        return DrawnCaliper(caliper, text, color, look.is_chosen, look.held, is_proposed, marches)

    def _text(self, measured: Measured, look: Look) -> str:
        """«RR 882 мс»; the chosen one with its rate."""
        words = self._words
        value = words.value(measured) if look.is_chosen else words.length(measured)
        is_bare = measured.quantity in (Quantity.INTERVAL, Quantity.AMPLITUDE)
        return value if is_bare else words.line(measured, value)

    def _with_filter(self, sight: SheetSight, measured: Measured, text: str) -> str:
        """An amplitude that was measured through another filter than is seen says so."""
        code = measured.place.filter
        is_other = code != sight.chosen_filter.code
        if measured.quantity is not Quantity.AMPLITUDE or not is_other:
            return text
        return f"{text}, {self._words.filter(code)}"


def _with_lead(sight: SheetSight, measured: Measured, text: str) -> str:
    """On the strip of -aVR, which is painted upside down, the amplitude is still that of aVR."""
    lead = measured.place.lead
    is_turned = any(one.ref.name == lead and one.ref.sign < 0 for one in sight.page.strips)
    is_height = measured.quantity is Quantity.AMPLITUDE
    return f"{text}, {lead}" if is_height and is_turned else text
