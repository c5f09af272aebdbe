"""Where the frames of a video lie, and how they come out of it in order.

PyAV's wheel carries codecs under the GPL: it is imported here alone (and in the media process),
by the first video that is opened.
"""

import io
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, Protocol, cast

import av
from av.codec.context import CodecContext
from av.container.input import InputContainer
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.readers.bare_video import Coding, restart_at

MOST_PIXELS: Final = 36_000_000
MOST_FRAMES: Final = 100_000
_OPTIONS: Final = {
    "protocol_whitelist": "",
    "format_whitelist": "mov,mp4,m4a,3gp,3g2,mj2,avi,mpegts,mpeg,h264,hevc,mpegvideo",
    "enable_drefs": "0",
}
"""Nothing is fetched from elsewhere, and no playlist is one of the formats."""
if TYPE_CHECKING:
    VideoPacket = Packet[VideoStream]
else:
    VideoPacket = Packet  # which is generic for the type checker alone

_BARE: Final = {
    "h264": Coding.H264,
    "hevc": Coding.HEVC,
    "mpegvideo": Coding.MPEG2,
}
_HELD: Final = ("mpegts", "mpeg")
"""Multiplexes that cannot be searched by time exactly: their packets are kept."""
_DECODER: Final = {"max_pixels": str(MOST_PIXELS)}
"""What a frame says of itself may be more than what its container says."""
_PIECE: Final = 1024 * 1024

Numbered = tuple[int, VideoFrame]
"""A frame and its place in the order in which frames are shown."""


class Frames(Protocol):
    """The frames of a video, in the order in which they are shown."""

    @property
    def count(self) -> int:
        """How many there are."""

    @property
    def edges_ms(self) -> tuple[float, ...] | None:
        """As `ClipInfo.frame_times_ms`; None where the stream knows no times."""

    @property
    def sound(self) -> bool:
        """Whether there is any, too."""

    @property
    def pixel_width(self) -> float:
        """Of a pixel, over its height."""

    def starts(self, index: int) -> list[int]:
        """Frames from which decoding may begin to reach `index`, the nearest first."""

    def run(self, start: int) -> Iterator[Numbered]:
        """Frames from there on; the first ones may be missing or belong before."""


def open_frames(data: memoryview) -> Frames:
    """A video of any of the formats above.

    Raises:
        UnreadableFile: not one that is read here, no frames in it, or sizes beyond sense.
    """
    try:
        container = av.open(_File(data), "r", options=_OPTIONS | _DECODER)
        if not isinstance(container, InputContainer) or not container.streams.video:
            raise UnreadableFile(Unreadable.NO_PICTURE)
        stream = container.streams.video[0]
        context: object = stream.codec_context  # None where no decoder is known
        if context is None:
            raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, _named(container))
        check_size(stream.codec_context)
        coding = _BARE.get(container.format.name)
        return TimedFrames(container, stream) if coding is None else BareFrames(data, coding)
    except av.FFmpegError as error:
        raise UnreadableFile(Unreadable.DAMAGED) from error


def _named(container: InputContainer) -> str:
    """As "MOV video": the first of the container's own names."""
    return f"{container.format.name.partition(',')[0][:16].upper()} video"


def check_size(context: VideoCodecContext) -> None:
    """Raises UnreadableFile where a frame is beyond sense."""
    if context.width * context.height > MOST_PIXELS:
        raise UnreadableFile(Unreadable.TOO_LARGE)


class TimedFrames:
    """A container that gives each frame its time.

    Where some times are those of decoding alone (AVI with frames ahead), frames are counted from
    the beginning: they are shown in even steps there.
    """

    def __init__(self, container: InputContainer, stream: VideoStream) -> None:
        self._container = container
        self._stream = stream
        self._held: list[VideoPacket] | None = [] if container.format.name in _HELD else None
        stream.thread_type = "NONE"
        stream.codec_context.options = _DECODER
        self.sound = bool(container.streams.audio)
        self.pixel_width = float(stream.sample_aspect_ratio or 1)
        self._counted = False
        shown, keys = self._listed()
        if not shown:
            raise UnreadableFile(Unreadable.NO_PICTURE)
        self._times = sorted(shown)
        self._places: dict[int | None, int] = {
            time: place for place, time in enumerate(self._times)
        }
        self._keys = [place for place, time in enumerate(self._times) if time in keys]
        self.edges_ms = self._edges(shown[self._times[-1]])

    def _listed(self) -> tuple[dict[int, int], set[int]]:
        """How long the frame of each time is shown, and the times of key frames."""
        shown: dict[int, int] = {}
        keys: set[int] = set()
        for packet in self._container.demux(self._stream):
            time = packet.dts if packet.pts is None else packet.pts
            if packet.size and time is not None and not packet.is_discard:
                self._counted |= packet.pts is None
                shown[time] = packet.duration or 0
                if packet.is_keyframe:
                    keys.add(time)
            if self._held is not None:
                self._held.append(packet)
            if len(shown) > MOST_FRAMES:
                raise UnreadableFile(Unreadable.TOO_LARGE)
        return shown, keys

    @property
    def count(self) -> int:
        """How many frames there are."""
        return len(self._times)

    def starts(self, index: int) -> list[int]:
        """Key frames before `index`, then the beginning."""
        if self._counted:
            return [0]
        before = self._keys[: bisect_right(self._keys, index)]
        return [*before[:-4:-1], 0]

    def run(self, start: int) -> Iterator[Numbered]:
        """Frames from that key frame on, by their times."""
        count = 0
        for packet in self._packets(self._times[start]):
            for frame in _decoded(self._stream.codec_context, packet):
                place = count if self._counted else self._places.get(frame.pts)
                count += 1
                if place is not None:
                    yield place, frame

    def _packets(self, time: int) -> Iterator[VideoPacket]:
        """In the order of the file, from the key frame of that time on."""
        if self._held is None:
            self._container.seek(time, stream=self._stream)
            return self._container.demux(self._stream)
        self._stream.codec_context.flush_buffers()
        begins = (place for place, packet in enumerate(self._held) if packet.pts == time)
        return iter(self._held[next(begins, 0) :])

    def _edges(self, last: int) -> tuple[float, ...]:
        base = self._stream.time_base or 1
        first, end = self._times[0], self._times[-1]
        if last <= 0:  # as long as the frame before
            last = end - self._times[-2] if self.count > 1 else round(1 / (25 * base))
        times = (*self._times, end + last)
        return tuple(float(1000 * (time - first) * base) for time in times)


class BareFrames:
    """A stream without times (DICOM PS3.5 8.2.5 to 8.2.9): its frames are counted.

    Decoding begins where no frame needs one before it.
    """

    def __init__(self, data: memoryview, coding: Coding) -> None:
        self._coding = coding
        self._packets: list[bytes] = []
        self._starts: dict[int, int] = {}
        self.sound = False
        self.pixel_width = 1.0
        self.edges_ms = None
        self._split(data)
        if not self._packets:
            raise UnreadableFile(Unreadable.NO_PICTURE)
        self._starts.setdefault(0, 0)

    @property
    def count(self) -> int:
        """How many frames there are."""
        return len(self._packets)

    def starts(self, index: int) -> list[int]:
        """Where decoding may begin, and the beginning."""
        before = [place for place in self._starts if place <= index]
        return [*sorted(before, reverse=True)[:3], 0]

    def run(self, start: int) -> Iterator[Numbered]:
        """Frames from there on, counted as they come out."""
        context = self._context()
        place = start
        for content in (*self._packets[self._starts[start] :], None):
            for frame in _decoded(context, _packet(content)):
                check_size(context)
                yield place, frame
                place += 1

    def _split(self, data: memoryview) -> None:
        """Into one packet a frame, by the codec's own parser."""
        context = self._context()
        for begin in range(0, len(data) + _PIECE, _PIECE):
            for packet in context.parse(bytes(data[begin : begin + _PIECE])):
                content = bytes(packet)
                first = restart_at(content, len(self._packets), self._coding)
                if first is not None:
                    self._starts.setdefault(first, len(self._packets))
                self._packets.append(content)
            if len(self._packets) > MOST_FRAMES:
                raise UnreadableFile(Unreadable.TOO_LARGE)

    def _context(self) -> VideoCodecContext:
        context = CodecContext.create(self._coding.value, "r")
        assert isinstance(context, VideoCodecContext)
        context.thread_type = "NONE"
        context.options = _DECODER
        return context


def _decoded(context: VideoCodecContext, packet: VideoPacket | None) -> list[VideoFrame]:
    """Of one packet; what is damaged is left out and noticed by its absence."""
    try:
        return context.decode(packet)
    except av.EOFError:
        return []
    except av.FFmpegError:
        return []


def _packet(content: bytes | None) -> VideoPacket | None:
    """None ends the stream."""
    return None if content is None else cast(VideoPacket, Packet(content))


class _File(io.RawIOBase):
    """Bytes in shared memory as FFmpeg reads them, without a copy."""

    def __init__(self, data: memoryview) -> None:
        self._data = data
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        stop = len(self._data) if size < 0 else self._position + size
        found = bytes(self._data[self._position : stop])
        self._position += len(found)
        return found

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._position = max(0, offset + (0, self._position, len(self._data))[whence])
        return self._position

    def tell(self) -> int:
        return self._position
