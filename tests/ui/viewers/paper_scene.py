"""A photo of ECG paper open in its viewer, and a doctor who clicks on places of the paper."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.ui.keys import press
from tests.ui.viewers.made_up import make_picture
from tests.ui.viewers.paper_photo import PaperPhoto
from workstation.studies.imaging import Frame
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.paper_ecg.shelf import PaperShelf
from workstation.ui.viewers.picture_view import PictureView

NO_MODIFIER = Qt.KeyboardModifier.NoModifier
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


class NeverDrawn:
    """A source whose frame never comes: nothing is read off the picture."""

    async def frame(self, index: int) -> Frame:
        """Not asked for: the tasks are idle."""
        raise AssertionError("no frame is drawn here")


class IdleTasks(TaskScope):
    """Starts nothing: for scenes without a loop."""

    def start(self, work: Coroutine[Any, Any, Any], *, name: str) -> asyncio.Task[Any] | None:
        """Forgets what was to run."""
        work.close()
        return None


class PaperScene:
    """The viewer with its keys bound, at the size that a picture has at 1366 x 768."""

    def __init__(
        self, theme: Theme, router: ShortcutRouter, photo: PaperPhoto | None = None
    ) -> None:
        self.photo = photo or PaperPhoto.taken()
        self.shelf = PaperShelf()
        self.view = PictureView(theme)
        self.view.bind(router)
        self.view.resize(870, 660)
        self.show_photo()
        self.view.show()
        QApplication.processEvents()
        self.desk = self.view.paper
        self.session, self.bar, self.surface = self.desk.session, self.desk.bar, self.desk.surface

    def show_photo(self) -> None:
        """Opens the photo again, with what is kept of it."""
        info = make_picture(width=self.photo.width, height=self.photo.height)
        self.view.show_picture(info, NeverDrawn(), IdleTasks(_raise), self.shelf)

    def show_another(self, photo: PaperPhoto) -> None:
        """Another photo in the same viewer, with nothing marked on it."""
        self.photo, self.shelf = photo, PaperShelf()
        self.show_photo()

    def open(self) -> None:
        """Goes into the mode, as the key does."""
        self.view.key_actions()["paper.open"]()
        QApplication.processEvents()

    def calibrate(self) -> None:
        """Two marks of 25 mm, 25 mm/s, 10 mm/mV."""
        self.open()
        self.calibrate_open()

    def calibrate_open(self) -> None:
        """The same, in the mode already."""
        for place in ((40, 60), (65, 60), (40, 60), (40, 85)):
            self.click(*place)
        self.key("2")
        self.key("3")
        self.key("k")

    def at(self, right_mm: float, up_mm: float) -> QPointF:
        """Where a place of the paper is seen."""
        point = QPointF(*self.photo.at(right_mm, up_mm))
        return self.view.canvas.viewport.view_point(point)

    def click(self, right_mm: float, up_mm: float) -> None:
        """A press and a release at a place of the paper."""
        at = self.at(right_mm, up_mm)
        self.move_to(at)
        self.press_at(at)
        self.release_at(at)

    def drag(self, start: tuple[float, float], stop: tuple[float, float]) -> None:
        """From one place of the paper to another."""
        begin, end = self.at(*start), self.at(*stop)
        self.press_at(begin)
        self.move_to((begin + end) / 2, LEFT)
        self.move_to(end, LEFT)
        self.release_at(end)

    def press_at(self, at: QPointF, button: Qt.MouseButton = LEFT) -> None:
        """A button goes down."""
        self._mouse(QEvent.Type.MouseButtonPress, at, button, button)

    def release_at(self, at: QPointF, button: Qt.MouseButton = LEFT) -> None:
        """It comes up."""
        self._mouse(QEvent.Type.MouseButtonRelease, at, button, Qt.MouseButton.NoButton)

    def move_to(
        self,
        at: QPointF,
        held: Qt.MouseButton = Qt.MouseButton.NoButton,
        modifiers: Qt.KeyboardModifier = NO_MODIFIER,
    ) -> None:
        """The mouse moves."""
        self._mouse(QEvent.Type.MouseMove, at, Qt.MouseButton.NoButton, held, modifiers)

    def wheel(self, at: QPointF, steps: int) -> None:
        """The wheel turns, away from the doctor where positive."""
        place = self.surface.mapToGlobal(at)
        for _ in range(abs(steps)):
            turn = QPointF(0, 120 if steps > 0 else -120).toPoint()
            event = QWheelEvent(
                at,
                place,
                QPointF().toPoint(),
                turn,
                Qt.MouseButton.NoButton,
                NO_MODIFIER,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            )
            QApplication.sendEvent(self.surface, event)

    def key(self, key: Qt.Key | str, modifiers: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """A key, as the keyboard sends it."""
        press(self.surface, key, modifiers=modifiers)

    def labels(self) -> list[str]:
        """What stands beside the calipers."""
        words, paper = self.desk.words, self.session.paper
        return [words.line(paper, one) for one in paper.calipers]

    def close(self) -> None:
        """The viewer goes."""
        self.view.clear()
        self.view.hide()

    def _mouse(
        self,
        kind: QEvent.Type,
        at: QPointF,
        button: Qt.MouseButton,
        held: Qt.MouseButton,
        modifiers: Qt.KeyboardModifier = NO_MODIFIER,
    ) -> None:
        place = self.surface.mapToGlobal(at)
        QApplication.sendEvent(self.surface, QMouseEvent(kind, at, place, button, held, modifiers))


def _raise(error: BaseException) -> None:
    raise error
