"""The tray's picture: the program's sign on a plate of its own, and how much waits.

The colour of the system's panel is not known: the plate is readable on a light and a dark one.
"""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPen, QPixmap

from workstation.ui.icons import paint_icon
from workstation.ui.theme import Theme

SIDES = (16, 20, 22, 24, 32, 48, 64)
"""Pixels that panels ask for."""
_GLYPH = "first-aid-fill"
_PLATE, _SIGN = "#FFFFFF", "#454F5D"
_DIGITS_FROM = 22
"""Pixels from which on two digits can be told from each other."""


def tray_icon(theme: Theme, count: int, *, is_grave: bool = False) -> QIcon:
    """The icon in all sizes; `count` 0 has no badge, which is red where it `is_grave`."""
    icon = QIcon()
    for side in SIDES:
        icon.addPixmap(tray_pixmap(theme, side, count, is_grave=is_grave))
    return icon


def tray_pixmap(theme: Theme, side: int, count: int, *, is_grave: bool = False) -> QPixmap:
    """The picture at that many pixels."""
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_plate(painter, theme, side, is_badged=count > 0)
    if count:
        kind = "danger" if is_grave else "unread"
        _paint_badge(painter, theme, side, _words(side, count), kind)
    painter.end()
    return pixmap


def _words(side: int, count: int) -> str:
    most = 99 if side >= _DIGITS_FROM else 9
    return str(count) if count <= most else f"{most}+"


def _paint_plate(painter: QPainter, theme: Theme, side: int, *, is_badged: bool) -> None:
    painter.setPen(QPen(theme.color("line.control"), 1))
    painter.setBrush(QColor(_PLATE))
    painter.drawRoundedRect(QRectF(0.5, 0.5, side - 1, side - 1), side * 0.22, side * 0.22)
    inset, size = (0.02, 0.62) if is_badged else (0.1, 0.8)
    box = QRectF(side * inset, side * inset, side * size, side * size)
    paint_icon(painter, _GLYPH, box, QColor(_SIGN))


def _paint_badge(painter: QPainter, theme: Theme, side: int, text: str, kind: str) -> None:
    height = side * 0.66
    width = {1: height, 2: side * 0.9}.get(len(text), float(side))
    badge = QRectF(side - width, side - height, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    ring = max(1.0, side / 20)
    painter.setBrush(QColor(_PLATE))
    painter.drawRoundedRect(badge.adjusted(-ring, -ring, 0, 0), height / 2, height / 2)
    painter.setBrush(theme.color(f"{kind}.fill"))
    painter.drawRoundedRect(badge, height / 2, height / 2)
    font = QFont(theme.font("micro"))
    font.setPixelSize(max(7, round(height * (0.84 if len(text) < 3 else 0.6))))
    font.setWeight(QFont.Weight.Bold)
    painter.setFont(font)
    painter.setPen(theme.color(f"{kind}.on"))
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
