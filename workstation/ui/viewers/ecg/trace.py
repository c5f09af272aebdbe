"""From samples to the lines that are drawn, quickly and without losing a peak."""

import numpy as np
import numpy.typing as npt
import shiboken6
from PySide6.QtGui import QPolygonF

from workstation.studies.ecg import EcgLead
from workstation.ui.viewers.ecg.layout import Page, Strip

Points = npt.NDArray[np.float64]
"""Shape (n, 2): x and y."""

PIECE = 100
"""Points in one drawn line: Qt's time for a long anti-aliased line grows faster than its length."""
_REDUCE_FROM = 4
"""Samples in a device pixel from which only the highest and lowest are kept."""


def strip_lines(
    page: Page, strip: Strip, rate_hz: float, px_per_mm: float, ratio: float = 1.0
) -> list[Points]:
    """Unbroken lines of a strip in logical pixels of the page; gaps leave the line open.

    `ratio` is the number of device pixels in a logical one. A sample lies at its own time and
    height exactly; where several fall on one pixel, the highest and the lowest stay.
    """
    if strip.lead is None:
        return []
    first = max(0, int(np.ceil(strip.start_s * rate_hz - 1e-6)))
    # One sample more than the strip has, so that neighbours meet without a hole.
    last = min(len(strip.lead.samples), int((strip.start_s + strip.duration_s) * rate_hz) + 1)
    per_pixel = rate_hz / (page.speed * px_per_mm * ratio)
    lines = []
    for start, stop in _recorded_ranges(strip.lead, first, last):
        kept = _kept(strip.lead.samples[start:stop], int(per_pixel)) + start
        x = (strip.x_mm + (kept / rate_hz - strip.start_s) * page.speed) * px_per_mm
        lines.append(np.column_stack((x, _heights(strip, strip.lead, kept) * px_per_mm)))
    return lines


def _heights(strip: Strip, lead: EcgLead, kept: npt.NDArray[np.intp]) -> npt.NDArray[np.float64]:
    offset = strip.placement.offset if strip.placement is not None else 0.0
    values = (lead.samples[kept].astype(np.float64) - offset) * strip.ref.sign
    height: npt.NDArray[np.float64] = strip.baseline_mm - values * strip.mm_per_unit
    return height


def _recorded_ranges(lead: EcgLead, first: int, last: int) -> list[tuple[int, int]]:
    """Stretches of [first, last) outside the lead's gaps."""
    ranges = []
    for start, stop in sorted(lead.gaps):
        if start > first:
            ranges.append((first, min(start, last)))
        first = max(first, stop)
    ranges.append((first, last))
    return [(start, stop) for start, stop in ranges if start < stop]


def _kept(samples: npt.NDArray[np.float32], per_pixel: int) -> npt.NDArray[np.intp]:
    """Indices of the samples to draw: all, or the first, last, lowest and highest of each pixel."""
    count = len(samples)
    if per_pixel < _REDUCE_FROM:
        return np.arange(count)
    whole = count // per_pixel * per_pixel
    blocks = samples[:whole].reshape(-1, per_pixel)
    starts = np.arange(0, whole, per_pixel)
    extremes = np.sort(
        np.column_stack((blocks.argmin(axis=1), blocks.argmax(axis=1))) + starts[:, None], axis=1
    )
    rest = np.arange(whole, count)
    return np.unique(np.concatenate((extremes.ravel(), rest, [0, count - 1])))


def polygons(line: Points, piece: int = PIECE) -> list[QPolygonF]:
    """The line cut into pieces that share their end points."""
    return [_polygon(line[i : i + piece + 1]) for i in range(0, max(1, len(line) - 1), piece)]


def _polygon(points: Points) -> QPolygonF:
    polygon = QPolygonF()
    polygon.resize(len(points))
    address: object = polygon.data()
    # The stubs know neither the address that data() gives nor VoidPtr's size and writability.
    memory: memoryview[int] = shiboken6.VoidPtr(address, points.size * 8, True)  # type: ignore[call-arg, arg-type, assignment]
    np.frombuffer(memory, dtype=np.float64).reshape(-1, 2)[:] = points
    return polygon
