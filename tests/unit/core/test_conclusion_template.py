"""Which form a conclusion is written by, and what of it is missing."""

from datetime import date

from msgspec.structs import replace

from backend_client.models.catalogue import ConclusionTemplate, SectionName, TemplateSection
from backend_client.models.conclusions import ConclusionDiagnosis, ConclusionForm, TemplateRef
from backend_client.models.routes import Route
from tests.factories import make_card, make_patient, make_row
from workstation.core.conclusion_template import (
    OWN,
    begun_by,
    hidden_sections,
    lacks_basis,
    missing_sections,
    phrases_of,
    shown_sections,
    template_for,
    template_of,
)
from workstation.core.phrases import facts_of, filled, open_placeholders

S = SectionName
ON = date(2026, 11, 23)
SECTIONS = [
    TemplateSection(section=S.FINDINGS, required=True, phrases_ru=["ФВ {ФВ} %."]),
    TemplateSection(section=S.COMPLAINTS),
    TemplateSection(section=S.LIMITS, text_ru="Без осмотра."),
]


def a_template(version: str = "1", **changes: object) -> ConclusionTemplate:
    plain = ConclusionTemplate(
        code="any",
        version=version,
        title_ru="форма",
        title_en="form",
        valid_from=date(2021, 1, 1),
        sections=SECTIONS,
    )
    return replace(plain, **changes)


def test_the_template_of_the_post_and_the_route_comes_before_one_for_all() -> None:
    for_all, for_post = a_template(), a_template("2", posts=["кардиохирург"])
    for_route = a_template("3", routes=[Route.DUTY])
    ended = a_template("4", posts=["кардиохирург"], valid_to=date(2026, 11, 22))
    known = [for_all, for_post, for_route, ended]
    assert template_for(known, "Врач-кардиохирург", Route.CENTRE, ON) is for_post
    assert template_for(known, "Кардиолог", Route.CENTRE, ON) is for_all
    assert template_for(known, "Кардиолог", Route.DUTY, ON) is for_route
    assert template_for([ended], "Кардиохирург", Route.CENTRE, ON) is OWN


def test_a_draft_keeps_the_version_by_which_it_was_begun() -> None:
    old, new = a_template("1"), a_template("2", valid_from=date(2026, 1, 1))
    assert template_for([old, new], "", Route.CENTRE, ON) is new
    begun = begun_by(old, ConclusionForm(complaints="Одышка"))
    assert begun.template == TemplateRef(code="any", version="1")
    assert (begun.limits, begun.complaints) == ("Без осмотра.", "Одышка")
    assert template_of([old, new], begun.template) is old
    assert template_of([new], begun.template) is None


def test_the_form_shows_its_sections_what_the_law_needs_and_what_is_written() -> None:
    form = ConclusionForm(answer="Да")
    shown = shown_sections(a_template(), form)
    order = [one for one in shown if one in (S.FINDINGS, S.COMPLAINTS, S.LIMITS)]
    assert order == [S.FINDINGS, S.COMPLAINTS, S.LIMITS], "the template's own order"
    assert {S.DIAGNOSIS, S.DECISION, S.BASIS, S.ANSWER} < set(shown)
    assert S.HISTORY in hidden_sections(a_template(), form)
    assert missing_sections(a_template(), form) == [S.FINDINGS]
    assert list(phrases_of(a_template(), S.FINDINGS)) == ["ФВ {ФВ} %."]


def test_a_basis_is_asked_for_where_it_diagnoses_or_prescribes() -> None:
    """323-FZ, article 36.2."""
    assert not lacks_basis(ConclusionForm(complaints="x"))
    assert lacks_basis(ConclusionForm(recommendations="Бисопролол"))
    assert lacks_basis(ConclusionForm(diagnosis=ConclusionDiagnosis(text="Стеноз")))
    assert not lacks_basis(ConclusionForm(recommendations="x", basis="Осмотрен 12.11.2026"))


def test_placeholders_are_filled_from_the_case_or_stay_seen() -> None:
    card = make_card(make_row(patient=make_patient("Верещагин Павел Никитич")))
    facts = facts_of(card, date(2026, 11, 23))
    text = filled("{ФИО}, {возраст} лет, {дата}. {жаловался|жаловалась} на {что}", facts)
    years = facts.values["возраст"]
    assert text.startswith(f"Верещагин Павел Никитич, {years} лет, 23.11.2026. жаловал")
    assert open_placeholders(text) == ["что"]
