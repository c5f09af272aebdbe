"""The pieces of reportlab that the papers use; it carries no types, which is said here once."""

from reportlab import rl_config  # type: ignore[import-untyped]  # no types
from reportlab.lib import colors  # type: ignore[import-untyped]  # the package carries no types
from reportlab.lib.enums import TA_CENTER  # type: ignore[import-untyped]  # no types
from reportlab.lib.pagesizes import A4, landscape  # type: ignore[import-untyped]  # no types
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]  # no types
from reportlab.lib.units import mm  # type: ignore[import-untyped]  # no types
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]  # no types
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]  # no types
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # no types
from reportlab.platypus import (  # type: ignore[import-untyped]  # no types
    Flowable,
    KeepTogether,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

__all__ = [
    "A4",
    "TA_CENTER",
    "Canvas",
    "Flowable",
    "KeepTogether",
    "Paragraph",
    "ParagraphStyle",
    "SimpleDocTemplate",
    "Spacer",
    "TTFont",
    "Table",
    "TableStyle",
    "colors",
    "landscape",
    "mm",
    "pdfmetrics",
    "rl_config",
]
