"""What the decoder process may spend on a file: one place for all formats."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class DecoderLimits:
    """Beyond these the decoder process is ended and started again.

    Time is held from outside, by what the operating system says that the process has used
    (`JobWatch`); behind that stands the system's own limit, in whole seconds, within the process
    (POSIX). Memory is held within the process (Linux).
    """

    cpu_s: float = 3
    """CPU seconds for one job (an opening, a frame, a page), over all threads."""
    bytes_per_cpu_s: int = 50 * MIB
    """A further CPU second for each so many bytes of the file, and a part of it for a part."""
    clock_factor: float = 3
    """Time on the clock for a job that uses no CPU, as a multiple of its CPU time.

    A reader waits for nothing: the file lies in memory. What sleeps was put to sleep by the file,
    or by a machine that brings its pages back from the disk.
    """
    busy_factor: float = 20
    """Further seconds on the clock for each CPU second that the job has used.

    A machine that gives the process a twentieth of a core ends no file by the clock that keeps
    within its CPU time; and what works a little and sleeps a lot comes to an end.
    """
    start_s: float = 60
    """Time on the clock for the process to come up."""
    memory: int = 200 * MIB
    """Bytes for one job, beside what the process holds already."""
    decoded_factor: float = 2
    """And so many times the decoded size that passed a plausibility check."""
    file_size: int = 1024 * MIB
    """Bytes of a file that are taken at all."""
    lives: int = 3
    """So many times one file may end the process before it is not tried again."""

    def cpu_seconds(self, file_size: int) -> float:
        """CPU seconds for one job on a file of `file_size` bytes: 25 MiB more give 0.5 s more."""
        return self.cpu_s + file_size / self.bytes_per_cpu_s

    def clock_seconds(self, file_size: int, used_s: float = 0.0) -> float:
        """Seconds on the clock for one job that has used `used_s` CPU seconds until now."""
        return self.clock_factor * self.cpu_seconds(file_size) + self.busy_factor * used_s

    def job_memory(self, decoded_size: int) -> int:
        """Bytes for one job that unfolds to `decoded_size` bytes."""
        return self.memory + int(self.decoded_factor * decoded_size)
