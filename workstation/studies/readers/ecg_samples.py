"""Samples of an ECG: from stored numbers to millivolt, or honestly not (DICOM PS3.3 C.10.9)."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.studies.ecg import SampleUnit

_PLAUSIBLE_MV: Final = 1000.0
"""Beyond this a sensitivity is wrong: amplifiers end at some hundred mV."""
_FINEST_MV: Final = 1e-7
"""Below this a step is wrong: a trace would be drawn as a flat line."""
_BEYOND_ANY_TRACE_MV: Final = 10.0
"""A padding value at or beyond this is no sample; one below may be (0 is, in real files)."""
_SILENT_S: Final = 0.04
"""So long must all leads show a plausible padding value, at an end, to be taken for padding."""
_MOST_GAPS: Final = 1000


@dataclass(frozen=True, slots=True)
class Calibration:
    """From stored numbers to millivolt: mV = number * scale + offset."""

    scale: float
    offset: float


_MILLIVOLTS: Final = {
    "nv": 1e-6,
    "nanovolt": 1e-6,
    "uv": 1e-3,
    "\N{MICRO SIGN}v": 1e-3,
    "\N{GREEK SMALL LETTER MU}v": 1e-3,
    "microvolt": 1e-3,
    "mv": 1.0,
    "millivolt": 1.0,
    "v": 1e3,
    "volt": 1e3,
}


def millivolts_of(unit: str) -> float | None:
    """How many mV one of that unit is ("uV", "MICROVOLTS"); None: no voltage."""
    unit = unit.strip()
    if unit[:1] == "M" and unit[1:] in ("V", "v"):
        return None  # a megavolt, or a millivolt badly written
    return _MILLIVOLTS.get(unit.lower().removesuffix("s"))


def calibration(
    sensitivity: float | None, correction: float | None, baseline: float | None, unit: str
) -> Calibration | None:
    """None where the channel's definition gives no valid scale (C.10.9.1.4.1)."""
    millivolts = millivolts_of(unit)
    if millivolts is None or sensitivity is None or correction is None or baseline is None:
        return None
    if not (0 < sensitivity < math.inf and 0 < correction < math.inf and math.isfinite(baseline)):
        return None
    scale = sensitivity * correction * millivolts
    return Calibration(scale, baseline * millivolts) if scale >= _FINEST_MV else None


def scaled(
    raw: npt.NDArray[np.generic], scale: Calibration | None
) -> tuple[npt.NDArray[np.float32], SampleUnit]:
    """Finite samples and what they are; raw numbers where the scale is missing or absurd."""
    if scale is not None and _plausible(raw, scale):
        millivolts = raw.astype(np.float64)
        millivolts *= scale.scale
        millivolts += scale.offset
        return millivolts.astype(np.float32), SampleUnit.MILLIVOLT
    return raw.astype(np.float32), SampleUnit.UNCALIBRATED


def _plausible(raw: npt.NDArray[np.generic], scale: Calibration) -> bool:
    """Whether no sample is beyond what an amplifier gives."""
    extremes = (float(raw.min()), float(raw.max())) if raw.size else (0.0, 0.0)
    return in_reach(extremes, scale)


def in_reach(extremes: tuple[float, float], scale: Calibration) -> bool:
    """Whether an amplifier gives the lowest and the highest of these stored numbers."""
    return all(abs(one * scale.scale + scale.offset) <= _PLAUSIBLE_MV for one in extremes)


def off_scale(mark: int, scale: Calibration | None) -> bool:
    """Whether no trace can be at that stored number."""
    return scale is not None and abs(mark * scale.scale + scale.offset) >= _BEYOND_ANY_TRACE_MV


def gaps(
    raw: npt.NDArray[np.generic],
    padding: int | None,
    scales: list[Calibration | None],
    sampling_rate_hz: float,
) -> list[tuple[tuple[int, int], ...]]:
    """For each channel of `raw` (samples x channels) the ranges without a recording.

    The padding value alone proves nothing: a real file says 0 and means samples by it. So a
    value counts as padding where no trace can be (the lowest number that can be stored, or the
    padding value, 10 mV off at least), or where all leads hold it for 40 ms up to an end.
    """
    marks = [-1 << (8 * raw.dtype.itemsize - 1)] if raw.dtype.kind == "i" else []
    if padding is not None:
        marks.append(padding)
    ends = _silent_ends(raw, padding, int(_SILENT_S * sampling_rate_hz))
    return [
        _few(tuple(runs(_off_scale(raw[:, channel], marks, scale) | ends)))
        for channel, scale in enumerate(scales)
    ]


def unrecorded(
    stored: npt.NDArray[np.generic], scale: Calibration | None, mark: int = -32768
) -> tuple[tuple[int, int], ...]:
    """Ranges of one lead that hold the lowest number of 16 bits where no trace can be."""
    return _few(tuple(runs(_off_scale(stored, [mark], scale))))


def ranges(flags: npt.NDArray[np.bool_]) -> tuple[tuple[int, int], ...]:
    """Ranges of samples that are marked; one range over all where they are too many."""
    return _few(tuple(runs(flags)))


def _few(found: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """A trace with gaps everywhere is none between the first and the last."""
    return found if len(found) <= _MOST_GAPS else ((found[0][0], found[-1][1]),)


def _off_scale(
    samples: npt.NDArray[np.generic], marks: list[int], scale: Calibration | None
) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(samples), np.bool_)
    for mark in marks:
        if off_scale(mark, scale):
            found |= samples == mark
    return found


def _silent_ends(
    raw: npt.NDArray[np.generic], padding: int | None, shortest: int
) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(raw), np.bool_)
    if padding is None:
        return found
    for start, stop in runs(np.all(raw == padding, axis=1)):
        if (start == 0 or stop == len(raw)) and stop - start >= shortest:
            found[start:stop] = True
    return found


def runs(flags: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Ranges [start, stop) of what is marked."""
    edges = np.flatnonzero(np.diff(flags.astype(np.int8), prepend=0, append=0))
    for start, stop in edges.reshape(-1, 2):
        yield int(start), int(stop)
