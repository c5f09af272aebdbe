"""The line under a photo: what it is said to be, by what it is calibrated."""

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from workstation.ui.shortcuts import key_label, with_key
from workstation.ui.theme import Theme
from workstation.ui.viewers.figures.frame_figure import HandScales
from workstation.ui.viewers.figures.reading_words import ReadingWords
from workstation.ui.viewers.paper_ecg.entry import PaperButton
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel, plain_tooltip


class PhotoEntry(QFrame):
    """Two answers at its right; of an ultrasound picture the state of its scale at its left."""

    paper_wanted = Signal()
    ultrasound_wanted = Signal()
    """The photo is one of an ultrasound screen, or is none after all."""
    calibration_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "viewerPanel")
        self.setStyleSheet("QPushButton { min-height: 0px; }")
        self._readings = ReadingWords(self)
        self._said: tuple[HandScales, bool, bool] | None = None
        self.scale = SignLabel(theme, role="small", color="viewer.overlay.dim")
        self.scale.setObjectName("photoScale")
        self.calibrate = _button(theme, "figure.calibrate", "arrows-out-line-vertical", "flat")
        self.ultrasound = _button(theme, "figure.ultrasound", "waves", "flat")
        self.button = PaperButton(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 8, 2)
        row.setSpacing(4)
        row.addWidget(self.scale, 1)
        for button in (self.calibrate, self.ultrasound, self.button):
            row.addWidget(button)
        self.ultrasound.setCheckable(True)
        self.button.clicked.connect(self.paper_wanted)
        self.ultrasound.clicked.connect(lambda: self.ultrasound_wanted.emit())
        self.calibrate.clicked.connect(self.calibration_wanted)
        self.show_said(HandScales(), is_ultrasound=False, is_settled=False)

    def show_said(self, hand: HandScales, *, is_ultrasound: bool, is_settled: bool) -> None:
        """What the doctor said. `is_settled`: something is drawn upon it, it cannot be unsaid."""
        said = (hand, is_ultrasound, is_settled)
        if said == self._said:  # while a point is dragged
            return
        self._said = said
        _dress(self.ultrasound, "choice" if is_ultrasound else "flat")
        self.ultrasound.setChecked(is_ultrasound)
        self.ultrasound.setEnabled(not is_settled)
        self.calibrate.setVisible(is_ultrasound)
        self._write()

    def minimumSizeHint(self) -> QSize:
        """Never what makes a small pane wider: keycaps are left out first, then words."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._write()
        super().changeEvent(event)

    def _fit(self) -> None:
        """As much of the buttons as there is room for; tooltips say all of it."""
        row, buttons = self.layout(), self.findChildren(KeyButton)
        words = [button.accessibleName() for button in buttons]
        for is_said, is_keyed in ((True, True), (True, False), (False, False)):
            for button, text in zip(buttons, words, strict=True):
                tip = button.toolTip()
                button.setText(text if is_said else "")
                button.setToolTip(tip)
                button.show_key(is_shown=is_keyed)
            if row is None or row.minimumSize().width() <= self.width():
                return

    def _write(self) -> None:
        self._write_scale()
        self._name(self.ultrasound, self.tr("Ultrasound picture"))
        told = self.tr("Measure on a picture of an ultrasound screen as on a clip")
        self.ultrasound.setToolTip(with_key(told, "figure.ultrasound"))
        self._name(self.calibrate, self.tr("Calibration"))
        more = self.tr("by a length: {}; by a velocity: {}; the time of a strip: {}")
        keys = ("figure.calibrate", "figure.calibrate_velocity", "figure.calibrate_time")
        self.calibrate.setToolTip(plain_tooltip(more.format(*map(key_label, keys))))
        self._fit()

    @staticmethod
    def _name(button: KeyButton, text: str) -> None:
        button.setText(text)
        button.setAccessibleName(text)

    def _write_scale(self) -> None:
        hand, is_ultrasound, _ = self._said or (HandScales(), False, False)
        marks = hand.marks
        if not is_ultrasound:
            self.scale.show_sign("")
        elif not marks:
            words = self.tr("No calibration: sizes in pixels")
            self.scale.show_sign(words, "warning", "viewer.warn")
        else:
            amounts = ", ".join(self._readings.number(one.amount, one.unit) for one in marks)
            words = self.tr("{}: {}; taken at an angle it is not exact")
            said = words.format(self._readings.hand(), amounts)
            self.scale.show_sign(said[:1].upper() + said[1:], color="viewer.overlay.dim")


def _button(theme: Theme, action: str, glyph: str, kind: str) -> KeyButton:
    key = key_label(action)
    button = KeyButton(theme, "", key=key, glyph=glyph, kind=kind, height="compact")
    button.setObjectName(f"photo.{action}")
    return button


def _dress(button: KeyButton, kind: str) -> None:
    """The look of that kind: what is not said stands as quietly as the other answer."""
    if button.property("kind") != kind:
        button.setProperty("kind", kind)
        button.style().unpolish(button)
        button.style().polish(button)
