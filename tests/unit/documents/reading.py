"""Reads a paper back as a reader of PDF files sees it."""

import pypdfium2  # type: ignore[import-untyped]  # the package carries no types
from PIL import Image


def page_texts(pdf: bytes) -> list[str]:
    """The words of each page; lines end with a blank."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_text(document, index) for index in range(len(document))]
    finally:
        document.close()


def _text(document: pypdfium2.PdfDocument, index: int) -> str:
    page = document[index]
    words = page.get_textpage()
    text = str(words.get_text_bounded()).replace("\r\n", " ")
    words.close()
    page.close()
    return text


def page_pixels(pdf: bytes, index: int, box: tuple[int, int, int, int]) -> Image.Image:
    """Part of a page in grey, one pixel a point; the box is left, bottom, right, top in points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[index]
        picture: Image.Image = page.render(scale=1).to_pil().convert("L")
        page.close()
    finally:
        document.close()
    left, bottom, right, top = box
    return picture.crop((left, picture.height - top, right, picture.height - bottom))
