"""A long ECG: the day on top, below it the trace at any zoom, from half a minute on paper."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from backend_client.models.evidence import EcgPlace, Origin
from workstation.core.findings import Finding
from workstation.studies.measure.ecg.placed_caliper import NAME_LENGTH
from workstation.ui.shortcuts import ShortcutRouter, key_label, with_key
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.header import EcgHeader
from workstation.ui.viewers.ecg.long.day_strip import DayStrip
from workstation.ui.viewers.ecg.long.jump_line import JumpLine
from workstation.ui.viewers.ecg.long.model import LongModel, LongSource
from workstation.ui.viewers.ecg.long.paper_part import PaperPart
from workstation.ui.viewers.ecg.long.trace_view import LongTrace
from workstation.ui.viewers.ecg.long.words import LongWords
from workstation.ui.viewers.ecg.view import EcgView
from workstation.ui.viewers.ecg.words import HeaderField

_STEP: Final = 0.1
"""Of what is seen, that an arrow moves."""
_LONGEST_ON_PAPER_S: Final = 20.0
_OVERLAP: Final = 0.9
"""Of what is seen, that a page moves."""


class LongEcgView(QWidget):
    """`paper` is the viewer of ordinary ECGs, for what is looked at closely; it belongs here."""

    keys_changed = Signal()
    """The paper is shown, or the trace again."""

    def __init__(self, theme: Theme, paper: EcgView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.model = LongModel(self)
        self.words = LongWords(self)
        self.header = EcgHeader(theme, self)
        self.strip = DayStrip(theme, self.words, self.model)
        self.trace = LongTrace(theme, self.words, self.model)
        self.paper = paper
        self.jump = JumpLine(theme, self.model)
        self._stack = QStackedLayout()
        self._lay_out()
        self._connect()
        # After `_turn` has heard of a move: the paper has its place before it is written on.
        self._part = PaperPart(paper, self.model, self)
        paper.beat.part_words = self._part_words

    @property
    def surfaces(self) -> tuple[QWidget, ...]:
        """What the doctor presses to turn to this viewer."""
        return self.strip, self.trace, self.paper.sheet, self.paper.sheet.viewport()

    def show_long(self, source: LongSource, tasks: TaskScope) -> None:
        """Shows another recording; what is found out about it comes as long as `tasks` live."""
        self._part.forget()
        self.model.show(source, tasks)
        self.trace.show_record()

    def clear(self) -> None:
        """Shows none, and lets go of the recording."""
        self.jump.hide()
        self.model.clear()
        self._part.forget()
        self.trace.show_record()
        self.header.show_fields([], [], dict)

    def finding(self) -> Finding | None:
        """On paper what is measured there; else the stretch that is seen."""
        model = self.model
        if model.ecg is None:
            return None
        if model.is_paper:
            return self.paper.finding()
        start, stop = model.start_s, model.start_s + model.length_s
        name = model.ecg.facts.name[:NAME_LENGTH]
        place = EcgPlace(recording=name, start_s=start, stop_s=stop)
        text = self.words.stretch(model.ecg, start, model.length_s)
        return Finding(text, place, Origin.BY_HAND)

    def show_place(self, place: EcgPlace) -> bool:
        """Brings a stretch into sight: a short one on paper, marked; a long one as the trace."""
        ecg = self.model.ecg
        if ecg is None or place.recording != ecg.facts.name[:NAME_LENGTH]:
            return False
        if place.median_beat:
            return self._part.show_beat(place)
        if place.lead or place.stop_s - place.start_s <= _LONGEST_ON_PAPER_S:
            return self._part.show_place(place)
        if place.stop_s > ecg.duration_s + 1e-6:
            return False
        self.model.leave_paper()
        self.model.look_at(place.start_s, place.stop_s - place.start_s)
        return True

    def turn_page(self, pages: int) -> bool:
        """What follows what is seen; False at the recording's end."""
        before = self.model.start_s
        self.model.move(pages * _OVERLAP * self.model.length_s)
        return self.model.start_s != before

    def ask_moment(self) -> None:
        """Asks for a moment to go to."""
        if self.model.ecg is not None:
            self.jump.open()

    def bind(self, shortcuts: ShortcutRouter) -> None:
        """The key that leaves the line of the moment; nothing behind it is left by it."""
        shortcuts.bind(self.jump, "ecg.leave_moment", self.jump.leave)

    def key_actions(self) -> dict[str, Callable[[], None]]:
        """What keys do here, by the names of the table of shortcuts."""
        model = self.model
        if model.ecg is None:
            return {}
        step = _STEP * model.length_s
        keys: dict[str, Callable[[], None]] = {
            "ecg.to_moment": self.ask_moment,
            "ecg.beginning": lambda: model.look_at(0.0, model.length_s),
            "ecg.end": lambda: model.look_at(model.ends_s, model.length_s),
            "clip.next_frame": lambda: model.move(step),
            "clip.previous_frame": lambda: model.move(-step),
        }
        if model.is_paper:
            own = ("ecg.to_moment", "ecg.beginning", "ecg.end")
            mine = {action: keys[action] for action in own}
            return self.paper.key_actions() | mine | {"view.zoom_out": self._part.zoom_out}
        keys["view.zoom_in"] = lambda: model.zoom(1)
        keys["view.zoom_out"] = lambda: model.zoom(-1)
        keys["view.fit"] = model.whole
        return keys

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.strip)
        column.addWidget(self.jump)
        column.addLayout(self._stack, 1)
        for page in (self.trace, self.paper):
            # Once the stack is ours: without a parent it would be shown as a window of its own.
            self._stack.addWidget(page)
        self.setFocusProxy(self.trace)

    def _connect(self) -> None:
        model = self.model
        model.moved.connect(self._turn)
        self.trace.paper_wanted.connect(model.to_paper)
        self.strip.stop_wanted.connect(self._stop_or_go_on)
        self.jump.left.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))
        self.header.pressed.connect(self._pressed)

    def _turn(self) -> None:
        """Paper or trace, as the model has it, and what is seen in words."""
        page: QWidget = self.paper if self.model.is_paper else self.trace
        if self._stack.currentWidget() is not page:
            had_focus = self.isAncestorOf(self.focusWidget() or self)
            self._stack.setCurrentWidget(page)
            self._column.invalidate()
            self._column.activate()
            self.setFocusProxy(page)
            if had_focus:
                page.setFocus(Qt.FocusReason.OtherFocusReason)
            self.keys_changed.emit()
        self._tell_header()

    def _tell_header(self) -> None:
        model = self.model
        if model.ecg is None:
            return
        say = self.words.fields_over_paper if model.is_paper else self.words.fields
        left = say(model.ecg, model.start_s, model.length_s)
        wanted = self.tr("go to")
        kind = self.tr("overview") if model.is_paper else self.tr("paper")
        right = [
            HeaderField(f"{wanted} {key_label('ecg.to_moment')}", key="moment"),
            HeaderField(kind, key="paper"),
        ]
        self.header.show_fields(left, right, self._hints)

    def _hints(self) -> dict[str, str]:
        return {
            "moment": with_key(self.tr("Go to a moment of the recording"), "ecg.to_moment"),
            "paper": self.tr("Paper of 25 mm/s from here, or the overview again"),
            "fit": with_key(self.tr("The whole recording"), "view.fit"),
        }

    def _pressed(self, key: str) -> None:
        model = self.model
        if key == "moment":
            self.ask_moment()
        elif key == "fit":
            model.whole()
        elif model.is_paper:
            model.leave_paper()
        else:
            model.to_paper(model.start_s + model.length_s / 2)

    def _part_words(self, start_s: float, length_s: float) -> str:
        ecg = self.model.ecg
        return self.words.seen(ecg, start_s, length_s) if ecg is not None else ""

    def _stop_or_go_on(self) -> None:
        if self.model.is_surveying:
            self.model.stop()
        else:
            self.model.go_on()
