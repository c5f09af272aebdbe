"""Which template a conclusion is written by, and what of it is missing."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from msgspec.structs import replace

from backend_client.models.catalogue import ConclusionTemplate, SectionName, TemplateSection
from backend_client.models.conclusions import ConclusionForm, Decision, TemplateRef
from backend_client.models.routes import Route

S = SectionName
OWN: Final = ConclusionTemplate(
    code="",
    version="",
    title_ru="общая форма",
    title_en="general form",
    valid_from=date.min,
    sections=[
        TemplateSection(section=S.COMPLAINTS, required=True),
        TemplateSection(section=S.HISTORY, required=True),
        TemplateSection(section=S.FINDINGS, required=True),
        TemplateSection(section=S.DIAGNOSIS, required=True),
        TemplateSection(section=S.RECOMMENDATIONS, required=True),
        TemplateSection(section=S.DECISION),
        TemplateSection(section=S.BASIS),
    ],
)
"""The workstation's own: where the centre has laid down none that fits."""
ORDER: Final[tuple[SectionName, ...]] = tuple(one for one in SectionName if one is not S.UNKNOWN)
"""Of all sections, as they stand on the paper."""
ALWAYS: Final = (S.DIAGNOSIS, S.DECISION, S.BASIS)
"""Sections that every form has, whatever its template says: the law or the outcome needs them."""


def template_for(
    templates: Iterable[ConclusionTemplate], post: str, route: Route, on: date
) -> ConclusionTemplate:
    """The one that fits best on a day: for the doctor's post and the route before one for all."""
    fitting = [one for one in templates if _is_valid(one, on) and _fits(one, post, route)]
    newest = sorted(fitting, key=lambda one: one.valid_from, reverse=True)
    ranked = sorted(newest, key=lambda one: (not one.posts, not one.routes))
    return ranked[0] if ranked else OWN


def template_of(
    templates: Iterable[ConclusionTemplate], ref: TemplateRef | None
) -> ConclusionTemplate | None:
    """The version by which a draft was begun; None where it names none, or one not known here."""
    if ref is None:
        return None
    known = (one for one in templates if (one.code, one.version) == (ref.code, ref.version))
    return next(known, None)


def reference(template: ConclusionTemplate) -> TemplateRef | None:
    """What a draft keeps; None of the workstation's own."""
    return TemplateRef(code=template.code, version=template.version) if template.code else None


def shown_sections(template: ConclusionTemplate, form: ConclusionForm) -> list[SectionName]:
    """Sections of the form in their order: the template's, and those in which something stands."""
    named = [one.section for one in template.sections if one.section is not S.UNKNOWN]
    more = [one for one in ORDER if one not in named and (one in ALWAYS or is_filled(form, one))]
    return sorted([*named, *more], key=lambda one: _place(one, named))


def hidden_sections(template: ConclusionTemplate, form: ConclusionForm) -> list[SectionName]:
    """What the doctor may add to the form, in the paper's order."""
    shown = shown_sections(template, form)
    return [one for one in ORDER if one not in shown]


def lacks_basis(form: ConclusionForm) -> bool:
    """Whether it diagnoses or prescribes, and says not where the patient was seen before.

    Federal law 323-FZ, article 36.2, part 4: treatment may be corrected remotely where the doctor
    has made the diagnosis, and prescribed, in person.
    """
    texts = (form.diagnosis.icd10, form.diagnosis.text, form.recommendations)
    return any(text.strip() for text in texts) and not form.basis.strip()


def missing_sections(template: ConclusionTemplate, form: ConclusionForm) -> list[SectionName]:
    """Required sections in which nothing stands."""
    return [
        one.section
        for one in template.sections
        if one.required and one.section is not S.UNKNOWN and not is_filled(form, one.section)
    ]


def is_filled(form: ConclusionForm, section: SectionName) -> bool:
    """Whether something stands in a section; a diagnosis has a code and words."""
    if section is S.DIAGNOSIS:
        return bool(form.diagnosis.icd10.strip() and form.diagnosis.text.strip())
    if section is S.DECISION:
        return form.decision is not Decision.CONCLUSION or bool(form.decision_note.strip())
    return section is not S.UNKNOWN and bool(str(getattr(form, section.value)).strip())


def phrases_of(template: ConclusionTemplate, section: SectionName) -> Sequence[str]:
    """What the template offers in a section."""
    return [text for one in template.sections if one.section is section for text in one.phrases_ru]


def begun_by(template: ConclusionTemplate, form: ConclusionForm) -> ConclusionForm:
    """A new draft's form with the template's own texts where nothing stands, and its version."""
    texts = {
        one.section.value: one.text_ru
        for one in template.sections
        if one.text_ru and one.section not in (S.UNKNOWN, S.DIAGNOSIS, S.DECISION)
    }
    empty = {name: text for name, text in texts.items() if not getattr(form, name)}
    return replace(form, template=reference(template), **empty)


def _is_valid(template: ConclusionTemplate, on: date) -> bool:
    return template.valid_from <= on and (template.valid_to is None or on <= template.valid_to)


def _fits(template: ConclusionTemplate, post: str, route: Route) -> bool:
    lower = post.casefold()
    for_post = not template.posts or any(word.casefold() in lower for word in template.posts)
    return for_post and (not template.routes or route in template.routes)


def _place(section: SectionName, named: Sequence[SectionName]) -> float:
    """Of a section that the template does not name: behind the one before it on the paper."""
    if section in named:
        return named.index(section)
    own = ORDER.index(section)
    before = [named.index(one) for one in ORDER[:own] if one in named]
    return max(before, default=-1) + own / 100 + 0.01
