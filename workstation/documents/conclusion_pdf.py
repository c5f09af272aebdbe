"""The consultative conclusion as a PDF/A-2b file with room for two signatures."""

import io
import threading
from typing import Final

from reportlab import rl_config  # type: ignore[import-untyped]  # no types
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # no types

from workstation.core.conclusion import ConclusionContent
from workstation.documents import wording
from workstation.documents.conclusion_rows import checked, conclusion_rows
from workstation.documents.page_frame import (
    APPROVER_BOX,
    DOCTOR_BOX,
    Frame,
    draw,
    paginated,
)
from workstation.documents.pdfa import DocumentFacts, as_pdfa
from workstation.documents.typeface import REGULAR

rl_config.useA85 = 0
"""Streams as plain bytes: as text they are a quarter longer, and take a second for a picture."""
ONE_AT_A_TIME: Final = threading.Lock()
"""reportlab keeps its fonts in one place for all threads."""


def render_conclusion(content: ConclusionContent) -> bytes:
    """The paper as the patient gets it, before any signature (OZ-12, OZ-22, SPB-21, DRC-13).

    All texts are printed as they are. The same content gives the same bytes. The boxes of both
    stamps are `page_frame.DOCTOR_BOX` and `APPROVER_BOX` on the last page. Raises UnprintableText
    or DocumentTooLong. Takes tens of milliseconds: not for the window's loop.
    """
    with ONE_AT_A_TIME:
        paper = checked(content)
        pages = paginated(conclusion_rows(paper))
        drawn = io.BytesIO()
        canvas = Canvas(
            drawn, pageCompression=1, invariant=1, initialFontName=REGULAR, pdfVersion=(1, 7)
        )
        links = draw(canvas, pages, _frame(paper))
        canvas.save()
    return as_pdfa(drawn.getvalue(), _facts(paper), links)


def _facts(content: ConclusionContent) -> DocumentFacts:
    return DocumentFacts(
        title=f"{wording.TITLE} {wording.NUMBER} {content.number}",
        author=content.centre_name,
        created_at=content.written_at,
    )


def _frame(content: ConclusionContent) -> Frame:
    number = f"{wording.NUMBER} {content.number}"
    patient = f"{content.patient.full_name}, {wording.day(content.patient.birth_date)}"
    written = wording.moment(content.written_at, content.zone, content.zone_name)
    doctor = ", ".join(part for part in (content.doctor.full_name, content.doctor.post) if part)
    captions = [(DOCTOR_BOX, wording.DOCTOR, doctor)]
    if content.needs_approval:
        captions.append((APPROVER_BOX, wording.APPROVER, ""))
    return Frame(
        running_head=f"{wording.TITLE} {number} · {patient}",
        foot=f"{number} · {wording.WRITTEN} {written}",
        remark=wording.REMOTE,
        captions=tuple(captions),
        verify_url=content.verify_url,
    )
