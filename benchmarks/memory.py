"""Memory of processes, as the system counts it."""

import sys
from pathlib import Path

from workstation.studies.limits import MIB


def memory_mib(process: int, field: str) -> float:
    """Linux's own count (proc(5)): VmRSS now, VmHWM at the most. Raises OSError where it ended."""
    for line in Path(f"/proc/{process}/status").read_text("utf-8").splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1]) / 1024
    raise AssertionError(f"no {field} of process {process}")


def resident_mb(process: int) -> float:
    """What it has now, in MB of 1,000,000 bytes."""
    return memory_mib(process, "VmRSS") * MIB / 1e6


def forget_peak(process: int) -> None:
    """Its VmHWM is counted anew (proc(5), clear_refs)."""
    Path(f"/proc/{process}/clear_refs").write_text("5")


def peak_mib() -> float:
    """Largest memory that this process has held, MiB; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0.0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform == "linux" else peak / MIB
