"""The centres' catalogues as data: period, diseases, documents, clocks."""

import re
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest

from backend.rules.approvals import route_needs_approval
from backend.rules.consents import required_consents
from backend.rules.icd10 import HEADINGS
from backend_client.models.catalogue import Catalogue, Clock, ClockGoal, ClockStart, Counting
from backend_client.models.documents import DocumentKind
from backend_client.models.requests import ConsentKind
from backend_client.models.routes import Route
from tests.backend.clinic import ClinicMaker, read

CENTRES = ("cardio", "perinatal")


def versions(centre: str) -> list[Catalogue]:
    text = (HEADINGS.parent / f"{centre}.json").read_bytes()
    return msgspec.json.decode(text, type=list[Catalogue])


def current(centre: str) -> Catalogue:
    return versions(centre)[-1]


def group_of(centre: str, icd10: str) -> str | None:
    groups = current(centre).diseases
    found = (g.code for g in groups if any(icd10.startswith(p) for p in g.icd10_prefixes))
    return next(found, None)


def clocks_of(centre: str, route: Route) -> list[Clock]:
    return [clock for clock in current(centre).clocks if clock.route is route]


def required(centre: str) -> list[str]:
    return [item.code for item in current(centre).documents if item.required]


@pytest.mark.parametrize("centre", CENTRES)
def test_first_version_holds_for_the_project_period(centre: str) -> None:
    """OZ-29: 1 November 2020 to 31 October 2021."""
    first = versions(centre)[0]
    assert (first.valid_from, first.valid_to) == (date(2020, 11, 1), date(2021, 10, 31))


@pytest.mark.parametrize("centre", CENTRES)
def test_versions_follow_each_other_without_a_gap_and_the_last_is_open(centre: str) -> None:
    """OZ-29."""
    every = versions(centre)
    for earlier, later in zip(every, every[1:], strict=False):
        assert earlier.valid_to is not None
        assert later.valid_from == earlier.valid_to + timedelta(days=1)
    assert every[-1].valid_to is None
    assert len({version.version for version in every}) == len(every)


@pytest.mark.parametrize("centre", CENTRES)
def test_catalogue_names_its_centre_and_zone(centre: str) -> None:
    for version in versions(centre):
        assert version.centre_id == centre
        assert version.centre_name_ru.startswith("Центр ")
        assert ZoneInfo(version.time_zone).key == "Europe/Moscow"


@pytest.mark.parametrize("centre", CENTRES)
def test_no_unknown_value_and_no_code_twice(centre: str) -> None:
    for version in versions(centre):
        for codes in ([d.code for d in version.diseases], [d.code for d in version.documents]):
            assert len(set(codes)) == len(codes)
        assert Counting.UNKNOWN not in {clock.counting for clock in version.clocks}
        assert Route.UNKNOWN not in {clock.route for clock in version.clocks}
        assert Route.UNKNOWN not in {r for item in version.documents for r in item.routes}


@pytest.mark.parametrize(
    ("icd10", "group"),
    [
        ("Q21.3", "congenital_heart"),
        ("I35.0", "acquired_heart"),
        ("I25.1", "ischaemic"),
        ("I42.1", "cardiomyopathy"),
        ("I48.1", "rhythm"),
        ("I50.0", "combined"),
        ("I71.2", "arterial"),
        ("I83.1", "venous"),
        ("M16.1", None),
        ("I10", None),
    ],
)
def test_diseases_of_the_heart_centre(icd10: str, group: str | None) -> None:
    """OZ-3: the document's list of diseases, by ICD-10."""
    assert group_of("cardio", icd10) == group


@pytest.mark.parametrize(
    ("icd10", "group"),
    [
        ("O35.0", "fetal_malformation"),
        ("Q79.0", "fetal_malformation"),
        ("O36.8", "fetal_arrhythmia"),
        ("O36.5", None),
        ("O99.8", "cancer_in_pregnancy"),
        ("C56", "gynaecological_cancer"),
        ("D07.2", "gynaecological_cancer"),
        ("D07.5", None),
        ("N60.1", "breast"),
        ("Q51.3", "uterine_malformation"),
        ("Q52.0", "uterine_malformation"),
        ("O14.1", None),
    ],
)
def test_diseases_of_the_perinatal_centre(icd10: str, group: str | None) -> None:
    """OZ-5: the document's list of diseases, by ICD-10."""
    assert group_of("perinatal", icd10) == group


def test_checklist_of_the_heart_centre() -> None:
    """OZ-2, OZ-4: conclusion, discharge summaries, ECG, echo; CT and MRI where there are any."""
    items = [(item.chip_ru, item.required) for item in current("cardio").documents]
    needed = [("Закл", True), ("Вып", True), ("ЭКГ", True), ("Эхо", True)]
    assert items == [*needed, ("КТ", False), ("МРТ", False)]


def test_checklist_of_the_perinatal_centre() -> None:
    """OZ-2, OZ-6: exchange card, pelvic and fetal ultrasound; CT and MRI where there are any."""
    assert required("perinatal") == [
        "conclusion",
        "summary",
        "exchange_card",
        "us_pelvis",
        "us_fetus",
    ]
    assert [item.code for item in current("perinatal").documents][5:] == ["ct", "mri"]


@pytest.mark.parametrize("centre", CENTRES)
def test_journal_asks_for_no_document(centre: str) -> None:
    """OZ-14: the duty route shows the items, the journal none."""
    for item in current(centre).documents:
        assert set(item.routes) == {Route.CENTRE, Route.REFERRAL, Route.DUTY}


@pytest.mark.parametrize("centre", CENTRES)
@pytest.mark.parametrize(
    ("route", "terms"),
    [
        (Route.CENTRE, [(1, 3, Counting.CALENDAR)]),
        (Route.REFERRAL, [(2, 4, Counting.CALENDAR)]),
        (Route.DUTY, [(0, 0, Counting.CALENDAR)]),
        (
            Route.JOURNAL,
            [(3, 5, Counting.WORKING), (7, 10, Counting.CALENDAR)],
        ),
    ],
)
def test_clocks(centre: str, route: Route, terms: list[tuple[int, int, Counting]]) -> None:
    """OZ-9, OZ-21, SPB-5, SPB-10: days to amber, days to breach, how they are counted."""
    found = clocks_of(centre, route)
    assert [(one.soon_after_days, one.due_days, one.counting) for one in found] == terms
    assert all(re.fullmatch(r"(OZ|SPB)-\d+", one.source) for one in found)


@pytest.mark.parametrize("centre", CENTRES)
def test_three_separate_consents_are_asked_for_on_every_route(centre: str) -> None:
    """DRC-2, SOK-2, SPB-8, SPB-13: each with its words and their version."""
    three = [ConsentKind.PERSONAL_DATA, ConsentKind.DISCLOSURE, ConsentKind.INTERVENTION]
    for version in versions(centre):
        assert [text.kind for text in version.consents if text.payers is None] == three
        assert all(set(text.routes) == set(Route) - {Route.UNKNOWN} for text in version.consents)
        assert all(text.text_ru and text.version for text in version.consents)


@pytest.mark.parametrize("centre", CENTRES)
@pytest.mark.parametrize("route", set(Route) - {Route.UNKNOWN})
@pytest.mark.parametrize(
    ("payer", "is_asked"),
    [
        ("Личные средства", True),
        (" личные  СРЕДСТВА ", True),
        ("Платные услуги", True),
        ("ОМС", False),
        ("ДМС «Забота»", False),
        ("", False),
    ],
)
def test_contract_of_paid_services_is_asked_of_who_pays(
    centre: str, route: Route, payer: str, *, is_asked: bool
) -> None:
    """SOK-2; the project's own consultations were free (OZ-29)."""
    first, *_, last = versions(centre)
    asked = [text.kind for text in required_consents(last, route, payer)]
    assert (ConsentKind.PAID_SERVICES in asked) == is_asked
    assert ConsentKind.PAID_SERVICES not in {text.kind for text in first.consents}


@pytest.mark.parametrize("centre", CENTRES)
def test_clinic_approves_applications_and_referrals(centre: str) -> None:
    """SPB-21: duty questions and the journal are delivered with the doctor's signature."""
    for version in versions(centre):
        approved = {route for route in Route if route_needs_approval(version, route)}
        assert approved == {Route.CENTRE, Route.REFERRAL}


@pytest.mark.parametrize("centre", CENTRES)
def test_other_routes_wait_for_the_answer_or_for_the_booked_time(centre: str) -> None:
    """OZ-9, OZ-15, OZ-21"""
    for route, goal, start in (
        (Route.CENTRE, ClockGoal.ANSWER, ClockStart.READY),
        (Route.REFERRAL, ClockGoal.ANSWER, ClockStart.READY),
        (Route.DUTY, ClockGoal.VISIT, ClockStart.APPOINTMENT),
    ):
        for version in versions(centre):
            clocks = [one for one in version.clocks if one.route is route]
            assert [(one.until, one.counts_from) for one in clocks] == [(goal, start)]


@pytest.mark.parametrize("centre", CENTRES)
def test_journal_waits_for_the_call_first_and_then_for_the_visit(centre: str) -> None:
    """SPB-5, SPB-10"""
    goals = [clock.until for clock in clocks_of(centre, Route.JOURNAL)]
    assert goals == [ClockGoal.CONTACT, ClockGoal.VISIT]
    assert current(centre).working_calendar == "ru"
    assert current(centre).working_hours is not None


@pytest.mark.parametrize("centre", CENTRES)
def test_what_opens_where_is_said_for_every_period(centre: str) -> None:
    """OZ-29"""
    for version in versions(centre):
        hanging = version.hanging
        assert hanging is not None
        assert DocumentKind.UNKNOWN not in {
            kind for rule in hanging.rules for other in rule.beside for kind in other.kinds
        }
        last = hanging.rules[-1]
        assert not last.items, "the last rule is about every picture"
        assert not last.modalities


async def test_the_catalogue_is_served_with_what_opens_where(shipped: ClinicMaker) -> None:
    """OZ-29"""
    async with shipped.open() as clinic:
        served = read(await (await clinic.caller()).get("/catalogue"), Catalogue)
    assert served.hanging == current(served.centre_id).hanging
