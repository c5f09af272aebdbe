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


def shared_fairly_mb(process: int) -> float:
    """What it has for itself and its part of what it shares (PSS, proc(5)); 0 where it ended."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text("utf-8")
    except OSError:
        return 0.0
    kib = next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
    return kib * 1024 / 1e6


def with_children(process: int, *, without: str = "", only: str = "") -> list[int]:
    """The process and those below it; `without` leaves programs of that name out with all they
    have started, `only` keeps nothing else."""
    parents, names = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, _, rest = stat.read_text("utf-8").partition(" (")
        except OSError:  # it has ended meanwhile
            continue
        name, _, state = rest.rpartition(") ")
        parents[int(number)], names[int(number)] = int(state.split()[1]), name
    found: list[int] = []

    def below(one: int, is_in: bool) -> None:
        if without and names[one].startswith(without):
            return
        is_in = is_in or names[one].startswith(only)
        if is_in:
            found.append(one)
        for child, parent in parents.items():
            if parent == one:
                below(child, is_in)

    below(process, not only)
    return found


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
