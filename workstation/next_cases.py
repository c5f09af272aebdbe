"""Which cases come next: the chosen one, the one that is advised, and those behind it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from backend_client.models.common import RequestId
from backend_client.models.requests import RequestRow
from workstation.ui.screens.request_card.opening import Opening, verdict

if TYPE_CHECKING:
    from workstation.ui.screens.queue.view_model import QueueViewModel

MOST = 8
"""Cases named, more than are fetched: who fetches knows its limits."""
LOOKED_AT = 60
"""Rows that are looked through for them."""
SETTLED_MS = 150
"""While the doctor runs through the list nothing is begun."""


class NextCases(QObject):
    """Tells them to who fetches ahead, with the case that is on the screen, which `open_case`
    says. Follows the queue from `start` on."""

    def __init__(
        self,
        queue: "QueueViewModel",
        open_case: Callable[[], RequestId | None],
        show_next: Callable[[Sequence[RequestId], RequestId | None], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._queue, self._open_case, self._show_next = queue, open_case, show_next
        self._shown: tuple[list[RequestId], RequestId | None] = [], None
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLED_MS)
        self._settling.timeout.connect(self._look)

    def start(self) -> None:
        """Tells what comes next now, and whenever that changes."""
        rows = self._queue.rows
        self._queue.chosen_changed.connect(self.stir)
        self._queue.advised.connect(self.stir)
        rows.filled.connect(self.stir)
        for changed in (rows.dataChanged, rows.rowsInserted, rows.rowsRemoved, rows.rowsMoved):
            changed.connect(self.stir)
        self.stir()

    def stir(self) -> None:
        """Something is other than it was."""
        self._settling.start()

    def close(self) -> None:
        """Tells nothing any more."""
        self._settling.stop()
        self._settling.timeout.disconnect(self._look)

    def _look(self) -> None:
        found = self._next(), self._open_case()
        if found != self._shown:
            self._shown = found
            self._show_next(*found)

    def _next(self) -> list[RequestId]:
        """The chosen case comes before the advised one, unless it is open already."""
        listed, advice = self._listed(), self._queue.advice
        if advice is None or advice.row is None or advice.row.id == self._open_case():
            return listed
        chosen = self._queue.chosen
        place = 1 if chosen is not None and listed[:1] == [chosen.id] else 0
        listed.insert(place, advice.row.id)
        return list(dict.fromkeys(listed))[:MOST]

    def _listed(self) -> list[RequestId]:
        """The chosen case and those behind it, as far as they may be opened."""
        rows, chosen = self._queue.rows, self._queue.chosen
        first = (rows.row_of(chosen.id) if chosen is not None else 0) or 0
        found: list[RequestId] = []
        for place in range(first, min(rows.rowCount(), first + LOOKED_AT)):
            row = rows.record(place)
            if row is None or row.id == self._open_case() or _is_refused(row):
                continue
            found.append(row.id)
            if len(found) == MOST:
                break
        return found


def _is_refused(row: RequestRow) -> bool:
    return verdict(row).opening is Opening.REFUSED
