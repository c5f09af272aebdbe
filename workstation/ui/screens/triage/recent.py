"""Orders of the last moments that can still be taken back, counted by the server's clock."""

from collections.abc import Callable
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from workstation.core.triage_order import HELD_S, HeldOrder

if TYPE_CHECKING:
    from workstation.services.triage import TriageService

TICK_MS = 250
"""Seconds are shown: four looks at the clock in each miss none."""


class RecentOrders(QObject):
    """The newest comes last. Beats while there is something to count, then rests."""

    changed = Signal()
    """What can be taken back, or for how long."""

    def __init__(self, triage: "TriageService", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._triage = triage
        self._orders: list[HeldOrder] = []
        self._deaf: Callable[[], None] | None = None
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._count)

    def start(self) -> None:
        """Listens to the service."""
        self._deaf = self._triage.changed.subscribe(lambda _: self._take_waiting())
        self._take_waiting()

    def stop(self) -> None:
        """Listens and counts no more."""
        if self._deaf is not None:
            self._deaf()
        self._tick.stop()

    def fresh(self) -> list[HeldOrder]:
        """Those that can be taken back now."""
        return [one for one in self._orders if self.seconds(one) > 0]

    def seconds(self, held: HeldOrder) -> int:
        """Whole seconds that are left for it, 0 to 10."""
        return min(ceil(self._triage.seconds_left(held)), ceil(HELD_S))

    def remember(self, held: HeldOrder) -> None:
        """What has just been ordered."""
        if held.key not in {one.key for one in self._orders}:
            self._orders.append(held)
        self._count()

    def forget(self, key: str) -> None:
        """What has been taken back."""
        self._orders = [one for one in self._orders if one.key != key]
        self._count()

    def _take_waiting(self) -> None:
        waiting = {one.key: one for one in self._triage.waiting}
        kept = [one for one in self._orders if one.carried_out_at is None or one.key in waiting]
        known = {one.key for one in kept}
        self._orders = [*kept, *(one for key, one in waiting.items() if key not in known)]
        self._count()

    def _count(self) -> None:
        self._orders = self.fresh()
        if self._orders:
            if not self._tick.isActive():
                self._tick.start()
        else:
            self._tick.stop()
        self.changed.emit()
