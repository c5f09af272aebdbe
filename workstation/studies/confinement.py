"""The decoder process holds itself to its limits, as far as the operating system helps."""

import math
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

if sys.platform != "win32":
    import resource

_STATM: Final = Path("/proc/self/statm")
_BY_TICKS: Final = -8
"""The clock that RLIMIT_CPU goes by: user and system time of the process as its ticks counted it
(Linux, posix-timers: `MAKE_PROCESS_CPUCLOCK(0, CPUCLOCK_PROF)`)."""
_TICKS_AHEAD_S: Final = 1
"""RLIMIT_CPU goes by the threads met at work at each tick: ahead of the time really used by 0.3 s
in 3, as measured with two threads on a busy machine."""


class Confinement:
    """CPU time and address space of the calling process, job by job.

    Beyond the CPU time the process is ended by SIGXCPU, up to two seconds later: the system counts
    whole ones, by its ticks (`_TICKS_AHEAD_S`). The window ends it in time (`JobWatch`), unless it
    is held up itself. Beyond the memory an allocation fails. On Windows nothing is held here.
    """

    @contextmanager
    def job(self, cpu_s: float, memory: int) -> Iterator[None]:
        """For one job: `cpu_s` further seconds of CPU, `memory` further bytes of addresses."""
        _limit_cpu(cpu_s)
        _limit_memory(memory)
        try:
            yield
        finally:
            _limit_cpu(None)
            _limit_memory(None)


def forbid_core_dumps() -> None:
    """A dump of this process would hold a patient's file."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_cpu(seconds: float | None) -> None:
    if sys.platform != "win32":
        if seconds is None:
            _set_soft(resource.RLIMIT_CPU, None)
            return
        _set_soft(resource.RLIMIT_CPU, math.ceil(_used_s() + seconds) + _TICKS_AHEAD_S)


def _used_s() -> float:
    """What the limit is compared with: over the life of a process ticks run away from what the
    system says of its CPU time, and a job would be ended that has hardly begun."""
    if sys.platform == "linux":
        with suppress(OSError):
            return time.clock_gettime(_BY_TICKS)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _limit_memory(further: int | None) -> None:
    """Only Linux says what is held now and keeps the limit."""
    if sys.platform == "linux":
        if further is None:
            _set_soft(resource.RLIMIT_AS, None)
            return
        pages = int(_STATM.read_text().split()[0])
        _set_soft(resource.RLIMIT_AS, pages * resource.getpagesize() + further)


if sys.platform != "win32":

    def _set_soft(kind: int, value: int | None) -> None:
        _, hard = resource.getrlimit(kind)
        soft = hard if value is None else value
        if hard != resource.RLIM_INFINITY:
            soft = min(soft, hard)
        resource.setrlimit(kind, (soft, hard))
