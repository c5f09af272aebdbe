"""A clip at its own frame times, or a still DICOM picture: play, step, seek, zoom, pan."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QElapsedTimer, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backend_client.models.evidence import FramePlace, Origin
from workstation.core.findings import Finding
from workstation.studies.imaging import ClipInfo, Frame
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.shortcuts.mouse import Surface, tell_mouse
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.cine_bar import CineBar
from workstation.ui.viewers.cine_in_step import ClipsInStep
from workstation.ui.viewers.cine_playback import CinePlayback
from workstation.ui.viewers.cine_track import SPEEDS
from workstation.ui.viewers.cine_words import CineWords
from workstation.ui.viewers.figures.desk import FigureDesk
from workstation.ui.viewers.figures.shelf import CaseFigures, FigureShelf
from workstation.ui.viewers.frame_feed import FrameSource
from workstation.ui.viewers.imaging_words import ImagingWords
from workstation.ui.viewers.picture_canvas import CornerLine, Corners, PictureCanvas

_REASON_MS = 4000


def elapsed_ms() -> Callable[[], float]:
    """A clock in milliseconds that never goes back."""
    timer = QElapsedTimer()
    timer.start()
    return lambda: timer.nsecsElapsed() / 1e6


class CineView(QWidget):
    """Shows one clip. `failed` carries a StudyError of a frame; playing goes on without it."""

    failed = Signal(object)
    frame_shown = Signal(int)
    activated = Signal()

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        now_ms: Callable[[], float] | None = None,
        in_step: ClipsInStep | None = None,
    ) -> None:
        """`in_step`: with which others it may play; they have one clock."""
        super().__init__(parent)
        self._words, self._cine_words = ImagingWords(self), CineWords(self)
        self._info: ClipInfo | None = None
        self.playback = CinePlayback(now_ms or elapsed_ms(), self)
        self._in_step = in_step or ClipsInStep(self)
        self._reason = ""
        """Why the last key did nothing, for some seconds."""
        self._reason_timer = QTimer(self)
        self._reason_timer.setSingleShot(True)
        self._reason_timer.timeout.connect(self._forget_reason)
        self.canvas = PictureCanvas(theme, self)
        self.bar = CineBar(theme, self)
        self.figures = FigureDesk(theme, self.canvas, self)
        self.setFocusProxy(self.canvas)
        tell_mouse(self, Surface.CLIP)
        self._lay_out()
        self._connect()
        self._in_step.add(self.playback)

    @property
    def index(self) -> int:
        """The frame that is on."""
        return self.playback.index

    @property
    def is_playing(self) -> bool:
        """Whether the clip runs."""
        return self.playback.is_playing

    @property
    def dropped(self) -> int:
        """Frames whose time passed unseen."""
        return self.playback.player.dropped if self.playback.player else 0

    def show_clip(
        self,
        info: ClipInfo,
        source: FrameSource,
        tasks: TaskScope,
        *,
        first: int = 0,
        shelf: FigureShelf | None = None,
        case: CaseFigures | None = None,
    ) -> None:
        """Opens a clip on frame `first` and plays it; frames are asked for within `tasks`.

        `shelf`: where figures on it are kept, of that `case`.
        """
        self.clear()
        self._info = info
        self.figures.show(info, shelf, case)
        self.canvas.expect(info.width, info.height, info.pixel_aspect)
        self.bar.setVisible(not info.is_still)
        last = info.frame_count - 1
        self.bar.set_range(info.frame_count, self._words.frame_of(last, info.frame_count))
        self.playback.open(info, source, tasks, first)
        kept = self.figures.session.shelf.played
        if kept is not None and kept.last < info.frame_count:
            self.playback.mark(kept.first, kept.last, kept.cycle)
        self._tell()
        self.play()

    def clear(self) -> None:
        """Shows nothing; all frames are given back."""
        if self._info is not None:
            self.figures.session.shelf.played = self.playback.stretch
        self._info = None
        self.playback.close()
        self._forget_reason()
        self.figures.clear()
        self.canvas.clear()
        self.canvas.show_corners(Corners())
        self.bar.hide()

    def key_actions(self) -> dict[str, Callable[[], None]]:
        """What keys do here, by the names of the table of shortcuts."""
        return {
            "clip.play": self.toggle,
            "clip.next_frame": lambda: self.step(1),
            "clip.previous_frame": lambda: self.step(-1),
            **self._ways(),
            "view.zoom_in": lambda: self.canvas.zoom(1),
            "view.zoom_out": lambda: self.canvas.zoom(-1),
            "view.fit": self.canvas.fit,
            "view.rotate": self.canvas.turn,
            **self.figures.viewer_actions(),
        }

    def do(self, action: str) -> None:
        """What a button of the bar does; after the fastest the slowest comes."""
        player = self.playback.player
        if action == "clip.faster" and player is not None and player.speed == SPEEDS[-1]:
            self.playback.change_speed(-len(SPEEDS))
        else:
            self._ways()[action]()

    def _ways(self) -> dict[str, Callable[[], None]]:
        """How it plays; nothing for a still picture."""
        playback = self.playback
        if self._info is None or self._info.is_still:
            return {}
        return {
            "clip.slower": lambda: playback.change_speed(-1),
            "clip.faster": lambda: playback.change_speed(1),
            "clip.own_pace": lambda: playback.change_speed(0),
            "clip.sweep": playback.turn_mode,
            "clip.mark_first": playback.mark_first,
            "clip.mark_last": playback.mark_last,
            "clip.cycle": self._play_cycle,
            "clip.whole": self._play_whole,
            "clip.in_step": lambda: self._in_step.turn(playback),
        }

    def _together(self) -> list[CinePlayback]:
        """This clip, and those in step with it."""
        others = self._in_step.clips if self.playback.in_step else []
        return [self.playback, *(one for one in others if one is not self.playback)]

    def _play_whole(self) -> None:
        for one in self._together():
            one.mark_whole()

    def _play_cycle(self) -> None:
        """Each clip its own; where none is known here, that is said instead."""
        found = [one.mark_cycle() for one in self._together()]
        if not found[0]:
            self._reason = self._cine_words.no_cycle()
            self._reason_timer.start(_REASON_MS)
            self._write_corners()

    def _forget_reason(self) -> None:
        self._reason_timer.stop()
        self._reason = ""
        self._write_corners()

    def bind(self, shortcuts: ShortcutRouter) -> None:
        """The keys that act while figures are drawn."""
        self.figures.bind(shortcuts)

    def finding(self) -> Finding | None:
        """The chosen figure with what it tells; while a stretch plays, it; else the frame."""
        stretch, info = self.playback.stretch, self._info
        if stretch is None or info is None or not self.is_playing or self.figures.is_at_work:
            return self.figures.finding()
        place = FramePlace(frame=stretch.first, last=stretch.last)
        marks = (stretch.first, stretch.last)
        words = self._cine_words.played(info, marks, stretch.cycle)
        return Finding(words, place, Origin.BY_HAND)

    def show_place(self, place: FramePlace) -> bool:
        """Goes to the frame and marks the figure for a moment, or plays the stretch; False where
        there is none."""
        info = self._info
        if place.last is None:
            return self.figures.show_place(place)
        if info is None or place.part or not place.frame < place.last < info.frame_count:
            return False
        self.playback.mark(place.frame, place.last)
        self.playback.play()
        return True

    def play(self) -> None:
        """Plays on from the present frame; while hidden, as soon as it is seen."""
        self.playback.play()

    def pause(self) -> None:
        """Stands on the frame that is due."""
        self.playback.pause()

    def toggle(self) -> None:
        """Plays or pauses."""
        self.playback.toggle()

    def step(self, frames: int) -> None:
        """Pauses and goes so many frames on or back."""
        self.playback.step(frames)

    def seek(self, index: int) -> None:
        """Pauses on that frame."""
        self.playback.seek(index)

    def tick(self) -> None:
        """The next frame's time has come."""
        self.playback.tick()

    def hideEvent(self, event: QHideEvent) -> None:
        self.playback.set_seen(False)

    def showEvent(self, event: QShowEvent) -> None:
        self.playback.set_seen(True)

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.canvas, 1)
        box.addWidget(self.bar)
        self.bar.hide()

    def _connect(self) -> None:
        playback = self.playback
        playback.came.connect(self._show_frame)
        playback.told.connect(self._tell)
        playback.failed.connect(self.failed)
        self._in_step.changed.connect(self._tell)
        self.bar.play_pressed.connect(self.toggle)
        self.bar.frame_chosen.connect(self.seek)
        self.bar.pressed.connect(self.do)
        self.canvas.wheel_turned.connect(self.step)
        self.canvas.clicked.connect(self.activated)
        self.canvas.viewport_changed.connect(self._write_corners)
        figures = self.figures
        figures.pause_wanted.connect(self.pause)
        figures.frame_wanted.connect(self.seek)
        figures.step_wanted.connect(self.step)
        figures.frames_changed.connect(self.bar.slider.show_ticks)

    def _show_frame(self, frame: Frame) -> None:
        self.canvas.show_frame(frame)
        self.figures.show_frame(frame.index)
        self.frame_shown.emit(frame.index)

    def _tell(self) -> None:
        """Says where the clip stands and how it plays."""
        player, info = self.playback.player, self._info
        if player is None or info is None:
            return
        index, words = player.index, self._cine_words
        frame = self._words.frame_of(index, info.frame_count)
        self.bar.show_frame(index, frame, playing=player.is_playing)
        self.bar.show_ways(player.mode, player.speed, words.speed(player.speed))
        marked = player.marks != (0, info.frame_count - 1)
        self.bar.slider.show_marks(player.marks if marked else None)
        self.bar.show_cycle(lit=self.playback.cycle is not None)
        self.bar.show_step(is_possible=self._in_step.is_possible, is_on=self._in_step.is_on)
        dropped = self._words.dropped(player.dropped_lately)
        pace = words.pace(player.speed, player.stride)
        parts = [part for part in (self._words.rate(info), pace, dropped) if part]
        self.bar.show_rate(", ".join(parts), words.short_rate(info, player.dropped_lately))
        self._write_corners()

    def _write_corners(self) -> None:
        player, info = self.playback.player, self._info
        if info is None or player is None:
            return
        corners = self._words.corners(info, self.index, self.canvas.viewport.scale)
        played = self._cine_words.played(info, player.marks, self.playback.cycle)
        played = self._reason or played
        if played:
            shown = [*corners.bottom_right, CornerLine(played)]
            corners = replace(corners, bottom_right=shown)
        self.canvas.show_corners(corners)
