"""Whether the window's screen was measured with a card, and the way to do it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.calibrations import ScreenCalibrations
from workstation.ui.widgets.labels import SignLabel


class ScreenMeasure(QWidget):
    """A button and what is known of the screen that the window is on."""

    def __init__(self, theme: Theme, screens: ScreenCalibrations) -> None:
        super().__init__()
        self._theme, self._screens = theme, screens
        self.setObjectName("settings.screen")
        self.state = SignLabel(theme, role="body", color="text.secondary")
        self.state.setObjectName("settings.screen.state")
        self.button = QPushButton(self.tr("Measure with a bank card…"))
        self.button.setObjectName("settings.screen.measure")
        self.button.setProperty("kind", "choice")
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self.measure)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.button)
        row.addWidget(self.state, 1)
        screens.changed.connect(self._say)
        self._say()

    def showEvent(self, event: QShowEvent) -> None:
        self._say()

    def measure(self) -> None:
        """Opens the page on which the card is laid."""
        from workstation.ui.viewers.ecg.card_dialog import CardDialog

        CardDialog(self._theme, self._screens, self.window()).open()

    def _say(self) -> None:
        if self._screens.of(self.screen()).calibrated:
            self.state.show_sign(self.tr("True millimetres: measured"), "check-circle")
        else:
            self.state.show_sign(self.tr("Not measured: by the data of the screen"))
