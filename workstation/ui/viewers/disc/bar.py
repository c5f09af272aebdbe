"""The line over what was opened from a disc: back to its list, what it is, to the next one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from workstation.studies.disc import DiscInfo
from workstation.ui.shortcuts import key_label
from workstation.ui.theme import Theme
from workstation.ui.viewers.disc.words import DiscWords
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel


class DiscBar(QFrame):
    """`back_wanted`: to the list."""

    back_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = DiscWords(self)
        self.setObjectName("discBar")
        self.setProperty("surface", "viewerPanel")
        key = key_label("disc.list")
        self.back = KeyButton(
            theme, self._words.back(), key=key, glyph="arrow-left", kind="flat", height="compact"
        )
        self.back.setObjectName("discBar.back")
        self.back.clicked.connect(self.back_wanted)
        self._what = SignLabel(theme, role="small", color="viewer.overlay", parent=self)
        self._what.setObjectName("discBar.what")
        self._place = SignLabel(theme, role="small", color="viewer.overlay.dim", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 3, 12, 3)
        row.setSpacing(10)
        row.addWidget(self.back)
        row.addWidget(self._what, 1)
        row.addWidget(self._place)

    def show_item(self, info: DiscInfo | None, number: int | None) -> None:
        """What is seen now; hidden while it is the list, or no disc."""
        self.setVisible(info is not None and number is not None)
        if info is None or number is None:
            return
        series, item = info.series_of(number), info.items[number]
        parts = (self._words.title(series, item), self._words.about(series, item))
        self._what.show_sign(", ".join(part for part in parts if part))
        self._place.show_sign(self._words.place(number, len(info.items)))
