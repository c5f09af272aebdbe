"""DOCX and plain texts as documents of pages: set here, then opened as the PDF that came of it."""

import io
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]  # no types
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # no types

from workstation.studies.readers.flow import Block, Paragraph, Table
from workstation.studies.readers.pdf import PdfFile
from workstation.studies.readers.plain_text import PlainText, columns_for, lines_of, read_text
from workstation.studies.readers.typefaces import MONO, REGULAR, pieces_of, shows_all, widths_of
from workstation.studies.readers.typeset import typeset
from workstation.studies.readers.word_document import read_flow
from workstation.studies.warnings import StudyWarning

_MARGIN: Final = 42.0
_LARGEST: Final = 10.0
_LEADING: Final = 1.3
_MOST_PAGES: Final = 500


def open_docx(data: memoryview) -> PdfFile:
    """A DOCX on pages.

    Raises:
        UnreadableFile: damaged, or beyond the bounds.
    """
    flow = read_flow(data)
    pages = typeset(flow)
    found = PdfFile(memoryview(pages.pdf))
    given = {
        StudyWarning.TEXT_CUT: flow.cut or pages.cut,
        StudyWarning.ACTIVE_CONTENT: flow.active_content,
        StudyWarning.FILES_INSIDE: flow.files_inside,
        StudyWarning.PARTS_LEFT_OUT: flow.parts_left_out,
        StudyWarning.LETTERS_MISSING: not shows_all(_shown(flow.blocks), REGULAR),
    }
    warnings = tuple(warning for warning, is_given in given.items() if is_given)
    found.info = replace(found.info, format="DOCX", title="", warnings=warnings)
    return found


def open_text(data: memoryview) -> PdfFile:
    """A plain text on pages, in letters of one width."""
    text = read_text(data)
    pdf, cut = _set(text)
    found = PdfFile(memoryview(pdf))
    given = {
        StudyWarning.TEXT_CHARSET_GUESSED: text.guessed,
        StudyWarning.TEXT_CUT: text.cut or cut,
    }
    warnings = tuple(warning for warning, is_given in given.items() if is_given)
    found.info = replace(
        found.info, format="TXT", title="", letters=text.letters, warnings=warnings
    )
    return found


def _set(text: PlainText) -> tuple[bytes, bool]:
    """The pages, and whether the end is missing."""
    columns = columns_for(text.text)
    size = min(_LARGEST, (A4[0] - 2 * _MARGIN) / columns / widths_of(MONO)[ord("0")])
    file, count = io.BytesIO(), 1
    canvas = Canvas(file, pagesize=A4, pageCompression=0)
    top, cut = A4[1] - _MARGIN - size, False
    for line in lines_of(text.text, columns):
        if line == "\f" or top < _MARGIN:
            canvas.showPage()
            top, count = A4[1] - _MARGIN - size, count + 1
            if count > _MOST_PAGES:
                cut = True
                break
        if line != "\f":
            _draw(canvas, line, size, top)
            top -= size * _LEADING
    if not cut:
        canvas.showPage()
    canvas.save()
    return file.getvalue(), cut


def _draw(canvas: Canvas, line: str, size: float, top: float) -> None:
    if not line.strip():
        return
    drawn = canvas.beginText(_MARGIN, top)
    for piece in pieces_of(line, MONO):
        drawn.setFont(piece.face, size)
        drawn.textOut(piece.text)
    canvas.drawText(drawn)


def _shown(blocks: Iterable[Block]) -> str:
    """All letters of a document."""
    texts = []
    for block in blocks:
        if isinstance(block, Table):
            texts += [_shown(cell.blocks) for row in block.rows for cell in row]
        elif isinstance(block, Paragraph):
            texts += [run.text for run in block.runs]
    return "".join(texts)
