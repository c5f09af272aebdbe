"""What a conclusion says, gathered from the card, the saved form and the calls."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from backend_client.models.accounts import Account
from backend_client.models.calls import Call, Channel
from backend_client.models.conclusions import (
    Conclusion,
    ConclusionDiagnosis,
    ConclusionForm,
    Decision,
    DiagnosisPlace,
)
from backend_client.models.documents import Document, DocumentKind
from backend_client.models.evidence import Evidence
from backend_client.models.icd10 import DIRECTORY
from backend_client.models.requests import RequestCard
from workstation.core.citations import cited
from workstation.core.conclusion import (
    CitedSource,
    ConclusionAuthor,
    ConclusionContent,
    ConsultationForm,
    DiagnosisKind,
    DiagnosisLine,
    PatientSnapshot,
    ReviewedStudy,
)

_KINDS: Final = {
    DocumentKind.ECG: "запись ЭКГ",
    DocumentKind.CLIP: "видеозапись",
    DocumentKind.IMAGE: "снимок",
    DocumentKind.PHOTO: "фотография",
    DocumentKind.PDF: "документ",
}
"""In Russian whatever the window's language: they stand on the paper."""
_STILLS: Final = frozenset({DocumentKind.IMAGE, DocumentKind.PHOTO, DocumentKind.PDF})
_FORMS: Final = {
    Channel.VIDEO: ConsultationForm.VIDEO,
    Channel.AUDIO: ConsultationForm.AUDIO,
    Channel.TEXT: ConsultationForm.TEXT,
}
"""The richest first: a consultation that was seen for a while was held by video."""


_TREATING_DOCTORS: Final = "conclusion"
"""Item of the checklist: «Заключение лечащего врача» (OZ-2)."""
_PLACES: Final = {
    DiagnosisPlace.ACCOMPANYING: DiagnosisKind.ACCOMPANYING,
    DiagnosisPlace.COMPLICATION: DiagnosisKind.COMPLICATION,
    DiagnosisPlace.UNKNOWN: DiagnosisKind.ACCOMPANYING,
}
_DECISIONS: Final = {
    Decision.IN_PERSON: "Приглашение на очную консультацию",
    Decision.INPATIENT: "Рекомендовано лечение в стационаре",
}


def _moscow() -> tzinfo:
    try:
        return ZoneInfo("Europe/Moscow")
    except (ZoneInfoNotFoundError, OSError):  # a machine without zones
        return timezone(timedelta(hours=3))


@dataclass(frozen=True, slots=True)
class PaperTime:
    """In whose time moments are printed, and how that time is called. Moscow's by default."""

    zone: tzinfo = field(default_factory=_moscow)
    name: str = "МСК"


@dataclass(frozen=True, slots=True)
class _Held:
    """How doctor and patient met; without a call the moment of writing stands for the meeting."""

    form: ConsultationForm
    start: datetime
    end: datetime | None


def first_form(card: RequestCard) -> ConclusionForm:
    """A form in which nothing was written yet: what the request says already."""
    diagnosis = card.row.diagnosis
    return ConclusionForm(
        question=card.topic,
        complaints=card.complaints,
        diagnosis=ConclusionDiagnosis(icd10=diagnosis.icd10 or "", text=diagnosis.text),
        basis=earlier_diagnosis(card),
    )


def earlier_diagnosis(card: RequestCard) -> str:
    """In which paper of the request a doctor who has seen the patient made the diagnosis: what
    323-FZ, article 36.2 asks for before anything is prescribed remotely. "" where there is none."""
    papers = [one for one in card.documents if one.item_code == _TREATING_DOCTORS]
    if not papers:
        return ""
    newest = max(papers, key=lambda one: one.taken_on or date.min)
    day = "" if newest.taken_on is None else f" от {newest.taken_on:%d.%m.%Y}"
    return f"Диагноз установлен ранее на очном приёме: заключение лечащего врача{day}."


def conclusion_content(
    card: RequestCard,
    conclusion: Conclusion,
    calls: Sequence[Call],
    author: Account,
    paper_time: PaperTime,
) -> ConclusionContent:
    """The whole paper (OZ-12, DRC-13, DRC-14); the same arguments give the same content.

    It is dated by the draft's last change, so that another look at it is not another paper.
    """
    form, held = conclusion.form, _held(calls, conclusion.changed_at)
    met = held.form is not ConsultationForm.RECORDS_ONLY
    return ConclusionContent(
        number=_number(card, conclusion.edition),
        centre_name=author.centre_name,
        patient=patient_snapshot(card),
        route=card.row.route,
        form=held.form,
        held_from=held.start,
        held_to=held.end,
        written_at=conclusion.changed_at,
        zone=paper_time.zone,
        zone_name=paper_time.name,
        doctor=ConclusionAuthor(author.full_name, author.post),
        complaints=form.complaints,
        history=form.history,
        studies=tuple(_study(one) for one in card.documents if one.opened),
        findings=form.findings,
        sources=_sources(form, card.documents),
        diagnoses=_diagnoses(form),
        recommendations=form.recommendations,
        decision=_decision(form),
        question=form.question,
        answer=form.answer,
        further_tests=form.further_tests,
        follow_up=form.follow_up,
        urgent=form.urgent,
        basis=form.basis,
        limits=form.limits,
        participants=_participants(card, author) if met else (),
        icd10_edition=_edition(form.icd10_version),
        template=_template(form),
        unopened=tuple(one.title for one in card.documents if not one.opened),
        unopened_reason=form.unopened_reason,
        replaces=_replaced(card, conclusion, paper_time),
        asked_by=card.requesting_doctor,
        needs_approval=conclusion.needs_approval,
    )


def _number(card: RequestCard, edition: int) -> str:
    return f"{card.row.number} / {edition}"


def _replaced(card: RequestCard, conclusion: Conclusion, paper_time: PaperTime) -> str:
    """The signed file before this one, and what was wrong with it; "" for the first."""
    if conclusion.edition <= 1:
        return ""
    signed = conclusion.signed_at
    day = "" if signed is None else f" от {signed.astimezone(paper_time.zone):%d.%m.%Y}"
    why = f": {conclusion.correction.strip()}" if conclusion.correction.strip() else ""
    return f"№ {_number(card, conclusion.edition - 1)}{day}{why}"


def _held(calls: Sequence[Call], written_at: datetime) -> _Held:
    """From the first answer to the last end, over all calls that were answered."""
    answered = [(call.answered_at, call) for call in calls if call.answered_at is not None]
    if not answered:
        return _Held(ConsultationForm.RECORDS_ONLY, written_at, None)
    channels = {call.channel for _, call in answered}
    form = next(
        (form for channel, form in _FORMS.items() if channel in channels),
        ConsultationForm.RECORDS_ONLY,
    )
    ends = [call.ended_at for _, call in answered]
    known = [end for end in ends if end is not None]
    end = max(known) if len(known) == len(ends) else None  # one of them still runs
    return _Held(form, min(start for start, _ in answered), end)


def patient_snapshot(card: RequestCard) -> PatientSnapshot:
    """The patient as confirmed (DRC-14)."""
    patient, acting = card.row.patient, card.representative
    return PatientSnapshot(
        full_name=patient.full_name,
        birth_date=patient.birth_date,
        sex=patient.sex,
        place=patient.place,
        record_number=card.medical_record_number,
        representative="" if acting is None else acting.full_name,
        relation="" if acting is None else acting.relation,
    )


def _study(document: Document) -> ReviewedStudy:
    words = (_KINDS.get(document.kind, ""), document.format)
    kind = " ".join(word for word in words if word)
    return ReviewedStudy(document.title, kind, document.taken_on, document.sha256)


def _sources(form: ConclusionForm, documents: Sequence[Document]) -> tuple[CitedSource, ...]:
    """Of the files as they were named then: one that is gone stays named."""
    files = {one.id: one for one in documents}
    return tuple(_source(one, files.get(one.document_id)) for one in cited(form))


def _source(source: Evidence, document: Document | None) -> CitedSource:
    kind = DocumentKind.UNKNOWN if document is None else document.kind
    return CitedSource(
        number=source.number,
        title=source.title,
        taken_on=None if document is None else document.taken_on,
        place=source.place,
        origin=source.origin,
        sha256=source.sha256,
        is_film=kind not in _STILLS,
        text=source.text,
    )


def _diagnoses(form: ConclusionForm) -> tuple[DiagnosisLine, ...]:
    """The main one, then the others as the doctor has ordered them: accompanying ones first."""
    main = DiagnosisLine(form.diagnosis.icd10, form.diagnosis.text)
    others = [DiagnosisLine(one.icd10, one.text, _PLACES[one.place]) for one in form.further]
    others.sort(key=lambda one: one.kind is DiagnosisKind.COMPLICATION)
    return tuple(one for one in (main, *others) if one.icd10 or one.text)


def _decision(form: ConclusionForm) -> str:
    """«Приглашение на очную консультацию: в течение 2 недель»."""
    words = (_DECISIONS.get(form.decision, ""), form.decision_note.strip())
    return ": ".join(word for word in words if word)


def _participants(card: RequestCard, author: Account) -> tuple[str, ...]:
    """Who met: the doctor, the patient, and who acts for the patient (SPB-1)."""
    acting = card.representative
    relation = f" ({acting.relation})" if acting is not None and acting.relation else ""
    return (
        f"врач {author.full_name}",
        f"пациент {card.row.patient.full_name}",
        *(() if acting is None else (f"представитель {acting.full_name}{relation}",)),
    )


def _edition(version: str) -> str:
    return f"МКБ-10, справочник {DIRECTORY}, версия {version}" if version else ""


def _template(form: ConclusionForm) -> str:
    ref = form.template
    return "" if ref is None else f"{ref.code} {ref.version}"
