"""Where sheet and beat stand: below each other, side by side, or the beat alone, by the room."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.beat.panel import BeatPanel

_BOTH_HIGH, _BOTH_WIDE = 700, 1560
_PANEL_HIGH = 350
_HIGH_SHARE, _WIDE_SHARE = 0.42, 0.55
"""The panel's parts of the height below the sheet, and of the width beside it."""


class BeatPlace(QSplitter):
    """`front_changed` tells which of the two takes the focus."""

    front_changed = Signal(QWidget)

    def __init__(self, theme: Theme, sheet: QWidget, panel: BeatPanel, header: QWidget) -> None:
        """`header` belongs to the sheet: it goes with it."""
        super().__init__()
        self._theme, self._sheet, self._panel, self._header = theme, sheet, panel, header
        self._is_shared = False
        self.setObjectName("beatPlace")
        self.setChildrenCollapsible(False)
        self.addWidget(sheet)
        self.addWidget(panel)
        panel.entered.connect(self._arrange)
        panel.closed.connect(self._leave)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._panel.model.is_open:
            self._arrange()

    def _arrange(self) -> None:
        px = self._theme.px
        # The header counts whether it is there or not: else it would come and go for ever.
        header = 0 if self._header.isHidden() else self._header.sizeHint().height()
        room = self.height() + header
        high, wide = room >= px(_BOTH_HIGH), self.width() >= px(_BOTH_WIDE)
        turned = Qt.Orientation.Vertical if high else Qt.Orientation.Horizontal
        both = high or wide
        is_same = both and self._is_shared and turned is self.orientation()
        self._is_shared = both
        if is_same:
            return
        self.setOrientation(turned)
        self._sheet.setVisible(both)
        self._header.setVisible(both)
        if both:
            whole = self.height() if high else self.width()
            below = max(px(_PANEL_HIGH), round(whole * _HIGH_SHARE))
            panel = below if high else round(whole * _WIDE_SHARE)
            self.setSizes([whole - panel, panel])
        self.front_changed.emit(self._sheet if both else self._panel)

    def _leave(self) -> None:
        self._is_shared = False
        self._sheet.show()
        self._header.show()
        self.front_changed.emit(self._sheet)
        self._sheet.setFocus(Qt.FocusReason.OtherFocusReason)
