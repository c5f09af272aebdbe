"""The bar over a picture of paper: what to do next, with the choices that belong to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from workstation.studies.measure.ecg.photo_calibration import Method
from workstation.ui.shortcuts import key_label, with_key
from workstation.ui.theme import Theme
from workstation.ui.viewers.paper_ecg.session import PaperSession
from workstation.ui.viewers.paper_ecg.steps import (
    GAINS_MM_MV,
    SPEEDS_MM_S,
    USUAL_GAIN,
    USUAL_SPEED,
    Aim,
    Step,
)
from workstation.ui.viewers.paper_ecg.words import PaperWords
from workstation.ui.widgets.flow_layout import FlowLayout
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel, TextBlock

_NARROW = 820
"""Below that width the words take two lines."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of the bar: the action whose key it bears, its word, how it looks."""

    action: str
    text: str
    kind: str = "secondary"
    note: str = ""
    """What its tooltip says before the key; "" for the word itself."""
    also: str = ""
    """Another action whose key does the same."""
    shows_key: bool = True
    """Whether its keycap is on it, not in the tooltip alone."""


class PaperBar(QFrame):
    """Shows a `PaperSession`; `wanted` carries the action of a pressed button."""

    wanted = Signal(str)

    def __init__(
        self,
        theme: Theme,
        session: PaperSession,
        words: PaperWords,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("paperBar")
        self.setProperty("surface", "viewerPanel")
        # The style sheet's least height of a button is more than this line has.
        self.setStyleSheet("QPushButton { min-height: 0px; }")
        self._theme, self._session, self._words = theme, session, words
        self._place = SignLabel(theme, role="smallStrong", color="viewer.overlay.dim")
        self._place.setObjectName("paperPlace")
        self._say = TextBlock(theme, role="lead", color="viewer.overlay", max_lines=2)
        self._say.setObjectName("paperInstruction")
        self._below = TextBlock(theme, role="body", max_lines=2)
        self._below.setObjectName("paperBelow")
        self._row = QWidget()
        self._flow = FlowLayout(theme.px(6), self._row)
        self._choices: tuple[Choice, ...] = ()
        self._undo = self._button(Choice("paper.undo", self.tr("Undo"), "flat"))
        self._leave = self._button(Choice("paper.leave", self.tr("Close"), "flat"))
        self._lay_out()
        session.changed.connect(self.refresh)
        self.refresh()

    def instruction(self) -> str:
        """What is to be done now."""
        return self._say.text()

    def below(self) -> str:
        """What stands in the way, else what the values rest upon or how points are put."""
        return self._below.text()

    def choices(self) -> tuple[Choice, ...]:
        """The buttons that are seen."""
        return self._choices

    def refresh(self) -> None:
        """Shows the session's step."""
        session, words = self._session, self._words
        self._place.show_sign(words.place(session))
        trouble = words.trouble(session)
        self._below.set_color("viewer.warn" if trouble else "viewer.overlay.dim")
        self._show_text(self._say, words.instruction(session))
        self._show_text(self._below, trouble or words.state(session))
        self._show_choices(self._wanted_choices())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Always as high as its longest words would be: no step moves the picture."""
        narrow = event.size().width() < self._theme.px(_NARROW)
        for block, line in ((self._below, "body"), (self._say, "lead")):
            block.set_max_lines(2 if narrow else 1)
            block.setFixedHeight(self._theme.line_height(line) * (2 if narrow else 1))

    def _wanted_choices(self) -> tuple[Choice, ...]:
        session = self._session
        if session.aim is not Aim.CALIBRATION and session.paper.is_fixed:
            return self._calipers()
        if session.aim is not Aim.CALIBRATION:
            return (*self._calipers(), *self._named(), self._calibrate(self.tr("Calibration")))
        if session.step is Step.SPEED:
            return self._numbers(SPEEDS_MM_S, USUAL_SPEED, self._words.speed)
        if session.step is Step.GAIN:
            return self._numbers(GAINS_MM_MV, USUAL_GAIN, self._words.gain)
        return (*self._when_marked(), *self._lengths(), self._calibrate(self._other_method()))

    def _numbers(
        self, values: Sequence[float], usual: float, words: Callable[[float], str]
    ) -> tuple[Choice, ...]:
        found = []
        for n, value in enumerate(values, 1):
            kind, also = ("primary", "paper.put") if value == usual else ("secondary", "")
            found.append(Choice(f"paper.choice_{n}", words(value), kind, also=also))
        return (*found, *self._mending())

    def _lengths(self) -> tuple[Choice, ...]:
        """The two lengths, with the keys that change them."""
        along, up = self._words.lengths(self._session.calibration)
        shorter, longer = self.tr("A large square shorter"), self.tr("A large square longer")
        found = (
            Choice("paper.narrower", "\u2212", note=shorter, shows_key=False),
            Choice("paper.wider", f"{along} +", note=longer),
            Choice("paper.lower", "\u2212", note=shorter, shows_key=False),
            Choice("paper.higher", f"{up} +", note=longer),
        )
        if self._session.calibration.method is Method.CORNERS:
            return found
        if self._session.step is Step.ALONG:
            return found[:2]
        return found[2:] if self._session.step is Step.UP else found

    def _calipers(self) -> tuple[Choice, ...]:
        aim = self._session.aim
        words = (
            ("caliper.time", self.tr("Time"), Aim.TIME),
            ("caliper.amplitude", self.tr("Amplitude"), Aim.AMPLITUDE),
            ("paper.both", self.tr("Both"), Aim.BOTH),
        )
        return tuple(Choice(a, text, "chosen" if own is aim else "") for a, text, own in words)

    def _named(self) -> tuple[Choice, ...]:
        known, words = self._session.calibration, self._words
        found = []
        if known.speed_mm_s is not None:
            found.append(Choice("ecg.speed", words.speed(known.speed_mm_s), "flat"))
        if known.gain_mm_mv is not None:
            found.append(Choice("ecg.gain", words.gain(known.gain_mm_mv), "flat"))
        return tuple(found)

    def _calibrate(self, text: str) -> Choice:
        session = self._session
        lacks = session.is_coarse or not session.paper.is_calibrated
        is_first = session.aim is not Aim.CALIBRATION and lacks
        return Choice("paper.calibrate", text, "primary" if is_first else "flat")

    def _when_marked(self) -> tuple[Choice, ...]:
        """Points are put: they can be gone through, and then it is measured."""
        if not self._session.calibration.is_marked:
            return ()
        first, then = ("primary", "secondary") if self._session.is_coarse else ("flat", "primary")
        return (
            Choice("paper.next_point", self.tr("Points enlarged"), first),
            Choice("caliper.time", self.tr("Measure"), then),
        )

    def _mending(self) -> tuple[Choice, ...]:
        """Coarse points are gone through before anything else."""
        if not self._session.is_coarse:
            return ()
        return (Choice("paper.next_point", self.tr("Points enlarged"), "flat"),)

    def _other_method(self) -> str:
        if self._session.calibration.method is Method.CORNERS:
            return self.tr("By two marks")
        return self.tr("Tilted: by four corners")

    def _show_choices(self, choices: tuple[Choice, ...]) -> None:
        if choices == self._choices:
            return
        self._choices = choices
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for choice in choices:
            button = self._button(choice)
            self._flow.addWidget(button)
            button.show()
        self._flow.invalidate()
        self._row.updateGeometry()

    def _button(self, choice: Choice) -> KeyButton:
        chosen = choice.kind == "chosen"
        key = key_label(choice.action) if choice.shows_key else ""
        if choice.also:
            key = f"{key} {key_label(choice.also)}"
        kind = "choice" if chosen else choice.kind or "secondary"
        button = KeyButton(self._theme, choice.text, key=key, kind=kind, height="compact")
        button.setObjectName(choice.action)
        button.setToolTip(with_key(choice.note or choice.text, choice.action))
        button.setCheckable(chosen)
        button.setChecked(chosen)
        button.clicked.connect(partial(self._press, choice.action))
        return button

    def _press(self, action: str, _checked: bool = False) -> None:
        self.wanted.emit(action)

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(self._theme.px(10))
        for widget, stretch in (
            (self._place, 0),
            (self._say, 1),
            (self._undo, 0),
            (self._leave, 0),
        ):
            first.addWidget(widget, stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 8, 6)
        column.setSpacing(self._theme.px(4))
        column.addLayout(first)
        column.addWidget(self._below)
        column.addWidget(self._row)

    @staticmethod
    def _show_text(block: TextBlock, text: str) -> None:
        if block.text() != text:
            block.set_text(text)
