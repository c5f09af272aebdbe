"""How a page is turned by hand, and where a place of it is then. No widgets."""

from PySide6.QtCore import QPointF, QRectF

from workstation.studies.page_text import Box

Size = tuple[float, float]
"""Width and height in points, as the file shows the page."""


def turned_size(size: Size, turns: int) -> Size:
    """After so many quarters clockwise."""
    return size if turns % 2 == 0 else (size[1], size[0])


def turned_point(point: tuple[float, float], size: Size, turns: int) -> tuple[float, float]:
    """Where a point of the page is after so many quarters clockwise."""
    (x, y), (width, height) = point, size
    for _ in range(turns % 4):
        x, y, width, height = height - y, x, height, width
    return x, y


def point_of(point: tuple[float, float], size: Size, turns: int) -> tuple[float, float]:
    """The point of the page that is seen there: `turned_point` backwards."""
    return turned_point(point, turned_size(size, turns), -turns)


def seen(box: Box, size: Size, turns: int, place: QRectF) -> QRectF:
    """A box of the page on the screen, where the turned page takes `place`."""
    first = turned_point(box[:2], size, turns)
    last = turned_point(box[2:], size, turns)
    scale = place.width() / turned_size(size, turns)[0]
    corners = (QPointF(*(scale * side for side in corner)) for corner in (first, last))
    one, other = corners
    return QRectF(one, other).normalized().translated(place.topLeft())
