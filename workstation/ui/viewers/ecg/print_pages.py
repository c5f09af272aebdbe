"""Puts a page of an ECG on as many sheets of paper as it needs in true millimetres. No Qt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from workstation.ui.viewers.ecg.layout import LEFT_MM, MARGIN_MM, RIGHT_MM, Page, Strip

_NEARLY_MM = 1e-6


@dataclass(frozen=True, slots=True)
class Room:
    """What a sheet has for the trace, in millimetres."""

    width_mm: float
    height_mm: float


def on_sheets(page: Page, room: Room) -> list[Page]:
    """The page cut where it has to be: at the edge of a column, else after a whole second.

    Nothing is made smaller. A row that is higher than the room stands on a sheet alone, and higher
    than it: `fits` tells it.
    """
    rows = [_spread(part, room.height_mm) for part in _in_rows(page, room.height_mm)]
    return [_stretch(part, *cut) for cut in _cuts(page, room.width_mm) for part in rows]


def fits(sheet: Page, room: Room) -> bool:
    """Whether the sheet holds all of it."""
    return (
        sheet.width_mm <= room.width_mm + _NEARLY_MM
        and sheet.height_mm <= room.height_mm + _NEARLY_MM
    )


def _cuts(page: Page, width_mm: float) -> list[tuple[float, float]]:
    """From where to where each sheet goes, in millimetres of the page."""
    room, end = width_mm - LEFT_MM - RIGHT_MM, page.width_mm - RIGHT_MM
    edges = sorted({_right(strip, page) for strip in page.strips})
    cuts, left = [], LEFT_MM
    while end - left > room + _NEARLY_MM:
        within = [edge for edge in edges if left + _NEARLY_MM < edge <= left + room + _NEARLY_MM]
        seconds = max(1, int(room / page.speed))
        right = within[-1] if within else left + seconds * page.speed
        cuts.append((left, right))
        left = right
    return [*cuts, (left, end)]


def _right(strip: Strip, page: Page) -> float:
    return strip.x_mm + strip.duration_s * page.speed


def _stretch(page: Page, left: float, right: float) -> Page:
    if left <= LEFT_MM + _NEARLY_MM and right >= page.width_mm - RIGHT_MM - _NEARLY_MM:
        return page
    strips = [
        _cut(strip, page, left, right)
        for strip in page.strips
        if strip.x_mm < right - _NEARLY_MM and _right(strip, page) > left + _NEARLY_MM
    ]
    width = LEFT_MM + right - left + RIGHT_MM
    if page.simultaneous:
        return replace(page, strips=tuple(strips), width_mm=width)
    start, seconds = page.start_s + (left - LEFT_MM) / page.speed, (right - left) / page.speed
    return replace(page, strips=tuple(strips), width_mm=width, start_s=start, duration_s=seconds)


def _cut(strip: Strip, page: Page, left: float, right: float) -> Strip:
    first, last = max(left, strip.x_mm), min(right, _right(strip, page))
    return replace(
        strip,
        start_s=strip.start_s + (first - strip.x_mm) / page.speed,
        duration_s=(last - first) / page.speed,
        x_mm=LEFT_MM + first - left,
        first_in_row=first - left < _NEARLY_MM,
    )


def _in_rows(page: Page, height_mm: float) -> list[Page]:
    """The page's rows on as few sheets as they go on."""
    if page.height_mm <= height_mm + _NEARLY_MM:
        return [page]
    lines = sorted({strip.baseline_mm for strip in page.strips})
    rows = [_Row.of(page, line) for line in lines]
    return [_with_rows(page, group) for group in _grouped(rows, height_mm)]


@dataclass(frozen=True, slots=True)
class _Row:
    baseline_mm: float
    up_mm: float
    down_mm: float

    @classmethod
    def of(cls, page: Page, line: float) -> "_Row":
        strips = [strip for strip in page.strips if strip.baseline_mm == line]
        up = max(page.gain, *(strip.up_mm for strip in strips))
        return cls(line, up, max(strip.down_mm for strip in strips))


def _spread(page: Page, height_mm: float) -> Page:
    """The rows as far from one another as the paper lets them be, as on the screen."""
    lines = sorted({strip.baseline_mm for strip in page.strips})
    spare = max(0.0, height_mm - page.height_mm) / max(1, len(lines))
    moved = {line: line + spare * (number + 0.5) for number, line in enumerate(lines)}
    strips = [replace(strip, baseline_mm=moved[strip.baseline_mm]) for strip in page.strips]
    pulses = [(x, moved[line]) for x, line in page.pulses_mm]
    height = max(page.height_mm, height_mm)
    return replace(page, strips=tuple(strips), pulses_mm=tuple(pulses), height_mm=height)


def _grouped(rows: Sequence[_Row], height_mm: float) -> Iterator[list[_Row]]:
    group: list[_Row] = []
    for row in rows:
        if group and _height([*group, row]) > height_mm + _NEARLY_MM:
            yield group
            group = []
        group.append(row)
    yield group


def _height(group: Sequence[_Row]) -> float:
    between = group[-1].baseline_mm - group[0].baseline_mm
    return 2 * MARGIN_MM + group[0].up_mm + between + group[-1].down_mm


def _with_rows(page: Page, group: Sequence[_Row]) -> Page:
    lines = {row.baseline_mm for row in group}
    shift = MARGIN_MM + group[0].up_mm - group[0].baseline_mm
    strips = [
        replace(strip, baseline_mm=strip.baseline_mm + shift)
        for strip in page.strips
        if strip.baseline_mm in lines
    ]
    pulses = [(x, line + shift) for x, line in page.pulses_mm if line in lines]
    return replace(page, strips=tuple(strips), pulses_mm=tuple(pulses), height_mm=_height(group))
