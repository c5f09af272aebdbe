"""Figures on slices by keys alone: a cross that arrows move, with a loupe, as on clips (0052)."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from workstation.studies.measure.ecg.photo_calibration import Spot
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.shortcuts.mouse import tell_mouse
from workstation.ui.theme import Theme
from workstation.ui.viewers.picture_spot_tool import Grip, PictureSight
from workstation.ui.viewers.picture_spots import SpotSurface
from workstation.ui.viewers.stack.canvas import StackCanvas
from workstation.ui.viewers.stack.figure_layer import FigureLayer
from workstation.ui.viewers.stack.figure_tool import moved

_WAYS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}


class SliceSpots:
    """The figures of a slice as what keys put and move: a `SpotTool`. The layer paints them."""

    def __init__(self, layer: FigureLayer, seen: Callable[[], int | None]) -> None:
        self._layer, self._seen = layer, seen
        self._held: tuple[int, int] | None = None
        """Number of a figure, and which of its points."""

    @property
    def can_put(self) -> bool:
        """See `SpotTool`."""
        return self._layer.tool.figure is not None

    @property
    def draws_lines(self) -> bool:
        """See `SpotTool`."""
        return True

    @property
    def is_begun(self) -> bool:
        """See `SpotTool`."""
        return self._layer.tool.is_begun

    @property
    def held(self) -> Grip | None:
        """See `SpotTool`."""
        if self._held is None:
            return None
        number, place = self._held
        one = self._layer.figures.get(number)
        if one is None or one.index != self._seen() or place >= len(one.drawing.points):
            return None
        return Grip(self._held, (Spot(*one.drawing.points[place], 1.0),))

    def grips(self) -> Sequence[Grip]:
        """None: the mouse is the canvas's."""
        return ()

    def put(self, spot: Spot, quarter_turns: int) -> None:
        """See `SpotTool`."""
        self._layer.tool.put((spot.x, spot.y))

    def lead(self, spot: Spot) -> None:
        """See `SpotTool`."""
        self._layer.tool.lead((spot.x, spot.y))

    def hold(self, grip: Grip | None) -> None:
        """Nothing more is held; what keys move is chosen by `next_point`."""
        self._held = None

    def next_point(self) -> None:
        """Keys move the next point of the chosen figure."""
        seen = self._seen()
        one = self._layer.chosen_on(seen) if seen is not None else None
        if one is None or self.is_begun:
            return
        count = len(one.drawing.points)
        is_same = self._held is not None and self._held[0] == one.number
        place = self._held[1] + 1 if is_same and self._held is not None else 0
        self._held = (one.number, place % count)

    def move(self, right: float, down: float, blur: float) -> None:
        """See `SpotTool`."""
        held = self.held
        if held is None or self._held is None:
            return
        number, place = self._held
        one = self._layer.figures.get(number)
        if one is not None:
            spot = held.spots[0]
            self._layer.mend(number, moved(one, place, (spot.x + right, spot.y + down)))

    def paint(self, painter: QPainter, sight: PictureSight) -> None:
        """The layer has painted them already."""


class KeySurface(SpotSurface):
    """The mouse goes through it to the canvas; a press there leaves the cross of the keys."""

    def __init__(self, theme: Theme, canvas: StackCanvas, spots: SliceSpots) -> None:
        super().__init__(theme, canvas, spots)
        self.setObjectName("sliceSurface")
        tell_mouse(self, None)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        canvas.clicked.connect(self.forget)


class KeyDesk(QObject):
    """While a tool is in hand the arrows are its own; `Ctrl` with them goes on to other slices."""

    hand_changed = Signal()
    """A tool was taken or put away."""

    def __init__(
        self,
        theme: Theme,
        canvas: StackCanvas,
        layer: FigureLayer,
        seen: Callable[[], int | None],
        step: Callable[[int], None],
        parent: QWidget,
    ) -> None:
        """`seen`: which slice is on the screen; `step`: goes so many slices on."""
        super().__init__(parent)
        self._canvas, self._layer, self._step = canvas, layer, step
        self._was_in_hand = False
        self.spots = SliceSpots(layer, seen)
        self.surface = KeySurface(theme, canvas, self.spots)
        layer.tool.changed.connect(self._refresh)

    @property
    def is_in_hand(self) -> bool:
        """Whether a tool is."""
        return self._layer.tool.figure is not None

    def bind(self, shortcuts: ShortcutRouter) -> None:
        """The keys that act while the surface has the focus."""
        for action, act in self.actions().items():
            shortcuts.bind(self.surface, action, act, focused=True)

    def actions(self) -> dict[str, Callable[[], None]]:
        """What keys do on the surface, by the names of the table of shortcuts."""
        step = self.surface.step
        ways = {f"figure.{name}": partial(step, *way) for name, way in _WAYS.items()}
        far = {f"figure.far_{name}": partial(step, *way, far=True) for name, way in _WAYS.items()}
        return {
            **(ways | far),
            "figure.put": self.surface.put_here,
            "figure.next_point": self._next_point,
            "figure.remove": self._remove,
            "figure.undo": self._layer.tool.take_back,
            "figure.next_frame": partial(self._step, 1),
            "figure.previous_frame": partial(self._step, -1),
            "figure.leave": self._leave,
        }

    def _next_point(self) -> None:
        self.spots.next_point()
        self.surface.show_held()

    def _remove(self) -> None:
        self.spots.hold(None)
        self._layer.figures.remove(self._layer.figures.chosen)

    def _leave(self) -> None:
        """Lets go of what is begun, then of the tool."""
        tool = self._layer.tool
        if tool.is_begun:
            while tool.is_begun:
                tool.take_back()
        else:
            tool.put_away()

    def _refresh(self) -> None:
        """The surface is there while a tool is in hand, and the keys are its own then."""
        self.surface.update()
        if self.is_in_hand == self._was_in_hand:
            return
        self._was_in_hand = self.is_in_hand
        surface = self.surface
        if self.is_in_hand:
            surface.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            surface.show()
            surface.raise_()
            surface.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.spots.hold(None)
            surface.forget()
            if surface.hasFocus():
                self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
            surface.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            surface.hide()
        self.hand_changed.emit()
