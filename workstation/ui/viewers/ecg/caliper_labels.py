"""Where the words of a caliper stand: beside it, where they hide nothing of the heart."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF

from workstation.ui.viewers.ecg.caliper_shape import CaliperShape, strip_room, trace_heights
from workstation.ui.viewers.ecg.layout import Strip
from workstation.ui.viewers.ecg.sheet_tool import SheetSight

_GAP = 3.0
_OVER_OTHER_WORDS = 10_000
"""Worse than hiding any trace: two labels over each other say nothing."""
_OUT_OF_SIGHT = 100_000
_OVER_LEAD_NAME, _OVER_TRACE, _OVER_LINE = 200, 100, 20
_WORST = 1e7
_LEAD_NAME_MM = QRectF(0.0, -11.5, 9.0, 5.5)
"""Where a strip's name stands, from where its base line begins."""


def label_place(
    sight: SheetSight,
    shape: CaliperShape,
    size: QSizeF,
    seen: QRectF,
    taken: Sequence[QRectF],
    lines: Sequence[QRectF] = (),
) -> QRectF:
    """The first of the usual places that hides nothing, else the one that hides least.

    `seen`: the part of the paper that is on screen; `taken`: plates that stand already; `lines`:
    those of all calipers.
    """
    cheapest, least = QRectF(), _WORST
    for corner in _corners(shape, size):
        place = QRectF(corner, size)
        cost = _cost(sight, place, seen, taken) + _OVER_LINE * sum(map(place.intersects, lines))
        if cost < least:
            cheapest, least = place, cost
        if not least:
            break
    return cheapest


def _corners(shape: CaliperShape, size: QSizeF) -> list[QPointF]:
    """Upper left corners, the best known place first."""
    width, height = size.width(), size.height()
    left, right = max(shape.left, shape.room.left()), min(shape.right, shape.room.right())
    middle = (left + right) / 2
    over, under = shape.top - height - _GAP, shape.bottom + _GAP
    level = (shape.top + shape.bottom - height) / 2
    before, after = left - width - 2 * _GAP, right + 2 * _GAP
    beside = [QPointF(after, level), QPointF(before, level)]
    along = [
        QPointF(x, y)
        for y in (over, under)
        for x in (middle - width / 2, left, right - width, before, after)
    ]
    # Where the trace leaves no room near by, somewhat farther away.
    farther = [
        QPointF(x, y)
        for y in (over - height, under + height, over, under)
        for x in (middle - width / 2, after, before, after + width / 2, before - width / 2)
    ]
    usual = [*beside, *along] if shape.caliper.is_amplitude else [*along, *beside]
    return [*usual, *farther]


def _cost(sight: SheetSight, place: QRectF, seen: QRectF, taken: Sequence[QRectF]) -> float:
    # No trace leaves its strip's room: only few strips are worth looking at sample by sample.
    near = [strip for strip in sight.page.strips if strip_room(sight, strip).intersects(place)]
    covers = sum(_hidden(sight, strip, place) for strip in near)
    hidden = covers + (_OVER_TRACE if covers else 0)
    covered = sum(place.intersects(other) for other in taken) * _OVER_OTHER_WORDS
    named = sum(place.intersects(_name_of(sight, strip)) for strip in sight.page.strips)
    beyond = 0 if seen.contains(place) else _OUT_OF_SIGHT
    return hidden + covered + named * _OVER_LEAD_NAME + beyond


def _name_of(sight: SheetSight, strip: Strip) -> QRectF:
    scale, corner = sight.px_per_mm, sight.point(strip, strip.start_s, 0.0)
    box = _LEAD_NAME_MM
    return QRectF(corner + box.topLeft() * scale, QSizeF(box.width() * scale, box.height() * scale))


def _hidden(sight: SheetSight, strip: Strip, place: QRectF) -> float:
    """How many pixels of a strip's trace the plate would cover; steep ones count twice, for they
    are what is looked at."""
    rate, px_per_s = sight.record.sampling_rate_hz, sight.page.speed * sight.px_per_mm
    begin = strip.start_s + (place.left() - sight.point(strip, strip.start_s, 0.0).x()) / px_per_s
    end = begin + place.width() / px_per_s
    if strip.lead is None or end < strip.start_s or begin > strip.start_s + strip.duration_s:
        return 0.0
    heights = trace_heights(sight, strip, round(begin * rate), round(end * rate))
    if not ((heights >= place.top()) & (heights <= place.bottom())).any():
        return 0.0
    climbed = np.abs(np.diff(np.clip(heights, place.top(), place.bottom()))).sum()
    return float(2 * climbed) + place.width()
