"""Which week the doctor's schedule opens on."""

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from tests.factories import NOW, make_entry
from tests.fakes import FakeRequestService, FakeScheduleService
from tests.ui.waiting import until
from workstation.core.server_clock import ServerClock
from workstation.ui.screens.slot.week_model import WeekModel
from workstation.ui.wording import Wording

SATURDAY = NOW + timedelta(days=1)


@pytest.mark.parametrize(
    ("hours_ahead", "monday"), [(None, date(2026, 11, 23)), (2, date(2026, 11, 16))]
)
async def test_a_weekend_opens_on_the_week_ahead_where_nothing_is_left_of_this_one(
    qapp: QApplication, hours_ahead: int | None, monday: date
) -> None:
    requests = FakeRequestService()
    held = [] if hours_ahead is None else [make_entry(SATURDAY + timedelta(hours=hours_ahead))]
    wording = Wording(ServerClock(lambda: SATURDAY))
    model = WeekModel(FakeScheduleService(requests, held), requests, wording)
    model.open()
    await until(lambda: model.is_read)
    assert model.days[0] == monday
    await model.close()
