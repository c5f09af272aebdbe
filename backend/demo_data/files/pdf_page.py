"""Papers of a hospital as PDF: letterhead, paragraphs, tables, signature; text can be searched."""

from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from io import BytesIO

from backend.demo_data.files.fonts import FONT_BOLD, FONT_REGULAR
from backend.demo_data.files.pdf_library import (
    A4,
    TA_CENTER,
    Canvas,
    Flowable,
    KeepTogether,
    Paragraph,
    ParagraphStyle,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
    TTFont,
    colors,
    mm,
    pdfmetrics,
    rl_config,
)

NORMAL, BOLD = "PTSans", "PTSans-Bold"
MARGINS = (20, 15, 14, 16)
"""mm: left, right, top, bottom."""
TEXT_WIDTH = 170.5
"""mm."""
GREY = colors.HexColor(0x8A9099)
LINES = [
    ("GRID", (0, 0), (-1, -1), 0.4, GREY),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("TOPPADDING", (0, 0), (-1, -1), 1.6),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2.4),
    ("LEFTPADDING", (0, 0), (-1, -1), 4),
]


@cache
def register_fonts() -> None:
    """Makes the faces known to reportlab, once a process; streams stay binary."""
    rl_config.useA85 = 0
    pdfmetrics.registerFont(TTFont(NORMAL, str(FONT_REGULAR)))
    pdfmetrics.registerFont(TTFont(BOLD, str(FONT_BOLD)))
    pdfmetrics.registerFontFamily(NORMAL, NORMAL, BOLD, NORMAL, BOLD)


def _style(name: str, size: float, **more: object) -> ParagraphStyle:
    return ParagraphStyle(name, fontName=NORMAL, fontSize=size, leading=size * 1.28, **more)


BODY = _style("body", 10, spaceAfter=3)
CELL = _style("cell", 9)
HEAD = _style("head", 9, alignment=TA_CENTER, textColor=colors.HexColor(0x3A4048))
TITLE = _style("title", 14, alignment=TA_CENTER, spaceBefore=4, spaceAfter=8)
SECTION = _style("section", 10.5, spaceBefore=6, spaceAfter=2)


class Paper:
    """A paper that grows from top to bottom and becomes a PDF."""

    def __init__(self, institution: str, department: str) -> None:
        register_fonts()
        self._parts: list[Flowable] = []
        for line in (f"<b>{escape(institution)}</b>", escape(department)):
            self._parts.append(Paragraph(line, HEAD))
        self._foot = institution

    def title(self, text: str) -> None:
        """The name of the paper."""
        self._parts.append(Paragraph(f"<b>{escape(text)}</b>", TITLE))

    def section(self, name: str, text: str) -> None:
        """A heading and its paragraph; nothing where there is no text."""
        if text:
            heading = Paragraph(f"<b>{escape(name)}</b>", SECTION)
            self._parts.append(KeepTogether([heading, Paragraph(escape(text), BODY)]))

    def items(self, name: str, texts: Iterable[str]) -> None:
        """A heading and numbered lines."""
        lines = [f"{number}. {text}" for number, text in enumerate(texts, 1)]
        if lines:
            heading = Paragraph(f"<b>{escape(name)}</b>", SECTION)
            paragraphs = [Paragraph(escape(line), BODY) for line in lines]
            self._parts.append(KeepTogether([heading, paragraphs[0]]))
            self._parts.extend(paragraphs[1:])

    def table(self, rows: Sequence[Sequence[str]], widths: Sequence[float], head: bool) -> None:
        """A ruled table, widths in proportion; with a head, the first row is bold and repeated."""
        cells = [[Paragraph(escape(text), CELL) for text in row] for row in rows]
        if head:
            cells[0] = [Paragraph(f"<b>{escape(text)}</b>", CELL) for text in rows[0]]
        style = TableStyle(LINES)
        if head:
            style.add("BACKGROUND", (0, 0), (-1, 0), colors.HexColor(0xEDEFF2))
        table = Table(cells, _across(widths), repeatRows=int(head), style=style)
        self._parts += [table, Spacer(1, 2.5 * mm)]

    def signature(self, post: str, name: str) -> None:
        """Who signs."""
        row = [Paragraph(escape(text), CELL) for text in (post, "_" * 22, name)]
        table = Table([row], _across((60, 60, 50)))
        self._parts += [Spacer(1, 6 * mm), KeepTogether([table])]

    def pdf(self, title: str) -> bytes:
        """The bytes; the same for the same paper."""
        out = BytesIO()
        left, right, top, bottom = (margin * mm for margin in MARGINS)
        document = SimpleDocTemplate(
            out,
            pagesize=A4,
            title=title,
            author=self._foot,
            invariant=True,
            leftMargin=left,
            rightMargin=right,
            topMargin=top,
            bottomMargin=bottom,
        )
        document.build(self._parts, onFirstPage=self._footer, onLaterPages=self._footer)
        return out.getvalue()

    def _footer(self, canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont(NORMAL, 8)
        canvas.setFillColor(GREY)
        canvas.drawString(20 * mm, 9 * mm, f"{self._foot}. Вымышленные данные, демонстрация")
        canvas.drawRightString(195 * mm, 9 * mm, f"стр. {document.page}")


def _across(widths: Sequence[float]) -> list[float]:
    """Widths in the same proportion that fill the page between its margins."""
    return [width * TEXT_WIDTH * mm / sum(widths) for width in widths]
