"""Room for frames: the first one's at once, that of the others one by one."""

import pytest

from workstation.studies.frame_ring import FrameRing

SLOTS = 4


@pytest.fixture
def ring() -> FrameRing:
    return FrameRing.made(64, 48, SLOTS)


def test_frames_have_room_as_it_comes_one_after_the_other(ring: FrameRing) -> None:
    first = ring.take(0)
    assert first is not None
    assert ring.take(1, keep=(0,)) is None
    first.holds = 1
    assert ring.take(1) is None
    found = []
    for index in (1, 2, 3):
        assert not ring.is_whole
        ring.reserve_next()
        ring.open_next()
        found.append(ring.take(index))
    assert [slot.place for slot in found if slot is not None] == [1, 2, 3]
    assert ring.is_whole
    ring.block.unlink()


def test_where_there_is_no_more_room_one_frame_after_the_other_is_drawn(ring: FrameRing) -> None:
    for index in range(3):
        slot = ring.take(index)
        assert slot is not None
        assert ring.find(index) is slot
    assert len(ring) == SLOTS
    ring.block.unlink()


def test_a_ring_of_one_has_no_rest() -> None:
    ring = FrameRing.made(64, 48, 1)
    assert ring.is_whole
    assert ring.take(0) is not None
    ring.block.unlink()
