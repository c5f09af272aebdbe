"""PDF documents by PDFium: pages with what stands in their fields; scripts are not run."""

from contextlib import suppress
from typing import Final

import pypdfium2  # type: ignore[import-untyped]  # the package carries no types
from pypdfium2 import raw

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.imaging import PdfInfo
from workstation.studies.opened import Pixels
from workstation.studies.warnings import StudyWarning

_MOST_PAGES: Final = 2000
_MOST_PIXELS: Final = 64_000_000
_LARGEST_PT: Final = 14_400.0
"""Largest side of a page by ISO 32000-1, annex C.2."""
_WRONG_PASSWORD: Final = 4


class PdfFile:
    """An open document; pages are drawn one by one.

    Raises:
        UnreadableFile: damaged, locked or without pages.
    """

    def __init__(self, data: memoryview) -> None:
        try:
            self._document = pypdfium2.PdfDocument(bytes(data))
        except pypdfium2.PdfiumError as error:
            locked = error.err_code == _WRONG_PASSWORD
            raise UnreadableFile(Unreadable.LOCKED if locked else Unreadable.DAMAGED) from error
        self.info = self._describe()
        with suppress(pypdfium2.PdfiumError):  # the pages without their fields, as far as they go
            self._document.init_forms()

    def render(self, index: int, into: Pixels) -> None:
        """Draws page `index` over the whole of `into`."""
        if into.shape[0] * into.shape[1] > _MOST_PIXELS:
            raise UnreadableFile(Unreadable.TOO_LARGE)
        try:
            page = self._document[index]
        except (pypdfium2.PdfiumError, IndexError) as error:
            raise UnreadableFile(Unreadable.DAMAGED) from error
        _draw(page, into)
        page.close()

    def _describe(self) -> PdfInfo:
        count = len(self._document)
        if count <= 0:
            raise UnreadableFile(Unreadable.NO_PICTURE)
        shown = min(count, _MOST_PAGES)
        return PdfInfo(
            page_count=shown,
            page_sizes_pt=tuple(self._size(place) for place in range(shown)),
            title=str(self._document.get_metadata_value("Title"))[:200],
            warnings=(StudyWarning.PAGES_HIDDEN,) if count > shown else (),
        )

    def _size(self, place: int) -> tuple[float, float]:
        try:
            width, height = self._document.get_page_size(place)
        except pypdfium2.PdfiumError as error:
            raise UnreadableFile(Unreadable.DAMAGED) from error
        if not (0 < width <= _LARGEST_PT and 0 < height <= _LARGEST_PT):
            raise UnreadableFile(Unreadable.DAMAGED)
        return width, height


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
