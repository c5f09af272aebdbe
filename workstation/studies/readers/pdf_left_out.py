"""What a PDF holds beside its pages, and what is not done about it: said, never run or opened."""

import re
from typing import Final

import pypdfium2  # type: ignore[import-untyped]  # the package carries no types
from pypdfium2 import raw

from workstation.studies.warnings import StudyWarning

_ORDERS: Final = re.compile(
    rb"/S\s{0,4}/(?:JavaScript|Launch|ImportData|SubmitForm|GoToE)(?![A-Za-z])"
)
"""Actions that reach beyond the document (ISO 32000-1, 12.6.4), where they are not packed.

Long enough that packed pictures do not hold it by chance.
"""
_PLAYED: Final = re.compile(rb"/Subtype\s{0,4}/(?:RichMedia|Movie|Screen|3D)(?![A-Za-z0-9])")
"""Kinds of annotations that only their own programs show."""


def left_out(
    document: pypdfium2.PdfDocument, data: bytes, *, pages_hidden: bool
) -> tuple[StudyWarning, ...]:
    """What the doctor should know of it."""
    scripts = raw.FPDFDoc_GetJavaScriptActionCount(document) > 0
    files = raw.FPDFDoc_GetAttachmentCount(document) > 0
    xfa = raw.FPDF_GetFormType(document) in (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND)
    given = {
        StudyWarning.PAGES_HIDDEN: pages_hidden,
        StudyWarning.ACTIVE_CONTENT: scripts or _ORDERS.search(data) is not None,
        StudyWarning.FILES_INSIDE: files,
        StudyWarning.PARTS_LEFT_OUT: xfa or _PLAYED.search(data) is not None,
    }
    return tuple(warning for warning, is_given in given.items() if is_given)
