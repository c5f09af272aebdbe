"""Milliseconds of a piece of work by the clock."""

import statistics
import time
from collections.abc import Callable


def milliseconds(work: Callable[[], object]) -> float:
    """Of one call."""
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)


def median_ms(work: Callable[[], object], times: int) -> float:
    """Of so many calls."""
    return statistics.median(milliseconds(work) for _ in range(times))
