"""The desk of figures over a clip or a still: surface, bar and session put together."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from backend_client.models.evidence import FramePlace, Origin
from workstation.core.findings import Finding
from workstation.studies.measure.figures import Drawing
from workstation.studies.measure.measurable import Measurable
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Theme
from workstation.ui.viewers.figures.bar import FigureBar
from workstation.ui.viewers.figures.kinds import Tool
from workstation.ui.viewers.figures.names import NameSet, other_sets
from workstation.ui.viewers.figures.painter import FigurePainter
from workstation.ui.viewers.figures.person_dialog import PersonDialog
from workstation.ui.viewers.figures.session import FigureSession
from workstation.ui.viewers.figures.shelf import CaseFigures, FigureShelf
from workstation.ui.viewers.figures.surface import FigureSurface
from workstation.ui.viewers.figures.tool import FigureTool
from workstation.ui.viewers.figures.words import FigureWords
from workstation.ui.viewers.picture_canvas import PictureCanvas
from workstation.ui.viewers.picture_place import SHOWN_MS

TOOL_ACTIONS = {
    "figure.distance": Tool.DISTANCE,
    "figure.angle": Tool.ANGLE,
    "figure.ellipse": Tool.ELLIPSE,
    "figure.contour": Tool.CONTOUR,
    "figure.velocity": Tool.VELOCITY,
    "figure.envelope": Tool.ENVELOPE,
    "figure.calibrate": Tool.LENGTH_MARK,
    "figure.calibrate_velocity": Tool.VELOCITY_MARK,
    "figure.calibrate_time": Tool.TIME_MARK,
}
_CLEAR = 24
"""Screen pixels that stay free between the point and the bar."""
_WAYS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}


class FigureDesk(QObject):
    """`pause_wanted` when a tool is taken, `frame_wanted` when a figure's frame is to be seen."""

    pause_wanted = Signal()
    frame_wanted = Signal(int)
    step_wanted = Signal(int)
    frames_changed = Signal(object)
    """Frames on which something is drawn: a tuple."""
    hand_changed = Signal()
    """A tool was taken or put away, a figure chosen, an amount asked for: keys do other things."""

    def __init__(self, theme: Theme, canvas: PictureCanvas, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._canvas = theme, canvas
        self._case: CaseFigures | None = None
        self._nothing = FigureShelf(self)
        """Of no file."""
        self.words = FigureWords(self)
        self.session = FigureSession(self)
        self._painter = FigurePainter(theme, self.words)
        self.tool = FigureTool(self.session, self._painter)
        self.surface = FigureSurface(theme, canvas, self.session, self.tool)
        self.bar = FigureBar(theme, self.session, self.words, canvas)
        self._marked: tuple[int, Drawing] | None = None
        self._mark_timer = QTimer(self)
        self._mark_timer.setSingleShot(True)
        self._mark_timer.timeout.connect(self._unmark)
        self._in_hand: tuple[Tool | None, bool, bool] = (None, False, False)
        self._wanted: int | None = None
        """The figure that is to be chosen as soon as its frame is on the screen."""
        self.bar.hide()
        canvas.installEventFilter(self)
        self.surface.moved.connect(self._place_bar)
        self.session.shelf.changed.connect(self._shelf_changed)
        self.session.changed.connect(self._refresh)
        self.surface.pressed.connect(canvas.clicked)
        self.bar.wanted.connect(self.do)
        self.bar.amount_typed.connect(self._calibrate)
        self.bar.amount_given_up.connect(self._give_up_amount)

    @property
    def is_in_hand(self) -> bool:
        """Whether a tool is."""
        return self.session.tool is not None

    @property
    def is_at_work(self) -> bool:
        """Whether a tool is in hand, or a figure of the seen frame is chosen."""
        session = self.session
        return self.is_in_hand or session.asked is not None or session.chosen is not None

    def show(
        self, info: Measurable, shelf: FigureShelf | None = None, case: CaseFigures | None = None
    ) -> None:
        """Another file, with what was drawn on it before."""
        self._listen_to(shelf or FigureShelf(self))
        self._case = case
        self.bar.names = case.names if case is not None else NameSet.ECHO
        self.session.show(info, self.session.shelf)

    def clear(self) -> None:
        """No file; what was drawn stays on its shelf."""
        self._unmark()
        self._listen_to(self._nothing)
        self.session.show(None, self.session.shelf)

    def show_frame(self, frame: int) -> None:
        """These pixels are on the screen now."""
        if self._marked is not None and self._marked[0] != frame:
            self._painter.mark = None
        elif self._marked is not None:
            self._painter.mark = self._marked[1]
        self.session.show_frame(frame)
        chosen = self.session.shelf.get(self._wanted)
        if chosen is not None and chosen.frame == frame:
            self._wanted = None
            self.session.choose(chosen.id)

    def take(self, tool: Tool) -> None:
        """Takes a tool, or puts it away; the clip stands still."""
        self.pause_wanted.emit()
        self.session.take(tool)
        if self.is_in_hand:
            self.surface.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_away(self) -> bool:
        """Lets go of what is begun, then of the figure, then of the tool; False: of nothing."""
        session = self.session
        had = bool(session.begun or session.asked) and session.drop()
        if not had and self.is_in_hand:
            session.drop()
            session.take(None)
            had = True
        return had or session.drop()

    def viewer_actions(self) -> dict[str, Callable[[], None]]:
        """What keys do while the clip is in the active pane."""
        acts: dict[str, Callable[[], None]] = {
            action: partial(self.take, tool) for action, tool in TOOL_ACTIONS.items()
        }
        acts["figure.person"] = self.ask_person
        return acts if self.session.info is not None else {}

    def ask_person(self) -> None:
        """Opens the form of what formulas need to know of the patient."""
        case = self._case
        if case is not None:
            dialog = PersonDialog(self._theme, case.facts, self._canvas.window())
            dialog.accepted.connect(lambda: case.set_facts(dialog.facts))
            dialog.open()

    def bind(self, shortcuts: ShortcutRouter) -> None:
        """The keys that act while the surface has the focus."""
        for action in self.actions():
            shortcuts.bind(self.surface, action, partial(self.do, action), focused=True)

    def do(self, action: str) -> None:
        """What a key or a button of the bar does; the keys stay the picture's."""
        (self.actions() | self.viewer_actions())[action]()
        if self.is_at_work and not self.bar.amount.isVisible():
            self.surface.setFocus(Qt.FocusReason.OtherFocusReason)

    def actions(self) -> dict[str, Callable[[], None]]:
        """Everything that keys do on the surface, by the names of the table of shortcuts."""
        session, surface = self.session, self.surface
        names = {f"figure.name_{n}": partial(self._call, n) for n in range(1, 10)}
        ways = {f"figure.{name}": partial(surface.step, *way) for name, way in _WAYS.items()}
        far = {
            f"figure.far_{name}": partial(surface.step, *way, far=True)
            for name, way in _WAYS.items()
        }
        return {
            **(names | ways | far),
            "figure.put": self._put,
            "figure.end": session.close,
            "figure.next_point": self._next_point,
            "figure.next": lambda: session.choose_next(1),
            "figure.previous": lambda: session.choose_next(-1),
            "figure.remove": session.remove,
            "figure.undo": session.undo,
            "figure.other_names": self._turn_names,
            "figure.forget_calibration": session.forget_calibration,
            "figure.next_frame": lambda: self.step_wanted.emit(1),
            "figure.previous_frame": lambda: self.step_wanted.emit(-1),
            "figure.leave": self._leave,
        }

    def finding(self) -> Finding | None:
        """The chosen figure, else the frame that is seen; None without any."""
        session, one = self.session, self.session.chosen
        if one is not None:
            return Finding(self.words.finding(one), one.place, one.origin)
        if session.frame is None:
            return None
        place = FramePlace(frame=session.frame)
        return Finding(self.words.frame(session.frame), place, Origin.BY_HAND)

    def go_to(self, figure_id: int) -> bool:
        """Brings the figure's frame on, chooses and shows it; False where there is none."""
        one = self.session.shelf.get(figure_id)
        if one is None:
            return False
        self.pause_wanted.emit()
        self._wanted = one.id
        self._bring(one.frame, one.drawing)
        return True

    def show_place(self, place: FramePlace) -> bool:
        """Brings the frame on and marks the figure for some seconds; False where there is none."""
        info, drawing = self.session.info, Drawing.of_place(place)
        if info is None or place.part or not 0 <= place.frame < info.frame_count:
            return False
        if drawing.reason_against is not None:
            return False
        self.pause_wanted.emit()
        same = [x for x in self.session.shelf.on(place.frame) if x.drawing == drawing]
        self._wanted = same[0].id if same else None
        if drawing.points:
            self._marked = (place.frame, drawing)
            self._mark_timer.start(SHOWN_MS)
        self._bring(place.frame, drawing)
        return True

    def _bring(self, frame: int, drawing: Drawing) -> None:
        self.frame_wanted.emit(frame)
        if self._canvas.viewport.zoom is not None and drawing.points:
            across, down = zip(*drawing.points, strict=True)
            first, last = QPointF(min(across), min(down)), QPointF(max(across), max(down))
            self._canvas.show_between(first, last)
        if self.session.frame == frame:  # no other pixels will come
            self.show_frame(frame)
            self._refresh()

    def _put(self) -> None:
        self.surface.put_here()

    def _next_point(self) -> None:
        self.session.next_point()
        self.surface.show_held()

    def _call(self, number: int) -> None:
        offered = self.bar.namings()
        if number <= len(offered):
            self.session.call(offered[number - 1].name)

    def _turn_names(self) -> None:
        one, every = self.session.chosen, tuple(NameSet)
        following = every[(every.index(self.bar.names) + 1) % len(every)]
        if one is not None:
            others = other_sets(self.bar.names, one.ground, one.drawing.figure)
            following = next(iter(others), self.bar.names)
        self.bar.names = following
        if self._case is not None:
            self._case.names = self.bar.names
        self._refresh()

    def _leave(self) -> None:
        self.put_away()
        if not self.is_at_work:
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _calibrate(self, amount: float) -> None:
        self.session.calibrate(amount)
        if self.session.asked is None:
            self.surface.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give_up_amount(self) -> None:
        self.session.undo()
        self.surface.setFocus(Qt.FocusReason.OtherFocusReason)

    def _listen_to(self, shelf: FigureShelf) -> None:
        self.session.shelf.changed.disconnect(self._shelf_changed)
        self.session.shelf = shelf
        shelf.changed.connect(self._shelf_changed)

    def _shelf_changed(self) -> None:
        self.frames_changed.emit(self.session.shelf.frames)
        self._refresh()

    def _refresh(self) -> None:
        """What is seen follows the session: the surface, the bar, who gets the keys."""
        session, at_work = self.session, self.is_at_work
        self._keep_focus(at_work)
        if at_work or not self.bar.isHidden():
            self.bar.refresh()
        self.bar.setVisible(at_work)
        if at_work:
            self._place_bar()
        else:
            self._canvas.cover(0, 0)
        marks = session.shelf.hand.marks
        is_seen = at_work or bool(session.figures or marks) or self._painter.mark is not None
        self.surface.setVisible(session.info is not None and is_seen)
        if is_seen:
            self.surface.raise_()
            self.bar.raise_()
            self.surface.update()
        if session.asked is not None and not self.bar.amount.hasFocus():
            self.bar.amount.setFocus(Qt.FocusReason.OtherFocusReason)
        in_hand = (session.tool, session.asked is not None, session.chosen is not None)
        if self._in_hand != in_hand:
            self._in_hand = in_hand
            self.hand_changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._canvas and event.type() is QEvent.Type.Resize:
            self._place_bar()
        return False

    def _place_bar(self) -> None:
        """Over the picture, which no step of the work may move: below, or above where the point
        is below."""
        bar, room = self.bar, self._canvas.rect()
        height = bar.height_for(room.width())
        spot = self.surface.pointed
        at = self.surface.sight.at(spot) if spot is not None else None
        below = at is None or at.y() < room.height() - height - _CLEAR
        place = QRect(0, room.height() - height if below else 0, room.width(), height)
        if place != bar.geometry():
            bar.setGeometry(place)
        seen = place if bar.isVisible() else QRect()
        self._painter.covered = QRectF(seen)
        self._canvas.cover(0 if below else seen.height(), seen.height() if below else 0)

    def _keep_focus(self, at_work: bool) -> None:
        """Where there is no work on figures the keys are the canvas's."""
        policy = Qt.FocusPolicy.StrongFocus if at_work else Qt.FocusPolicy.NoFocus
        self.surface.setFocusPolicy(policy)
        focus = QApplication.focusWidget()
        if at_work or focus is None:
            return
        if focus is self.surface or self.bar.isAncestorOf(focus):
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _unmark(self) -> None:
        self._mark_timer.stop()
        self._marked, self._painter.mark = None, None
        self._refresh()
