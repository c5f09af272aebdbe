"""20,000 mutated ECG files (seeded): no crash, no hang, no wrong number, no mV without a scale.

All formats, from generated files and, where they are, the real ones beside the checkout. Each file
is opened by the decoder process's own worker within the decoder's limits, in several processes;
one that dies or stands still is a failure of the file that it worked on, and is replaced.
`python -m benchmarks.fuzz_ecg --number N` opens one file again; `--count` and `--first` choose.
"""

import argparse
import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Final

import msgspec

from benchmarks.figures import Figure, never, report, stated
from tests.unit.studies.ecg_fuzz.at_worker import AtWorker, Verdict, say_nothing
from tests.unit.studies.ecg_fuzz.drawing import case_of, is_long
from workstation.studies.limits import MIB, DecoderLimits

COUNT: Final = 20_000
PROCESSES: Final = max(2, min(4, os.cpu_count() or 2))
_PATIENCE_S: Final = 60.0
"""On the clock, for one file: far beyond the CPU time after which the system ends the process."""
_TOLD_AT_MOST: Final = 40


class Line(msgspec.Struct, frozen=True):
    """What a process says of a file: first its number alone, then what came of it."""

    number: int
    name: str = ""
    outcome: str = ""
    troubles: tuple[str, ...] = ()
    cpu_s: float = 0.0
    peak_mib: float = 0.0


@dataclass(slots=True)
class Sum:
    """What came of all files."""

    files: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    crashes: int = 0
    hangs: int = 0
    wrong: int = 0
    slowest_s: float = 0.0
    peak_mib: float = 0.0

    def add(self, line: Line) -> None:
        """One file that came to an end."""
        self.files += 1
        self.outcomes[line.outcome] += 1
        self.slowest_s = max(self.slowest_s, line.cpu_s)
        self.peak_mib = max(self.peak_mib, line.peak_mib)
        died = line.outcome in ("died", "memory")
        self.crashes += died
        self.wrong += bool(line.troubles) and not died
        if line.troubles:
            self.tell(f"{line.number} {line.name}: {'; '.join(line.troubles)}")

    def tell(self, words: str) -> None:
        """On the error output, and not for ever."""
        if self.crashes + self.hangs + self.wrong <= _TOLD_AT_MOST:
            sys.stderr.write(f"{words}\n")


@dataclass(slots=True)
class _Hand:
    """A process and the files that are left to it."""

    process: SpawnProcess
    connection: Connection
    last: int
    works_on: int
    since: float


def work(connection: Connection, first: int, last: int, step: int) -> None:
    """In a process: opens the files of these numbers."""
    say_nothing()
    worker = AtWorker()
    for number in range(first, last, step):
        connection.send_bytes(msgspec.msgpack.encode(Line(number)))
        case = case_of(number)
        found = worker.verdict(case, as_long=is_long(number))
        connection.send_bytes(msgspec.msgpack.encode(_line(number, case.name, found)))


def _line(number: int, name: str, found: Verdict) -> Line:
    return Line(number, name, found.outcome, found.troubles, found.cpu_s, _peak_mib())


def _peak_mib() -> float:
    """Largest memory that the process has held, MiB; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0.0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform == "linux" else peak / MIB


def run(first: int, count: int) -> Sum:
    """All files from `first` on."""
    found = Sum()
    last = first + count
    hands = [_hand(first + n, last) for n in range(min(PROCESSES, count))]
    while hands:
        ready = wait([hand.connection for hand in hands], timeout=1.0)
        for hand in list(hands):
            if hand.connection in ready:
                _hear(hand, found)
            elif time.monotonic() - hand.since > _PATIENCE_S:
                hand.process.kill()
            if not hand.connection.closed:
                continue
            hands.remove(hand)
            hands += _after(hand, found)
    return found


def _hand(first: int, last: int) -> _Hand:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(theirs, first, last, PROCESSES), daemon=True)
    process.start()
    theirs.close()
    return _Hand(process, ours, last, first, time.monotonic())


def _hear(hand: _Hand, found: Sum) -> None:
    try:
        line = msgspec.msgpack.decode(hand.connection.recv_bytes(), type=Line)
    except EOFError:
        hand.connection.close()
        return
    hand.since = time.monotonic()
    if line.outcome:
        found.add(line)
        hand.works_on = line.number + PROCESSES
    else:
        hand.works_on = line.number


def _after(hand: _Hand, found: Sum) -> Iterator[_Hand]:
    """A process has ended: with its work done, or over a file."""
    hand.process.join()
    if hand.works_on >= hand.last:
        return
    was_slow = time.monotonic() - hand.since > _PATIENCE_S or hand.process.exitcode == -24
    found.hangs += was_slow
    found.crashes += not was_slow
    found.files += 1
    name = case_of(hand.works_on).name
    found.tell(f"{hand.works_on} {name}: exit code {hand.process.exitcode}")
    if hand.works_on + PROCESSES < hand.last:
        yield _hand(hand.works_on + PROCESSES, hand.last)


def figures() -> list[Figure]:
    """Of all files."""
    return figures_of(0, COUNT)


def figures_of(first: int, count: int) -> list[Figure]:
    """What must never happen, and what it took."""
    begun = time.perf_counter()
    found = run(first, count)
    took = time.perf_counter() - begun
    shown = found.outcomes["EcgOpened"]
    limits = DecoderLimits()
    return [
        never(f"{found.files} mutated files: crashes", found.crashes),
        never("hangs, or beyond the decoder's CPU time", found.hangs),
        never("wrong numbers, mV without a scale, words not literal", found.wrong),
        never("files that came to no end", count - found.files),
        stated("shown as an ECG", shown, found.files, "files"),
        stated("slowest file, CPU", found.slowest_s, limits.cpu_s, "s"),
        stated("largest process", found.peak_mib, limits.memory / MIB, "MiB"),
        stated("files a second", found.files / took, PROCESSES, "/s"),
    ]


def main(arguments: list[str]) -> int:
    """Prints the figures as JSON lines; with --number what came of that one file."""
    parser = argparse.ArgumentParser(prog="fuzz_ecg", description=__doc__)
    parser.add_argument("--json", action="store_true", help="as the other benchmarks have it")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--number", type=int)
    options = parser.parse_args(arguments)
    if options.number is None:
        return report(figures_of(options.first, options.count))
    case = case_of(options.number)
    found = AtWorker().verdict(case, as_long=is_long(options.number))
    print(f"{case.name} ({len(case.data)} bytes): {found}")
    return 1 if found.troubles else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
