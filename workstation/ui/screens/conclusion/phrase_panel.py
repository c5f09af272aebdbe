"""Phrases for the section that is written in: the template's and one's own, found by typing."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from backend_client.models.phrases import Phrase
from workstation.ui.screens.conclusion.pick_list import PickLine, PickList
from workstation.ui.theme import Theme
from workstation.ui.widgets.case_fields import CaseLineEdit
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel

_MOST_LEAD = 18


@dataclass(frozen=True, slots=True)
class Offered:
    """A phrase as it would be put in. `own`: the account's; None: the template's."""

    text: str
    own: Phrase | None = None


class _Line(CaseLineEdit):
    """The list's keys, while words of a phrase are typed."""

    stepped = Signal(int)
    taken = Signal()
    left = Signal()
    dropped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        is_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if not is_ctrl and event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
        elif not is_ctrl and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif is_ctrl and event.key() == Qt.Key.Key_Delete:
            self.dropped.emit()
        else:
            super().keyPressEvent(event)


class PhrasePanel(QFrame):
    """Stands under the field that it writes into. `picked`: the text; `dropped`: an own phrase that
    is not wanted any more; `left`: back to the field."""

    picked = Signal(str)
    dropped = Signal(Phrase)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("conclusion.phrases")
        self._all: Sequence[Offered] = ()
        self._shown: Sequence[Offered] = ()
        self.line = _Line(theme)
        self.line.setObjectName("conclusion.findPhrase")
        self.list = PickList(theme, "conclusion.foundPhrases", self, lead_px=120, lead_role="small")
        self._hint = SignLabel(theme)
        self._hint.setObjectName("conclusion.phrases.hint")
        self._shut = KeyButton(theme, "", glyph="x", kind="flat", height="compact")
        self._shut.setObjectName("conclusion.phrases.shut")
        above = QHBoxLayout()
        above.setSpacing(4)
        above.addWidget(self.line, 1)
        above.addWidget(self._shut)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(above)
        column.addWidget(self.list)
        column.addWidget(self._hint)
        self.line.textChanged.connect(lambda _: self._find())
        self.line.stepped.connect(self.list.step)
        self.line.taken.connect(lambda: self._pick(self.list.current))
        self.line.dropped.connect(self._drop)
        self.list.picked.connect(self._pick)
        self._shut.clicked.connect(self.left)
        self.hide()

    def open_with(self, offered: Sequence[Offered]) -> None:
        """Shows these, and takes what is typed."""
        self._all = offered
        self.line.setPlaceholderText(self.tr("Words of a phrase; Enter puts it in"))
        self.line.setAccessibleName(self.tr("Find a phrase"))
        self._shut.setToolTip(self.tr("Close the phrases"))
        self._shut.setAccessibleName(self.tr("Close the phrases"))
        self.line.clear()
        self._find()
        self.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_other(self, offered: Sequence[Offered]) -> None:
        """The account's phrases are other ones by now."""
        self._all = offered
        self._find()

    def _find(self) -> None:
        words = self.line.text().lower().split()
        self._shown = [one for one in self._all if _has(one, words)]
        self.list.show_lines([self._line(one) for one in self._shown])
        if self._shown:
            text = self.tr("Ctrl+Delete drops a phrase of your own")
        else:
            text = self.tr("No phrase: select a text in the section and keep it as a phrase")
        self._hint.show_sign(text)

    def _line(self, offered: Offered) -> PickLine:
        lead = self.tr("template") if offered.own is None else self.tr("own")
        if offered.own is not None and offered.own.name:
            lead = offered.own.name[:_MOST_LEAD]
        return PickLine(lead, " ".join(offered.text.split()))

    def _pick(self, place: int) -> None:
        if 0 <= place < len(self._shown):
            self.picked.emit(self._shown[place].text)

    def _drop(self) -> None:
        place = self.list.current
        own = self._shown[place].own if 0 <= place < len(self._shown) else None
        if own is not None:
            self.dropped.emit(own)


def _has(offered: Offered, words: Sequence[str]) -> bool:
    name = "" if offered.own is None else offered.own.name
    text = f"{name} {offered.text}".lower()
    return all(word in text for word in words)
