"""Our sound as packets of Opus that carry a copy of the frame before (RFC 6716, 2.1.7)."""

from fractions import Fraction
from typing import Final

from av import AudioFrame, CodecContext, Packet
from av.audio.codeccontext import AudioCodecContext
from av.audio.stream import AudioStream

from workstation.media.sources import RATE

_BITS_A_SECOND: Final = 40_000
"""Speech without a flaw, and what a line of 512 kbit/s has to spare beside a picture."""
_LOSS_PERCENT: Final = "10"
_PIECE: Final = RATE // 50


class OpusEncoder:
    """One stream: frames of 20 ms, stereo, 16 bits, 48 kHz."""

    def __init__(self) -> None:
        context = CodecContext.create("libopus", "w")
        assert isinstance(context, AudioCodecContext)
        context.bit_rate = _BITS_A_SECOND
        context.format, context.layout, context.sample_rate = "s16", "stereo", RATE
        context.time_base = Fraction(1, RATE)
        context.options = {
            "application": "voip",
            "fec": "1",
            "packet_loss": _LOSS_PERCENT,
            "frame_duration": "20",
            "compression_level": "8",
        }
        self._context = context
        self._at = 0

    def encode(self, frame: AudioFrame) -> "Packet[AudioStream]":
        """The frame's packet: one of 20 ms for each of 20 ms, which libopus never keeps back."""
        (packet,) = self._context.encode(frame)
        packet.pts, packet.time_base = self._at, Fraction(1, RATE)
        self._at += _PIECE
        return packet
