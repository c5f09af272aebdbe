"""Samples of a DICOM waveform: from stored numbers to millivolt, or honestly not (PS3.3 C.10.9)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.studies.ecg import SampleUnit

_PLAUSIBLE_MV: Final = 1000.0
"""Beyond this a sensitivity is wrong: amplifiers end at some hundred mV."""
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


def calibration(
    sensitivity: float | None, correction: float | None, baseline: float | None, unit: str
) -> Calibration | None:
    """None where the channel's definition gives no valid scale (C.10.9.1.4.1)."""
    millivolts = {"nV": 1e-6, "uV": 1e-3, "mV": 1.0, "V": 1e3}.get(unit)
    if millivolts is None or sensitivity is None or correction is None or baseline is None:
        return None
    if sensitivity <= 0 or correction <= 0:
        return None
    return Calibration(sensitivity * correction * millivolts, baseline * millivolts)


def scaled(
    raw: npt.NDArray[np.generic], scale: Calibration | None
) -> tuple[npt.NDArray[np.float32], SampleUnit]:
    """Finite samples and what they are; raw numbers where the scale is missing or absurd."""
    numbers = raw.astype(np.float64)
    if scale is not None:
        millivolts = numbers * scale.scale + scale.offset
        if np.all(np.abs(millivolts) <= _PLAUSIBLE_MV):
            return millivolts.astype(np.float32), SampleUnit.MILLIVOLT
    return numbers.astype(np.float32), SampleUnit.UNCALIBRATED


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
        _few(tuple(_runs(_off_scale(raw[:, channel], marks, scale) | ends)))
        for channel, scale in enumerate(scales)
    ]


def _few(found: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """A trace with gaps everywhere is none between the first and the last."""
    return found if len(found) <= _MOST_GAPS else ((found[0][0], found[-1][1]),)


def _off_scale(
    samples: npt.NDArray[np.generic], marks: list[int], scale: Calibration | None
) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(samples), np.bool_)
    for mark in marks:
        if scale is not None and abs(mark * scale.scale + scale.offset) >= _BEYOND_ANY_TRACE_MV:
            found |= samples == mark
    return found


def _silent_ends(
    raw: npt.NDArray[np.generic], padding: int | None, shortest: int
) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(raw), np.bool_)
    if padding is None:
        return found
    for start, stop in _runs(np.all(raw == padding, axis=1)):
        if (start == 0 or stop == len(raw)) and stop - start >= shortest:
            found[start:stop] = True
    return found


def _runs(flags: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(flags.astype(np.int8), prepend=0, append=0))
    for start, stop in edges.reshape(-1, 2):
        yield int(start), int(stop)
