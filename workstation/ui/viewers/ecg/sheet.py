"""The sheet of an ECG: fits the page to its place, scrolls, and paints grid and traces."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from workstation.studies.ecg import EcgRecord
from workstation.studies.measure.ecg.filters import TraceFilter
from workstation.ui.shortcuts.mouse import Surface, tell_mouse
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.arrangement import EcgLayout
from workstation.ui.viewers.ecg.choices import EcgChoices
from workstation.ui.viewers.ecg.filtered import FilteredRecord
from workstation.ui.viewers.ecg.fitting import Fitting
from workstation.ui.viewers.ecg.layout import LeadPlacement, Page, lay_out, place_leads
from workstation.ui.viewers.ecg.painter import DrawnStrip, EcgPainter, draw_strips
from workstation.ui.viewers.ecg.panning import Hand
from workstation.ui.viewers.ecg.paper import EcgGrid, ScreenCalibration
from workstation.ui.viewers.ecg.sheet_tool import SheetSight, SheetSpot, SheetTool
from workstation.ui.viewers.ecg.words import EcgWords

_WHEEL_STEP = 120
_ARROW = Qt.CursorShape.ArrowCursor


class EcgSheet(QAbstractScrollArea):
    """The paper itself. Wheel is time, Ctrl+wheel zoom, Shift+wheel up and down; drag moves it."""

    page_changed = Signal()
    zoom_wanted = Signal(int)
    """Steps; the place under the mouse stays where it is: see `hold`."""
    edge_reached = Signal(float)
    """The doctor wants to go on by so many seconds, and the record ends there."""

    def __init__(
        self, theme: Theme, words: EcgWords, calibration: ScreenCalibration, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._grid = EcgGrid(theme)
        self._painter = EcgPainter(theme, words)
        self.calibration = calibration
        self.record: EcgRecord | None = None
        """As it is stored; `sight.record` is what is painted."""
        self.offset_s = 0.0
        """Of the record's first sample, where the record is a window of a longer one."""
        self.page: Page | None = None
        self.layout_now = EcgLayout.THREE_BY_FOUR
        self.zoom = 1.0
        self._painted: FilteredRecord | None = None
        self._placements: dict[str, LeadPlacement] = {}
        self._choices = EcgChoices()
        self._start_s = 0.0
        self._strips: tuple[DrawnStrip, ...] | None = None
        self._tool: SheetTool | None = None
        self._hand = Hand(self)
        self._theme = theme
        self.setObjectName("ecgSheet")
        tell_mouse(self, Surface.ECG)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setMouseTracking(True)
        theme.changed.connect(self.viewport().update)

    @property
    def px_per_mm(self) -> float:
        """Logical pixels of a millimetre of the grid, at the present zoom."""
        return self.calibration.px_per_mm * self.zoom

    @property
    def painted(self) -> EcgRecord | None:
        """The record as it is painted: through the chosen filter."""
        return self._painted.record if self._painted is not None else None

    @property
    def sight(self) -> SheetSight | None:
        """What is shown now and where; None while there is no record."""
        if self._painted is None or self.page is None:
            return None
        chosen = self._painted.chosen
        place = QPointF(0.5, 0.5) - self._offset()
        return SheetSight(
            self._painted.record, self.page, self.px_per_mm, place, chosen, self.offset_s
        )

    def take_tool(self, tool: SheetTool | None) -> None:
        """From now on this tool works upon the sheet; None: none does."""
        self._tool = tool
        self.viewport().update()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(80))

    def show_record(self, record: EcgRecord | None, *, offset_s: float = 0.0) -> None:
        """Keeps the record and measures its leads; `arrange` shows it."""
        self.record, self.offset_s = record, offset_s
        self.page = None
        self._painted = None
        self._strips = None
        self._start_s = 0.0
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.setValue(0)

    def calibrate(self, calibration: ScreenCalibration) -> None:
        """The screen was measured, or the window moved to another one."""
        if calibration != self.calibration:
            self.calibration = calibration
            self._rearrange()

    def arrange(self, choices: EcgChoices) -> None:
        """Lays the record out anew.

        Layout None takes 3x4 or 6x2, whichever suits the room (all leads below each other where
        few of the twelve exist); zoom None fits the page at 25 mm/s and 10 mm/mV.
        """
        self._choices = choices
        self._rearrange()

    def hold(self, place: QPointF | None, change: SheetSpot | None) -> None:
        """Scrolls so that this spot of the trace is at that place of the viewport again."""
        sight = self.sight
        if place is None or change is None or sight is None:
            return
        strip = sight.like(change.strip)
        if strip is None:
            return
        moved = sight.point(strip, change.second, change.level) - place
        for bar, by in (
            (self.horizontalScrollBar(), moved.x()),
            (self.verticalScrollBar(), moved.y()),
        ):
            bar.setValue(bar.value() + round(by))

    def scroll_time(self, seconds: float) -> None:
        """Moves along the page, and beyond its end through the record."""
        bar = self.horizontalScrollBar()
        target = bar.value() + round(seconds * self._choices.speed * self.px_per_mm)
        if bar.minimum() <= target <= bar.maximum():
            bar.setValue(target)
        elif not self.turn_page(seconds):
            if bar.value() == max(bar.minimum(), min(target, bar.maximum())):
                self.edge_reached.emit(seconds)
            bar.setValue(target)

    def go_to(self, second: float) -> None:
        """Brings that second of the record to the left edge, as far as the record allows it."""
        record, page = self.record, self.page
        if record is None or page is None:
            return
        self.turn_page(second - page.start_s)
        left = (second - self.page.start_s) if self.page is not None else 0.0
        shift = left * self._choices.speed * self.px_per_mm
        self.horizontalScrollBar().setValue(round(shift))

    def go_to_end(self) -> None:
        """The last seconds of the record."""
        if self.record is not None:
            self.go_to(self.record.duration_s)
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().maximum())

    def turn_page(self, seconds: float) -> bool:
        """Shows seconds that come so much later; whether there was anything to turn to."""
        record, page = self.record, self.page
        if record is None or page is None:
            return False
        last = record.duration_s - page.duration_s
        start = max(0.0, min(last, page.start_s + seconds))
        if abs(start - page.start_s) < 1e-6:
            return False
        self._start_s = start
        self._rearrange()
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        ratio = self.devicePixelRatioF()
        offset = self._offset()
        self._grid.paint(painter, self.viewport().size(), offset, self.px_per_mm, ratio)
        if self._painted is None or self.page is None:
            return
        if self._strips is None:
            self._strips = draw_strips(self._painted.record, self.page, self.px_per_mm, ratio)
        painter.save()
        # Half a pixel, as the lines of the grid: a millimetre of the trace is one of the grid.
        painter.translate(0.5 - offset.x(), 0.5 - offset.y())
        self._painter.paint(painter, self.page, self._strips, self.px_per_mm, ratio)
        painter.restore()
        if self._tool is not None and self.sight is not None:
            self._tool.paint(painter, self.sight)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._rearrange()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        tool, sight = self._tool, self.sight
        left = event.button() is Qt.MouseButton.LeftButton
        is_used = False
        if tool is not None and sight is not None and left:
            is_used = tool.press(sight, event.position(), event.modifiers())
        if is_used:
            return
        if self._hand.take(event):
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._hand.move(event):
            return
        sight = self.sight
        if self._tool is None or sight is None:
            return
        pressed = bool(event.buttons() & Qt.MouseButton.LeftButton)
        shape = self._tool.move(sight, event.position(), pressed=pressed)
        self.viewport().setCursor(shape if shape is not None else _ARROW)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._hand.let_go(event):
            self.viewport().setCursor(_ARROW)
        elif self._tool is not None and self.sight is not None:
            self._tool.release(self.sight, event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = (event.angleDelta().y() or event.angleDelta().x()) / _WHEEL_STEP
        modifiers = event.modifiers()
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self._zoom_at(event.position(), 1 if steps > 0 else -1)
        elif modifiers & Qt.KeyboardModifier.ShiftModifier or not self._has_more_time():
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - round(steps * self._theme.px(60)))
        else:
            self.scroll_time(-steps)
        event.accept()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._strips = None
        return super().event(event)

    def _zoom_at(self, place: QPointF, steps: int) -> None:
        sight = self.sight
        spot = sight.spot(place) if sight is not None else None
        self.zoom_wanted.emit(steps)
        self.hold(place, spot)

    def _offset(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _has_more_time(self) -> bool:
        record, page = self.record, self.page
        if record is None or page is None:
            return False
        hidden = record.duration_s > page.duration_s + 0.01
        return hidden or self.horizontalScrollBar().maximum() > 0

    def _rearrange(self) -> None:
        if self.record is None:
            return
        choices = self._choices
        painted = self._filter(self.record, choices.filter)
        # The whole widget, not the viewport: scroll bars must not make the page smaller.
        fitting = Fitting(
            painted,
            self._placements,
            QSizeF(self.size()),
            self.calibration.px_per_mm,
            choices.simultaneous,
        )
        wide = self.window().width() >= self._theme.size("layout", "wideFrom")
        self.layout_now = choices.layout or fitting.layout(wide=wide)
        self.zoom = choices.zoom or fitting.zoom(self.layout_now)
        self.page = self.page_of(painted, self.viewport().height() / self.px_per_mm)
        self._look_at(self.page)

    def page_of(self, painted: EcgRecord, height_mm: float = 0.0) -> Page:
        """The page that is shown, that high, or as high as its rows need."""
        return lay_out(
            painted,
            self._placements,
            self.layout_now,
            speed=self._choices.speed,
            gain=self._choices.gain,
            start_s=self._start_s,
            height_mm=height_mm,
            simultaneous=self._choices.simultaneous,
        )

    def _filter(self, record: EcgRecord, chosen: TraceFilter) -> EcgRecord:
        """The record through that filter, made once."""
        present = self._painted
        if present is None or present.stored is not record or present.chosen != chosen:
            present = self._painted = FilteredRecord(record, chosen)
            self._placements = place_leads(record, without_level=chosen.low_hz is not None)
        return present.record

    def _look_at(self, page: Page) -> None:
        if self._painted is not None:
            self._painted.look_at(page.strips)
        self._strips = None
        self._set_bars(page)
        self.viewport().update()
        self.page_changed.emit()

    def _set_bars(self, page: Page) -> None:
        room = self.viewport().size()
        width, height = round(page.width_mm * self.px_per_mm), int(page.height_mm * self.px_per_mm)
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setPageStep(room.width())
        across.setSingleStep(round(5 * self.px_per_mm))
        across.setRange(0, max(0, width - room.width()))
        down.setPageStep(room.height())
        down.setSingleStep(round(5 * self.px_per_mm))
        down.setRange(0, max(0, height - room.height()))
