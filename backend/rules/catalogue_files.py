"""The catalogues' files are read whole or not at all: what a typo would change is refused."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from backend.rules.hanging_faults import hanging_faults
from backend.rules.signing_faults import signing_faults
from backend.rules.template_faults import template_faults
from backend.rules.working_calendar import CalendarPeriod, ProductionCalendar
from backend_client.models.catalogue import Catalogue, Clock, ClockStart, ConsultationLength
from backend_client.models.routes import Route

LONGEST_DAYS, LONGEST_HOURS = 3660, 8784
"""Of a term: ten years, and a year; years of the calendar are numbered up to 9999."""
LONGEST_CONSULTATION = 24 * 60
"""Minutes, of a consultation and of what is added to it at once."""


class BadCatalogue(ValueError):
    """A file says what nobody can go by; the text names the file, the field and the value."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A field, as a path into the version, its value, and what is wrong with it."""

    field: str
    value: object
    reason: str


def read_versions(file: Path, calendars: Collection[str]) -> list[Catalogue]:
    """All versions of one centre's catalogue; `calendars` are those that there are.

    Raises BadCatalogue.
    """
    text = file.read_bytes()
    try:
        versions = msgspec.json.decode(text, type=list[Catalogue])
        written = msgspec.json.decode(text, type=list[object])
    except msgspec.DecodeError as error:
        raise BadCatalogue(f"{file}: {error}") from error
    for version, words in zip(versions, written, strict=True):
        for fault in (
            *_lost(words, msgspec.to_builtins(version), ""),
            *_faults(version, calendars),
        ):
            where = f"{file}: version {version.version!r}: {fault.field}"
            raise BadCatalogue(f"{where} is {fault.value!r}: {fault.reason}")
    return versions


def read_calendars(folder: Path) -> dict[str, ProductionCalendar]:
    """Every `<name>.json` of a folder: a list of periods. Raises BadCatalogue."""
    return {file.stem: _calendar(file) for file in sorted(folder.glob("*.json"))}


def _calendar(file: Path) -> ProductionCalendar:
    try:
        periods = msgspec.json.decode(file.read_bytes(), type=list[CalendarPeriod])
    except msgspec.DecodeError as error:
        raise BadCatalogue(f"{file}: {error}") from error
    return ProductionCalendar.of(periods)


def _lost(written: object, kept: object, path: str) -> Iterator[Fault]:
    """What was written and is not in the catalogue as it was read."""
    match written, kept:
        case dict(), dict():
            for name, value in written.items():
                inner = f"{path}.{name}" if path else str(name)
                if name in kept:
                    yield from _lost(value, kept[name], inner)
                else:
                    yield Fault(inner, value, "there is no such field")
        case list(), list():
            for number, (value, read) in enumerate(zip(written, kept, strict=True)):
                yield from _lost(value, read, f"{path}[{number}]")
        case str(), "unknown":  # what a word becomes that its enum does not have
            yield Fault(path, written, "the program does not know this word")


def _faults(version: Catalogue, calendars: Collection[str]) -> Iterator[Fault]:
    hours = version.working_hours
    if not _is_zone(version.time_zone):
        yield Fault("time_zone", version.time_zone, "there is no such zone")
    if version.working_calendar and version.working_calendar not in calendars:
        known = ", ".join(sorted(calendars)) or "none"
        yield Fault("working_calendar", version.working_calendar, f"the calendars are: {known}")
    if hours is not None and hours.closes <= hours.opens:
        closes, opens = hours.closes.isoformat(), hours.opens.isoformat()
        yield Fault("working_hours.closes", closes, f"not later than it opens, {opens}")
    if version.valid_to is not None and version.valid_to < version.valid_from:
        begins = version.valid_from.isoformat()
        yield Fault("valid_to", version.valid_to.isoformat(), f"before valid_from, {begins}")
    if version.hanging is not None:
        items = [item.code for item in version.documents]
        for field, value, reason in hanging_faults(version.hanging, items):
            yield Fault(f"hanging.{field}", value, reason)
    for field, value, reason in template_faults(version.templates):
        yield Fault(f"templates{field}", value, reason)
    if version.signing is not None:
        for field, value, reason in signing_faults(version.signing):
            yield Fault(f"signing.{field}", value, reason)
    for number, length in enumerate(version.consultations):
        yield from _faults_of_length(length, f"consultations[{number}]")
    starts: dict[Route, ClockStart] = {}
    for number, clock in enumerate(version.clocks):
        yield from _faults_of(clock, f"clocks[{number}]")
        if starts.setdefault(clock.route, clock.counts_from) is not clock.counts_from:
            reason = "clocks of one route count from one moment"
            yield Fault(f"clocks[{number}].counts_from", clock.counts_from.value, reason)


def _faults_of(clock: Clock, path: str) -> Iterator[Fault]:
    if clock.counts_from is ClockStart.READY and not clock.due_days and not clock.due_hours:
        yield Fault(f"{path}.due_days", 0, "the term is over when it begins")
    for name, value, longest in (
        ("soon_after_days", clock.soon_after_days, LONGEST_DAYS),
        ("due_days", clock.due_days, LONGEST_DAYS),
        ("soon_after_hours", clock.soon_after_hours, LONGEST_HOURS),
        ("due_hours", clock.due_hours, LONGEST_HOURS),
    ):
        if value > longest:
            yield Fault(f"{path}.{name}", value, f"more than {longest}")


def _faults_of_length(length: ConsultationLength, path: str) -> Iterator[Fault]:
    if not 0 < length.minutes <= LONGEST_CONSULTATION:
        reason = f"not from 1 to {LONGEST_CONSULTATION}"
        yield Fault(f"{path}.minutes", length.minutes, reason)
    if length.extension_minutes > LONGEST_CONSULTATION:
        reason = f"more than {LONGEST_CONSULTATION}"
        yield Fault(f"{path}.extension_minutes", length.extension_minutes, reason)
    if length.last_after_minutes > length.minutes:
        yield Fault(f"{path}.last_after_minutes", length.last_after_minutes, "behind its end")
    if length.soon_after_minutes > length.last_after_minutes:
        reason = "behind the last warning"
        yield Fault(f"{path}.soon_after_minutes", length.soon_after_minutes, reason)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # ValueError: a path; OSError: a folder
        return False
    return True
