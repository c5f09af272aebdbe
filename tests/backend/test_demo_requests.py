"""The demonstration's people and requests: who they are and how they stand at any moment."""

import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.demo_data.requests import CASES, demo_requests
from backend.demo_data.shape import DemoRequest
from backend.demo_data.staff import demo_staff
from backend.rules.catalogues import Catalogues
from backend.rules.clocks import clock_state, term
from backend.rules.completeness import checklist, missing_documents, tally
from backend.rules.icd10 import HEADINGS, icd10_titles
from backend.rules.profile import profile_match
from backend_client.models.accounts import Role
from backend_client.models.catalogue import Catalogue
from backend_client.models.requests import (
    CareSetting,
    ChecklistItem,
    ClockState,
    ConsentKind,
    IdentityLevel,
    ItemState,
    ProfileMatch,
    RequestStatus,
    Urgency,
)
from backend_client.models.routes import Route

CATALOGUES = Catalogues.from_folder(HEADINGS.parent)
FRIDAY = datetime(2026, 11, 20, 8, 42, tzinfo=UTC)
MOMENTS = [
    FRIDAY,
    datetime(2026, 11, 22, 21, 30, tzinfo=UTC),
    datetime(2026, 11, 23, 0, 5, tzinfo=UTC),
    datetime(2027, 1, 1, 12, 0, tzinfo=UTC),
    datetime(2028, 2, 29, 5, 0, tzinfo=UTC),
]
"""A Friday, a Sunday that is Monday in Moscow, a Monday's first minutes, New Year, a leap day."""
MOSCOW = ZoneInfo("Europe/Moscow")


def of_centre(centre: str, now: datetime = FRIDAY) -> list[DemoRequest]:
    return [request for request in demo_requests(now) if request.centre_id == centre]


def of_family(name: str) -> DemoRequest:
    found = [one for one in demo_requests(FRIDAY) if one.patient.full_name.startswith(name)]
    assert len(found) == 1
    return found[0]


def catalogue(request: DemoRequest, now: datetime = FRIDAY) -> Catalogue:
    return CATALOGUES.catalogue_of(request.centre_id, now.date())


def items_of(request: DemoRequest) -> list[ChecklistItem]:
    files = tally((file.item_code, file.taken_on, False) for file in request.files)
    reasons = dict(request.not_applicable)
    return checklist(catalogue(request).documents, request.route, files, reasons)


def chips_of(request: DemoRequest) -> str:
    marks = {ItemState.PRESENT: "{}", ItemState.MISSING: "нет {}", ItemState.NOT_APPLICABLE: "({})"}
    shown = [item for item in items_of(request) if item.state in marks]
    return " ".join(marks[item.state].format(item.chip) for item in shown)


def due_at(request: DemoRequest, now: datetime = FRIDAY) -> datetime | None:
    running = term(catalogue(request, now), request.route, request.clock_started_at)
    return running.due_at if running else None


def test_there_are_enough_requests_with_files_in_both_centres() -> None:
    """OZ-28: two tenants, each with its own requests."""
    assert len(of_centre("cardio")) >= 26
    assert len(of_centre("perinatal")) >= 16
    assert sum(1 for request in demo_requests(FRIDAY) if request.files) >= 30


@pytest.mark.parametrize("centre", ["cardio", "perinatal"])
def test_every_route_and_many_statuses_are_there(centre: str) -> None:
    """OZ-1, SPB-3."""
    requests = of_centre(centre)
    routes = {Route.CENTRE, Route.REFERRAL, Route.DUTY, Route.JOURNAL}
    assert {request.route for request in requests} == routes
    wanted = {
        RequestStatus.NEW,
        RequestStatus.AWAITING_DOCUMENTS,
        RequestStatus.READY,
        RequestStatus.CLAIMED,
        RequestStatus.SCHEDULED,
        RequestStatus.CLOSED,
    }
    assert wanted <= {request.status for request in requests}


def test_numbers_and_people_are_unique() -> None:
    requests = demo_requests(FRIDAY)
    assert len({request.number for request in requests}) == len(requests)
    assert len({request.patient.full_name for request in requests}) == len(requests)


def test_sign_in_screen_offers_four_accounts_and_each_centre_has_a_colleague() -> None:
    staff = demo_staff()
    listed = [one.full_name.split()[0] for one in staff if one.listed]
    assert listed == ["Левашова", "Зимина", "Рябов", "Бережной"]
    roles = {Role.CONSULTANT, Role.DUTY_DOCTOR, Role.CLINIC_ADMIN}
    assert {one.role for one in staff} == roles
    assert {one.centre_id for one in staff if not one.listed} == {"cardio", "perinatal"}
    assert len({one.login for one in staff}) == len(staff)


def test_owners_are_staff_of_the_same_centre() -> None:
    centres = {one.key: one.centre_id for one in demo_staff()}
    owned = [request for request in demo_requests(FRIDAY) if request.owner_key]
    assert {request.owner_key for request in owned} >= {"levashova", "safonov", "gordeeva"}
    for request in owned:
        assert centres[str(request.owner_key)] == request.centre_id
    for request in demo_requests(FRIDAY):
        assert request.status is not RequestStatus.CLAIMED or request.owner_key


@pytest.mark.parametrize("now", MOMENTS)
def test_the_catalogue_gives_the_time_left_that_is_written(now: datetime) -> None:
    """OZ-9, OZ-21: at any start the same requests are late, soon and far."""
    for request, case in zip(demo_requests(now), sum_of_cases(), strict=True):
        due = due_at(request, now)
        if case is None or due is None:
            assert case is None
            assert due is None
        elif request.route is not Route.JOURNAL:
            assert due - now == case
        else:
            assert case <= due - now <= case + timedelta(days=2, hours=1)


def sum_of_cases() -> list[timedelta | None]:
    return [case.left for cases in CASES.values() for case in cases]


@pytest.mark.parametrize("now", MOMENTS)
def test_journal_counts_working_days(now: datetime) -> None:
    """SPB-5: five working days, none of them Saturday or Sunday."""
    for request in demo_requests(now):
        due = due_at(request, now)
        if request.route is Route.JOURNAL and due and request.clock_started_at:
            assert due.astimezone(MOSCOW).weekday() < 5
            assert request.clock_started_at.astimezone(MOSCOW).weekday() < 5


@pytest.mark.parametrize("now", MOMENTS)
def test_nothing_happened_in_the_future_or_before_birth(now: datetime) -> None:
    today = now.astimezone(MOSCOW).date()
    for request in demo_requests(now):
        assert request.patient.birth_date <= request.created_at.astimezone(MOSCOW).date() <= today
        assert request.created_at <= (request.documents_complete_at or now) <= now
        for file in request.files:
            assert request.patient.birth_date <= file.taken_on <= today
            assert file.taken_on <= file.uploaded_at.astimezone(MOSCOW).date()
            assert file.uploaded_at <= now
        for before, line in request.history:
            assert before >= timedelta(0), line


@pytest.mark.parametrize("now", MOMENTS)
def test_ages_hold_at_every_start(now: datetime) -> None:
    today = now.astimezone(MOSCOW).date()
    ages = {}
    for request in demo_requests(now):
        born = request.patient.birth_date
        ages[request.patient.full_name.split()[0]] = (
            today.year - born.year - ((today.month, today.day) < (born.month, born.day)),
            (today - born).days,
        )
    assert ages["Верещагин"][0] == 61
    assert ages["Самойлова"][0] == 72
    assert 122 <= ages["Кочетов"][1] <= 150
    assert ages["Крылов"][1] < 28


def test_files_of_a_week_keep_their_keys() -> None:
    """Files are made anew once a week, not at every start."""
    monday = datetime(2026, 11, 16, 6, tzinfo=UTC)
    keys = [
        {file.key for request in demo_requests(now) for file in request.files}
        for now in (monday, monday + timedelta(days=4), monday + timedelta(days=7))
    ]
    assert keys[0] == keys[1]
    assert not keys[0] & keys[2]


PICTURED = {
    "Самойлова": (Route.DUTY, "I47.2", "Тверь", "ЭКГ"),
    "Кочетов": (Route.CENTRE, "Q21.3", "Псков", "Закл Вып ЭКГ Эхо"),
    "Лунёва": (Route.REFERRAL, "I34.0", "Великие Луки", "Закл Вып ЭКГ Эхо (МРТ)"),
    "Верещагин": (Route.REFERRAL, "I35.0", "Екатеринбург", "Закл Вып ЭКГ Эхо (МРТ)"),
    "Тарханова": (Route.CENTRE, "I42.1", "Уфа", "Закл Вып ЭКГ Эхо МРТ"),
    "Игошин": (Route.CENTRE, "Q21.0", "Киров", "Закл Вып нет ЭКГ Эхо"),
    "Маслов": (Route.CENTRE, "I25.1", "Пенза", "Закл Вып ЭКГ Эхо КТ"),
    "Дёмина": (Route.CENTRE, None, "Тула", "Закл Вып ЭКГ Эхо"),
    "Шубин": (Route.REFERRAL, "I48.1", "Кострома", "Закл Вып ЭКГ Эхо"),
    "Гареева": (Route.CENTRE, "M16.1", "Казань", "Закл Вып нет ЭКГ нет Эхо"),
    "Осокин": (Route.CENTRE, "Q25.0", "Ижевск", "Закл Вып ЭКГ Эхо"),
    "Белозёрова": (Route.REFERRAL, "I71.2", "Рязань", "Закл Вып ЭКГ Эхо КТ"),
    "Пахомов": (Route.JOURNAL, "I83.1", "Мурманск", ""),
    "Ремизов": (Route.DUTY, None, "Пермь", ""),
    "Цветкова": (Route.REFERRAL, "I45.6", "Орёл", "Закл Вып ЭКГ Эхо"),
    "Нагорный": (Route.REFERRAL, "I05.0", "Смоленск", "Закл Вып ЭКГ Эхо"),
    "Абрамкина": (Route.CENTRE, "I42.0", "Брянск", "Закл Вып ЭКГ Эхо МРТ"),
    "Хасанов": (Route.CENTRE, "Q20.3", "Челябинск", "Закл Вып ЭКГ Эхо КТ"),
    "Рогожина": (Route.REFERRAL, "I44.2", "Тамбов", "Закл Вып ЭКГ нет Эхо"),
    "Юдин": (Route.CENTRE, "I70.2", "Липецк", "Закл Вып ЭКГ Эхо КТ"),
    "Фомина": (Route.CENTRE, "Q21.1", "Курск", "Закл Вып ЭКГ Эхо"),
}
"""The rows of the queue's pictures: route, code, town, chips of the checklist."""


@pytest.mark.parametrize("family", PICTURED)
def test_rows_of_the_queue_are_those_of_the_pictures(family: str) -> None:
    """OZ-1, OZ-4."""
    request = of_family(family)
    shown = (request.route, request.icd10, request.patient.place, chips_of(request))
    assert shown == PICTURED[family]


@pytest.mark.parametrize(
    ("family", "state", "minutes"),
    [
        ("Кочетов", ClockState.BREACHED, -5 * 60 - 12),
        ("Лунёва", ClockState.BREACHED, -48),
        ("Верещагин", ClockState.SOON, 3 * 60 + 8),
        ("Игошин", ClockState.SOON, 7 * 60 + 45),
        ("Осокин", ClockState.RUNNING, 49 * 60 + 12),
    ],
)
def test_clocks_stand_as_in_the_pictures(family: str, state: ClockState, minutes: int) -> None:
    """OZ-9, OZ-21: late, soon and running, at the moment of the start."""
    request = of_family(family)
    running = term(catalogue(request), request.route, request.clock_started_at)
    assert running is not None
    assert running.due_at - FRIDAY == timedelta(minutes=minutes)
    assert clock_state(FRIDAY, running.soon_at, running.due_at) is state


def test_ready_means_complete_and_awaiting_means_something_is_missing() -> None:
    """OZ-2, OZ-6, OZ-19: the gate of documents holds on applications and referrals."""
    for request in demo_requests(FRIDAY):
        missing = missing_documents(items_of(request))
        if request.route in (Route.DUTY, Route.JOURNAL):
            assert not missing
            assert request.documents_complete_at is None
        elif request.status is RequestStatus.AWAITING_DOCUMENTS:
            assert missing
            assert request.documents_complete_at is None
        else:
            assert not missing, request.number


def test_documents_and_reasons_name_items_of_the_catalogue() -> None:
    """OZ-4, OZ-6: what does not apply has a reason, and no file contradicts it."""
    for request in demo_requests(FRIDAY):
        known = {item.code for item in catalogue(request).documents}
        filed = {file.item_code for file in request.files}
        reasons = dict(request.not_applicable)
        assert filed | set(reasons) <= known
        assert not filed & set(reasons)
        assert all(reasons.values())


def test_documents_are_shown_on_the_duty_route_where_a_patient_sent_some() -> None:
    """OZ-14."""
    duty = [request for request in demo_requests(FRIDAY) if request.route is Route.DUTY]
    assert any(request.files for request in duty)
    assert any(not request.files for request in duty)


def test_questions_to_the_duty_doctor_have_topics() -> None:
    """OZ-13: prevention, treatment, rehabilitation, lifestyle."""
    for request in demo_requests(FRIDAY):
        assert bool(request.topic) == (request.route is Route.DUTY)
    topics = {request.topic for request in demo_requests(FRIDAY)} - {""}
    assert topics == {"Профилактика", "Лечение", "Реабилитация"}


def test_inpatients_and_outpatients_are_there() -> None:
    """OZ-23."""
    for centre in ("cardio", "perinatal"):
        settings = Counter(request.care_setting for request in of_centre(centre))
        assert settings[CareSetting.INPATIENT] >= 4
        assert settings[CareSetting.OUTPATIENT] >= 4


@pytest.mark.parametrize("centre", ["cardio", "perinatal"])
def test_requests_in_and_out_of_profile_and_without_a_code(centre: str) -> None:
    """OZ-3, OZ-5."""
    found = {profile_match(r.icd10, catalogue(r).diseases) for r in of_centre(centre)}
    known = {ProfileMatch.IN_PROFILE, ProfileMatch.OUT_OF_PROFILE, ProfileMatch.NOT_DETERMINED}
    assert found == known


def test_every_code_has_a_title_of_its_own() -> None:
    codes = {request.icd10 for request in demo_requests(FRIDAY) if request.icd10}
    assert codes <= set(icd10_titles())


@pytest.mark.parametrize("now", MOMENTS)
def test_every_minor_has_a_representative(now: datetime) -> None:
    """SPB-1."""
    today = now.astimezone(MOSCOW).date()
    minors = 0
    for request in demo_requests(now):
        born = request.patient.birth_date
        minor = (today.year - born.year - 18, today.month, today.day) < (0, born.month, born.day)
        minors += minor
        assert bool(request.patient.representative) == minor, request.number
    assert minors >= 6


def test_somebody_is_not_identified_and_has_no_confirmed_phone() -> None:
    """DRC-16, DRC-1, SPB-12: all levels of identity are there."""
    patients = [request.patient for request in demo_requests(FRIDAY)]
    levels = {IdentityLevel.CONFIRMED, IdentityLevel.STANDARD, IdentityLevel.NOT_IDENTIFIED}
    assert {patient.identity_level for patient in patients} == levels
    for patient in patients:
        unknown = patient.identity_level is IdentityLevel.NOT_IDENTIFIED
        assert patient.phone_confirmed == (not unknown)


def test_consents_are_three_and_some_are_missing() -> None:
    """DRC-2, SPB-8: three separate consents with the version of the text and the time."""
    kinds = (ConsentKind.PERSONAL_DATA, ConsentKind.DISCLOSURE, ConsentKind.INTERVENTION)
    missing: Counter[ConsentKind] = Counter()
    for request in demo_requests(FRIDAY):
        assert tuple(kind for kind, _, _ in request.consents) == kinds
        assert all(version for _, version, _ in request.consents)
        missing.update(kind for kind, _, given_at in request.consents if given_at is None)
    assert missing[ConsentKind.DISCLOSURE] >= 1
    assert missing[ConsentKind.INTERVENTION] >= 1


def test_quotas_and_payers() -> None:
    """DRC-17: a full quota, a spent one, none at all."""
    quotas = {(r.quota_left, r.quota_total) for r in demo_requests(FRIDAY)}
    assert {(2, 3), (0, 3), (None, None)} <= quotas
    assert len({request.payer for request in demo_requests(FRIDAY)}) >= 3


def test_zones_of_patients_exist_and_differ() -> None:
    """OZ-24."""
    zones = {request.patient.time_zone for request in demo_requests(FRIDAY)}
    assert len({ZoneInfo(zone).utcoffset(FRIDAY.replace(tzinfo=None)) for zone in zones}) >= 6


def test_a_very_long_name_and_markup_in_complaints() -> None:
    request = of_family("Абдурахманова")
    assert len(request.patient.full_name) > 64
    assert '<b>жар</b> & "кавычки"' in request.complaints


def test_one_life_is_in_danger() -> None:
    threatened = [request for request in demo_requests(FRIDAY) if request.life_threat]
    assert [request.patient.full_name for request in threatened] == ["Самойлова Вера Ильинична"]
    assert threatened[0].urgency is Urgency.EMERGENCY


def test_history_is_newest_first_and_says_where_the_request_came_from() -> None:
    """OZ-17, OZ-18: a referral comes from the region's table, by the project's manager."""
    for request in demo_requests(FRIDAY):
        ages = [before for before, _ in request.history]
        assert ages == sorted(ages)
        texts = " ".join(text for _, text in request.history)
        assert ("таблицы региона" in texts) == (request.route is Route.REFERRAL)


def test_nothing_heavy_is_imported_with_the_data() -> None:
    program = (
        "import sys; from backend.demo_data.requests import demo_requests;"
        "from backend.demo_data.staff import demo_staff;"
        "from datetime import datetime, UTC; demo_requests(datetime.now(UTC)); demo_staff();"
        "heavy = {'numpy', 'pydicom', 'PIL', 'reportlab'} & set(sys.modules);"
        "sys.exit(' '.join(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
