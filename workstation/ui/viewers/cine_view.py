"""A clip at its own frame times, or a still DICOM picture: play, step, seek, zoom, pan."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.studies.imaging import ClipInfo
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.cine_bar import CineBar
from workstation.ui.viewers.cine_player import CinePlayer
from workstation.ui.viewers.frame_feed import FrameFeed, FrameSource
from workstation.ui.viewers.imaging_words import ImagingWords
from workstation.ui.viewers.picture_canvas import Corners, PictureCanvas


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
    ) -> None:
        super().__init__(parent)
        self._now_ms = now_ms or elapsed_ms()
        self._words = ImagingWords(self)
        self._info: ClipInfo | None = None
        self._player: CinePlayer | None = None
        self._feed: FrameFeed | None = None
        self._plays_when_shown = False
        self.canvas = PictureCanvas(theme, self)
        self.bar = CineBar(theme, self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)
        self.setFocusProxy(self.canvas)
        self._lay_out()

    @property
    def index(self) -> int:
        """The frame that is on."""
        return self._player.index if self._player else 0

    @property
    def is_playing(self) -> bool:
        """Whether the clip runs."""
        return self._player is not None and self._player.is_playing

    @property
    def dropped(self) -> int:
        """Frames whose time passed unseen."""
        return self._player.dropped if self._player else 0

    def show_clip(
        self, info: ClipInfo, source: FrameSource, tasks: TaskScope, *, first: int = 0
    ) -> None:
        """Opens a clip on frame `first` and plays it; frames are asked for within `tasks`."""
        self.clear()
        self._info = info
        self._player = CinePlayer(info, self._now_ms)
        self._player.seek(first)
        self._feed = FrameFeed(
            source, info.frame_count, tasks, on_frame=self._arrived, on_error=self.failed.emit
        )
        self.canvas.expect(info.width, info.height, info.pixel_aspect)
        self.bar.setVisible(not info.is_still)
        last = info.frame_count - 1
        self.bar.set_range(info.frame_count, self._words.frame_of(last, info.frame_count))
        self._feed.want(self._player.index)
        self._tell()
        self.play()

    def clear(self) -> None:
        """Shows nothing; all frames are given back."""
        self._timer.stop()
        if self._feed is not None:
            self._feed.close()
        self._feed, self._player, self._info = None, None, None
        self._plays_when_shown = False
        self.canvas.clear()
        self.canvas.show_corners(Corners())
        self.bar.hide()

    def key_actions(self) -> dict[str, Callable[[], None]]:
        """What keys do here, by the names of the table of shortcuts."""
        return {
            "clip.play": self.toggle,
            "clip.next_frame": lambda: self.step(1),
            "clip.previous_frame": lambda: self.step(-1),
            "view.zoom_in": lambda: self.canvas.zoom(1),
            "view.zoom_out": lambda: self.canvas.zoom(-1),
            "view.fit": self.canvas.fit,
            "view.rotate": self.canvas.turn,
        }

    def play(self) -> None:
        """Plays on from the present frame; while hidden, as soon as it is seen."""
        if self._player is None:
            return
        if not self.isVisible():
            self._plays_when_shown = True
            return
        self._player.play()
        self._tell()
        self._schedule()

    def pause(self) -> None:
        """Stands on the frame that is due."""
        self._plays_when_shown = False
        self._timer.stop()
        if self._player is not None:
            self._player.pause()
            self._show_due()
            self._tell()

    def toggle(self) -> None:
        """Plays or pauses."""
        if self.is_playing:
            self.pause()
        else:
            self.play()

    def step(self, frames: int) -> None:
        """Pauses and goes so many frames on or back."""
        if self._player is not None:
            self._timer.stop()
            self._player.pause()
            self._player.step(frames)
            self._show_due()
            self._tell()

    def seek(self, index: int) -> None:
        """Pauses on that frame."""
        if self._player is not None:
            self._timer.stop()
            self._player.seek(index)
            self._show_due()
            self._tell()

    def tick(self) -> None:
        """The next frame's time has come."""
        if self._player is not None and self._player.is_playing:
            self._show_due()
            self._schedule()

    def hideEvent(self, event: QHideEvent) -> None:
        was_playing = self.is_playing
        self.pause()
        self._plays_when_shown = was_playing

    def showEvent(self, event: QShowEvent) -> None:
        if self._plays_when_shown:
            self._plays_when_shown = False
            self.play()

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.canvas, 1)
        box.addWidget(self.bar)
        self.bar.hide()
        self.bar.play_pressed.connect(self.toggle)
        self.bar.frame_chosen.connect(self.seek)
        self.canvas.wheel_turned.connect(self.step)
        self.canvas.clicked.connect(self.activated)
        self.canvas.viewport_changed.connect(self._write_corners)

    def _schedule(self) -> None:
        # Rounded up: a timer that fires early would only be started again.
        if self._player is not None and self._player.is_playing:
            self._timer.start(int(self._player.wait_ms()) + 1)

    def _show_due(self) -> None:
        """Shows the frame that is due, if it is here; otherwise it comes to `_arrived`."""
        if self._player is None or self._feed is None or self._info is None:
            return
        number = self._player.due()
        self._feed.want(number % self._info.frame_count)
        self._show(number)

    def _arrived(self, index: int) -> None:
        """A frame has come: it is shown if it is due, or late and still the newest."""
        if self._player is None or self._info is None:
            return
        due, count = self._player.due(), self._info.frame_count
        behind = (due - index) % count
        if behind == 0 or (self._player.is_playing and behind <= count // 2):
            self._show(due - behind)

    def _show(self, number: int) -> None:
        if self._player is None or self._feed is None or self._info is None:
            return
        if not self._player.accepts(number):
            return
        frame = self._feed.take(number % self._info.frame_count)
        if frame is None:
            return
        self._player.shown(number)
        self.canvas.show_frame(frame)
        self._tell()
        self.frame_shown.emit(frame.index)

    def _tell(self) -> None:
        if self._player is None or self._info is None:
            return
        index, count = self._player.index, self._info.frame_count
        self.bar.show_frame(
            index, self._words.frame_of(index, count), playing=self._player.is_playing
        )
        dropped = self._words.dropped(self._player.dropped_lately)
        self.bar.show_rate(f"{self._words.rate(self._info)}, {dropped}")
        self._write_corners()

    def _write_corners(self) -> None:
        if self._info is not None:
            scale = self.canvas.viewport.scale
            self.canvas.show_corners(self._words.corners(self._info, self.index, scale))
