"""PDF documents by PDFium: pages with what stands in their fields; scripts are not run."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import Final

import pypdfium2  # type: ignore[import-untyped]  # the package carries no types
from pypdfium2 import raw

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.imaging import PdfInfo
from workstation.studies.opened import Pixels
from workstation.studies.page_text import MOST_PIXELS, PageHits, PageText
from workstation.studies.readers.letters import plain
from workstation.studies.readers.pdf_left_out import left_out
from workstation.studies.readers.pdf_text import PdfLetters

_MOST_PAGES: Final = 2000
_LARGEST_PT: Final = 14_400.0
"""Largest side of a page by ISO 32000-1, annex C.2."""
_LONGEST: Final = 60.0
"""A strip of paper may be so many times as long as wide."""
_STAND_IN: Final = (595.0, 842.0)
"""The place of a page whose size is absurd; it is not drawn."""
_WRONG_PASSWORD: Final = 4


class PdfFile:
    """An open document; pages are drawn one by one.

    Raises:
        UnreadableFile: damaged, locked or without pages.
    """

    def __init__(self, data: memoryview) -> None:
        self._absurd: set[int] = set()
        whole = bytes(data)
        self.size = len(whole)
        try:
            self._document = pypdfium2.PdfDocument(whole)
        except pypdfium2.PdfiumError as error:
            locked = error.err_code == _WRONG_PASSWORD
            raise UnreadableFile(Unreadable.LOCKED if locked else Unreadable.DAMAGED) from error
        self.info = self._describe(whole)
        with suppress(pypdfium2.PdfiumError):  # the pages without their fields, as far as they go
            self._document.init_forms()

    def render(self, index: int, into: Pixels) -> None:
        """Draws page `index` over the whole of `into`."""
        if into.shape[0] * into.shape[1] > MOST_PIXELS:
            raise UnreadableFile(Unreadable.TOO_LARGE)
        with self._page(index) as page:
            _draw(page, into)

    def find(self, index: int, words: str) -> PageHits:
        """Where words stand on page `index`."""
        with self._page(index) as page, closing(PdfLetters(page)) as letters:
            return letters.find(words)

    def text(self, index: int) -> PageText:
        """The letters of page `index`."""
        with self._page(index) as page, closing(PdfLetters(page)) as letters:
            return letters.all()

    @contextmanager
    def _page(self, index: int) -> Iterator[pypdfium2.PdfPage]:
        if index in self._absurd:
            raise UnreadableFile(Unreadable.TOO_LARGE)
        try:
            page = self._document[index]
        except (pypdfium2.PdfiumError, IndexError) as error:
            raise UnreadableFile(Unreadable.DAMAGED) from error
        try:
            yield page
        finally:
            page.close()

    def _describe(self, data: bytes) -> PdfInfo:
        count = len(self._document)
        if count <= 0:
            raise UnreadableFile(Unreadable.NO_PICTURE)
        sizes = self._sizes(min(count, _MOST_PAGES))
        title = str(self._document.get_metadata_value("Title"))
        return PdfInfo(
            page_count=len(sizes),
            page_sizes_pt=sizes,
            title=plain(title)[:200],
            warnings=left_out(self._document, data, pages_hidden=count > len(sizes)),
        )

    def _sizes(self, count: int) -> tuple[tuple[float, float], ...]:
        """Of each page; up to the first that is not there, where the file claims more."""
        sizes: list[tuple[float, float]] = []
        for place in range(count):
            try:
                sizes.append(self._size(place))
            except pypdfium2.PdfiumError as error:
                if not sizes:
                    raise UnreadableFile(Unreadable.DAMAGED) from error
                break
        return tuple(sizes)

    def _size(self, place: int) -> tuple[float, float]:
        width, height = self._document.get_page_size(place)
        within = 0 < width <= _LARGEST_PT and 0 < height <= _LARGEST_PT
        if within and 1 / _LONGEST < width / height < _LONGEST:
            return width, height
        self._absurd.add(place)
        return _STAND_IN


def _draw(page: pypdfium2.PdfPage, into: Pixels) -> None:
    height, width = into.shape[:2]
    bitmap = raw.FPDFBitmap_CreateEx(
        width, height, raw.FPDFBitmap_BGRx, into.ctypes.data, into.strides[0]
    )
    raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
    raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT)
    if page.formenv is not None:  # fields, such as the stamps of signatures
        raw.FPDF_FFLDraw(page.formenv, bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT)
    raw.FPDFBitmap_Destroy(bitmap)
    into[..., 3] = 255
