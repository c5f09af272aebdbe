"""What is written over and under pictures: whose it is, which frame, how fast, what scale."""

from PySide6.QtCore import QObject

from workstation.studies.film import Timed
from workstation.studies.imaging import ClipInfo, FrameTimeSource, RegionUnit, UltrasoundRegion
from workstation.ui.viewers.numbers import NBSP, decimal, fixed, moment, with_unit
from workstation.ui.viewers.picture_canvas import CornerLine, Corners

_FIGURE_SPACE = "\u2007"


class ImagingWords(QObject):
    """Words of the imaging desk."""

    def corners(self, info: ClipInfo, index: int, scale: float) -> Corners:
        """Whose picture it is and what is seen, for the corners of the canvas."""
        left = [CornerLine(self.name(info.patient_name), bright=True)]
        when = self.born_and_taken(info)
        left += [CornerLine(when)] if when else []
        right = [CornerLine(info.title)] if info.title else []
        scales = [CornerLine(self.percent(scale)), CornerLine(self.calibration(info.regions))]
        if info.window is not None:
            scales.insert(0, CornerLine(self.window(*info.window)))
        shown = [] if info.is_still else [CornerLine(self.frame_and_time(info, index), bright=True)]
        return Corners(left, right, scales, shown)

    def window(self, centre: float, width: float) -> str:
        """«окно 200 / 100 по файлу»: width, then level."""
        return self.tr("window {} / {} by the file").format(decimal(width, 1), decimal(centre, 1))

    def by_request(self, name: str) -> str:
        """«по заявке: Иванова А. П.»: the file itself names nobody."""
        return self.tr("by the request: {}").format(name)

    def name(self, name: str) -> str:
        """The name in the file; said where there is none."""
        return name or self.tr("no name in the file")

    def born_and_taken(self, info: ClipInfo) -> str:
        """«14.03.1965, 11.11.2026 10:24», by the device's clock."""
        parts = (moment(info.patient_birth_date, None), moment(info.taken_on, info.taken_at))
        return ", ".join(part for part in parts if part)

    def percent(self, scale: float) -> str:
        """«100 %», always equally wide: screen pixels to a pixel of the file."""
        return f"{round(scale * 100)}{NBSP}%".ljust(6, _FIGURE_SPACE)

    def frame_of(self, index: int, count: int) -> str:
        """«кадр 31 из 87», always equally wide."""
        number = str(index + 1).rjust(len(str(count)), _FIGURE_SPACE)
        return self.tr("frame {} of {}").format(number, count)

    def frame_and_time(self, info: Timed, index: int) -> str:
        """«кадр 31, 1,03 с», always equally wide."""
        number = str(index + 1).rjust(len(str(info.frame_count)), _FIGURE_SPACE)
        longest = fixed(info.duration_ms / 1000, 2)
        seconds = fixed(info.frame_times_ms[index] / 1000, 2).rjust(len(longest), _FIGURE_SPACE)
        return self.tr("frame {}, {} s").format(number, seconds)

    def rate(self, info: Timed) -> str:
        """«30 к/с по файлу»: the rate and where it comes from."""
        rate = info.frames_per_second
        if rate is None:
            return ""
        number = decimal(rate)
        if info.time_source is FrameTimeSource.ASSUMED:
            return self.tr("{} fps assumed, the file says none").format(number)
        if info.time_source in (FrameTimeSource.FRAME_TIME_VECTOR, FrameTimeSource.VIDEO):
            return self.tr("{} fps on average, each frame by the file").format(number)
        return self.tr("{} fps by the file").format(number)

    def dropped(self, count: int) -> str:
        """«без пропусков», «пропущено 3»."""
        return self.tr("skipped: {}").format(count) if count else self.tr("none skipped")

    def calibration(self, regions: tuple[UltrasoundRegion, ...]) -> str:
        """«0,67 мм/пикс.» where one region in cm says so; else how many regions, or that none."""
        scales = sorted({scale for region in regions if (scale := self._scale(region))})
        if len(scales) == 1:
            return scales[0]
        if scales:
            return self.tr("%n scale(s), by region", None, len(scales))
        return self.tr("no calibration")

    def _scale(self, region: UltrasoundRegion) -> str:
        centimetre = RegionUnit.CENTIMETRE
        across, down = abs(region.delta_x) * 10, abs(region.delta_y) * 10
        if region.unit_x is not centimetre or region.unit_y is not centimetre:
            return ""
        if not across or not down:
            return ""
        unit = self.tr("mm/pixel")
        if abs(across - down) < 0.005 * across:
            return with_unit(across, unit, 2)
        return f"{decimal(across, 2)} × {with_unit(down, unit, 2)}"
