"""Clocks of the routes (OZ-9, OZ-21, SPB-5, SPB-10)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from backend.rules.clocks import (
    Term,
    begins_anew,
    clock_state,
    counts_from_appointment,
    days_later,
    goals_met,
    term,
)
from backend.rules.status import ENDED
from backend_client.models.catalogue import ClockGoal, ClockStart, Counting
from backend_client.models.requests import ClockState, RequestStatus
from backend_client.models.routes import Route
from tests.backend.clinic import a_catalogue, a_clock

G, S = ClockGoal, RequestStatus
MOSCOW = ZoneInfo("Europe/Moscow")
MOMENT = timedelta(microseconds=1)
FRIDAY = datetime(2026, 11, 20, 15, 30, tzinfo=MOSCOW)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


def test_application_is_amber_after_a_day_and_due_after_three() -> None:
    """OZ-9"""
    running = term(a_catalogue(), Route.CENTRE, FRIDAY)
    assert running == Term("Срок", FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=3))
    assert running.due_at.tzinfo is UTC


def test_working_days_leave_the_weekend_out() -> None:
    """SPB-5"""
    running = term(a_catalogue(), Route.JOURNAL, FRIDAY)
    assert running is not None
    assert running.soon_at == datetime(2026, 11, 25, 15, 30, tzinfo=MOSCOW)
    assert running.due_at == datetime(2026, 11, 27, 15, 30, tzinfo=MOSCOW)


def test_weekend_is_that_of_the_centres_zone() -> None:
    """SPB-4: Friday evening in UTC is Saturday in Vladivostok already: until Monday's end there."""
    evening = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
    far_east = days_later(evening, 1, Counting.WORKING, ZoneInfo("Asia/Vladivostok"))
    assert far_east == datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
    moscow = days_later(evening, 1, Counting.WORKING, MOSCOW)
    assert moscow == datetime(2026, 11, 23, 20, 0, tzinfo=UTC)


def test_calendar_days_keep_the_time_of_day_when_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    before = datetime(2026, 10, 24, 10, 0, tzinfo=berlin)
    after = days_later(before, 1, Counting.CALENDAR, berlin)
    assert after.astimezone(berlin).hour == 10
    assert after - before == timedelta(hours=25)


def test_of_two_clocks_the_first_to_end_counts() -> None:
    """SPB-5, SPB-10"""
    clocks = [
        a_clock(Route.JOURNAL, 7, 10, name="visit"),
        a_clock(Route.JOURNAL, 3, 5, name="call"),
    ]
    running = term(replace(a_catalogue(), clocks=clocks), Route.JOURNAL, FRIDAY)
    assert running is not None
    assert running.name == "call"


@pytest.mark.parametrize(("route", "start"), [(Route.CENTRE, None), (Route.DUTY, FRIDAY)])
def test_nothing_runs_without_a_start_or_without_a_clock(
    route: Route, start: datetime | None
) -> None:
    assert term(a_catalogue(), route, start) is None


@given(start=MOMENTS, days=st.integers(1, 30))
def test_working_term_ends_on_a_working_day_and_never_before_the_calendar_one(
    start: datetime, days: int
) -> None:
    """SPB-4"""
    end = days_later(start, days, Counting.WORKING, MOSCOW)
    days_there = {one.astimezone(MOSCOW).weekday() for one in (end, end - MOMENT)}
    assert min(days_there) < 5  # midnight is the end of the day before
    assert end >= days_later(start, days, Counting.CALENDAR, MOSCOW)
    assert end <= days_later(start, days + 1, Counting.WORKING, MOSCOW)


@pytest.mark.parametrize(
    ("hours", "state"),
    [
        (0, ClockState.RUNNING),
        (23.9, ClockState.RUNNING),
        (24, ClockState.SOON),
        (71.9, ClockState.SOON),
        (72, ClockState.BREACHED),
    ],
)
def test_clock_is_amber_from_soon_and_breached_from_due(hours: float, state: ClockState) -> None:
    """OZ-9"""
    soon, due = FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=3)
    assert clock_state(FRIDAY + timedelta(hours=hours), soon, due) is state


@pytest.mark.parametrize(
    ("status", "was_reached", "met"),
    [
        (S.NEW, False, set()),
        (S.READY, True, {G.CONTACT}),
        (S.CLAIMED, False, set()),
        (S.CLAIMED, True, {G.CONTACT}),
        (S.SLOT_PROPOSED, False, {G.ANSWER}),
        (S.SLOT_PROPOSED, True, {G.ANSWER, G.CONTACT}),
        (S.SCHEDULED, False, {G.ANSWER, G.CONTACT}),
        (S.WAITING, False, {G.ANSWER, G.CONTACT}),
    ],
)
def test_goal_is_met_by_what_has_happened(
    status: RequestStatus, was_reached: bool, met: set[ClockGoal]
) -> None:
    """OZ-9, OZ-21, SPB-5: the notice of a time answers, an agreed time was a contact."""
    assert goals_met(status, was_reached=was_reached) == met


@pytest.mark.parametrize("status", [S.IN_CALL, S.DRAFTING, S.SIGNED, S.RETURNED, *ENDED])
def test_nothing_is_waited_for_behind_the_visit_or_an_end(status: RequestStatus) -> None:
    """SPB-10, OZ-22"""
    assert goals_met(status, was_reached=False) >= set(G) - {G.UNKNOWN}


def test_only_answers_begin_anew() -> None:
    """SPB-5, SPB-10: what counts from the registration goes on; duty waits for its time (OZ-15)."""
    call = replace(a_clock(Route.JOURNAL, 3, 5), until=G.CONTACT)
    booked = replace(a_clock(Route.DUTY, 0, 0), counts_from=ClockStart.APPOINTMENT)
    answer = a_clock(Route.CENTRE, 1, 3)
    catalogue = replace(a_catalogue(), clocks=[call, answer, booked])
    routes = (Route.CENTRE, Route.JOURNAL, Route.DUTY)
    assert [begins_anew(catalogue, one) for one in routes] == [True, False, False]
    assert [counts_from_appointment(catalogue, one) for one in routes] == [False, False, True]
    mixed = replace(catalogue, clocks=[answer, replace(answer, until=G.VISIT)])
    assert not begins_anew(mixed, Route.CENTRE)


def test_without_a_term_there_is_no_clock() -> None:
    assert clock_state(FRIDAY, None, None) is ClockState.NONE
