"""What an EDF header says beside the signals: whose, when, through which filter."""

import re
from datetime import date, datetime
from typing import Final

from workstation.studies.ecg import RecordedFilter
from workstation.studies.patient_sex import sex_by_word
from workstation.studies.readers.ecg_parts import FoundFacts
from workstation.studies.readers.ecg_values import clock, day_of, number
from workstation.studies.readers.letters import Text, plain, read

_MONTHS: Final = (
    *("JAN", "FEB", "MAR", "APR", "MAY", "JUN"),
    *("JUL", "AUG", "SEP", "OCT", "NOV", "DEC"),
)
_FILTER: Final = re.compile(r"\b(HP|LP|N):\s*([\d.]+)\s*Hz", re.IGNORECASE)
_CENTURY_TURN: Final = 85
"""Two digits from here on are of the 20th century (EDF, header)."""


def ascii_of(raw: bytes) -> str:
    """A field of the header."""
    return raw.decode("latin-1").strip("\0 ")


def say_who(head: bytes, plus: bool, facts: FoundFacts) -> None:
    """Patient and time; in EDF+ fields are parted by blanks, and X is unknown."""
    patient = read(head[8:88])
    fields = patient.words.split(" ")
    if plus and len(fields) >= 4:
        facts.birth_date = _spelt_day(fields[2])
        facts.sex = sex_by_word(fields[1])
        name = "" if fields[3] == "X" else fields[3].replace("_", " ")
        facts.patient_name = Text(plain(name), patient.guessed and not name.isascii())
    elif not plus:
        facts.patient_name = patient
    day = _short_day(ascii_of(head[168:176]))
    stated = read(head[88:168]).words.split(" ")
    if plus and len(stated) > 1 and stated[0] == "Startdate":
        day = _spelt_day(stated[1]) or day
    hour = clock(*ascii_of(head[176:184]).split("."))
    facts.recorded_on = day
    if day is not None and hour is not None:
        facts.recorded_at = datetime.combine(day, hour)


def _spelt_day(words: str) -> date | None:
    """ "02-MAY-1951"."""
    parts = words.upper().split("-")
    if len(parts) != 3 or parts[1] not in _MONTHS:
        return None
    return day_of(parts[2], _MONTHS.index(parts[1]) + 1, parts[0])


def _short_day(words: str) -> date | None:
    """ "02.03.02"."""
    parts = words.split(".")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return None
    year = int(parts[2])
    return day_of(year + (1900 if year >= _CENTURY_TURN else 2000), parts[1], parts[0])


def recorded_filter(stated: set[str]) -> RecordedFilter | None:
    """The filters of the recording, where all signals agree on them."""
    if len(stated) != 1:
        return None
    limits = {kind.upper(): number(value) for kind, value in _FILTER.findall(stated.pop())}
    found = [limits.get(kind) or None for kind in ("HP", "LP", "N")]
    return RecordedFilter(*found) if any(found) else None
