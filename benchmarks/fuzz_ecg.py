"""20,000 mutated ECG files (seeded): no crash, no hang, no wrong number, no mV without a scale.

All formats, from generated files and, where they are, the real ones beside the checkout. Each file
is opened by the decoder process's own worker within the decoder's limits, in several processes;
one that dies or stands still is a failure of the file that it worked on, and is replaced.
`python -m benchmarks.fuzz_ecg --number N` opens one file again; `--count` and `--first` choose.
"""

import argparse
import sys
import time
from multiprocessing.connection import Connection
from typing import Final

from benchmarks.figures import Figure, never, report, stated
from benchmarks.fuzzing import PROCESSES, Line, run, say
from benchmarks.memory import peak_mib
from tests.unit.studies.ecg_fuzz.at_worker import AtWorker, Verdict, say_nothing
from tests.unit.studies.ecg_fuzz.drawing import case_of, is_long
from workstation.studies.limits import MIB, DecoderLimits

COUNT: Final = 20_000


def work(connection: Connection, first: int, last: int, step: int) -> None:
    """In a process: opens the files of these numbers."""
    say_nothing()
    worker = AtWorker()
    for number in range(first, last, step):
        say(connection, Line(number))
        case = case_of(number)
        found = worker.verdict(case, as_long=is_long(number))
        say(connection, _line(number, case.name, found))


def _line(number: int, name: str, found: Verdict) -> Line:
    return Line(number, name, found.outcome, found.troubles, found.cpu_s, peak_mib())


def _name(number: int) -> str:
    return case_of(number).name


def figures() -> list[Figure]:
    """Of all files."""
    return figures_of(0, COUNT)


def figures_of(first: int, count: int) -> list[Figure]:
    """What must never happen, and what it took."""
    begun = time.perf_counter()
    found = run(work, _name, first, count)
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
