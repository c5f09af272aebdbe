"""A photo or a scan: fit, zoom, pan, turn; the paper of an ECG is measured on it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backend_client.models.evidence import PicturePlace
from workstation.core.findings import Finding
from workstation.studies.errors import StudyError
from workstation.studies.imaging import PictureInfo
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.frame_feed import FrameFeed, FrameSource
from workstation.ui.viewers.imaging_words import ImagingWords
from workstation.ui.viewers.numbers import moment
from workstation.ui.viewers.paper_ecg.desk import PaperDesk
from workstation.ui.viewers.paper_ecg.entry import PaperEntry
from workstation.ui.viewers.paper_ecg.shelf import PaperShelf
from workstation.ui.viewers.picture_canvas import CornerLine, Corners, PictureCanvas


class PictureView(QWidget):
    """Shows one picture. `failed` carries a StudyError."""

    failed = Signal(object)
    activated = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ImagingWords(self)
        self._info: PictureInfo | None = None
        self._feed: FrameFeed | None = None
        self.canvas = PictureCanvas(theme, self)
        self.paper = PaperDesk(theme, self.canvas, self)
        self.entry = PaperEntry(theme, self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.paper.bar)
        box.addWidget(self.canvas, 1)
        box.addWidget(self.entry)
        self.setFocusProxy(self.canvas)
        self.canvas.viewport_changed.connect(self._write_corners)
        self.canvas.wheel_turned.connect(lambda steps: self.canvas.zoom(-steps))
        self.canvas.clicked.connect(self.activated)
        self.entry.pressed.connect(self.paper.open)
        self.paper.opened.connect(self._mode_changed)
        self.paper.left.connect(self._mode_changed)

    def show_picture(
        self,
        info: PictureInfo,
        source: FrameSource,
        tasks: TaskScope,
        shelf: PaperShelf | None = None,
    ) -> None:
        """Opens a picture; its pixels are asked for within `tasks`.

        `shelf`: where marks and calipers of a paper ECG are kept; without one they go with it.
        """
        self.clear()
        self._info = info
        self.paper.show(shelf or PaperShelf(), 0, info.width, info.height)
        self.canvas.expect(info.width, info.height, 1.0)
        self._feed = FrameFeed(source, 1, tasks, on_frame=self._arrived, on_error=self._fail)
        self._write_corners()
        self._feed.want(0)

    def clear(self) -> None:
        """Shows nothing; the pixels are given back."""
        if self._feed is not None:
            self._feed.close()
        self._feed, self._info = None, None
        self.paper.show(PaperShelf(), 0, 1, 1)
        self._mode_changed()
        self.canvas.clear()
        self.canvas.show_corners(Corners())

    def key_actions(self) -> dict[str, Callable[[], None]]:
        """What keys do here, by the names of the table of shortcuts."""
        return {
            "view.zoom_in": lambda: self.canvas.zoom(1),
            "view.zoom_out": lambda: self.canvas.zoom(-1),
            "view.fit": self.canvas.fit,
            "view.rotate": self.canvas.turn,
            "paper.open": self.paper.toggle,
        }

    def bind(self, shortcuts: ShortcutRouter) -> None:
        """The keys of the paper's own desk."""
        self.paper.bind(shortcuts)

    def finding(self) -> Finding | None:
        """The chosen measurement of the paper."""
        return self.paper.finding()

    def show_place(self, place: PicturePlace) -> bool:
        """Brings a place of the picture into sight and marks it; False for what is not here."""
        return self._info is not None and not place.page and self.paper.show_place(place)

    def _mode_changed(self) -> None:
        """While the paper is worked on, keys go to its surface."""
        is_open = self.paper.is_open
        self.entry.setVisible(not is_open)
        self.setFocusProxy(self.paper.surface if is_open else self.canvas)

    def _arrived(self, index: int) -> None:
        frame = self._feed.take(index) if self._feed else None
        if frame is not None:
            self.canvas.show_frame(frame)

    def _fail(self, error: StudyError) -> None:
        self.failed.emit(error)

    def _write_corners(self) -> None:
        if self._info is None:
            return
        scale = CornerLine(self._words.percent(self.canvas.viewport.scale))
        taken = moment(None, self._info.taken_at)
        self.canvas.show_corners(
            Corners(bottom_left=[scale], top_left=[CornerLine(taken)] if taken else [])
        )
