"""Whatever is written into whatever field: the paper stands, or the field is named (issue 8)."""

from dataclasses import fields, replace
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.documents.papers import make_content, make_snapshot
from tests.unit.documents.test_sources_on_paper import a_source
from workstation.core.conclusion import (
    ConclusionAuthor,
    ConclusionContent,
    DiagnosisLine,
    PatientSnapshot,
)
from workstation.documents.conclusion_pdf import render_conclusion
from workstation.documents.errors import DocumentTooLong, UnprintableText
from workstation.documents.pdfa import checked_pdfa

OWN: Final = tuple(one.name for one in fields(ConclusionContent) if one.type in ("str", str))
OF_PATIENT: Final = tuple(one.name for one in fields(PatientSnapshot) if one.type in ("str", str))
FIELDS: Final = (
    *OWN,
    *(f"patient.{name}" for name in OF_PATIENT),
    *("doctor.full_name", "doctor.post", "diagnoses.text", "diagnoses.icd10"),
    *("studies.title", "participants", "unopened", "sources.title", "sources.text"),
)
ODD: Final = (
    "🙂",
    "שלום",
    "\u202e",
    "\x00",
    "\x07",
    "\ud800",
    "心",
    "\u0301",
    "№ 5",
    "Ж",
    " ",
    "\n",
)
TEXTS = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(ODD), max_size=12).map("".join),
    st.sampled_from(("Ж" * 50_000, "слово " * 8_000, "\u202e" * 50_000, "🙂" * 50_000)),
)


def with_text(field: str, text: str) -> ConclusionContent:
    """A conclusion with that text in that field."""
    room, _, name = field.partition(".")
    made = make_content()
    changed: dict[str, Any] = {name: text}
    given_values: dict[str, object] = {
        "patient": lambda: make_snapshot(**changed),
        "doctor": lambda: replace(ConclusionAuthor("Левашова", "врач"), **changed),
        "diagnoses": lambda: (replace(DiagnosisLine("I10", "гипертензия"), **changed),),
        "studies": lambda: (replace(made.studies[0], title=text),),
        "sources": lambda: (a_source(**changed),),
        "participants": lambda: (text,),
        "unopened": lambda: (text,),
    }
    make = given_values.get(room)
    return replace(made, **{room: make() if callable(make) else text})  # type: ignore[arg-type]


def refusal_of(content: ConclusionContent) -> UnprintableText | DocumentTooLong | None:
    """Why there is no paper; None: it stands."""
    try:
        assert render_conclusion(content).startswith(b"%PDF-1.7")
    except (UnprintableText, DocumentTooLong) as refusal:
        return refusal
    return None


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(field=st.sampled_from(FIELDS), text=TEXTS)
def test_the_paper_stands_or_the_field_is_named(field: str, text: str) -> None:
    refusal = refusal_of(with_text(field, text))
    if isinstance(refusal, UnprintableText):
        assert refusal.field == field
        assert text not in str(refusal)
    assert not isinstance(refusal, DocumentTooLong) or len(text) > 5_000


@pytest.mark.parametrize("field", FIELDS)
def test_emoji_in_any_field(field: str) -> None:
    """What a device or a sender named is made legible; what is typed here is to be mended here."""
    content = with_text(field, "🙂 Иванов")
    if field in ("studies.title", "unopened", "sources.title", "sources.text"):
        checked_pdfa(render_conclusion(content))
        return
    with pytest.raises(UnprintableText) as refusal:
        render_conclusion(content)
    assert refusal.value.field == field
