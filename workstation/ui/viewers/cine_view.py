"""A clip at its own frame times, or a still DICOM picture: play, step, seek, zoom, pan."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QElapsedTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backend_client.models.evidence import FramePlace, Origin
from workstation.core.findings import Finding
from workstation.studies.imaging import ClipInfo, Frame
from workstation.studies.series_plane import NO_MARKS
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.shortcuts.mouse import Surface, tell_mouse
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.cine_controls import CineControls
from workstation.ui.viewers.cine_in_step import ClipsInStep
from workstation.ui.viewers.cine_playback import CinePlayback
from workstation.ui.viewers.device_lines import DeviceLines
from workstation.ui.viewers.figures.desk import FigureDesk
from workstation.ui.viewers.figures.shelf import CaseFigures, FigureShelf
from workstation.ui.viewers.frame_feed import FrameSource
from workstation.ui.viewers.imaging_words import ImagingWords
from workstation.ui.viewers.own_keys import bind_own_keys
from workstation.ui.viewers.picture_canvas import CornerLine, Corners, PictureCanvas


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
        self._words = ImagingWords(self)
        self._info: ClipInfo | None = None
        self.playback = CinePlayback(now_ms or elapsed_ms(), self)
        in_step = in_step or ClipsInStep(self)
        self.canvas = PictureCanvas(theme, self)
        self.controls = CineControls(theme, self.playback, in_step, self)
        self.bar = self.controls.bar
        self.lines = DeviceLines(theme, self.canvas, self)
        self.figures = FigureDesk(theme, self.canvas, self)
        self.setFocusProxy(self.canvas)
        tell_mouse(self, Surface.CLIP)
        self._lay_out()
        self._connect()
        in_step.add(self.playback)

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
        self.canvas.show_marks(info.marks)
        self.controls.show(info)
        self.lines.open(source, tasks)
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
        self.controls.clear()
        self.lines.clear()
        self.figures.clear()
        self.canvas.clear()
        self.canvas.show_corners(Corners())
        self.canvas.show_marks(NO_MARKS)

    def key_actions(self) -> dict[str, Callable[[], None]]:
        """What keys do here, by the names of the table of shortcuts."""
        return {
            "clip.play": self.toggle,
            "clip.next_frame": lambda: self.step(1),
            "clip.previous_frame": lambda: self.step(-1),
            **self.controls.acts(),
            "view.zoom_in": lambda: self.canvas.zoom(1),
            "view.zoom_out": lambda: self.canvas.zoom(-1),
            "view.fit": self.canvas.fit,
            "view.rotate": self.canvas.turn,
            **({"view.lines": self.lines.toggle} if self.lines.are_there else {}),
            **self.figures.viewer_actions(),
        }

    def do(self, action: str) -> None:
        """What a button of the bar does; after the fastest the slowest comes."""
        self.controls.do(action)

    def bind(self, shortcuts: ShortcutRouter) -> None:
        """The keys that act while figures are drawn."""
        self.figures.bind(shortcuts)
        bind_own_keys(self, self.key_actions, ("figure.velocity",), shortcuts)
        can = self._has_lines
        shortcuts.bind(self, "view.lines", self.lines.toggle, can, focused=True)

    def finding(self) -> Finding | None:
        """The chosen figure with what it tells; while a stretch plays, it; else the frame."""
        stretch, info = self.playback.stretch, self._info
        if stretch is None or info is None or not self.is_playing or self.figures.is_at_work:
            return self.figures.finding()
        place = FramePlace(frame=stretch.first, last=stretch.last)
        marks = (stretch.first, stretch.last)
        words = self.controls.words.played(info, marks, stretch.cycle)
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

    def _has_lines(self) -> bool:
        return self.lines.are_there

    def _connect(self) -> None:
        playback = self.playback
        playback.came.connect(self._show_frame)
        self.canvas.painted.connect(playback.painted)
        playback.failed.connect(self.failed)
        self.controls.told.connect(self._write_corners)
        self.controls.seek_wanted.connect(self.seek)
        self.lines.changed.connect(self._write_corners)
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
        self.playback.waits_for_paint()
        if self._info is not None:
            self.lines.show(frame.index, self._info.overlay_of(frame.index))
        self.figures.show_frame(frame.index)
        self.frame_shown.emit(frame.index)

    def _tell(self) -> None:
        """Says where the clip stands and how it plays."""
        self.controls.tell()

    def _write_corners(self) -> None:
        info = self._info
        if info is None or self.playback.player is None:
            return
        corners = self._words.corners(info, self.index, self.canvas.viewport.scale)
        played, lines = self.controls.played, self.lines.text
        if played:
            shown = [*corners.bottom_right, CornerLine(played)]
            corners = replace(corners, bottom_right=shown)
        if lines:
            below = [*corners.bottom_left, CornerLine(lines)]
            corners = replace(corners, bottom_left=below)
        self.canvas.show_corners(corners)
