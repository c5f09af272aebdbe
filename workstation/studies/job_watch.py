"""Holds one job of the decoder process to its CPU time and its time on the clock, from outside."""

import asyncio
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from workstation.studies.limits import DecoderLimits

_LEAST_S: Final = 0.02
"""No question follows another sooner: so far may a job come beyond its limit on each core."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a job has used until now, in seconds."""

    cpu_s: float
    clock_s: float


def look_again_in(
    limits: DecoderLimits, file_size: int, spent: Spent, cores: int = 1
) -> float | None:
    """Seconds until a limit could be reached at the earliest; None where one is reached.

    The process may have as many threads as there are `cores`, all at work.
    """
    left_cpu = limits.cpu_seconds(file_size) - spent.cpu_s
    left_clock = limits.clock_seconds(file_size, spent.cpu_s) - spent.clock_s
    if left_cpu <= 0 or left_clock <= 0:
        return None
    return max(_LEAST_S, min(left_cpu / cores, left_clock))


class JobWatch:
    """Watches one job at a time; `on_overdue` is called once where it is beyond its limits.

    `cpu_clock` says how many CPU seconds the process has used in its life; None where the system
    does not say, and then the clock alone counts.
    """

    def __init__(
        self,
        limits: DecoderLimits,
        cpu_clock: Callable[[], float | None],
        on_overdue: Callable[[], None],
    ) -> None:
        self._limits = limits
        self._cpu_clock = cpu_clock
        self._on_overdue = on_overdue
        self._cores = os.cpu_count() or 1
        self._file_size = 0
        self._began = Spent(0.0, 0.0)
        self._timer: asyncio.TimerHandle | None = None

    @property
    def is_on(self) -> bool:
        """Whether a job is watched."""
        return self._timer is not None

    def begin(self, file_size: int) -> None:
        """A job on a file of `file_size` bytes begins now."""
        self.end()
        self._file_size = file_size
        self._began = self._now()
        self._look()

    def end(self) -> None:
        """The job is over."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look(self) -> None:
        now = self._now()
        spent = Spent(now.cpu_s - self._began.cpu_s, now.clock_s - self._began.clock_s)
        wait = look_again_in(self._limits, self._file_size, spent, self._cores)
        if wait is None:
            self._on_overdue()
        else:
            self._timer = asyncio.get_running_loop().call_later(wait, self._look)

    def _now(self) -> Spent:
        cpu_s = self._cpu_clock()
        clock_s = asyncio.get_running_loop().time()
        return Spent(0.0 if cpu_s is None else cpu_s, clock_s)
