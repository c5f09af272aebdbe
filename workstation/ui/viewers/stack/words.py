"""What is written over slices: whose they are, where they lie, how they are shown."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from backend_client.models.evidence import Figure
from workstation.studies.measure.reading import Quantity, Reading, ScaleSource, Unit
from workstation.studies.measure.region_statistics import RegionStatistics
from workstation.studies.series_spacing import SeriesFault, SeriesNote
from workstation.studies.stack import (
    HOUNSFIELD,
    GreyLut,
    GreyView,
    StackInfo,
    StackSeries,
    StackSlice,
)
from workstation.ui.viewers.numbers import NBSP, decimal, fixed, moment, with_unit
from workstation.ui.viewers.picture_canvas import CornerLine, Corners
from workstation.ui.viewers.stack.figures import SliceFigure, readings
from workstation.ui.viewers.stack.windows import USUAL, Preset, WindowChoice

_FIGURE_SPACE = "\u2007"
_WIDEST_VALUE = 7
_WIDEST_WINDOW = 24
_UNITS = {HOUNSFIELD: HOUNSFIELD, "OD": "× 10⁻³ OD", "PCT": "%", "MGML": "mg/ml"}
"""Of Modality LUT Type and Rescale Type (PS3.3 C.11.1.1.2): OD counts thousandths."""
_SHOWN = (Quantity.DISTANCE, Quantity.ANGLE, Quantity.AREA)
"""Of a figure's readings those that are written beside it."""


class StackWords(QObject):
    """Words of the stack's viewer."""

    def corners(
        self,
        info: StackInfo,
        index: int,
        series: StackSeries,
        *,
        window: str,
        percent: str,
        pointed: str,
    ) -> Corners:
        """For the corners of the canvas; each line is always equally long in a series."""
        one = info.slices[index]
        left = [CornerLine(series.patient_name or self.tr("no name in the file"), bright=True)]
        when = (
            moment(series.patient_birth_date, None),
            moment(series.taken_on, series.taken_at),
        )
        said = ", ".join(part for part in when if part)
        left += [CornerLine(said)] if said else []
        right = [CornerLine(self.series(series), bright=True)]
        right += [CornerLine(text) for text in (self.thickness(one, series),) if text]
        below = [CornerLine(pointed), CornerLine(window), CornerLine(percent)]
        here = [CornerLine(self.slice_of(index - series.first + 1, series), bright=True)]
        here = [CornerLine(text) for text in (self.location(one, info, series),) if text] + here
        return Corners(left, right, below, here)

    def series(self, series: StackSeries) -> str:
        """«КТ, серия 201: STD BRAIN 5MM»."""
        kind = self._kind(series)
        number = self.tr("series {}").format(series.number) if series.number is not None else ""
        head = ", ".join(part for part in (kind, number) if part)
        return ": ".join(part for part in (head, series.title) if part)

    def short(self, series: StackSeries) -> str:
        """«201 STD BRAIN 5MM», under a small picture."""
        number = str(series.number) if series.number is not None else ""
        return " ".join(part for part in (number, series.title or self._kind(series)) if part)

    def count(self, slices: int) -> str:
        """«28 срезов»."""
        return self.tr("%n slice(s)", None, slices)

    def sentence(self, notes: Sequence[str]) -> str:
        """Several statements in one line."""
        text = "; ".join(notes)
        return text[:1].upper() + text[1:]

    def preset_line(self, preset: Preset, one: StackSlice, other: int = 1) -> str:
        """«мозг, 80 / 40», «NORMAL, таблица прибора», in the menu; `other`: see `WindowChoice`."""
        view: GreyView | None = USUAL.get(preset)
        if preset in (Preset.FILE, Preset.FILE_SECOND):
            place = 0 if preset is Preset.FILE else other
            view = one.views[place] if place < len(one.views) else None
        name = self.preset(preset, view.name if view is not None else "", other)
        name = name[:1].upper() + name[1:]
        if view is None:
            return name
        if isinstance(view, GreyLut):
            return self.tr("{}, the device's table").format(name)
        return f"{name}, {decimal(view.width, 1)} / {decimal(view.centre, 1)}"

    def slice_of(self, number: int, series: StackSeries) -> str:
        """«срез 12 из 28», «срез 3 из 20, повтор 2 из 5», «кадр 7 из 60», always equally wide."""
        if series.film is not None:
            return self.tr("frame {} of {}").format(_padded(number, series.count), series.count)
        places = series.count // series.repeats
        if series.repeats < 2 or places * series.repeats != series.count:
            return self.tr("slice {} of {}").format(_padded(number, series.count), series.count)
        passes, place = divmod(number - 1, places)
        text = self.tr("slice {} of {}, repeat {} of {}")
        place_said, pass_said = _padded(place + 1, places), _padded(passes + 1, series.repeats)
        return text.format(place_said, places, pass_said, series.repeats)

    def location(self, one: StackSlice, info: StackInfo, series: StackSeries) -> str:
        """«положение 751,2 мм», always equally wide in a series."""
        if one.location_mm is None:
            return ""
        ends = (info.slices[place].location_mm for place in (series.first, _last(series)))
        widest = max(len(fixed(end or 0.0, 1)) for end in ends)
        text = fixed(one.location_mm, 1).rjust(widest, _FIGURE_SPACE)
        return self.tr("position {} mm").format(text)

    def thickness(self, one: StackSlice, series: StackSeries) -> str:
        """«толщина 5 мм, шаг 5 мм»."""
        parts = []
        if one.thickness_mm is not None:
            parts.append(self.tr("thickness {} mm").format(decimal(one.thickness_mm, 2)))
        if series.step_mm is not None:
            parts.append(self.tr("step {} mm").format(decimal(series.step_mm, 2)))
        return ", ".join(parts)

    def window(self, view: GreyView, choice: WindowChoice, *, name: str) -> str:
        """«окно 80 / 40, мозг»: width, then level; «таблица прибора NORMAL»; always as wide."""
        if isinstance(view, GreyLut):
            text = self.tr("the device's table {}").format(name).rstrip()
        else:
            digits = 0 if view.width >= 16 else 2
            numbers = f"{fixed(view.width, digits)} / {fixed(view.centre, digits)}"
            said = self.preset(choice.preset, name, choice.other)
            text = self.tr("window {}").format(numbers)
            text = f"{text}, {said}" if said else text
            if choice.left_table:
                text = self.tr("{}, without the device's table").format(text)
        text = self.tr("{}, inverted").format(text) if choice.inverted else text
        return text.ljust(_WIDEST_WINDOW, _FIGURE_SPACE)

    def preset(self, preset: Preset | None, name: str = "", other: int = 1) -> str:
        """Its name; `name`: the device's own word for it; `other`: see `WindowChoice`."""
        numbered = self.tr("the file's second")
        if other > 1:
            numbered = self.tr("the file's number {}").format(other + 1)
        names = {
            Preset.FILE: name or self.tr("by the file"),
            Preset.FILE_SECOND: name or numbered,
            Preset.CONTENT: self.tr("by the content"),
            Preset.BRAIN: self.tr("brain"),
            Preset.SUBDURAL: self.tr("subdural"),
            Preset.BONE: self.tr("bone"),
            Preset.LUNG: self.tr("lung"),
            Preset.ABDOMEN: self.tr("abdomen"),
            Preset.MEDIASTINUM: self.tr("mediastinum"),
        }
        return names[preset] if preset is not None else ""

    def percent(self, scale: float) -> str:
        """«100 %», always equally wide."""
        return f"{round(scale * 100)}{NBSP}%".ljust(6, _FIGURE_SPACE)

    def pointed(self, value: float | None, one: StackSlice) -> str:
        """«35 HU» at the mouse; as wide where there is nothing."""
        text = "" if value is None else self.value(value, one)
        return text.ljust(_WIDEST_VALUE + len(self.unit(one)), _FIGURE_SPACE)

    def value(self, value: float, one: StackSlice, digits: int = 0) -> str:
        """«35 HU», «412 усл. ед.»."""
        if one.rescale.slope != int(one.rescale.slope):
            digits = max(digits, 2)
        return with_unit(value, self.unit(one), digits)

    def unit(self, one: StackSlice) -> str:
        """«HU» only where the file or its kind says so."""
        unit = one.rescale.unit
        return _UNITS.get(unit, unit) or self.tr("arb. units")

    def figure(self, figure: SliceFigure, one: StackSlice) -> list[str]:
        """The lines beside a figure."""
        found = [
            self.reading(one) for one in readings(figure.drawing, one) if one.quantity in _SHOWN
        ]
        return [*self.statistics(figure.statistics, one), *found] or [self.tr("nothing to measure")]

    def name(self, figure: Figure) -> str:
        """What a figure is, for a list."""
        return {
            Figure.LINE: self.tr("Distance"),
            Figure.ANGLE: self.tr("Angle"),
            Figure.ELLIPSE: self.tr("Ellipse"),
            Figure.RECTANGLE: self.tr("Rectangle"),
        }.get(figure, "")

    def statistics(self, found: RegionStatistics | None, one: StackSlice) -> list[str]:
        """«35,2 ± 4,1 HU», «от −3 до 61, 2024 пикс.»."""
        if found is None:
            return []
        unit = self.unit(one)
        mean = f"{decimal(found.mean, 1)} ± {decimal(found.deviation, 1)}"
        span = self.tr("{} to {}").format(decimal(found.minimum, 1), decimal(found.maximum, 1))
        count = self.tr("%n pixel(s)", None, found.count)
        return [f"{mean}{NBSP}{unit}", f"{span}{NBSP}{unit}, {count}"]

    def reading(self, reading: Reading) -> str:
        """«42,3 мм»; «87 пикс., нет калибровки» where there is no scale."""
        if reading.value is None:
            return self.tr("not measurable")
        digits = 0 if reading.unit is Unit.PIXELS else 1
        if reading.unit is Unit.DEGREE:
            return f"{decimal(reading.value)}°"
        text = with_unit(reading.value, self._unit(reading), digits)
        if reading.reason is not None and reading.unit is Unit.PIXELS:
            return self.tr("{}, no calibration").format(text)
        if reading.source is ScaleSource.IMAGER_SPACING:
            return self.tr("{} at the detector").format(text)
        return text

    def finding(self, figure: SliceFigure | None, index: int, info: StackInfo) -> str:
        """The line for the conclusion: the figure, and the slice that it is on."""
        one, series = info.slices[index], info.series[info.series_of(index)]
        number = self.slice_of(index - series.first + 1, series).replace(_FIGURE_SPACE, "")
        places = [self.series(series), number]
        if one.location_mm is not None:
            places.append(self.tr("position {} mm").format(fixed(one.location_mm, 1)))
        where = ", ".join(part for part in places if part)
        if figure is None:
            return where
        return f"{'; '.join(self._long(figure, one))} ({where})"

    def notes(self, info: StackInfo, series: StackSeries) -> list[str]:
        """What must be known of a series, calmly; the gravest first."""
        lines = self.of_order(series)
        if info.left_out:
            lines.append(self.tr("%n file(s) without slices left out", None, info.left_out))
        return lines

    def of_order(self, series: StackSeries) -> list[str]:
        """What is said of the order of its slices, the gravest first."""
        rank = list(SeriesFault)
        said = sorted(series.notes, key=lambda note: rank.index(note.fault))
        if series.film is not None:  # frames have times, not places
            said = [note for note in said if note.fault is not SeriesFault.BY_NUMBER]
        return [self.note(note) for note in said]

    def note(self, note: SeriesNote) -> str:
        """One sentence."""
        match note.fault:
            case SeriesFault.MISSING:
                return self._missing(note)
            case SeriesFault.UNEQUAL:
                least, most = decimal(note.least, 2), decimal(note.most, 2)
                return self.tr("slices are {} to {} mm apart, unequally").format(least, most)
            case SeriesFault.TILT:
                return self.tr("tilted by {}°: columns of the stack stand askew").format(
                    decimal(note.most, 1)
                )
            case SeriesFault.REPEATS_MISSING:
                return self.tr("%n time(s) or echo(es) missing at some places", None, note.count)
            case SeriesFault.DOUBLED:
                return self.tr("%n slice(s) there twice, shown once", None, note.count)
            case SeriesFault.SAME_PLACE:
                return self.tr("%n slice(s) at a place of others stand last", None, note.count)
            case SeriesFault.TURNING:
                return self.tr("each slice looks another way: ordered by number")
            case SeriesFault.BY_NUMBER:
                return self.tr("no positions in the file: ordered by number")
            case SeriesFault.UNORDERED:
                return self.tr("neither positions nor numbers: ordered as the files came")
            case SeriesFault.SOME_WITHOUT_PLACE:
                return self.tr("%n slice(s) without a position stand last", None, note.count)

    def playing(self, slice_ms: float, series: StackSeries) -> str:
        """While slices are played: how fast, and who says so."""
        rate = decimal(1000 / slice_ms)
        if series.slice_ms is None:
            return self.tr("{} slices a second: the file does not say how fast").format(rate)
        return self.tr("{} slices a second by the file").format(rate)

    def unreadable(self, number: int) -> str:
        """In the place of a slice that is damaged."""
        return self.tr("Slice {} cannot be read").format(number)

    def coming(self, number: int) -> str:
        """In the place of a slice that takes long."""
        return self.tr("Slice {} is being unpacked").format(number)

    def _kind(self, series: StackSeries) -> str:
        kinds = {"CT": self.tr("CT"), "MR": self.tr("MRI")}
        return kinds.get(series.modality, series.modality)

    def _missing(self, note: SeriesNote) -> str:
        between = ", ".join(f"{one}–{one + 1}" for one in note.after[:4])
        between += ", …" if len(note.after) > 4 else ""
        count = self.tr("%n slice(s) missing", None, note.count)
        return self.tr("{}, between {}").format(count, between)

    def _long(self, figure: SliceFigure, one: StackSlice) -> Sequence[str]:
        """As a line of the conclusion, every number named."""
        found = [
            self._named(reading)
            for reading in readings(figure.drawing, one)
            if reading.quantity in _SHOWN
        ]
        stats = figure.statistics
        if stats is None:
            return found
        unit = self.unit(one)
        values = self.tr("mean {} {}, SD {}, {} to {}").format(
            decimal(stats.mean, 1),
            unit,
            decimal(stats.deviation, 1),
            decimal(stats.minimum, 1),
            decimal(stats.maximum, 1),
        )
        return [values, *found, self.tr("%n pixel(s)", None, stats.count)]

    def _named(self, reading: Reading) -> str:
        names = {
            Quantity.DISTANCE: self.tr("distance"),
            Quantity.ANGLE: self.tr("angle"),
            Quantity.AREA: self.tr("area"),
        }
        return f"{names[reading.quantity]} {self.reading(reading)}"

    def _unit(self, reading: Reading) -> str:
        units = {
            Unit.MILLIMETRE: self.tr("mm"),
            Unit.SQUARE_MILLIMETRE: self.tr("mm²"),
            Unit.PIXELS: self.tr("pix."),
        }
        return units.get(reading.unit, str(reading.unit))


def _padded(number: int, most: int) -> str:
    return str(number).rjust(len(str(most)), _FIGURE_SPACE)


def _last(series: StackSeries) -> int:
    return series.first + series.count - 1
