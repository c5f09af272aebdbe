"""A push button with its key on it, or its keys in their order."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QWidget

from workstation.ui.icons import paint_icon
from workstation.ui.theme import Theme
from workstation.ui.widgets.painting import keycap_width, paint_keycap


class KeyButton(QPushButton):
    """Word, optional glyph before it, keycap after it; two keys, «A Enter», have a cap each.

    `kind`: primary, secondary, flat, danger; `height`: a size of the tokens' "control".
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        key: str = "",
        glyph: str = "",
        kind: str = "secondary",
        height: str = "default",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._key = key
        self._glyph = glyph
        self._height = height
        self._caps = key.split()
        self.setProperty("kind", kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._tell()
        theme.changed.connect(self._fit)
        self._fit()

    def setText(self, text: str) -> None:
        """Another word; the tooltip says it with the key."""
        super().setText(text)
        self._tell()

    def explain(self, reason: str) -> None:
        """Says in the tooltip why it cannot be pressed; "" says again what it does."""
        self._tell()
        if reason:
            self.setToolTip(reason)

    def show_key(self, *, is_shown: bool) -> None:
        """Leaves the keycap out where there is no room for it: the tooltip keeps the key."""
        caps = self._key.split() if is_shown else []
        if caps != self._caps:
            self._caps = caps
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        is_bare = not self._caps and not self.text()
        width = self._content_width() + 2 * self._theme.px(6 if is_bare else 14)
        return QSize(round(width), self._theme.size("control", self._height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _tell(self) -> None:
        if self._key:
            self.setToolTip(f"{self.text()} ({self._key})" if self.text() else self._key)

    def _fit(self) -> None:
        self.setFixedHeight(self._theme.size("control", self._height))
        self.updateGeometry()

    def _content_width(self) -> float:
        width = float(QFontMetrics(self.font()).horizontalAdvance(self.text()))
        if self._glyph:
            width += self._theme.px(16 + (8 if self._caps or self.text() else 0))
        width += sum(keycap_width(self._theme, key) for key in self._caps)
        return width + self._theme.px(8) * len(self._caps)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        if self.hasFocus() and self.property("kind") == "primary":
            self._paint_ringed(painter)
        else:
            self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        color = self._text_color()
        left = (self.width() - self._content_width()) / 2
        middle = self.height() / 2
        if self._glyph:
            size = self._theme.px(16)
            paint_icon(painter, self._glyph, QRectF(left, middle - size / 2, size, size), color)
            left += size + self._theme.px(8)
        painter.setPen(color)
        painter.setFont(self.font())
        text_width = QFontMetrics(self.font()).horizontalAdvance(self.text())
        area = QRectF(left, 0, text_width + 1, self.height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, flags, self.text())
        if self._caps:
            left += text_width
            outline = color if self.property("kind") == "primary" else None
            for key in self._caps:
                left += self._theme.px(8)
                left += paint_keycap(painter, self._theme, left, middle, key, outline)

    def _paint_ringed(self, painter: QPainter) -> None:
        """A filled button with the keyboard's focus: the ring stands outside the fill by 2."""
        body = QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("focus.ring"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(body.adjusted(1, 1, -1, -1), 6, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent.fill"))
        painter.drawRoundedRect(body.adjusted(4, 4, -4, -4), 4, 4)

    def _text_color(self) -> QColor:
        if not self.isEnabled():
            return self._theme.color("text.disabled")
        names = {"primary": "accent.on", "flat": "text.secondary", "danger": "danger.text"}
        return self._theme.color(names.get(str(self.property("kind")), "text.primary"))
