"""The stage of a call: the patient's picture as large as it can be, and plates over its corners."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from workstation.ui.screens.call.plates import ClockPlate, NamePlate, NoticePlate, Plate
from workstation.ui.screens.call.state_card import StateCard
from workstation.ui.screens.call.video_view import VideoView
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import SignLabel

_EDGE = 16
_CARD = 480
_NOTICE = 400
_OWN_SHARE, _OWN_LEAST, _OWN_MOST = 0.2, 150, 288
_OWN_SHAPE = 16 / 10


class SelfView(QWidget):
    """What the patient sees of the doctor; or why nothing."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("call.self")
        self._theme = theme
        self.video = VideoView(theme.color("viewer.panel"), self, fills=True)
        self.nothing = SignLabel(theme, role="small", color="warn.text", parent=self)
        self._plate = Plate(theme, self)
        self.label = SignLabel(theme, role="micro", color="text.primary")
        row = QHBoxLayout(self._plate)
        row.setContentsMargins(6, 2, 6, 2)
        row.addWidget(self.label)

    def show_words(self, you: str, glyph: str, nothing: str) -> None:
        """`nothing`: why there is no picture, "" where there is one."""
        if you != self.label.text():
            self.label.show_sign(you)
        if nothing != self.nothing.text():
            self.nothing.show_sign(nothing, glyph)
        self.nothing.setVisible(bool(nothing))
        self.video.setVisible(not nothing)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("viewer.panel"))
        painter.setPen(QPen(self._theme.color("line.control"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _place(self) -> None:
        self.video.setGeometry(self.rect().adjusted(1, 1, -1, -1))
        size = self._plate.sizeHint()
        self._plate.setGeometry(6, self.height() - size.height() - 6, size.width(), size.height())
        hint = self.nothing.sizeHint()
        width = min(hint.width(), self.width() - 12)
        left = (self.width() - width) // 2
        self.nothing.setGeometry(left, (self.height() - hint.height()) // 2, width, hint.height())


class CallStage(QWidget):
    """Puts its parts into their places; what they say comes from the view."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("call.stage")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = theme
        self.remote = VideoView(theme.color("viewer.bg"), self)
        self.remote.setObjectName("call.remote")
        self.own = SelfView(theme, self)
        self.card = StateCard(theme, self)
        self.name = NamePlate(theme, self)
        self.clock = ClockPlate(theme, self)
        self.notice = NoticePlate(theme, self)
        for part in (self.own, self.card, self.name, self.clock, self.notice):
            part.hide()

    def place(self) -> None:
        """After words have changed: plates are as large as they must be."""
        self.remote.setGeometry(self.rect())
        edge, width, height = self._theme.px(_EDGE), self.width(), self.height()
        name = self.name.sizeHint()
        self.name.setGeometry(edge, edge, min(name.width(), width // 2), name.height())
        clock = self.clock.sizeHint()
        self.clock.setGeometry(width - edge - clock.width(), edge, clock.width(), clock.height())
        own = self._own_size()
        right, low = width - edge - own.width(), height - edge - own.height()
        self.own.setGeometry(QRect(right, low, own.width(), own.height()))
        self._place_notice(right if self.own.isVisibleTo(self) else width)
        self._place_card()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.place()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.color("viewer.bg"))

    def _own_size(self) -> QSize:
        least, most = self._theme.px(_OWN_LEAST), self._theme.px(_OWN_MOST)
        width = round(min(most, max(least, self.width() * _OWN_SHARE)))
        return QSize(width, round(width / _OWN_SHAPE))

    def _place_notice(self, right: int) -> None:
        edge = self._theme.px(_EDGE)
        width = self.notice.wanted_width(min(self._theme.px(_NOTICE), right - 2 * edge))
        height = self.notice.height_for(width)
        self.notice.setGeometry(edge, self.height() - edge - height, width, height)

    def _place_card(self) -> None:
        width = min(self._theme.px(_CARD), self.width() - 2 * self._theme.px(_EDGE))
        height = self.card.height_for(width)
        left = (self.width() - width) // 2
        top = max(self._theme.px(_EDGE), (self.height() - height) * 2 // 5)
        self.card.setGeometry(left, top, width, height)
