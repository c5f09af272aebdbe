"""What the window would do with a file: open it, draw, read, measure; and what is wrong then."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec
import numpy as np

from backend_client.models.evidence import Figure
from tests.unit.studies.imaging_fuzz.cases import Case, Fate
from workstation.commands.described import described
from workstation.core.process_cpu import cpu_seconds_of
from workstation.studies.decoder import Decoder
from workstation.studies.disc_study import DiscStudy
from workstation.studies.errors import DecoderStopped, UnreadableFile
from workstation.studies.imaging import ClipInfo, Frame
from workstation.studies.measure.figures import Drawing, Point
from workstation.studies.measure.reading import Reading, ScaleSource, Unit
from workstation.studies.measure.ultrasound.measuring import measure_figure
from workstation.studies.stack import StackInfo
from workstation.studies.stack_greys import draw, grey_table, value_at, window_of_content
from workstation.studies.study import ClipStudy, PdfStudy, PictureStudy, StackStudy, Study
from workstation.ui.viewers.stack.figures import readings, statistics_of

_MOST_ITEMS = 6
_LENGTHS = (Unit.MILLIMETRE, Unit.SQUARE_MILLIMETRE, Unit.CENTIMETRE, Unit.SQUARE_CENTIMETRE)


@dataclass(slots=True)
class Seen:
    """What came of one file."""

    outcome: str = ""
    """Kind of the study, or the reason of the refusal; "clip, damaged" where a frame is."""
    troubles: list[str] = field(default_factory=list)
    cpu_s: float = 0.0
    """Of the decoder process."""
    stops: list[str] = field(default_factory=list)
    """Why the decoder process ended over it, each time."""


class Looker:
    """Files one after another, through one decoder. What is raised here, the window would be
    raised in."""

    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder
        self._stops: list[str] = []
        decoder.restarted.subscribe(lambda stopped: self._stops.append(stopped.reason.value))

    async def look(self, case: Case) -> Seen:
        """All that a doctor could see of the file."""
        decoder, seen = self._decoder, Seen()
        await decoder.start()
        self._stops.clear()
        pid, generation = decoder.pid, decoder.generation
        begun = cpu_seconds_of(pid) if pid is not None else None
        await self._open(case, seen)
        if decoder.generation != generation:
            await decoder.start()
            seen.stops = list(self._stops)
        elif pid is not None and begun is not None:
            seen.cpu_s = (cpu_seconds_of(pid) or begun) - begun
        refused = seen.outcome not in _SHOWN
        if case.fate is Fate.REFUSED and not refused:
            seen.troubles.append("shown, though it cannot be")
        return seen

    async def _open(self, case: Case, seen: Seen) -> None:
        try:
            study = await self._decoder.open(case.data)
        except UnreadableFile as error:
            seen.outcome = error.reason.value
            return
        except DecoderStopped as error:
            seen.outcome = f"stopped, {error.reason.value}"
            return
        seen.outcome = study.kind.value
        try:
            await self._all_of(study, case.fate, seen)
        finally:
            await study.close()

    async def _all_of(self, study: Study, fate: Fate, seen: Seen) -> None:
        seen.troubles += unsound(msgspec.to_builtins(described(study.info)))
        try:
            match study:
                case ClipStudy():
                    await _clip(study, fate, seen)
                case StackStudy():
                    await _stack(study, fate, seen)
                case PictureStudy():
                    _drawn(await study.frame(0), seen)
                case PdfStudy():
                    await _document(study, seen)
                case DiscStudy():
                    await self._disc(study, fate, seen)
        except UnreadableFile as error:
            seen.outcome += f", {error.reason.value}"
        except DecoderStopped as error:
            seen.outcome += f", stopped, {error.reason.value}"

    async def _disc(self, disc: DiscStudy, fate: Fate, seen: Seen) -> None:
        for number in range(min(len(disc.info.items), _MOST_ITEMS)):
            try:
                await disc.thumbnail(number, 64, 48)
                item = await disc.open_item(number)
            except (UnreadableFile, DecoderStopped):
                continue
            try:
                within = Seen(outcome=item.kind.value)
                await self._all_of(item, fate, within)
                seen.troubles += within.troubles
            finally:
                await item.close()


_SHOWN = {"ecg", "long_ecg", "clip", "picture", "pdf", "report", "stack", "disc"}


async def _clip(study: ClipStudy, fate: Fate, seen: Seen) -> None:
    info = study.info
    times = info.frame_times_ms
    if len(times) != info.frame_count + 1 or not all(np.diff(times) > 0):
        seen.troubles.append("times of frames do not ascend")
    if not (info.pixel_aspect > 0 and info.width > 0 and info.height > 0):
        seen.troubles.append("no size")
    for drawing in _drawings(info.width, info.height, _starts(info)):
        seen.troubles += unsound_readings(measure_figure(info, 0, drawing), fate)
    for index in {0, info.frame_count // 2, info.frame_count - 1}:
        _drawn(await study.frame(index), seen)
        if info.overlay_of(index) is not None:
            await study.overlay(index)


def _starts(info: ClipInfo) -> Iterator[Point]:
    yield info.width / 4, info.height / 4
    for one in info.regions:
        yield (one.x0 + one.x1) / 2, (one.y0 + one.y1) / 2


def _drawings(width: float, height: float, starts: Iterator[Point]) -> Iterator[Drawing]:
    for x, y in starts:
        here = (min(max(x, 0.0), width), min(max(y, 0.0), height))
        there = (min(here[0] + 5, width), min(here[1] + 3, height))
        yield Drawing(Figure.LINE, (here, there))
        yield Drawing(Figure.POINT, (here,))
        yield Drawing(Figure.RECTANGLE, ((0.0, 0.0), there))


async def _stack(study: StackStudy, fate: Fate, seen: Seen) -> None:
    info = study.info
    for index in {0, len(info.slices) // 2, len(info.slices) - 1}:
        numbers, one = await study.slice(index), info.slices[index]
        content = window_of_content(numbers, one.numbers, one.rescale)
        for view in (content, *one.views):
            table = grey_table(one.numbers, one.rescale, view, inverted=False)
            into = np.zeros(numbers.shape, np.uint32)
            draw(numbers, table, into)
        columns, rows = one.plane.columns, one.plane.rows
        middle = iter([(columns / 2, rows / 2)])
        for drawing in _drawings(columns, rows, middle):
            seen.troubles += unsound_readings(readings(drawing, one), fate)
            found = statistics_of(drawing, one, numbers)
            if found is not None and not math.isfinite(found.mean + found.deviation):
                seen.troubles.append("a mean that is no number")
        value = value_at(numbers, columns / 2, rows / 2, one.numbers, one.rescale)
        if value is not None and not math.isfinite(value):
            seen.troubles.append("a value that is no number")
    seen.troubles += _places(info)


def _places(info: StackInfo) -> list[str]:
    """Slices of a series stand in the order of their places, one pass after another."""
    for series in info.series:
        if series.repeats != 1 or series.notes:
            continue
        slices = info.slices[series.first : series.first + series.count]
        places = [one.location_mm for one in slices if one.location_mm is not None]
        steps = np.diff(places)
        if len(steps) and not (np.all(steps >= 0) or np.all(steps <= 0)):
            return ["slices in no order"]
    return []


async def _document(study: PdfStudy, seen: Seen) -> None:
    sizes = study.info.page_sizes_pt
    if len(sizes) != study.info.page_count or not all(side > 0 for one in sizes for side in one):
        seen.troubles.append("pages without a size")
    for page in {0, study.info.page_count - 1}:
        _drawn(await study.page(page, 120), seen)
        await study.text(page)
        await study.find(page, "преэклампсия")


def _drawn(frame: Frame, seen: Seen) -> None:
    with frame:
        if not np.all(frame.pixels[..., 3] == 255):
            seen.troubles.append("a picture that is not opaque")


def unsound_readings(found: tuple[Reading, ...], fate: Fate) -> Iterator[str]:
    """What no measurement on a file of that fate may say."""
    for one in found:
        if one.value is not None and not math.isfinite(one.value):
            yield f"{one.quantity.value} is no number"
        if not one.is_physical:
            continue
        if one.unit in _LENGTHS and not one.value:
            yield f"{one.quantity.value} of 0 {one.unit}"
        if one.source is ScaleSource.NONE:
            yield f"{one.quantity.value} by no scale"
        if one.unit in _LENGTHS and not _may_be(one.source, fate):
            yield f"{one.quantity.value} in {one.unit} by {one.source.value}"


def _may_be(source: ScaleSource, fate: Fate) -> bool:
    """Whether a length by that scale may be told of a file of that fate."""
    if fate is Fate.NEVER_MM:
        return False
    return fate is not Fate.NEVER_MM_OF_PATIENT or source is ScaleSource.IMAGER_SPACING


def unsound(value: object) -> Iterator[str]:
    """No number in what is said of a file that is none."""
    if isinstance(value, dict):
        for one in value.values():
            yield from unsound(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from unsound(one)
    elif isinstance(value, float) and not math.isfinite(value):
        yield "a number in its description that is none"
