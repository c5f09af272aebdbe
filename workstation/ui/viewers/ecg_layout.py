"""Where every lead stands on the paper, in millimetres: no pixels, no Qt.

A page is a list of rows; a row is one or several strips one after another in time. All strips of
a column show the same seconds. Positions in pixels are millimetres times pixels a millimetre.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

import numpy as np

from workstation.studies.ecg import STANDARD_LEADS, EcgLead, EcgRecord, SampleUnit

SPEEDS_MM_S = (12.5, 25.0, 50.0)
GAINS_MM_MV = (2.5, 5.0, 10.0, 20.0)
PAGE_MM = 250.0
"""Width of the longest page at 12.5 and 25 mm/s: 20 and 10 seconds."""

_LEFT_MM = 11.0
"""Room of the calibration pulse: 2 mm, a pulse of 5 mm, 4 mm."""
_RIGHT_MM = 2.0
_MARGIN_MM = 2.0
_ROW_MIN_MM = 12.0
_SHOWN_WHOLE_MV = 4.0
"""Up to here, up and down, a trace is never cut."""
_FAR_FROM_ZERO_MV = 1.5
_UNCALIBRATED_SPAN_MM = 20.0


class EcgLayout(IntEnum):
    """Arrangements, numbered as their keys."""

    THREE_BY_FOUR = 1
    SIX_BY_TWO = 2
    TWELVE_BY_ONE = 3
    RHYTHM = 4
    CABRERA = 5


@dataclass(frozen=True, slots=True)
class LeadRef:
    """A lead by its name; sign -1 shows it upside down (−aVR in Cabrera's order)."""

    name: str
    sign: int = 1

    @property
    def label(self) -> str:
        """As written beside the trace, with a true minus sign."""
        return self.name if self.sign > 0 else f"−{self.name}"


@dataclass(frozen=True, slots=True)
class LeadPlacement:
    """How a lead's numbers become millimetres, once for the whole record.

    `offset` is the number on the row's base line: 0, or the lead's median where the lead lies so
    far from zero (or is uncalibrated) that its row could not hold it. `low` and `high` are the
    extreme samples relative to `offset`.
    """

    offset: float
    low: float
    high: float
    calibrated: bool

    @property
    def shifted(self) -> bool:
        """Whether a calibrated lead does not stand on its own zero: said beside the trace."""
        return self.calibrated and self.offset != 0

    def mm_per_unit(self, gain: float) -> float:
        """Millimetres a unit: the gain for mV; otherwise what fills a row."""
        if self.calibrated:
            return gain
        span = self.high - self.low
        return _UNCALIBRATED_SPAN_MM / span if span > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Strip:
    """A lead's stretch of time in its place. `lead` is None where the record has none of it."""

    ref: LeadRef
    lead: EcgLead | None
    placement: LeadPlacement | None
    start_s: float
    duration_s: float
    x_mm: float
    baseline_mm: float
    up_mm: float
    down_mm: float
    """Room above and below the base line that is the strip's own: no other trace enters it."""
    mm_per_unit: float
    is_clipped: bool
    """Whether the trace leaves its room: it is cut there and the lead is named."""
    first_in_row: bool


@dataclass(frozen=True, slots=True)
class Page:
    """All strips and the page's size."""

    strips: tuple[Strip, ...]
    start_s: float
    duration_s: float
    width_mm: float
    height_mm: float
    speed: float
    gain: float
    pulses_mm: tuple[tuple[float, float], ...]
    """Left edge and base line of the calibration pulse of each row in mV."""

    def x_of(self, strip: Strip, time_s: float) -> float:
        """Millimetres from the left of a moment of the record, in that strip."""
        return strip.x_mm + (time_s - strip.start_s) * self.speed


def place_leads(record: EcgRecord) -> dict[str, LeadPlacement]:
    """How each lead stands on its base line, by the lead's name."""
    return {lead.name: _place(lead) for lead in record.leads}


def _place(lead: EcgLead) -> LeadPlacement:
    samples = _recorded(lead)
    if samples.size == 0:
        return LeadPlacement(0.0, 0.0, 0.0, lead.unit is SampleUnit.MILLIVOLT)
    calibrated = lead.unit is SampleUnit.MILLIVOLT
    median = float(np.median(samples))
    offset = median if not calibrated or abs(median) > _FAR_FROM_ZERO_MV else 0.0
    low, high = float(samples.min()) - offset, float(samples.max()) - offset
    return LeadPlacement(offset, min(0.0, low), max(0.0, high), calibrated)


def _recorded(lead: EcgLead) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    if not lead.gaps:
        return lead.samples
    kept = np.ones(len(lead.samples), dtype=bool)
    for start, stop in lead.gaps:
        kept[start:stop] = False
    return lead.samples[kept]


def page_seconds(record: EcgRecord, speed: float) -> float:
    """Seconds on one page: 20 at 12.5 mm/s, else 10, or the whole record where it is shorter."""
    return min(record.duration_s, PAGE_MM / min(speed, 25.0))


def is_twelve_lead(record: EcgRecord) -> bool:
    """Whether so many of the twelve leads exist that a page of columns makes sense."""
    return sum(lead.name in STANDARD_LEADS for lead in record.leads) >= 6


def lay_out(
    record: EcgRecord,
    placements: Mapping[str, LeadPlacement],
    layout: EcgLayout,
    *,
    speed: float,
    gain: float,
    start_s: float = 0.0,
    height_mm: float = 0.0,
) -> Page:
    """Puts the leads on a page that is `height_mm` high, or higher where the rows need it."""
    seconds = page_seconds(record, speed)
    start_s = max(0.0, min(start_s, record.duration_s - seconds))
    rows = [
        [_cell(record, placements, ref, gain, place) for ref, place in row]
        for row in _rows(record, layout, start_s, seconds)
    ]
    baselines, needed = _baselines(rows, gain)
    spare = max(0.0, height_mm - needed) / max(1, len(rows))
    moved = [line + spare * (n + 0.5) for n, line in enumerate(baselines)]
    strips = [
        strip
        for row, baseline in zip(rows, moved, strict=True)
        for strip in _strips(row, baseline, speed)
    ]
    pulses = [
        (2.0, baseline)
        for row, baseline in zip(rows, moved, strict=True)
        if all(cell.calibrated for cell in row)
    ]
    size = (_LEFT_MM + seconds * speed + _RIGHT_MM, max(height_mm, needed))
    return Page(tuple(strips), start_s, seconds, *size, speed, gain, tuple(pulses))


_Place = tuple[float, float]
"""Start and length in seconds."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A strip before its row has a height."""

    ref: LeadRef
    lead: EcgLead | None
    placement: LeadPlacement | None
    start_s: float
    duration_s: float
    up_mm: float
    down_mm: float
    mm_per_unit: float
    is_clipped: bool

    @property
    def calibrated(self) -> bool:
        return self.placement is None or self.placement.calibrated

    def meets(self, other: "_Cell") -> bool:
        """Whether one may touch the other from above: both share some seconds of the page."""
        end, other_end = self.start_s + self.duration_s, other.start_s + other.duration_s
        return self.start_s < other_end - 1e-6 and other.start_s < end - 1e-6


def _cell(
    record: EcgRecord,
    placements: Mapping[str, LeadPlacement],
    ref: LeadRef,
    gain: float,
    place: _Place,
) -> _Cell:
    placement = placements.get(ref.name)
    if placement is None:
        return _Cell(ref, None, None, *place, 1.0, 1.0, gain, is_clipped=False)
    scale = placement.mm_per_unit(gain)
    high, low = placement.high * scale, -placement.low * scale
    up, down = (high, low) if ref.sign > 0 else (low, high)
    most = max(_UNCALIBRATED_SPAN_MM, _SHOWN_WHOLE_MV * gain)
    room = (min(up, most) + 1.0, min(down, most) + 1.0)
    clipped = max(up, down) > most
    return _Cell(ref, record.lead(ref.name), placement, *place, *room, scale, clipped)


def _rows(
    record: EcgRecord, layout: EcgLayout, start_s: float, seconds: float
) -> list[list[tuple[LeadRef, _Place]]]:
    if layout is EcgLayout.RHYTHM:
        return _rhythm_rows(record, start_s, seconds)
    if layout is EcgLayout.TWELVE_BY_ONE:
        return [[(LeadRef(lead.name), (start_s, seconds))] for lead in record.leads]
    grid = _COLUMNS[layout]
    step = seconds / len(grid[0])
    rows = [
        [(ref, (start_s + step * column, step)) for column, ref in enumerate(row)] for row in grid
    ]
    if layout is EcgLayout.THREE_BY_FOUR:
        rows.append([(LeadRef(rhythm_lead(record)), (start_s, seconds))])
    return rows


def _rhythm_rows(
    record: EcgRecord, start_s: float, seconds: float
) -> list[list[tuple[LeadRef, _Place]]]:
    """One lead; a long record goes on in the rows below, up to six."""
    ref = LeadRef(rhythm_lead(record))
    count = max(1, min(6, int((record.duration_s - start_s) / seconds + 1e-6)))
    return [[(ref, (start_s + seconds * row, seconds))] for row in range(count)]


def rhythm_lead(record: EcgRecord) -> str:
    """II; without it V1, or the first that there is."""
    names = [lead.name for lead in record.leads]
    return next((name for name in ("II", "V1", *names) if name in names), "II")


def _baselines(rows: Sequence[Sequence[_Cell]], gain: float) -> tuple[list[float], float]:
    """Base lines of the rows, as near as no trace touches another, and the height of them all."""
    if not rows:
        return [], 2 * _MARGIN_MM
    first = max([gain, *(cell.up_mm for cell in rows[0])])
    lines = [_MARGIN_MM + first]
    for above, below in pairwise(rows):
        lines.append(lines[-1] + _distance(above, below, gain))
    last = max(cell.down_mm for cell in rows[-1])
    return lines, lines[-1] + last + _MARGIN_MM


def _distance(above: Sequence[_Cell], below: Sequence[_Cell], gain: float) -> float:
    touching = [a.down_mm + b.up_mm for a in above for b in below if _same_column(a, b)]
    return max(_ROW_MIN_MM, gain + 2.0, *touching)


def _same_column(above: _Cell, below: _Cell) -> bool:
    # Rows of a rhythm strip hold other seconds, one row after another, in the same place.
    alike = abs(above.duration_s - below.duration_s) < 1e-6 and above.ref == below.ref
    return alike or above.meets(below)


def _strips(row: Sequence[_Cell], baseline: float, speed: float) -> list[Strip]:
    strips: list[Strip] = []
    x = _LEFT_MM
    for cell in row:
        strip = Strip(
            cell.ref,
            cell.lead,
            cell.placement,
            cell.start_s,
            cell.duration_s,
            x_mm=x,
            baseline_mm=baseline,
            up_mm=cell.up_mm,
            down_mm=cell.down_mm,
            mm_per_unit=cell.mm_per_unit,
            is_clipped=cell.is_clipped,
            first_in_row=not strips,
        )
        strips.append(strip)
        x += cell.duration_s * speed
    return strips


def _refs(*rows: str) -> tuple[tuple[LeadRef, ...], ...]:
    return tuple(
        tuple(LeadRef(name.lstrip("-"), -1 if name.startswith("-") else 1) for name in row.split())
        for row in rows
    )


_COLUMNS = {
    EcgLayout.THREE_BY_FOUR: _refs("I aVR V1 V4", "II aVL V2 V5", "III aVF V3 V6"),
    EcgLayout.SIX_BY_TWO: _refs("I V1", "II V2", "III V3", "aVR V4", "aVL V5", "aVF V6"),
    EcgLayout.CABRERA: _refs("aVL V1", "I V2", "-aVR V3", "II V4", "aVF V5", "III V6"),
}
