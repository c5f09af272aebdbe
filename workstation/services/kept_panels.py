"""Decisions that were begun and not ordered, kept on this computer until they are.

It never stands in the way: where the disk fails, writing goes on and the log says so.
"""

import asyncio
import logging
from collections.abc import Iterable
from typing import Protocol

from backend_client.models.common import RequestId
from backend_client.models.requests import RequestRow
from workstation.core.errors import StoreError
from workstation.core.kept_panel import ENDED, KeptPanel
from workstation.core.triage_order import HeldOrder, TriageOrder
from workstation.services.background import Alarm, BackgroundTasks
from workstation.services.delays import Sleep

logger = logging.getLogger(__name__)

WRITTEN_AFTER_S = 0.5
"""From the first key that is not on the disk yet."""


class PanelStore(Protocol):
    """The encrypted place of the panels. All raise StoreError."""

    async def keep(self, panel: KeptPanel) -> None:
        """Writes the panel down."""

    async def all(self) -> tuple[KeptPanel, ...]:
        """Every kept panel."""

    async def remove(self, request_id: RequestId) -> None:
        """Forgets the panel."""


class KeptPanels:
    """The panels of one account, the last of each request; without a store, in memory alone."""

    def __init__(self, store: PanelStore | None, sleep: Sleep = asyncio.sleep) -> None:
        self._store = store
        self._panels: dict[RequestId, KeptPanel] = {}
        self._unwritten: set[RequestId] = set()
        """Of these the disk does not have the last state: another one, or that there is none."""
        self._tasks = BackgroundTasks()
        self._alarm = Alarm(sleep, self._tasks, "panels.wait")
        self._one_by_one = asyncio.Lock()

    async def load(self, waiting: Iterable[HeldOrder] = ()) -> None:
        """Takes up what an earlier run has left; of `waiting` orders the panels are done with."""
        if self._store is None:
            return
        try:
            kept = await self._store.all()
        except StoreError as error:
            logger.warning("kept panels: %s", type(error).__name__)
            return
        self._panels = {one.request_id: one for one in kept}
        for held in waiting:
            self.hear_given(held.order)

    def of(self, request_id: RequestId) -> KeptPanel | None:
        """What was begun about this request."""
        return self._panels.get(request_id)

    def keep(self, panel: KeptPanel) -> None:
        """In place of what was kept about its request; on the disk within a second."""
        self._panels[panel.request_id] = panel
        if self._store is None:
            return
        self._unwritten.add(panel.request_id)
        if not self._alarm.is_set:
            self._alarm.set(WRITTEN_AFTER_S, self._start_writing)

    def forget(self, request_id: RequestId) -> None:
        """It is ordered, or not wanted any more."""
        if self._panels.pop(request_id, None) is not None and self._store is not None:
            self._unwritten.add(request_id)
            self._start_writing()

    def hear(self, row: RequestRow) -> None:
        """Of a request that has ended nothing is kept."""
        if row.status in ENDED:
            self.forget(row.id)

    def hear_given(self, order: TriageOrder) -> None:
        """The order was given, also where its screen is gone."""
        kept = self._panels.get(order.request_id)
        if kept is not None and kept.action is order.action:
            self.forget(order.request_id)

    async def finish(self) -> None:
        """Writes what is not on the disk yet; then nothing runs any more."""
        self._alarm.call_off()
        await self._write()
        await self._tasks.close()

    def _start_writing(self) -> None:
        self._tasks.start(self._write(), "panels.write")

    async def _write(self) -> None:
        """One after the other, so that the last state is what stays."""
        async with self._one_by_one:
            unwritten, self._unwritten = self._unwritten, set()
            for request_id in unwritten:
                try:
                    await self._write_one(request_id)
                except (StoreError, UnicodeEncodeError) as error:  # the latter: half an emoji
                    self._unwritten.add(request_id)  # again with the next key, or at the end
                    logger.warning("panel of %s: %s", request_id, type(error).__name__)

    async def _write_one(self, request_id: RequestId) -> None:
        panel = self._panels.get(request_id)
        if self._store is None:
            return
        if panel is None:
            await self._store.remove(request_id)
        else:
            await self._store.keep(panel)
