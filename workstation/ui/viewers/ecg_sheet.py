"""The sheet of an ECG: fits the page to its place, scrolls, and paints grid and traces."""

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from workstation.studies.ecg import EcgRecord
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg_layout import (
    EcgLayout,
    LeadPlacement,
    Page,
    is_twelve_lead,
    lay_out,
    place_leads,
)
from workstation.ui.viewers.ecg_painter import DrawnStrip, EcgPainter, draw_strips
from workstation.ui.viewers.ecg_paper import EcgGrid, ScreenCalibration
from workstation.ui.viewers.ecg_words import EcgWords

_FIT_FROM, _FIT_TO = 0.55, 2.0
_WHEEL_STEP = 120


class EcgSheet(QAbstractScrollArea):
    """The paper itself. Wheel is time, Ctrl+wheel zoom, Shift+wheel up and down."""

    page_changed = Signal()
    zoom_wanted = Signal(int)

    def __init__(
        self, theme: Theme, words: EcgWords, calibration: ScreenCalibration, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._grid = EcgGrid(theme)
        self._painter = EcgPainter(theme, words)
        self.calibration = calibration
        self.record: EcgRecord | None = None
        self.page: Page | None = None
        self.layout_now = EcgLayout.THREE_BY_FOUR
        self.zoom = 1.0
        self._placements: dict[str, LeadPlacement] = {}
        self._speed, self._gain, self._start_s = 25.0, 10.0, 0.0
        self._chosen_layout: EcgLayout | None = None
        self._chosen_zoom: float | None = None
        self._strips: tuple[DrawnStrip, ...] | None = None
        self._theme = theme
        self.setObjectName("ecgSheet")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme.changed.connect(self.viewport().update)

    @property
    def px_per_mm(self) -> float:
        """Logical pixels of a millimetre of the grid, at the present zoom."""
        return self.calibration.px_per_mm * self.zoom

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(80))

    def show_record(self, record: EcgRecord | None) -> None:
        """Keeps the record and measures its leads; `arrange` shows it."""
        self.record = record
        self.page = None
        self._strips = None
        self._start_s = 0.0
        self._placements = place_leads(record) if record is not None else {}
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.setValue(0)

    def calibrate(self, calibration: ScreenCalibration) -> None:
        """The screen was measured, or the window moved to another one."""
        self.calibration = calibration
        self._rearrange()

    def arrange(
        self, layout: EcgLayout | None, speed: float, gain: float, zoom: float | None
    ) -> None:
        """Lays the record out anew.

        `layout` None takes 3x4 or 6x2, whichever is larger here (all leads below each other where
        few of the twelve exist); `zoom` None fits the page at 25 mm/s and 10 mm/mV.
        """
        self._chosen_layout, self._chosen_zoom = layout, zoom
        self._speed, self._gain = speed, gain
        self._rearrange()

    def scroll_time(self, seconds: float) -> None:
        """Moves along the page, and beyond its end through the record."""
        bar = self.horizontalScrollBar()
        target = bar.value() + round(seconds * self._speed * self.px_per_mm)
        if bar.minimum() <= target <= bar.maximum() or not self._turn_page(seconds):
            bar.setValue(target)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        ratio = self.devicePixelRatioF()
        offset = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        self._paint_grid(painter, offset, ratio)
        if self.record is None or self.page is None:
            return
        if self._strips is None:
            self._strips = draw_strips(self.record, self.page, self.px_per_mm, ratio)
        # Half a pixel, as the lines of the grid: a millimetre of the trace is one of the grid.
        painter.translate(0.5 - offset.x(), 0.5 - offset.y())
        self._painter.paint(painter, self.page, self._strips, self.px_per_mm, ratio)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._rearrange()

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = (event.angleDelta().y() or event.angleDelta().x()) / _WHEEL_STEP
        modifiers = event.modifiers()
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self.zoom_wanted.emit(1 if steps > 0 else -1)
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

    def _has_more_time(self) -> bool:
        record, page = self.record, self.page
        if record is None or page is None:
            return False
        hidden = record.duration_s > page.duration_s + 0.01
        return hidden or self.horizontalScrollBar().maximum() > 0

    def _turn_page(self, seconds: float) -> bool:
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

    def _rearrange(self) -> None:
        if self.record is None:
            return
        self.layout_now = self._chosen_layout or self._fitting_layout(self.record)
        self.zoom = self._chosen_zoom or self._fitting_zoom(self.record, self.layout_now)
        height_mm = self.viewport().height() / self.px_per_mm
        self.page = lay_out(
            self.record,
            self._placements,
            self.layout_now,
            speed=self._speed,
            gain=self._gain,
            start_s=self._start_s,
            height_mm=height_mm,
        )
        self._strips = None
        self._set_bars(self.page)
        self.viewport().update()
        self.page_changed.emit()

    def _fitting_layout(self, record: EcgRecord) -> EcgLayout:
        if not is_twelve_lead(record):
            return EcgLayout.TWELVE_BY_ONE
        candidates = (EcgLayout.THREE_BY_FOUR, EcgLayout.SIX_BY_TWO)
        return max(candidates, key=lambda layout: self._fitting_zoom(record, layout))

    def _fitting_zoom(self, record: EcgRecord, layout: EcgLayout) -> float:
        """The zoom at which a page of the usual speed and gain fits, in steps of whole pixels."""
        usual = lay_out(record, self._placements, layout, speed=25.0, gain=10.0)
        # The whole widget, not the viewport: scroll bars must not make the page smaller.
        wide = self.width() / usual.width_mm
        high = self.height() / usual.height_mm
        px = self.calibration.px_per_mm
        low, top = px * _FIT_FROM, px * _FIT_TO
        fitting = max(low, min(wide, high, top))
        if abs(fitting - px) < 0.03 * px:
            return 1.0
        # 5 mm are a whole number of pixels: the thick lines are sharp.
        return max(low, int(fitting * 5) / 5) / px

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

    def _paint_grid(self, painter: QPainter, offset: QPoint, ratio: float) -> None:
        square = 5 * self.px_per_mm
        shift_x, shift_y = -(offset.x() % square), -(offset.y() % square)
        picture = self._grid.picture(self.viewport().size(), self.px_per_mm, ratio)
        if square.is_integer():
            painter.drawPixmap(QPoint(round(shift_x), round(shift_y)), picture)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.translate(shift_x, shift_y)
            painter.drawPixmap(0, 0, picture)
            painter.resetTransform()
