"""20,000 mutated files of the imaging desk (seeded): no crash of the window, no hang, no length
without a scale.

Every reader: ultrasound, CT, MR, XA, secondary capture in all packings, reports, documents,
photos, videos, discs; from generated files and, where they are, the real ones beside the checkout.
Each file goes through the window's own door (`Decoder`) into a decoder process, and all that a
doctor could see of it is asked for: frames, slices and their greys, pages, letters, figures. A
decoder process that ends is no crash of the window; it is told with its reason.
`python -m benchmarks.fuzz_imaging --number N` opens one file again; `--count` and `--first` choose.
"""

import argparse
import asyncio
import sys
import time
from multiprocessing.connection import Connection
from typing import Final

from benchmarks.figures import Figure, never, report, stated
from benchmarks.fuzzing import PROCESSES, Line, Sum, run, say
from benchmarks.memory import peak_mib
from tests.unit.studies.ecg_fuzz.at_worker import say_nothing
from tests.unit.studies.imaging_fuzz.cases import Case
from tests.unit.studies.imaging_fuzz.drawing import case_of
from tests.unit.studies.imaging_fuzz.looking import Looker, Seen
from tests.unit.studies.imaging_fuzz.specimens import generated
from workstation.studies.decoder import Decoder
from workstation.studies.limits import DecoderLimits

COUNT: Final = 20_000
_SHOWN: Final = ("clip", "stack", "picture", "pdf", "report", "disc", "ecg")


def work(connection: Connection, first: int, last: int, step: int) -> None:
    """In a process: opens the files of these numbers."""
    say_nothing()
    asyncio.run(_work(connection, range(first, last, step)))


async def _work(connection: Connection, numbers: range) -> None:
    decoder = Decoder()
    looker = Looker(decoder)
    try:
        for specimen in generated():  # readers are imported by the first file that needs them
            await looker.look(Case(specimen.name, specimen.data))
        for number in numbers:
            say(connection, Line(number))
            say(connection, await _line(looker, number))
    finally:
        await decoder.close()


async def _line(looker: Looker, number: int) -> Line:
    case = case_of(number)
    try:
        seen = await looker.look(case)
    except Exception as error:  # noqa: BLE001  # the window would have raised it
        seen = Seen("died", [f"raised in the window: {type(error).__name__}"])
    return Line(
        number,
        case.name,
        seen.outcome,
        tuple(seen.troubles),
        seen.cpu_s,
        peak_mib(),
        tuple(seen.stops),
    )


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
    shown = sum(found.outcomes[kind] for kind in _SHOWN)
    ended = ", ".join(f"{count} by {reason}" for reason, count in sorted(found.stops.items()))
    return [
        never(f"{found.files} mutated files: crashes of the window", found.crashes),
        never("hangs", found.hangs),
        never("wrong: no number, 0 mm, mm without a scale, a bomb that is shown", found.wrong),
        never("files that came to no end", count - found.files),
        stated(f"decoder processes ended ({ended or 'none'})", found.stops.total(), count, "times"),
        stated("shown as a whole", shown, found.files, "files"),
        stated(
            f"slowest file, CPU of the decoder ({found.slowest})",
            found.slowest_s,
            DecoderLimits().cpu_s,
            "s",
        ),
        stated("largest window process", found.peak_mib, 0.0, "MiB"),
        stated("files a second", found.files / took, PROCESSES, "/s"),
        *_outcomes(found),
    ]


def _outcomes(found: Sum) -> list[Figure]:
    """What came of the files, the most frequent first."""
    told = found.outcomes.most_common(12)
    return [stated(f"outcome: {outcome}", count, found.files, "files") for outcome, count in told]


def main(arguments: list[str]) -> int:
    """Prints the figures as JSON lines; with --number what came of that one file."""
    parser = argparse.ArgumentParser(prog="fuzz_imaging", description=__doc__)
    parser.add_argument("--json", action="store_true", help="as the other benchmarks have it")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--number", type=int)
    options = parser.parse_args(arguments)
    if options.number is None:
        return report(figures_of(options.first, options.count))
    return asyncio.run(_one(options.number))


async def _one(number: int) -> int:
    case = case_of(number)
    decoder = Decoder()
    try:
        seen = await Looker(decoder).look(case)
    finally:
        await decoder.close()
    print(f"{case.name} ({len(case.data)} bytes): {seen}")
    return 1 if seen.troubles else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
