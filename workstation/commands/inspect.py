"""`python -m workstation inspect FILE [--json]`: what the viewer shows of a file, in words."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from workstation.commands.answers import EcgSaid, FileSaid, LeadSaid, PdfSaid
from workstation.commands.described import described
from workstation.commands.disc_said import DiscSaid, disc_lines
from workstation.commands.figure_words import add_item
from workstation.commands.files import FILE_HELP, OneLineParser, ended, opened, said
from workstation.commands.in_words import UNKNOWN, in_words, printable
from workstation.studies.study import PdfStudy

_INDENT: Final = "  "
_MOST_PAGES: Final = 200
_MOST_LETTERS: Final = 500_000


def main(words: list[str]) -> int:
    """Runs the subcommand; the exit code."""
    parser = OneLineParser(prog="workstation inspect", description=__doc__)
    parser.add_argument("file", metavar="FILE", type=Path, help=FILE_HELP)
    add_item(parser)
    parser.add_argument("--json", action="store_true", help="for programs")
    options = parser.parse_args(words)
    return ended(
        lambda: _say(asyncio.run(inspected(options.file, options.item)), as_json=options.json)
    )


async def inspected(path: Path, item: int | None = None) -> FileSaid | DiscSaid:
    """What the file says, or that item of a disc. Raises CommandFailed."""
    async with opened(path, item) as study:
        answer = described(study.info)
        if isinstance(study, PdfStudy) and isinstance(answer, PdfSaid):
            return msgspec.structs.replace(answer, page_texts=await _texts(study))
        return answer


async def _texts(study: PdfStudy) -> tuple[str, ...]:
    """The letters of the pages, of a long document of its beginning."""
    found: list[str] = []
    for page in range(min(study.info.page_count, _MOST_PAGES)):
        found.append((await study.text(page)).text)
        if sum(map(len, found)) > _MOST_LETTERS:
            break
    return tuple(found)


def as_text(answer: FileSaid | DiscSaid) -> str:
    """For people: labels and values, one a line; control characters of a file do no harm."""
    if isinstance(answer, EcgSaid):
        return printable(_ecg_lines(answer))
    if isinstance(answer, PdfSaid):
        return in_words(answer, without=("page_texts",)) + printable(_text_lines(answer))
    if isinstance(answer, DiscSaid):
        return in_words(answer, without=("exams",)) + printable(disc_lines(answer))
    return in_words(answer)


def _text_lines(answer: PdfSaid) -> Iterator[str]:
    for number, text in enumerate(answer.page_texts, start=1):
        yield f"page {number}:" if text.strip() else f"page {number}: no letters, a scan"
        yield from (_INDENT + line for line in text.splitlines() if line.strip())


def _say(answer: FileSaid | DiscSaid, *, as_json: bool) -> None:
    if as_json:
        said(msgspec.json.format(msgspec.json.encode(answer)) + b"\n")
    else:
        said(as_text(answer).encode())


def _ecg_lines(answer: EcgSaid) -> Iterator[str]:
    yield f"Format: {answer.format}"
    yield f"Patient: {answer.patient.name or UNKNOWN}"
    yield f"Born: {answer.patient.birth_date or UNKNOWN}"
    yield f"Recorded: {answer.recorded_at or answer.recorded_on or UNKNOWN}"
    yield f"Device's filter: {_filter(answer)}"
    for number, one in enumerate(answer.recordings, start=1):
        title = " ".join(part for part in (one.name, f"({one.kind})") if part)
        rate = f"{one.sampling_rate_hz:g} Hz, {one.samples} samples, {one.duration_s:g} s"
        yield f"Recording {number}: {title}, {rate}"
        yield from (f"{_INDENT}{_lead(lead)}" for lead in one.leads)
    yield from _listed(
        "Device's measurements",
        [f"{one.name}: {one.value:g} {one.unit}".rstrip() for one in answer.device_measurements],
    )
    yield from _listed("Device's statements", list(answer.statements))
    yield from _listed("Notes in the file", list(answer.notes))
    yield from _listed("Warnings", [f"{one.code}: {one.text}" for one in answer.warnings])


def _filter(answer: EcgSaid) -> str:
    note = answer.recorded_filter
    if note is None:
        return UNKNOWN
    low, high = ("?" if one is None else f"{one:g}" for one in (note.low_hz, note.high_hz))
    mains = f", mains {note.notch_hz:g} Hz" if note.notch_hz else ""
    return f"{low} to {high} Hz{mains}"


def _lead(lead: LeadSaid) -> str:
    values = (lead.first, lead.lowest, lead.highest)
    first, low, high = ("not recorded" if one is None else f"{one:.7g}" for one in values)
    notes = [lead.unit] + ["derived"] * lead.derived
    notes += [f"{len(lead.gaps)} gaps"] * bool(lead.gaps)
    return f"{lead.name:8} first {first}, lowest {low}, highest {high}; {', '.join(notes)}"


def _listed(title: str, lines: list[str]) -> Iterator[str]:
    yield f"{title}:" if lines else f"{title}: none"
    yield from (_INDENT + line for line in lines)
