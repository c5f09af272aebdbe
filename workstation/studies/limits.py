"""What the decoder process may spend on a file: one place for all formats."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class DecoderLimits:
    """Beyond these the decoder process is ended and started again.

    CPU time and memory are held by the operating system inside the process where it can (POSIX;
    memory on Linux); time on the clock is held from outside everywhere.
    """

    cpu_s: int = 3
    """CPU seconds for one job (an opening, a frame, a page), whole ones."""
    bytes_per_cpu_s: int = 50 * MIB
    """A further CPU second for each so many bytes of the file."""
    clock_factor: float = 4
    """Time on the clock, as a multiple of the CPU time: the machine may be busy."""
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

    def cpu_seconds(self, file_size: int) -> int:
        """CPU seconds for one job on a file of `file_size` bytes."""
        return self.cpu_s + file_size // self.bytes_per_cpu_s

    def clock_seconds(self, file_size: int) -> float:
        """Seconds on the clock for one job on a file of `file_size` bytes."""
        return self.clock_factor * self.cpu_seconds(file_size)

    def job_memory(self, decoded_size: int) -> int:
        """Bytes for one job that unfolds to `decoded_size` bytes."""
        return self.memory + int(self.decoded_factor * decoded_size)
