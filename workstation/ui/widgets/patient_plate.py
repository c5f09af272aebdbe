"""Who is next, said large for a moment, when the program itself has gone to another patient.

What is typed in that moment was meant for the patient before: the router drops it; Esc,
too, which would give the next patient's case back.
"""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from workstation.ui.literal_text import one_line
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Theme


class NextPatientPlate(QWidget):
    """Covers `place` with the name and the birth date alone; it goes by itself.

    The moment (the token "nameReveal", 900 ms; it is safety, so reduced motion does not shorten
    it) counts from the plate's first paint: a busy window does not take it from the doctor.
    """

    gone = Signal()

    def __init__(
        self,
        place: QWidget,
        theme: Theme,
        shortcuts: ShortcutRouter,
        *,
        hold_ms: int | None = None,
    ) -> None:
        super().__init__(place)
        self.setObjectName("nextPatient")
        self._place, self._theme, self._shortcuts = place, theme, shortcuts
        self._name = self._born = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(theme.duration("nameReveal") if hold_ms is None else hold_ms)
        self._timer.timeout.connect(self.dismiss)
        self.hide()

    def reveal(self, name: str, born: str) -> None:
        """Says who comes, by name, birth date and age; keys are dropped from now on."""
        self._name, self._born = one_line(name), born
        self.setAccessibleName(f"{self.tr('Next patient')}: {name}, {born}")
        self._timer.stop()
        self._place.installEventFilter(self)
        self.setGeometry(self._place.rect())
        self.raise_()
        self.show()
        self.update()
        self._shortcuts.drop_keys_while_visible(self)

    def dismiss(self) -> None:
        """Takes the plate away; keys act again."""
        if self.isHidden():
            return
        self._timer.stop()
        self._place.removeEventFilter(self)
        self.hide()
        self.gone.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self.setGeometry(self._place.rect())
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # nor is a click meant for what has come under it

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("bg.panel"))
        top = self.height() * 0.42 - px(60)
        for text, role, color, step in (
            (self.tr("Next patient"), "small", "text.tertiary", 28),
            (self._name, "clock", "text.primary", 44),
            (self._born, "name", "text.secondary", 32),
        ):
            self._paint_line(painter, text, role, color, top)
            top += px(step)
        if not self._timer.isActive():
            self._timer.start()

    def _paint_line(self, painter: QPainter, text: str, role: str, color: str, top: float) -> None:
        """A name that is longer than the place loses its end, never its beginning."""
        font, edge = self._theme.font(role), self._theme.px(32)
        room = self.width() - 2 * edge
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.setFont(font)
        painter.setPen(self._theme.color(color))
        line = QRectF(edge, top, room, self._theme.line_height(role))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(line, flags, shown)
