"""Thousands of mutated files in several processes: who dies or stands still is replaced, and the
file that it worked on is told. What is common to `fuzz_ecg` and `fuzz_imaging`.
"""

import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Final

import msgspec

PROCESSES: Final = max(2, min(4, os.cpu_count() or 2))
_PATIENCE_S: Final = 300.0
"""On the clock, for one file, and for a process to come up: far beyond the CPU time after which
the system ends the process, also on a machine that gives it a twentieth of a core."""
_TOLD_AT_MOST: Final = 60

Work = Callable[[Connection, int, int, int], None]
"""In a process: opens the files first, first + step, ... below last; a `Line` before each with its
number alone and one after it. Importable by name."""


class Line(msgspec.Struct, frozen=True):
    """What a process says of a file: first its number alone, then what came of it."""

    number: int
    name: str = ""
    outcome: str = ""
    troubles: tuple[str, ...] = ()
    cpu_s: float = 0.0
    peak_mib: float = 0.0
    stops: tuple[str, ...] = ()
    """Why a decoder process ended over it, each time."""


@dataclass(slots=True)
class Sum:
    """What came of all files."""

    files: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    crashes: int = 0
    hangs: int = 0
    wrong: int = 0
    stops: Counter[str] = field(default_factory=Counter)
    slowest_s: float = 0.0
    slowest: str = ""
    peak_mib: float = 0.0
    _told: int = 0

    def add(self, line: Line) -> None:
        """One file that came to an end."""
        self.files += 1
        self.outcomes[line.outcome] += 1
        if line.cpu_s > self.slowest_s:
            self.slowest_s, self.slowest = line.cpu_s, f"{line.number} {line.name}"
        self.peak_mib = max(self.peak_mib, line.peak_mib)
        self.stops.update(line.stops)
        died = line.outcome in ("died", "memory")
        self.crashes += died
        self.wrong += bool(line.troubles) and not died
        if line.troubles or line.stops:
            self.tell(f"{line.number} {line.name}: {'; '.join((*line.troubles, *line.stops))}")

    def tell(self, words: str) -> None:
        """On the error output, and not for ever."""
        self._told += 1
        if self._told <= _TOLD_AT_MOST:
            sys.stderr.write(f"{words}\n")


@dataclass(slots=True)
class _Hand:
    """A process and the files that are left to it."""

    process: SpawnProcess
    connection: Connection
    last: int
    works_on: int
    since: float


def say(connection: Connection, line: Line) -> None:
    """For `Work`."""
    connection.send_bytes(msgspec.msgpack.encode(line))


def run(work: Work, name_of: Callable[[int], str], first: int, count: int) -> Sum:
    """All files from `first` on."""
    found = Sum()
    last = first + count
    hands = [_hand(work, first + n, last) for n in range(min(PROCESSES, count))]
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
            hands += _after(hand, found, work, name_of)
    return found


def _hand(work: Work, first: int, last: int) -> _Hand:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(theirs, first, last, PROCESSES))
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


def _after(hand: _Hand, found: Sum, work: Work, name_of: Callable[[int], str]) -> Iterator[_Hand]:
    """A process has ended: with its work done, or over a file."""
    hand.process.join()
    if hand.works_on >= hand.last:
        return
    was_slow = time.monotonic() - hand.since > _PATIENCE_S or hand.process.exitcode == -24
    found.hangs += was_slow
    found.crashes += not was_slow
    found.files += 1
    found.tell(f"{hand.works_on} {name_of(hand.works_on)}: exit code {hand.process.exitcode}")
    if hand.works_on + PROCESSES < hand.last:
        yield _hand(work, hand.works_on + PROCESSES, hand.last)
