"""The line over the panes: which file, the next one, one pane or all, and the keys that act now."""

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from workstation.ui.case_steps import CaseStep
from workstation.ui.screens.review.key_hints import KeyHint, KeyHints
from workstation.ui.shortcuts import key_label, with_key
from workstation.ui.theme import Theme
from workstation.ui.viewers.cine_view import CineView
from workstation.ui.viewers.document_view import DocumentView
from workstation.ui.viewers.ecg_view import EcgView
from workstation.ui.viewers.picture_view import PictureView
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel

_GLYPHS = {
    CaseStep.TIME: "calendar-plus",
    CaseStep.CALL: "video-camera",
    CaseStep.CONCLUSION: "file-text",
}


class ReviewToolbar(QFrame):
    """`file_wanted` carries 1 or -1."""

    file_wanted = Signal(int)
    one_pane_wanted = Signal()
    step_wanted = Signal(CaseStep)
    decision_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reviewToolbar")
        self.setProperty("surface", "viewerPanel")
        self._theme = theme
        # The style sheet's least height of a button is more than this line has.
        self.setStyleSheet("QPushButton { min-height: 0px; }")
        self._previous = self._button("review.previous_file", "caret-left")
        self._next = self._button("review.next_file", "caret-right")
        self._pane = self._button("review.one_pane", "corners-out")
        self._steps = {step: self._button(step.value, glyph) for step, glyph in _GLYPHS.items()}
        self.decide = self._button("case.decide", "traffic-sign")
        self._one_pane = False
        self._place = SignLabel(theme, role="small", color="text.secondary")
        self._place.setObjectName("filePlace")
        self._hints = KeyHints(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 12, 2)
        row.setSpacing(2)
        for widget in (self._previous, self._next, self._place, self._pane):
            row.addWidget(widget)
        row.addWidget(self._hints, 1)
        row.addWidget(self.decide)
        for step, button in self._steps.items():
            button.hide()
            row.addWidget(button)
            button.clicked.connect(lambda _=False, step=step: self.step_wanted.emit(step))
        self._previous.clicked.connect(lambda: self.file_wanted.emit(-1))
        self._next.clicked.connect(lambda: self.file_wanted.emit(1))
        self._pane.clicked.connect(self.one_pane_wanted)
        self.decide.clicked.connect(self.decision_wanted)

    def show_place(self, number: int, count: int, *, one_pane: bool, has_more_panes: bool) -> None:
        """Which file of how many is active; 0 for none."""
        text = self.tr("File {} of {}").format(number, count) if number else ""
        self._place.show_sign(text)
        self._previous.setEnabled(number > 1)
        self._next.setEnabled(0 < number < count)
        self._pane.setVisible(one_pane or has_more_panes)
        self._one_pane = one_pane
        self._write()

    def allow_steps(self, steps: Collection[CaseStep]) -> None:
        """Where the doctor can go on to with the case now."""
        for step, button in self._steps.items():
            button.setVisible(step in steps)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._write()

    def _write(self) -> None:
        """On a narrow screen the buttons keep glyph and key; the word goes to the tooltip."""
        wide = self.window().width() >= self._theme.size("layout", "wideFrom")
        pane = self.tr("All panes") if self._one_pane else self.tr("One pane")
        words = (
            (self._previous, self.tr("Previous"), "review.previous_file"),
            (self._next, self.tr("Next file"), "review.next_file"),
            (self._pane, pane, "review.one_pane"),
            (self.decide, self.tr("Decide"), "case.decide"),
            (self._steps[CaseStep.TIME], self.tr("Time"), "case.time"),
            (self._steps[CaseStep.CALL], self.tr("Call"), "case.call"),
            (self._steps[CaseStep.CONCLUSION], self.tr("Conclusion"), "case.conclusion"),
        )
        for button, text, action in words:
            button.setText(text if wide else "")
            button.setAccessibleName(text)
            button.setToolTip(with_key(text, action))

    def show_keys_of(self, viewer: QWidget | None) -> None:
        """The keys of that viewer."""
        self._hints.show_hints(self._keys(viewer))

    def _keys(self, viewer: QWidget | None) -> list[KeyHint]:
        zoom = KeyHint(self.tr("zoom"), ("+", "\u2212", "0"))
        if isinstance(viewer, EcgView):
            return [
                KeyHint(self.tr("layout"), ("1–5",)),
                KeyHint(self.tr("speed"), (key_label("ecg.speed"),)),
                KeyHint(self.tr("gain"), (key_label("ecg.gain"),)),
                KeyHint(self.tr("true size"), (key_label("ecg.true_size"),)),
                zoom,
            ]
        if isinstance(viewer, CineView) and viewer.bar.isVisibleTo(viewer):
            play = KeyHint(self.tr("play"), (key_label("clip.play"),))
            return [play, KeyHint(self.tr("frame"), ("\u2190", "\u2192")), zoom]
        if isinstance(viewer, CineView | PictureView):
            return [KeyHint(self.tr("turn"), (key_label("view.rotate"),)), zoom]
        return [zoom] if isinstance(viewer, DocumentView) else []

    def _button(self, action: str, glyph: str) -> KeyButton:
        theme = self._theme
        button = KeyButton(
            theme, "", key=key_label(action), glyph=glyph, kind="flat", height="compact"
        )
        button.setObjectName(action)
        return button
