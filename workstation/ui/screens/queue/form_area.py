"""Room for a form that flows: as high as it asks for, and scrolled where there is less."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy

from workstation.ui.theme import Theme

LEAST_PX = 60


class FormArea(QScrollArea):
    """Never makes its window higher: at 200 % a form may be higher than the screen."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)
        self.viewport().setAutoFillBackground(False)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        width, form = max(1, self.viewport().width()), self.widget()
        return QSize(width, 0 if form is None else form.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        least = min(self.sizeHint().height(), self._theme.px(LEAST_PX))
        return QSize(self._theme.px(100), least)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
