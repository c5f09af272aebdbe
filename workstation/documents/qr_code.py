"""A QR code (ISO/IEC 18004) as filled squares on the paper."""

from itertools import groupby

import segno
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # no types

from workstation.documents.figures import draw_plainly


def draw_qr(canvas: Canvas, text: str, left: float, bottom: float, size: float) -> None:
    """Draws the code into a square of `size` points; the white around it is the paper's."""
    modules = segno.make(text, error="m", micro=False, boost_error=False).matrix
    side = size / len(modules)
    canvas.setFillColorRGB(0, 0, 0)
    words: list[str] = []
    for number, line in enumerate(modules):
        y, x = bottom + size - (number + 1) * side, left
        for is_dark, run in groupby(line):
            width = side * len(list(run))
            if is_dark:
                words.append(f"{x:.3f} {y:.3f} {width:.3f} {side:.3f} re")
            x += width
    draw_plainly(canvas, words, "f")
