"""The desk of a paper ECG over a canvas: bar, surface and session put together."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from backend_client.models.evidence import Origin, PicturePlace
from workstation.core.findings import Finding
from workstation.studies.measure.ecg.photo_calibration import scale_of
from workstation.studies.measure.ecg.photo_scale import Point
from workstation.studies.measure.ecg.placed_caliper import INTERVALS
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.choice_keys import following
from workstation.ui.viewers.paper_ecg.bar import PaperBar
from workstation.ui.viewers.paper_ecg.painter import PaperPainter
from workstation.ui.viewers.paper_ecg.session import PaperSession
from workstation.ui.viewers.paper_ecg.shelf import LineOf, PaperShelf
from workstation.ui.viewers.paper_ecg.steps import (
    GAINS_MM_MV,
    SPEEDS_MM_S,
    USUAL_GAIN,
    USUAL_SPEED,
    Aim,
    Step,
)
from workstation.ui.viewers.paper_ecg.tool import PaperTool
from workstation.ui.viewers.paper_ecg.words import PaperWords
from workstation.ui.viewers.picture_canvas import PictureCanvas
from workstation.ui.viewers.picture_place import PlaceMark
from workstation.ui.viewers.picture_spots import SpotSurface

_ENLARGED = 4.0
"""Screen pixels to a pixel of the picture, at which a point is put right."""
_KINDS = ("rr", "pp", "pr", "qrs", "qt", "interval")


class PaperDesk(QObject):
    """`opened` while the doctor works on the paper; `left` when the mode was closed."""

    opened = Signal()
    left = Signal()

    def __init__(self, theme: Theme, canvas: PictureCanvas, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.words = PaperWords(self)
        self.session = PaperSession(self)
        self.tool = PaperTool(self.session, PaperPainter(theme, self.words))
        self.surface = SpotSurface(theme, canvas, self.tool)
        self.bar = PaperBar(theme, self.session, self.words, parent)
        self.mark = PlaceMark(theme, canvas)
        self._shelf, self._page = PaperShelf(), 0
        self._shelf.changed.connect(self._shelf_changed)
        self.bar.hide()
        self.session.changed.connect(self._keep)
        self.surface.pressed.connect(canvas.clicked)
        self.bar.wanted.connect(self.do)

    @property
    def is_open(self) -> bool:
        """Whether the doctor works on the paper now."""
        return not self.surface.isHidden()

    def show(self, shelf: PaperShelf, page: int, width: int, height: int) -> None:
        """Another picture, with what was marked on it before; the mode is closed."""
        self._close()
        self._shelf.changed.disconnect(self._shelf_changed)
        self._page, self._shelf = page, shelf
        self.session.show(shelf.paper(page), width, height, self._wanted())
        shelf.changed.connect(self._shelf_changed)

    def open(self) -> None:
        """Begins where the calibration was left."""
        if not self.is_open:
            self.surface.forget()
            self.bar.refresh()
            self.bar.show()
            self.surface.show()
            self.surface.raise_()
            self.opened.emit()
            self.surface.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle(self) -> None:
        """Opens the mode or closes it."""
        if self.is_open:
            self.leave()
        else:
            self.open()

    def leave(self) -> None:
        """Closes the mode; marks and calipers are kept."""
        if self.is_open:
            self.session.drop()
            self._close()
            self.left.emit()

    def bind(self, shortcuts: ShortcutRouter) -> None:
        """The keys that act while the surface or the bar has the focus."""
        for action in self.actions():
            for part in (self.surface, self.bar):
                shortcuts.bind(part, action, partial(self.do, action), focused=True)

    def do(self, action: str) -> None:
        """What a key or a button of the bar does; the keys stay the picture's."""
        self.actions()[action]()
        if self.is_open:
            self.surface.setFocus(Qt.FocusReason.OtherFocusReason)

    def actions(self) -> dict[str, Callable[[], None]]:
        """Everything that keys do here, by the names of the table of shortcuts."""
        session = self.session
        kinds = {
            f"caliper.{name}": partial(session.choose_kind, kind)
            for name, kind in zip(_KINDS, INTERVALS, strict=True)
        }
        return (
            self._moving()
            | kinds
            | {
                "paper.leave": self._step_back,
                "paper.undo": session.undo,
                "paper.put": self._put,
                "paper.next_point": self._next_point,
                "paper.calibrate": session.calibrate,
                "paper.both": lambda: self._take(Aim.BOTH),
                "caliper.time": lambda: self._take(Aim.TIME),
                "caliper.amplitude": lambda: self._take(Aim.AMPLITUDE),
                "caliper.next": lambda: self._choose_next(1),
                "caliper.previous": lambda: self._choose_next(-1),
                "caliper.remove": session.remove,
                "ecg.speed": self._next_speed,
                "ecg.gain": self._next_gain,
                **{f"paper.choice_{n}": partial(self._choose, n) for n in range(1, 5)},
            }
        )

    def finding(self) -> Finding | None:
        """The chosen measurement; None without one, and without a calibration."""
        session, caliper = self.session, self.session.chosen_caliper
        if caliper is None or not session.paper.is_calibrated:
            return None
        if session.paper.reading(caliper) is None:
            return None
        place = PicturePlace(page=self._page, start=caliper.start.point, stop=caliper.stop.point)
        text = self.words.finding(session.paper, caliper)
        return Finding(text, place, Origin.HAND_CALIBRATED)

    def show_place(self, place: PicturePlace) -> bool:
        """Brings both points into sight and marks them; opens the mode where they are measured."""
        if not self.session.knows(place.start) or not self.session.knows(place.stop):
            return False
        number = self.session.caliper_at(place.start, place.stop)
        if number is not None:
            self.open()
            self.session.choose(number)
        self._canvas.show_between(QPointF(*place.start), QPointF(*place.stop))
        self.mark.show_between(place.start, place.stop)
        return True

    def _moving(self) -> dict[str, Callable[[], None]]:
        surface, session = self.surface, self.session
        ways = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
        longer = {"narrower": (-1, 0), "wider": (1, 0), "lower": (0, -1), "higher": (0, 1)}
        return {
            **{f"paper.{name}": partial(surface.step, *way) for name, way in ways.items()},
            **{
                f"paper.far_{name}": partial(surface.step, *way, far=True)
                for name, way in ways.items()
            },
            **{f"paper.{name}": partial(session.lengthen, *by) for name, by in longer.items()},
        }

    def _put(self) -> None:
        """Enter: the usual speed or gain, else a point where the cross is."""
        session = self.session
        if session.aim is Aim.CALIBRATION:
            if session.step is Step.SPEED:
                session.name_speed(USUAL_SPEED)
                return
            if session.step is Step.GAIN:
                session.name_gain(USUAL_GAIN)
                return
        self.surface.put_here()

    def _choose(self, number: int) -> None:
        """A digit: a speed or a gain, in the order of the bar."""
        session = self.session
        if session.aim is Aim.CALIBRATION and session.step is Step.SPEED:
            if number <= len(SPEEDS_MM_S):
                session.name_speed(SPEEDS_MM_S[number - 1])
        elif session.aim is Aim.CALIBRATION and session.step is Step.GAIN:
            session.name_gain(GAINS_MM_MV[number - 1])

    def _next_speed(self) -> None:
        self.session.name_speed(following(SPEEDS_MM_S, self.session.calibration.speed_mm_s))

    def _next_gain(self) -> None:
        self.session.name_gain(following(GAINS_MM_MV, self.session.calibration.gain_mm_mv))

    def _take(self, aim: Aim) -> None:
        self.session.take(aim)
        self.surface.update()

    def _choose_next(self, steps: int) -> None:
        self.session.choose_next(steps)
        self._bring_held(enlarged=False)

    def _next_point(self) -> None:
        """The next point, enlarged where clicks are too coarse for it."""
        self.session.next_point()
        self._bring_held(enlarged=True)

    def _bring_held(self, *, enlarged: bool) -> None:
        held = self.tool.held
        if held is None:
            return
        spot = held.spots[-1]
        at, scale = self.surface.sight.at(spot), self._canvas.viewport.scale
        if enlarged and scale < self._exact_scale():
            self._canvas.bring(QPointF(spot.x, spot.y), self._exact_scale())
        elif not self.surface.rect().contains(at.toPoint()):
            self._canvas.bring(QPointF(spot.x, spot.y))
        self.surface.show_held()

    def _exact_scale(self) -> float:
        """A millimetre of the paper 12 pixels wide; fourfold where nothing is known of it."""
        scale = scale_of(self.session.calibration)
        if scale is None:
            return _ENLARGED
        middle = self._canvas.viewport.picture
        here = scale.paper_mm((middle.width() / 2, middle.height() / 2))
        beside = scale.paper_mm((middle.width() / 2 + 1, middle.height() / 2))
        if here is None or beside is None:
            return _ENLARGED
        return min(16.0, max(1.0, 12.0 * _apart(here, beside)))

    def _step_back(self) -> None:
        """Esc: what is begun or held goes first, then the mode."""
        if self.session.begun is not None or self.session.held is not None:
            self.session.drop()
        else:
            self.leave()

    def _keep(self) -> None:
        """What is marked and chosen here stands in the list, too."""
        self._shelf.keep(self._page, self.session.paper)
        chosen = self.session.chosen_caliper
        if chosen is not None or self._wanted() is not None:
            self._shelf.choose(LineOf(self._page, chosen.id) if chosen is not None else None)
        self.surface.update()

    def _shelf_changed(self) -> None:
        """Something was noted in the list."""
        if self._shelf.paper(self._page) != self.session.paper:
            self.session.renew(self._shelf.paper(self._page))

    def _wanted(self) -> int | None:
        """Id of the caliper of this page that is chosen in the list."""
        line = self._shelf.chosen
        return line.caliper_id if line is not None and line.page == self._page else None

    def _close(self) -> None:
        focus = QApplication.focusWidget()
        had_focus = focus is self.surface or self.bar.isAncestorOf(focus or self._canvas)
        self.surface.hide()
        self.bar.hide()
        self.mark.hide()
        if had_focus:
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)


def _apart(first: Point, second: Point) -> float:
    return float(((first[0] - second[0]) ** 2 + (first[1] - second[1]) ** 2) ** 0.5)
