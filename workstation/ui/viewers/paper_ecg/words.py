"""Words of paper that is calibrated by hand: values, reasons, and what to do next."""

from PySide6.QtCore import QObject

from backend_client.models.evidence import Origin
from workstation.studies.measure.ecg.measured import Quantity
from workstation.studies.measure.ecg.photo_calibration import (
    SQUARE_MM,
    Method,
    PaperCalibration,
    Reading,
    pixels_between,
    scale_of,
)
from workstation.studies.measure.ecg.photo_scale import Refusal
from workstation.ui.shortcuts import key_label
from workstation.ui.viewers.numbers import decimal, fixed, with_unit
from workstation.ui.viewers.paper_ecg.marked_paper import MarkedPaper, PaperCaliper, is_coarse
from workstation.ui.viewers.paper_ecg.session import PaperSession
from workstation.ui.viewers.paper_ecg.steps import Aim, Problem, Step

_BEATS = (Quantity.RR, Quantity.PP)


class PaperWords(QObject):
    """The same words on the picture, in the list and in the conclusion."""

    def label(self, caliper: PaperCaliper) -> str:
        """«RR», «Интервал», «Амплитуда», «Интервал и амплитуда»."""
        names = {
            None: self.tr("Interval and amplitude"),
            Quantity.INTERVAL: self.tr("Interval"),
            Quantity.AMPLITUDE: self.tr("Amplitude"),
        }
        quantity = caliper.quantity
        return names.get(quantity) or (quantity.name if quantity is not None else "")

    def value(self, paper: MarkedPaper, caliper: PaperCaliper) -> str:
        """«882 мс, 68 в мин», «1,2 мВ», «900 мс, 1,2 мВ»; uncalibrated: «212 пикс.»."""
        if not paper.is_calibrated:
            pixels = pixels_between(caliper.start, caliper.stop)
            return with_unit(pixels, self.tr("pixels"), 0)
        found = paper.reading(caliper)
        return self._values(caliper, found) if found is not None else self.tr("unknown")

    def line(self, paper: MarkedPaper, caliper: PaperCaliper) -> str:
        """On the picture: «RR 882 мс, 68 в мин»; what has no name of its own is a value alone."""
        value = self.value(paper, caliper)
        if not paper.is_calibrated:
            return self.tr("{}, no calibration").format(value)
        named = caliper.quantity not in (None, Quantity.INTERVAL, Quantity.AMPLITUDE)
        return f"{self.label(caliper)} {value}" if named else value

    def coarse(self, paper: MarkedPaper, caliper: PaperCaliper) -> str:
        """«грубо, ±24 мс» where the value may be farther off than is promised; else ""."""
        found = paper.reading(caliper) if paper.is_calibrated else None
        if found is None or not is_coarse(caliper, found):
            return ""
        return self.tr("coarse, {}").format(self._within(caliper, found))

    def origin(self, paper: MarkedPaper) -> str:
        """«калибровано вручную», or why there are pixels only."""
        if paper.is_calibrated:
            return self.origin_of(Origin.HAND_CALIBRATED)
        return self.tr("not calibrated: pixels only")

    def origin_of(self, origin: Origin) -> str:
        """Who found it: here always the doctor, on paper that the doctor calibrated."""
        return self.tr("calibrated by hand") if origin is Origin.HAND_CALIBRATED else ""

    def finding(self, paper: MarkedPaper, caliper: PaperCaliper) -> str:
        """«RR 882 мс, 68 в мин (бумага 25 мм/с, 10 мм/мВ, калибровано вручную)»."""
        parts = [*self._named(paper.calibration), self.origin(paper)]
        coarse = self.coarse(paper, caliper)
        said = ", ".join([*parts, coarse] if coarse else parts)
        line = f"{self.label(caliper)} {self.value(paper, caliper)}"
        return self.tr("{} (paper {})").format(line, said)

    def calibration(self, calibration: PaperCalibration) -> str:
        """«калибровано вручную: отрезки 25 и 25 мм»."""
        along, up = (decimal(length) for length in calibration.lengths_mm)
        if calibration.method is Method.CORNERS:
            return self.tr("calibrated by hand: rectangle of {} × {} mm").format(along, up)
        return self.tr("calibrated by hand: marks of {} and {} mm").format(along, up)

    def speed(self, mm_s: float) -> str:
        """«25 мм/с»."""
        return with_unit(mm_s, self.tr("mm/s"))

    def gain(self, mm_mv: float) -> str:
        """«10 мм/мВ»."""
        return with_unit(mm_mv, self.tr("mm/mV"))

    def millimetres(self, length: float) -> str:
        """«25 мм»."""
        return with_unit(length, self.tr("mm"))

    def mark(self, calibration: PaperCalibration, number: int) -> str:
        """«25 мм по времени», «25 мм вверх»."""
        return self.lengths(calibration)[number]

    def lengths(self, calibration: PaperCalibration) -> tuple[str, str]:
        """The two lengths of the present method: «25 мм по времени», «25 мм вверх»."""
        along, up = map(self.millimetres, calibration.lengths_mm)
        return self.tr("{} along time").format(along), self.tr("{} up").format(up)

    def place(self, session: PaperSession) -> str:
        """«Шаг 1 из 4», «Циркуль»."""
        if session.aim is not Aim.CALIBRATION:
            return self.tr("Calipers")
        steps = [Step.ALONG, Step.UP, Step.SPEED, Step.GAIN]
        if session.calibration.method is Method.CORNERS:
            steps = [Step.CORNERS, Step.SPEED, Step.GAIN]
        if session.step not in steps:
            return self.tr("Ready")
        return self.tr("Step {} of {}").format(steps.index(session.step) + 1, len(steps))

    def instruction(self, session: PaperSession) -> str:
        """The next action in one sentence."""
        if session.aim is not Aim.CALIBRATION:
            return self._measuring(session)
        along, up = session.calibration.lengths_mm
        step, second = session.step, session.is_begun
        if step is Step.ALONG:
            return self._mark_along(along, second=second)
        if step is Step.UP:
            return self._mark_up(up, second=second)
        if step is Step.CORNERS:
            return self._corner(session.calibration)
        is_mended = session.held is not None and session.calibration.is_marked
        if is_mended and (session.is_coarse or step is Step.NOTHING):
            return self._mending()
        if step is Step.SPEED:
            return self.tr("Which speed is written on the paper?")
        if step is Step.GAIN:
            return self.tr("Which gain is written on the paper? The pulse of 1 mV is as high")
        return self.tr("Mend the points by mouse or arrows; then measure")

    def _mending(self) -> str:
        text = self.tr("Click where this point belongs, then the next: {}")
        return text.format(key_label("paper.next_point"))

    def trouble(self, session: PaperSession) -> str:
        """Why something was not taken or is not exact, and what to do; "" where all is well."""
        problem = session.why_not
        if problem is not None:
            return self.problem(problem)
        if session.aim is not Aim.CALIBRATION and not session.paper.is_calibrated:
            return self.tr("Not calibrated: calipers tell pixels only. First mark the millimetres")
        scale = scale_of(session.calibration)
        if scale is not None and session.is_coarse:
            percent = with_unit(100 * scale.error_share, "%")
            return self.tr(
                "Coarse: lengths within ±{} only. "
                "Put the points right enlarged, or make longer marks"
            ).format(percent)
        return ""

    def state(self, session: PaperSession) -> str:
        """What the values rest upon; before that, how points are put."""
        if session.paper.is_calibrated:
            said = self.calibration(session.calibration)
            kinds = self.tr("RR, PP, PR, QRS, QT: Alt+1–5")
            return f"{said}.  {kinds}" if session.aim is Aim.TIME else said
        return self.tr("Wheel: larger. Shift: slow and exact. Right button: move the picture")

    def problem(self, problem: Problem) -> str:
        """A reason, and the way out."""
        reasons = {
            Refusal.NOT_FINITE: self.tr("This is no place on the picture"),
            Refusal.TOO_SHORT: self.tr(
                "The mark is too short to mean anything: enlarge the picture and mark again"
            ),
            Refusal.ON_ITS_SIDE: self.tr(
                "This mark runs up, not along the time. If the picture lies on its side, turn it"
            ),
            Refusal.ONE_DIRECTION: self.tr(
                "Both marks run alike: the second one goes up, across the first. Mark it again"
            ),
            Refusal.NO_RECTANGLE: self.tr(
                "These four points are no rectangle: three lie on a line. Put the last one again"
            ),
            Refusal.CORNERS_TOO_NEAR: self.tr(
                "The corners are too near one another. Take a larger rectangle"
            ),
        }
        if isinstance(problem, Refusal):
            return reasons[problem]
        return self.tr("The point is outside the picture: nothing was put")

    def _measuring(self, session: PaperSession) -> str:
        if session.is_begun:
            return self.tr("Now the other end")
        if session.is_fixed:
            return self.tr("Kept with the request: only the doctor who leads it changes it")
        if session.chosen is not None:
            return self.tr("Mend the ends by mouse or arrows, or draw the next one")
        return {
            Aim.TIME: self.tr("Draw from the beginning of an interval to its end"),
            Aim.AMPLITUDE: self.tr("Draw from the base line to the peak"),
            Aim.BOTH: self.tr("Draw from point to point: time and amplitude are told"),
        }[session.aim]

    def _mark_along(self, length: float, *, second: bool) -> str:
        if second:
            return self.tr("Along time: now {} to the right (large squares: {})").format(
                self.millimetres(length), self._squares(length)
            )
        return self.tr("Along time: click where two thick lines of the grid cross")

    def _mark_up(self, length: float, *, second: bool) -> str:
        if second:
            return self.tr("Up: now {} higher (large squares: {})").format(
                self.millimetres(length), self._squares(length)
            )
        return self.tr("Up: click a crossing of thick lines again")

    def _corner(self, calibration: PaperCalibration) -> str:
        along, up = (decimal(length) for length in calibration.rectangle_mm)
        number = len(calibration.corners) + 1
        return self.tr("Corner {} of 4: a rectangle of {} × {} mm around what you measure").format(
            number, along, up
        )

    @staticmethod
    def _squares(length: float) -> int:
        return round(length / SQUARE_MM)

    def _named(self, calibration: PaperCalibration) -> list[str]:
        speed, gain = calibration.speed_mm_s, calibration.gain_mm_mv
        parts = [self.speed(speed)] if speed is not None else []
        return [*parts, self.gain(gain)] if gain is not None else parts

    def _values(self, caliper: PaperCaliper, found: Reading) -> str:
        parts = []
        if caliper.tells_time and found.milliseconds is not None:
            length = abs(found.milliseconds)
            parts.append(with_unit(length, self.tr("ms"), 0))
            if caliper.quantity in _BEATS and length >= 1:
                parts.append(with_unit(60_000 / length, self.tr("per min"), 0))
        if caliper.tells_level and found.millivolts is not None:
            parts.append(with_unit(found.millivolts, self.tr("mV"), 2))
        return ", ".join(parts) or self.tr("unknown")

    def _within(self, caliper: PaperCaliper, found: Reading) -> str:
        parts = []
        if caliper.tells_time:
            parts.append(f"±{with_unit(found.within_ms, self.tr('ms'), 0)}")
        if caliper.tells_level:
            parts.append(f"±{fixed(found.within_mv, 2)}\u00a0{self.tr('mV')}")
        return ", ".join(parts)
