"""Chips, keycaps and badges as functions that delegates and thin widgets share."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from workstation.ui.icons import paint_icon
from workstation.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class ChipLook:
    """Token names of a chip: text, fill (or none), edge (or none); dashed or struck through."""

    text: str
    fill: str | None = None
    edge: str | None = None
    dashed: bool = False
    struck: bool = False


CHIP_PRESENT = ChipLook("text.secondary", fill="bg.hover")
CHIP_MISSING = ChipLook("danger.text", edge="danger.mark", dashed=True)
CHIP_NOT_APPLICABLE = ChipLook("text.tertiary", edge="line.default", struck=True)
CHIP_NEW = ChipLook("accent.text", fill="accent.soft")
CHIP_WARN = ChipLook("warn.text", fill="warn.soft")


def chip_width(theme: Theme, text: str) -> float:
    """Width of a chip with that text."""
    return theme.text_width("micro", text) + theme.px(12)


def paint_chip(
    painter: QPainter, theme: Theme, left: float, middle: float, text: str, look: ChipLook
) -> float:
    """Paints a chip with its left edge at `left`, centred on `middle`; returns its width."""
    width = chip_width(theme, text)
    height = theme.px(20)
    box = QRectF(left, middle - height / 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(theme.color(look.fill) if look.fill else Qt.BrushStyle.NoBrush)
    painter.setPen(_edge(theme, look))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(4), theme.px(4))
    painter.setFont(theme.font("microStruck" if look.struck else "micro"))
    painter.setPen(theme.color(look.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
    return width


def _edge(theme: Theme, look: ChipLook) -> QPen:
    if look.edge is None:
        return QPen(Qt.PenStyle.NoPen)
    pen = QPen(theme.color(look.edge), 1)
    if look.dashed:
        pen.setDashPattern([3, 2])
    return pen


def keycap_width(theme: Theme, key: str) -> float:
    """Width of a keycap."""
    text = theme.text_width("micro", key)
    return max(theme.px(18), text + theme.px(10))


def paint_keycap(
    painter: QPainter,
    theme: Theme,
    left: float,
    middle: float,
    key: str,
    outline: QColor | None = None,
) -> float:
    """Paints a key: 18 px high with a thicker lower edge; `outline` on a filled button."""
    width, height = keycap_width(theme, key), float(theme.px(18))
    box = QRectF(left, middle - height / 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = outline or theme.color("line.default")
    painter.setPen(QPen(edge, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush if outline else theme.color("bg.panel"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    bottom = box.bottom() - 1.5
    painter.drawLine(QPointF(box.left() + 3, bottom), QPointF(box.right() - 3, bottom))
    painter.setFont(theme.font("micro"))
    painter.setPen(outline or theme.color("text.secondary"))
    painter.drawText(box.adjusted(0, 0, 0, -1), Qt.AlignmentFlag.AlignCenter, key)
    painter.restore()
    return width


def paint_glyph_and_text(
    painter: QPainter,
    theme: Theme,
    box: QRectF,
    glyph: str | None,
    text: str,
    *,
    role: str = "small",
    color: str = "text.secondary",
    glyph_color: str | None = None,
) -> float:
    """Paints a small glyph and a word after it, elided at the right; returns the width used."""
    size = theme.px(14 if role in ("small", "micro", "smallStrong") else 16)
    left = box.left()
    if glyph is not None:
        paint_icon(
            painter,
            glyph,
            QRectF(left, box.center().y() - size / 2, size, size),
            theme.color(glyph_color or color),
        )
        left += size + theme.px(6)
    shown = theme.fitted(role, text, max(0.0, box.right() - left))
    painter.setFont(theme.font(role))
    painter.setPen(theme.color(color))
    area = QRectF(left, box.top(), max(0.0, box.right() - left), box.height())
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    return left - box.left() + theme.text_width(role, shown)


def paint_count(painter: QPainter, theme: Theme, center: QPointF, count: int) -> None:
    """Paints an unread badge: a filled disc with the number, "99+" above 99."""
    text = str(count) if count < 100 else "99+"
    width = max(theme.px(16), QFontMetricsF(theme.font("micro")).horizontalAdvance(text) + 8)
    box = QRectF(0, 0, width, theme.px(16))
    box.moveCenter(center)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("unread.fill"))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.setFont(theme.font("micro"))
    painter.setPen(theme.color("unread.on"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
