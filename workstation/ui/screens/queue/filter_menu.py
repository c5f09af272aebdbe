"""The menus of filters: all of them with their digits, and what can be done with one."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from backend_client.models.listing import FilterId, SavedFilter
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.queue.filter_model import FilterModel
from workstation.ui.shortcuts import KEY_OF, key_label, pressed_key

WITH_DIGIT = 9
LONGEST = 36
"""Letters of a name in a menu."""


class FilterMenu(QMenu):
    """Made anew each time, gone when it closes. The first nine filters are chosen by their digits,
    alike under both layouts; arrows and Enter reach the others."""

    def __init__(self, model: FilterModel, words: RequestWords, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("filter.menu")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._model = model
        self._by_key: dict[str, QAction] = {}
        for number, one in enumerate(model.filters, start=1):
            count = model.count(one)
            size = "" if count is None else words.list_size(count)
            self._add_one(one, number, size)
        if not model.filters:
            self.addAction(self.tr("No filters yet")).setEnabled(False)
        self.addSeparator()
        self._add_changes()

    def open_at(self, place: QPoint) -> None:
        """Opens with its corner there; the caller goes on at once."""
        self.popup(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The key of a line chooses it."""
        entry = self._by_key.get(pressed_key(event))
        if entry is not None and entry.isEnabled():
            self.close()
            entry.trigger()
            return
        super().keyPressEvent(event)

    def _add_one(self, one: SavedFilter, number: int, size: str) -> None:
        digit = str(number) if number <= WITH_DIGIT else ""
        entry = self._add(f"{_shown(one.name)}   {size}".rstrip(), digit, digit)
        entry.setCheckable(True)
        entry.setChecked(self._model.opened is not None and self._model.opened.id == one.id)
        entry.setEnabled(self._model.can_choose())
        entry.triggered.connect(lambda: self._model.choose(one.id))

    def _add_changes(self) -> None:
        opened, model = self._model.opened, self._model
        key, label = KEY_OF["queue.save_filter"], key_label("queue.save_filter")
        if opened is None:
            self._do(self.tr("Save the filter…"), model.begin, label, key)
            return
        name = _shown(opened.name)
        self._do(self.tr("Change “{}”…").format(name), model.begin, label, key)
        self._do(self.tr("New filter…"), lambda: model.begin(anew=True))
        if not model.is_gone(opened):
            self._do(self.tr("Remove “{}”").format(name), lambda: model.remove(opened.id))

    def _do(self, text: str, act: Callable[[], None], label: str = "", key: str = "") -> None:
        entry = self._add(text, label, key)
        entry.setEnabled(self._model.can_choose())
        entry.triggered.connect(lambda _=False: act())

    def _add(self, text: str, label: str, key: str) -> QAction:
        shown = text.replace("&", "&&")
        entry = self.addAction(f"{shown}\t{label}" if label else shown)
        if key:
            self._by_key[key] = entry
        return entry


class OneFilterMenu(QMenu):
    """What can be done with a filter of the column; gone when it closes."""

    def __init__(self, model: FilterModel, filter_id: FilterId, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("filter.one")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        change = self.addAction(self.tr("Name and conditions…"))
        change.triggered.connect(lambda: model.begin_change(filter_id))
        remove = self.addAction(self.tr("Remove"))
        remove.triggered.connect(lambda: model.remove(filter_id))
        for entry in (change, remove):
            entry.setEnabled(model.can_choose())


def _shown(name: str) -> str:
    """Not wider than a menu may be; a tab would begin the column of keys."""
    one_line = " ".join(name.split())
    return one_line if len(one_line) <= LONGEST else f"{one_line[: LONGEST - 1]}…"
