"""A photograph of a paper on a desk, as patients send it: askew, shaded, stored on its side."""

from datetime import date
from functools import cache
from io import BytesIO
from zlib import crc32

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from backend.demo_data.files.fonts import FONT_BOLD, FONT_REGULAR
from backend.demo_data.files.papers import DAY, diagnosis_line, finding_lines, institution
from backend.demo_data.files.subject import Subject

PAGE = (1000, 1414)
SHOT = (1200, 1600)
INK, PAPER, DESK = (38, 40, 52), (240, 237, 228), (118, 92, 70)
ORIENTATION, TAKEN, MAKER = 0x0112, 0x0132, 0x010F
ON_ITS_SIDE = 6
"""EXIF: to be turned a quarter clockwise when shown."""


def make_photo(subject: Subject, day: date, title: str, findings: tuple[str, ...]) -> bytes:
    """JPEG with EXIF orientation 6; upright it is 1200 wide and 1600 high."""
    random = np.random.default_rng(crc32(f"{subject.full_name} {title}".encode()))
    page = _page(subject, day, title, findings)
    shot = ImageChops.multiply(_on_desk(page, random), _light())
    out = BytesIO()
    stored = shot.transpose(Image.Transpose.ROTATE_90)
    stored.save(out, "JPEG", quality=72, exif=_exif(day))
    return out.getvalue()


def _page(subject: Subject, day: date, title: str, findings: tuple[str, ...]) -> Image.Image:
    page = Image.new("RGB", PAGE, PAPER)
    draw = ImageDraw.Draw(page)
    draw.text((500, 70), institution(subject), INK, _font(24), anchor="mm")
    draw.text((500, 130), title, INK, _font(32, bold=True), anchor="mm")
    draw.line((80, 160, 920, 160), fill=INK, width=2)
    born = f"{subject.full_name}, {subject.birth_date:{DAY}}"
    y = _write(draw, 185, [born, f"Дата: {day:{DAY}}", f"Диагноз: {diagnosis_line(subject)}"])
    for name, text in (("Жалобы", subject.complaints), ("Анамнез", subject.story.anamnesis)):
        draw.text((80, y + 18), name, INK, _font(25, bold=True))
        y = _write(draw, y + 54, [text])
    for name in findings:
        draw.text((80, y + 18), name, INK, _font(25, bold=True))
        y = _write(draw, y + 54, finding_lines(subject, name))
    _stamp(page, (690, min(y + 40, 1180)))
    draw.text((80, min(y + 100, 1240)), f"Врач __________  {subject.doctor}", INK, _font(23))
    return page


def _write(draw: ImageDraw.ImageDraw, y: int, lines: list[str]) -> int:
    font = _font(23)
    for line in lines:
        for part in _wrapped(line, font):
            draw.text((80, y), part, INK, font)
            y += 31
        y += 6
    return y


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: int = 840) -> list[str]:
    rows = [""]
    for word in text.split():
        longer = f"{rows[-1]} {word}".strip()
        if font.getlength(longer) <= width:
            rows[-1] = longer
        else:
            rows.append(word)
    return rows


def _font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT_BOLD if bold else FONT_REGULAR), size)


def _stamp(page: Image.Image, at: tuple[int, int]) -> None:
    """A round stamp of blue ink, turned and faded."""
    ink = Image.new("L", (190, 190), 0)
    draw = ImageDraw.Draw(ink)
    draw.ellipse((8, 8, 182, 182), outline=170, width=5)
    draw.ellipse((34, 34, 156, 156), outline=150, width=2)
    draw.text((95, 84), "ДЛЯ СПРАВОК", 180, _font(17, bold=True), anchor="mm")
    draw.text((95, 108), "№ 2", 170, _font(17), anchor="mm")
    ink = ink.rotate(14, Image.Resampling.BICUBIC)
    page.paste(Image.new("RGB", ink.size, (52, 66, 150)), at, ink)


def _on_desk(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """The page seen slightly from the side, on wood."""
    shot = _wood().copy()
    corners = np.array([[96, 92], [1112, 74], [1136, 1520], [68, 1500]], dtype=float)
    corners += random.uniform(-22, 22, corners.shape)
    coefficients = _perspective(corners)
    method, smooth = Image.Transform.PERSPECTIVE, Image.Resampling.BICUBIC
    seen = page.transform(SHOT, method, coefficients, smooth)
    mask = Image.new("L", SHOT, 0)
    ImageDraw.Draw(mask).polygon([(x, y) for x, y in corners.tolist()], fill=255)
    mask = mask.filter(ImageFilter.BoxBlur(1))
    shadow = mask.filter(ImageFilter.BoxBlur(14)).point(lambda level: level * 0.55)
    shot.paste((34, 24, 18), (10, 14), shadow)
    shot.paste(seen, (0, 0), mask)
    return shot.filter(ImageFilter.BoxBlur(0.6))


def _perspective(corners: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> list[float]:
    """Eight numbers that map the shot's corners back to the page's."""
    width, height = PAGE
    rows, values = [], []
    for (x, y), (u, v) in zip(
        corners.tolist(), ((0, 0), (width, 0), (width, height), (0, height)), strict=True
    ):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    solved: list[float] = np.linalg.solve(np.array(rows), np.array(values)).tolist()
    return solved


@cache
def _wood() -> Image.Image:
    random = np.random.default_rng(3)
    knots = random.normal(0, 14, 40)
    bands = np.interp(np.arange(SHOT[0]), np.linspace(0, SHOT[0], 40), knots)
    streaks = random.normal(0, 5, (SHOT[1] // 8, SHOT[0])).repeat(8, axis=0)
    level = np.clip(bands * 0.5, -14, 14)[None, :] + streaks
    return Image.fromarray(np.clip(np.array(DESK) + level[:, :, None], 0, 255).astype(np.uint8))


@cache
def _light() -> Image.Image:
    """From a window at one side, the photographer's shadow at the other, grain of the sensor."""
    x = np.linspace(0, 1, SHOT[0])[None, :]
    y = np.linspace(0, 1, SHOT[1])[:, None]
    edge = 1 / (1 + np.exp((x * 0.7 + y - 1.32) * 16))
    light = (1.0 - 0.19 * x - 0.11 * y) * (0.8 + 0.2 * edge)
    grain = np.random.default_rng(5).normal(1, 0.015, SHOT[::-1])
    tint = np.array((255, 251, 241)) * (light * grain)[:, :, None]
    return Image.fromarray(np.clip(tint, 0, 255).astype(np.uint8))


def _exif(day: date) -> Image.Exif:
    exif = Image.Exif()
    exif[ORIENTATION] = ON_ITS_SIDE
    exif[TAKEN] = f"{day:%Y:%m:%d} 18:24:00"
    exif[MAKER] = "Demo"
    return exif
