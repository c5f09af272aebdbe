"""Phosphor 1.3 glyphs (MIT) from QtAwesome's data files.

The font is read without importing QtAwesome, whose import loads all of its sets and costs as much
as Qt's own widgets before the first paint.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import msgspec
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap


@cache
def _fonts_folder() -> Path:
    spec = find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise RuntimeError("QtAwesome is not installed: run `make run` or `make setup`")
    return Path(spec.origin).parent / "fonts"


@cache
def _code_points() -> dict[str, str]:
    text = (_fonts_folder() / "phosphor-charmap-1.3.0.json").read_bytes()
    return msgspec.json.decode(text, type=dict[str, str])


@cache
def _family() -> str:
    number = QFontDatabase.addApplicationFont(str(_fonts_folder() / "phosphor-1.3.0.ttf"))
    return QFontDatabase.applicationFontFamilies(number)[0]


@cache
def _font(pixels: int) -> QFont:
    """One for each size: a new font is looked up again whenever it is painted with."""
    font = QFont(_family())
    font.setPixelSize(pixels)
    return font


@cache
def glyph(name: str) -> str:
    """The character of a Phosphor name such as "calendar-check"; KeyError for an unknown one."""
    return chr(int(_code_points()[name], 16))


def paint_icon(painter: QPainter, name: str, box: QRect | QRectF, color: QColor) -> None:
    """Paints the glyph centred in `box`, as high as the box."""
    area = QRectF(box)
    painter.save()
    painter.setFont(_font(max(1, round(min(area.width(), area.height())))))
    painter.setPen(color)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, glyph(name))
    painter.restore()


class _GlyphEngine(QIconEngine):
    """Paints a glyph at any size, so that it is sharp on every screen."""

    def __init__(self, name: str, color: QColor) -> None:
        super().__init__()
        self._name = name
        self._color = QColor(color)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        color = QColor(self._color)
        if mode is QIcon.Mode.Disabled:
            color.setAlphaF(0.45)
        paint_icon(painter, self._name, rect, color)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPointF(0, 0).toPoint(), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _GlyphEngine(self._name, self._color)


def icon(name: str, color: QColor) -> QIcon:
    """The glyph as an icon for buttons and menus."""
    return QIcon(_GlyphEngine(name, color))
