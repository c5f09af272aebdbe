"""A long trace as lines: for each column of pixels from its lowest to its highest sample. No Qt."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.studies.ecg import SampleUnit
from workstation.studies.long_ecg import LongEcg, LongLead
from workstation.studies.measure.ecg.envelope import Envelope

Points = npt.NDArray[np.float64]
"""Shape (n, 2): x and y."""

_DIRECT: Final = 1 << 20
"""So many samples are read from the recording itself where there is no pyramid yet."""
_PROBES: Final = 24
_PROBE_S: Final = 10.0
_USUAL: Final = (5.0, 95.0)
"""Percentiles of what a second reaches: a burst of noise does not flatten the day."""
FILLED: Final = 0.8
"""Of its row's height a usual trace takes so much."""
_SMALLEST_MV: Final = 1.0
"""A row is at least so high: a flat lead is shown flat."""


@dataclass(frozen=True, slots=True)
class RowScale:
    """How a lead stands in its row, in its unit."""

    middle: float
    span: float
    """Above 0: from what most seconds reach below to what they reach above."""


@dataclass(frozen=True, slots=True)
class Window:
    """The samples that are drawn, and into how many columns."""

    start: int
    stop: int
    columns: int

    @classmethod
    def of(cls, ecg: LongEcg, start_s: float, length_s: float, width: int) -> "Window":
        """Begins at a whole column of the recording, so that a trace that moves does not change."""
        rate = ecg.sampling_rate_hz
        wide = max(1, width)
        step = max(1.0, length_s * rate / wide)
        first = round(start_s * rate / step)
        start = min(int(first * step), ecg.sample_count - 1)
        stop = min(max(start + 1, int((first + wide) * step)), ecg.sample_count)
        return cls(start, stop, min(wide, stop - start))


def row_scales(ecg: LongEcg) -> tuple[RowScale, ...]:
    """Of each lead, by some seconds from all over the recording; all in mV alike high."""
    found = [_probed(lead, ecg) for lead in ecg.leads]
    calibrated = [lead.unit is SampleUnit.MILLIVOLT for lead in ecg.leads]
    in_mv = [scale.span for scale, known in zip(found, calibrated, strict=True) if known]
    highest = max([_SMALLEST_MV, *in_mv])
    return tuple(
        RowScale(scale.middle, highest if known else max(scale.span, 1.0))
        for scale, known in zip(found, calibrated, strict=True)
    )


def _probed(lead: LongLead, ecg: LongEcg) -> RowScale:
    rate, count = ecg.sampling_rate_hz, ecg.sample_count
    second, length = max(1, round(rate)), max(1, round(_PROBE_S * rate))
    lows, highs = [], []
    for begin in np.linspace(0, max(0, count - length), _PROBES).astype(int).tolist():
        stop = min(begin + length, count)
        columns = max(1, (stop - begin) // second)
        low, high = _columns_here(lead, begin, stop, columns)
        lows.append(low[low <= high])
        highs.append(high[low <= high])
    low, high = np.concatenate(lows), np.concatenate(highs)
    if not len(low):
        return RowScale(0.0, 0.0)
    bottom = float(np.percentile(low, _USUAL[0])) * lead.scale + lead.offset
    top = float(np.percentile(high, _USUAL[1])) * lead.scale + lead.offset
    return RowScale((top + bottom) / 2, top - bottom)


def _columns_here(
    lead: LongLead, start: int, stop: int, count: int
) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.int16]]:
    """From the samples themselves."""
    here = Envelope(lead.samples[start:stop], lead.gaps_in(start, stop))
    return here.columns(0, stop - start, count)


def extremes(
    lead: LongLead, envelope: Envelope | None, window: Window
) -> tuple[Points, Points] | None:
    """Lowest and highest of each column in the lead's unit, NaN where nothing was recorded.

    None where the recording is not surveyed yet and the window too long to do without.
    """
    start, stop, count = window.start, window.stop, window.columns
    if envelope is not None:
        lows, highs = envelope.columns(start, stop, count)
    elif stop - start <= _DIRECT:
        lows, highs = _columns_here(lead, start, stop, count)
    else:
        return None
    empty = lows > highs
    low, high = (one.astype(np.float64) * lead.scale + lead.offset for one in (lows, highs))
    low[empty] = high[empty] = np.nan
    return low, high


def lines(
    low: Points, high: Points, scale: RowScale, top: float, height: float, ratio: float
) -> Iterator[Points]:
    """Unbroken lines in logical pixels of a row that begins at `top` and is `height` high.

    A column is `1 / ratio` wide. What leaves the row ends at its edge: it is seen there.
    """
    to_px = height * FILLED / scale.span
    middle = top + height / 2
    upper, lower = (
        np.clip(middle - (values - scale.middle) * to_px, top, top + height - 1)
        for values in (high, low)
    )
    known = np.flatnonzero(~np.isnan(low))
    if not len(known):
        return
    for part in np.split(known, np.flatnonzero(np.diff(known) > 1) + 1):
        x = np.repeat((part + 0.5) / ratio, 4)
        yield np.column_stack((x, _through(upper[part], lower[part])))


def _through(upper: Points, lower: Points) -> Points:
    """Heights of a line that fills each column and leaves it level: no slope beside an R peak.

    Four points a column. One that its neighbour does not reach begins where that one ends.
    """
    upper, lower = upper.copy(), lower.copy()
    ends = upper[:-1].copy(), lower[:-1].copy()
    upper[1:] = np.minimum(upper[1:], ends[1])
    lower[1:] = np.maximum(lower[1:], ends[0])
    level = np.maximum(upper[1:], upper[:-1])
    entered, left = np.append(lower[:1], level), np.append(level, upper[-1:])
    return np.column_stack((entered, lower, upper, left)).reshape(-1)
