"""Phrases with placeholders: what is put in their place from the case that is written about."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from backend_client.models.requests import RequestCard, Sex

_PLACEHOLDER: Final = re.compile(r"\{([^{}\n]{1,60})\}")
_SEXES: Final = {Sex.MALE: "мужской", Sex.FEMALE: "женский"}


@dataclass(frozen=True, slots=True)
class PhraseFacts:
    """What placeholders may name. `values`: by the placeholder's words, in small letters."""

    values: Mapping[str, str]
    is_female: bool | None
    """None: not known; «{жаловался|жаловалась}» then stays as it is."""


def facts_of(card: RequestCard, today: date) -> PhraseFacts:
    """Of a case on a day."""
    row = card.row
    patient, acting = row.patient, card.representative
    values = {
        "фио": patient.full_name,
        "возраст": str(age_on(patient.birth_date, today)),
        "пол": _SEXES.get(patient.sex, ""),
        "дата рождения": _day(patient.birth_date),
        "дата": _day(today),
        "диагноз": row.diagnosis.text,
        "код": row.diagnosis.icd10 or "",
        "номер": row.number,
        "представитель": "" if acting is None else acting.full_name,
        "направил": card.requesting_doctor,
    }
    sex = {Sex.MALE: False, Sex.FEMALE: True}.get(patient.sex)
    return PhraseFacts({name: value for name, value in values.items() if value}, sex)


def filled(text: str, facts: PhraseFacts) -> str:
    """The phrase with its placeholders filled in; what the case does not say stays in its braces,
    so that it is seen. «{обратился|обратилась}» goes by the patient's sex."""
    return _PLACEHOLDER.sub(lambda match: _value(match, facts), text)


def open_placeholders(text: str) -> list[str]:
    """Placeholders that still stand in a text."""
    return [match[1] for match in _PLACEHOLDER.finditer(text)]


def age_on(born: date, today: date) -> int:
    """Whole years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _value(match: re.Match[str], facts: PhraseFacts) -> str:
    forms = match[1].split("|")
    if len(forms) == 2:
        return match[0] if facts.is_female is None else forms[facts.is_female]
    return facts.values.get(match[1].strip().lower(), match[0])


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
