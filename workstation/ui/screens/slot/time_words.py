"""Days, weeks and the patient's hour in words (OZ-24)."""

from datetime import date, datetime

from PySide6.QtCore import QObject

from workstation.ui.wording import Wording, zone_named

EN_DASH = "\u2013"


class TimeWords(QObject):
    """Says when an appointment is, for the doctor and for the patient."""

    def __init__(self, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.wording = wording

    def weekday(self, day: date) -> str:
        """«пн»."""
        return (
            self.tr("mon"),
            self.tr("tue"),
            self.tr("wed"),
            self.tr("thu"),
            self.tr("fri"),
            self.tr("sat"),
            self.tr("sun"),
        )[day.weekday()]

    def month(self, day: date) -> str:
        """«ноября»: as it stands after the day's number."""
        return (
            self.tr("January"),
            self.tr("February"),
            self.tr("March"),
            self.tr("April"),
            self.tr("May"),
            self.tr("June"),
            self.tr("July"),
            self.tr("August"),
            self.tr("September"),
            self.tr("October"),
            self.tr("November"),
            self.tr("December"),
        )[day.month - 1]

    def moment(self, at: datetime) -> str:
        """«Пн 23 ноября, 11:30» in the doctor's zone."""
        day = self.wording.day(at)
        name = self.weekday(day)
        when = f"{name[:1].upper()}{name[1:]} {day.day} {self.month(day)}"
        return f"{when}, {self.wording.time(at)}"

    def short_moment(self, at: datetime) -> str:
        """«23.11, 11:30»: for a button."""
        return f"{self.wording.short_date(self.wording.day(at))}, {self.wording.time(at)}"

    def week(self, days: tuple[date, ...]) -> str:
        """«23–27 ноября», «30 ноября – 4 декабря»."""
        first, last = days[0], days[-1]
        if first.month == last.month:
            return f"{first.day}{EN_DASH}{last.day} {self.month(last)}"
        return f"{first.day} {self.month(first)} {EN_DASH} {last.day} {self.month(last)}"

    def at_patients(self, at: datetime, zone_name: str) -> str:
        """«у пациента 13:30», with the day where it is another one."""
        zone = zone_named(zone_name)
        if zone is None:
            return self.tr("patient's time zone is not known")
        local = at.astimezone(zone)
        clock = f"{local.hour:02d}:{local.minute:02d}"
        if local.date() != self.wording.day(at):
            clock = f"{clock}, {local.day} {self.month(local.date())}"
        return self.tr("patient's time {}").format(clock)
