"""Decisions that were begun and not ordered, kept on this computer until they are."""

from collections.abc import Iterable

from backend_client.models.requests import RequestRow
from workstation.core.kept_panel import ENDED, KeptPanel
from workstation.core.triage_order import HeldOrder, TriageOrder
from workstation.services.kept_for_requests import KeptForRequests


class KeptPanels(KeptForRequests[KeptPanel]):
    """The panels of one account, the last of each request; without a store, in memory alone."""

    kind = "panel"

    async def load(self, waiting: Iterable[HeldOrder] = ()) -> None:
        """Takes up what an earlier run has left; of `waiting` orders the panels are done with."""
        await self.take_up()
        for held in waiting:
            self.hear_given(held.order)

    def hear(self, row: RequestRow) -> None:
        """Of a request that has ended nothing is kept."""
        if row.status in ENDED:
            self.forget(row.id)

    def hear_given(self, order: TriageOrder) -> None:
        """The order was given, also where its screen is gone."""
        kept = self.of(order.request_id)
        if kept is not None and kept.action is order.action:
            self.forget(order.request_id)
