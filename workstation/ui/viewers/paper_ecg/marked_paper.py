"""What the doctor has marked and measured on one picture. No widgets."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from workstation.studies.measure.ecg.measured import Quantity
from workstation.studies.measure.ecg.photo_calibration import (
    PROMISED_MS,
    PROMISED_MV,
    PaperCalibration,
    Reading,
    Spot,
    reading,
    scale_of,
)
from workstation.studies.measure.ecg.placed_caliper import End


@dataclass(frozen=True, slots=True)
class PaperCaliper:
    """Between two points of the upright picture, in either order."""

    start: Spot
    stop: Spot
    quantity: Quantity | None = Quantity.INTERVAL
    """AMPLITUDE for levels alone; None for time and level together."""
    id: int = 0
    """Stays the caliper's own while others are removed."""
    is_noted: bool = False
    """Already in the conclusion, as it stands here."""
    may_change: Callable[[], bool] | None = field(default=None, compare=False)
    """Of one that is kept with the request: whether it may be changed here. None: it may."""

    @property
    def is_fixed(self) -> bool:
        """Whether it stays as it is, whatever is done here: who may not write looks at it."""
        return self.may_change is not None and not self.may_change()

    @property
    def tells_time(self) -> bool:
        """Whether its value is in ms."""
        return self.quantity is not Quantity.AMPLITUDE

    @property
    def tells_level(self) -> bool:
        """Whether its value is in mV."""
        return self.quantity in (Quantity.AMPLITUDE, None)

    def moved(self, end: End, right: float, down: float, blur: float) -> "PaperCaliper":
        """One end, or both, moved by pixels; put as exactly as `blur` says."""
        start, stop = self.start, self.stop
        if end is not End.STOP:
            start = replace(start.moved(right, down), blur=_blur(start, end, blur))
        if end is not End.START:
            stop = replace(stop.moved(right, down), blur=_blur(stop, end, blur))
        return replace(self, start=start, stop=stop, is_noted=False)


@dataclass(frozen=True, slots=True)
class MarkedPaper:
    """Kept with the open case, for each picture and each page."""

    calibration: PaperCalibration = PaperCalibration()
    calipers: tuple[PaperCaliper, ...] = ()
    following: int = 1
    """Id of the next caliper: none is given twice."""

    @property
    def is_fixed(self) -> bool:
        """Whether its calibration stays as it is: values that another measured rest upon it."""
        return any(one.is_fixed for one in self.calipers)

    @property
    def is_calibrated(self) -> bool:
        """Whether calipers measure: points are sound, speed and gain are named."""
        known = self.calibration
        named = known.speed_mm_s is not None and known.gain_mm_mv is not None
        return named and scale_of(known) is not None

    def with_another(self, caliper: PaperCaliper) -> "MarkedPaper":
        """One caliper more, with an id of its own."""
        made = replace(caliper, id=self.following)
        return replace(self, calipers=(*self.calipers, made), following=self.following + 1)

    def with_changed(self, number: int, caliper: PaperCaliper) -> "MarkedPaper":
        """Another one in the place of a caliper."""
        before, after = self.calipers[:number], self.calipers[number + 1 :]
        return replace(self, calipers=(*before, caliper, *after))

    def without(self, number: int) -> "MarkedPaper":
        """One caliper less."""
        before, after = self.calipers[:number], self.calipers[number + 1 :]
        return replace(self, calipers=before + after)

    def calibrated_anew(self, calibration: PaperCalibration) -> "MarkedPaper":
        """Every value is another one: what stands in a conclusion is none of them."""
        calipers = tuple(replace(one, is_noted=False) for one in self.calipers)
        return replace(self, calibration=calibration, calipers=calipers)

    def reading(self, caliper: PaperCaliper) -> Reading | None:
        """Its values; None without a calibration."""
        return reading(self.calibration, caliper.start, caliper.stop)


def is_coarse(caliper: PaperCaliper, found: Reading) -> bool:
    """Whether a value may be farther from the truth than is promised."""
    late = caliper.tells_time and found.milliseconds is not None
    high = caliper.tells_level and found.millivolts is not None
    return (late and found.within_ms > PROMISED_MS) or (high and found.within_mv > PROMISED_MV)


def _blur(spot: Spot, end: End, blur: float) -> float:
    """A caliper that is moved as a whole is no more exact than it was."""
    return max(spot.blur, blur) if end is End.BOTH else blur
