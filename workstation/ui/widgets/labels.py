"""Labels that keep their place: elided names, glyph and word, text of a few lines.

All of them show text literally, whatever it holds (what would reorder or hide its neighbours is
shown as a mark), and give the whole of it as a tooltip where it does not fit.
"""

from functools import lru_cache

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from workstation.ui.literal_text import our_words
from workstation.ui.theme import Theme
from workstation.ui.widgets.painting import paint_glyph_and_text

MUCH = 100_000
_MOST_WIDTHS = 16


def plain_tooltip(text: str) -> str:
    """The text as a tooltip that shows markup literally and breaks long lines."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<p style='white-space: pre-wrap'>{escaped}</p>" if text else ""


class SignLabel(QWidget):
    """A glyph and a word after it, in one line, elided at its end."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        glyph: str | None = None,
        role: str = "small",
        color: str = "text.secondary",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role = role
        self._text, self._glyph, self._color = "", glyph, color
        self._glyph_color: str | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)
        self.show_sign(text, glyph, color)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def show_sign(
        self,
        text: str,
        glyph: str | None = None,
        color: str | None = None,
        glyph_color: str | None = None,
    ) -> None:
        """Shows another text and glyph; colours are tokens, `color` None keeps the present one."""
        fresh = (text, glyph, color or self._color, glyph_color)
        if fresh == (self._text, self._glyph, self._color, self._glyph_color):
            return  # or the whole layout would be reckoned anew
        self._text, self._glyph, self._color, self._glyph_color = fresh
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._theme.font(self._role))
        width = metrics.horizontalAdvance(self._text) + self._glyph_width() + 1
        height = self._theme.line_height(self._line_role())
        return QSize(round(width + 0.5), height).grownBy(self.contentsMargins())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), self._theme.px(40)), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            fits = self.width() >= self.sizeHint().width()
            text = self.toolTip() or ("" if fits else plain_tooltip(self._text))
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.contentsRect())
        paint_glyph_and_text(
            painter,
            self._theme,
            box,
            self._glyph,
            " ".join(our_words(self._text).split()),
            role=self._role,
            color=self._color,
            glyph_color=self._glyph_color,
        )

    def _glyph_width(self) -> int:
        small = self._role in ("small", "micro", "smallStrong")
        return self._theme.px(14 if small else 16) + self._theme.px(6) if self._glyph else 0

    def _line_role(self) -> str:
        return {"smallStrong": "small", "mono": "small", "monoBody": "body"}.get(
            self._role, self._role
        )


class TextBlock(QWidget):
    """Text of several lines, cut after `max_lines`; breaks words that never end."""

    def __init__(
        self,
        theme: Theme,
        *,
        role: str = "body",
        color: str = "text.primary",
        max_lines: int = MUCH,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._role, self._color = theme, role, color
        self._max_lines = max_lines
        self._text = ""
        self._wrapped: dict[int, list[str]] = {}
        """Lines by width, for one text in one font: a layout asks for them over and over."""
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._measure_anew)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Shows another text."""
        if text == self._text:
            return
        self._text = text
        self._wrapped.clear()
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def set_color(self, color: str) -> None:
        """Paints in another colour, a token."""
        if color != self._color:
            self._color = color
            self.update()

    def set_max_lines(self, lines: int) -> None:
        """Allows that many lines."""
        self._max_lines = lines
        self.updateGeometry()
        self.update()

    def is_cut(self) -> bool:
        """Whether some of the text is not seen at the present width."""
        return len(self._lines(self.width())) > self._max_lines

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = min(self._max_lines, max(1, len(self._lines(width))))
        return lines * self._theme.line_height(self._line_role())

    def sizeHint(self) -> QSize:
        width = self.width() if self.width() > 0 else self._theme.px(200)
        return QSize(self._theme.px(120), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(40), self._theme.line_height(self._line_role()))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            text = plain_tooltip(self._text) if self.is_cut() else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = self._theme.font(self._role)
        painter.setFont(font)
        painter.setPen(self._theme.color(self._color))
        height = self._theme.line_height(self._line_role())
        lines = self._lines(self.width())
        shown = lines[: self._max_lines]
        if len(lines) > len(shown):
            rest = " ".join(lines[len(shown) - 1 :])
            metrics = QFontMetrics(font)
            shown[-1] = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, self.width())
        for number, line in enumerate(shown):
            box = QRectF(0, number * height, self.width(), height)
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(box, flags | Qt.TextFlag.TextSingleLine, line)

    def _line_role(self) -> str:
        return {"bodyStrong": "body", "smallStrong": "small"}.get(self._role, self._role)

    def _measure_anew(self) -> None:
        self._wrapped.clear()
        self.updateGeometry()

    def _lines(self, width: int) -> list[str]:
        found = self._wrapped.get(width)
        if found is None:
            if len(self._wrapped) > _MOST_WIDTHS:
                self._wrapped.clear()
            found = wrap(our_words(self._text), self._theme, self._role, width)
            self._wrapped[width] = found
        return found


@lru_cache(maxsize=512)  # a screen of text at two widths, several times over
def _wrapped(text: str, font_key: str, width: int) -> tuple[str, ...]:
    font = QFont()
    font.fromString(font_key)
    lines: list[str] = []
    for paragraph in text.splitlines():
        layout = QTextLayout(paragraph, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        # Qt counts UTF-16 units, Python characters: an emoji is two of the former.
        units = paragraph.encode("utf-16-le", "surrogatepass")
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, 0))
            start, end = line.textStart() * 2, (line.textStart() + line.textLength()) * 2
            lines.append(units[start:end].decode("utf-16-le", "surrogatepass"))
        layout.endLayout()
    return tuple(lines)


def wrap(text: str, theme: Theme, role: str, width: int) -> list[str]:
    """The text in lines no wider than `width` pixels; a word without end is broken anywhere."""
    return list(_wrapped(text, theme.font(role).toString(), width))


def question_line(
    theme: Theme,
    name: str,
    text: str,
    *,
    role: str = "body",
    color: str = "text.primary",
    max_lines: int,
) -> TextBlock:
    """A line of a dialog that asks: as high as its text is at the dialog's width."""
    line = TextBlock(theme, role=role, color=color, max_lines=max_lines)
    line.setObjectName(name)
    line.set_text(text)
    policy = line.sizePolicy()  # else its least height is that of another width
    policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
    line.setSizePolicy(policy)
    return line
