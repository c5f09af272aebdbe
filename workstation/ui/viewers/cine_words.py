"""What is said of how a clip plays: speed, marks, heart cycle."""

from PySide6.QtCore import QObject

from workstation.studies.clip_cycles import Cycle, CycleSource
from workstation.studies.film import Timed
from workstation.studies.imaging import FrameTimeSource
from workstation.ui.viewers.numbers import decimal, fixed


class CineWords(QObject):
    """Words of the bar and of the corner; rates and frame numbers are `ImagingWords`."""

    def speed(self, speed: float) -> str:
        """«0,25×»."""
        return f"{decimal(speed, 2)}×"

    def pace(self, speed: float, stride: int) -> str:
        """«показ 0,5×»; nothing at the file's own pace."""
        if speed == 1:
            return ""
        said = self.tr("shown {}").format(self.speed(speed))
        if stride > 1:
            said += ", " + self.tr("1 frame in {}").format(stride)
        return said

    def short_rate(self, info: Timed, dropped: int) -> str:
        """«30 к/с», where there is little room: never without what was skipped or made up."""
        rate = info.frames_per_second
        if rate is None:
            return ""
        is_assumed = info.time_source is FrameTimeSource.ASSUMED
        words = self.tr("{} fps assumed") if is_assumed else self.tr("{} fps")
        said = words.format(decimal(rate))
        return said + ", " + self.tr("skipped: {}").format(dropped) if dropped else said

    def played(self, info: Timed, marks: tuple[int, int], cycle: Cycle | None) -> str:
        """«цикл от R до R: 12–41, 0,98 с»; nothing where the whole clip is played."""
        first, last = marks
        if marks == (0, info.frame_count - 1):
            return ""
        length = info.frame_times_ms[last + 1] - info.frame_times_ms[first]
        numbers = f"{first + 1}–{last + 1}", fixed(length / 1000, 2)
        if cycle is not None and cycle.source is CycleSource.R_WAVES:
            return self.tr("cycle from R to R: {}, {} s").format(*numbers)
        if cycle is not None and info.heart_rate is not None:
            rate = decimal(info.heart_rate)
            return self.tr("cycle by a rate of {}/min: {}, {} s").format(rate, *numbers)
        return self.tr("frames {}, {} s").format(*numbers)

    def no_cycle(self) -> str:
        """Why the key does nothing."""
        return self.tr("no whole heart cycle is known: mark it by hand")
