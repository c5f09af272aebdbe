"""The measurements on a sheet of their own behind the trace: what, how much, where, by whom.

What the program has proposed and nobody has confirmed is not printed, and that is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QObject, QRectF, Qt
from PySide6.QtGui import QFont, QPen

from backend_client.models.evidence import Origin
from workstation.studies.measure.ecg.placed_caliper import NAME_LENGTH
from workstation.ui.literal_text import one_line
from workstation.ui.viewers.ecg.measured_words import MeasuredWords
from workstation.ui.viewers.ecg.measurements import Line
from workstation.ui.viewers.ecg.print_text import SheetText
from workstation.ui.viewers.ecg.printed import Shown
from workstation.ui.viewers.file_facts import FileFacts

_ROW_MM, _TEXT_MM, _HEADING_MM, _PEN_MM = 6.5, 3.5, 3.0, 0.12
_GAP_MM = 4.0
_SHARES = (0.21, 0.19, 0.34, 0.26)
"""Of the width: what, how much, where, by whom."""


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A line of the table in words."""

    label: str
    value: str
    place: str
    mark: str
    """Who has found it."""
    is_ours: bool = True
    """Else the device has written it into the file."""


class MeasuredTable(QObject):
    """The table in words; all of it is literal."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = MeasuredWords(self)
        self._facts = FileFacts(self)

    def title(self) -> str:
        """Over the table."""
        return self.tr("Measurements")

    def headings(self) -> PrintedRow:
        """Over the columns."""
        return PrintedRow(
            self.tr("what"), self.tr("value"), self.tr("where"), self.tr("who has found it")
        )

    def rows(self, shown: Shown) -> tuple[PrintedRow, ...]:
        """Ours in the list's order, then the device's; empty where we have none."""
        present = shown.record.name[:NAME_LENGTH]
        ours = [self._row(line, present) for line in shown.measured if not line.is_proposed]
        if not ours:
            return ()
        device = self.tr("the device, not ours")
        facts = self._facts.sheet(shown.record).device
        theirs = [PrintedRow(one_line(one.label), one.value, "", device, False) for one in facts]
        return (*ours, *theirs)

    def left_out(self, shown: Shown) -> str:
        """How many are proposed and not confirmed; "" where none is."""
        count = sum(line.is_proposed for line in shown.measured)
        text = self.tr("%n proposed by the program and not confirmed: not printed", None, count)
        return text if count else ""

    def _row(self, line: Line, present: str) -> PrintedRow:
        """`present`: the recording that is printed; another one is named."""
        measured, words = line.measured, self._words
        value = words.value(measured)
        if measured.rr_ms is not None:
            value = self.tr("{} at RR {} ms").format(value, round(measured.rr_ms))
        mark = self._origin(measured.origin)
        recording = measured.place.recording
        where = words.place(measured.place)
        if recording != present:
            where = f"{one_line(recording)}, {where}" if recording else where
        return PrintedRow(words.label(measured), value, where, mark)

    def _origin(self, origin: Origin) -> str:
        known = {
            Origin.BY_HAND: self.tr("by hand"),
            Origin.CONFIRMED: self.tr("proposed, confirmed by the doctor"),
            Origin.HAND_CALIBRATED: self.tr("by hand, calibrated by hand"),
            Origin.DEVICE: self.tr("the device, not ours"),
        }
        return known.get(origin) or self.tr("origin unknown")


def in_tables(rows: Sequence[PrintedRow], height_mm: float) -> list[tuple[PrintedRow, ...]]:
    """The rows of each sheet whose table may be that high, its title and headings included."""
    most = max(1, int((height_mm - _GAP_MM) / _ROW_MM) - 3)
    return [tuple(rows[first : first + most]) for first in range(0, len(rows), most)]


def paint_table(
    text: SheetText, words: MeasuredTable, area: QRectF, rows: Sequence[PrintedRow], left_out: str
) -> None:
    """One sheet's part of the table."""
    line = QRectF(area.left(), area.top() + _GAP_MM, area.width(), _ROW_MM)
    text.write(line, words.title(), 4.2, weight=QFont.Weight.DemiBold)
    text.write(line, left_out, _HEADING_MM, align=Qt.AlignmentFlag.AlignRight)
    line.translate(0, _ROW_MM)
    _paint_row(text, line, words.headings(), _HEADING_MM)
    for row in rows:
        line.translate(0, _ROW_MM)
        _paint_row(text, line, row, _TEXT_MM)


def _paint_row(text: SheetText, line: QRectF, row: PrintedRow, size_mm: float) -> None:
    left = line.left()
    cells = (row.label, row.value, row.place, row.mark)
    for number, (cell, share) in enumerate(zip(cells, _SHARES, strict=True)):
        width = line.width() * share
        box = QRectF(left, line.top() + (_ROW_MM - size_mm) / 2 - 0.6, width - 3, _ROW_MM)
        stands_out = number == 1 and row.is_ours and size_mm == _TEXT_MM
        weight = QFont.Weight.DemiBold if stands_out else QFont.Weight.Normal
        text.write(box, cell, size_mm, weight=weight)
        left += width
    text.painter.setPen(QPen(text.theme.color("line.default"), _PEN_MM))
    text.painter.drawLine(QLineF(line.bottomLeft(), line.bottomRight()))
