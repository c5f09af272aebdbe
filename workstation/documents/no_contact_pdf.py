"""The page about a patient who could not be reached, as a PDF/A-2b file (DRC-11)."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Final, TypeVar

from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # no types

from workstation.core.conclusion import ConclusionAuthor, PatientSnapshot
from workstation.core.no_contact import Attempt, NoContactContent
from workstation.documents import wording
from workstation.documents.conclusion_pdf import ONE_AT_A_TIME
from workstation.documents.page_frame import Frame, draw, paginated
from workstation.documents.pdfa import DocumentFacts, as_pdfa
from workstation.documents.rows import (
    SMALL,
    STRONG,
    TEXT,
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
from workstation.documents.typeface import BOLD, REGULAR, Face, legible, lines_of

TITLE: Final = "Нет связи с пациентом"
_SUBTITLE: Final = "Свидетельство о попытках связаться с пациентом в назначенное время"
_MEANING: Final = (
    "По итогам предпринятых попыток консультация закрыта, услуга считается оказанной: пациент не "
    "был в сети, не ответил на звонок в сервисе и на три звонка по номеру, указанному при "
    "регистрации."
)
_REMARK: Final = (
    "Страница составлена программой по записям сервера консультаций и не подписывается: время "
    "каждой попытки записано сервером. Записи и эта страница хранятся вместе с обращением."
)
_NUMBER: Final = 0.0
_AT: Final = 26.0
_OUTCOME: Final = 150.0
_TITLE_FACE: Final = Face(BOLD, 16)
_Content = TypeVar("_Content")


def render_no_contact(content: NoContactContent) -> bytes:
    """The page; the same content gives the same bytes. What the typeface has not, as in a name,
    is «?»: nobody can correct it here, and the evidence shall not fail for it.

    Raises DocumentTooLong. Takes tens of milliseconds: not for the window's
    loop.
    """
    with ONE_AT_A_TIME:
        paper = _legible(content)
        drawn = io.BytesIO()
        canvas = Canvas(
            drawn, pageCompression=1, invariant=1, initialFontName=REGULAR, pdfVersion=(1, 7)
        )
        draw(canvas, paginated(_rows(paper)), _frame(paper))
        canvas.save()
    title = f"{TITLE} {wording.NUMBER} {paper.number}"
    return as_pdfa(
        drawn.getvalue(), DocumentFacts(title, author=paper.centre_name, created_at=paper.closed_at)
    )


def _legible(content: _Content) -> _Content:
    changes = {field.name: _printed(getattr(content, field.name)) for field in fields(content)}  # type: ignore[arg-type]  # any of the content's dataclasses
    return replace(content, **changes)  # type: ignore[type-var]  # a dataclass, as above


def _printed(value: object) -> object:
    if isinstance(value, str):
        return legible(value)
    if isinstance(value, tuple):
        return tuple(_printed(one) for one in value)
    if isinstance(value, Attempt | PatientSnapshot | ConclusionAuthor):
        return _legible(value)
    return value


def _rows(paper: NoContactContent) -> list[Row]:
    return [
        *_head(paper),
        *on_tint(_particulars(paper)),
        *section("Присутствие и звонки: запись сервера", paper.evidence),
        *_attempts(paper, "Звонки в сервисе", paper.calls),
        *_attempts(paper, "Звонки на телефон", paper.phoned),
        *section("Итог", _MEANING),
    ]


def _head(paper: NoContactContent) -> Iterator[Row]:
    for line in lines_of(paper.centre_name, SMALL, WIDTH):
        yield Row((Run(0, SMALL, line, is_muted=True),), 11)
    yield Row((Run(0, _TITLE_FACE, TITLE),), 24, keeps_next=True)
    yield Row((Run(0, TEXT, _SUBTITLE, is_muted=True),), 16, keeps_next=True)
    yield gap(8)


def _particulars(paper: NoContactContent) -> Iterator[Row]:
    patient, doctor = paper.patient, paper.doctor
    yield from labelled("Обращение", f"{wording.NUMBER} {paper.number}", STRONG)
    yield from labelled(wording.PATIENT, patient.full_name, STRONG)
    yield from labelled(wording.BORN, wording.day(patient.birth_date))
    if patient.representative:
        yield from labelled(wording.REPRESENTATIVE, patient.representative)
    yield from labelled("Телефон", paper.phone or wording.NOT_GIVEN)
    at = paper.appointment_at
    yield from labelled("Назначено", wording.NOT_GIVEN if at is None else _moment(paper, at))
    named = ", ".join(part for part in (doctor.full_name, doctor.post) if part)
    yield from labelled(wording.DOCTOR, named)
    yield from labelled("Закрыто", _moment(paper, paper.closed_at))


def _attempts(paper: NoContactContent, title: str, attempts: Sequence[Attempt]) -> Iterator[Row]:
    if not attempts:
        return
    yield from heading(title)
    for number, one in enumerate(attempts, start=1):
        said = " · ".join(part for part in (one.outcome, one.by, one.note) if part)
        cells = (
            (_NUMBER, SMALL, f"{number}."),
            (_AT, SMALL, _moment(paper, one.at)),
            (_OUTCOME, TEXT, said),
        )
        yield from columns(cells)


def _moment(paper: NoContactContent, at: datetime) -> str:
    return wording.moment(at, paper.zone, paper.zone_name)


def _frame(paper: NoContactContent) -> Frame:
    number = f"{wording.NUMBER} {paper.number}"
    patient = f"{paper.patient.full_name}, {wording.day(paper.patient.birth_date)}"
    return Frame(
        running_head=f"{TITLE} {number} · {patient}",
        foot=f"{number} · {wording.WRITTEN} {_moment(paper, paper.closed_at)}",
        remark=_REMARK,
        captions=(),
    )
