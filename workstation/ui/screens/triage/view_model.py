"""Decisions on the request that is looked at without their widgets: one panel at a time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from backend_client.errors import BackendError, Conflict
from backend_client.models.request_actions import MarkItem
from backend_client.models.requests import Action, RequestCard, RequestRow
from workstation.core.errors import StoreError
from workstation.core.triage_order import TriageOrder
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.triage.aside import PanelsAside
from workstation.ui.screens.triage.at_once import order_at_once
from workstation.ui.screens.triage.content import Panel, said, with_said
from workstation.ui.screens.triage.differences import Difference, DifferenceWords
from workstation.ui.screens.triage.last_orders import LastOrders
from workstation.ui.screens.triage.panel_words import PanelWords
from workstation.ui.screens.triage.places import Place, Places, Shown
from workstation.ui.screens.triage.possible import why_not
from workstation.ui.screens.triage.words import TriageWords
from workstation.ui.task_scope import TaskScope

if TYPE_CHECKING:
    from workstation.services.kept_panels import KeptPanels
    from workstation.services.triage import TriageService


class TriageViewModel(QObject):
    """Follows what the doctor looks at: the queue's card, or the open case over it.

    What was typed belongs to its request, and waits for it: a panel that was opened on the card
    goes on in the case. While the case's claim is on its way, what is ordered waits for it.
    """

    panel_opened = Signal()
    """A panel asks for something: it gets the focus."""
    panel_changed = Signal()
    """Another panel stands there, or none, or its own content is another one."""
    possible_changed = Signal()
    """What can be done with the request, or what is held about it."""
    failed = Signal(UserMessage)
    """What was asked for without a panel could not be done."""
    advised = Signal(UserMessage)
    """Something was ordered that leaves the doctor something to do."""

    def __init__(
        self,
        triage: "TriageService",
        kept: "KeptPanels",
        words: RequestWords,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.row: RequestRow | None = None
        self.card: RequestCard | None = None
        """What stands behind the row, where it was read."""
        self.panel: Panel | None = None
        self.words = TriageWords(words)
        self._panels, self._differences = PanelWords(self.words), DifferenceWords(words)
        self.last = LastOrders(triage, self.words, self._differences, self)
        self.last.busy_changed.connect(self._tell_all)
        self.last.failed.connect(self.failed)
        self._triage = triage
        self._is_ordering = False
        self._places = Places()
        self._later: Callable[[], None] | None = None
        """What was asked for before the claim was answered."""
        self._later_is_sent = False
        """Whether that is what the panel says: another panel or word makes an end of it."""
        self._aside = PanelsAside(kept, self._panels, words.time)
        self._deaf: Callable[[], None] | None = None
        self._tasks = TaskScope(on_error=lambda error: self.failed.emit(user_message(error)))

    @property
    def is_busy(self) -> bool:
        """Whether an order is being given or taken back at this moment."""
        return self._is_ordering or self.last.is_busy

    @property
    def waits_for_claim(self) -> bool:
        """Whether something was asked for that the claim's answer will begin."""
        return self._later is not None

    def start(self) -> None:
        """Listens to the service."""
        self._deaf = self._triage.changed.subscribe(lambda _: self.possible_changed.emit())
        self.last.start()

    async def close(self) -> None:
        """Ends what runs and listens to nothing any more; an order that was begun is given."""
        if self._deaf is not None:
            self._deaf()
        await self.last.close()
        await self._tasks.close()

    @property
    def place(self) -> Place:
        """Where the doctor decides now."""
        return self._places.place

    def panel_in(self, place: Place) -> Panel | None:
        """The panel that stands in that place."""
        return self.panel if place is self.place else None

    def show_row(
        self,
        row: RequestRow | None,
        card: RequestCard | None = None,
        *,
        place: Place = Place.CARD,
        is_awaited: bool = False,
    ) -> None:
        """What that place shows: another request puts the panel aside, its newer state is compared.

        `is_awaited`: whether it is shown before its claim is answered.
        """
        was = self.place
        self._places.show(place, Shown(row, card, is_awaited))
        self._look_again(was)

    def leave(self, place: Place) -> None:
        """Nothing is shown there any more: the doctor looks at what stands behind it."""
        was = self.place
        self._places.leave(place)
        self._look_again(was)

    def why_not(self, action: Action) -> str:
        """Why it is not possible now, in words; "": it is."""
        row = self.row
        held = None if row is None else self._triage.held_for(row.id)
        waits = None if held is None else held.order.action
        return self.words.why(why_not(action, row, waits=waits), row)

    def can(self, action: Action) -> bool:
        """Whether a key or button may begin it: while a panel is open only a threat to life."""
        is_free = self.panel is None or action is Action.MARK_LIFE_THREAT
        return is_free and not self.is_busy and not self.why_not(action)

    def held_words(self) -> str:
        """What was ordered about this request and is not done yet; "": nothing."""
        held = None if self.row is None else self._triage.held_for(self.row.id)
        if held is None:
            return ""
        return self.words.will_be(held.order, self.last.recent.seconds(held))

    def tell(self, message: UserMessage) -> None:
        """Says what is not possible where the doctor looks: in the panel that stands there."""
        panel = None if self.place is Place.SCREEN else self.panel
        if panel is None:
            self.failed.emit(message)
        else:
            panel.problem = message
            self.panel_changed.emit()

    def begin(self, action: Action, item: str = "") -> None:
        """Opens the panel of that decision, or does at once what needs none."""
        row = self.row
        if row is None or not self.can(action):
            return
        at_once = order_at_once(action, row, item)
        if at_once is not None:
            again = partial(self._begin_claimed, action, item)
            self._once_claimed(again, lambda: self._start(at_once, row), is_sent=False)
        elif self.panel is None or self.panel.content.action is not action:
            self._put_aside()
            self._set_panel(self._new_panel(action, row, item))
            self.panel_opened.emit()

    def choose(self, number: int) -> None:
        """Ticks the panel's line of that number, from 1, or takes its tick away."""
        panel = self.panel
        if panel is None or self.is_busy or not self.can_choose(number):
            return
        panel.choose(panel.content.options[number - 1].code)
        if not panel.is_edited:
            panel.words = self._panels.text(panel)
        self._touched(panel)

    def choose_moment(self, moment: datetime) -> None:
        """The doctor has chosen another time, aware."""
        panel = self.panel
        if panel is not None and not self.is_busy and moment != panel.until:
            panel.moment = moment
            self._touched(panel)

    def can_choose(self, number: int) -> bool:
        """Whether the panel has a line of that number."""
        return self.panel is not None and 1 <= number <= len(self.panel.content.options)

    def write(self, words: str) -> None:
        """The doctor has changed the words."""
        panel = self.panel
        if panel is not None and words != panel.words:
            panel.words, panel.is_edited = words, True
            self._touched(panel)

    def can_send(self) -> bool:
        """Whether the panel can be carried out."""
        is_whole = self.panel is not None and self.panel.can_be_sent
        return is_whole and not self.is_busy and not self.waits_for_claim

    def send(self) -> None:
        """Orders what the panel says; before the claim is answered, with the answer."""
        panel = self.panel
        if panel is not None and self.can_send():
            later = partial(self._send_as_seen, panel, panel.differences)
            self._once_claimed(later, lambda: self._send(panel), is_sent=True)

    def cancel(self) -> None:
        """Closes the panel and keeps nothing of it."""
        if self.panel is not None and not self.is_busy:
            self._aside.forget(self.panel)
            self._take_up(self.row)

    def _look_again(self, was: Place) -> None:
        """After what is shown has changed, or where the doctor looks."""
        shown = self._places.now
        self.card = shown.card
        is_elsewhere = self.place is not was
        if is_elsewhere:
            self._later = None  # of a case that was left nothing is ordered unseen
        self._follow(shown.row)
        if is_elsewhere:
            self._tell_all()
        later = self._later
        if later is not None and not shown.is_awaited:
            self._wait_with(None)
            later()

    def _follow(self, row: RequestRow | None) -> None:
        before, self.row = self.row, row
        if row is before:
            return
        self.last.shown = row
        if row is not None and before is not None and row.id == before.id:
            self._show_changes(row)
        else:
            self._later = None
            self._put_aside()
            self._take_up(row)
        self.possible_changed.emit()

    def _once_claimed(
        self, later: Callable[[], None], now: Callable[[], None], *, is_sent: bool
    ) -> None:
        """Does it now, or `later` with the answer of the claim that is on its way."""
        if self._places.now.is_awaited:
            self._later_is_sent = is_sent
            self._wait_with(later)
        else:
            now()

    def _begin_claimed(self, action: Action, item: str) -> None:
        reason = self.why_not(action)
        if reason:  # nothing that was asked for ends in silence
            self.tell(UserMessage(reason))
        self.begin(action, item)

    def _send_no_more(self) -> None:
        if self._later_is_sent:
            self._later = None

    def _wait_with(self, later: Callable[[], None] | None) -> None:
        self._later = later
        self.panel_changed.emit()

    def _send_as_seen(self, panel: Panel, seen: tuple[Difference, ...]) -> None:
        """Not upon what has changed meanwhile: that the doctor has to see before."""
        if panel is self.panel and panel.differences == seen:
            self.send()

    def _send(self, panel: Panel) -> None:
        order = TriageOrder(panel.row.id, panel.content.action, said(panel))
        self._start(order, panel.row, panel)

    def _start(self, order: TriageOrder, row: RequestRow, panel: Panel | None = None) -> None:
        self._set_ordering(True)
        self._tasks.start(self._order(order, row, panel), name="triage.order")

    async def _order(self, order: TriageOrder, row: RequestRow, panel: Panel | None) -> None:
        try:
            await self.last.give(order, row)
        except (BackendError, StoreError) as error:
            self._is_ordering = False
            self._not_given(row, panel, error)
            return
        finally:
            self._set_ordering(False)
        advice = self.words.advice(order)
        if advice:
            self.advised.emit(UserMessage(advice))
        if panel is None:
            return
        self._aside.forget(panel)
        if self.panel is panel:
            self._take_up(self.row)
        if panel.refused_key:
            await self.last.refused.settle(panel.refused_key)

    def _new_panel(self, action: Action, row: RequestRow, item: str) -> Panel:
        """The panel; with the words of such an order about this request that was refused."""
        panel = self._panels.panel(action, row, item, self._card_of(row))
        refused = self.last.refused.about(row.id, action)
        given = None if refused is None else refused.order.order.said
        if refused is None or given is None or (isinstance(given, MarkItem) and given.item != item):
            return panel
        with_said(panel, given)
        panel.differences, panel.refused_key = self.last.changed_since(refused), refused.order.key
        return panel

    def _card_of(self, row: RequestRow) -> RequestCard | None:
        return self.card if self.card is not None and self.card.row.id == row.id else None

    def _touched(self, panel: Panel) -> None:
        """What is in it outlives the program from now on, until it is ordered or closed."""
        panel.is_touched = True
        self._send_no_more()
        self._aside.keep(panel)
        self.panel_changed.emit()

    def _set_panel(self, panel: Panel | None) -> None:
        if panel is not self.panel:
            self.panel = panel
            self._send_no_more()
            self._tell_all()

    def _put_aside(self) -> None:
        """What was typed waits for its request to be shown again."""
        panel = self.panel
        if panel is not None and panel.is_touched:
            self._aside.put(panel)

    def _take_up(self, row: RequestRow | None) -> None:
        """Shows what was put aside of this request, or no panel."""
        self._set_panel(None if row is None else self._aside.take(row, self._card_of(row)))
        if row is not None:
            self._show_changes(row)

    def _show_changes(self, row: RequestRow) -> None:
        """Somebody has changed the request under its panel: what, before and after."""
        panel = self.panel
        if panel is None or self.is_busy or row.age <= panel.row.age:
            return
        self._stand_upon(panel, row)
        self.panel_changed.emit()

    def _stand_upon(self, panel: Panel, row: RequestRow) -> None:
        panel.differences = self._differences.between(panel.seen_first, row)
        panel.row = row

    def _not_given(self, row: RequestRow, panel: Panel | None, error: Exception) -> None:
        """Nothing was ordered: said in the panel, which keeps its words wherever the doctor is."""
        message = user_message(error)
        if panel is not None:
            panel.problem, panel.is_touched = message, True
            present = error.present_as(RequestCard) if isinstance(error, Conflict) else None
            if present is not None:
                self._stand_upon(panel, present.row)
            self._aside.keep(panel)
        if panel is None or panel is not self.panel:
            self._say_elsewhere(row, panel, message)
        elif self.row is not None:
            self._show_changes(self.row)  # those that came while it was being ordered

    def _say_elsewhere(self, row: RequestRow, panel: Panel | None, message: UserMessage) -> None:
        """The doctor has gone on meanwhile, or there was no panel: whose it is stands before it."""
        if panel is not None:
            self._aside.put(panel)
        if self.row is not None and self.row.id == row.id:
            self.tell(message)
        else:
            self.failed.emit(replace(message, title=f"{self.words.who(row)}: {message.title}"))

    def _set_ordering(self, ordering: bool) -> None:
        self._is_ordering = ordering
        self._tell_all()

    def _tell_all(self) -> None:
        self.panel_changed.emit()
        self.possible_changed.emit()
