"""CPU time that a child process has used, asked of the operating system while the child runs."""

import ctypes
import sys
import time
from typing import Final

_PROCESS_CLOCK: Final = 2
"""CPUCLOCK_SCHED: the sum over all threads, to the nanosecond."""
_QUERY: Final = 0x1000
"""PROCESS_QUERY_LIMITED_INFORMATION."""
_WINDOWS_TICKS_PER_S: Final = 10_000_000


def cpu_seconds_of(pid: int) -> float | None:
    """CPU seconds, user and system, of all threads of a process of ours; None where nobody says.

    Linux: its CPU-time clock (clock_getcpuclockid(3)). Windows: GetProcessTimes. macOS:
    proc_pid_rusage. A process that has ended and been waited for has none.
    """
    try:
        return _asked(pid)
    except OSError:
        return None


if sys.platform == "linux":

    def _asked(pid: int) -> float | None:
        return time.clock_gettime(~pid << 3 | _PROCESS_CLOCK)

elif sys.platform == "win32":

    def _asked(pid: int) -> float | None:
        kernel = ctypes.WinDLL("kernel32")
        kernel.OpenProcess.restype = ctypes.c_void_p
        handle = kernel.OpenProcess(_QUERY, False, pid)
        if not handle:
            return None
        times = [ctypes.c_uint64() for _ in range(4)]  # created, ended, kernel, user
        try:
            places = [ctypes.byref(one) for one in times]
            if not kernel.GetProcessTimes(ctypes.c_void_p(handle), *places):
                return None
        finally:
            kernel.CloseHandle(ctypes.c_void_p(handle))
        return (times[2].value + times[3].value) / _WINDOWS_TICKS_PER_S

elif sys.platform == "darwin":

    class _Usage(ctypes.Structure):
        """rusage_info_v0 of <sys/resource.h>; times in ticks of mach_absolute_time."""

        _fields_ = (
            ("uuid", ctypes.c_uint8 * 16),
            ("user_time", ctypes.c_uint64),
            ("system_time", ctypes.c_uint64),
            ("others", ctypes.c_uint64 * 8),
        )

    class _Timebase(ctypes.Structure):
        """Nanoseconds in a tick: `numer` / `denom`."""

        _fields_ = (("numer", ctypes.c_uint32), ("denom", ctypes.c_uint32))

    def _asked(pid: int) -> float | None:
        system = ctypes.CDLL(None)
        usage, base = _Usage(), _Timebase()
        if system.proc_pid_rusage(pid, 0, ctypes.byref(usage)):
            return None
        system.mach_timebase_info(ctypes.byref(base))
        ticks = usage.user_time + usage.system_time
        return float(ticks * base.numer / base.denom / 1e9)

else:

    def _asked(pid: int) -> float | None:
        return None
