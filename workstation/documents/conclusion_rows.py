"""The consultative conclusion as rows: what stands in it and in which order."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Final, TypeVar

from workstation.core.conclusion import (
    CitedSource,
    ConclusionContent,
    DiagnosisLine,
    KeyPicture,
    KeyStrip,
    ReviewedStudy,
)
from workstation.documents import wording
from workstation.documents.figures import figure_rows
from workstation.documents.place_words import place_words
from workstation.documents.rows import (
    HASH,
    INSET,
    SMALL,
    STRONG,
    TEXT,
    TINY,
    WIDTH,
    Row,
    Run,
    columns,
    gap,
    heading,
    labelled,
    on_tint,
    section,
)
from workstation.documents.typeface import BOLD, Face, legible, lines_of, printable, shortened

_TITLE: Final = Face(BOLD, 16)
_NUMBER_WIDTH: Final = 140.0
_DATE: Final = 0.0
_STUDY: Final = 66.0
_KIND: Final = 0.0
_CODE: Final = 92.0
_WORDS: Final = 138.0
_SOURCE: Final = 26.0
_SOURCE_LEAD: Final = 11.6
_OF_DEVICES: Final = frozenset({"unopened"})
"""Names that the doctor cannot correct: made legible where they are printed."""
_Content = TypeVar("_Content")


def checked(content: _Content, path: str = "") -> _Content:
    """The content with every text as it will be printed. Raises UnprintableText with its field."""
    changes = {}
    for field in fields(content):  # type: ignore[arg-type]  # any of the content's dataclasses
        name = f"{path}{field.name}"
        changes[field.name] = _checked_value(name, getattr(content, field.name))
    return replace(content, **changes)  # type: ignore[type-var]  # a dataclass, as above


def _checked_value(name: str, value: object) -> object:
    if isinstance(value, str):
        return printable(name, value)
    if isinstance(value, CitedSource | KeyPicture | KeyStrip):
        return value
    if isinstance(value, ReviewedStudy):  # named by who has sent it; its hash says which it is
        return replace(value, title=legible(value.title), kind=legible(value.kind))
    if name in _OF_DEVICES:
        return value
    if isinstance(value, tuple):
        return tuple(_checked_value(name, item) for item in value)
    if is_dataclass(value):
        return checked(value, f"{name}.")
    return value


def conclusion_rows(content: ConclusionContent) -> list[Row]:
    """All rows from the centre's name to the outcome; `content` has been checked."""
    return [
        *_head(content),
        *on_tint(_particulars(content)),
        *_optional(_whose_question(content), content.question),
        *section(wording.COMPLAINTS, content.complaints or wording.NOT_GIVEN),
        *section(wording.HISTORY, content.history or wording.NOT_GIVEN),
        *_studies(content),
        *_unopened(content),
        *section(wording.FINDINGS, content.findings or wording.NOT_GIVEN),
        *_sources(content.sources),
        *figure_rows(content.key_images),
        *_diagnoses(content),
        *_optional(wording.ANSWER, content.answer),
        *section(wording.RECOMMENDATIONS, content.recommendations or wording.NOT_GIVEN),
        *_optional(wording.FURTHER_TESTS, content.further_tests),
        *_optional(wording.DECISION, content.decision),
        *_optional(wording.FOLLOW_UP, content.follow_up),
        *_urgent(content.urgent),
        *_optional(wording.BASIS, content.basis),
        *_optional(wording.LIMITS, content.limits),
        *_template(content.template),
    ]


def _whose_question(content: ConclusionContent) -> str:
    """Of who has sent the patient, who is named above; else the patient's own."""
    return wording.QUESTION if content.asked_by else wording.PATIENTS_QUESTION


def _optional(title: str, text: str) -> Iterator[Row]:
    """A section that is left out where nothing was written."""
    if text.strip():
        yield from section(title, text)


def _urgent(text: str) -> Iterator[Row]:
    """On a ground of its own, so that it is not overlooked; its words are too long for a label."""
    if text.strip():
        yield gap(8)
        head = Row((Run(INSET, SMALL, wording.URGENT, is_muted=True),), keeps_next=True)
        lines = lines_of(text.strip(), STRONG, WIDTH - 2 * INSET)
        yield from on_tint([head, *(Row((Run(INSET, STRONG, line),)) for line in lines)])


def _template(template: str) -> Iterator[Row]:
    if template:
        yield gap(4)
        for line in lines_of(f"{wording.TEMPLATE}: {template}", TINY, WIDTH):
            yield Row((Run(0, TINY, line, is_muted=True),), 9.5)


def _head(content: ConclusionContent) -> Iterator[Row]:
    number = shortened(f"{wording.NUMBER} {content.number}", STRONG, _NUMBER_WIDTH)
    right: tuple[Run, ...] = (Run(WIDTH - STRONG.width(number), STRONG, number),)
    for line in lines_of(content.centre_name, STRONG, WIDTH - _NUMBER_WIDTH - 20):
        yield Row((Run(0, STRONG, line), *right))
        right = ()
    yield Row((Run(0, _TITLE, wording.TITLE),), 31, keeps_next=True)
    if content.replaces:
        for line in lines_of(f"{wording.REPLACES} {content.replaces}", STRONG, WIDTH):
            yield Row((Run(0, STRONG, line),), keeps_next=True)
    yield gap(9)


def _particulars(content: ConclusionContent) -> Iterator[Row]:
    patient, on = content.patient, content.held_from.astimezone(content.zone).date()
    born = f"{wording.day(patient.birth_date)} ({wording.age(patient.birth_date, on)})"
    yield from labelled(wording.PATIENT, patient.full_name, STRONG)
    yield from labelled(wording.BORN, f"{born}, {wording.SEX} {wording.SEXES[patient.sex]}")
    if patient.representative:
        relation = f" ({patient.relation})" if patient.relation else ""
        yield from labelled(wording.REPRESENTATIVE, patient.representative + relation)
    optional = (
        (wording.PLACE, patient.place),
        (wording.RECORD, patient.record_number),
        (wording.CONSULTATION, _consultation(content)),
        (wording.PARTICIPANTS, "\n".join(content.participants)),
        (wording.ASKED_BY, content.asked_by),
    )
    for label, value in optional:
        if value:
            yield from labelled(label, value)


def _consultation(content: ConclusionContent) -> str:
    when = wording.span(content.held_from, content.held_to, content.zone, content.zone_name)
    return f"{when}\n{wording.FORMS[content.form]}; {wording.ROUTES[content.route]}"


def _studies(content: ConclusionContent) -> Iterator[Row]:
    if not content.studies:
        said = wording.NONE_STUDIED if content.unopened else wording.NO_STUDIES
        yield from section(wording.STUDIES, said)
        return
    yield from heading(wording.STUDIES)
    for study in content.studies:
        taken = "—" if study.taken_on is None else wording.day(study.taken_on)
        title = ", ".join(part for part in (study.title, study.kind) if part)
        rows = columns(((_DATE, SMALL, taken), (_STUDY, TEXT, title)))
        yield from (replace(row, keeps_next=True) for row in rows)
        digest = f"{wording.SHA256} {study.sha256}"
        yield Row((Run(_STUDY, TINY, shortened(digest, TINY, WIDTH - _STUDY), True),), 9.5)


def _unopened(content: ConclusionContent) -> Iterator[Row]:
    """What was there and was not looked at, and why."""
    if not content.unopened:
        return
    names = ", ".join(f"«{legible(title)}»" for title in content.unopened)
    words = f"{wording.UNOPENED}: {names}."
    if content.unopened_reason.strip():
        words += f" {wording.REASON}: {content.unopened_reason.strip()}"
    yield gap(3)
    yield from (Row((Run(0, SMALL, line),), 11.6) for line in lines_of(words, SMALL, WIDTH))


def _sources(sources: tuple[CitedSource, ...]) -> Iterator[Row]:
    """Where the numbers in the text come from. Names that a device wrote are made legible: the
    doctor could not correct them."""
    if not sources:
        return
    yield gap(3)
    yield Row((Run(0, SMALL, wording.SOURCES, True),), _SOURCE_LEAD, keeps_next=True)
    for source in sources:
        rows = (*_source_lines(source), _source_digest(source))
        yield from (replace(row, source=source.number) for row in rows)


def _source_lines(source: CitedSource) -> Iterator[Row]:
    first: tuple[Run, ...] = (Run(0, SMALL, f"[{source.number}]", True),)
    for line in lines_of(_source_words(source), SMALL, WIDTH - _SOURCE):
        yield Row((*first, Run(_SOURCE, SMALL, line)), _SOURCE_LEAD, keeps_next=True)
        first = ()


def _source_digest(source: CitedSource) -> Row:
    digest = shortened(f"{source.sha256[:8]}…{source.sha256[-8:]}", HASH, WIDTH / 2)
    head = f"{wording.SHA256} "
    at = _SOURCE + TINY.width(head)
    return Row((Run(_SOURCE, TINY, head, True), Run(at, HASH, digest, True)), 9.5)


def _source_words(source: CitedSource) -> str:
    """«ЭКГ 19.11, 19.11.2026; отведение II, 3,52–3,92 с, фильтр: нет; измерено врачом вручную»."""
    taken = "" if source.taken_on is None else f", {wording.day(source.taken_on)}"
    place = place_words(source.place, is_film=source.is_film, text=source.text)
    parts = (source.title + taken, place, wording.ORIGINS[source.origin])
    return legible("; ".join(part for part in parts if part))


def _diagnoses(content: ConclusionContent) -> Iterator[Row]:
    yield from _diagnosis_lines(content.diagnoses)
    if content.diagnoses and content.icd10_edition:
        for line in lines_of(content.icd10_edition, TINY, WIDTH):
            yield Row((Run(0, TINY, line, is_muted=True),), 9.5)


def _diagnosis_lines(diagnoses: tuple[DiagnosisLine, ...]) -> Iterator[Row]:
    if not diagnoses:
        yield from section(wording.DIAGNOSIS, wording.NOT_GIVEN)
        return
    yield from heading(wording.DIAGNOSIS)
    for line in diagnoses:
        kind = (_KIND, SMALL, wording.DIAGNOSES[line.kind])
        code = shortened(line.icd10, STRONG, _WORDS - _CODE - 4)
        rows = columns((kind, (_WORDS, TEXT, line.text)))
        for index, row in enumerate(rows):
            yield row if index else replace(row, runs=(*row.runs, Run(_CODE, STRONG, code)))
