"""The stand-ins stand in for everything: no public word of a service is left to the real one."""

import pytest

from backend_client.models.requests import QueueGroup
from tests.factories import make_row
from tests.fakes import (
    FakeAccountService,
    FakeRequestService,
    FakeScheduleService,
    FakeStudyService,
    FakeSyncService,
)

ON_THE_ROAD_IN = {"hear", "hear_event", "missed_something", "keep_up", "save_heard"}
AHEAD = {
    *("fetch_ahead", "hear_document", "hear_documents", "is_opening", "open_ahead", "keep_ahead"),
    *("drop_ahead", "stop_ahead", "close"),
}
"""Both between services only: no screen calls them."""


@pytest.mark.parametrize(
    "fake",
    [
        FakeAccountService,
        FakeRequestService,
        FakeScheduleService,
        FakeStudyService,
        FakeSyncService,
    ],
)
def test_a_fake_overrides_every_public_word_of_its_service(fake: type) -> None:
    (real,) = fake.__bases__
    public = {name for name in vars(real) if not name.startswith("_")}
    inherited = public - set(vars(fake)) - ON_THE_ROAD_IN - AHEAD
    assert inherited <= {"account"}  # a plain property of what sign-in sets


async def test_a_fake_queue_pages_claims_and_tells() -> None:
    rows = [make_row() for _ in range(5)]
    service = FakeRequestService(rows, page_size=3)
    first = await service.page(QueueGroup.ALL)
    second = await service.page(QueueGroup.ALL, cursor=first.next_cursor)
    assert first.rows + second.rows == rows
    heard: list[str] = []
    service.changed.subscribe(lambda row: heard.append(row.status.value))
    await service.claim(rows[0].id)
    assert heard == ["claimed"]
    assert (await service.counts()).counts[QueueGroup.MINE] == 1
