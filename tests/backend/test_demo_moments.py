"""The demonstration at any moment: time left, ages and dates hold whenever it is started."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.demo_data.requests import CASES, demo_requests
from backend.rules.clocks import clock_state
from backend_client.models.requests import ClockState, RequestStatus
from backend_client.models.routes import Route
from tests.backend.demo_view import (
    FRIDAY,
    MOMENTS,
    MOSCOW,
    age_on,
    of_family,
    term_of,
    today_at,
)

SATURDAY = 5
ANSWERED = (RequestStatus.SCHEDULED, RequestStatus.DRAFTING)
"""Of those that the demonstration has: on an application or a referral nothing is due any more."""


def times_left() -> list[timedelta | None]:
    """As the cases are written."""
    return [case.left for cases in CASES.values() for case in cases]


@pytest.mark.parametrize("now", MOMENTS)
def test_the_catalogue_gives_the_time_left_that_is_written(now: datetime) -> None:
    """OZ-9, OZ-21: at any start the same requests are late, soon and far."""
    for request, case in zip(demo_requests(now), times_left(), strict=True):
        running = term_of(request)
        if case is None or running is None:
            assert case is None or (request.status in ANSWERED and request.route is not Route.DUTY)
            assert running is None
        elif request.route is Route.JOURNAL:
            # Within the hours of a working day; over the holidays the visit's clock is the first.
            assert -timedelta(days=1) <= running.due_at - now - case <= timedelta(days=5)
        else:
            assert running.due_at - now == case


@pytest.mark.parametrize("now", MOMENTS)
def test_journal_counts_working_days(now: datetime) -> None:
    """SPB-5: five working days, none of them Saturday or Sunday."""
    for request in demo_requests(now):
        running, start = term_of(request), request.clock_started_at
        if request.route is Route.JOURNAL and running and start:
            assert running.due_at.astimezone(MOSCOW).weekday() < SATURDAY
            assert start.astimezone(MOSCOW).weekday() < SATURDAY


@pytest.mark.parametrize("now", MOMENTS)
def test_nothing_happened_in_the_future_or_before_birth(now: datetime) -> None:
    today = today_at(now)
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
    today = today_at(now)
    born = {one.patient.full_name.split()[0]: one.patient.birth_date for one in demo_requests(now)}
    assert age_on(born["Верещагин"], today) == 61
    assert age_on(born["Самойлова"], today) == 72
    assert 122 <= (today - born["Кочетов"]).days <= 150
    assert (today - born["Крылов"]).days < 28


def test_files_of_a_week_keep_their_keys() -> None:
    """Files are made anew once a week, not at every start."""
    monday = datetime(2026, 11, 16, 6, tzinfo=UTC)
    keys = [
        {file.key for request in demo_requests(now) for file in request.files}
        for now in (monday, monday + timedelta(days=4), monday + timedelta(days=7))
    ]
    assert keys[0] == keys[1]
    assert not keys[0] & keys[2]


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
    running = term_of(request)
    assert running is not None
    assert running.due_at - FRIDAY == timedelta(minutes=minutes)
    assert clock_state(FRIDAY, running.soon_at, running.due_at) is state


def test_history_is_newest_first_and_says_where_the_request_came_from() -> None:
    """A referral comes from the region's table, by the project's manager."""
    for request in demo_requests(FRIDAY):
        ages = [before for before, _ in request.history]
        assert ages == sorted(ages)
        texts = " ".join(text for _, text in request.history)
        assert ("таблицы региона" in texts) == (request.route is Route.REFERRAL)


@pytest.mark.parametrize("now", MOMENTS)
def test_every_minor_has_a_representative(now: datetime) -> None:
    """SPB-1."""
    minors = 0
    for request in demo_requests(now):
        minor = age_on(request.patient.birth_date, today_at(now)) < 18
        minors += minor
        assert bool(request.patient.representative) == minor, request.number
    assert minors >= 6
