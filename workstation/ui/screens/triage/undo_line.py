"""What was just ordered and can be taken back, and what was refused: under the list, and the first
under every other room too."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from workstation.ui.literal_text import one_line
from workstation.ui.screens.triage.difference_list import DifferenceList
from workstation.ui.screens.triage.last_orders import Refusal
from workstation.ui.screens.triage.view_model import TriageViewModel
from workstation.ui.shortcuts import ShortcutRouter, key_label
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel, TextBlock, plain_tooltip

UNDO_KEYS = ("triage.undo", "triage.undo_typing")
"""The letter, and the key that is no letter of a text."""


class UndoLine(QFrame):
    """«Отклонено: Кочетов Е. М. · отменить Z · 8 с»: a line of the layout, nothing is covered."""

    def __init__(
        self,
        view_model: TriageViewModel,
        theme: Theme,
        shortcuts: ShortcutRouter,
        *,
        is_wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        """`is_wanted`: whether what can be taken back is to stand here now; see `look_again`."""
        super().__init__()
        self._is_wanted = is_wanted
        self.setObjectName("triage.undoLine")
        self.setProperty("surface", "sunken")
        self._model = view_model
        self.line = SignLabel(theme, role="body", color="text.primary")
        self.line.setObjectName("triage.undoLine.text")
        keys = " ".join(key_label(action) for action in UNDO_KEYS)
        self.button = KeyButton(theme, self.tr("Undo"), key=keys, kind="flat", height="compact")
        self.button.setObjectName("triage.undo")
        self.seconds = SignLabel(theme, role="body", color="text.secondary")
        self.seconds.setObjectName("triage.undoLine.seconds")
        self._theme = theme
        self._fit()
        theme.changed.connect(self._fit)
        self.button.clicked.connect(view_model.last.undo)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(8)
        row.addWidget(self.line)
        row.addWidget(self.button)
        row.addWidget(self.seconds)
        row.addStretch(1)
        for action in UNDO_KEYS:
            shortcuts.bind(self, action, view_model.last.undo, view_model.last.can_undo)
        view_model.last.recent.changed.connect(self.look_again)
        view_model.possible_changed.connect(self.look_again)
        self.look_again()

    def look_again(self) -> None:
        """Shows what can be taken back now, where that is to stand here."""
        undo = self._model.last.undo_words() if self._is_wanted() else None
        self.setVisible(undo is not None)
        if undo is None:
            return
        text = f"{undo.what}: {undo.who}"
        if undo.others:
            text += self.tr(" and %n before it", None, undo.others)
        if text != self.line.text():
            self.line.show_sign(text, "arrow-counter-clockwise", "text.primary")
        seconds = self._model.words.requests.time.seconds(undo.seconds)
        if seconds != self.seconds.text():
            self.seconds.show_sign(seconds)
        self.button.setEnabled(self._model.last.can_undo())

    def _fit(self) -> None:
        self.seconds.setFixedWidth(self._theme.px(36))


class RefusalLine(QFrame):
    """What was ordered and not carried out, why, what has changed, the words; one key again."""

    def __init__(
        self, view_model: TriageViewModel, theme: Theme, shortcuts: ShortcutRouter
    ) -> None:
        super().__init__()
        self.setObjectName("triage.refusal")
        self.setProperty("surface", "sunken")
        self._model = view_model
        self.headline = TextBlock(theme, role="bodyStrong", color="danger.text", max_lines=3)
        self.headline.setObjectName("triage.refusal.headline")
        self.words = TextBlock(theme, role="small", color="text.secondary", max_lines=2)
        self.words.setObjectName("triage.refusal.words")
        self.differences = DifferenceList(theme)
        self.again = self._button(theme, self.tr("Order again"), "triage.again")
        self.drop = self._button(theme, self.tr("Drop"), "triage.drop")
        self.again.clicked.connect(view_model.last.order_again)
        self.drop.clicked.connect(view_model.last.drop_refusal)
        said = QVBoxLayout()
        said.setSpacing(2)
        for block in (self.headline, self.differences, self.words):
            said.addWidget(block)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(8)
        row.addLayout(said, 1)
        row.addWidget(self.again, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.drop, 0, Qt.AlignmentFlag.AlignTop)
        shortcuts.bind(
            self, "triage.again", view_model.last.order_again, view_model.last.has_refusal
        )
        shortcuts.bind(
            self, "triage.drop", view_model.last.drop_refusal, view_model.last.has_refusal
        )
        view_model.last.refused.changed.connect(self._show)
        view_model.possible_changed.connect(self._show)
        self._show()

    def _button(self, theme: Theme, text: str, action: str) -> KeyButton:
        button = KeyButton(theme, text, key=key_label(action), height="compact")
        button.setObjectName(action)
        return button

    def _show(self) -> None:
        refusal = self._model.last.refusal()
        self.setVisible(refusal is not None)
        if refusal is None:
            return
        self.headline.set_text(self._headline(refusal))
        self.differences.show_all(refusal.differences)
        written = one_line(refusal.words)
        self.words.set_text(self.tr("Your words: {}").format(written))
        self.words.setVisible(bool(written))
        self.words.setToolTip(plain_tooltip(refusal.words))
        for button in (self.again, self.drop):
            button.setEnabled(self._model.last.has_refusal())

    def _headline(self, refusal: Refusal) -> str:
        text = self.tr("Not done \u00b7 {} \u00b7 {} \u00b7 {}").format(
            refusal.who, refusal.what, refusal.message.title
        )
        if refusal.others:
            text += self.tr(" (%n more behind it)", None, refusal.others)
        return text


class TriageLines(QFrame):
    """Both lines, one below the other; nothing at all while there is nothing to say."""

    def __init__(
        self, view_model: TriageViewModel, theme: Theme, shortcuts: ShortcutRouter
    ) -> None:
        super().__init__()
        self.setObjectName("triage.lines")
        self.undo = UndoLine(view_model, theme, shortcuts)
        self.refusal = RefusalLine(view_model, theme, shortcuts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.refusal)
        column.addWidget(self.undo)

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in reading order."""
        return [self.refusal.again, self.refusal.drop, self.undo.button]
