"""Figures on a photo that the doctor says is an ultrasound picture: the desk of clips over it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from backend_client.models.evidence import FramePlace
from workstation.core.findings import Finding
from workstation.studies.measure.figures import Drawing
from workstation.studies.measure.measurable import Still
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Theme
from workstation.ui.viewers.figures.desk import FigureDesk
from workstation.ui.viewers.figures.kinds import Tool
from workstation.ui.viewers.figures.shelf import CaseFigures, FigureShelf
from workstation.ui.viewers.picture_canvas import PictureCanvas


class PhotoFigures(QObject):
    """`changed` when figures are to be drawn on the photo from now on, or no more."""

    changed = Signal()
    scale_changed = Signal()
    """Something was said, drawn or calibrated."""

    def __init__(self, theme: Theme, canvas: PictureCanvas, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = FigureDesk(theme, canvas, parent)
        self.shelf = FigureShelf(self)
        self._nothing = self.shelf
        """Of no photo."""
        self._still: Still | None = None
        self._case: CaseFigures | None = None
        self._is_seen = False
        """Whether the photo's pixels are on the screen."""
        self._is_aside = False
        """Whether the paper of an ECG is worked on instead."""
        self._was_on = False
        self.shelf.changed.connect(self._follow)

    @property
    def is_on(self) -> bool:
        """Whether figures can be drawn now."""
        return self._still is not None and self.shelf.is_ultrasound and not self._is_aside

    @property
    def can_say(self) -> bool:
        """Whether the doctor can say what it is: what is drawn upon is what it was said to be."""
        return self._still is not None and not (self.is_on and self.shelf.is_drawn_on)

    def show(self, still: Still, shelf: FigureShelf | None, case: CaseFigures | None) -> None:
        """Another photo, with what was said of it and drawn on it before."""
        self.clear()
        self._still, self._case = still, case
        self._listen_to(shelf or FigureShelf(self))
        self._follow()

    def clear(self) -> None:
        """No photo; what was drawn stays on its shelf."""
        self._still, self._case, self._is_seen = None, None, False
        self._listen_to(self._nothing)
        self._follow()

    def show_frame(self) -> None:
        """The photo's pixels are on the screen now."""
        self._is_seen = True
        if self.is_on:
            self.desk.show_frame(0)

    def put_aside(self, *, is_aside: bool) -> None:
        """While a paper ECG is worked on, figures are not seen."""
        self._is_aside = is_aside
        self._follow()

    def toggle(self) -> None:
        """The doctor says that it is an ultrasound picture, or takes it back while nothing is
        drawn."""
        if self.is_on:
            self.desk.put_away()
            self.shelf.say_ultrasound(is_so=False)
        else:
            self.say()

    def say(self) -> None:
        """It is an ultrasound picture; what has no scale yet is calibrated first."""
        self.shelf.say_ultrasound(is_so=True)
        if not self.shelf.hand.marks:
            self.desk.take(Tool.LENGTH_MARK)

    def actions(self) -> dict[str, Callable[[], None]]:
        """What keys do on the photo, by the names of the table of shortcuts."""
        return self.desk.viewer_actions() if self.is_on else {}

    def bind(self, shortcuts: ShortcutRouter) -> None:
        """The keys that act while figures are drawn."""
        self.desk.bind(shortcuts)

    def finding(self) -> Finding | None:
        """The chosen figure; None without one."""
        return self.desk.finding() if self.desk.session.chosen is not None else None

    def show_place(self, place: FramePlace) -> bool:
        """Marks a figure for some seconds, also where nothing was said of the photo yet; False
        for what is not here."""
        is_here = not (place.part or place.frame or place.last)
        if self._still is None or not is_here or Drawing.of_place(place).reason_against:
            return False
        self.shelf.say_ultrasound(is_so=True)
        return self.desk.show_place(place)

    def _listen_to(self, shelf: FigureShelf) -> None:
        self.shelf.changed.disconnect(self._follow)
        self.shelf = shelf
        shelf.changed.connect(self._follow)

    def _follow(self) -> None:
        """The desk is there while figures can be drawn."""
        is_on = self.is_on
        if is_on != self._was_on:
            self._was_on = is_on
            if is_on and self._still is not None:
                self.desk.show(self._still, self.shelf, self._case)
                if self._is_seen:
                    self.desk.show_frame(0)
            else:
                self.desk.clear()
            self.changed.emit()
        self.scale_changed.emit()
