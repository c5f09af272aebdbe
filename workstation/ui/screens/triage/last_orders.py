"""What was ordered lately: what can be taken back, what was refused and can be ordered again."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from backend_client.errors import BackendError
from backend_client.models.common import RequestId
from backend_client.models.requests import RequestRow
from workstation.core.triage_order import HeldOrder, TriageOrder
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.screens.triage.content import upon, words_of
from workstation.ui.screens.triage.differences import Difference, DifferenceWords
from workstation.ui.screens.triage.recent import RecentOrders
from workstation.ui.screens.triage.refused import RefusedOrders
from workstation.ui.screens.triage.words import TriageWords
from workstation.ui.task_scope import TaskScope

if TYPE_CHECKING:
    from workstation.services.kept_orders import RefusedOrder
    from workstation.services.triage import TriageService


@dataclass(frozen=True, slots=True)
class UndoWords:
    """What can be taken back: the newest order, whose, for how long, and how many others."""

    what: str
    who: str
    seconds: int
    others: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """An order that was not carried out: what and whose, why, what has changed, what was said."""

    what: str
    who: str
    message: UserMessage
    differences: tuple[Difference, ...]
    words: str
    others: int


class LastOrders(QObject):
    """Gives orders, remembers upon which state, and takes them back."""

    busy_changed = Signal()
    failed = Signal(UserMessage)

    def __init__(
        self,
        triage: "TriageService",
        words: TriageWords,
        differences: DifferenceWords,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.shown: RequestRow | None = None
        """The request that the doctor looks at."""
        self.is_busy = False
        self.recent = RecentOrders(triage, self)
        self.refused = RefusedOrders(triage, self)
        self._triage = triage
        self._words, self._differences = words, differences
        self._seen: dict[RequestId, RequestRow] = {}
        """Rows upon which something was ordered."""
        self._tasks = TaskScope(on_error=lambda error: self.failed.emit(user_message(error)))

    def start(self) -> None:
        """Listens to the service, and takes up what an earlier run has left."""
        self.recent.start()
        self.refused.start()
        self._tasks.start(self.refused.read(), name="triage.refused")

    async def close(self) -> None:
        """Ends what runs and listens to nothing any more."""
        self.recent.stop()
        self.refused.stop()
        await self._tasks.close()

    async def give(self, order: TriageOrder, row: RequestRow) -> None:
        """Orders it upon that row. Raises as `TriageService.order`."""
        self._seen[row.id] = row
        self.recent.remember(await self._triage.order(order, row))

    def undo_words(self) -> UndoWords | None:
        """What can be taken back now; None: nothing."""
        fresh = self.recent.fresh()
        if not fresh:
            return None
        newest = fresh[-1]
        what, seconds = self._words.ordered(newest), self.recent.seconds(newest)
        return UndoWords(what, self._who(newest), seconds, len(fresh) - 1)

    def can_undo(self) -> bool:
        """Whether there is anything to be taken back."""
        return not self.is_busy and bool(self.recent.fresh())

    def undo(self) -> None:
        """Takes back the newest order."""
        if self.can_undo():
            self._set_busy(True)
            self._tasks.start(self._undo(), name="triage.undo")

    def refusal(self) -> Refusal | None:
        """The newest order that was not carried out; None: there is none."""
        refused = self.refused.newest()
        if refused is None:
            return None
        order = refused.order.order
        return Refusal(
            self._words.name(order.action),
            self._who(refused.order),
            user_message(refused.error),
            self.changed_since(refused),
            words_of(order.said),
            self.refused.others(),
        )

    def has_refusal(self) -> bool:
        """Whether something was refused and is still to be decided upon."""
        return not self.is_busy and self.refused.newest() is not None

    def order_again(self) -> None:
        """The same order with the same words, upon the present state."""
        refused = self.refused.newest()
        if refused is None or self.is_busy:
            return
        row = self._present_row(refused)
        if row is None:  # of an earlier run: nothing is ordered upon what nobody has seen
            self.failed.emit(UserMessage(self._words.show_it_first()))
            return
        self._set_busy(True)
        self._tasks.start(self._order_again(refused, row), name="triage.again")

    def drop_refusal(self) -> None:
        """Forgets the refused order and its words."""
        refused = self.refused.newest()
        if refused is not None and not self.is_busy:
            self._tasks.start(self.refused.settle(refused.order.key), name="triage.forget")

    def changed_since(self, refused: "RefusedOrder") -> tuple[Difference, ...]:
        """Between what the doctor saw and what the server had when it refused."""
        seen, present = self._seen.get(refused.order.order.request_id), refused.present
        if seen is None or present is None:
            return ()
        return self._differences.between(seen, present.row)

    async def _order_again(self, refused: "RefusedOrder", row: RequestRow) -> None:
        order, key = refused.order.order, refused.order.key
        try:
            await self.give(replace(order, said=upon(order.said, row)), row)
        except BackendError as error:
            self.refused.refuse_again(key, error)
            return
        finally:
            self._set_busy(False)
        await self.refused.settle(key)

    async def _undo(self) -> None:
        try:
            undone = await self._triage.undo()
        finally:
            self._set_busy(False)
        if undone is not None:
            self.recent.forget(undone.key)

    def _present_row(self, refused: "RefusedOrder") -> RequestRow | None:
        """The newest state that is at hand."""
        request_id, present = refused.order.order.request_id, refused.present
        there = present.row if present is not None else None
        found = (self._seen.get(request_id), there, self._shown(request_id))
        return max((row for row in found if row is not None), key=_age, default=None)

    def _who(self, held: HeldOrder) -> str:
        request_id = held.order.request_id
        row = self._seen.get(request_id) or self._shown(request_id)
        return self._words.who(row) if row is not None else self._words.number(held.number)

    def _shown(self, request_id: RequestId) -> RequestRow | None:
        return self.shown if self.shown is not None and self.shown.id == request_id else None

    def _set_busy(self, busy: bool) -> None:
        self.is_busy = busy
        self.busy_changed.emit()


def _age(row: RequestRow) -> tuple[int, int]:
    return row.age
