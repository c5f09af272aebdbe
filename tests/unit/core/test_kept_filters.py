"""Which rows in hand a filter lets through, without the server."""

from datetime import date, timedelta

import msgspec
import pytest

from backend_client.models.listing import QueueFilter
from backend_client.models.requests import ClockState, Diagnosis, ProfileMatch, RequestStatus
from backend_client.models.routes import Route
from tests.factories import NOW, make_patient, make_row
from workstation.core.kept_filters import lets_through

ROW = make_row(
    route=Route.REFERRAL,
    status=RequestStatus.READY,
    profile_match=ProfileMatch.IN_PROFILE,
    diagnosis=Diagnosis(icd10="I35.0", text="Аортальный стеноз"),
    patient=make_patient("Верещагин Павел", birth_date=date(2010, NOW.month, NOW.day)),
    due_at=NOW + timedelta(hours=5),
    soon_at=NOW - timedelta(hours=1),
    missing_documents=["ecg"],
)


@pytest.mark.parametrize(
    ("asked", "is_in"),
    [
        ({}, True),
        ({"routes": [Route.REFERRAL, Route.DUTY]}, True),
        ({"routes": [Route.DUTY]}, False),
        ({"statuses": [RequestStatus.CLAIMED]}, False),
        ({"profiles": [ProfileMatch.NOT_DETERMINED]}, False),
        ({"icd10": ["q", "i3"]}, True),
        ({"icd10": ["I4"]}, False),
        ({"age_from": NOW.year - 2010, "age_to": NOW.year - 2010}, True),
        ({"age_to": NOW.year - 2011}, False),
        ({"age_from": NOW.year - 2009}, False),
        ({"due_within_hours": 5}, True),
        ({"due_within_hours": 4}, False),
        ({"clocks": [ClockState.SOON]}, True),
        ({"clocks": [ClockState.RUNNING, ClockState.BREACHED, ClockState.NONE]}, False),
        ({"lacks_documents": True}, True),
        ({"lacks_documents": False}, False),
        ({"routes": [Route.REFERRAL], "icd10": ["Q"]}, False),
    ],
)
def test_a_row_fits_all_conditions(asked: dict[str, object], is_in: bool) -> None:
    assert lets_through(msgspec.convert(asked, QueueFilter), ROW, NOW) is is_in


@pytest.mark.parametrize(
    ("hours", "state"),
    [(0, ClockState.SOON), (5, ClockState.BREACHED), (-2, ClockState.RUNNING)],
)
def test_a_term_goes_on_while_the_server_is_away(hours: int, state: ClockState) -> None:
    assert lets_through(QueueFilter(clocks=[state]), ROW, NOW + timedelta(hours=hours))


def test_what_has_no_term_or_no_code_is_found_by_neither() -> None:
    bare = msgspec.structs.replace(
        ROW, due_at=None, soon_at=None, diagnosis=Diagnosis(icd10=None, text="")
    )
    assert lets_through(QueueFilter(clocks=[ClockState.NONE]), bare, NOW)
    assert not lets_through(QueueFilter(due_within_hours=8760), bare, NOW)
    assert not lets_through(QueueFilter(icd10=["I"]), bare, NOW)
