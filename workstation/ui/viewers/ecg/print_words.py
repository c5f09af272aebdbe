"""What stands on a printed ECG besides the trace."""

from datetime import datetime

from PySide6.QtCore import QObject

from workstation.ui.viewers.ecg.arrangement import has_columns
from workstation.ui.viewers.ecg.layout import Page, Strip
from workstation.ui.viewers.ecg.print_measured import MeasuredTable
from workstation.ui.viewers.ecg.printed import Shown
from workstation.ui.viewers.ecg.words import EcgWords

_GAP = "    "


class PrintWords(QObject):
    """Words of the sheet; those of the trace are the screen's own."""

    def __init__(self, words: EcgWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.table = MeasuredTable(self)
        """The words of the measurements."""

    def title(self, shown: Shown) -> str:
        """Of the document: without a name."""
        return self._words.title(shown.record)

    def program(self) -> str:
        """What printed it."""
        return self.tr("Consultant's workstation")

    def patient(self, shown: Shown) -> str:
        """Whose request it is; never taken from the file, which may be another's."""
        known = [part for part in (shown.patient.name, shown.patient.born) if part]
        return ", ".join(known) or self.tr("Patient not stated")

    def taken(self, shown: Shown) -> str:
        """When it was recorded, by the device's clock."""
        return self._words.title(shown.record)

    def scale(self, shown: Shown, sheet: Page, *, cut: bool) -> str:
        """Speed, gain, filter, layout and seconds."""
        words, record = self._words, shown.record
        columns = words.columns(simultaneous=sheet.simultaneous)
        parts = [
            words.speed(sheet.speed),
            words.gain(record, sheet.gain),
            words.filter(shown.chosen),
            words.idle_filter(record, shown.chosen),
            words.layout_of(record, shown.layout),
            columns if has_columns(record, shown.layout) else "",
            words.seconds_shown(record, sheet, shown.offset_s),
            shown.recording,
            words.clipped(sheet),
            self.tr("the paper is too small: the rest is cut off") if cut else "",
        ]
        return _GAP.join(part for part in parts if part)

    def sheet(self, number: int, count: int) -> str:
        """Which of several sheets; "" where there is one."""
        return self.tr("sheet {} of {}").format(number, count) if count > 1 else ""

    def note(self, strip: Strip) -> str:
        """Beside the lead's name, where it is not as the others."""
        return self._words.note(strip)

    def foot(self, shown: Shown, now: datetime) -> str:
        """What the file says of itself, and who printed when."""
        record = shown.record
        rate = f"{self._words.rate(record)}, {record.source_format}"
        stored = self._words.recorded_filter(record.filter_note)
        parts = [
            rate,
            self.tr("name in the file: {}").format(record.patient_name or self.tr("none", "name")),
            self.tr("recorded with the filter {}").format(stored) if stored else "",
            f"{self.program()}, {now.strftime('%d.%m.%Y %H:%M')}",
        ]
        return _GAP.join(part for part in parts if part)

    def check(self) -> str:
        """How the reader can tell that the printer has not made it smaller."""
        return self.tr("True to size: 10 large squares are 50 mm")
