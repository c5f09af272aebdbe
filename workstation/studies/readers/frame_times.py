"""When each frame of a clip is shown (PS3.3 C.7.6.5)."""

from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from pydicom.dataset import Dataset

from workstation.studies.imaging import FrameTimeSource
from workstation.studies.readers.dicom_values import number, numbers

_LONGEST_MS: Final = 60_000.0
_ASSUMED_MS: Final = 1000 / 30
_VECTOR_TAG: Final = 0x00181065


@dataclass(frozen=True, slots=True)
class FrameTimes:
    """Starts of all frames from 0, then the whole length, ms."""

    edges: tuple[float, ...]
    source: FrameTimeSource
    mended: bool = False


def frame_times(dataset: Dataset, count: int) -> FrameTimes:
    """The clip's times: the vector or the single time that the file points to, else its rate."""
    if count == 1:
        return FrameTimes((0.0, _ASSUMED_MS), FrameTimeSource.STILL)
    vector = numbers(dataset, "FrameTimeVector") or ()
    steps = [step for step in vector[1:] if _plausible(step)]
    single = number(dataset, "FrameTime")
    if steps and (_points_to_vector(dataset) or not _plausible(single)):
        return _by_vector(vector, steps, count)
    for step, source in (
        (single, FrameTimeSource.FRAME_TIME),
        (_period(number(dataset, "CineRate")), FrameTimeSource.CINE_RATE),
        (_period(number(dataset, "RecommendedDisplayFrameRate")), FrameTimeSource.CINE_RATE),
    ):
        if step is not None and _plausible(step):
            return _even(step, count, source)
    return _even(_ASSUMED_MS, count, FrameTimeSource.ASSUMED)


def _by_vector(vector: tuple[float, ...], steps: list[float], count: int) -> FrameTimes:
    """Each value is the time since the frame before (C.7.6.5.1.2); the first one's is 0 or unused.

    How long the last frame stays is not in the vector: by the first value where a device gives
    one, else by the mean. A value that cannot be is replaced by the mean.
    """
    mean = sum(steps) / len(steps)
    given = vector[1:count]
    mended = len(vector) != count or not all(map(_plausible, given))
    filled = [step if _plausible(step) else mean for step in given]
    filled += [mean] * (count - 1 - len(filled))
    last = vector[0] if _plausible(vector[0]) else mean
    return FrameTimes(
        (0.0, *accumulate([*filled, last])), FrameTimeSource.FRAME_TIME_VECTOR, mended
    )


def _even(step: float, count: int, source: FrameTimeSource) -> FrameTimes:
    return FrameTimes(tuple(step * place for place in range(count + 1)), source)


def _plausible(step: float | None) -> bool:
    return step is not None and 0 < step <= _LONGEST_MS


def _period(rate: float | None) -> float | None:
    return 1000 / rate if rate else None


def _points_to_vector(dataset: Dataset) -> bool:
    pointed = numbers(dataset, "FrameIncrementPointer")
    return pointed is not None and _VECTOR_TAG in map(int, pointed)
