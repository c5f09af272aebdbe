"""Pictures in another size or order of pixels, by FFmpeg's libswscale."""

from typing import Final

from av import VideoFrame
from av.video.reformatter import VideoReformatter

_FOR_ENCODERS: Final = "yuv420p"
_EVEN: Final = 2


class Scaler:
    """Keeps its tables from picture to picture, and works in the thread that asks, one at a time.

    `VideoFrame.reformat` makes tables and a thread for each core anew for each picture; where the
    computer is busy, waiting for those threads takes several times as long as the work.
    All raise ValueError or av.FFmpegError where a picture cannot be converted.
    """

    def __init__(self) -> None:
        self._reformatter = VideoReformatter()

    def converted(self, frame: VideoFrame, width: int, height: int, pixels: str) -> VideoFrame:
        """As large as that, `pixels` in FFmpeg's name; the frame itself where it is so."""
        return self._reformatter.reformat(frame, width, height, pixels, threads=1)

    def within(self, frame: VideoFrame, width: int, height: int) -> VideoFrame:
        """For an encoder: planar, even sides, no larger than that; its shape is kept."""
        scale = min(1.0, width / frame.width, height / frame.height)
        narrow, low = (_even(side * scale) for side in (frame.width, frame.height))
        return self.converted(frame, narrow, low, _FOR_ENCODERS)

    def with_lines(self, frame: VideoFrame, lines: int | None) -> VideoFrame:
        """For an encoder: no more than so many lines, in its shape and with its time."""
        if lines is None or frame.height <= lines:
            return frame
        width = max(_EVEN, round(frame.width * lines / frame.height / _EVEN) * _EVEN)
        scaled = self.converted(frame, width, lines, _FOR_ENCODERS)
        scaled.pts, scaled.time_base = frame.pts, frame.time_base
        return scaled


def _even(side: float) -> int:
    return max(_EVEN, int(side) // _EVEN * _EVEN)
