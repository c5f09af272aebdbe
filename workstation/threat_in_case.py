"""A threat to life, by its key, on the screens of an open case that decide nothing else; and on
every screen what is left to the doctor then."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from backend_client.models.requests import Action, RequestRow
from workstation.case_road import CaseRoad
from workstation.ui.error_text import UserMessage
from workstation.ui.main_window import MainWindow
from workstation.ui.screens.triage.decisions import Decisions
from workstation.ui.screens.triage.keys import ACTION_KEYS
from workstation.ui.screens.triage.places import Place
from workstation.ui.screens.triage.view_model import TriageViewModel
from workstation.ui.shortcuts import ShortcutRouter

THREAT = Action.MARK_LIFE_THREAT


class ShowsRow(Protocol):
    """The model of such a screen."""

    row: RequestRow | None
    """Of the open case; None: not read yet."""

    @property
    def changed(self) -> SignalInstance:
        """What it shows is another one."""


class ThreatInCase:
    """While such a screen is seen, the decision is about its case, come to by whatever road.

    What was ordered is taken back by the line of `OrdersElsewhere`.
    """

    def __init__(
        self,
        triage: TriageViewModel,
        window: MainWindow,
        road: CaseRoad,
        shortcuts: ShortcutRouter,
    ) -> None:
        self._triage, self._window, self._road = triage, window, road
        self._shortcuts = shortcuts
        self._decisions = Decisions(triage)
        self._rows: dict[str, Callable[[], RequestRow | None]] = {}
        road.moved.connect(self._look_again)
        triage.failed.connect(self._say)
        triage.advised.connect(self._advise)

    def add(self, name: str, view: QWidget, model: ShowsRow) -> None:
        """That screen of the road has the key as well."""
        self._rows[name] = lambda: model.row
        model.changed.connect(self._look_again)
        one = self._decisions
        self._shortcuts.bind(
            view,
            ACTION_KEYS[THREAT],
            lambda: one.begin(THREAT),
            lambda: one.can(THREAT),
            lambda: one.explain(THREAT),
        )

    def _look_again(self) -> None:
        row_of = self._rows.get(self._road.seen)
        if row_of is not None:
            self._triage.show_row(row_of() or self._known(), place=Place.SCREEN)
        elif self._triage.place is Place.SCREEN:
            self._triage.leave(Place.SCREEN)

    def _known(self) -> RequestRow | None:
        """Before the screen has read its case: what the doctor has come from, if it is the same."""
        row = self._triage.row
        return row if row is not None and row.id == self._road.case else None

    def _advise(self, advice: UserMessage) -> None:
        self._window.notify(advice.title, "warning-octagon")

    def _say(self, problem: UserMessage) -> None:
        if self._triage.place is Place.SCREEN:
            self._window.notify(problem.whole, "warning")
