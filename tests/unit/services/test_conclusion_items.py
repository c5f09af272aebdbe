"""What the issue asks to stand in a conclusion, item by item, as it is printed (OZ-12, DRC-13).

Each item is filled by itself from the request, or is a section of the form that the doctor writes.
"""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Final

import msgspec
import pytest

from backend_client.models.calls import Channel
from backend_client.models.catalogue import SectionName
from backend_client.models.conclusions import (
    Conclusion,
    ConclusionDiagnosis,
    ConclusionForm,
    ConclusionState,
    Decision,
    DiagnosisPlace,
    FurtherDiagnosis,
    TemplateRef,
)
from backend_client.models.documents import DocumentKind
from backend_client.models.requests import Representative, RequestCard, Sex
from backend_client.models.routes import Route
from tests.factories import make_card, make_document, make_patient, make_row
from tests.unit.documents.reading import page_texts
from tests.unit.services.conclusion_house import DOCTOR, ONE, make_call
from workstation.documents.conclusion_pdf import render_conclusion
from workstation.services.conclusion_content import PaperTime, conclusion_content, first_form

HELD = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
HASH: Final = make_document(content=b"one").sha256
WRITTEN: Final = {
    SectionName.HISTORY: "Шум в сердце с 2019 года",
    SectionName.FINDINGS: "Градиент 74 мм рт. ст.",
    SectionName.ANSWER: "Вмешательство показано",
    SectionName.RECOMMENDATIONS: "Избегать нагрузок",
    SectionName.FURTHER_TESTS: "КТ аорты с контрастом",
    SectionName.FOLLOW_UP: "Повторно через 3 месяца",
    SectionName.URGENT: "Вызвать 103 при обмороке",
    SectionName.LIMITS: "Осмотр не проводился",
}
BY_ITSELF: Final = (
    ("the patient's confirmed snapshot (DRC-14)", "Верещагин Павел Никитич"),
    ("birth date and age (OZ-7)", "14.03.1965 (61 год)"),
    ("sex", "пол мужской"),
    ("place", "Екатеринбург"),
    ("medical record (SOK-1)", "АК-118"),
    ("representative (SPB-1)", "Верещагина Анна Ильинична (дочь)"),
    ("route (OZ-1)", "по направлению лечащего врача"),
    ("form and channel (DRC-7)", "дистанционно, видеосвязь"),
    ("times (OZ-24)", "23.11.2026, 11:30–11:59 МСК"),
    ("participants (SPB-1)", "врач Левашова"),
    ("participants (SPB-1)", "пациент Верещагин Павел Никитич"),
    ("participants (SPB-1)", "представитель Верещагина Анна Ильинична (дочь)"),
    ("who asked (OZ-20)", "Соколова И. Н."),
    ("what was asked (OZ-20)", "Показано ли вмешательство?"),
    ("complaints (OZ-7)", "Одышка на втором этаже"),
    ("a reviewed study: date and kind (OZ-4)", "12.11.2026 ЭКГ в 12 отведениях, запись ЭКГ DICOM"),
    ("a reviewed study: its hash", HASH),
    ("a file that was not opened, and why", "«Рентген». Причина: старше года"),
    ("main diagnosis", "Основной I35.0 Аортальный стеноз"),
    ("accompanying diagnosis", "Сопутствующий I11.0 Гипертензивная болезнь"),
    ("complication", "Осложнение I50.0 Сердечная недостаточность"),
    ("the directory's version", "1.2.643.5.1.13.13.11.1005, версия 2.27"),
    ("decision (OZ-22)", "Приглашение на очную консультацию: в течение 2 недель"),
    ("basis of 323-FZ (OZ-2)", "заключение лечащего врача от 06.11.2026"),
    ("template (OZ-29)", "cardiology 2.4"),
    ("number", "20-4817 / 1"),
)


def the_card() -> RequestCard:
    patient = make_patient(
        "Верещагин Павел Никитич",
        birth_date=date(1965, 3, 14),
        sex=Sex.MALE,
        place="Екатеринбург",
    )
    row = make_row(id=ONE, number="20-4817", patient=patient, route=Route.REFERRAL)
    files = [
        make_document(title="ЭКГ в 12 отведениях", opened=True, content=b"one"),
        make_document(title="Рентген", kind=DocumentKind.IMAGE, content=b"two"),
        make_document(
            title="Заключение",
            item_code="conclusion",
            kind=DocumentKind.PDF,
            taken_on=date(2026, 11, 6),
            opened=True,
            content=b"three",
        ),
    ]
    acting = Representative(full_name="Верещагина Анна Ильинична", relation="дочь")
    return msgspec.structs.replace(
        make_card(row, documents=files, medical_record_number="АК-118"),
        representative=acting,
        requesting_doctor="Соколова И. Н.",
        topic="Показано ли вмешательство?",
        complaints="Одышка на втором этаже",
    )


@cache
def paper() -> str:
    """The words of the paper of a case in which everything is there."""
    card = the_card()
    further = (
        FurtherDiagnosis(icd10="I11.0", text="Гипертензивная болезнь"),
        FurtherDiagnosis(
            icd10="I50.0", text="Сердечная недостаточность", place=DiagnosisPlace.COMPLICATION
        ),
    )
    form: ConclusionForm = msgspec.structs.replace(
        first_form(card),
        **{one.value: text for one, text in WRITTEN.items()},
        diagnosis=ConclusionDiagnosis(icd10="I35.0", text="Аортальный стеноз"),
        further=further,
        decision=Decision.IN_PERSON,
        decision_note="в течение 2 недель",
        icd10_version="2.27",
        template=TemplateRef(code="cardiology", version="2.4"),
        unopened_reason="старше года",
    )
    call = make_call(channel=Channel.VIDEO, answered_at=HELD, ended_at=HELD + timedelta(minutes=29))
    content = conclusion_content(card, _saved(form), [call], DOCTOR, PaperTime())
    return " ".join(" ".join(page_texts(render_conclusion(content))).split())


def _saved(form: ConclusionForm) -> Conclusion:
    return Conclusion(
        request_id=ONE,
        version=1,
        state=ConclusionState.DRAFTING,
        form=form,
        author_id=DOCTOR.id,
        author_name=DOCTOR.full_name,
        needs_approval=True,
        signers=0,
        sha256="",
        size=0,
        signed_at=None,
        approved_at=None,
        approved_by="",
        return_reason="",
        delivered_at=None,
        changed_at=HELD,
    )


@pytest.mark.parametrize(("item", "said"), BY_ITSELF)
def test_what_the_request_says_is_on_the_paper_by_itself(item: str, said: str) -> None:
    assert said in paper(), item


@pytest.mark.parametrize("section", list(WRITTEN))
def test_what_the_doctor_writes_is_on_the_paper(section: SectionName) -> None:
    assert WRITTEN[section] in paper()


def test_every_section_of_the_form_is_looked_at_here() -> None:
    elsewhere = {
        SectionName.UNKNOWN,
        SectionName.QUESTION,
        SectionName.COMPLAINTS,
        SectionName.DIAGNOSIS,
        SectionName.DECISION,
        SectionName.BASIS,
    }
    assert set(WRITTEN) | elsewhere == set(SectionName)


def test_a_question_that_nobody_has_sent_is_the_patients() -> None:
    """OZ-13: on the duty route the patient asks."""
    card = msgspec.structs.replace(the_card(), requesting_doctor="", representative=None)
    content = conclusion_content(card, _saved(first_form(card)), [], DOCTOR, PaperTime())
    words = " ".join(page_texts(render_conclusion(content)))
    assert "Вопрос пациента консультанту Показано ли вмешательство?" in words
    assert "Вопрос пациента" not in paper()
