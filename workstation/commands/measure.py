"""`python -m workstation measure FILE ... [--json]`: values of an ECG, or figures on a picture."""

import argparse
import asyncio
from math import isfinite
from pathlib import Path
from typing import Final

import msgspec

from workstation.commands.answers import Said
from workstation.commands.beat_values import BeatSaid, beat_of
from workstation.commands.described import number_of, unit_of
from workstation.commands.figure_lines import figure_lines
from workstation.commands.figure_words import add_figures, add_item
from workstation.commands.figures import FiguresSaid, figures_of
from workstation.commands.files import (
    FILE_HELP,
    UNREADABLE,
    WRONG_USE,
    CommandFailed,
    OneLineParser,
    disc_of_many,
    ended,
    opened,
    said,
)
from workstation.commands.in_words import in_words
from workstation.commands.places import Wished
from workstation.studies.ecg import EcgLead, EcgRecord
from workstation.studies.long_ecg import LongEcg
from workstation.studies.measure.ecg.beat_study import PART_S
from workstation.studies.measure.ecg.calipers import (
    IntervalKind,
    TimeCaliper,
    amplitude,
    snapped,
)
from workstation.studies.measure.ecg.filters import TraceFilter, all_filtered, filter_of
from workstation.studies.study import DiscStudy

_MOST_APART_S: Final = 600.0
"""In a recording of hours: a caliper within it needs the samples between its ends."""


class CaliperSaid(Said, frozen=True, kw_only=True):
    """Between two samples: both ends are the samples nearest to the seconds that were given."""

    kind: str
    lead: str | None
    from_s: float
    to_s: float
    from_sample: int
    to_sample: int
    cycles: int
    interval_ms: float
    """Of one cycle."""
    per_minute: float | None
    """Of rr and pp."""
    resolution_ms: float
    amplitude: float | None
    """From the level of the first sample to that of the second; null without a lead, and where
    one of them was not recorded."""
    amplitude_unit: str | None
    """"mV", or "uncalibrated"."""


class MeasureSaid(Said, frozen=True, kw_only=True):
    """The answer of `measure --json`."""

    recording: str
    sampling_rate_hz: float
    filter: str
    caliper: CaliperSaid | None
    beat: BeatSaid | None


def main(words: list[str]) -> int:
    """Runs the subcommand; the exit code."""
    options = options_of(words)
    return ended(lambda: _say(asyncio.run(measured(options)), as_json=options.json))


async def measured(options: argparse.Namespace) -> MeasureSaid | FiguresSaid:
    """What was asked for. Raises CommandFailed."""
    async with opened(options.file, options.item) as study:
        if isinstance(study, DiscStudy):
            raise disc_of_many(study)
        if options.figures:
            return await figures_of(study, options)
        if not isinstance(study.info, EcgRecord | LongEcg):
            raise CommandFailed(UNREADABLE, f"{options.file.name}: not an ECG, {study.kind.value}")
        return await asyncio.to_thread(answer_of, study.info, options)


def options_of(words: list[str]) -> argparse.Namespace:
    """The command line; leaves with code 2 and one line where it makes no sense."""
    parser = OneLineParser(prog="workstation measure", description=__doc__)
    parser.add_argument("file", metavar="FILE", type=Path, help=FILE_HELP)
    add_item(parser)
    parser.add_argument("--json", action="store_true", help="for programs")
    ecg = parser.add_argument_group("an ECG")
    ecg.add_argument("--from", dest="start", type=second, metavar="SECOND")
    ecg.add_argument("--to", dest="stop", type=second, metavar="SECOND")
    ecg.add_argument("--lead", metavar="NAME", help="for the amplitude between both ends")
    ecg.add_argument(
        "--kind", choices=[kind.value for kind in IntervalKind], default=IntervalKind.OTHER.value
    )
    ecg.add_argument("--cycles", type=_cycles, default=1, help="intervals between both ends")
    ecg.add_argument("--beat", action="store_true", help="the median beat, proposed bounds")
    ecg.add_argument("--filter", type=chosen_filter, default=TraceFilter(), metavar="CODE")
    ecg.add_argument("--recording", type=int, default=1, metavar="N", help="as inspect counts")
    add_figures(parser)
    options = parser.parse_args(words)
    if problem := _problem_with(options):
        parser.error(problem)
    return options


def chosen_filter(code: str) -> TraceFilter:
    """The filter of that code, such as "none" or "0.05-40+50hz+baseline"."""
    found = filter_of(code)
    if found is None:
        raise argparse.ArgumentTypeError(
            f"{code}: none, or one or more of 0.05-150 (or 0.05-40), 50hz (or 60hz), baseline, "
            "joined by +"
        )
    return found


def second(words: str) -> float:
    """A second from the recording's beginning."""
    try:
        found = float(words)
    except ValueError:
        found = -1.0
    if not (isfinite(found) and found >= 0):
        raise argparse.ArgumentTypeError(f"{words}: a second from the recording's beginning")
    return found


def _cycles(words: str) -> int:
    if not words.isdecimal() or not 1 <= int(words) <= 1000:
        raise argparse.ArgumentTypeError(f"{words}: a whole number, 1 or more")
    return int(words)


def _problem_with(options: argparse.Namespace) -> str | None:
    if (options.start is None) != (options.stop is None):
        return "--from and --to belong together"
    asked_of_ecg = options.start is not None or options.beat
    if options.figures and asked_of_ecg:
        return "figures are for pictures, --from and --beat for ECGs: give one of both"
    if not options.figures and not asked_of_ecg:
        return "nothing to measure: give --from and --to, or --beat; of a picture --line and others"
    if not options.figures and Wished.of(options) != Wished():
        return "--frame, --page and --series are for figures on a picture"
    if not options.figures and options.calibrate is not None:
        return "--calibrate is for figures on a picture"
    return None


def recording_of(record: EcgRecord, number: int) -> EcgRecord:
    """The file turned to its recording of that number. Raises CommandFailed."""
    if not 1 <= number <= 1 + len(record.others):
        raise CommandFailed(WRONG_USE, f"--recording {number}: there are {1 + len(record.others)}")
    return record if number == 1 else record.turned_to(number - 2)


def answer_of(file: EcgRecord | LongEcg, options: argparse.Namespace) -> MeasureSaid:
    """What was asked for of an open file. Raises CommandFailed."""
    if isinstance(file, LongEcg):
        return _long_answer(file, options)
    record = recording_of(file, options.recording)
    chosen: TraceFilter = options.filter
    return MeasureSaid(
        recording=record.name,
        sampling_rate_hz=record.sampling_rate_hz,
        filter=chosen.code,
        caliper=None if options.start is None else _caliper(record, chosen, options),
        beat=beat_of(record, chosen) if options.beat else None,
    )


def _long_answer(file: LongEcg, options: argparse.Namespace) -> MeasureSaid:
    """Of a recording of hours: the beat of its beginning, calipers in the part that they need."""
    recording_of(file.facts, options.recording)
    chosen: TraceFilter = options.filter
    return MeasureSaid(
        recording=file.facts.name,
        sampling_rate_hz=file.sampling_rate_hz,
        filter=chosen.code,
        caliper=None if options.start is None else _long_caliper(file, chosen, options),
        beat=beat_of(file.part(0.0, PART_S).record, chosen) if options.beat else None,
    )


def _long_caliper(file: LongEcg, chosen: TraceFilter, options: argparse.Namespace) -> CaliperSaid:
    first, last = sorted((options.start, options.stop))
    if last > file.duration_s:
        raise CommandFailed(WRONG_USE, f"{last:g} s: the recording has {file.duration_s:g} s")
    if last - first > _MOST_APART_S:
        raise CommandFailed(WRONG_USE, f"no caliper is wider than {_MOST_APART_S:g} s")
    around = chosen.reach_s + 1
    part = file.part(max(0.0, first - around), last + around)
    begins = round(part.starts_s * file.sampling_rate_hz)
    return _caliper(part.record, chosen, options, begins)


def _caliper(
    record: EcgRecord, chosen: TraceFilter, options: argparse.Namespace, begins: int = 0
) -> CaliperSaid:
    """`begins`: the sample of the whole recording with which the record begins."""
    lead = None if options.lead is None else _lead(record, options.lead)
    rate = record.sampling_rate_hz
    here, there = (_sample(record, second, begins) for second in (options.start, options.stop))
    caliper = TimeCaliper(here, there, rate, IntervalKind(options.kind), options.cycles)
    level = None
    if lead is not None:
        (shown,) = all_filtered([lead], rate, chosen)
        level = amplitude(shown, here, there)
    return CaliperSaid(
        kind=options.kind,
        lead=None if lead is None else lead.name,
        from_s=(begins + here) / rate,
        to_s=(begins + there) / rate,
        from_sample=begins + here,
        to_sample=begins + there,
        cycles=caliper.cycles,
        interval_ms=caliper.interval_ms,
        per_minute=caliper.per_minute,
        resolution_ms=caliper.resolution_ms,
        amplitude=None if level is None else number_of(level.value),
        amplitude_unit=None if lead is None else unit_of(lead),
    )


def _lead(record: EcgRecord, name: str) -> EcgLead:
    lead = record.lead(name)
    if lead is None:
        names = ", ".join(one.name for one in record.leads)
        raise CommandFailed(WRONG_USE, f"--lead {name}: the recording has {names}")
    return lead


def _sample(record: EcgRecord, second: float, begins: int) -> int:
    """Never beyond the end: the last sample would be a plausible and wrong answer."""
    rate = record.sampling_rate_hz
    within = second - begins / rate
    found = snapped(within, rate, record.sample_count)
    if found is None or within > record.duration_s:
        raise CommandFailed(WRONG_USE, f"{second:g} s: the recording has {record.duration_s:g} s")
    return found


def _say(answer: MeasureSaid | FiguresSaid, *, as_json: bool) -> None:
    if as_json:
        said(msgspec.json.format(msgspec.json.encode(answer)) + b"\n")
    elif isinstance(answer, FiguresSaid):
        said(figure_lines(answer).encode())
    else:
        said(in_words(answer).encode())
