"""Texts that the server does not have yet: over a restart, each request's last."""

from datetime import timedelta

from backend_client.models.common import RequestId
from backend_client.models.conclusions import ConclusionForm
from tests.factories import NOW
from tests.unit.store.opening import Opened
from workstation.core.conclusion_draft import KeptDraft
from workstation.store.drafts import Drafts
from workstation.store.tables import drafts as table

ONE, TWO = RequestId("request-1"), RequestId("request-2")
FIRST = KeptDraft(1, ConclusionForm(findings="QTc 413 мс"), NOW)
LATER = KeptDraft(1, ConclusionForm(findings="QTc 431 мс"), NOW + timedelta(seconds=1))


async def test_last_text_of_a_request_comes_back_after_a_restart(opened: Opened) -> None:
    async with opened() as database:
        for draft in (FIRST, LATER):
            await Drafts(database).keep(ONE, draft)
    async with opened() as database:
        assert await Drafts(database).read(ONE) == LATER
        assert await Drafts(database).read(TWO) is None


async def test_saved_text_is_gone_and_a_later_one_stands_on_it(opened: Opened) -> None:
    async with opened() as database:
        drafts = Drafts(database)
        await drafts.keep(ONE, FIRST)
        await drafts.keep(TWO, LATER)
        for request_id in (ONE, TWO):
            await drafts.settle(request_id, 1, FIRST.form, 2)
        assert await drafts.read(ONE) is None
        assert await drafts.read(TWO) == KeptDraft(2, LATER.form, LATER.changed_at)


async def test_text_over_another_version_is_not_touched(opened: Opened) -> None:
    async with opened() as database:
        await Drafts(database).keep(ONE, FIRST)
        await Drafts(database).settle(ONE, 4, FIRST.form, 5)
        assert await Drafts(database).read(ONE) == FIRST
        await Drafts(database).remove(ONE)
        assert await Drafts(database).read(ONE) is None


async def test_text_of_another_version_of_the_program_is_none(opened: Opened) -> None:
    async with opened() as database:
        values = {"request_id": ONE, "version": 1, "changed_at": NOW, "form": b"not of ours"}
        await database.run(lambda connection: connection.execute(table.insert(), values))
        assert await Drafts(database).read(ONE) is None
