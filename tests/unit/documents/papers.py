"""Made-up conclusions: only what a test is about has to be said."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from backend_client.models.requests import Sex
from backend_client.models.routes import Route
from workstation.core.conclusion import (
    ConclusionAuthor,
    ConclusionContent,
    ConsultationForm,
    DiagnosisKind,
    DiagnosisLine,
    PatientSnapshot,
    ReviewedStudy,
)

FINDINGS = (
    "ЭхоКГ 11.11.2026: Vmax на аортальном клапане 4,3 м/с, градиент 74 / 44 мм рт. ст. Площадь "
    "отверстия 0,8 см². МЖП 14 мм, КДР ЛЖ 46 мм, ИММ ЛЖ 127 г/м², ФВ 58 %.\n"
    "ЭКГ 19.11.2026: синусовый ритм, 68 в мин. QTc (Фридеричиа) 413 мс, SV1 + RV5 3,6 мВ, "
    "депрессия ST в V5–V6."
)


def make_content(**changes: Any) -> ConclusionContent:
    """A whole conclusion about a person who does not exist; the changes are its own fields."""
    content = ConclusionContent(
        number="20-4817 / 1",
        centre_name="Центр сердечно-сосудистой хирургии",
        patient=make_snapshot(),
        route=Route.REFERRAL,
        form=ConsultationForm.VIDEO,
        held_from=datetime(2026, 11, 23, 8, 30, tzinfo=UTC),
        held_to=datetime(2026, 11, 23, 8, 59, tzinfo=UTC),
        written_at=datetime(2026, 11, 23, 9, 4, 11, tzinfo=UTC),
        zone=ZoneInfo("Europe/Moscow"),
        zone_name="МСК",
        doctor=ConclusionAuthor("Левашова Марина Олеговна", "врач-кардиолог"),
        complaints="Одышка на втором этаже, давящая боль при быстрой ходьбе, два эпизода "
        "пресинкопе в октябре, оба при подъёме по лестнице.",
        history="Шум в сердце известен с 2019 года, наблюдался по месту жительства. "
        "Артериальная гипертензия около 15 лет, принимает бисопролол 2,5 мг.",
        studies=(
            make_study("ЭхоКГ, парастернальная позиция", date(2026, 11, 11)),
            make_study("ЭКГ в 12 отведениях", date(2026, 11, 19)),
            make_study("Выписка из истории болезни", None),
        ),
        findings=FINDINGS,
        diagnoses=(
            DiagnosisLine("I35.0", "Аортальный (клапанный) стеноз, тяжёлый, симптомный"),
            DiagnosisLine(
                "I11.0",
                "Гипертензивная болезнь сердца с сердечной недостаточностью",
                DiagnosisKind.ACCOMPANYING,
            ),
        ),
        recommendations="Показано вмешательство на аортальном клапане. КТ аорты с контрастом, "
        "коронарография. До операции избегать физических нагрузок и нитратов; бисопролол "
        "2,5 мг продолжить.",
        decision="Очная консультация в течение 2 недель.",
        asked_by="Городская больница № 4, терапевт",
    )
    return replace(content, **changes)


def make_snapshot(**changes: Any) -> PatientSnapshot:
    """A grown man who acts for himself."""
    patient = PatientSnapshot(
        full_name="Верещагин Павел Никитич",
        birth_date=date(1965, 3, 14),
        sex=Sex.MALE,
        place="Тверь",
        record_number="АК-2026-118",
    )
    return replace(patient, **changes)


def make_study(title: str, taken_on: date | None, kind: str = "DICOM") -> ReviewedStudy:
    """A file with some hash."""
    return ReviewedStudy(title, kind, taken_on, "9f3c71d0" * 8)
