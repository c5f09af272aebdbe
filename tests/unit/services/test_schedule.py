"""Which times are offered to a patient, and what becomes of an offer (OZ-8, OZ-24)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend_client.errors import BackendError, Conflict, Unreachable
from backend_client.models.common import ProblemCode, RequestId
from backend_client.models.patient import PatientLink
from backend_client.models.requests import RequestCard, RequestRow
from backend_client.models.schedule import Schedule, SlotTime
from tests.factories import NOW, make_card, make_row
from workstation.core.connection import ConnectionState, Link
from workstation.services.link import LinkState
from workstation.services.schedule import (
    STEP,
    Busy,
    ScheduleService,
    Suggestion,
    Why,
    Wish,
    is_free,
    suggest,
)

MOSCOW = ZoneInfo("Europe/Moscow")
KAMCHATKA = ZoneInfo("Asia/Kamchatka")
MONDAY = datetime(2026, 11, 23, 6, 10, tzinfo=UTC)
"""9:10 in Moscow."""


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November by Moscow's clock."""
    return datetime(2026, 11, day, hour, minute, tzinfo=MOSCOW).astimezone(UTC)


def busy(day: int, first: int, last: int) -> Busy:
    return Busy(at(day, first), at(day, last))


def starts(found: Sequence[Suggestion]) -> list[datetime]:
    return [one.start for one in found]


def wish(
    now: datetime = MONDAY,
    due_at: datetime | None = None,
    patient_zone: ZoneInfo | None = MOSCOW,
) -> Wish:
    return Wish(now, due_at, MOSCOW, patient_zone)


def test_three_times_on_three_days_an_hour_from_now_at_the_soonest() -> None:
    found = suggest(wish(), [])
    assert starts(found) == [at(23, 10, 30), at(24, 9), at(25, 9)]


def test_taken_time_is_not_offered() -> None:
    found = suggest(wish(), [busy(23, 9, 12), Busy(at(24, 9), at(24, 9, 10))])
    assert starts(found) == [at(23, 12), at(24, 9, 30), at(25, 9)]
    assert [one.why for one in found[:2]] == [Why.AFTER_ANOTHER, Why.AFTER_ANOTHER]


def test_a_time_before_another_consultation_says_so() -> None:
    found = suggest(wish(), [busy(23, 11, 12)])
    assert found[0].why is Why.BEFORE_ANOTHER
    assert found[1].why is Why.FREE_AROUND


def test_times_within_the_term_come_first_and_apart() -> None:
    found = suggest(wish(due_at=at(23, 18)), [])
    assert starts(found) == [at(23, 10, 30), at(23, 12, 30), at(23, 14, 30)]
    assert not any(one.is_late for one in found)


def test_after_the_term_only_where_nothing_is_free_before_it() -> None:
    found = suggest(wish(due_at=at(23, 18)), [busy(23, 9, 17)])
    assert starts(found) == [at(23, 17), at(23, 17, 30), at(24, 9)]
    assert [one.is_late for one in found] == [False, False, True]


def test_an_overdue_request_gets_the_soonest_times() -> None:
    found = suggest(wish(due_at=at(20, 12)), [])
    assert found[0].start == at(23, 10, 30)
    assert all(one.is_late for one in found)


def test_nobody_is_invited_at_night_in_the_patients_zone() -> None:
    """Kamchatka is nine hours ahead: only Moscow's morning is the patient's evening (OZ-24)."""
    found = suggest(wish(patient_zone=KAMCHATKA), [])
    local = [one.start.astimezone(KAMCHATKA) for one in found]
    assert all(8 <= one.hour <= 20 for one in local)
    assert starts(found)[0] == at(23, 10, 30)
    assert at(23, 12, 30) not in starts(suggest(wish(at(23, 11), None, KAMCHATKA), []))


def test_an_unknown_zone_of_the_patient_limits_nothing() -> None:
    assert starts(suggest(wish(patient_zone=None), [])) == starts(suggest(wish(), []))


def test_the_weekend_and_the_evening_are_left_out() -> None:
    found = suggest(wish(at(27, 17, 20)), [])
    assert starts(found) == [at(30, 9), at(30, 9) + timedelta(days=1), at(30, 9) + 2 * DAY]


DAY = timedelta(days=1)


def test_a_full_week_gives_nothing() -> None:
    assert suggest(wish(), [Busy(MONDAY, MONDAY + timedelta(days=8))]) == ()


@pytest.mark.parametrize(("start", "free"), [(at(23, 9, 30), True), (at(23, 11, 30), False)])
def test_touching_is_not_overlapping(start: datetime, free: bool) -> None:
    taken = [busy(23, 10, 12)]
    assert is_free(start, taken) is free
    assert is_free(at(23, 12), taken)
    assert not is_free(at(23, 10) - STEP / 2, taken)


class Backend:
    """Takes proposals, or fails with what it was given."""

    def __init__(self) -> None:
        self.orders: list[tuple[RequestId, datetime, int, str | None]] = []
        self.errors: list[BackendError] = []
        self.row = make_row()

    async def between(self, start: datetime, end: datetime) -> Schedule:
        return Schedule(time_zone="Europe/Moscow", entries=[])

    async def propose(
        self,
        request_id: RequestId,
        times: Sequence[SlotTime],
        *,
        version: int,
        key: str | None = None,
    ) -> RequestCard:
        self.orders.append((request_id, times[0].start, version, key))
        if self.errors:
            raise self.errors.pop(0)
        return make_card(self.row)

    async def give_patient_link(self, request_id: RequestId) -> PatientLink:
        if self.errors:
            raise self.errors.pop(0)
        return PatientLink(url=f"http://server/p/#{request_id}", expires_at=NOW)


class Desk:
    """The service around that backend."""

    def __init__(self) -> None:
        self.backend = Backend()
        self.link = LinkState(ConnectionState(Link.ONLINE, NOW))
        self.heard: list[RequestRow | None] = []
        self.service = ScheduleService(
            self.backend, self.link, lambda _, row: self.heard.append(row)
        )


async def test_an_accepted_proposal_comes_in_by_the_road_of_all_changes() -> None:
    desk = Desk()
    await desk.service.propose(desk.backend.row.id, 7, at(23, 12))
    assert desk.heard == [desk.backend.row]


async def test_after_a_lost_answer_it_is_still_the_same_order() -> None:
    desk = Desk()
    desk.backend.errors = [Unreachable(may_have_arrived=True)]
    with pytest.raises(Unreachable):
        await desk.service.propose(desk.backend.row.id, 7, at(23, 12))
    await desk.service.propose(desk.backend.row.id, 8, at(23, 12))
    await desk.service.propose(desk.backend.row.id, 8, at(23, 12))
    first, again, anew = [key for *_, key in desk.backend.orders]
    assert first == again != anew
    assert [version for *_, version, _ in desk.backend.orders] == [7, 7, 8]


async def test_a_refused_proposal_is_another_order_the_next_time() -> None:
    desk = Desk()
    desk.backend.errors = [Conflict(ProblemCode.SLOT_TAKEN)]
    with pytest.raises(Conflict):
        await desk.service.propose(desk.backend.row.id, 7, at(23, 12))
    await desk.service.propose(desk.backend.row.id, 7, at(23, 12))
    first, again = [key for *_, key in desk.backend.orders]
    assert first != again
    assert desk.heard == [desk.backend.row]


async def test_without_a_connection_nothing_is_asked() -> None:
    desk = Desk()
    desk.link.set(ConnectionState(Link.OFFLINE, NOW))
    with pytest.raises(Unreachable):
        await desk.service.propose(desk.backend.row.id, 7, at(23, 12))
    with pytest.raises(Unreachable):
        await desk.service.between(MONDAY, MONDAY + timedelta(days=7))
    assert desk.backend.orders == []


async def test_a_link_to_the_patient_s_page_is_given_and_never_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk = Desk()
    with caplog.at_level("DEBUG"):
        link = await desk.service.give_patient_link(desk.backend.row.id)
    assert link.url.endswith(f"#{desk.backend.row.id}")
    assert caplog.text == ""
    desk.backend.errors = [Conflict(ProblemCode.MOVE_NOT_ALLOWED)]
    with pytest.raises(Conflict):
        await desk.service.give_patient_link(desk.backend.row.id)
    desk.link.set(ConnectionState(Link.OFFLINE, NOW))
    with pytest.raises(Unreachable):
        await desk.service.give_patient_link(desk.backend.row.id)
