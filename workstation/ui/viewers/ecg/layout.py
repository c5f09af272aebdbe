"""Where every lead stands on the paper, in millimetres: no pixels, no Qt.

A page is a list of rows; a row is one or several strips. All strips of a column show the same
seconds. Columns follow one another in time, or (`simultaneous`) all show the same seconds, which
a rhythm strip below goes beyond. Positions in pixels are millimetres times pixels a millimetre.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workstation.studies.ecg import EcgLead, EcgRecord, RecordingKind
from workstation.ui.viewers.ecg.arrangement import (
    Arrangement,
    EcgLayout,
    LeadRef,
    arranged,
    has_columns,
    is_twelve_lead,
    rhythm_lead,
)
from workstation.ui.viewers.ecg.page import Page, Strip
from workstation.ui.viewers.ecg.placement import UNCALIBRATED_SPAN_MM, LeadPlacement, place_leads

__all__ = [
    "GAINS_MM_MV",
    "LEFT_MM",
    "MARGIN_MM",
    "PAGE_MM",
    "PULSE_LEFT_MM",
    "RIGHT_MM",
    "SPEEDS_MM_S",
    "EcgLayout",
    "LeadPlacement",
    "LeadRef",
    "Page",
    "Strip",
    "is_twelve_lead",
    "lay_out",
    "needed_size",
    "page_seconds",
    "place_leads",
    "rhythm_lead",
    "shows_same_seconds",
]

SPEEDS_MM_S = (12.5, 25.0, 50.0)
GAINS_MM_MV = (2.5, 5.0, 10.0, 20.0)
PAGE_MM = 250.0
"""Width of the longest page at 12.5 and 25 mm/s: 20 and 10 seconds."""

LEFT_MM = 11.0
"""Room of the calibration pulse: 2 mm, a pulse of 5 mm, 4 mm."""
PULSE_LEFT_MM = 2.0
RIGHT_MM = 2.0
MARGIN_MM = 2.0
_ROW_MIN_MM = 12.0
_SHOWN_WHOLE_MV = 4.0
"""Up to here, up and down, a trace is never cut."""
_RHYTHM_ROWS = 6


def page_seconds(record: EcgRecord, speed: float) -> float:
    """Seconds on one page: 20 at 12.5 mm/s, else 10, or the whole record where it is shorter."""
    return min(record.duration_s, _longest_s(speed))


def _longest_s(speed: float) -> float:
    return PAGE_MM / min(speed, 25.0)


def shows_same_seconds(record: EcgRecord, layout: EcgLayout, wanted: bool) -> bool:
    """Whether columns do: a median beat is never cut into pieces of itself."""
    beat = record.kind is RecordingKind.MEDIAN_BEAT
    return (wanted or beat) and has_columns(record, layout)


def needed_size(
    record: EcgRecord,
    placements: Mapping[str, LeadPlacement],
    layout: EcgLayout,
    *,
    speed: float,
    gain: float,
    simultaneous: bool = False,
) -> tuple[float, float]:
    """Width and least height of the page that `lay_out` makes, in millimetres."""
    times, order = _ordered(record, layout, speed, 0.0, simultaneous=simultaneous)
    rows = _cells(record, placements, order, times, speed=speed, gain=gain)
    return _right_mm(rows) + RIGHT_MM, _baselines(rows, gain)[1]


def lay_out(
    record: EcgRecord,
    placements: Mapping[str, LeadPlacement],
    layout: EcgLayout,
    *,
    speed: float,
    gain: float,
    start_s: float = 0.0,
    height_mm: float = 0.0,
    simultaneous: bool = False,
) -> Page:
    """Puts the leads on a page that is `height_mm` high, or higher where the rows need it."""
    times, order = _ordered(record, layout, speed, start_s, simultaneous=simultaneous)
    rows = _cells(record, placements, order, times, speed=speed, gain=gain)
    baselines, needed = _baselines(rows, gain)
    spare = max(0.0, height_mm - needed) / max(1, len(rows))
    lines = [line + spare * (n + 0.5) for n, line in enumerate(baselines)]
    return Page(
        strips=tuple(_strips(rows, lines)),
        start_s=times.start_s,
        duration_s=times.shown_s,
        width_mm=_right_mm(rows) + RIGHT_MM,
        height_mm=max(height_mm, needed),
        speed=speed,
        gain=gain,
        pulses_mm=tuple(_pulses(rows, lines)),
        simultaneous=times.same,
    )


@dataclass(frozen=True, slots=True)
class _Times:
    """Which seconds a page shows."""

    start_s: float
    shown_s: float
    column_s: float
    same: bool
    rhythm_start_s: float
    rhythm_s: float

    @classmethod
    def of(
        cls, record: EcgRecord, columns: int, speed: float, start_s: float, *, same: bool
    ) -> "_Times":
        seconds = page_seconds(record, speed)
        column = min(record.duration_s, _longest_s(speed) / columns) if same else seconds / columns
        shown = column if same else seconds
        start = _within(start_s, record.duration_s - shown)
        rhythm = _within(start, record.duration_s - seconds)
        return cls(start, shown, column, same, rhythm, seconds)

    def column_start_s(self, number: int) -> float:
        return self.start_s + (0.0 if self.same else self.column_s * number)


def _ordered(
    record: EcgRecord, layout: EcgLayout, speed: float, start_s: float, *, simultaneous: bool
) -> tuple[_Times, Arrangement]:
    order = arranged(record, layout)
    same = shows_same_seconds(record, layout, simultaneous)
    return _Times.of(record, order.columns, speed, start_s, same=same), order


def _within(start_s: float, last_s: float) -> float:
    return max(0.0, min(start_s, last_s))


@dataclass(frozen=True, slots=True)
class _Place:
    """A stretch of time and where it begins on the paper."""

    start_s: float
    duration_s: float
    x_mm: float
    width_mm: float


def _places(
    record: EcgRecord, order: Arrangement, times: _Times, speed: float
) -> list[list[tuple[LeadRef, _Place]]]:
    step = times.column_s
    rows = [
        [
            (ref, _Place(times.column_start_s(n), step, LEFT_MM + n * step * speed, step * speed))
            for n, ref in enumerate(row)
        ]
        for row in order.rows
    ]
    if not rows and order.rhythm:
        return _rhythm_rows(record, order, times, speed)
    through = _Place(times.rhythm_start_s, times.rhythm_s, LEFT_MM, times.rhythm_s * speed)
    return [*rows, *([(ref, through)] for ref in order.rhythm)]


def _rhythm_rows(
    record: EcgRecord, order: Arrangement, times: _Times, speed: float
) -> list[list[tuple[LeadRef, _Place]]]:
    """One lead; a long record goes on in the rows below, up to six."""
    start, seconds = times.start_s, times.rhythm_s
    width = seconds * speed
    count = int((record.duration_s - start) / seconds + 1e-6) if seconds > 0 else 1
    rows = range(max(1, min(_RHYTHM_ROWS, count)))
    return [
        [(ref, _Place(start + seconds * row, seconds, LEFT_MM, width)) for ref in order.rhythm]
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A strip before its row has a height."""

    ref: LeadRef
    lead: EcgLead | None
    placement: LeadPlacement | None
    place: _Place
    up_mm: float
    down_mm: float
    mm_per_unit: float
    is_clipped: bool

    @property
    def calibrated(self) -> bool:
        return self.placement is None or self.placement.calibrated

    @property
    def right_mm(self) -> float:
        return self.place.x_mm + self.place.width_mm

    def meets(self, other: "_Cell") -> bool:
        """Whether one may touch the other from above: they share some of the paper's width."""
        first, second = sorted((self.place, other.place), key=lambda place: place.x_mm)
        same = second.x_mm - first.x_mm < 1e-6
        return same or second.x_mm < first.x_mm + first.width_mm - 1e-6


def _cells(
    record: EcgRecord,
    placements: Mapping[str, LeadPlacement],
    order: Arrangement,
    times: _Times,
    *,
    speed: float,
    gain: float,
) -> list[list[_Cell]]:
    return [
        [_cell(record, placements, ref, gain, place) for ref, place in row]
        for row in _places(record, order, times, speed)
    ]


def _right_mm(rows: Sequence[Sequence[_Cell]]) -> float:
    return max((cell.right_mm for row in rows for cell in row), default=LEFT_MM)


def _cell(
    record: EcgRecord,
    placements: Mapping[str, LeadPlacement],
    ref: LeadRef,
    gain: float,
    place: _Place,
) -> _Cell:
    placement = placements.get(ref.name)
    if placement is None:
        return _Cell(ref, None, None, place, 1.0, 1.0, gain, is_clipped=False)
    scale = placement.mm_per_unit(gain)
    high, low = placement.high * scale, -placement.low * scale
    up, down = (high, low) if ref.sign > 0 else (low, high)
    most = max(UNCALIBRATED_SPAN_MM, _SHOWN_WHOLE_MV * gain)
    room = (min(up, most) + 1.0, min(down, most) + 1.0)
    clipped = max(up, down) > most
    return _Cell(ref, record.lead(ref.name), placement, place, *room, scale, clipped)


def _baselines(rows: Sequence[Sequence[_Cell]], gain: float) -> tuple[list[float], float]:
    """Base lines of the rows, as near as no trace touches another, and the height of them all."""
    if not rows:
        return [], 2 * MARGIN_MM
    first = max([gain, *(cell.up_mm for cell in rows[0])])
    lines = [MARGIN_MM + first]
    for above, below in pairwise(rows):
        lines.append(lines[-1] + _distance(above, below, gain))
    last = max(cell.down_mm for cell in rows[-1])
    return lines, lines[-1] + last + MARGIN_MM


def _distance(above: Sequence[_Cell], below: Sequence[_Cell], gain: float) -> float:
    touching = [a.down_mm + b.up_mm for a in above for b in below if a.meets(b)]
    return max(_ROW_MIN_MM, gain + 2.0, *touching)


def _strips(rows: Sequence[Sequence[_Cell]], baselines: Sequence[float]) -> Iterator[Strip]:
    for row, baseline in zip(rows, baselines, strict=True):
        for number, cell in enumerate(row):
            yield Strip(
                cell.ref,
                cell.lead,
                cell.placement,
                cell.place.start_s,
                cell.place.duration_s,
                x_mm=cell.place.x_mm,
                baseline_mm=baseline,
                up_mm=cell.up_mm,
                down_mm=cell.down_mm,
                mm_per_unit=cell.mm_per_unit,
                is_clipped=cell.is_clipped,
                first_in_row=number == 0,
            )


def _pulses(
    rows: Sequence[Sequence[_Cell]], baselines: Sequence[float]
) -> Iterator[tuple[float, float]]:
    for row, baseline in zip(rows, baselines, strict=True):
        if any(cell.calibrated for cell in row):
            yield PULSE_LEFT_MM, baseline
