"""The sheet: margins, running heads, page n of N, and the room for two signatures at the end."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]  # no types
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # no types

from workstation.documents import wording
from workstation.documents.errors import DocumentTooLong
from workstation.documents.figures import draw_figure
from workstation.documents.links import PaperLink, joined
from workstation.documents.qr_code import draw_qr
from workstation.documents.rows import SMALL, TEXT, TINY, WIDTH, Row, Run
from workstation.documents.typeface import BOLD, Face, lines_of, shortened

LEFT: Final = 57.0
_TOP: Final[float] = A4[1] - 48
_RUNNING_HEAD: Final = 24.0
_BOTTOM: Final = 62.0
_FOOT: Final = 36.0
_SIGNATURES_TOP: Final = 224.0
_REMARK: Final = 208.0
_VERIFY: Final = 181.0
_QR: Final = 44.0
_QR_BOTTOM: Final = 173.0
_MOST_PAGES: Final = 200
_ABOVE_FIGURE: Final = 4.0
_BELOW_LINE: Final = 3.0
"""Of letters under the line on which they stand."""
_INK: Final = (0.1, 0.1, 0.1)
_MUTED: Final = (0.38, 0.41, 0.46)
_TINT: Final = (0.945, 0.957, 0.973)
_LINE: Final = (0.72, 0.76, 0.82)


@dataclass(frozen=True, slots=True)
class StampBox:
    """Where a stamp will stand on the last page, in points from its lower left corner."""

    left: int
    bottom: int
    width: int
    height: int


DOCTOR_BOX: Final = StampBox(57, 62, 232, 82)
APPROVER_BOX: Final = StampBox(306, 62, 232, 82)


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the text. All of it has been checked to be printable."""

    running_head: str
    """On all pages but the first."""
    foot: str
    remark: str
    """Over the signatures; two lines at most."""
    captions: tuple[tuple[StampBox, str, str], ...]
    """Over each stamp: in what capacity, and who."""
    verify_url: str = ""
    """Printed in letters and as a QR code; "" for neither."""


def paginated(rows: list[Row]) -> list[list[Row]]:
    """Deals the rows out to pages; the last one has room for the signatures and some text on it.

    Raises DocumentTooLong.
    """
    pages: list[list[Row]] = []
    rest = rows
    while rest:
        first, rest = _split(rest, _room(len(pages), _BOTTOM))
        pages.append(first)
        if len(pages) > _MOST_PAGES:
            raise DocumentTooLong(_MOST_PAGES)
    last, overflow = _split(pages[-1], _room(len(pages) - 1, _SIGNATURES_TOP))
    return [*pages[:-1], last, overflow] if overflow else pages


def draw(canvas: Canvas, pages: list[list[Row]], frame: Frame) -> list[PaperLink]:
    """Draws all pages; tells which places of them belong to a source."""
    links: list[PaperLink] = []
    for number, rows in enumerate(pages, start=1):
        if number > 1:
            _draw_running_head(canvas, frame.running_head)
        top = _TOP if number == 1 else _TOP - _RUNNING_HEAD
        _draw_rows(canvas, rows, top)
        links += joined(_links(rows, top, number - 1))
        if number == len(pages):
            _draw_ending(canvas, frame)
        _draw_foot(canvas, frame.foot, number, len(pages))
        canvas.showPage()
    return links


def _room(index: int, bottom: float) -> float:
    return _TOP - (_RUNNING_HEAD if index else 0.0) - bottom


def _split(rows: list[Row], room: float) -> tuple[list[Row], list[Row]]:
    """As many rows as fit, and the others; what belongs together stays so where it can."""
    end = _fitting(rows, room)
    if end == len(rows):
        return rows, []
    cut = end
    while cut > 0 and (rows[cut - 1].keeps_next or _is_bare(rows[cut - 1])):
        cut -= 1
    cut = cut or max(end, 1)
    return rows[:cut], _without_leading_gaps(rows[cut:])


def _fitting(rows: list[Row], room: float) -> int:
    for count, row in enumerate(rows):
        room -= row.height
        if room < 0:
            return count
    return len(rows)


def _is_bare(row: Row) -> bool:
    return not (row.runs or row.figures)


def _without_leading_gaps(rows: list[Row]) -> list[Row]:
    seen = (i for i, row in enumerate(rows) if row.is_tinted or not _is_bare(row))
    first = next(seen, len(rows))
    return rows[first:]


def _draw_rows(canvas: Canvas, rows: list[Row], y: float) -> None:
    for row in rows:
        y -= row.height
        if row.is_tinted:
            canvas.setFillColorRGB(*_TINT)
            canvas.rect(LEFT, y - 4, WIDTH, row.height + 0.2, stroke=0, fill=1)
    y += sum(row.height for row in rows)
    for row in rows:
        y -= row.height
        for run in row.runs:
            _draw_run(canvas, run, y)
        for figure in row.figures:
            draw_figure(canvas, figure, LEFT + figure.left, y + row.height - _ABOVE_FIGURE)


def _links(rows: list[Row], y: float, page: int) -> Iterator[PaperLink]:
    for row in rows:
        y -= row.height
        if row.source is not None:
            box = (LEFT - 3, y - _BELOW_LINE, LEFT + WIDTH, y + row.height - _BELOW_LINE)
            yield PaperLink(page, box, row.source, is_picture=False)
        for figure in row.figures:
            left, top = LEFT + figure.left, y + row.height - _ABOVE_FIGURE
            box = (left, top - figure.height, left + figure.width, top)
            yield PaperLink(page, box, figure.image.number, is_picture=True)


def _draw_run(canvas: Canvas, run: Run, y: float) -> None:
    canvas.setFillColorRGB(*(_MUTED if run.is_muted else _INK))
    canvas.setFont(run.face.name, run.face.size)
    canvas.drawString(LEFT + run.left, y, run.text)


def _draw_line(canvas: Canvas, y: float) -> None:
    canvas.setStrokeColorRGB(*_LINE)
    canvas.setLineWidth(0.6)
    canvas.line(LEFT, y, LEFT + WIDTH, y)


def _draw_running_head(canvas: Canvas, text: str) -> None:
    _draw_run(canvas, Run(0, SMALL, shortened(text, SMALL, WIDTH), is_muted=True), _TOP - 2)
    _draw_line(canvas, _TOP - 9)


def _draw_foot(canvas: Canvas, text: str, number: int, total: int) -> None:
    page = wording.PAGE.format(number=number, total=total)
    width = SMALL.width(page)
    _draw_line(canvas, _FOOT + 13)
    _draw_run(canvas, Run(WIDTH - width, SMALL, page, is_muted=True), _FOOT)
    shown = shortened(text, SMALL, WIDTH - width - 20)
    _draw_run(canvas, Run(0, SMALL, shown, is_muted=True), _FOOT)


def _draw_ending(canvas: Canvas, frame: Frame) -> None:
    width = WIDTH
    if frame.verify_url:
        width -= _QR + 12
        draw_qr(canvas, frame.verify_url, LEFT + WIDTH - _QR, _QR_BOTTOM, _QR)
        words = f"{wording.VERIFY}: {frame.verify_url}"
        _draw_run(canvas, Run(0, TINY, shortened(words, TINY, width), is_muted=True), _VERIFY)
    for index, line in enumerate(lines_of(frame.remark, SMALL, width)):
        _draw_run(canvas, Run(0, SMALL, line, is_muted=True), _REMARK - 11 * index)
    for run, y in _caption_runs(frame):
        _draw_run(canvas, run, y)


def _caption_runs(frame: Frame) -> Iterator[tuple[Run, float]]:
    strong = Face(BOLD, TEXT.size - 1)
    for box, capacity, who in frame.captions:
        left, top = box.left - LEFT, box.bottom + box.height
        yield Run(left, SMALL, capacity, is_muted=True), top + 20
        yield Run(left, strong, shortened(who, strong, box.width)), top + 7
