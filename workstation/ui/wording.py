"""Times, ages and numbers in words, in one place: plural forms, no-break spaces, the true minus.

Moments are shown in the doctor's zone and counted by the server's clock.
"""

from datetime import date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QObject

from workstation.core.server_clock import ServerClock

NBSP = "\u00a0"
MINUS = "\u2212"
MOSCOW = "Europe/Moscow"
_HOUR = 60
_DAY = 24 * _HOUR


def zone_named(name: str) -> tzinfo | None:
    """The zone of an IANA name; None where this machine does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def doctor_zone(name: str = MOSCOW) -> tzinfo:
    """The zone that times are shown in; Moscow's hours where the machine has no zones at all."""
    return zone_named(name) or timezone(timedelta(hours=3))


def unbroken(text: str) -> str:
    """The text with spaces that never end a line: between a number and its unit."""
    return text.replace(" ", NBSP)


class Wording(QObject):
    """Says when, how long and how old. One for the window; made with the server's clock."""

    def __init__(self, clock: ServerClock, zone: tzinfo | None = None) -> None:
        super().__init__()
        self._clock = clock
        self._zone = zone or doctor_zone()

    def now(self) -> datetime:
        """The present moment by the server, in the doctor's zone."""
        return self._clock.now().astimezone(self._zone)

    def today(self) -> date:
        """The present day by the server, in the doctor's zone."""
        return self.now().date()

    def day(self, at: datetime) -> date:
        """The day of a moment in the doctor's zone."""
        return at.astimezone(self._zone).date()

    def time(self, at: datetime) -> str:
        """«14:50»."""
        local = at.astimezone(self._zone)
        return f"{local.hour:02d}:{local.minute:02d}"  # strftime is a hundred times slower here

    def zone_name(self) -> str:
        """«МСК» in Moscow's zone, else the offset: «UTC+5»."""
        offset = self.now().utcoffset() or timedelta()
        if offset == timedelta(hours=3):
            return self.tr("MSK")
        return "UTC" + self._signed(offset, plus="+")

    def full_date(self, day: date) -> str:
        """«23.11.2026»."""
        return f"{day.day:02d}.{day.month:02d}.{day.year:04d}"

    def short_date(self, day: date) -> str:
        """«23.11», with the year where it is not this one."""
        if day.year == self.today().year:
            return f"{day.day:02d}.{day.month:02d}"
        return self.full_date(day)

    def short_moment(self, at: datetime) -> str:
        """«23.11 12:15»."""
        return f"{self.short_date(self.day(at))}{NBSP}{self.time(at)}"

    def day_and_time(self, at: datetime) -> str:
        """«14:50» today, «завтра 13:40», «23.11, 12:15»."""
        day = self.day(at)
        days = (day - self.today()).days
        if days == 0:
            return self.time(at)
        if days == 1:
            return self.tr("tomorrow {}").format(self.time(at))
        if days == -1:
            return self.tr("yesterday {}").format(self.time(at))
        return f"{self.short_date(day)}, {self.time(at)}"

    def until(self, at: datetime) -> str:
        """«до 14:50» today, else the day and the time."""
        if self.day(at) == self.today():
            return self.tr("till {}").format(self.time(at))
        return self.day_and_time(at)

    def left(self, due: datetime) -> str:
        """Time left: «3 ч 08 мин», «1 день 2 ч», «2 дня»; past the term «−48 мин»."""
        seconds = (due - self._clock.now()).total_seconds()
        words = self.span(max(1, int(abs(seconds) // 60)))
        return words if seconds > 0 else MINUS + words

    def span(self, minutes: int) -> str:
        """A length of time in its two largest units; from two days on in days."""
        if minutes >= 2 * _DAY:
            return self._days(minutes // _DAY)
        if minutes >= _DAY:
            hours = minutes % _DAY // _HOUR
            return self._days(1) + (f"{NBSP}{self._hours(hours)}" if hours else "")
        if minutes >= _HOUR:
            rest = unbroken(self.tr("{:02d} min").format(minutes % _HOUR))
            return f"{self._hours(minutes // _HOUR)}{NBSP}{rest}"
        return unbroken(self.tr("%n min", None, minutes))

    def seconds(self, count: int) -> str:
        """«8 с»."""
        return unbroken(self.tr("%n s", None, count))

    def age(self, born: date) -> str:
        """«61 год», «4 мес.», «9 дней», by the server's day."""
        today = self.today()
        if born > today:
            return self.tr("age unknown")
        months = (today.year - born.year) * 12 + today.month - born.month
        months -= today.day < born.day
        if months >= 12:
            return unbroken(self.tr("%n year(s)", None, months // 12))
        if months >= 1:
            return unbroken(self.tr("%n month(s)", None, months))
        return self._days((today - born).days)

    def born(self, born: date) -> str:
        """«14.03.1965, 61 год»."""
        return f"{self.full_date(born)}, {self.age(born)}"

    def ahead_of_doctor(self, zone_name: str) -> str:
        """«+2 ч» for a place two hours ahead of the doctor; "" for none or an unknown zone."""
        zone = zone_named(zone_name)
        if zone is None:
            return ""
        now = self.now()
        ahead = (now.astimezone(zone).utcoffset() or timedelta()) - (now.utcoffset() or timedelta())
        if not ahead:
            return ""
        return unbroken(self.tr("{} h", "hours").format(self._signed(ahead, plus="+")))

    def count(self, number: int) -> str:
        """«148», «999+» above that."""
        return str(number) if number <= 999 else "999+"

    def _signed(self, offset: timedelta, *, plus: str) -> str:
        minutes = round(offset.total_seconds() / 60)
        hours, rest = divmod(abs(minutes), 60)
        return f"{MINUS if minutes < 0 else plus}{hours}" + (f":{rest:02d}" if rest else "")

    def _days(self, days: int) -> str:
        return unbroken(self.tr("%n day(s)", None, days))

    def _hours(self, hours: int) -> str:
        return unbroken(self.tr("%n h", None, hours))
