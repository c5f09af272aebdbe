"""The line over the panes: which file, the next one, one pane or all, and the keys that act now."""

from collections.abc import Collection

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from workstation.ui.case_steps import CaseStep
from workstation.ui.screens.review.key_hints import KeyHint, KeyHints
from workstation.ui.shortcuts import key_label, with_key
from workstation.ui.theme import Theme
from workstation.ui.viewers.cine_view import CineView
from workstation.ui.viewers.disc.view import DiscView
from workstation.ui.viewers.document_view import DocumentView
from workstation.ui.viewers.ecg.long.view import LongEcgView
from workstation.ui.viewers.ecg.measuring import EcgMeasuring
from workstation.ui.viewers.ecg.view import EcgView
from workstation.ui.viewers.figures.desk import FigureDesk
from workstation.ui.viewers.figures.kinds import MARKS, Tool
from workstation.ui.viewers.figures.session import FigureSession
from workstation.ui.viewers.picture_view import PictureView
from workstation.ui.viewers.report.view import ReportView
from workstation.ui.viewers.stack.view import StackView
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel

_GLYPHS = {
    CaseStep.TIME: "calendar-plus",
    CaseStep.CALL: "video-camera",
    CaseStep.CONCLUSION: "file-text",
}


_TOOL_GLYPHS = {
    "figure.distance": "ruler",
    "figure.ellipse": "polygon",
    "figure.velocity": "waves",
}
_TOOLS_OF = {
    "figure.distance": (Tool.DISTANCE, Tool.ANGLE),
    "figure.ellipse": (Tool.ELLIPSE, Tool.CONTOUR),
    "figure.velocity": (Tool.VELOCITY, Tool.ENVELOPE),
}


class ReviewToolbar(QFrame):
    """`file_wanted` carries 1 or -1."""

    file_wanted = Signal(int)
    one_pane_wanted = Signal()
    places_wanted = Signal()
    """Another number of pictures at once."""
    second_screen_wanted = Signal()
    step_wanted = Signal(CaseStep)
    decision_wanted = Signal()
    calipers_wanted = Signal()
    """Takes the ECG's calipers, or puts them away."""

    figure_wanted = Signal(str)
    """Takes a tool that measures on pictures, or puts it away: the action."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reviewToolbar")
        self.setProperty("surface", "viewerPanel")
        self._theme = theme
        self._buttons: list[KeyButton] = []
        # The style sheet's least height of a button is more than this line has.
        self.setStyleSheet("QPushButton { min-height: 0px; }")
        self._previous = self._button("review.previous_file", "caret-left")
        self._next = self._button("review.next_file", "caret-right")
        self._pane = self._button("review.one_pane", "corners-out")
        self._at_once = self._button("review.places", "squares-four")
        self._second = self._button("review.second_screen", "monitor")
        self._steps = {step: self._button(step.value, glyph) for step, glyph in _GLYPHS.items()}
        self.decide = self._button("case.decide", "traffic-sign")
        self._caliper = self._button("caliper.time", "heartbeat", kind="choice")
        self._caliper.setCheckable(True)
        self._caliper.hide()
        self._tools = {
            action: self._button(action, glyph, kind="choice")
            for action, glyph in _TOOL_GLYPHS.items()
        }
        for action, button in self._tools.items():
            button.setCheckable(True)
            button.hide()
            button.clicked.connect(lambda _=False, action=action: self.figure_wanted.emit(action))
        self._one_pane = False
        self._fitted: object = None
        """For what the keycaps were fitted last."""
        self._written: tuple[bool, bool] | None = None
        """For which width and which number of panes the words stand there."""
        self._place = SignLabel(theme, role="small", color="text.secondary")
        self._place.setObjectName("filePlace")
        self._hints = KeyHints(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 12, 2)
        row.setSpacing(2)
        for widget in (self._previous, self._next, self._place, self._pane):
            row.addWidget(widget)
        for button in (self._at_once, self._second):
            row.addWidget(button)
        row.addSpacing(8)
        for button in self._tools.values():
            row.addWidget(button)
        row.addWidget(self._caliper)
        row.addWidget(self._hints, 1)
        row.addWidget(self.decide)
        for step, button in self._steps.items():
            button.hide()
            row.addWidget(button)
            button.clicked.connect(lambda _=False, step=step: self.step_wanted.emit(step))
        self._previous.clicked.connect(lambda: self.file_wanted.emit(-1))
        self._next.clicked.connect(lambda: self.file_wanted.emit(1))
        self._pane.clicked.connect(self.one_pane_wanted)
        self._at_once.clicked.connect(self.places_wanted)
        self._second.clicked.connect(self.second_screen_wanted)
        self._caliper.clicked.connect(lambda: self.calipers_wanted.emit())
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
        self._fit_keys()

    def show_calipers(self, *, are_possible: bool, are_in_hand: bool) -> None:
        """Whether an ECG is seen on which they measure, and whether they do."""
        self._caliper.setVisible(are_possible)
        self._caliper.setChecked(are_in_hand)
        self._fit_keys()

    def show_figures(self, figures: FigureDesk | None) -> None:
        """Whether a clip or a picture is seen on which they measure, and which tool is in hand."""
        tool = figures.session.tool if figures is not None else None
        for action, button in self._tools.items():
            button.setVisible(figures is not None)
            button.setChecked(tool in _TOOLS_OF[action])
        self._fit_keys()

    def minimumSizeHint(self) -> QSize:
        """Never what makes the window wider than its screen: keycaps are left out first."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._write()

    def _write(self) -> None:
        """On a narrow screen the buttons keep glyph and key; the word goes to the tooltip."""
        wide = self.window().width() >= self._theme.size("layout", "wideFrom")
        if self._written == (wide, self._one_pane):
            self._fit_keys()
            return
        self._written = (wide, self._one_pane)
        pane = self.tr("All panes") if self._one_pane else self.tr("One pane")
        words = (
            (self._previous, self.tr("Previous"), "review.previous_file"),
            (self._next, self.tr("Next file"), "review.next_file"),
            (self._pane, pane, "review.one_pane"),
            (self._at_once, self.tr("Pictures: 1, 2, 4"), "review.places"),
            (self._second, self.tr("Second screen"), "review.second_screen"),
            (self._tools["figure.distance"], self.tr("Distance"), "figure.distance"),
            (self._tools["figure.ellipse"], self.tr("Area"), "figure.ellipse"),
            (self._tools["figure.velocity"], self.tr("Doppler"), "figure.velocity"),
            (self._caliper, self.tr("ECG calipers"), "caliper.time"),
            (self.decide, self.tr("Decide"), "case.decide"),
            (self._steps[CaseStep.TIME], self.tr("Time"), "case.time"),
            (self._steps[CaseStep.CALL], self.tr("Call"), "case.call"),
            (self._steps[CaseStep.CONCLUSION], self.tr("Conclusion"), "case.conclusion"),
        )
        for button, text, action in words:
            glyph_alone = button in (self._at_once, self._second)
            button.setText(text if wide and not glyph_alone else "")
            button.setAccessibleName(text)
            button.setToolTip(with_key(text, action))
        self._fit_keys()

    def _fit_keys(self) -> None:
        """Keycaps where all have room; else glyphs alone, with the keys in the tooltips: what the
        keys of the viewer do stands nowhere else."""
        row = self.layout()
        if row is None:
            return
        hidden = tuple(button.isHidden() for button in self._buttons)
        words = (self._place.accessibleName(), self._hints.accessibleName(), self._written)
        present = (self.width(), self._theme.scale, hidden, words)
        if present == self._fitted:
            return
        self._fitted = present
        for button in self._buttons:
            button.show_key(is_shown=True)
        place = self._place.sizeHint().width() - self._place.minimumSizeHint().width()
        wanted = row.minimumSize().width() + max(0, place) + self._hints.whole_width
        if wanted > self.width():
            for button in self._buttons:
                button.show_key(is_shown=False)

    def show_keys_of(self, viewer: QWidget | None) -> None:
        """The keys of that viewer."""
        self._hints.show_hints(self._keys(viewer))
        self._fit_keys()

    def _keys(self, viewer: QWidget | None) -> list[KeyHint]:
        zoom = KeyHint(self.tr("zoom"), ("+", "\u2212", "0"))
        if isinstance(viewer, LongEcgView):
            if not viewer.model.is_paper:
                moment = KeyHint(self.tr("moment"), (key_label("ecg.to_moment"),))
                return [moment, KeyHint(self.tr("on"), ("\u2190", "\u2192")), zoom]
            viewer = viewer.paper
        if isinstance(viewer, EcgView) and viewer.measuring.is_in_hand:
            return self._keys_of_calipers(viewer.measuring)
        if isinstance(viewer, EcgView) and viewer.beat.model.is_open:
            return self._keys_of_beat()
        if isinstance(viewer, EcgView):
            return [
                KeyHint(self.tr("layout"), ("1–6",)),
                KeyHint(self.tr("speed"), (key_label("ecg.speed"),)),
                KeyHint(self.tr("gain"), (key_label("ecg.gain"),)),
                KeyHint(self.tr("averaged beat"), (key_label("ecg.beat"),)),
                KeyHint(self.tr("true size"), (key_label("ecg.true_size"),)),
                zoom,
            ]
        if isinstance(viewer, CineView) and viewer.figures.is_in_hand:
            return self._keys_of_figures(viewer.figures.session)
        if isinstance(viewer, CineView) and viewer.bar.isVisibleTo(viewer):
            play = KeyHint(self.tr("play"), (key_label("clip.play"),))
            return [play, KeyHint(self.tr("frame"), ("\u2190", "\u2192")), zoom]
        if isinstance(viewer, DiscView):
            choose = KeyHint(self.tr("choose"), ("\u2191", "\u2193"))
            return [choose, KeyHint(self.tr("open"), (key_label("disc.open"),))]
        if isinstance(viewer, StackView) and viewer.keys.is_in_hand:
            return [
                KeyHint(self.tr("put away"), (key_label("figure.leave"),)),
                KeyHint(self.tr("point"), (key_label("figure.put"),)),
                KeyHint(self.tr("pixel"), ("\u2190", "\u2192")),
                KeyHint(self.tr("remove"), (key_label("figure.remove"),)),
                KeyHint(
                    self.tr("frame") if viewer.film.is_on else self.tr("slice"),
                    (key_label("figure.next_frame"),),
                ),
            ]
        if isinstance(viewer, StackView) and viewer.film.is_on:
            play = KeyHint(self.tr("play"), (key_label("clip.play"),))
            frame = KeyHint(self.tr("frame"), ("\u2190", "\u2192"))
            return [play, frame, KeyHint(self.tr("window"), ("1\u20139",)), zoom]
        if isinstance(viewer, StackView):
            return [
                KeyHint(self.tr("slice"), ("\u2191", "\u2193")),
                KeyHint(self.tr("window"), ("1\u20139",)),
                KeyHint(self.tr("distance"), (key_label("stack.distance"),)),
                KeyHint(self.tr("values of a region"), (key_label("stack.ellipse"),)),
                zoom,
            ]
        turn = KeyHint(self.tr("turn"), (key_label("view.rotate"),))
        if isinstance(viewer, CineView):
            return [turn, zoom]
        paper = KeyHint(self.tr("ECG on paper"), (key_label("paper.open"),))
        if isinstance(viewer, PictureView):
            return self._keys_of_photo(viewer, [turn, zoom, paper])
        find = KeyHint(self.tr("find"), (key_label("document.find"),))
        if isinstance(viewer, ReportView):
            put = KeyHint(self.tr("into the conclusion"), (key_label("review.put"),))
            return [KeyHint(self.tr("line"), ("\u2191", "\u2193")), put, find]
        return [find, zoom, turn, paper] if isinstance(viewer, DocumentView) else []

    def _keys_of_photo(self, viewer: PictureView, usual: list[KeyHint]) -> list[KeyHint]:
        """A photo has one frame, and a scale by hand at most."""
        desk = viewer.figures
        if desk is None:
            return [*usual, KeyHint(self.tr("ultrasound"), (key_label("figure.ultrasound"),))]
        if desk.is_in_hand:
            return self._keys_of_figures(desk.session, is_still=True)
        return [KeyHint(self.tr("calibrate"), (key_label("figure.calibrate"),)), *usual[:2]]

    def _keys_of_beat(self) -> list[KeyHint]:
        """While the averaged beat is open."""
        return [
            KeyHint(self.tr("bound"), ("1–4",)),
            KeyHint(self.tr("move"), ("\u2190", "\u2192")),
            KeyHint(self.tr("confirm"), (key_label("beat.confirm"),)),
            KeyHint(self.tr("lead"), ("\u2191", "\u2193")),
            KeyHint(self.tr("ST to the list"), (key_label("beat.st"),)),
        ]

    def _keys_of_figures(self, session: FigureSession, *, is_still: bool = False) -> list[KeyHint]:
        """While a tool is in hand on a clip or a picture: a name and an end only of a figure, for
        marks of a calibration have none."""
        away = KeyHint(self.tr("put away"), (key_label("figure.leave"),))
        if session.asked is not None:
            return [KeyHint(self.tr("back"), (key_label("figure.leave"),))]
        pixel = KeyHint(self.tr("pixel"), ("\u2190", "\u2192"))
        frame = KeyHint(self.tr("frame"), (key_label("figure.next_frame"),))
        frames = [] if is_still else [frame]
        if session.chosen is None or session.tool in MARKS:
            return [away, KeyHint(self.tr("point"), (key_label("figure.put"),)), pixel, *frames]
        name = KeyHint(self.tr("name"), ("1\u20139",))
        remove = KeyHint(self.tr("remove"), (key_label("figure.remove"),))
        return [away, name, pixel, remove, *frames]

    def _keys_of_calipers(self, measuring: EcgMeasuring) -> list[KeyHint]:
        """While they are in hand; the most needed first."""
        acts = measuring.key_actions()
        hints = [
            ("caliper.rr", KeyHint(self.tr("RR PP PR QRS QT"), ("Alt+1–5",))),
            ("clip.next_frame", KeyHint(self.tr("sample"), ("\u2190", "\u2192"))),
            ("clip.next_frame", KeyHint(self.tr("other end"), ("Tab",))),
            ("caliper.march", KeyHint(self.tr("march out"), (key_label("caliper.march"),))),
            ("caliper.remove", KeyHint(self.tr("remove"), (key_label("caliper.remove"),))),
        ]
        away = KeyHint(self.tr("put away"), (key_label("review.back"),))
        return [away, *(hint for action, hint in hints if action in acts)]

    def _button(self, action: str, glyph: str, kind: str = "flat") -> KeyButton:
        theme = self._theme
        button = KeyButton(
            theme, "", key=key_label(action), glyph=glyph, kind=kind, height="compact"
        )
        button.setObjectName(action)
        self._buttons.append(button)
        return button
