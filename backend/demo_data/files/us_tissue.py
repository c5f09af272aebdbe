"""Painted anatomy: how strongly each point of the body sends the beam back."""

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from backend.demo_data.files.us_probe import FINE, Field, Picture, Probe
from backend.demo_data.files.us_scanner import fan_of, rough, scan

Point = tuple[float, float]


class EchoMap:
    """Echo strength painted in cm, 0 (no echo) to 255 (the brightest interface)."""

    def __init__(self, probe: Probe, background: int) -> None:
        self._probe = probe
        width, height = probe.size
        self._image = Image.new("L", (width * FINE, height * FINE), background)
        self._draw = ImageDraw.Draw(self._image)

    def area(self, outline: Sequence[Point], level: int, soft: float = 0.0) -> None:
        """Fills a closed smooth outline; `soft` blurs its edge by that many cm."""
        points = [self._pixel(*point) for point in smooth(outline, closed=True)]
        if not soft:
            self._draw.polygon(points, fill=level)
            return
        margin = 3 * self._width(soft) + 2
        left, top = (int(min(axis) - margin) for axis in zip(*points, strict=True))
        right, bottom = (int(max(axis) + margin) for axis in zip(*points, strict=True))
        mask = Image.new("L", (right - left, bottom - top), 0)
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in points], fill=255)
        mask = mask.filter(ImageFilter.GaussianBlur(self._width(soft)))
        self._image.paste(level, (left, top, right, bottom), mask)

    def ellipse(
        self, centre: Point, axes: Point, level: int, tilt: float = 0.0, soft: float = 0.0
    ) -> None:
        """Fills an ellipse of half axes in cm, tilted by degrees."""
        self.area(ellipse(centre, axes, tilt), level, soft)

    def line(self, points: Sequence[Point], level: int, width: float) -> None:
        """Draws a smooth interface `width` cm thick."""
        path = [self._pixel(*point) for point in smooth(points, closed=False)]
        self._draw.line(path, fill=level, width=max(1, round(self._width(width))), joint="curve")

    def blur(self, width: float) -> None:
        """Softens all that was painted so far, as the beam does, by that many cm."""
        self._image = self._image.filter(ImageFilter.GaussianBlur(self._width(width)))
        self._draw = ImageDraw.Draw(self._image)

    def scanned(self, seed: int, gain: float = 0.0, shadow: float = 4.2) -> Picture:
        """The picture at FINE times the screen's size; `gain` in dB, `shadow` behind bone."""
        return scan(self._probe, self.polar(seed), seed, gain, shadow)

    def polar(self, seed: int) -> Field:
        """Echo strength 0 to 1 along the scan lines, edges roughened as living tissue is."""
        fan = fan_of(self._probe)
        column, row = self._probe.at(0, 0)
        size = np.float32(self._probe.depth / 16)
        wavy = [rough(fan.shape, seed + number, 9 + 17 * (number % 2)) for number in range(4)]
        across = fan.x + (wavy[0] * 0.07 + wavy[1] * 0.10) * size
        down = fan.y + (wavy[2] * 0.05 + wavy[3] * 0.08) * size
        scale = self._probe.pixels_per_cm
        painted = np.asarray(self._image)
        rows = np.clip((row + down * scale) * FINE, 0, painted.shape[0] - 1).astype(np.int32)
        columns = np.clip((column + across * scale) * FINE, 0, painted.shape[1] - 1)
        level = painted[rows, columns.astype(np.int32)].astype(np.float32)
        uneven = rough(fan.shape, seed + 4, 14) * 3.0 + rough(fan.shape, seed + 5, 44) * 2.6
        decibel = level * np.float32(80 / 255) - 80 + uneven
        return np.asarray(10 ** (decibel / 20), dtype=np.float32)

    def _pixel(self, x: float, y: float) -> Point:
        column, row = self._probe.at(x, y)
        return column * FINE, row * FINE

    def _width(self, width: float) -> float:
        return width * self._probe.pixels_per_cm * FINE


def ellipse(centre: Point, axes: Point, tilt: float = 0.0) -> list[Point]:
    """Points of an ellipse, clockwise on the screen."""
    turn = np.radians(tilt)
    around = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    x, y = axes[0] * np.cos(around), axes[1] * np.sin(around)
    across = centre[0] + x * np.cos(turn) - y * np.sin(turn)
    down = centre[1] + x * np.sin(turn) + y * np.cos(turn)
    return list(zip(across.tolist(), down.tolist(), strict=True))


def smooth(points: Sequence[Point], closed: bool, steps: int = 10) -> list[Point]:
    """A Catmull-Rom curve through the points."""
    knots = np.array(points)
    knots = np.vstack([knots[-1:], knots, knots[:2]] if closed else [knots[:1], knots, knots[-1:]])
    part = np.linspace(0, 1, steps, endpoint=False)[:, None]
    curve = []
    for before, start, stop, after in zip(knots, knots[1:], knots[2:], knots[3:], strict=False):
        linear, square = stop - before, 2 * before - 5 * start + 4 * stop - after
        cube = 3 * start - before - 3 * stop + after
        curve.append(start + (linear * part + square * part**2 + cube * part**3) / 2)
    every = np.vstack(curve if closed else [*curve, knots[-1:]])
    return list(zip(every[:, 0].tolist(), every[:, 1].tolist(), strict=True))
