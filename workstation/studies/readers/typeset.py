"""Sets a text document on pages: a PDF that is opened like any other, so that it is searched,
copied, turned and enlarged in the same way. Text is drawn as letters, never read as orders.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]  # no types
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # no types

from workstation.studies.readers.flow import Align, Block, Cell, Flow, Paragraph, Picture, Table
from workstation.studies.readers.line_breaking import Line, Segment, lines_of

_MARGIN: Final = 48.0
_MOST_PAGES: Final = 500
_LEADING: Final = 1.32
_AFTER: Final = 4.0
_CELL_PAD: Final = 4.0
_NARROWEST: Final = 24.0
_INK: Final = (0.08, 0.08, 0.08)
_RULE: Final = (0.62, 0.66, 0.72)
_SLANT: Final = 0.21
"""Tangent of 12 degrees: neither typeface has an italic."""


class TooLong(Exception):
    """The document has more pages than are set; those that are set stand."""


@dataclass(frozen=True, slots=True)
class Pages:
    """A document that is set."""

    pdf: bytes
    cut: bool
    """Whether its end is missing."""


def typeset(flow: Flow) -> Pages:
    """The document on pages."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=flow.page, pageCompression=0)
    sheet, cut = _Sheet(canvas, *flow.page), False
    try:
        for block in flow.blocks:
            sheet.put(block)
    except TooLong:
        cut = True
    canvas.showPage()
    canvas.save()
    return Pages(file.getvalue(), cut)


@dataclass(frozen=True, slots=True)
class _Set:
    """A block laid out: lines, or a picture, and its height."""

    lines: tuple[Line, ...]
    picture: Picture | None
    indent: float
    align: Align

    @property
    def height(self) -> float:
        """Points."""
        if self.picture is not None:
            return self.picture.height + _AFTER
        return sum(line.size * _LEADING for line in self.lines) + _AFTER


class _Sheet:
    """The page that is being filled."""

    def __init__(self, canvas: Canvas, width: float, height: float) -> None:
        self._canvas, self._width, self._height = canvas, width, height
        self._top = height - _MARGIN
        self._count = 1

    @property
    def _room(self) -> float:
        return self._width - 2 * _MARGIN

    def put(self, block: Block) -> None:
        """Sets a block, on further pages where it has to be. Raises TooLong."""
        if isinstance(block, Table):
            self._put_table(block)
            return
        if isinstance(block, Paragraph) and block.new_page:
            self._turn()
        if isinstance(block, Paragraph) and block.is_heading:
            self._top -= 2 * _AFTER
        self._put_set(_set(block, self._room, self._most), _MARGIN, self._room)

    @property
    def _most(self) -> float:
        """Height of a page without its margins."""
        return self._height - 2 * _MARGIN

    def _put_set(self, found: _Set, left: float, room: float) -> None:
        if found.picture is not None:
            if self._top - found.height < _MARGIN:
                self._turn()
            self._draw_picture(found.picture, left, self._top)
            self._top -= found.height
            return
        for line in found.lines:
            if self._top - line.size * _LEADING < _MARGIN:
                self._turn()
            self._draw_line(line, found, left, room, self._top)
            self._top -= line.size * _LEADING
        self._top -= _AFTER

    def _put_table(self, table: Table) -> None:
        columns = max((sum(cell.columns for cell in row) for row in table.rows), default=0)
        if not columns:
            return
        widths = _shares(table.widths, columns, self._room)
        self._top -= _AFTER
        for row in table.rows:
            self._put_row(row, widths)
        self._top -= 2 * _AFTER

    def _put_row(self, row: tuple[Cell, ...], widths: list[float]) -> None:
        """A row, cut where the page ends and gone on with on the next."""
        rests = [list(_cell(cell, width, self._most)) for cell, width in _spread(row, widths)]
        while any(rests):
            room = self._top - _MARGIN - 2 * _CELL_PAD
            heads = [_fitting(rest, room) for rest in rests]
            if not any(heads):
                if self._top >= self._height - _MARGIN:
                    return  # not even a whole page takes it
                self._turn()
                continue
            self._draw_row([width for _, width in _spread(row, widths)], heads)
            rests = [rest[len(head) :] for rest, head in zip(rests, heads, strict=True)]
        self._draw_empty(row, widths)

    def _draw_empty(self, row: tuple[Cell, ...], widths: list[float]) -> None:
        if all(not cell.blocks for cell in row):
            self._draw_row([width for _, width in _spread(row, widths)], [[] for _ in row])

    def _draw_row(self, widths: list[float], cells: list[list[_Set]]) -> None:
        height = max((sum(one.height for one in cell) for cell in cells), default=0.0)
        height = max(height, 12.0) + 2 * _CELL_PAD
        left, canvas = _MARGIN, self._canvas
        canvas.setStrokeColorRGB(*_RULE)
        canvas.setLineWidth(0.6)
        for width, cell in zip(widths, cells, strict=True):
            canvas.rect(left, self._top - height, width, height)
            self._draw_cell(cell, left + _CELL_PAD, width - 2 * _CELL_PAD)
            left += width
        self._top -= height
        if self._top < _MARGIN:
            self._turn()

    def _draw_cell(self, cell: list[_Set], left: float, room: float) -> None:
        top = self._top - _CELL_PAD
        for one in cell:
            if one.picture is not None:
                self._draw_picture(one.picture, left, top)
            below = top
            for line in one.lines:
                self._draw_line(line, one, left, room, below)
                below -= line.size * _LEADING
            top -= one.height

    def _draw_line(self, line: Line, found: _Set, left: float, room: float, top: float) -> None:
        spare = room - found.indent - line.width
        shift = {Align.LEFT: 0.0, Align.CENTRE: spare / 2, Align.RIGHT: spare}[found.align]
        x, base = left + found.indent + max(0.0, shift), top - line.size
        if line.mark is not None:
            self._draw_segment(line.mark, left + max(0.0, found.indent - line.mark.width - 6), base)
        for segment in line.segments:
            self._draw_segment(segment, x, base)
            x += segment.width

    def _draw_segment(self, segment: Segment, x: float, base: float) -> None:
        canvas, look = self._canvas, segment.look
        text = canvas.beginText()
        text.setFillColorRGB(*_INK)
        text.setTextTransform(1, 0, _SLANT if look.italic else 0, 1, x, base)
        for piece in segment.pieces:
            text.setFont(piece.face, look.size)
            text.textOut(piece.text)
        canvas.drawText(text)
        for is_there, height in ((look.underlined, -0.12), (look.struck, 0.28)):
            if is_there:
                canvas.setStrokeColorRGB(*_INK)
                canvas.setLineWidth(0.5)
                y = base + height * look.size
                canvas.line(x, y, x + segment.width, y)

    def _draw_picture(self, picture: Picture, left: float, top: float) -> None:
        canvas, bottom = self._canvas, top - picture.height
        if picture.jpeg is not None:
            image = ImageReader(io.BytesIO(picture.jpeg))
            canvas.drawImage(image, left, bottom, picture.width, picture.height)
            return
        canvas.setStrokeColorRGB(*_RULE)
        canvas.rect(left, bottom, picture.width, picture.height)
        canvas.line(left, bottom, left + picture.width, top)
        canvas.line(left, top, left + picture.width, bottom)

    def _turn(self) -> None:
        if self._count >= _MOST_PAGES:
            raise TooLong
        self._canvas.showPage()
        self._count += 1
        self._top = self._height - _MARGIN


def _set(block: Paragraph | Picture, room: float, most: float) -> _Set:
    if isinstance(block, Picture):
        scale = min(1.0, room / block.width, (most - _AFTER) / block.height)
        fitted = Picture(block.jpeg, block.width * scale, block.height * scale)
        return _Set((), fitted, 0.0, Align.LEFT)
    indent = min(block.indent, room / 2)
    lines = tuple(lines_of(block.runs, max(_NARROWEST, room - indent), block.mark))
    return _Set(lines, None, indent, block.align)


def _cell(cell: Cell, width: float, most: float) -> Iterator[_Set]:
    """What stands in a cell, line by line, so that a page can end anywhere."""
    room = max(_NARROWEST, width - 2 * _CELL_PAD)
    for block in cell.blocks:
        found = _set(block, room, most / 2)
        if found.picture is not None:
            yield found
        for line in found.lines:
            yield _Set((line,), None, found.indent, found.align)


def _fitting(rest: list[_Set], room: float) -> list[_Set]:
    """As many from the first as have room."""
    kept = []
    for one in rest:
        room -= one.height
        if room < 0:
            break
        kept.append(one)
    return kept


def _spread(row: Iterable[Cell], widths: list[float]) -> list[tuple[Cell, float]]:
    """Each cell with the width of the columns that it spans."""
    found, column = [], 0
    for cell in row:
        found.append((cell, sum(widths[column : column + cell.columns])))
        column += cell.columns
    return found


def _shares(stated: tuple[float, ...], columns: int, room: float) -> list[float]:
    """Widths of the columns; equal ones where the file's make no sense."""
    whole = sum(stated)
    if len(stated) != columns or min(stated, default=0) <= 0 or whole <= 0:
        return [room / columns] * columns
    widths = [max(_NARROWEST, share / whole * room) for share in stated]
    return [width * room / sum(widths) for width in widths]
