"""Room for frames: the first one's at once, the rest when it is there."""

import pytest

from workstation.core.shared_memory import SharedBlock
from workstation.studies.frame_ring import FrameRing, ring_size

SLOTS = 4


@pytest.fixture
def ring() -> FrameRing:
    ring = FrameRing(SharedBlock.create_empty(ring_size(64, 48, SLOTS)), 64, 48, SLOTS)
    ring.reserve_first()
    return ring


def test_before_the_rest_is_there_only_one_frame_has_room(ring: FrameRing) -> None:
    first = ring.take(0)
    assert first is not None
    first.holds = 1
    assert ring.take(1) is None
    ring.reserve_rest()
    ring.open_rest()
    assert [ring.take(index) is not None for index in (1, 2, 3)] == [True] * 3
    ring.block.unlink()


def test_where_there_is_no_more_room_one_frame_after_the_other_is_drawn(ring: FrameRing) -> None:
    for index in range(3):
        slot = ring.take(index)
        assert slot is not None
        assert ring.find(index) is slot
    assert len(ring) == SLOTS
    ring.block.unlink()


def test_a_ring_of_one_has_no_rest() -> None:
    ring = FrameRing(SharedBlock.create_empty(ring_size(64, 48, 1)), 64, 48, 1)
    ring.reserve_first()
    ring.reserve_rest()
    ring.open_rest()
    assert ring.take(0) is not None
    ring.block.unlink()
