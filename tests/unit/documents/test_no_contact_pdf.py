"""The page about a patient who could not be reached (DRC-11)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.unit.documents.papers import make_snapshot
from tests.unit.documents.reading import page_texts
from workstation.core.conclusion import ConclusionAuthor
from workstation.core.no_contact import Attempt, NoContactContent
from workstation.documents.no_contact_pdf import render_no_contact
from workstation.documents.pdfa import checked_pdfa

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
BY = "Левашова М. О."
PAGE = NoContactContent(
    number="20-4817",
    centre_name="Центр сердечно-сосудистой хирургии",
    patient=make_snapshot(),
    doctor=ConclusionAuthor("Левашова Мария Олеговна", "врач-кардиолог"),
    phone="+7 921 123-45-67",
    appointment_at=AT,
    evidence="Пациент не заходил в личный кабинет. Звонок в сервисе без ответа: 23.11.2026 12:02.",
    calls=(Attempt(AT + timedelta(minutes=2), "без ответа", BY),),
    phoned=(
        Attempt(AT + timedelta(minutes=5), "не ответил", BY),
        Attempt(AT + timedelta(minutes=9), "занято", BY, "гудки сразу обрываются"),
        Attempt(AT + timedelta(minutes=20), "телефон выключен", BY),
    ),
    closed_at=AT + timedelta(minutes=21),
    zone=ZoneInfo("Europe/Moscow"),
    zone_name="МСК",
)


def test_the_page_says_who_when_and_how_often_and_is_pdfa() -> None:
    pdf = render_no_contact(PAGE)
    assert checked_pdfa(pdf) == pdf
    (text,) = page_texts(pdf)
    for words in (
        *("№ 20-4817", PAGE.patient.full_name, PAGE.phone, "Левашова Мария Олеговна"),
        *("23.11.2026 в 12:00 МСК", "23.11.2026 в 12:02 МСК", "23.11.2026 в 12:05 МСК"),
        *("занято", "гудки сразу обрываются", "телефон выключен", "23.11.2026 в 12:21 МСК"),
        "услуга считается оказанной",
    ):
        assert words in text


def test_the_same_evidence_is_the_same_page() -> None:
    assert render_no_contact(PAGE) == render_no_contact(PAGE)


def test_what_the_typeface_has_not_does_not_cost_the_evidence() -> None:
    note = Attempt(AT, "занято", BY, "перезвонит 🙂\u202e\x07")
    hostile = replace(PAGE, phoned=(note,) * 300, evidence="слово " * 3000)
    pdf = render_no_contact(hostile)
    assert checked_pdfa(pdf) == pdf
    assert "перезвонит ?" in " ".join(page_texts(pdf))
