"""Makes reportlab's files PDF/A-2b (ISO 19005-2): colours, metadata, nothing that moves."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from pikepdf.pdfa import validate_written

from workstation.documents.errors import NotArchivable
from workstation.documents.links import PaperLink, add_links
from workstation.resources import resource

_PRODUCER: Final = "telemed-workstation"
_PROFILE: Final = "sRGB IEC61966-2.1"
_SHOWN_IN_ERROR: Final = 5


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What a file says about itself: no patient's name, it is shown in every folder."""

    title: str
    author: str
    created_at: datetime
    """Aware."""


def as_pdfa(plain: bytes, facts: DocumentFacts, links: Sequence[PaperLink] = ()) -> bytes:
    """The same pages as PDF/A-2b, with links; the same bytes for the same input."""
    with Pdf.open(io.BytesIO(plain)) as pdf:
        for page in pdf.pages:
            if "/Trans" in page:
                del page.Trans
        pdf.Root.OutputIntents = Array([_output_intent(pdf)])
        pdf.Root.Lang = String("ru-RU")
        add_links(pdf, links)
        _describe(pdf, facts)
        written = io.BytesIO()
        pdf.save(
            written,
            min_version="1.7",
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=False,  # they are; done again it holds the window for 15 ms
        )
    return written.getvalue()


def checked_pdfa(pdf: bytes) -> bytes:
    """The same bytes, once they are found to be PDF/A-2b. Raises NotArchivable.

    To be asked before signature fields are added: the check knows no files with forms. Takes some
    tens of milliseconds.
    """
    report = validate_written(io.BytesIO(pdf), "2b")
    if not report.passed:
        rules = tuple(dict.fromkeys(finding.rule for finding in report.findings))
        raise NotArchivable(rules[:_SHOWN_IN_ERROR])
    return pdf


def _output_intent(pdf: Pdf) -> pikepdf.Object:
    profile = pdf.make_stream(resource("icc", "sRGB.icc").read_bytes(), N=3)
    return pdf.make_indirect(
        Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFA1,
            OutputConditionIdentifier=String(_PROFILE),
            Info=String(_PROFILE),
            DestOutputProfile=profile,
        )
    )


def _describe(pdf: Pdf, facts: DocumentFacts) -> None:
    """The information dictionary and the XMP packet, saying the same (ISO 19005-2, 6.6.3)."""
    created = facts.created_at.astimezone(UTC).replace(microsecond=0)
    pdf_date = f"D:{created:%Y%m%d%H%M%S}+00'00'"
    xmp_date = f"{created:%Y-%m-%dT%H:%M:%S}+00:00"
    information = {
        "/Title": facts.title,
        "/Author": facts.author,
        "/Creator": _PRODUCER,
        "/Producer": _PRODUCER,
        "/CreationDate": pdf_date,
        "/ModDate": pdf_date,
    }
    for key in list(pdf.docinfo.keys()):
        del pdf.docinfo[key]
    for key, value in information.items():
        pdf.docinfo[key] = String(value)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["pdfaid:part"] = "2"
        xmp["pdfaid:conformance"] = "B"
        xmp["dc:title"] = facts.title
        xmp["dc:creator"] = [facts.author]
        xmp["xmp:CreatorTool"] = _PRODUCER
        xmp["pdf:Producer"] = _PRODUCER
        xmp["xmp:CreateDate"] = xmp_date
        xmp["xmp:ModifyDate"] = xmp_date
