"""Where a filter is made or changed: above the list that it narrows, in place, no dialog."""

from collections.abc import Callable
from functools import cached_property
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from backend_client.models.listing import LONGEST_NAME, MOST_FILTERS
from workstation.ui.screens.queue.conditions import ConditionsForm
from workstation.ui.screens.queue.filter_model import FilterModel
from workstation.ui.screens.queue.filter_state import Editing, Queue, Trouble
from workstation.ui.screens.queue.filter_words import FilterWords
from workstation.ui.screens.queue.form_area import FormArea
from workstation.ui.shortcuts import ShortcutRouter, key_label
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel, TextBlock


class FilterPanel(QFrame):
    """Follows its view model; hidden while no filter is made. The conditions, which are many
    widgets, are built with the first one."""

    def __init__(
        self,
        model: FilterModel,
        queue: Queue,
        form: Callable[[], ConditionsForm],
        told: FilterWords,
        theme: Theme,
        shortcuts: ShortcutRouter,
    ) -> None:
        super().__init__()
        self.setObjectName("filter.panel")
        self.setProperty("surface", "sunken")
        self._model, self._queue, self._told, self._theme = model, queue, told, theme
        self._make_form = form
        self._came_from: QWidget | None = None
        self._build(theme)
        self._lay_out()
        self._connect()
        shortcuts.bind(self, "filter.save", self._save, lambda: model.editing is not None)
        shortcuts.bind(self, "filter.cancel", model.cancel)
        self._show()

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in reading order; the conditions come behind them."""
        return [self.name, self.save, self.cancel]

    @cached_property
    def form(self) -> ConditionsForm:
        """The conditions."""
        form = self._make_form()
        form.changed.connect(self._model.narrow)
        self._column.insertWidget(2, self.area)
        self.area.setWidget(form)
        form.setAutoFillBackground(False)  # which the area has just set
        for first, second in pairwise([self.cancel, *form.stops()]):
            QWidget.setTabOrder(first, second)
        return form

    def _build(self, theme: Theme) -> None:
        self.title = SignLabel(theme, role="bodyStrong", color="text.primary", glyph="funnel")
        self.name = QLineEdit()
        self.name.setObjectName("filter.name")
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setMinimumWidth(theme.px(150))
        self.name.setAccessibleName(self.tr("Name of the filter"))
        self.save = KeyButton(theme, self.tr("Save"), key=key_label("filter.save"))
        self.save.setObjectName("filter.save")
        cancel = key_label("filter.cancel")
        self.cancel = KeyButton(theme, self.tr("Cancel"), key=cancel, kind="flat")
        self.cancel.setObjectName("filter.cancel")
        self.problem = TextBlock(theme, role="body", color="danger.text", max_lines=3)
        self.problem.setObjectName("filter.problem")
        self.area = FormArea(theme)
        self.summary = SignLabel(theme)
        self.summary.setObjectName("filter.summary")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.name, 1)
        head.addWidget(self.save)
        head.addWidget(self.cancel)
        column = self._column = QVBoxLayout()
        column.setContentsMargins(16, 8, 12, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.problem)
        column.addWidget(self.summary)
        line = QFrame()
        line.setProperty("line", "h")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(column)
        whole.addWidget(line)

    def _connect(self) -> None:
        self.name.textEdited.connect(self._model.write_name)
        self.name.returnPressed.connect(self._save)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self._model.cancel)
        self._model.editing_changed.connect(self._show)
        self._model.editing_begun.connect(self._take_focus)

    def _save(self) -> None:
        self.form.finish()
        self._model.save()

    def _take_focus(self) -> None:
        here = self.window().focusWidget()
        if here is not None and not self.isAncestorOf(here):
            self._came_from = here
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.name.selectAll()

    def _show(self) -> None:
        editing = self._model.editing
        if editing is None:
            self._leave()
            return
        listing = self._queue.listing
        self._model.suggest_name(self._told.name(listing))
        editing = self._model.editing or editing
        self.title.show_sign(self._title(editing), "funnel")
        if self.name.text() != editing.name:
            self.name.setText(editing.name)
            if not editing.is_named and self.name.hasFocus():
                self.name.selectAll()
        self.form.show_filter(listing.filter)
        self.summary.show_sign(self.tr("Holds: {}").format(self._told.listing(listing)))
        self.save.setEnabled(not editing.is_busy)
        self._show_problem(editing)
        self.show()

    def _title(self, editing: Editing) -> str:
        return self.tr("New filter") if editing.was is None else self.tr("Change the filter")

    def _show_problem(self, editing: Editing) -> None:
        text = self._trouble(editing)
        if editing.problem is not None:
            parts = (self.tr("Not saved"), editing.problem.title, editing.problem.detail)
            text = ". ".join(part.rstrip(".") for part in parts if part) + "."
        is_named_badly = editing.trouble in (Trouble.NO_NAME, Trouble.NAME_TAKEN)
        self.name.setProperty("invalid", is_named_badly)
        self.name.style().unpolish(self.name)
        self.name.style().polish(self.name)
        is_new = bool(text) and text != self.problem.text()
        self.problem.set_text(text)
        self.problem.setVisible(bool(text))
        if is_new and is_named_badly:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            self.name.selectAll()

    def _trouble(self, editing: Editing) -> str:
        if editing.trouble is Trouble.CHANGED and editing.was is not None:
            there = self._told.listing(editing.was.listing)
            return self.tr(
                "Changed in another window, it is now “{}”: {}. Save once more to replace it."
            ).format(editing.was.name, there)
        words: dict[Trouble | None, str] = {
            Trouble.NO_NAME: self.tr("Give it a name."),
            Trouble.NAME_TAKEN: self.tr("Another filter has this name: choose another one."),
            Trouble.TOO_MANY: self.tr(
                "No more than %n filter(s) are kept: remove one that is not needed.",
                None,
                MOST_FILTERS,
            ),
            Trouble.GONE: self.tr(
                "Removed in another window. Save once more to keep it as a new one."
            ),
        }
        return words.get(editing.trouble, "")

    def _leave(self) -> None:
        """The focus goes back to where it came from."""
        here = self.window().focusWidget()
        had_focus = here is not None and self.isAncestorOf(here)
        self.hide()
        came_from, self._came_from = self._came_from, None
        if had_focus and came_from is not None and came_from.isVisible():
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)
