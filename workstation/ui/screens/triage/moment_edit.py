"""A day and a time of the doctor's own, written by digits or turned by the arrows."""

from datetime import datetime

from PySide6.QtCore import QDateTime, QTimeZone, Signal
from PySide6.QtWidgets import QDateTimeEdit

from workstation.ui.wording import Wording

FORMAT = "dd.MM.yyyy HH:mm"
MARGIN = 9
"""Pixels at the sides, as in other fields: a stylesheet does not move this one."""


class MomentEdit(QDateTimeEdit):
    """Shows and takes aware moments in the doctor's zone, as all of the window does."""

    chosen = Signal(object)
    """An aware datetime that the doctor has written."""
    entered = Signal()
    """Enter: that is it."""

    def __init__(self, time: Wording) -> None:
        super().__init__()
        self.setObjectName("triage.moment")
        self.setAccessibleName(self.tr("Till when"))
        self._time = time
        self.setDisplayFormat(FORMAT)
        self.setTimeZone(QTimeZone.utc())  # its numbers are the doctor's own, moved by nobody
        self.lineEdit().setTextMargins(MARGIN, 0, MARGIN, 0)
        self.dateTimeChanged.connect(self._tell)
        self.lineEdit().returnPressed.connect(self.entered)

    def show_moment(self, at: datetime) -> None:
        """Shows it; what the doctor writes is there already."""
        local = at.astimezone(self._time.now().tzinfo)
        day, time = (local.year, local.month, local.day), (local.hour, local.minute)
        shown = QDateTime(*day, *time, 0, 0, QTimeZone.utc())
        if shown != self.dateTime():
            self.blockSignals(True)
            self.setDateTime(shown)
            self.blockSignals(False)

    def _tell(self, given: QDateTime) -> None:
        day, time = given.date(), given.time()
        zone = self._time.now().tzinfo
        self.chosen.emit(
            datetime(day.year(), day.month(), day.day(), time.hour(), time.minute(), tzinfo=zone)
        )
