"""What of a form is filled, and why a conclusion cannot be signed now."""

from enum import Enum

from backend_client.models.conclusions import ConclusionForm
from workstation.ui.screens.conclusion.icd_code import is_code


class Section(Enum):
    """Sections of the paper, by their names in the form."""

    COMPLAINTS = "complaints"
    HISTORY = "history"
    FINDINGS = "findings"
    DIAGNOSIS = "diagnosis"
    RECOMMENDATIONS = "recommendations"


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
    NOT_SAVED = "not_saved"
    SAVING = "saving"
    UNPRINTABLE = "unprintable"
    """The pages of the present text cannot be shown."""
    NO_PAGES = "no_pages"
    """They are on their way."""
    NO_CERTIFICATE = "no_certificate"


def unfilled(form: ConclusionForm) -> tuple[Section, ...]:
    """Sections in which something is missing, in the paper's order."""
    diagnosis = form.diagnosis
    there = {
        Section.COMPLAINTS: form.complaints,
        Section.HISTORY: form.history,
        Section.FINDINGS: form.findings,
        Section.DIAGNOSIS: diagnosis.text if diagnosis.icd10 else "",
        Section.RECOMMENDATIONS: form.recommendations,
    }
    return tuple(section for section, text in there.items() if not text.strip())


def says_nothing(form: ConclusionForm) -> bool:
    """Whether nothing stands there that only the doctor could have written."""
    written = (form.history, form.findings, form.recommendations)
    return not any(text.strip() for text in written)


def has_bad_code(form: ConclusionForm) -> bool:
    """Whether the ICD-10 code is not one by its form; none at all is no bad one."""
    code = form.diagnosis.icd10
    return bool(code) and not is_code(code)


def texts(form: ConclusionForm) -> dict[Section, str]:
    """What stands in each section, the code before the words of the diagnosis."""
    diagnosis = f"{form.diagnosis.icd10} {form.diagnosis.text}".strip()
    return {
        Section.COMPLAINTS: form.complaints,
        Section.HISTORY: form.history,
        Section.FINDINGS: form.findings,
        Section.DIAGNOSIS: diagnosis,
        Section.RECOMMENDATIONS: form.recommendations,
    }


def other_texts(mine: ConclusionForm, theirs: ConclusionForm) -> dict[Section, str]:
    """Sections in which the other form says something else, and what it says there."""
    own = texts(mine)
    return {section: text for section, text in texts(theirs).items() if text != own[section]}


def section_of(field: str) -> Section | None:
    """The section of a field that cannot be printed; None where it is not of the form."""
    name = "diagnosis" if field.startswith("diagnos") else field
    return next((section for section in Section if section.value == name), None)
