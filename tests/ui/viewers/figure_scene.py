"""A clip open in its viewer, and a doctor who measures on its frames by mouse and by keys."""

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from tests.ui.keys import press
from tests.ui.viewers.made_up import Clock, MadeUpStudy, make_clip, make_region, rest, until
from workstation.studies.imaging import ClipInfo, RegionUnit, UltrasoundRegion
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.cine_view import CineView
from workstation.ui.viewers.figures.shelf import CaseFigures

LEFT = Qt.MouseButton.LeftButton
NO_BUTTON = Qt.MouseButton.NoButton
DOCUMENT = "one"


def plane(**changes: object) -> UltrasoundRegion:
    """A 2D region of 0.05 cm a pixel, over the left half of 400 x 300."""
    values: dict[str, object] = {"x1": 199, "y1": 299, "delta_x": 0.05, "delta_y": 0.05}
    return make_region(**(values | changes))


def spectrum(**changes: object) -> UltrasoundRegion:
    """A spectrum over the right half: 5 cm/s and 5 ms a pixel, the baseline at row 50."""
    values: dict[str, object] = {
        "spatial_format": 3,
        "data_type": 4,
        "x0": 200,
        "x1": 399,
        "y1": 299,
        "unit_x": RegionUnit.SECOND,
        "unit_y": RegionUnit.CENTIMETRE_PER_SECOND,
        "delta_x": 0.005,
        "delta_y": -5.0,
        "reference_y": 49.5,
    }
    return make_region(**(values | changes))


def clip_of(*regions: UltrasoundRegion, **changes: object) -> ClipInfo:
    """Five frames of 400 x 300."""
    return make_clip(**({"width": 400, "height": 300, "regions": regions} | changes))  # type: ignore[arg-type]  # fields by name


class FigureScene:
    """The viewer with its keys bound."""

    def __init__(self, theme: Theme, router: ShortcutRouter, info: ClipInfo | None = None) -> None:
        self.info = info or clip_of(plane(), spectrum())
        self.case = CaseFigures()
        self.shelf = self.case.of(DOCUMENT)  # type: ignore[arg-type]  # an id is a string
        self.tasks = TaskScope(_raise)
        self.view = CineView(theme, now_ms=Clock())
        self.view.bind(router)
        self.view.resize(870, 660)
        self.view.show()
        self.desk = self.view.figures
        self.session, self.bar, self.surface = self.desk.session, self.desk.bar, self.desk.surface

    async def open(self) -> None:
        """Shows the clip, standing on its first frame."""
        study = MadeUpStudy(self.info)
        self.view.show_clip(self.info, study, self.tasks, shelf=self.shelf, case=self.case)
        self.view.pause()
        await until(lambda: self.session.frame == 0)
        QApplication.processEvents()

    async def go_to(self, frame: int) -> None:
        """Another frame is seen."""
        self.view.seek(frame)
        await until(lambda: self.session.frame == frame)

    async def close(self) -> None:
        """All is given back."""
        self.view.clear()
        self.view.hide()
        await self.tasks.close()
        await rest()

    def act(self, action: str) -> None:
        """What a key of the pane does."""
        self.view.key_actions()[action]()

    def at(self, x: float, y: float) -> QPointF:
        """Where a stored pixel is seen."""
        return self.view.canvas.viewport.view_point(QPointF(x, y))

    def click(self, x: float, y: float) -> None:
        """A press and a release."""
        at = self.at(x, y)
        self.mouse(QEvent.Type.MouseMove, at, NO_BUTTON, NO_BUTTON)
        self.mouse(QEvent.Type.MouseButtonPress, at, LEFT, LEFT)
        self.mouse(QEvent.Type.MouseButtonRelease, at, LEFT, NO_BUTTON)

    def pull(self, *points: tuple[float, float]) -> None:
        """A pull through all points."""
        places = [self.at(*point) for point in points]
        self.mouse(QEvent.Type.MouseButtonPress, places[0], LEFT, LEFT)
        for place in places[1:]:
            self.mouse(QEvent.Type.MouseMove, place, NO_BUTTON, LEFT)
        self.mouse(QEvent.Type.MouseButtonRelease, places[-1], LEFT, NO_BUTTON)

    def double_click(self, x: float, y: float) -> None:
        """As the system sends it, after a click in the same place."""
        at = self.at(x, y)
        self.mouse(QEvent.Type.MouseButtonDblClick, at, LEFT, LEFT)
        self.mouse(QEvent.Type.MouseButtonRelease, at, LEFT, NO_BUTTON)

    def mouse(
        self, kind: QEvent.Type, at: QPointF, button: Qt.MouseButton, held: Qt.MouseButton
    ) -> None:
        """An event as it reaches the surface, or the canvas where there is none."""
        shown = self.surface.isVisible()
        target = self.surface if shown else self.view.canvas
        place = target.mapToGlobal(at)
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(target, QMouseEvent(kind, at, place, button, held, none))

    def key(self, key: Qt.Key | str, modifiers: Qt.KeyboardModifier | None = None) -> None:
        """A key while the surface has the focus."""
        press(self.surface, key, modifiers=modifiers or Qt.KeyboardModifier.NoModifier)


def _raise(error: BaseException) -> None:
    raise error
