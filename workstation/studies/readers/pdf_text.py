"""Letters of a PDF page by PDFium, with their places as the page is shown."""

import ctypes
import re
from collections.abc import Iterator
from typing import Final

import pypdfium2  # type: ignore[import-untyped]  # the package carries no types
from pypdfium2 import raw

from workstation.studies.page_text import MOST_HITS, Box, PageHits, PageLink, PageText, lines_of
from workstation.studies.readers.words_in_text import spans

_MOST_LETTERS: Final = 50_000
"""Of a page; the rest is not searched."""
_MOST_LINKS: Final = 1000
"""Of a page."""
_LONGEST_NUMBER: Final = 16
"""Bytes of the words on a link to a source."""
_NUMBER: Final = re.compile(r"\[([1-9][0-9]{0,2})\]")
_PER_POINT: Final = 64
"""PDFium says places in whole numbers: so fine."""
_FAR: Final = 10_000.0
"""Points; what is asked of PDFium is worked out from there."""
_NO_BOX: Final = (0.0, 0.0, 0.0, 0.0)


class PdfLetters:
    """The letters of one open page. Close it before the page."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._page = page
        self._letters = page.get_textpage()
        self._count = min(max(0, self._letters.count_chars()), _MOST_LETTERS)
        self._upright = page.get_rotation() % 180 == 0
        width, height = page.get_size()
        self._size = (round(width * _PER_POINT), round(height * _PER_POINT))
        self._origin = self._asked(0, 0)
        self._across = tuple(self._per_point(self._asked(_FAR, 0), side) for side in (0, 1))
        self._up = tuple(self._per_point(self._asked(0, _FAR), side) for side in (0, 1))

    def close(self) -> None:
        """Gives the memory back."""
        self._letters.close()

    def find(self, words: str) -> PageHits:
        """Where words stand."""
        text = self._text()
        found = spans(text, words, MOST_HITS)
        hits = tuple(
            lines_of([self._box(place) for place in span], upright=self._upright) for span in found
        )
        return PageHits(tuple(filter(None, hits)), has_text=bool(text.strip()))

    def all(self) -> PageText:
        """All of them."""
        boxes = tuple(self._box(place) for place in range(self._count))
        return PageText(self._text(), boxes, tuple(self._links()))

    def _links(self) -> Iterator[PageLink]:
        """Link annotations whose words are the number of a source: «[3]»."""
        count = min(max(0, raw.FPDFPage_GetAnnotCount(self._page)), _MOST_LINKS)
        for place in range(count):
            annotation = raw.FPDFPage_GetAnnot(self._page, place)
            if not annotation:
                continue
            try:
                link = self._link(annotation)
            finally:
                raw.FPDFPage_CloseAnnot(annotation)
            if link is not None:
                yield link

    def _link(self, annotation: raw.FPDF_ANNOTATION) -> PageLink | None:
        if raw.FPDFAnnot_GetSubtype(annotation) != raw.FPDF_ANNOT_LINK:
            return None
        words = ctypes.create_string_buffer(_LONGEST_NUMBER)
        size = raw.FPDFAnnot_GetStringValue(
            annotation, b"Contents", ctypes.cast(words, ctypes.POINTER(raw.FPDF_WCHAR)), len(words)
        )
        said = words.raw[: min(size, len(words))].decode("utf-16-le", "replace").rstrip("\0")
        number, sides = _NUMBER.fullmatch(said), raw.FS_RECTF()
        if number is None or not raw.FPDFAnnot_GetRect(annotation, sides):
            return None
        x0, y0 = self._shown(sides.left, sides.top)
        x1, y1 = self._shown(sides.right, sides.bottom)
        box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        return PageLink(box, int(number[1]))

    def _text(self) -> str:
        """One character for each of PDFium's, so that places agree; what is none is a blank."""
        ask, letters = raw.FPDFText_GetUnicode, self._letters.raw
        return "".join(_character(ask(letters, place)) for place in range(self._count))

    def _box(self, place: int) -> Box:
        sides = [ctypes.c_double() for _ in range(4)]
        left, right, bottom, top = sides
        if not raw.FPDFText_GetCharBox(self._letters, place, left, right, bottom, top):
            return _NO_BOX
        x0, y0 = self._shown(left.value, top.value)
        x1, y1 = self._shown(right.value, bottom.value)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def _shown(self, x: float, y: float) -> tuple[float, float]:
        """A point of the file as it is shown: turned, from the upper left corner."""
        left, top = self._origin
        return (
            left + x * self._across[0] + y * self._up[0],
            top + x * self._across[1] + y * self._up[1],
        )

    def _per_point(self, far: tuple[float, float], side: int) -> float:
        return (far[side] - self._origin[side]) / _FAR

    def _asked(self, x: float, y: float) -> tuple[float, float]:
        """Of PDFium, which knows the page's box and how it is turned."""
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(self._page, 0, 0, *self._size, 0, x, y, across, down)
        return across.value / _PER_POINT, down.value / _PER_POINT


def _character(code: int) -> str:
    """Unpaired halves of UTF-16 and what lies beyond Unicode would not go through the pipe."""
    if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return " "
    return chr(code)
