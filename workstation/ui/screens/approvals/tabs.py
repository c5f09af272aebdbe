"""What stands in the middle: the pages, the request, the files, what is otherwise than before."""

from enum import Enum

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout

from workstation.ui.shortcuts import key_label
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel


class Tab(Enum):
    """Each named as the action of its key."""

    CONCLUSION = "approvals.conclusion"
    REQUEST = "approvals.request"
    FILES = "approvals.files"
    DIFFERENCE = "approvals.difference"


class TabRow(QFrame):
    """One is chosen at a time; `chosen` carries the Tab, also where it was chosen before."""

    chosen = Signal(Tab)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("approvals.tabs")
        self.setProperty("surface", "panel")
        self._files = 0
        self._group = QButtonGroup(self)
        self._buttons = {tab: self._button(theme, tab) for tab in Tab}
        self._buttons[Tab.CONCLUSION].setChecked(True)
        self.place = SignLabel(theme, role="small", color="text.tertiary")
        self.place.setObjectName("approvals.page")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 16, 6)
        row.setSpacing(6)
        for button in self._buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.place)
        self._say()

    def button(self, tab: Tab) -> KeyButton:
        """That tab's."""
        return self._buttons[tab]

    def show_tab(self, tab: Tab) -> None:
        """Another one is seen."""
        self._buttons[tab].setChecked(True)

    def show_files(self, count: int) -> None:
        """So many files came with the request."""
        if count != self._files:
            self._files = count
            self._say()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def _button(self, theme: Theme, tab: Tab) -> KeyButton:
        key = key_label(tab.value)
        button = KeyButton(theme, "", key=key, kind="choice", height="compact")
        button.setObjectName(tab.value)
        button.setCheckable(True)
        self._group.addButton(button)
        button.clicked.connect(lambda _=False: self.chosen.emit(tab))
        return button

    def _say(self) -> None:
        files = self.tr("Files")
        words = {
            Tab.CONCLUSION: self.tr("Conclusion"),
            Tab.REQUEST: self.tr("Request"),
            Tab.FILES: f"{files} {self._files}" if self._files else files,
            Tab.DIFFERENCE: self.tr("Difference"),
        }
        for tab, button in self._buttons.items():
            button.setText(words[tab])
            button.updateGeometry()
