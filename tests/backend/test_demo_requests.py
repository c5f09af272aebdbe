"""The demonstration's people and requests: enough of them, of all kinds, those of the pictures."""

import subprocess
import sys
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backend.demo_data.case import OWN_MEANS
from backend.demo_data.requests import demo_requests
from backend.demo_data.staff import demo_staff
from backend.rules.completeness import missing_documents, tally
from backend.rules.consents import required_consents
from backend.rules.icd10 import icd10_titles
from backend.rules.profile import profile_match
from backend_client.models.accounts import Role
from backend_client.models.requests import (
    CareSetting,
    ConsentKind,
    IdentityLevel,
    ProfileMatch,
    RequestStatus,
    Urgency,
)
from backend_client.models.routes import Route
from tests.backend.demo_view import (
    FRIDAY,
    catalogue_of,
    chips_of,
    items_of,
    of_centre,
    of_family,
)

ROOT = Path(__file__).parents[2]


def test_there_are_enough_requests_with_files_in_both_centres() -> None:
    assert len(of_centre("cardio")) >= 26
    assert len(of_centre("perinatal")) >= 16
    assert sum(1 for request in demo_requests(FRIDAY) if request.files) >= 30


@pytest.mark.parametrize("centre", ["cardio", "perinatal"])
def test_every_route_and_many_statuses_are_there(centre: str) -> None:
    """OZ-1."""
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


def test_ready_means_complete_and_awaiting_means_something_is_missing() -> None:
    """OZ-2, OZ-6: the gate of documents holds on applications and referrals."""
    for request in demo_requests(FRIDAY):
        files = tally((file.item_code, file.taken_on, False) for file in request.files)
        missing = missing_documents(items_of(request), request.route, files)
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
        known = {item.code for item in catalogue_of(request).documents}
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
    found = {profile_match(r.icd10, catalogue_of(r).diseases) for r in of_centre(centre)}
    known = {ProfileMatch.IN_PROFILE, ProfileMatch.OUT_OF_PROFILE, ProfileMatch.NOT_DETERMINED}
    assert found == known


def test_every_code_has_a_title_of_its_own() -> None:
    codes = {request.icd10 for request in demo_requests(FRIDAY) if request.icd10}
    assert codes <= set(icd10_titles())


def test_somebody_is_not_identified_and_has_no_confirmed_phone() -> None:
    """DRC-16: all levels of identity are there."""
    patients = [request.patient for request in demo_requests(FRIDAY)]
    levels = {IdentityLevel.CONFIRMED, IdentityLevel.STANDARD, IdentityLevel.NOT_IDENTIFIED}
    assert {patient.identity_level for patient in patients} == levels
    for patient in patients:
        unknown = patient.identity_level is IdentityLevel.NOT_IDENTIFIED
        assert patient.phone_confirmed == (not unknown)


def test_somebody_has_said_new_data_that_nobody_has_confirmed() -> None:
    """DRC-14: each differs from what is confirmed."""
    told = [request.patient for request in demo_requests(FRIDAY) if request.patient.changed]
    assert told
    for patient in told:
        for field, value in patient.changed:
            assert value != getattr(patient, field.value)


def test_consents_are_the_catalogues_and_some_are_missing() -> None:
    """DRC-2, SOK-2: each that is asked for, with the version of its text and the time."""
    missing: Counter[ConsentKind] = Counter()
    for request in demo_requests(FRIDAY):
        asked = required_consents(catalogue_of(request), request.route, request.payer)
        texts = [(text.kind, text.version) for text in asked]
        assert [(kind, version) for kind, version, _ in request.consents] == texts
        missing.update(kind for kind, _, given_at in request.consents if given_at is None)
    assert missing[ConsentKind.DISCLOSURE] >= 1
    assert missing[ConsentKind.INTERVENTION] >= 1


def test_contract_of_paid_services_is_there_and_is_missing() -> None:
    """SOK-2: only with patients who pay themselves; no programme counts their consultations."""
    paid = [one for one in demo_requests(FRIDAY) if one.payer == OWN_MEANS]
    given = {
        given_at is not None
        for request in paid
        for kind, _, given_at in request.consents
        if kind is ConsentKind.PAID_SERVICES
    }
    assert given == {True, False}
    assert {request.quota_left for request in paid} == {None}


def test_quotas_and_payers() -> None:
    """A full quota, a spent one, none at all."""
    quotas = {(r.quota_left, r.quota_total) for r in demo_requests(FRIDAY)}
    assert {(2, 3), (0, 3), (None, None)} <= quotas
    assert len({request.payer for request in demo_requests(FRIDAY)}) >= 3


def test_zones_of_patients_exist_and_differ() -> None:
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


def test_nothing_heavy_is_imported_with_the_data() -> None:
    program = (
        "import sys; from backend.demo_data.requests import demo_requests;"
        "from backend.demo_data.staff import demo_staff;"
        "from datetime import datetime, UTC; demo_requests(datetime.now(UTC)); demo_staff();"
        "heavy = {'numpy', 'pydicom', 'PIL', 'reportlab'} & set(sys.modules);"
        "sys.exit(' '.join(heavy) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
