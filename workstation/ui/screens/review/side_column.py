"""The column at the right of the pictures: what the files say, or the decision on their request."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from backend_client.models.requests import Action
from workstation.ui.error_text import UserMessage
from workstation.ui.more_commands import Offer
from workstation.ui.screens.request_card.digit_menu import DigitMenu
from workstation.ui.screens.review.facts_panel import FactsPanel
from workstation.ui.screens.review.measurements_panel import MeasurementsPanel
from workstation.ui.screens.triage.decisions import Decisions
from workstation.ui.screens.triage.keys import ACTION_KEYS
from workstation.ui.screens.triage.more_menu import MoreMenu
from workstation.ui.screens.triage.panel import TriagePanel
from workstation.ui.screens.triage.places import Place
from workstation.ui.screens.triage.view_model import TriageViewModel
from workstation.ui.shortcuts import ShortcutRouter, key_label, room_name
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import SignLabel, TextBlock

DIRECT = Action.MARK_LIFE_THREAT
"""Has its own key here; the letters of the others are the viewers', and act in the menu."""


class SideColumn(QFrame):
    """Facts of the files; while a decision on the case is open, its panel in their place."""

    changed = Signal()
    """Whether a decision is open, or what there is to be said about one."""

    def __init__(
        self,
        triage: TriageViewModel,
        theme: Theme,
        shortcuts: ShortcutRouter,
        *,
        home: Callable[[], QWidget],
        above: QWidget,
    ) -> None:
        """`home`: where the focus goes behind a decision; `above`: what no menu may cover."""
        super().__init__()
        self.setProperty("surface", "panel")
        self.triage, self._above = triage, above
        self.measurements = MeasurementsPanel(theme, "review.put")
        self.facts = FactsPanel(theme)
        self.panel = TriagePanel(triage, theme, shortcuts, Place.CASE, home=home)
        self.decisions = Decisions(triage, ask_item=self._ask_item)
        self.held = SignLabel(theme, role="small", color="viewer.warn")
        self.held.setObjectName("review.held")
        self.problem = TextBlock(theme, role="small", color="danger.text", max_lines=4)
        self.problem.setObjectName("review.problem")
        self._notes = QFrame()
        self._notes.setProperty("surface", "viewerPanel")
        self._lay_out()
        triage.panel_changed.connect(self._show)
        triage.panel_opened.connect(self.forget_problem)
        triage.possible_changed.connect(self._show_notes)
        triage.last.recent.changed.connect(self._show_notes)
        triage.failed.connect(self._say_problem)
        self._show()

    @property
    def is_deciding(self) -> bool:
        """Whether a decision on the case is open."""
        return self.triage.panel_in(Place.CASE) is not None

    @property
    def has_notes(self) -> bool:
        """Whether something is said about a decision."""
        return not self._notes.isHidden()

    def bind(self, widget: QWidget, shortcuts: ShortcutRouter) -> None:
        """The keys that decide from the viewers, while the widget is there to be used."""
        act, can = partial(self.decisions.begin, DIRECT), partial(self.decisions.can, DIRECT)
        explain = partial(self.decisions.explain, DIRECT)
        shortcuts.bind(widget, ACTION_KEYS[DIRECT], act, can, explain)
        shortcuts.bind(widget, "case.decide", self.open_menu, lambda: self.triage.row is not None)

    def add_at_foot(self, widget: QWidget) -> None:
        """Puts something under all that is said here."""
        self._column.addWidget(widget)

    def forget_problem(self) -> None:
        """Another case, or none, or another decision."""
        self.problem.set_text("")
        self._show_notes()

    def owns_focus(self) -> bool:
        """Whether the keys are the decision's: the viewers get none of them."""
        return self.panel.has_focus_within()

    def open_menu(self) -> None:
        """All decisions, with their keys; while one is open the focus goes there."""
        if self.is_deciding:
            self.panel.take_focus()
            return
        menu = MoreMenu(self.decisions, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._open(menu)

    def offers(self) -> Sequence[Offer]:
        """Every decision that is possible now, for the palette."""
        return [
            Offer(
                key,
                self.decisions.name(action),
                room_name("triage"),
                partial(self.decisions.begin, action),
                f"{key_label('case.decide')} {key_label(key)}",
            )
            for action, key in ACTION_KEYS.items()
            if action is not DIRECT and self.decisions.can(action)
        ]

    def _ask_item(self) -> None:
        row, state = self.triage.row, self.triage.words.requests.item_state
        lines = [
            (f"{item.title}: {state(item)}", partial(self.decisions.begin_item, item.code))
            for item in (row.checklist if row is not None else ())
        ]
        self._open(DigitMenu("review.items", lines, self))

    def _open(self, menu: QMenu) -> None:
        """Over the facts, at the right edge: the pictures stay as free as they can."""
        right = self._above.width() - menu.sizeHint().width()
        menu.popup(self._above.mapToGlobal(QPoint(right, self._above.height())))

    def _lay_out(self) -> None:
        notes = QVBoxLayout(self._notes)
        notes.setContentsMargins(12, 8, 12, 8)
        notes.setSpacing(6)
        notes.addWidget(self.held)
        notes.addWidget(self.problem)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._notes)
        column.addWidget(self.measurements)
        column.addWidget(self.facts, 1)
        column.addWidget(self.panel)
        column.addStretch()

    def _show(self) -> None:
        self.facts.setVisible(not self.is_deciding)
        self.measurements.allow(is_allowed=not self.is_deciding)
        self._show_notes()

    def _show_notes(self) -> None:
        is_here = self.triage.place is Place.CASE and not self.is_deciding
        held = self.triage.held_words() if is_here else ""
        self.held.setVisible(bool(held))
        self.held.show_sign(held, "hourglass", "viewer.warn")
        self.problem.setVisible(is_here and bool(self.problem.text()))
        self._notes.setVisible(bool(held) or (is_here and bool(self.problem.text())))
        self.changed.emit()

    def _say_problem(self, problem: UserMessage) -> None:
        if self.triage.place is Place.CASE:
            self.problem.set_text(problem.whole)
            self._show_notes()
