"""What a scanner draws round its picture: settings, the depth scale, the ECG under the heart."""

from functools import cache
from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from backend.demo_data.files.fonts import FONT_REGULAR
from backend.demo_data.files.us_probe import Picture, Probe

GREY, BLUE, GREEN = (176, 182, 188), (92, 150, 235), (70, 214, 96)
QUALITY = 70
STRIP_HEIGHT = 26


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """The project's own face: no file of the system is needed."""
    return ImageFont.truetype(str(FONT_REGULAR), size)


@cache
def _frame_of(probe: Probe, settings: tuple[str, ...]) -> Image.Image:
    screen = Image.new("RGB", probe.size, (0, 0, 0))
    draw = ImageDraw.Draw(screen)
    for number, text in enumerate(settings):
        draw.text((12, 44 + 15 * number), text, fill=GREY, font=font(11))
    _scale(draw, probe)
    _grey_bar(draw, probe)
    x, y = probe.at(0, 0)
    side = 26 + probe.half_angle * 0.5
    draw.ellipse((x + side, y - 22, x + side + 11, y - 11), outline=BLUE)
    draw.text((x + side + 3, y - 23), "P", fill=BLUE, font=font(9))
    return screen


def _scale(draw: ImageDraw.ImageDraw, probe: Probe) -> None:
    right = probe.size[0] - 34
    for depth in range(int(probe.depth) + 1):
        y = probe.at(0, depth)[1]
        long = depth % 5 == 0
        draw.line((right, y, right + (8 if long else 4), y), fill=GREY)
        if long:
            draw.text((right + 12, y - 7), str(depth), fill=GREY, font=font(11))


def _grey_bar(draw: ImageDraw.ImageDraw, probe: Probe) -> None:
    right = probe.size[0] - 16
    for row in range(90):
        level = 255 - round(row * 255 / 89)
        draw.line((right + 4, 150 + row, right + 11, 150 + row), fill=(level, level, level))


def compose(
    probe: Probe, sector: Picture, settings: tuple[str, ...], phase: float | None, beats: int = 4
) -> Image.Image:
    """The whole screen; with a phase, the ECG of the last beats runs along its foot."""
    frame = np.asarray(_frame_of(probe, settings))
    screen = Image.fromarray(np.maximum(frame, sector[:, :, None]))
    if phase is not None:
        _strip(ImageDraw.Draw(screen), probe, phase, beats)
    return screen


def _strip(draw: ImageDraw.ImageDraw, probe: Probe, phase: float, beats: int) -> None:
    left, right, base = 60, probe.size[0] - 60, probe.size[1] - 10
    columns = np.arange(left, right, 1.5)
    time = (phase + 4 - (right - columns) * beats / (right - left)) % 1.0
    height = STRIP_HEIGHT * (
        np.exp(-(((time - 0.0) / 0.018) ** 2))
        + np.exp(-(((time - 1.0) / 0.018) ** 2))
        - 0.16 * np.exp(-(((time - 0.04) / 0.016) ** 2))
        + 0.24 * np.exp(-(((time - 0.32) / 0.07) ** 2))
        + 0.11 * np.exp(-(((time - 0.83) / 0.035) ** 2))
    )
    points = list(zip(columns.tolist(), (base - height).tolist(), strict=True))
    draw.line(points, fill=GREEN, width=1)
    draw.line((right, base - STRIP_HEIGHT, right, base + 4), fill=GREY)


def jpeg(screen: Image.Image) -> bytes:
    """JPEG baseline, YCbCr 4:2:2, as scanners store frames."""
    out = BytesIO()
    screen.save(out, "JPEG", quality=QUALITY, subsampling="4:2:2")
    return out.getvalue()
