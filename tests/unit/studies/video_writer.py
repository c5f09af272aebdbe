"""Videos made by PyAV for tests: each frame carries its number in stripes of black and white."""

import io
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

import av
import numpy as np
import numpy.typing as npt
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container.output import OutputContainer
from av.video.stream import VideoStream

WIDTH, HEIGHT = 128, 96
_BITS = 8
_STRIPE = WIDTH // _BITS


def numbered(number: int) -> npt.NDArray[np.uint8]:
    """A frame whose stripes are the bits of its number, the lowest on the left."""
    pixels = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    for bit in range(_BITS):
        if number >> bit & 1:
            pixels[:, bit * _STRIPE : (bit + 1) * _STRIPE] = 255
    return pixels


def number_of(pixels: npt.NDArray[np.uint8]) -> int:
    """What stands in the stripes; `pixels` is height x width x channels."""
    row = pixels[pixels.shape[0] // 2, :, 1]
    middles = row[_STRIPE // 2 :: _STRIPE]
    return sum(1 << bit for bit, shade in enumerate(middles.tolist()) if shade > 127)


def video(
    kind: str = "mp4",
    coding: str = "libx264",
    *,
    times: Iterable[int] = range(30),
    base: Fraction = Fraction(1, 25),
    options: dict[str, str] | None = None,
    change: Callable[[OutputContainer, VideoStream], object] | None = None,
    sound: bool = False,
) -> bytes:
    """A video whose nth frame is `numbered(n)`, shown at `times[n]` of `base` seconds."""
    file = io.BytesIO()
    container = av.open(file, "w", format=kind)
    stream = container.add_stream(coding, rate=round(1 / base), options=options or {})
    assert isinstance(stream, VideoStream)
    stream.width, stream.height = WIDTH, HEIGHT
    stream.pix_fmt = "yuvj420p" if coding == "mjpeg" else "yuv420p"
    stream.codec_context.time_base = base
    if change is not None:
        change(container, stream)
    if sound:
        _add_silence(container)
    for number, time in enumerate(times):
        frame = av.VideoFrame.from_ndarray(numbered(number), format="rgb24")
        frame.pts, frame.time_base = time, base
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))
    container.close()
    return file.getvalue()


def _add_silence(container: OutputContainer) -> None:
    stream = container.add_stream("aac", rate=44100)
    assert isinstance(stream, AudioStream)
    silence = AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
    silence.sample_rate, silence.pts = 44100, 0
    container.mux(stream.encode(silence))
    container.mux(stream.encode(None))


def fragments_of(stream: bytes, parts: int) -> Sequence[bytes]:
    """A stream cut anywhere, each piece of an even length."""
    size = -(-len(stream) // parts) // 2 * 2 + 2
    pieces = [stream[start : start + size] for start in range(0, len(stream), size)]
    return [piece + bytes(len(piece) % 2) for piece in pieces]
