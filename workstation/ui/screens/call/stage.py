"""The stage of a call: the patient's picture as large as it can be, and plates over its corners."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from workstation.ui.screens.call.plates import ClockPlate, NamePlate, NoticePlate
from workstation.ui.screens.call.self_view import Corner, SelfView, corner_of
from workstation.ui.screens.call.state_card import StateCard
from workstation.ui.screens.call.video_view import VideoView
from workstation.ui.theme import Theme

_EDGE = 16
_CARD = 480
_NOTICE = 400
_OWN_SHARE, _OWN_LEAST, _OWN_MOST = 0.2, 150, 288
_OWN_SHAPE = 16 / 10


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
        self.corner = Corner.BOTTOM_RIGHT
        """Where the doctor's own picture stands."""
        self.own.dropped.connect(self._own_dropped)
        for part in (self.own, self.card, self.name, self.clock, self.notice):
            part.hide()

    def move_own(self, corner: Corner) -> None:
        """Puts the doctor's own picture there."""
        self.corner = corner
        self.place()

    def next_corner(self) -> None:
        """The same by keyboard, one corner further."""
        self.move_own(self.corner.next)

    def place(self) -> None:
        """After words have changed: plates are as large as they must be."""
        self.remote.setGeometry(self.rect())
        edge, width = self._theme.px(_EDGE), self.width()
        name = self.name.sizeHint()
        self.name.setGeometry(edge, edge, min(name.width(), width // 2), name.height())
        clock = self.clock.sizeHint()
        self.clock.setGeometry(width - edge - clock.width(), edge, clock.width(), clock.height())
        if not self.own.is_dragged:
            self.own.setGeometry(self._own_place())
        self._place_notice()
        self._place_card()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.place()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.color("viewer.bg"))

    def _own_dropped(self) -> None:
        self.move_own(corner_of(self.own.geometry().center(), self))

    def _own_size(self) -> QSize:
        least, most = self._theme.px(_OWN_LEAST), self._theme.px(_OWN_MOST)
        width = round(min(most, max(least, self.width() * _OWN_SHARE)))
        return QSize(width, round(width / _OWN_SHAPE))

    def _own_place(self) -> QRect:
        """Under name or clock, over nothing: what is said stands beside it."""
        edge, size, corner = self._theme.px(_EDGE), self._own_size(), self.corner
        plate = self.name if corner.is_left else self.clock
        top = plate.geometry().bottom() + 1 + edge // 2 if plate.isVisibleTo(self) else edge
        low = self.height() - edge - size.height()
        left = edge if corner.is_left else self.width() - edge - size.width()
        return QRect(QPoint(left, low if corner.is_low else top), size)

    def _place_notice(self) -> None:
        edge, left, right = self._theme.px(_EDGE), self._theme.px(_EDGE), self.width()
        if self.own.isVisibleTo(self) and self.corner.is_low:
            taken = self._own_place()
            left = taken.right() + 1 + edge if self.corner.is_left else edge
            right = right if self.corner.is_left else taken.left()
        width = self.notice.wanted_width(min(self._theme.px(_NOTICE), right - left - edge))
        height = self.notice.height_for(width)
        self.notice.setGeometry(left, self.height() - edge - height, width, height)

    def _place_card(self) -> None:
        width = min(self._theme.px(_CARD), self.width() - 2 * self._theme.px(_EDGE))
        height = self.card.height_for(width)
        left = (self.width() - width) // 2
        top = max(self._theme.px(_EDGE), (self.height() - height) * 2 // 5)
        self.card.setGeometry(left, top, width, height)
