"""The averaged beat of a part of a long recording: the way back leads to the very same part."""

import pytest

from backend_client.models.evidence import EcgPlace
from tests.ui.viewers.test_long_ecg import Desk, desk, ecg, opened
from tests.ui.waiting import until
from workstation.studies.long_ecg import LongEcg

__all__ = ["desk", "ecg"]
PLACE = EcgPlace(start_s=0.3, stop_s=0.7, median_beat=True, beats_from_s=1000.0)


async def test_a_place_on_the_beat_of_a_part_brings_that_part(desk: Desk, ecg: LongEcg) -> None:
    await opened(desk, ecg, surveyed=False)
    beat = desk.view.paper.beat
    assert desk.view.show_place(PLACE)
    await until(lambda: not beat.model.is_working)
    assert desk.view.paper.sheet.offset_s == 1000.0
    assert beat.model.is_of(PLACE)
    assert beat.isVisible()
    assert any("the part on paper" in text for text in beat.texts()), "not the whole day's beat"
    assert any("taken evenly among 150" in text for text in beat.texts()), "not all of the part's"
    desk.view.clear()


@pytest.mark.parametrize("from_s", [1e9])
async def test_a_part_that_is_not_there_is_not_shown(
    desk: Desk, ecg: LongEcg, from_s: float
) -> None:
    await opened(desk, ecg, surveyed=False)
    nowhere = EcgPlace(start_s=0, stop_s=1, median_beat=True, beats_from_s=from_s)
    assert not desk.view.show_place(nowhere)
    desk.view.clear()
