"""All that the queue shows of filters, put together: list, menus, panel, and what was removed."""

from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from backend_client.models.listing import FilterId
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.queue.conditions import ConditionsForm
from workstation.ui.screens.queue.filter_list import FilterList
from workstation.ui.screens.queue.filter_menu import FilterMenu, OneFilterMenu
from workstation.ui.screens.queue.filter_model import FilterModel
from workstation.ui.screens.queue.filter_panel import FilterPanel
from workstation.ui.screens.queue.filter_words import FilterWords
from workstation.ui.screens.queue.groups import GroupBar
from workstation.ui.screens.queue.view_model import QueueViewModel
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel


class RemovedLine(QFrame):
    """A filter is removed and can be brought back, or why it is not removed."""

    def __init__(self, model: FilterModel, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("filter.removed")
        self.setProperty("surface", "sunken")
        self._model = model
        self.text = SignLabel(theme, role="body", color="text.primary")
        self.back = KeyButton(theme, "", kind="secondary", height="compact")
        self.back.setObjectName("filter.bringBack")
        self.back.clicked.connect(model.bring_back)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 12, 4)
        row.addWidget(self.text, 1)
        row.addWidget(self.back)
        model.removed_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        removed = self._model.removed
        self.setVisible(removed is not None)
        if removed is None:
            return
        name = removed.filter.name
        is_gone = self._model.is_gone(removed.filter)
        self.back.setText(self.tr("Bring it back") if is_gone else self.tr("Remove again"))
        text = self.tr("Removed: {}").format(name)
        if removed.problem is not None:
            said = self.tr("Not brought back: {}") if is_gone else self.tr("Not removed: {}")
            text = f"{said.format(name)}. {removed.problem.title}"
        color = "text.primary" if removed.problem is None else "danger.text"
        self.text.show_sign(text, "trash" if removed.problem is None else "warning", color)


class FiltersView(QObject):
    """Makes the parts; the queue's view gives them their places."""

    chosen = Signal()
    """A filter was opened: the list has the focus next."""

    def __init__(
        self,
        model: QueueViewModel,
        groups: GroupBar,
        theme: Theme,
        words: RequestWords,
        shortcuts: ShortcutRouter,
    ) -> None:
        super().__init__()
        self._model, self._words = model.filters, words
        told = FilterWords(words)
        told.setParent(self)
        filters = model.filters
        self.list = FilterList(filters, groups.exclusive, told, theme, words)
        groups.add_beside(self.list)
        form = partial(ConditionsForm, theme, words, told)
        self.panel = FilterPanel(filters, model, form, told, theme, shortcuts)
        self.removed = RemovedLine(filters, theme)
        self.list.chosen.connect(self._choose)
        self.list.save_wanted.connect(filters.begin)
        self.list.menu_wanted.connect(self._open_menu)
        self.list.one_wanted.connect(self._open_one)

    def bind(self, screen: QWidget, shortcuts: ShortcutRouter) -> None:
        """Keys of the whole screen."""
        filters = self._model
        shortcuts.bind(screen, "queue.filters", self.list.open_menu, lambda: filters.is_allowed)
        shortcuts.bind(screen, "queue.save_filter", filters.begin, lambda: filters.is_allowed)

    def _choose(self, filter_id: str) -> None:
        self._model.choose(FilterId(filter_id))
        self.chosen.emit()

    def _open_menu(self, at: QPoint) -> None:
        FilterMenu(self._model, self._words, self.list).open_at(at)

    def _open_one(self, filter_id: str, at: QPoint) -> None:
        OneFilterMenu(self._model, FilterId(filter_id), self.list).popup(at)
