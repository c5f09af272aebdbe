"""Working time: the production calendar, the organisation's hours, its zone (SPB-4, SPB-5)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from backend.rules.catalogue_files import read_calendars
from backend.rules.catalogues import CALENDARS, Catalogues
from backend.rules.clocks import term
from backend.rules.working_calendar import CalendarPeriod, WorkingTime
from backend.settings import CATALOGUES
from backend_client.models.catalogue import ClockGoal, Counting, WorkingHours
from backend_client.models.routes import Route
from tests.backend.clinic import a_catalogue, a_clock

MOSCOW = ZoneInfo("Europe/Moscow")
RUSSIA = read_calendars(CATALOGUES / CALENDARS)["ru"]
HOURS = WorkingHours(opens=time(9), closes=time(18))
CATALOGUE_SET = Catalogues.from_folder(CATALOGUES)
CLINIC = WorkingTime(MOSCOW, RUSSIA, HOURS)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC))


def at(month: int, day: int, hour: int = 12, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=MOSCOW)


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=number) for number in range(365)]


@pytest.mark.parametrize(("year", "working"), [(2026, 247), (2027, 249)])
def test_year_has_the_working_days_of_the_production_calendar(year: int, working: int) -> None:
    """2026: 247 by the decree. 2027: two more than will be, its decree is not in the data."""
    assert sum(map(RUSSIA.is_working, days_of(year))) == working


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 9),  # in place of Saturday, 3 January
        date(2026, 12, 31),  # in place of Sunday, 4 January
        date(2026, 3, 9),  # 8 March is a Sunday
        date(2026, 11, 4),
        date(2027, 1, 8),
        date(2027, 5, 10),  # 9 May is a Sunday
        date(2027, 6, 14),  # 12 June is a Saturday
    ],
)
def test_transferred_and_public_holidays_are_days_off(day: date) -> None:
    assert day.weekday() < 5
    assert not RUSSIA.is_working(day)


def test_periods_of_the_calendar_follow_each_other_and_hold_their_own_days() -> None:
    text = (CATALOGUES / CALENDARS / "ru.json").read_bytes()
    periods = msgspec.json.decode(text, type=list[CalendarPeriod])
    assert [(one.valid_from, one.is_final) for one in periods] == [
        (date(2026, 1, 1), True),
        (date(2027, 1, 1), False),
    ]
    for period in periods:
        for day in [*period.days_off, *period.working_weekends, *period.short_days]:
            assert period.valid_from <= day <= period.valid_to
        assert all(day.weekday() < 5 for day in period.days_off)
        assert all(RUSSIA.is_working(day) for day in period.short_days)


def test_working_days_leave_out_the_new_years_holidays() -> None:
    """SPB-5: registered on 30 December, five working days later is 15 January."""
    assert CLINIC.days_later(at(12, 30), 5) == at(1, 15, year=2027)


def test_working_days_leave_out_a_holiday_within_the_week() -> None:
    """SPB-4: 4 November 2026 is a Wednesday."""
    assert CLINIC.days_later(at(11, 3), 1) == at(11, 5)


def test_term_ends_at_the_closing_and_not_at_night() -> None:
    """SPB-4"""
    assert CLINIC.days_later(at(11, 16, 22), 1) == at(11, 17, 18)
    assert CLINIC.days_later(at(11, 16, 6), 1) == at(11, 17, 9)


@pytest.mark.parametrize("start", [at(11, 20, 20), at(11, 21, 10), at(11, 22, 23)])
def test_five_working_days_from_the_date_of_registration_end_with_the_fifth(
    start: datetime,
) -> None:
    """SPB-5: registered on Friday evening, on Saturday or on Sunday, the fifth is Friday."""
    assert CLINIC.days_later(start, 5) == at(11, 27, 18)


def test_day_off_without_days_to_wait_is_the_next_opening() -> None:
    """SPB-4"""
    assert CLINIC.days_later(at(11, 21, 10), 0) == at(11, 23, 9)


@pytest.mark.parametrize("working", [CLINIC, WorkingTime(MOSCOW, RUSSIA)])
@given(start=MOMENTS, other=MOMENTS, days=st.integers(0, 10))
def test_who_comes_later_is_never_due_earlier(
    working: WorkingTime, start: datetime, other: datetime, days: int
) -> None:
    """SPB-4, SPB-5: over days off, holidays and shortened days too."""
    earlier, later = sorted((start, other))
    assert working.days_later(earlier, days) <= working.days_later(later, days)
    near = earlier + (later - earlier) % timedelta(days=4)
    assert working.days_later(earlier, days) <= working.days_later(near, days)


@example(start=datetime(2027, 5, 1, tzinfo=UTC), gap=timedelta(days=1))  # May's holidays
@given(start=MOMENTS, gap=st.timedeltas(timedelta(), timedelta(days=12)))
def test_later_registered_request_of_the_journal_is_never_due_earlier(
    start: datetime, gap: timedelta
) -> None:
    """SPB-5, SPB-10: by the catalogues that come with the program."""
    catalogue = CATALOGUE_SET.newest("cardio")
    working = CATALOGUE_SET.working_time(catalogue)
    first = term(catalogue, Route.JOURNAL, start, working)
    second = term(catalogue, Route.JOURNAL, start + gap, working)
    assert first is not None
    assert second is not None
    assert first.due_at <= second.due_at
    assert first.soon_at <= second.soon_at


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (at(11, 16, 10), 4, at(11, 16, 14)),
        (at(11, 16, 16), 4, at(11, 17, 11)),
        (at(11, 20, 20), 1, at(11, 23, 10)),
        (at(11, 3, 16), 2, at(11, 5, 10)),  # 3 November closes an hour earlier
        (at(11, 16, 9), 9, at(11, 16, 18)),
    ],
)
def test_hours_count_while_the_organisation_is_open(
    start: datetime, hours: int, end: datetime
) -> None:
    """SPB-4"""
    assert CLINIC.hours_later(start, hours) == end


@given(start=MOMENTS, hours=st.integers(0, 40))
def test_working_hours_end_within_the_hours_of_a_working_day(start: datetime, hours: int) -> None:
    """SPB-4"""
    end = CLINIC.hours_later(start, hours).astimezone(MOSCOW)
    assert RUSSIA.is_working(end.date())
    assert HOURS.opens <= end.time() <= HOURS.closes
    assert end >= start + timedelta(hours=hours)


def test_clock_of_hours_runs_in_working_hours() -> None:
    """SPB-4: asked on Friday evening, four working hours end on Monday at 13."""
    clock = replace(a_clock(Route.CENTRE, 0, 0, Counting.WORKING), due_hours=4, soon_after_hours=2)
    running = term(replace(a_catalogue(), clocks=[clock]), Route.CENTRE, at(11, 20, 20), CLINIC)
    assert running is not None
    assert (running.soon_at, running.due_at) == (at(11, 23, 11), at(11, 23, 13))


def test_clock_whose_goal_is_met_runs_no_more() -> None:
    """SPB-5, SPB-10: once the patient is reached by telephone, the visit's clock counts."""
    catalogue = CATALOGUE_SET.newest("cardio")
    working = CATALOGUE_SET.working_time(catalogue)
    start = at(11, 16)
    first = term(catalogue, Route.JOURNAL, start, working)
    second = term(catalogue, Route.JOURNAL, start, working, {ClockGoal.CONTACT})
    goals = {ClockGoal.CONTACT, ClockGoal.VISIT}
    assert first is not None
    assert second is not None
    assert first.due_at == at(11, 23)
    assert second.due_at == at(11, 26)
    assert term(catalogue, Route.JOURNAL, start, working, goals) is None


def test_zone_is_the_organisations() -> None:
    """SPB-4: Friday evening in Moscow is Saturday in Vladivostok."""
    far = WorkingTime(ZoneInfo("Asia/Vladivostok"), RUSSIA)
    evening = datetime(2026, 11, 20, 20, tzinfo=UTC)
    assert far.days_later(evening, 1) == datetime(2026, 11, 23, 14, tzinfo=UTC)  # midnight there


def test_without_a_calendars_name_it_is_monday_to_friday() -> None:
    catalogue = a_catalogue()
    working = Catalogues([catalogue]).working_time(catalogue)
    assert working.days_later(at(11, 3), 1) == at(11, 4)


def test_calendar_that_is_not_there_is_no_calendar_at_all() -> None:
    """SPB-4: in its place nothing is made up."""
    catalogue = replace(a_catalogue(), working_calendar="nowhere")
    with pytest.raises(KeyError, match="nowhere"):
        Catalogues([catalogue]).working_time(catalogue)


def test_shortened_day_never_ends_before_it_begins() -> None:
    half_an_hour = WorkingHours(opens=time(9), closes=time(9, 30))
    short = WorkingTime(MOSCOW, RUSSIA, half_an_hour)
    assert short.days_later(at(11, 2, 12), 1) == at(11, 3, 9)  # 3 November closes an hour earlier
