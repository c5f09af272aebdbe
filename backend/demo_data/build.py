"""Turns a written case into a request as it stands at a moment."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from backend.demo_data.case import OWN_MEANS, Case, Person
from backend.demo_data.files.orders import FileOrder
from backend.demo_data.files.subject import Subject
from backend.demo_data.shape import DemoFile, DemoPatient, DemoRequest
from backend.demo_data.towns import MOSCOW, zone_of
from backend_client.models.requests import ConsentKind, RequestStatus
from backend_client.models.routes import Route

CONSENT_VERSIONS = {
    ConsentKind.PERSONAL_DATA: "2026-03",
    ConsentKind.DISCLOSURE: "2026-03",
    ConsentKind.INTERVENTION: "2026-03",
    ConsentKind.PAID_SERVICES: "2026-11",
}
TERM_DAYS = {Route.CENTRE: 3, Route.REFERRAL: 4, Route.DUTY: 0}
"""Calendar days from the start of a clock to its end, as the catalogues have it."""
JOURNAL_WORKING_DAYS = 5
SATURDAY = 5
GATED = (Route.CENTRE, Route.REFERRAL)
INCOMPLETE = (RequestStatus.AWAITING_DOCUMENTS, RequestStatus.NEW)
UPLOAD_STEP = timedelta(minutes=17)


def build(case: Case, centre_id: str, now: datetime) -> DemoRequest:
    """The request; `now` is aware."""
    clock_start = _clock_start(case, now)
    created_at = _created_at(case, clock_start, now)
    complete_at = clock_start if case.route in GATED and case.status not in INCOMPLETE else None
    left, total = case.quota or (None, None)
    patient = _patient(case.person, now)
    return DemoRequest(
        number=case.number,
        centre_id=centre_id,
        route=case.route,
        status=case.status,
        urgency=case.urgency,
        life_threat=case.life_threat,
        patient=patient,
        icd10=case.icd10,
        diagnosis=case.diagnosis,
        complaints=case.complaints,
        care_setting=case.care_setting,
        topic=case.topic,
        payer=case.payer,
        quota_left=left,
        quota_total=total,
        medical_record_number=f"МК-{case.number.replace('-', '')}",
        requesting_doctor=case.doctor,
        created_at=created_at,
        clock_started_at=clock_start,
        documents_complete_at=complete_at,
        owner_key=case.owner,
        not_applicable=case.not_applicable,
        consents=tuple(_consents(case, created_at)),
        files=tuple(_files(case, patient, complete_at or created_at, now)),
        history=tuple(_history(case, created_at, complete_at, clock_start, now)),
    )


def _clock_start(case: Case, now: datetime) -> datetime | None:
    """From when the clock counts, so that the answer is due when the case says."""
    if case.left is None:
        return None
    due = now + case.left
    if case.route is Route.JOURNAL:
        return _working_days_before(due, JOURNAL_WORKING_DAYS)
    return due - timedelta(days=TERM_DAYS[case.route])


def _working_days_before(due: datetime, days: int) -> datetime:
    """A day that is due on a weekend moves to the Monday that follows."""
    day = _weekday(due.astimezone(ZoneInfo(MOSCOW)), timedelta(days=1))
    for _ in range(days):
        day = _weekday(day - timedelta(days=1), timedelta(days=-1))
    return day.astimezone(UTC)


def _weekday(day: datetime, step: timedelta) -> datetime:
    while day.weekday() >= SATURDAY:
        day += step
    return day


def _created_at(case: Case, clock_start: datetime | None, now: datetime) -> datetime:
    if clock_start is None or case.route is Route.DUTY:
        return now - case.registered
    return clock_start - case.registered if case.route is Route.REFERRAL else clock_start


def monday_of(now: datetime) -> date:
    """First day of the week in the centres' zone: examinations are dated by it."""
    today = now.astimezone(ZoneInfo(MOSCOW)).date()
    return today - timedelta(days=today.weekday())


def _patient(person: Person, now: datetime) -> DemoPatient:
    return DemoPatient(
        full_name=person.full_name,
        birth_date=_birth_date(person, now),
        sex=person.sex,
        place=person.town,
        time_zone=zone_of(person.town),
        phone_confirmed=person.phone_confirmed,
        identity_level=person.identity,
        representative=person.representative,
        phone=person.phone,
        changed=person.changed,
    )


def _birth_date(person: Person, now: datetime) -> date:
    """So that the person is as old as written, today."""
    if person.newborn:
        return monday_of(now) - timedelta(days=person.age)
    if person.in_months:
        return monday_of(now) - timedelta(days=round(person.age * 30.44) + 9)
    day, month = map(int, person.birthday.split("."))
    today = now.astimezone(ZoneInfo(MOSCOW)).date()
    to_come = (month, day) > (today.month, today.day)
    return date(today.year - person.age - to_come, month, day)


def _consents(
    case: Case, created_at: datetime
) -> Iterator[tuple[ConsentKind, str, datetime | None]]:
    for kind, version in CONSENT_VERSIONS.items():
        if kind is not ConsentKind.PAID_SERVICES or case.payer == OWN_MEANS:
            yield kind, version, None if kind in case.consents_missing else created_at


def _files(
    case: Case, patient: DemoPatient, sent_by: datetime, now: datetime
) -> Iterator[DemoFile]:
    subject = _subject(case, patient)
    for number, order in enumerate(case.files):
        day = monday_of(now) - timedelta(days=order.days)
        with_request = sent_by - UPLOAD_STEP * (len(case.files) - number)
        sent = with_request if order.sent_ago is None else now - order.sent_ago
        yield _file(subject, number, order, day, min(max(sent, _evening(day)), now))


def _subject(case: Case, patient: DemoPatient) -> Subject:
    return Subject(
        number=case.number,
        full_name=patient.full_name,
        birth_date=patient.birth_date,
        sex=patient.sex,
        place=patient.place,
        icd10=case.icd10,
        diagnosis=case.diagnosis,
        complaints=case.complaints,
        doctor=case.doctor,
        inpatient=case.inpatient,
        story=case.story,
    )


def _evening(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 15, tzinfo=UTC)


def _file(subject: Subject, number: int, order: FileOrder, day: date, sent: datetime) -> DemoFile:
    content = hashlib.sha256(repr((subject, order.recipe, day)).encode()).hexdigest()[:16]
    return DemoFile(
        key=f"{subject.number}/{number}/{content}",
        item_code=order.item_code,
        title=order.title.replace("{day}", f"{day:%d.%m}"),
        kind=order.kind,
        format=order.format,
        taken_on=day,
        uploaded_at=sent,
        content=partial(order.make, subject, day),
    )


def _history(
    case: Case,
    created_at: datetime,
    complete_at: datetime | None,
    clock_start: datetime | None,
    now: datetime,
) -> Iterator[tuple[timedelta, str]]:
    """Newest first, as the card shows it."""
    lines = list(case.history)
    since = now - created_at
    match case.route:
        case Route.REFERRAL:
            lines += [
                (since, "Создана: менеджер проекта Агапова Е. С."),
                (since - timedelta(minutes=4), "Загружена из таблицы региона, SMS доставлено"),
            ]
        case Route.CENTRE:
            lines.append((since, "Создана пациентом в личном кабинете"))
        case Route.DUTY:
            lines.append((since, f"Запись к дежурному врачу{_booked(clock_start)}"))
        case _:
            lines.append((since, "Внесена в журнал отложенной записи: нет свободных талонов"))
    if complete_at is not None:
        lines.append((now - complete_at, "Документы полны, заявка поднята"))
    yield from sorted(lines)


def _booked(appointment: datetime | None) -> str:
    if appointment is None:
        return ""
    return f" на {appointment.astimezone(ZoneInfo(MOSCOW)):%d.%m %H:%M}"
