"""The words of the papers: the patient reads them in Russian, whatever the window's language."""

from datetime import date, datetime, tzinfo
from typing import Final

from backend_client.models.evidence import Origin
from backend_client.models.requests import Sex
from backend_client.models.routes import Route
from workstation.core.conclusion import ConsultationForm, DiagnosisKind

TITLE: Final = "Консультативное заключение"
NUMBER: Final = "№"
PATIENT: Final = "Пациент"
BORN: Final = "Дата рождения"
SEX: Final = "пол"
PLACE: Final = "Место жительства"
RECORD: Final = "Медицинская карта"
REPRESENTATIVE: Final = "Представитель"
CONSULTATION: Final = "Консультация"
ASKED_BY: Final = "Направил"
COMPLAINTS: Final = "Жалобы"
HISTORY: Final = "Анамнез"
QUESTION: Final = "Вопрос консультанту"
PATIENTS_QUESTION: Final = "Вопрос пациента консультанту"
ANSWER: Final = "Ответ на вопрос"
FURTHER_TESTS: Final = "Дополнительные обследования"
FOLLOW_UP: Final = "Наблюдение"
URGENT: Final = "Когда вызывать скорую помощь (103, 112)"
BASIS: Final = "Основание (323-ФЗ, статья 36.2)"
LIMITS: Final = "Ограничения дистанционной консультации"
PARTICIPANTS: Final = "Участники"
TEMPLATE: Final = "Шаблон"
REPLACES: Final = "Взамен заключения"
UNOPENED: Final = "Врачом не открывались"
REASON: Final = "Причина"
VERIFY: Final = "Проверить подлинность"
STUDIES: Final = "Изученные исследования и документы"
FINDINGS: Final = "Данные исследований"
SOURCES: Final = "Источники"
DIAGNOSIS: Final = "Диагноз по МКБ-10"
RECOMMENDATIONS: Final = "Рекомендации"
DECISION: Final = "Решение"
REMOTE: Final = (
    "Заключение дано по результатам консультации с применением телемедицинских технологий "
    "(Федеральный закон от 21.11.2011 № 323-ФЗ, статья 36.2), на основании "
    "перечисленных документов."
)
NOT_GIVEN: Final = "не указано"
NO_STUDIES: Final = "не представлены"
NONE_STUDIED: Final = "нет"
"""There are files, and none of them was opened: they are listed below, with the reason."""
DOCTOR: Final = "Врач-консультант"
APPROVER: Final = "Утверждено"
WRITTEN: Final = "Составлено"
PAGE: Final = "Страница {number} из {total}"
SHA256: Final = "SHA-256"
SEXES: Final = {Sex.FEMALE: "женский", Sex.MALE: "мужской", Sex.UNKNOWN: "не указан"}
ROUTES: Final = {
    Route.CENTRE: "по заявке в центр",
    Route.DUTY: "обращение к дежурному врачу",
    Route.REFERRAL: "по направлению лечащего врача",
    Route.JOURNAL: "по журналу отложенной записи",
    Route.UNKNOWN: "по обращению",
}
FORMS: Final = {
    ConsultationForm.VIDEO: "дистанционно, видеосвязь",
    ConsultationForm.AUDIO: "дистанционно, аудиосвязь",
    ConsultationForm.TEXT: "дистанционно, обмен сообщениями",
    ConsultationForm.RECORDS_ONLY: "дистанционно, по документам",
}
DIAGNOSES: Final = {
    DiagnosisKind.MAIN: "Основной",
    DiagnosisKind.ACCOMPANYING: "Сопутствующий",
    DiagnosisKind.COMPLICATION: "Осложнение",
}

ORIGINS: Final = {
    Origin.BY_HAND: "измерено врачом вручную",
    Origin.CONFIRMED: "предложено программой, подтверждено врачом",
    Origin.HAND_CALIBRATED: "измерено врачом, масштаб задан вручную",
    Origin.DEVICE: "значение прибора",
    Origin.UNKNOWN: "происхождение не определено",
}


def day(value: date) -> str:
    """«14.03.1965»."""
    return f"{value:%d.%m.%Y}"


def moment(value: datetime, zone: tzinfo, zone_name: str) -> str:
    """«23.11.2026 в 11:59 МСК»."""
    return f"{value.astimezone(zone):%d.%m.%Y в %H:%M} {zone_name}"


def span(start: datetime, end: datetime | None, zone: tzinfo, zone_name: str) -> str:
    """«23.11.2026, 11:30–11:59 МСК»; with both days where midnight lies between."""
    first = start.astimezone(zone)
    if end is None:
        return f"{first:%d.%m.%Y, %H:%M} {zone_name}"
    last = end.astimezone(zone)
    shown = f"{last:%H:%M}" if last.date() == first.date() else f"{last:%d.%m.%Y, %H:%M}"
    return f"{first:%d.%m.%Y, %H:%M}–{shown} {zone_name}"


def age(born: date, on: date) -> str:
    """«61 год», «3 года», «5 месяцев» below two years, «12 дней» below a month."""
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    if months >= 24:
        return _counted(months // 12, "год", "года", "лет")
    if months >= 1:
        return _counted(months, "месяц", "месяца", "месяцев")
    return _counted(max((on - born).days, 0), "день", "дня", "дней")


def _counted(count: int, one: str, few: str, many: str) -> str:
    tens, ones = count % 100, count % 10
    if ones == 1 and tens != 11:
        return f"{count} {one}"
    return f"{count} {few if 2 <= ones <= 4 and not 12 <= tens <= 14 else many}"
