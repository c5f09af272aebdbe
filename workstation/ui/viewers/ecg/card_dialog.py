"""Measures the screen once with a bank card, so that a millimetre of the paper is a millimetre."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from workstation.studies.measure.ecg.paper import CARD_MM, px_per_mm_of_card
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.calibrations import ScreenCalibrations
from workstation.ui.viewers.ecg.card_outline import CardOutline
from workstation.ui.viewers.numbers import fixed
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel, TextBlock

_WIDTH_PX, _SHARE_OF_WINDOW = 640, 0.96


class CardDialog(QDialog):
    """For the screen that its window is on. Enter keeps the size, Esc leaves all as it was."""

    def __init__(self, theme: Theme, screens: ScreenCalibrations, window: QWidget) -> None:
        super().__init__(window)
        self._theme, self._screens = theme, screens
        self._screen = window.screen()
        present = screens.of(self._screen)
        self.setObjectName("cardDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Measure the screen"))
        self.setStyleSheet(theme.stylesheet())
        self.outline = CardOutline(theme, present.px_per_mm)
        self.found = SignLabel(theme, role="body", color="text.primary")
        self.found.setObjectName("card.found")
        self.keep = KeyButton(theme, self.tr("Keep"), key="Enter", kind="primary")
        self.keep.setObjectName("card.keep")
        self.leave = KeyButton(theme, self.tr("Cancel"), key="Esc")
        self.leave.setObjectName("card.cancel")
        self.forget = KeyButton(theme, self.tr("Forget the measure"), kind="flat")
        self.forget.setObjectName("card.forget")
        self.forget.setVisible(present.calibrated)
        self._lay_out(window.size())
        self.keep.clicked.connect(self._keep)
        self.leave.clicked.connect(self.reject)
        self.forget.clicked.connect(self._forget)
        self.outline.resized.connect(self._say)
        self._say()

    def _lay_out(self, room: QSize) -> None:
        theme = self._theme
        title = SignLabel(theme, self.tr("A true millimetre on this screen"), role="title")
        how = TextBlock(theme, role="body", color="text.secondary", max_lines=4)
        how.set_text(
            self.tr(
                "Lay a bank card on the glass and make the outline as large as the card: arrows by"
                " a pixel, with Shift by ten, or drag the right edge. It is kept for this screen."
            )
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.forget)
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.keep)
        for button in (self.forget, self.leave, self.keep):
            button.setAutoDefault(button is self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(title)
        column.addWidget(how)
        column.addWidget(self.outline, 1)
        column.addWidget(self.found)
        column.addLayout(buttons)
        self.keep.setDefault(True)
        self.outline.setFocus(Qt.FocusReason.OtherFocusReason)
        wanted = self.sizeHint().expandedTo(QSize(theme.px(_WIDTH_PX), 0))
        self.resize(wanted.boundedTo(room * _SHARE_OF_WINDOW))

    def _say(self) -> None:
        width, height = (fixed(side, 2) for side in CARD_MM)
        text = self.tr("Card {} × {} mm, {} pixels to a millimetre")
        pixels = fixed(self.outline.px_per_mm * self.devicePixelRatioF(), 2)
        self.found.show_sign(text.format(width, height, pixels))

    def _keep(self) -> None:
        width, height = (side * self.outline.px_per_mm for side in CARD_MM)
        found = px_per_mm_of_card(width, height)
        if found is not None:
            self._screens.keep(self._screen, found)
        self.accept()

    def _forget(self) -> None:
        self._screens.forget(self._screen)
        self.accept()
