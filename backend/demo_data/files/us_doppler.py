"""A still of continuous-wave Doppler: the jet through a narrow aortic valve, 4.3 m/s."""

from functools import cache

import numpy as np
from PIL import Image, ImageDraw

from backend.demo_data.files.us_probe import Field
from backend.demo_data.files.us_scanner import rough, speckle
from backend.demo_data.files.us_screen import GREEN, GREY, font, jpeg

SIZE = (640, 480)
LEFT, TOP, RIGHT, BOTTOM = 40, 60, 599, 419
BASELINE = 60
"""Rows below TOP."""
METRES_PER_PIXEL = 5.6 / 336
SECONDS_PER_PIXEL = 0.005
BEAT = 0.882
PEAK = 4.3
FILTERED = 0.07
"""m/s round the baseline that the wall filter takes."""


@cache
def make_doppler() -> bytes:
    """The picture as JPEG."""
    height, width = BOTTOM - TOP + 1, RIGHT - LEFT + 1
    down = np.arange(height, dtype=np.float32)[:, None] - BASELINE
    speed = down * np.float32(METRES_PER_PIXEL)
    time = np.arange(width, dtype=np.float32)[None, :] * np.float32(SECONDS_PER_PIXEL / BEAT)
    phase = (time + np.float32(0.62)) % 1
    flow = _jet(speed, phase) + _inflow(-speed, phase)
    wall = np.exp(-((np.abs(speed) / np.float32(0.11)) ** 2)) * np.float32(0.5)
    power = (flow + wall + np.float32(0.018)) * speckle((height, width), 401)
    level = np.clip((20 * np.log10(power) + 36) / 36, 0, 1)
    level[np.abs(speed[:, 0]) < FILTERED] *= np.float32(0.1)
    level[BASELINE] = 0.75
    picture = np.zeros((SIZE[1], SIZE[0]), dtype=np.uint8)
    picture[TOP : BOTTOM + 1, LEFT : RIGHT + 1] = (level * 232).astype(np.uint8)
    screen = Image.merge("RGB", [Image.fromarray(picture)] * 3)
    _label(ImageDraw.Draw(screen), phase[0].tolist())
    return jpeg(screen)


def _jet(speed: Field, phase: Field) -> Field:
    """Ejection: dense at the jet's edge, thinner towards the baseline; away from the probe."""
    part = np.clip((phase - 0.1) / 0.36, 0, 1)
    ragged = 1 + 0.012 * rough((1, speed.shape[0] + phase.shape[1]), 7, 2)[:, : phase.shape[1]]
    edge = PEAK * np.maximum(np.sin(np.pi * part**0.88), 0) ** 0.75 * ragged
    below = 0.5 - 0.5 * np.tanh((speed - edge) * 11)
    rim = 0.2 + 0.75 * np.exp(-(((speed - edge + 0.12) / 0.42) ** 2))
    return np.where(speed > 0, below * rim * (edge > 0.2), 0).astype(np.float32)


def _inflow(speed: Field, phase: Field) -> Field:
    """Filling through the mitral valve, towards the probe: E and A."""
    early = 0.72 * np.exp(-(((phase - 0.6) / 0.055) ** 2))
    late = 0.5 * np.exp(-(((phase - 0.88) / 0.035) ** 2))
    edge = early + late
    inside = 0.5 - 0.5 * np.tanh((speed - edge) * 13)
    return np.where(speed > 0, inside * 0.3 * (edge > 0.1), 0).astype(np.float32)


def _label(draw: ImageDraw.ImageDraw, phase: list[float]) -> None:
    for number, text in enumerate(("CW 2,0 МГц", "угол 0°", "100 мм/с")):
        draw.text((LEFT + 120 * number, 34), text, fill=GREY, font=font(12))
    for metres in range(-1, 6):
        y = TOP + BASELINE + metres / METRES_PER_PIXEL
        if TOP <= y <= BOTTOM:
            draw.line((RIGHT + 2, y, RIGHT + 8, y), fill=GREY)
            draw.text((RIGHT + 12, y - 8), str(-metres).replace("-", "−"), fill=GREY, font=font(12))
    draw.text((RIGHT + 6, TOP - 22), "м/с", fill=GREY, font=font(12))
    trace = [(LEFT + x, 466 - 26 * _wave(one)) for x, one in enumerate(phase)]
    draw.line(trace, fill=GREEN, width=1)


def _wave(phase: float) -> float:
    near = min(phase, 1 - phase)
    spike = float(np.exp(-((near / 0.014) ** 2)))
    return spike + 0.24 * float(np.exp(-(((phase - 0.32) / 0.07) ** 2)))
