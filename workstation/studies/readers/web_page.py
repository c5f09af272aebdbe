"""HTML and SVG, under whatever name they come: refused by name, for they may run programs."""

import re
from typing import Final

HEAD: Final = 1024
"""Bytes that are looked at."""
_SKIPPED: Final = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_SVG: Final = re.compile(r"<(?:!doctype\s+svg|(?:[\w.-]+:)?svg)[\s>/]", re.IGNORECASE)
_HTML: Final = re.compile(
    r"<(?:!doctype\s+html|html|head|body|script|iframe|meta|title)[\s>/]", re.IGNORECASE
)


def web_page(head: bytes) -> str:
    """The name "SVG" or "HTML" where the first bytes of a file say so, "" for everything else."""
    text = _letters(head[:HEAD]).lstrip("\ufeff")
    place = 0
    while skipped := _SKIPPED.match(text, place):
        place = skipped.end()
    if _SVG.match(text, place):
        return "SVG"
    return "HTML" if _HTML.match(text, place) else ""


def _letters(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "ignore")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
