"""Slices of CT, MR and others: scroll, window and level, values, figures, series at the left."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backend_client.models.evidence import Figure, FramePlace, Origin
from workstation.core.findings import Finding
from workstation.studies.errors import StudyClosed, StudyError
from workstation.studies.measure.figures import Drawing
from workstation.studies.slice_store import Numbers
from workstation.studies.stack import GreyView, GreyWindow, StackInfo
from workstation.studies.stack_greys import Table, grey_table, value_at
from workstation.ui.shortcuts import SHORTCUTS, ShortcutRouter
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.cine_in_step import ClipsInStep
from workstation.ui.viewers.cine_view import elapsed_ms
from workstation.ui.viewers.device_lines import DeviceLines
from workstation.ui.viewers.picture_canvas import Corners
from workstation.ui.viewers.stack.canvas import StackCanvas
from workstation.ui.viewers.stack.captions import StackCaptions
from workstation.ui.viewers.stack.figure_layer import FigureLayer, SliceSeen
from workstation.ui.viewers.stack.figures import SliceFigures
from workstation.ui.viewers.stack.film import StackFilm
from workstation.ui.viewers.stack.key_desk import KeyDesk
from workstation.ui.viewers.stack.menu import stack_menu, window_lines
from workstation.ui.viewers.stack.model import StackModel, StackSource, ready_parts
from workstation.ui.viewers.stack.play import SlicePlay
from workstation.ui.viewers.stack.rail import SliceRail
from workstation.ui.viewers.stack.series_list import SeriesList
from workstation.ui.viewers.stack.windows import (
    Preset,
    WindowChoice,
    kept_window,
    next_other,
    presets_of,
)
from workstation.ui.viewers.stack.words import StackWords
from workstation.ui.widgets.labels import SignLabel

_FAR = 10
_SLOW_MS = 250
"""A slice that takes longer is spoken of in its place."""
_TRIES = 3


class StackView(QWidget):
    """Shows one study of slices. `failed` carries a StudyError of a slice; the others go on."""

    failed = Signal(object)
    activated = Signal()
    slice_shown = Signal(int)

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        now_ms: Callable[[], float] | None = None,
        in_step: ClipsInStep | None = None,
    ) -> None:
        """`in_step`: with which clips a film may play; they have one clock."""
        super().__init__(parent)
        self._theme = theme
        self.play = SlicePlay(self, now_ms=now_ms)
        self.words = StackWords(self)
        self._captions = StackCaptions(self.words, self)
        self.model: StackModel | None = None
        self._source: StackSource | None = None
        self._tasks: TaskScope | None = None
        self._unsubscribe: Callable[[], None] = lambda: None
        self._shown: int | None = None
        """The slice whose picture is on the screen: words and marks are always its own."""
        self._series: int | None = None
        self._window: GreyView = GreyWindow(0, 1)
        self._table: tuple[object, Table] | None = None
        self._pointed: QPointF | None = None
        self.canvas = StackCanvas(theme, self)
        self.film = StackFilm(theme, now_ms or elapsed_ms(), in_step, self)
        self.lines = DeviceLines(theme, self.canvas, self)
        self.rail = SliceRail(theme, self)
        self.list = SeriesList(theme, self.words, self)
        self.notes = SignLabel(theme, role="small", color="viewer.overlay.dim", parent=self)
        self.layer = FigureLayer(theme, self.canvas, self.words, self._seen, self)
        self.keys = KeyDesk(theme, self.canvas, self.layer, self._shown_index, self._step, self)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.timeout.connect(self._say_slow)
        self.setFocusProxy(self.canvas)
        self._lay_out()
        self._connect()

    def show_stack(
        self,
        info: StackInfo,
        source: StackSource,
        tasks: TaskScope,
        figures: SliceFigures | None = None,
    ) -> None:
        """Opens a study; slices that have to be unpacked are asked for within `tasks`. `figures`:
        where what is drawn is kept while the study is closed."""
        self.clear()
        self.layer.show(figures, info)
        self.model = model = StackModel(info, self)
        self._source, self._tasks = source, tasks
        self._unsubscribe = source.arrived.subscribe(self._arrived)
        model.moved.connect(self._moved)
        model.regreyed.connect(self._regrey)
        self.list.show_series(model, source)
        self._expect()
        self.lines.open(source, tasks)
        if model.present.film is not None:
            model.to_end(last=False)
        self._moved()

    def clear(self) -> None:
        """Shows nothing; figures that are kept nowhere go with it."""
        self._unsubscribe()
        self._unsubscribe = lambda: None
        self._slow.stop()
        self.play.stop()
        self.film.clear()
        self.lines.clear()
        if self.model is not None:
            self.model.deleteLater()
        self.model, self._source, self._tasks = None, None, None
        self._shown, self._series, self._table, self._pointed = None, None, None, None
        self.layer.clear()
        self.canvas.clear()
        self.canvas.show_corners(Corners())
        self.list.show_series(None, None)
        self.rail.show_ready(())
        self.notes.hide()

    def key_actions(self) -> dict[str, Callable[[], None]]:
        """What keys do here, by the names of the table of shortcuts."""
        model, canvas = self.model, self.canvas
        if model is None:
            return {}
        acts: dict[str, Callable[[], None]] = {
            "clip.play": self.toggle,
            "clip.next_frame": lambda: self._step(1),
            "clip.previous_frame": lambda: self._step(-1),
            "stack.next": lambda: self._step(1),
            "stack.previous": lambda: self._step(-1),
            "stack.far_on": lambda: self._step(_FAR),
            "stack.far_back": lambda: self._step(-_FAR),
            "stack.first": lambda: self._go_to_place(0),
            "stack.last": lambda: self._go_to_place(model.present.count - 1),
            "stack.invert": self.invert,
            "view.zoom_in": lambda: canvas.zoom(1),
            "view.zoom_out": lambda: canvas.zoom(-1),
            "view.fit": canvas.fit,
            "view.rotate": canvas.turn,
            **self.film.controls.acts(),
            **self.layer.acts(model.index),
        }
        if self.lines.are_there:
            acts["view.lines"] = self.lines.toggle
        if len(model.info.series) > 1:
            acts["stack.next_series"] = lambda: model.turn_to(model.series + 1)
            acts["stack.previous_series"] = lambda: model.turn_to(model.series - 1)
        for preset in presets_of(model.slice):
            acts[f"stack.window_{preset.value}"] = partial(self.choose, preset)
        return acts

    def toggle(self) -> None:
        """Plays the series round and round, or stops; a film by its own times."""
        if self.film.is_on:
            self.film.playback.toggle()
        elif self.play.is_playing:
            self.play.stop()
        elif self.model is not None and self.model.present.count > 1:
            self.play.start(self.model.present.slice_ms)

    def bind(self, shortcuts: ShortcutRouter) -> None:
        """Its keys while the focus is in it: an ECG beside it has others of the same letters."""
        for action in ("view.lines", *(one.action for one in SHORTCUTS if one.room == "stack")):
            can = partial(self._can, action)
            shortcuts.bind(self, action, partial(self._do, action), can, focused=True)
        self.keys.bind(shortcuts)

    def choose(self, preset: Preset, other: int | None = None) -> None:
        """Shows the series by that. `other`: which of the file's own, where that is its second;
        without it each time the next one."""
        model = self.model
        if model is not None:
            place = next_other(model.choice, model.slice) if other is None else other
            inverted = model.choice.inverted
            model.choose(WindowChoice(preset, None, inverted, place))

    def invert(self) -> None:
        """Turns black and white."""
        if self.model is not None:
            choice = self.model.choice
            self.model.choose(WindowChoice(choice.preset, choice.window, not choice.inverted))

    def put_away(self) -> bool:
        """Lets go of a figure or of what draws them; whether there was anything to let go of."""
        return self.layer.tool.put_away()

    def finding(self) -> Finding | None:
        """The chosen figure with what is measured on it, else the slice that is seen."""
        if self.model is None or self._shown is None:
            return None
        info, index = self.model.info, self._shown
        chosen = self.layer.chosen_on(index)
        one = info.slices[index]
        drawing = chosen.drawing if chosen is not None else Drawing(Figure.FRAME, ())
        place = FramePlace(
            part=one.uid,
            frame=one.frame,
            figure=drawing.figure,
            points=drawing.points,
            window=kept_window(self.model.choice, self._window),
        )
        return Finding(self.words.finding(chosen, index, info), place, Origin.BY_HAND)

    def show_place(self, place: FramePlace) -> bool:
        """Goes to the slice and marks the figure for a moment; False where there is none."""
        if self.model is None:
            return False
        index = self.model.find(place.part, place.frame)
        drawing = Drawing.of_place(place)
        if index is None or drawing.reason_against is not None:
            return False
        self.film.playback.pause()
        self.model.go_to(index)
        self.layer.lead_to(index, drawing)
        return True

    @property
    def bar_is_seen(self) -> bool:
        """Whether a film's line is below the picture."""
        return self.film.bar.isVisibleTo(self)

    def note_texts(self) -> str:
        """What is said of the present series."""
        return self.notes.text() if self.notes.isVisibleTo(self) else ""

    def hideEvent(self, event: QHideEvent) -> None:
        self.play.stop()
        self.film.playback.set_seen(False)

    def showEvent(self, event: QShowEvent) -> None:
        self.film.playback.set_seen(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.canvas and event.type() is QEvent.Type.Leave:
            self.canvas.leave()
        return False

    def _can(self, action: str) -> bool:
        return action in self.key_actions()

    def _do(self, action: str) -> None:
        self.key_actions()[action]()

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.film.bar)
        column.addWidget(self.notes)
        self.notes.setContentsMargins(8, 3, 8, 3)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addLayout(column, 1)
        row.addWidget(self.rail)
        self.list.hide()
        self.notes.hide()

    def _connect(self) -> None:
        canvas = self.canvas
        canvas.installEventFilter(self)
        canvas.wheel_turned.connect(self._step)
        self.play.due.connect(self._play_on)
        self.film.due.connect(self._show_due)
        self.film.told.connect(self._write_corners)
        self.film.controls.seek_wanted.connect(self._go_to_place)
        self.lines.changed.connect(self._write_corners)
        self.keys.hand_changed.connect(self._hold_still)
        canvas.clicked.connect(self._hold_still)
        self.play.changed.connect(self._show_series)
        canvas.window_pulled.connect(self._pull)
        canvas.viewport_changed.connect(self._write_corners)
        canvas.clicked.connect(self.activated)
        canvas.pointed.connect(self._point)
        canvas.menu_wanted.connect(self._open_menu)
        self.rail.slice_chosen.connect(self._go_to_place)
        self.list.series_chosen.connect(self._turn_to)

    def _expect(self) -> None:
        """The present series' size; the zoom goes where the size is another."""
        if self.model is None:
            return
        plane = self.model.slice.plane
        aspect = plane.spacing_mm[0] / plane.spacing_mm[1] if plane.spacing_mm else 1.0
        self.canvas.expect(plane.columns, plane.rows, aspect)

    def _moved(self) -> None:
        """Another slice is wanted: it is shown at once where it is here."""
        model, source = self.model, self._source
        if model is None or source is None:
            return
        source.look_at(model.index)
        self.rail.show_place(model.number - 1)
        if not self._show():
            self._slow.start(_SLOW_MS)
            self._ask(model.index)
        if self._series != model.series:
            self._series = model.series
            self.play.stop()
            self.film.show(model.present, source, model.number - 1)
            self._show_series()
            if self.film.is_on:
                self.film.playback.play()
        elif not self.film.playback.is_playing:
            self.film.stand_on(model.number - 1)

    def _show(self) -> bool:
        """Shows the wanted slice; False where its numbers are not here yet."""
        model, source = self.model, self._source
        if model is None or source is None:
            return False
        numbers = source.numbers(model.index)
        if numbers is None:
            return False
        self._slow.stop()
        if not self._fits(numbers):
            self._expect()
        self._shown = self.canvas.slice_number = model.index
        self.canvas.show_slice(numbers, self._greys(numbers))
        self.canvas.show_marks(model.slice.marks)
        self.lines.show(model.index, model.slice.overlay)
        self._write_corners()
        self.slice_shown.emit(model.index)
        return True

    def _fits(self, numbers: Numbers) -> bool:
        """Whether the canvas expects pictures of that size."""
        size = self.canvas.viewport.picture
        return (size.height(), size.width()) == numbers.shape

    def _greys(self, numbers: Numbers) -> Table:
        """The table of the wanted slice; made anew where the window is another."""
        model = self.model
        assert model is not None
        one = model.slice
        self._window = model.window(one, lambda: numbers)
        key = (one.numbers, one.rescale, self._window, model.choice.inverted)
        if self._table is None or self._table[0] != key:
            made = grey_table(
                one.numbers, one.rescale, self._window, inverted=model.choice.inverted
            )
            self._table = (key, made)
        return self._table[1]

    def _regrey(self) -> None:
        self._show()

    def _show_series(self) -> None:
        """What follows from the series: its list, its rail, what is said of it."""
        model, source = self.model, self._source
        if model is None or source is None:
            return
        self.list.bring_to_sight()
        self.rail.show_ready(ready_parts(source, model.present))
        self.rail.setVisible(model.present.count > 1 and not self.film.is_on)
        notes = self._captions.notes(model)
        if self.play.is_playing:
            notes = [self.words.playing(self.play.slice_ms, model.present)]
        self.notes.setVisible(bool(notes))
        if notes:
            warns = self._captions.are_grave(model) and not self.play.is_playing
            glyph, color = ("warning", "warn") if warns else ("info", "overlay.dim")
            self.notes.show_sign(self.words.sentence(notes), glyph, f"viewer.{color}")

    def _ask(self, index: int) -> None:
        if self._tasks is not None:
            self._tasks.start(self._bring(index), name="slice")

    async def _bring(self, index: int) -> None:
        """Has a slice unpacked that is looked at; where the decoder stops over it, again."""
        for _ in range(_TRIES):
            source = self._source
            if source is None or self.model is None or self.model.index != index:
                return
            try:
                await source.slice(index)
                return
            except StudyClosed:
                return
            except StudyError as error:
                self.failed.emit(error)
        self._say_unreadable(index)

    def _arrived(self, index: int) -> None:
        model, source = self.model, self._source
        if model is None or source is None:
            return
        first = model.present.first
        if first <= index < first + model.present.count:
            self.rail.show_ready(ready_parts(source, model.present))
        if index == model.index and self._shown != index:
            self._show()
        self.list.update()

    def _say_slow(self) -> None:
        if self.model is not None and self._shown != self.model.index:
            self._say(self.words.coming(self.model.number))

    def _say_unreadable(self, index: int) -> None:
        if self.model is not None and self.model.index == index:
            self._slow.stop()
            self._say(self.words.unreadable(self.model.number))

    def _say(self, words: str) -> None:
        """Words in the picture's place: never another slice under this one's number."""
        self._shown = None
        self.canvas.show_words(words)
        self.canvas.show_corners(Corners())

    def _pull(self, right: float, down: float) -> None:
        if self.model is not None and self._shown is not None:
            self.model.pull(self._window, right, down)

    def _point(self, at: QPointF | None) -> None:
        self._pointed = at
        self._write_corners()

    def _value(self) -> float | None:
        """The value under the mouse."""
        seen, at = self._seen(), self._pointed
        if seen is None or seen.numbers is None or at is None:
            return None
        one = seen.slice
        return value_at(seen.numbers, at.x(), at.y(), one.numbers, one.rescale)

    def _seen(self) -> SliceSeen | None:
        """The slice that is on the screen."""
        if self.model is None or self._source is None or self._shown is None:
            return None
        one = self.model.info.slices[self._shown]
        return SliceSeen(self._shown, one, self._source.numbers(self._shown))

    def _shown_index(self) -> int | None:
        return self._shown

    def _write_corners(self) -> None:
        if self.model is None or self._shown is None:
            return
        corners = self._captions.corners(
            self.model,
            self._shown,
            self._window,
            scale=self.canvas.viewport.scale,
            value=self._value(),
            film=self.film,
            lines=self.lines.text,
        )
        self.canvas.show_corners(corners)

    def _show_due(self, place: int) -> None:
        """A frame of a film has its turn."""
        if self.model is not None:
            self.model.go_to(self.model.present.first + place)

    def _step(self, slices: int) -> None:
        self.play.stop()
        if self.model is not None:
            self.film.playback.pause()
            self.model.step(slices)

    def _play_on(self, slices: int) -> None:
        """A slice that is still on its way is waited for."""
        if self.model is not None and self._shown == self.model.index:
            self.model.play_on(slices)

    def _hold_still(self) -> None:
        """What is drawn on stands still: a figure belongs to the slice on which it was begun."""
        if self.keys.is_in_hand:
            self.play.stop()
            self.film.playback.pause()

    def _turn_to(self, series: int) -> None:
        if self.model is not None:
            self.model.turn_to(series)

    def _go_to_place(self, place: int) -> None:
        self.play.stop()
        if self.model is not None:
            self.film.playback.pause()
            self.model.go_to(self.model.present.first + place)

    def _open_menu(self, at: QPoint) -> None:
        if self.model is None:
            return
        lines = window_lines(self.words, self.model.slice, self.model.choice, self.choose)
        stack_menu(lines, self.key_actions(), self).popup(at)
