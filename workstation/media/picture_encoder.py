"""Stands between aiortc's sender and its encoder: sends the picture as the plan says.

aiortc has no public place for this. Four private names of version 1.16 are used, all in this
module: the sender's encoder, the rate within the VP8 encoder, and a transceiver's codecs; where one
is missing, aiortc's own encoder goes on unchanged (`PictureEncoder.install` says so).
"""

import os
import time
from typing import Any, Final, cast

from aiortc import RTCRtpTransceiver
from aiortc.codecs import get_encoder
from aiortc.codecs.base import Encoder
from aiortc.codecs.vpx import Vp8Encoder, number_of_threads
from av import Packet, VideoFrame
from av.frame import Frame
from av.video.codeccontext import VideoCodecContext

from workstation.media.picture_plan import PicturePlan
from workstation.media.scaler import Scaler

_SLOT: Final = "_RTCRtpSender__encoder"
_RATE: Final = "_Vp8Encoder__target_bitrate"
_CODECS: Final = "_codecs"
_VP8: Final = "video/vp8"
_WHOLE_EVERY_S: Final = 0.3
"""A stranger who asks for whole pictures again and again gets no more of them."""
_COARSE: Final = 0.1
_NEVER_BY_ITSELF: Final = 3000
"""Pictures between two whole ones that nobody has asked for."""
_EARLY: Final = 0.3
"""Part of the time between two frames by which one may come early and is not left out."""


class PictureEncoder(Encoder):
    """`encode` runs in a thread of aiortc's, one picture at a time."""

    def __init__(self, codec: Encoder, plan: PicturePlan) -> None:
        self._codec = codec
        self._plan = plan
        self._scaler = Scaler()
        self._wants_whole = False
        self._whole_at = float("-inf")
        self._last_s = self._due_s = float("-inf")

    @classmethod
    def install(cls, transceiver: RTCRtpTransceiver, plan: PicturePlan) -> bool:
        """Before the first picture, once both sides have described themselves.

        VP8 is sent wherever the other side takes it. False: aiortc is another than this was
        written for, and goes on by itself.
        """
        sender = transceiver.sender
        codecs = getattr(transceiver, _CODECS, None)
        if not hasattr(sender, _SLOT) or not codecs:
            return False
        codecs.sort(key=lambda one: one.mimeType.lower() != _VP8)
        is_vp8 = codecs[0].mimeType.lower() == _VP8
        inner = PlannedVp8() if is_vp8 else get_encoder(codecs[0])
        setattr(sender, _SLOT, cls(inner, plan))
        return True

    @property
    def target_bitrate(self) -> int:
        """Bits a second; the sender sets here what the other side says that the line bears."""
        return self._plan.bits

    @target_bitrate.setter
    def target_bitrate(self, bits: int) -> None:
        self._plan.line_bears(bits)

    def encode(self, frame: Frame, force_keyframe: bool = False) -> tuple[list[bytes], int]:
        """The packets and the time stamp; none for a frame that the plan leaves out."""
        picture = cast(VideoFrame, frame)
        self._wants_whole = self._wants_whole or force_keyframe
        if self._is_left_out(picture):
            return [], 0
        is_whole = self._wants_whole and self._last_s - self._whole_at >= _WHOLE_EVERY_S
        if is_whole:
            self._wants_whole, self._whole_at = False, self._last_s
        began, at_work = time.monotonic(), time.thread_time()
        self._codec.target_bitrate = self._plan.bits  # type: ignore[attr-defined]
        sent = self._scaler.with_lines(picture, self._plan.step.lines)
        packets, stamp = self._codec.encode(sent, is_whole)
        self._plan.goes_out(sent.width, sent.height)
        spent_s, worked_s = time.monotonic() - began, time.thread_time() - at_work
        self._plan.encoded(spent_s, worked_s, sum(map(len, packets)))
        return packets, stamp

    def pack(self, packet: "Packet[Any]") -> tuple[list[bytes], int]:
        """Of what is encoded already."""
        return self._codec.pack(packet)

    def _is_left_out(self, picture: VideoFrame) -> bool:
        assert picture.pts is not None
        assert picture.time_base is not None
        now_s = float(picture.pts * picture.time_base)
        period_s = 1 / self._plan.step.frames_a_second
        if now_s < self._due_s - _EARLY * period_s:
            return True
        # One that was late does not push away the next, which is in time.
        is_late = now_s > self._due_s + period_s
        self._due_s = (now_s if is_late else self._due_s) + period_s
        self._last_s = now_s
        return False


class PlannedVp8(Vp8Encoder):
    """aiortc's, without its own bounds of 250 kbit/s and 1.5 Mbit/s, and a third quicker.

    libvpx's filter against noise takes 3 of 11 ms at 720 lines; without it the picture is nearer
    to the camera's, of a noisy one as well.
    """

    def encode(self, frame: Frame, force_keyframe: bool = False) -> tuple[list[bytes], int]:
        """As aiortc does, with a codec of our own."""
        picture = cast(VideoFrame, frame)
        if self._needs_another(picture.width, picture.height):
            self.codec = _vp8(picture.width, picture.height, self.target_bitrate)
        return super().encode(picture, force_keyframe)

    def _needs_another(self, width: int, height: int) -> bool:
        """aiortc's own rule: a rate cannot be changed within libvpx by way of FFmpeg."""
        codec = self.codec
        if codec is None or (codec.width, codec.height) != (width, height):
            return True
        rate = codec.bit_rate
        return not rate or abs(self.target_bitrate - rate) / rate > _COARSE

    @property
    def target_bitrate(self) -> int:
        """Bits a second."""
        bits: int = getattr(self, _RATE)
        return bits

    @target_bitrate.setter
    def target_bitrate(self, bits: int) -> None:
        setattr(self, _RATE, bits)


def _vp8(width: int, height: int, bits: int) -> VideoCodecContext:
    """Constant rate, one token partition, no delay (RFC 6386; options of FFmpeg's libvpx)."""
    codec = VideoCodecContext.create("libvpx", "w")
    codec.width, codec.height, codec.bit_rate = width, height, bits
    codec.pix_fmt = "yuv420p"
    codec.gop_size = _NEVER_BY_ITSELF
    codec.qmin, codec.qmax = 2, 56
    codec.thread_count = number_of_threads(width * height, os.cpu_count() or 1)
    rate = str(bits)
    codec.options = {
        "bufsize": rate,
        "minrate": rate,
        "maxrate": rate,
        "cpu-used": "-8",
        "deadline": "realtime",
        "lag-in-frames": "0",
        "noise-sensitivity": "0",
        "overshoot-pct": "15",
        "partitions": "0",
        "static-thresh": "1",
        "undershoot-pct": "100",
    }
    return codec
