"""One line of the device test: glyph, name, the fact with cause and mend, what is asked."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from workstation.ui.screens.approvals.drawn import Glyph
from workstation.ui.screens.device_test.verdict_box import Tone
from workstation.ui.screens.device_test.words import Line
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel, TextBlock

_NAME_PX, _METER = 144, (260, 8)


class LevelBar(QWidget):
    """How loud the voice was."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float) -> None:
        """0 to 1."""
        self._share = share
        self.setAccessibleName(self.tr("Voice level {} %").format(round(share * 100)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(*(self._theme.px(side) for side in _METER))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        radius = whole.height() / 2
        painter.setBrush(self._theme.color("line.default"))
        painter.drawRoundedRect(whole, radius, radius)
        if self._share > 0:
            whole.setWidth(max(whole.height(), whole.width() * self._share))
            painter.setBrush(self._theme.color("ok.mark"))
            painter.drawRoundedRect(whole, radius, radius)


class LineRow(QFrame):
    """Shows a `Line`; `button` is shown where there is something to do."""

    def __init__(self, theme: Theme, line: Line, button: KeyButton | None = None) -> None:
        super().__init__()
        self.setObjectName(f"deviceTest.{line.part.value}")
        self._theme = theme
        across = QHBoxLayout()
        across.setContentsMargins(0, 10, 0, 10)
        across.setSpacing(12)
        glyph = Glyph(theme, 16)
        glyph.show_glyph(line.tone.glyph, line.tone.color)
        name = TextBlock(theme, role="lead")
        name.set_text(line.name)
        name.setFixedWidth(theme.px(_NAME_PX))
        across.addWidget(glyph, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(self._words(line), 1)
        if line.need:
            need = SignLabel(theme, line.need, color="text.tertiary")
            across.addWidget(need, 0, Qt.AlignmentFlag.AlignTop)
        if button is not None:
            across.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        rule = QFrame()
        rule.setProperty("line", "h")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(across)
        column.addWidget(rule)
        said = (line.name, line.fact, line.detail, line.need)
        self.setAccessibleName(". ".join(part for part in said if part))

    def _words(self, line: Line) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(2)
        is_loud = line.tone is not Tone.GOOD
        fact = TextBlock(self._theme, role="lead" if is_loud else "body")
        fact.set_text(line.fact[:1].upper() + line.fact[1:])
        fact.set_color(line.tone.color if is_loud else "text.primary")
        words.addWidget(fact)
        if line.detail:
            detail = TextBlock(self._theme, role="small", color="text.secondary")
            detail.set_text(line.detail)
            words.addWidget(detail)
        if line.level is not None:
            bar = LevelBar(self._theme)
            bar.show_share(line.level)
            beside = QHBoxLayout()  # or the bar's width would be that of the words
            beside.setContentsMargins(0, 4, 0, 0)
            beside.addWidget(bar)
            beside.addStretch(1)
            words.addLayout(beside)
        return words
