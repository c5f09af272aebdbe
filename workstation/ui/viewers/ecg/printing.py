"""Prints an ECG in true millimetres: paper, pulse, traces, and what has to be written on them.

One unit of the painter is a millimetre of the paper, whatever the printer's resolution is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QBuffer, QIODevice, QLineF, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
)

from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.layout import Page, Strip
from workstation.ui.viewers.ecg.painter import pulse, room_of, window_of
from workstation.ui.viewers.ecg.print_measured import PrintedRow, in_tables, paint_table
from workstation.ui.viewers.ecg.print_pages import Room, fits, on_sheets
from workstation.ui.viewers.ecg.print_text import SheetText
from workstation.ui.viewers.ecg.print_words import PrintWords
from workstation.ui.viewers.ecg.printed import Shown
from workstation.ui.viewers.ecg.trace import polygons, strip_lines

MM_PER_INCH = 25.4
EDGE_MM = 8.0
"""Free on all sides: no printer needs more."""
_HEAD_MM, _FOOT_MM, _LINE_MM = 13.0, 6.0, 5.5
_SQUARE_MM = 5.0
_MINOR_PEN_MM, _MAJOR_PEN_MM, _TRACE_PEN_MM = 0.07, 0.16, 0.22
_DOTS_PER_MM = 24.0
"""600 dots an inch: of samples that are nearer than a quarter of one, the extremes stay."""
_RESOLUTION = 1200


def page_layout() -> QPageLayout:
    """A4, landscape, without margins of its own: the sheet's corner is (0, 0)."""
    size = QPageSize(QPageSize.PageSizeId.A4)
    layout = QPageLayout(size, QPageLayout.Orientation.Landscape, QMarginsF())
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def pdf_of(shown: Shown, theme: Theme, words: PrintWords, now: datetime) -> bytes:
    """The page as a PDF file. No name in its properties: they are read where files are listed."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_RESOLUTION)
    writer.setPageLayout(page_layout())
    writer.setTitle(words.title(shown))
    writer.setCreator(words.program())
    print_on(writer, shown, theme, words, now)
    return bytes(buffer.data().data())


def print_on(
    device: QPagedPaintDevice, shown: Shown, theme: Theme, words: PrintWords, now: datetime
) -> bool:
    """Paints all sheets; False where the device does not take them."""
    paper = device.pageLayout().fullRect(QPageLayout.Unit.Millimeter).size()
    room = room_on(paper)
    sheets = on_sheets(shown.page, room)
    tables = in_tables(words.table.rows(shown), room.height_mm)
    painter = QPainter()
    if not painter.begin(device):
        return False
    scale = device.logicalDpiX() / MM_PER_INCH
    contents: list[Page | tuple[PrintedRow, ...]] = [*sheets, *tables]
    for number, content in enumerate(contents):
        if number:
            device.newPage()
        painter.resetTransform()
        painter.scale(scale, scale)
        _Sheet(painter, theme, words, paper, scale).paint(
            shown, content, number, len(contents), now
        )
    return painter.end()


def room_on(paper: QSizeF) -> Room:
    """What is left for the trace: whole squares."""
    width = paper.width() - 2 * EDGE_MM
    height = paper.height() - 2 * EDGE_MM - _HEAD_MM - _FOOT_MM
    return Room(width // _SQUARE_MM * _SQUARE_MM, height // _SQUARE_MM * _SQUARE_MM)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One sheet, painted in millimetres; `scale`: the device's dots in one."""

    painter: QPainter
    theme: Theme
    words: PrintWords
    paper: QSizeF
    scale: float

    @property
    def text(self) -> SheetText:
        """What writes on it."""
        return SheetText(self.painter, self.theme, self.scale)

    def paint(
        self,
        shown: Shown,
        content: Page | tuple[PrintedRow, ...],
        number: int,
        count: int,
        now: datetime,
    ) -> None:
        """A part of the trace, or of the table of measurements."""
        room = room_on(self.paper)
        area = QRectF(EDGE_MM, EDGE_MM + _HEAD_MM, room.width_mm, room.height_mm)
        sheet_of = self.words.sheet(number + 1, count)
        if isinstance(content, Page):
            said = self.words.scale(shown, content, cut=not fits(content, room))
            self._write_head(shown, said, sheet_of)
            self._paint_trace(shown, content, area)
            self._write_foot(shown, now, self.words.check())
        else:
            self._write_head(shown, shown.recording, sheet_of)
            table = self.words.table
            paint_table(self.text, table, area, content, table.left_out(shown))
            self._write_foot(shown, now)

    def _paint_trace(self, shown: Shown, sheet: Page, area: QRectF) -> None:
        self._rule(area)
        self.painter.save()
        self.painter.setClipRect(area)
        self.painter.translate(area.topLeft())
        self._draw(shown, sheet)
        self.painter.restore()

    def _rule(self, area: QRectF) -> None:
        painter, theme = self.painter, self.theme
        painter.fillRect(area, QColor(Qt.GlobalColor.white))
        for step, width, color in (
            (1.0, _MINOR_PEN_MM, "ecg.grid.minor"),
            (_SQUARE_MM, _MAJOR_PEN_MM, "ecg.grid.major"),
        ):
            pen = QPen(theme.color(color), width)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawLines(_lines(area, step))

    def _draw(self, shown: Shown, sheet: Page) -> None:
        painter = self.painter
        shade = QColor(self.theme.color("ecg.caliper"))
        shade.setAlphaF(0.12)
        for strip in sheet.strips if sheet.simultaneous else ():
            if strip.duration_s > sheet.duration_s + 0.01:
                painter.fillRect(window_of(sheet, strip, 1.0), shade)
        for strip in sheet.strips:
            self._name(strip)
        painter.setPen(self._pen("ecg.label", 0.15))
        for strip in sheet.strips:
            if not strip.first_in_row:
                x, y = strip.x_mm, strip.baseline_mm
                painter.drawLine(QLineF(x, y - 5, x, y + 5))
        painter.setPen(self._pen("ecg.trace", _TRACE_PEN_MM))
        for x_mm, line_mm in sheet.pulses_mm:
            painter.drawPolyline(pulse(x_mm, line_mm, sheet.gain, 1.0))
        for strip in sheet.strips:
            self._trace(shown, sheet, strip)

    def _trace(self, shown: Shown, sheet: Page, strip: Strip) -> None:
        painter = self.painter
        painter.save()
        if strip.is_clipped:
            painter.setClipRect(room_of(strip, 1.0), Qt.ClipOperation.IntersectClip)
        rate = shown.record.sampling_rate_hz
        for line in strip_lines(sheet, strip, rate, 1.0, _DOTS_PER_MM):
            for piece in polygons(line, 1000):
                painter.drawPolyline(piece)
        painter.restore()

    def _pen(self, color: str, width: float) -> QPen:
        pen = QPen(self.theme.color(color), width)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return pen

    def _name(self, strip: Strip) -> None:
        note = self.words.note(strip)
        text = f"{strip.ref.label}   {note}" if note else strip.ref.label
        place = QRectF(strip.x_mm + 1, strip.baseline_mm - 11, 60, 4.5)
        self.text.write(place, text, 3.2, weight=QFont.Weight.Medium)

    def _write_head(self, shown: Shown, said: str, number: str) -> None:
        width = self.paper.width() - 2 * EDGE_MM
        first = QRectF(EDGE_MM, EDGE_MM, width, _LINE_MM)
        second = first.translated(0, _LINE_MM)
        words, right = self.words, Qt.AlignmentFlag.AlignRight
        date = words.taken(shown)
        self.text.write(first, date, 3.6, align=right)
        self.text.write(second, number, 3.2, align=right)
        name, bold = words.patient(shown), QFont.Weight.DemiBold
        self.text.write(self.text.beside(first, date, 3.6), name, 4.2, weight=bold)
        self.text.write(self.text.beside(second, number, 3.2), said, 3.2)

    def _write_foot(self, shown: Shown, now: datetime, check: str = "") -> None:
        top = self.paper.height() - EDGE_MM - _FOOT_MM + 2
        place = QRectF(EDGE_MM, top, self.paper.width() - 2 * EDGE_MM, _FOOT_MM)
        self.text.write(place, self.words.foot(shown, now), 2.7)
        self.text.write(place, check, 2.7, align=Qt.AlignmentFlag.AlignRight)


def _lines(area: QRectF, step: float) -> Sequence[QLineF]:
    across = [area.left() + n * step for n in range(round(area.width() / step) + 1)]
    down = [area.top() + n * step for n in range(round(area.height() / step) + 1)]
    return [
        *(QLineF(x, area.top(), x, area.bottom()) for x in across),
        *(QLineF(area.left(), y, area.right(), y) for y in down),
    ]
