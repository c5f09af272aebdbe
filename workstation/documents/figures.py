"""Key images on the paper: a frame with a bar of millimetres, a lead on its own grid."""

import io
import math
from collections.abc import Iterator, Sequence
from typing import Final

from PIL import Image
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]  # no types
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # no types

from workstation.core.conclusion import KeyImage, KeyPicture, KeyStrip
from workstation.documents.rows import SMALL, TINY, WIDTH, Figure, Row, Run, gap
from workstation.documents.typeface import lines_of

MM: Final = 72 / 25.4
"""Points."""
_BETWEEN: Final = 9.0
_WIDTH: Final = (WIDTH - _BETWEEN) / 2
_HEIGHT: Final = 40 * MM
_CAPTION_LEAD: Final = 10.5
_ABOVE_CAPTION: Final = 5.0
_MOST_CAPTION_LINES: Final = 3
_DENSEST: Final = 960
"""Pixels across a picture: 300 to the inch of paper."""
_GRID: Final = (0.97, 0.83, 0.82)
_GRID_MAJOR: Final = (0.92, 0.62, 0.60)
_TRACE: Final = (0.05, 0.05, 0.08)
_MARK: Final = (0.10, 0.30, 0.72)
_WHITE: Final = (1.0, 1.0, 1.0)
_BLACK: Final = (0.0, 0.0, 0.0)
_BARS_MM: Final = (1, 2, 5, 10, 20, 50, 100)


def figure_rows(images: Sequence[KeyImage]) -> Iterator[Row]:
    """Two beside each other, a wide strip alone; the captions stay with them."""
    for line in _lines(images):
        figures = tuple(_placed(image, place) for place, image in enumerate(line))
        yield gap(5)
        yield Row((), max(one.height for one in figures), keeps_next=True, figures=figures)
        yield from _captions(figures)


def draw_figure(canvas: Canvas, figure: Figure, left: float, top: float) -> None:
    """Draws one at its place on the page, clipped to its box."""
    canvas.saveState()
    box = canvas.beginPath()
    box.rect(left, top - figure.height, figure.width, figure.height)
    canvas.clipPath(box, stroke=0, fill=0)
    match figure.image:
        case KeyPicture() as picture:
            _draw_picture(canvas, picture, figure, left, top)
        case KeyStrip() as strip:
            _draw_strip(canvas, strip, figure, left, top)
    canvas.restoreState()


def draw_plainly(canvas: Canvas, words: Sequence[str], end: str) -> None:
    """A path of many points in PDF's own operators (ISO 32000-1, 8.5.2): reportlab takes some tens
    of microseconds for each number."""
    if words:
        canvas._code.append(" ".join((*words, end)))


def _lines(images: Sequence[KeyImage]) -> Iterator[list[KeyImage]]:
    line: list[KeyImage] = []
    for image in images:
        is_alone = isinstance(image, KeyStrip) and image.is_wide
        if line and (is_alone or len(line) == 2):
            yield line
            line = []
        if is_alone:
            yield [image]
        else:
            line.append(image)
    if line:
        yield line


def _placed(image: KeyImage, place: int) -> Figure:
    left = place * (_WIDTH + _BETWEEN)
    if isinstance(image, KeyStrip):
        return Figure(left, WIDTH if image.is_wide else _WIDTH, _HEIGHT, image)
    tall = image.height * image.pixel_aspect
    scale = min(_WIDTH / image.width, 1.5 * _HEIGHT / tall)
    return Figure(left, image.width * scale, tall * scale, image)


def _captions(figures: tuple[Figure, ...]) -> Iterator[Row]:
    lines = [
        list(lines_of(figure.image.caption, SMALL, max(_WIDTH, figure.width)))[:_MOST_CAPTION_LINES]
        for figure in figures
    ]
    most = max(map(len, lines))
    for number in range(most):
        runs = tuple(
            Run(figure.left, SMALL, texts[number], is_muted=True)
            for figure, texts in zip(figures, lines, strict=True)
            if number < len(texts)
        )
        height = _CAPTION_LEAD + (0 if number else _ABOVE_CAPTION)
        yield Row(runs, height, keeps_next=number + 1 < most)


def _draw_picture(
    canvas: Canvas, picture: KeyPicture, figure: Figure, left: float, top: float
) -> None:
    bottom, scale = top - figure.height, figure.width / picture.width
    canvas.drawImage(_reader(picture), left, bottom, figure.width, figure.height)
    if picture.points:
        _draw_marks(canvas, picture, left, top, scale)
    if picture.mm_per_pixel is not None and picture.mm_per_pixel > 0:
        points_per_mm = scale / picture.mm_per_pixel
        _draw_bar(canvas, points_per_mm, left + figure.width - 8, bottom + 8, figure.width)
    _draw_edges(canvas, picture.edges, figure, left, top)


def _reader(picture: KeyPicture) -> ImageReader:
    mode = "L" if picture.channels == 1 else "RGB"
    image = Image.frombytes(mode, (picture.width, picture.height), picture.pixels)
    if image.width > _DENSEST:
        size = (_DENSEST, max(1, round(image.height * _DENSEST / image.width)))
        image = image.resize(size, Image.Resampling.BOX, reducing_gap=2)
    packed = io.BytesIO()
    image.save(packed, "JPEG", quality=90, subsampling=0)
    packed.seek(0)
    return ImageReader(packed)


def _draw_marks(canvas: Canvas, picture: KeyPicture, left: float, top: float, scale: float) -> None:
    """White on black, so that it is seen on any ground."""
    down = scale * picture.pixel_aspect
    places = [(left + x * scale, top - y * down) for x, y in picture.points]
    for color, width in ((_BLACK, 2.2), (_WHITE, 1.0)):
        canvas.setStrokeColorRGB(*color)
        canvas.setLineWidth(width)
        path = canvas.beginPath()
        path.moveTo(*places[0])
        for place in places[1:]:
            path.lineTo(*place)
        if picture.is_closed:
            path.close()
        canvas.drawPath(path, stroke=1, fill=0)
        for x, y in places if len(places) <= 4 and not picture.is_closed else ():
            canvas.line(x - 3, y, x + 3, y)
            canvas.line(x, y - 3, x, y + 3)


def _draw_bar(canvas: Canvas, per_mm: float, right: float, y: float, width: float) -> None:
    """The longest round length that takes no more than a third of the picture."""
    fitting = [length for length in _BARS_MM if length * per_mm <= width / 3]
    if not fitting:
        return
    words, long = f"{fitting[-1]} мм", fitting[-1] * per_mm
    text = TINY.width(words)
    plate = max(long, text) + 8
    canvas.setFillColorRGB(*_BLACK)
    canvas.rect(right - plate + 4, y - 4, plate, 18, stroke=0, fill=1)
    canvas.setStrokeColorRGB(*_WHITE)
    canvas.setLineWidth(1.4)
    canvas.line(right - long, y, right, y)
    for x in (right - long, right):
        canvas.line(x, y - 2, x, y + 2)
    canvas.setFillColorRGB(*_WHITE)
    canvas.setFont(TINY.name, TINY.size)
    canvas.drawString(right - text, y + 5, words)


def _draw_edges(
    canvas: Canvas, edges: tuple[str, str, str, str], figure: Figure, left: float, top: float
) -> None:
    """What lies beyond each edge, on plates: R at the left of a slice seen from the feet."""
    middle_x, middle_y = left + figure.width / 2, top - figure.height / 2
    at_left, at_right, above, below = edges
    right, bottom = left + figure.width, top - figure.height
    half = TINY.size / 2
    for words, x, y in (
        (at_left, left + 4, middle_y - half),
        (at_right, right - 4 - SMALL.width(at_right), middle_y - half),
        (above, middle_x - SMALL.width(above) / 2, top - 11),
        (below, middle_x - SMALL.width(below) / 2, bottom + 5),
    ):
        if words:
            canvas.setFillColorRGB(*_BLACK)
            canvas.rect(x - 2, y - 2.5, SMALL.width(words) + 4, 10, stroke=0, fill=1)
            canvas.setFillColorRGB(*_WHITE)
            canvas.setFont(SMALL.name, SMALL.size)
            canvas.drawString(x, y, words)


def _draw_strip(canvas: Canvas, strip: KeyStrip, figure: Figure, left: float, top: float) -> None:
    _draw_grid(canvas, left, top, figure)
    bottom, middle = top - figure.height, top - figure.height / 2
    per_s, per_mv = strip.mm_per_s * MM, strip.mm_per_mv * MM
    known = sorted(value for value in strip.millivolts if math.isfinite(value))
    base = known[len(known) // 2] if known else 0.0
    canvas.setStrokeColorRGB(*_TRACE)
    canvas.setLineWidth(0.7)
    canvas.setLineJoin(1)
    words, is_open = [], False
    for number, value in enumerate(strip.millivolts):
        if not math.isfinite(value):
            is_open = False
            continue
        x, y = left + number / strip.rate_hz * per_s, middle + (value - base) * per_mv
        words.append(f"{x:.2f} {y:.2f} {'l' if is_open else 'm'}")
        is_open = True
    draw_plainly(canvas, words, "S")
    for moment in strip.marks_s or ():
        x = left + (moment - strip.from_s) * per_s
        canvas.setStrokeColorRGB(*_MARK)
        canvas.setLineWidth(0.8)
        canvas.line(x, bottom, x, top)
    canvas.setFillColorRGB(*_TRACE)
    canvas.setFont(SMALL.name, SMALL.size)
    canvas.drawString(left + 4, top - 11, strip.lead)


def _draw_grid(canvas: Canvas, left: float, top: float, figure: Figure) -> None:
    across, down = int(figure.width / MM), int(figure.height / MM)
    for color, width, every in ((_GRID, 0.25, 1), (_GRID_MAJOR, 0.5, 5)):
        canvas.setStrokeColorRGB(*color)
        canvas.setLineWidth(width)
        columns = [left + n * MM for n in range(0, across + 1, every)]
        lines = [(x, top, x, top - figure.height) for x in columns]
        rows = [top - n * MM for n in range(0, down + 1, every)]
        lines += [(left, y, left + figure.width, y) for y in rows]
        canvas.lines(lines)
