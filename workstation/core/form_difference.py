"""What one edition of a conclusion says otherwise than the one before."""

from dataclasses import dataclass
from typing import Final

from backend_client.models.conclusions import ConclusionForm

SECTIONS: Final = (
    *("question", "complaints", "history", "findings", "diagnosis", "answer"),
    *("recommendations", "further_tests", "decision", "follow_up", "urgent", "basis", "limits"),
)
"""Of the form, in the order of the paper."""


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section that says something else now; "" where nothing stood or stands."""

    section: str
    before: str
    after: str


def changes(before: ConclusionForm, after: ConclusionForm) -> tuple[SectionChange, ...]:
    """Section by section, in the order of the paper; equal ones are left out."""
    old, new = _texts(before), _texts(after)
    return tuple(
        SectionChange(name, old[name], new[name]) for name in SECTIONS if old[name] != new[name]
    )


def _texts(form: ConclusionForm) -> dict[str, str]:
    diagnoses = [form.diagnosis, *form.further]
    said = "\n".join(f"{one.icd10} {one.text}".strip() for one in diagnoses)
    decision = ": ".join(part for part in (form.decision.value, form.decision_note) if part)
    plain = {
        name: getattr(form, name).strip()
        for name in SECTIONS
        if name not in ("diagnosis", "decision")
    }
    return {**plain, "diagnosis": said.strip(), "decision": decision}
