"""The bar under a picture on which the doctor measures: what is done next, names by their keys."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workstation.ui.shortcuts import key_label, with_key
from workstation.ui.theme import Theme
from workstation.ui.viewers.figures.bar_words import BarWords
from workstation.ui.viewers.figures.names import NameSet, Naming, namings, other_sets
from workstation.ui.viewers.figures.session import FigureSession
from workstation.ui.viewers.figures.words import FigureWords
from workstation.ui.widgets.flow_layout import FlowLayout
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import TextBlock

_ANY_WIDTH = 16_777_215
"""Qt's own largest (QWIDGETSIZE_MAX), which PySide does not name."""


@dataclass(frozen=True, slots=True)
class BarButton:
    """An action of the table with its word; `is_on`: chosen."""

    action: str
    text: str
    is_on: bool = False
    glyph: str = ""
    """Stands in the word's place, which the tooltip says then."""


class AmountField(QLineEdit):
    """A positive or negative number with a comma; Enter takes it, Esc gives it up."""

    taken = Signal(float)
    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            value = typed_number(self.text())
            if value is not None:
                self.taken.emit(value)
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class FigureBar(QFrame):
    """Shows a `FigureSession`; `wanted` carries the action of a pressed button."""

    wanted = Signal(str)
    amount_typed = Signal(float)
    amount_given_up = Signal()

    def __init__(
        self,
        theme: Theme,
        session: FigureSession,
        words: FigureWords,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("figureBar")
        self.setProperty("surface", "viewerPanel")
        self.setStyleSheet("QPushButton { min-height: 0px; }")
        self._theme, self._session, self._words = theme, session, words
        self._bar_words = BarWords(self)
        self.names = NameSet.ECHO
        self._say = TextBlock(theme, role="small", color="viewer.overlay.dim", max_lines=2)
        self._say.setObjectName("figureInstruction")
        self.amount = AmountField(self)
        self.amount.setObjectName("figureAmount")
        self.amount.setFixedWidth(theme.px(84))
        self._row = QWidget()
        self._flow = FlowLayout(theme.px(4), self._row)
        self._shown: tuple[BarButton, ...] = ()
        self._lay_out()
        self.amount.taken.connect(self.amount_typed)
        self.amount.given_up.connect(self.amount_given_up)
        self.refresh()

    def height_for(self, width: int) -> int:
        """How high it is at that width."""
        column = self.layout()
        return column.totalHeightForWidth(width) if column is not None else self.height()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # what is pressed beside a button is not the picture's

    def namings(self) -> tuple[Naming, ...]:
        """What the chosen figure can be called, by the digits."""
        one = self._session.chosen
        if one is None or self._session.begun or self._session.is_fixed:
            return ()
        return namings(self.names, one.ground, one.drawing.figure)

    def instruction(self) -> str:
        """What is said."""
        return self._say.text()

    def buttons(self) -> tuple[BarButton, ...]:
        """What can be pressed."""
        return self._shown

    def refresh(self) -> None:
        """Shows the session as it is."""
        session = self._session
        asks = session.asked is not None
        text = self._bar_words.instruction(session)
        if self._say.text() != text:
            self._say.set_text(text)
        self._say.setVisible(asks or not self.namings())
        warns = session.refused or session.is_turned
        self._say.set_color("viewer.warn" if warns else "viewer.overlay.dim")
        if asks and self.amount.isHidden():
            self.amount.clear()
        self.amount.setVisible(asks)
        self._say.setMaximumWidth(self._width_of(text) if asks else _ANY_WIDTH)
        self._show_buttons(() if asks else self._wanted_buttons())

    def _width_of(self, text: str) -> int:
        """So that the field stands behind what it is asked by."""
        metrics = QFontMetricsF(self._theme.font("small"))
        return round(metrics.horizontalAdvance(text)) + self._theme.px(8)

    def _wanted_buttons(self) -> tuple[BarButton, ...]:
        one, found = self._session.chosen, []
        if one is None and self._session.tool is None:
            return ()
        for number, naming in enumerate(self.namings(), start=1):
            text = self._words.names.short(naming.name)
            is_on = one is not None and one.name is naming.name
            found.append(BarButton(f"figure.name_{number}", text, is_on))
        if one is not None and not self._session.begun and not self._session.is_fixed:
            for other in other_sets(self.names, one.ground, one.drawing.figure)[:1]:
                found.append(BarButton("figure.other_names", self._bar_words.names(other)))
            found.append(BarButton("figure.remove", self._bar_words.remove(), glyph="trash"))
        if one is not None and one.name is not None:
            found.append(BarButton("figure.person", self._bar_words.person(), glyph="user"))
        return (*found, BarButton("figure.leave", self._bar_words.leave(), glyph="check"))

    def _show_buttons(self, wanted: tuple[BarButton, ...]) -> None:
        if wanted == self._shown:
            return
        self._shown = wanted
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for one in wanted:
            button = self._button(one)
            self._flow.addWidget(button)
            button.show()
        self._flow.invalidate()
        self._row.updateGeometry()

    def _button(self, one: BarButton) -> KeyButton:
        button = KeyButton(
            self._theme,
            "" if one.glyph else one.text,
            glyph=one.glyph,
            key=key_label(one.action),
            kind="choice" if one.is_on else "flat",
            height="compact",
        )
        button.setObjectName(one.action)
        button.setAccessibleName(one.text)
        button.setToolTip(with_key(one.text, one.action))
        button.setCheckable(one.is_on)
        button.setChecked(one.is_on)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(partial(self._press, one.action))
        return button

    def _press(self, action: str, _checked: bool = False) -> None:
        self.wanted.emit(action)

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(self._theme.px(8))
        first.addWidget(self._say, 100, Qt.AlignmentFlag.AlignVCenter)
        first.addWidget(self.amount)
        first.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 3, 8, 3)
        column.setSpacing(self._theme.px(2))
        column.addLayout(first)
        column.addWidget(self._row)
        self.amount.hide()


def typed_number(text: str) -> float | None:
    """A number with a comma or a point; None for anything else."""
    plain = text.strip().replace(",", ".").replace("\u2212", "-")
    if not plain.lstrip("-").replace(".", "", 1).isdecimal():
        return None
    return float(plain)
