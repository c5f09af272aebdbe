"""An organisation's working time: its production calendar, its hours, its zone (SPB-4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from backend_client.models.catalogue import WorkingHours

SATURDAY = 5
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MIDNIGHT = time()
NINE = time(9)


class CalendarPeriod(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a production calendar as it lies in a file; outside of all: Monday to Friday."""

    valid_from: date
    valid_to: date
    source: str
    """The law and the decree that moves days off."""
    is_final: bool
    """False: the decree of the year is not in it."""
    days_off: list[date]
    """Holidays on weekdays, and weekdays that were made days off."""
    working_weekends: list[date]
    """Saturdays and Sundays that were made working days."""
    short_days: list[date]
    """One hour shorter: before a holiday (Labour Code, article 95)."""


@dataclass(frozen=True, slots=True)
class ProductionCalendar:
    """Days off and days on; every other day follows its weekday."""

    days_off: frozenset[date] = frozenset()
    working_weekends: frozenset[date] = frozenset()
    short_days: frozenset[date] = frozenset()

    @classmethod
    def of(cls, periods: Iterable[CalendarPeriod]) -> "ProductionCalendar":
        """Of all periods of a file."""
        known = list(periods)
        return cls(
            frozenset(day for one in known for day in one.days_off),
            frozenset(day for one in known for day in one.working_weekends),
            frozenset(day for one in known for day in one.short_days),
        )

    def is_working(self, day: date) -> bool:
        """Whether people work on that day."""
        if day.weekday() >= SATURDAY:
            return day in self.working_weekends
        return day not in self.days_off


WEEKDAYS = ProductionCalendar()
"""Monday to Friday, all the year."""


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """When one organisation works."""

    zone: ZoneInfo
    calendar: ProductionCalendar = WEEKDAYS
    hours: WorkingHours | None = None
    """None: the whole of a working day."""

    def days_later(self, start: datetime, days: int) -> datetime:
        """`days` working days later at the same time of day, or at the closing before it.

        The day of the start is not one of them (SPB-5), so that a start on a day off ends with
        the closing of the last of them: who comes later is never due earlier.
        """
        local = start.astimezone(self.zone)
        if not self.calendar.is_working(local.date()):
            return self._from_day_off(local.date(), days)
        day = self._working_days_later(local.date(), days)
        return self._within_hours(self._at(day, local.time()))

    def morning_after(self, start: datetime) -> datetime:
        """When the organisation opens on the next working day; of no hours: at nine."""
        day = self._working_days_later(start.astimezone(self.zone).date(), 1)
        return self._at(day, NINE if self.hours is None else self.hours.opens)

    def hours_later(self, start: datetime, hours: int) -> datetime:
        """After `hours` in which the organisation was open (SPB-4)."""
        left = hours * HOUR
        moment = start.astimezone(self.zone)
        while True:
            opens, closes = self._day(moment.date())
            moment = max(moment, opens)
            open_for = closes - moment
            if open_for >= left and closes > opens:
                return moment + left
            left -= max(open_for, timedelta())
            moment = self._at(moment.date() + DAY, MIDNIGHT)

    def _from_day_off(self, day: date, days: int) -> datetime:
        if days:
            return self._day(self._working_days_later(day, days))[1]
        return self._day(self._working_days_later(day, 1))[0]

    def _working_days_later(self, day: date, days: int) -> date:
        for _ in range(days):
            day += DAY
            while not self.calendar.is_working(day):
                day += DAY
        return day

    def _within_hours(self, moment: datetime) -> datetime:
        if self.hours is None:
            return moment
        opens, closes = self._day(moment.date())
        return min(max(moment, opens), closes)

    def _day(self, day: date) -> tuple[datetime, datetime]:
        """From when to when it is open; a day off has no length."""
        start = self._at(day, MIDNIGHT if self.hours is None else self.hours.opens)
        if not self.calendar.is_working(day):
            return start, start
        if self.hours is None:
            return start, self._at(day + DAY, MIDNIGHT)
        closes = self._at(day, self.hours.closes)
        return start, max(start, closes - HOUR) if day in self.calendar.short_days else closes

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone)
