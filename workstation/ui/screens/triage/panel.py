"""The panel of a decision: what is chosen, the words, the one button. No dialog.

The queue's card and the open case have one each; the view model says which of them stands.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from workstation.ui.screens.triage.content import Panel
from workstation.ui.screens.triage.difference_list import DifferenceList
from workstation.ui.screens.triage.moment_edit import MomentEdit
from workstation.ui.screens.triage.option_list import OptionList
from workstation.ui.screens.triage.places import Place
from workstation.ui.screens.triage.view_model import TriageViewModel
from workstation.ui.shortcuts import ShortcutRouter, key_label
from workstation.ui.theme import Theme
from workstation.ui.widgets.case_fields import CasePlainEdit
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel, TextBlock, wrap

LEAST_LINES, MOST_LINES = 2, 7


class WordsEdit(CasePlainEdit):
    """Plain words of a few lines, as high as they need; Tab goes on."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setObjectName("triage.words")
        self._theme = theme
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.textChanged.connect(self.updateGeometry)

    def show_words(self, words: str) -> None:
        """Shows the program's words; what the doctor types is there already."""
        if words != self.toPlainText():
            self.setPlainText(words)

    def sizeHint(self) -> QSize:
        room = max(self._theme.px(100), self.viewport().width() - 2 * self._theme.px(6))
        wanted = len(wrap(self.toPlainText(), self._theme, "body", room))
        lines = min(max(LEAST_LINES, wanted), MOST_LINES)
        return QSize(self._theme.px(200), self._height(lines))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(100), self._height(LEAST_LINES))

    def _height(self, lines: int) -> int:
        return lines * self.fontMetrics().lineSpacing() + self._theme.px(14)


class TriagePanel(QFrame):
    """Follows its view model. What has the focus in it owns the digits and Enter."""

    def __init__(
        self,
        view_model: TriageViewModel,
        theme: Theme,
        shortcuts: ShortcutRouter,
        place: Place = Place.CARD,
        *,
        home: Callable[[], QWidget] | None = None,
    ) -> None:
        """`home`: where the focus goes behind the panel; None: where it was before."""
        super().__init__()
        self._place, self._home = place, home
        self.setObjectName("triage.panel")
        self.setProperty("surface", "panel")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._model, self._theme = view_model, theme
        self._came_from: QWidget | None = None
        self._shown: Panel | None = None
        self._build()
        self._lay_out()
        self._bind(shortcuts)
        view_model.panel_changed.connect(self._show)
        view_model.panel_opened.connect(self.take_focus)
        self._show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Its own focus is seen: Enter carries out from here."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(self._theme.color("focus.ring"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in reading order."""
        return [self.options, self.moment, self.words, self.send, self.cancel]

    def has_focus_within(self) -> bool:
        """Whether the keys go to it, or to something in it."""
        here = self.window().focusWidget()
        return here is not None and (here is self or self.isAncestorOf(here))

    @property
    def _panel(self) -> Panel | None:
        return self._model.panel_in(self._place)

    def _build(self) -> None:
        theme = self._theme
        self.title = TextBlock(theme, role="title", max_lines=2)
        self.title.setObjectName("triage.title")
        self.kept = SignLabel(theme, role="small", color="text.secondary")
        self.kept.setObjectName("triage.kept")
        self.kept.setToolTip(self.tr("Not sent, seen by you alone"))
        self.warning = TextBlock(theme, role="body", color="text.primary", max_lines=4)
        self.warning.setObjectName("triage.warning")
        self.options = OptionList(theme)
        self.moment = MomentEdit(self._model.words.requests.time)
        self.label = SignLabel(theme, role="micro", color="text.secondary")
        self.words = WordsEdit(theme)
        self.problem = TextBlock(theme, role="small", color="danger.text", max_lines=3)
        self.problem.setObjectName("triage.problem")
        self.differences = DifferenceList(theme)
        self.send = KeyButton(
            theme, self.tr("Carry out"), key=key_label("answer.send"), kind="primary"
        )
        self.send.setObjectName("triage.send")
        cancel = key_label("answer.cancel")
        self.cancel = KeyButton(theme, self.tr("Cancel"), key=cancel)
        self.cancel.setObjectName("triage.cancel")
        self.options.pressed_line.connect(self._model.choose)
        self.moment.chosen.connect(self._model.choose_moment)
        self.moment.entered.connect(self._model.send)
        self.words.textChanged.connect(lambda: self._model.write(self.words.toPlainText()))
        self.send.clicked.connect(self._model.send)
        self.cancel.clicked.connect(self._model.cancel)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.kept)
        column.addLayout(head)
        column.addWidget(self.warning)
        column.addWidget(self.options)
        column.addWidget(self.moment)
        column.addWidget(self.label)
        column.addWidget(self.words)
        column.addWidget(self.problem)
        column.addWidget(self.differences)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.send, 1)
        buttons.addWidget(self.cancel)
        column.addLayout(buttons)

    def _bind(self, shortcuts: ShortcutRouter) -> None:
        model, options = self._model, self.options
        for number in range(1, 10):
            can = partial(model.can_choose, number)
            shortcuts.bind(self, f"answer.option_{number}", partial(self._choose, number), can)
        tick = lambda: model.choose(options.current_number())  # noqa: E731
        shortcuts.bind(options, "answer.tick", tick, lambda: options.current_number() > 0)
        for action in ("answer.send", "answer.send_text"):
            shortcuts.bind(self, action, model.send, model.can_send, self._say_what_lacks)
        shortcuts.bind(self, "answer.cancel", model.cancel)

    def _choose(self, number: int) -> None:
        self.options.choose_line(number)
        self._model.choose(number)

    def take_focus(self) -> None:
        """Where the doctor goes on: the lines, else the empty words, else Enter at once."""
        panel = self._panel
        if panel is None:
            return
        here = self.window().focusWidget()
        if here is not None and not self.isAncestorOf(here) and here is not self:
            self._came_from = here
        wanted: QWidget = self
        if panel.content.options:
            wanted = self.options
        elif panel.lacks_words:
            wanted = self.words
        wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show(self) -> None:
        panel = self._panel
        if panel is None:
            self._leave()
            return
        content = panel.content
        self.title.set_text(content.title)
        self._show_kept(panel)
        self.warning.setVisible(bool(content.warning))
        self.warning.set_text(content.warning)
        self.options.show_panel(panel)
        self._show_moment(panel)
        for widget in (self.label, self.words):
            widget.setVisible(bool(content.label))
        self.label.show_sign(content.label)
        self.words.setAccessibleName(content.label)
        self.words.show_words(panel.words)
        self.differences.show_all(panel.differences)
        self._show_problem(panel)
        self.send.setText(content.verb)
        self.send.setEnabled(self._model.can_send())
        self.send.explain("" if self._model.can_send() else self._lack(panel))
        is_new, self._shown = panel is not self._shown, panel
        self.show()
        if is_new and panel.is_edited:
            self.words.moveCursor(self.words.textCursor().MoveOperation.End)

    def _show_kept(self, panel: Panel) -> None:
        """Whose words these are: the doctor's own, of an earlier run of the program."""
        self.kept.setVisible(panel.kept_at is not None)
        if panel.kept_at is not None:
            when = self._model.words.requests.time.day_and_time(panel.kept_at)
            self.kept.show_sign(self.tr("Your draft, {}").format(when))

    def _show_moment(self, panel: Panel) -> None:
        """Where a line asks for a time of the doctor's own, that is written at once."""
        was_hidden = self.moment.isHidden()
        self.moment.setVisible(panel.asks_moment)
        if panel.asks_moment and panel.until is not None:
            self.moment.show_moment(panel.until)
            if was_hidden and self.has_focus_within():
                self.moment.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_problem(self, panel: Panel) -> None:
        text = ""
        if panel.is_too_long:
            text = self._lack(panel)
        elif panel.problem is not None:
            text = panel.problem.whole
        self.problem.set_text(text)
        self.problem.setVisible(bool(text))

    def _lack(self, panel: Panel) -> str:
        if self._model.waits_for_claim:
            return self.tr("It is done as soon as the case is yours")
        if panel.lacks_choice:
            return self.tr("Choose a line: a digit")
        if panel.lacks_words:
            return self.tr("Write the words")
        if panel.is_too_long:
            return self.tr("No more than %n characters", None, panel.content.longest)
        return ""

    def _say_what_lacks(self) -> None:
        """Enter before all is there: what is missing, and the focus goes there."""
        panel = self._panel
        if panel is None or self._model.is_busy:
            return
        self.problem.set_text(self._lack(panel))
        self.problem.setVisible(bool(self.problem.text()))
        if panel.lacks_words and not panel.lacks_choice:
            self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _leave(self) -> None:
        """The focus goes back to where it came from."""
        had_focus = self.has_focus_within()
        self._shown = None
        self.hide()
        came_from, self._came_from = self._came_from, None
        if self._home is not None:
            came_from = self._home()
        if had_focus and came_from is not None and came_from.isVisible():
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)
