"""What of a form is filled, and why a conclusion cannot be signed now."""

from enum import Enum
from typing import Final

from backend_client.models.catalogue import ConclusionTemplate, SectionName
from backend_client.models.conclusions import ConclusionForm
from workstation.core.conclusion_template import (
    ORDER,
    OWN,
    lacks_basis,
    missing_sections,
    shown_sections,
)
from workstation.core.phrases import open_placeholders
from workstation.ui.screens.conclusion.icd_code import is_code

Section = SectionName
"""Sections of the paper, by their names in the form."""
TEXTS: Final[tuple[Section, ...]] = tuple(
    one for one in ORDER if one not in (Section.DIAGNOSIS, Section.DECISION)
)
"""Sections that are nothing but text."""


class Obstacle(Enum):
    """What stands before a signature, the first first."""

    NOT_READ = "not_read"
    BUSY = "busy"
    NOT_WRITTEN = "not_written"
    """Read only: another's, or another state."""
    TOO_EARLY = "too_early"
    """The server does not allow it yet: before the call, or while it runs."""
    NOT_IDENTIFIED = "not_identified"
    """Nobody has confirmed who the patient is (DRC-16)."""
    NOT_ALLOWED = "not_allowed"
    STALE = "stale"
    CUT_OFF = "cut_off"
    """The server cannot be asked now: what it has is not known, and no pages can be made."""
    NOTHING_FILLED = "nothing_filled"
    BAD_CODE = "bad_code"
    UNOPENED = "unopened"
    """Files were not looked at, and nobody has said why."""
    NO_BASIS = "no_basis"
    """It diagnoses or prescribes, and names no earlier diagnosis (323-FZ, article 36.2)."""
    NOT_SAVED = "not_saved"
    SAVING = "saving"
    UNPRINTABLE = "unprintable"
    """The pages of the present text cannot be shown."""
    NO_PAGES = "no_pages"
    """They are on their way."""
    NO_CERTIFICATE = "no_certificate"


def unfilled(form: ConclusionForm, template: ConclusionTemplate = OWN) -> tuple[Section, ...]:
    """Sections in which something is missing, in the form's order: what the template asks for, the
    basis where the law asks for it, and what a phrase has left open."""
    missing = set(missing_sections(template, form))
    missing.update(one for one in TEXTS if open_placeholders(str(getattr(form, one.value))))
    if lacks_basis(form):
        missing.add(Section.BASIS)
    return tuple(one for one in shown_sections(template, form) if one in missing)


def says_nothing(form: ConclusionForm) -> bool:
    """Whether nothing stands there that only the doctor could have written."""
    written = (form.history, form.findings, form.recommendations, form.answer)
    return not any(text.strip() for text in written)


def has_bad_code(form: ConclusionForm) -> bool:
    """Whether an ICD-10 code is not one by its form; none at all is no bad one."""
    codes = (form.diagnosis.icd10, *(one.icd10 for one in form.further))
    return any(code and not is_code(code) for code in codes)


def texts(form: ConclusionForm) -> dict[Section, str]:
    """What stands in each section, the code before the words of the diagnosis."""
    lines = [form.diagnosis, *form.further]
    said = {
        Section.DIAGNOSIS: "; ".join(f"{one.icd10} {one.text}".strip() for one in lines),
        Section.DECISION: f"{form.decision.value} {form.decision_note}".strip(),
    }
    return {one: said[one] if one in said else str(getattr(form, one.value)) for one in ORDER}


def other_texts(mine: ConclusionForm, theirs: ConclusionForm) -> dict[Section, str]:
    """Sections in which the other form says something else, and what it says there."""
    own = texts(mine)
    return {section: text for section, text in texts(theirs).items() if text != own[section]}


def section_of(field: str) -> Section | None:
    """The section of a field that cannot be printed; None where it is not of the form."""
    name = "diagnosis" if field.startswith("diagnos") else field
    return next((section for section in ORDER if section.value == name), None)
