"""Buttons of a call's bar: a coloured glyph, a word where there is room, one or two keys."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from workstation.ui.icons import paint_icon
from workstation.ui.theme import Theme
from workstation.ui.widgets.painting import keycap_width, paint_keycap

_HEIGHT, _LOW = 44, 36


class CallButton(QAbstractButton):
    """`kind`: outline, primary (the next action) or end (red). `is_low`: for the strip."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        key: str,
        *,
        kind: str = "outline",
        is_low: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._theme, self._kind, self._is_low = theme, kind, is_low
        self._key = key
        self._glyph, self._glyph_color = "", "text.primary"
        self._with_word = self._with_keys = True
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_words(
        self,
        text: str,
        glyph: str,
        *,
        tip: str = "",
        glyph_color: str = "text.primary",
        with_word: bool = True,
        with_keys: bool = True,
    ) -> None:
        """`text` is the button's name, `tip` what pressing it does where that is another thing."""
        shown = (text, glyph, glyph_color, with_word, with_keys)
        self.setToolTip(f"{tip or text} ({self._key})" if self._key else tip or text)
        if shown == (self.text(), self._glyph, self._glyph_color, self._with_word, self._with_keys):
            return
        self._glyph, self._glyph_color = glyph, glyph_color
        self._with_word, self._with_keys = with_word, with_keys
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px = self._theme.px
        height = px(_LOW if self._is_low else _HEIGHT)
        width = self._content_width() + 2 * px(10 if self._is_low else 14)
        return QSize(max(height, round(width)), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second press is not meant for the button that has come under the mouse meanwhile."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_body(painter)
        px, middle = self._theme.px, self.height() / 2
        left = (self.width() - self._content_width()) / 2
        if self._glyph:
            color = self._theme.color(self._glyph_color) if self._is_outline() else self._ink()
            box = QRectF(left, middle - px(10), px(20), px(20))
            paint_icon(painter, self._glyph, box, color)
            left += px(20)
        if self._with_word:
            left += px(8) if self._glyph else 0
            left += self._paint_word(painter, left)
        for key in self._keys():
            left += px(8) if key == self._keys()[0] else px(6)
            outline = None if self._is_outline() else self._ink()
            left += paint_keycap(painter, self._theme, left, middle, key, outline)

    def _is_outline(self) -> bool:
        return self._kind == "outline" or not self.isEnabled()

    def _ink(self) -> QColor:
        if not self.isEnabled():
            return self._theme.color("text.disabled")
        names = {"primary": "accent.on", "end": "danger.on"}
        return self._theme.color(names.get(self._kind, "text.primary"))

    def _paint_body(self, painter: QPainter) -> None:
        body = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = self._theme.size("radius", "control")
        fills = {"primary": "accent.fill", "end": "danger.fill"}
        if self._is_outline():
            painter.setPen(QPen(self._theme.color("line.control"), 1))
            hovered = self.underMouse() and self.isEnabled()
            painter.setBrush(self._theme.color("bg.hover" if hovered else "bg.panel"))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color(fills[self._kind]))
        focused = self.hasFocus()
        painter.drawRoundedRect(body.adjusted(3, 3, -3, -3) if focused else body, radius, radius)
        if focused:
            painter.setPen(QPen(self._theme.color("focus.ring"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(body.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _paint_word(self, painter: QPainter, left: float) -> float:
        painter.setFont(self._theme.font("lead"))
        painter.setPen(self._ink())
        width = self._word_width()
        area = QRectF(left, 0, width + 1, self.height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, flags | Qt.TextFlag.TextSingleLine, self.text())
        return width

    def _keys(self) -> list[str]:
        return self._key.split("+") if self._key and self._with_keys else []

    def _word_width(self) -> float:
        return QFontMetricsF(self._theme.font("lead")).horizontalAdvance(self.text())

    def _content_width(self) -> float:
        px = self._theme.px
        width = float(px(20)) if self._glyph else 0.0
        if self._with_word:
            width += self._word_width() + (px(8) if self._glyph else 0)
        for number, key in enumerate(self._keys()):
            width += keycap_width(self._theme, key) + px(8 if number == 0 else 6)
        return width
