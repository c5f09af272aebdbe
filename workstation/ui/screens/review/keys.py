"""Keys of the review: what they do in the pane in which the doctor works."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from backend_client.models.hanging import AT_ONCE
from workstation.ui.case_steps import CaseStep
from workstation.ui.screens.review.panes_area import PanesArea
from workstation.ui.screens.review.side_column import SideColumn
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.shortcuts import SHORTCUTS, ShortcutRouter
from workstation.ui.viewers.cine_view import CineView
from workstation.ui.viewers.disc.view import DiscView
from workstation.ui.viewers.document_desk import DocumentDesk
from workstation.ui.viewers.document_view import DocumentView
from workstation.ui.viewers.ecg.long.view import LongEcgView
from workstation.ui.viewers.ecg.view import EcgView
from workstation.ui.viewers.figures.desk import TOOL_ACTIONS
from workstation.ui.viewers.paper_ecg.document import PaperDocumentView
from workstation.ui.viewers.picture_view import PictureView
from workstation.ui.viewers.report.view import ReportView
from workstation.ui.viewers.stack.view import StackView

VIEWER_ACTIONS = (
    "clip.play",
    "clip.next_frame",
    "clip.previous_frame",
    "clip.slower",
    "clip.faster",
    "clip.own_pace",
    "clip.sweep",
    "clip.mark_first",
    "clip.mark_last",
    "clip.cycle",
    "clip.whole",
    "clip.in_step",
    "view.zoom_in",
    "view.zoom_out",
    "view.fit",
    "view.rotate",
    "paper.open",
    "document.find",
    "document.page",
    "document.whole_page",
    "document.thumbnails",
    "document.contrast",
    "document.lighter",
    "document.darker",
    "document.invert",
    "document.copy",
    "ecg.speed",
    "ecg.gain",
    "ecg.true_size",
    "ecg.calibrate",
    "ecg.columns",
    "ecg.band",
    "ecg.mains",
    "ecg.baseline",
    "ecg.beat",
    "ecg.recording",
    "ecg.beginning",
    "ecg.end",
    "ecg.print",
    "ecg.to_moment",
    *(shortcut.action for shortcut in SHORTCUTS if shortcut.room in ("caliper", "stack")),
    *TOOL_ACTIONS,
    "figure.person",
    "figure.ultrasound",
    *("disc.list", "disc.next_item", "disc.previous_item"),
    *(f"ecg.layout_{n}" for n in range(1, 7)),
)


class ReviewKeys(QObject):
    """Binds them to the review, and those that read files to a window beside it."""

    layout_changed = Signal()
    """The doctor chose another number of pictures."""

    def __init__(
        self,
        model: ReviewViewModel,
        area: PanesArea,
        side: SideColumn,
        parent: QObject,
        *,
        put: Callable[[], None],
        can_put: Callable[[], bool],
    ) -> None:
        """`put`: what the active pane offers goes into the conclusion."""
        super().__init__(parent)
        self._model, self._area, self._side = model, area, side
        self._put, self._can_put = put, can_put

    def bind(self, widget: QWidget, files: QWidget, shortcuts: ShortcutRouter) -> None:
        """All of them to the review; digits act in the list of `files`."""
        model = self._model
        self._side.bind(widget, shortcuts)
        for step in CaseStep:
            can = partial(model.can_go_on, step)
            shortcuts.bind(widget, step.value, partial(model.go_on, step), can)
        self.bind_reading(widget, shortcuts)
        for pane in model.panes:
            self._area.pane_of(pane).viewer_made.connect(partial(_bind_keys_of, shortcuts))
        for number in range(1, 10):
            has = partial(self._has_group, number)
            go = partial(model.go_to_group, number)
            shortcuts.bind(files, f"review.item_{number}", go, has)

    def bind_reading(
        self, widget: QWidget, shortcuts: ShortcutRouter, *, focused: bool = False
    ) -> None:
        """What turns files and pages, plays, measures and puts. `focused`: only while the focus is
        in the widget."""
        bind, can_press = partial(shortcuts.bind, widget, focused=focused), self._can_press
        bind("review.next_file", lambda: self.turn(1))
        bind("review.previous_file", lambda: self.turn(-1))
        bind("review.one_pane", self._model.toggle_one_pane, can_press)
        bind("review.places", self.turn_places, can_press)
        for places in AT_ONCE:
            bind(f"review.places_{places}", partial(self._show_places, places), can_press)
        for action in ("review.put", "review.put_by_letter"):
            bind(action, self._put, self._can_put)
        for action in VIEWER_ACTIONS:
            bind(action, partial(self.do, action), partial(self._can_do, action))

    def turn(self, files: int) -> None:
        """The next file; inside a document the next page first."""
        viewer = self._area.active.viewer
        pages = DocumentView | LongEcgView | ReportView
        if isinstance(viewer, pages) and viewer.turn_page(files):
            return
        self._model.step_file(files)

    def do(self, action: str) -> None:
        """What that key of a viewer does."""
        act = self._doer(action)
        if act is not None:
            act()

    def put_away(self) -> bool:
        """Figures on slices, the lines of a document, what was opened of a disc: whether there
        was anything to let go of. A figure to which who only looks was led is no step by itself."""
        viewer = self._area.active.viewer
        if isinstance(viewer, StackView):
            had_work = viewer.keys.is_in_hand
            if viewer.put_away() and (had_work or not self._model.only_looks):
                return True
        if isinstance(viewer, DocumentDesk) and viewer.put_away():
            return True
        return self._area.active.model.show_list()

    def _can_press(self) -> bool:
        """What is pressed in a decision is the decision's, also where viewers know the key."""
        return not self._side.owns_focus()

    def _can_do(self, action: str) -> bool:
        return self._can_press() and self._doer(action) is not None

    def _doer(self, action: str) -> Callable[[], None] | None:
        """A viewer's key acts in the active pane, else in the first that knows it."""
        others = [self._area.pane_of(pane) for pane in self._model.visible_panes]
        acts = (pane.key_actions().get(action) for pane in (self._area.active, *others))
        return next((act for act in acts if act is not None), None)

    def _has_group(self, number: int) -> bool:
        return number <= len(self._model.groups)

    def turn_places(self) -> None:
        """One picture, two, four, and one again."""
        self._model.hung.turn_places()
        self.layout_changed.emit()

    def _show_places(self, places: int) -> None:
        self._model.hung.show_places(places)
        self.layout_changed.emit()


def _bind_keys_of(shortcuts: ShortcutRouter, viewer: QWidget) -> None:
    """Keys that act while a part of the viewer has the focus."""
    if isinstance(viewer, EcgView):
        viewer.beat.bind(shortcuts)
    elif isinstance(viewer, LongEcgView):
        viewer.bind(shortcuts)
        viewer.paper.beat.bind(shortcuts)
    elif isinstance(
        viewer, CineView | PictureView | PaperDocumentView | ReportView | StackView | DiscView
    ):
        viewer.bind(shortcuts)
