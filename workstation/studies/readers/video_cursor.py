"""One frame of a video at a time: on from where the decoder stands, else from a key frame."""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Final

from av.video.frame import VideoFrame

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.readers.video_streams import Frames, Numbered

_KEPT_BYTES: Final = 48 * 1024 * 1024
"""Of decoded frames that were passed, for steps back."""


_BUDGET_S: Final = 2.0
"""CPU seconds for one frame: less than the decoder process may take (`limits.py`), so that a jump
in a video almost without key frames is refused and not the end of the process."""


class VideoCursor:
    """Where in a video the decoder stands. `spent_s` is the CPU time of the process."""

    def __init__(self, frames: Frames, spent_s: Callable[[], float] = time.process_time) -> None:
        self._frames = frames
        self._spent_s = spent_s
        self._until_s = 0.0
        self._running: Iterator[Numbered] = iter(())
        self._reached = -1
        self._kept: OrderedDict[int, VideoFrame] = OrderedDict()

    def frame(self, index: int) -> VideoFrame:
        """That very frame.

        Raises:
            UnreadableFile: it is damaged, or missing; or too far from where decoding can begin,
                and then the next try goes on from where this one ended.
        """
        self._until_s = self._spent_s() + _BUDGET_S
        if index in self._kept:
            self._kept.move_to_end(index)
            return self._kept[index]
        starts = self._frames.starts(index)
        if starts[0] <= self._reached < index and (found := self._go_on(index)) is not None:
            return found
        for start in dict.fromkeys(starts):
            self._running, self._reached = self._frames.run(start), start - 1
            found = self._go_on(index)
            if found is not None:
                return found
        raise UnreadableFile(Unreadable.DAMAGED)

    def _go_on(self, index: int) -> VideoFrame | None:
        """Decodes up to that frame; None where the stream is beyond it already."""
        for place, frame in self._running:
            self._reached = place
            self._keep(place, frame)
            if place == index:
                return frame
            if place > index:
                break
            if self._spent_s() > self._until_s:
                raise UnreadableFile(Unreadable.TOO_LARGE)
        else:
            self._reached = -1
        return None

    def _keep(self, place: int, frame: VideoFrame) -> None:
        self._kept[place] = frame
        size = sum(plane.buffer_size for plane in frame.planes)
        while len(self._kept) > max(1, _KEPT_BYTES // max(size, 1)):
            self._kept.popitem(last=False)
