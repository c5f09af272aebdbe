"""Steps through a video: no more is decoded than has to be, and never for too long."""

from collections.abc import Iterator

import av
import pytest

from tests.unit.studies.video_writer import numbered
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.readers.video_cursor import VideoCursor
from workstation.studies.readers.video_streams import Numbered


class MadeUpFrames:
    """Frames with a key frame at each `group`th; counts what was decoded."""

    def __init__(self, count: int = 60, group: int = 20, missing: frozenset[int] = frozenset()):
        self.count = count
        self.edges_ms = None
        self.sound = False
        self.pixel_width = 1.0
        self.decoded: list[int] = []
        self._group = group
        self._missing = missing

    def starts(self, index: int) -> list[int]:
        return [index // self._group * self._group, 0]

    def run(self, start: int) -> Iterator[Numbered]:
        for place in range(start, self.count):
            self.decoded.append(place)
            if place not in self._missing:
                yield place, av.VideoFrame.from_ndarray(numbered(place), format="rgb24")


def test_the_next_frame_costs_one() -> None:
    frames = MadeUpFrames()
    cursor = VideoCursor(frames)
    for index in range(30):
        cursor.frame(index)
    assert frames.decoded == list(range(30))


def test_steps_back_cost_nothing_where_one_has_been() -> None:
    frames = MadeUpFrames()
    cursor = VideoCursor(frames)
    cursor.frame(30)
    assert frames.decoded == list(range(20, 31))
    for index in (29, 28, 30, 20):
        cursor.frame(index)
    assert len(frames.decoded) == 11


def test_a_jump_begins_at_the_nearest_key_frame() -> None:
    frames = MadeUpFrames()
    cursor = VideoCursor(frames)
    cursor.frame(1)
    cursor.frame(45)
    assert frames.decoded == [0, 1, *range(40, 46)]


def test_a_missing_frame_is_said_and_the_next_one_comes() -> None:
    cursor = VideoCursor(MadeUpFrames(missing=frozenset({7})))
    with pytest.raises(UnreadableFile) as raised:
        cursor.frame(7)
    assert raised.value.reason is Unreadable.DAMAGED
    cursor.frame(8)


def test_a_jump_that_takes_too_long_is_refused_and_gone_on_with() -> None:
    """Each frame of this one costs half a second of work; one call may take two."""
    frames = MadeUpFrames(group=60)
    cursor = VideoCursor(frames, spent_s=lambda: len(frames.decoded) / 2)
    with pytest.raises(UnreadableFile) as raised:
        cursor.frame(14)
    assert raised.value.reason is Unreadable.TOO_LARGE
    with pytest.raises(UnreadableFile):
        cursor.frame(14)
    cursor.frame(14)
    assert frames.decoded == list(range(15))
