"""Decisions that were begun: over a restart, each request's last."""

from datetime import timedelta

import msgspec

from backend_client.models.common import RequestId
from backend_client.models.requests import Action
from tests.factories import NOW, make_row
from tests.unit.store.opening import Opened
from workstation.core.kept_panel import KeptPanel
from workstation.store.panels import Panels
from workstation.store.tables import panels as table

ROW = make_row()
FIRST = KeptPanel(
    request_id=ROW.id,
    action=Action.ASK_DOCUMENTS,
    changed_at=NOW,
    chosen=("ecg", "ct"),
    words="пришлите ЭКГ",
    is_edited=True,
    seen=ROW,
)
LATER = msgspec.structs.replace(
    FIRST, words="пришлите ЭКГ и КТ", changed_at=NOW + timedelta(seconds=1)
)
OTHER = KeptPanel(
    request_id=RequestId("another-request"),
    action=Action.SNOOZE,
    changed_at=NOW,
    until=NOW + timedelta(hours=2),
    refused_key="key",
)


async def test_last_panel_of_a_request_comes_back_after_a_restart(opened: Opened) -> None:
    async with opened() as database:
        for panel in (FIRST, LATER, OTHER):
            await Panels(database).keep(panel)
    async with opened() as database:
        assert await Panels(database).all() == (OTHER, LATER)


async def test_a_panel_that_is_ordered_is_forgotten(opened: Opened) -> None:
    async with opened() as database:
        for panel in (FIRST, OTHER):
            await Panels(database).keep(panel)
        await Panels(database).remove(FIRST.request_id)
        assert await Panels(database).all() == (OTHER,)


async def test_what_another_version_has_written_hides_no_other_panel(opened: Opened) -> None:
    async with opened() as database:
        values = {"request_id": "old", "changed_at": NOW, "panel": b"not of ours", "seen": None}
        await database.run(lambda connection: connection.execute(table.insert(), values))
        await Panels(database).keep(OTHER)
        assert await Panels(database).all() == (OTHER,)


async def test_words_outlive_a_row_that_this_version_does_not_read(opened: Opened) -> None:
    async with opened() as database:
        await Panels(database).keep(FIRST)
        unreadable = table.update().values(seen=b"{}")
        await database.run(lambda connection: connection.execute(unreadable))
        assert await Panels(database).all() == (msgspec.structs.replace(FIRST, seen=None),)
