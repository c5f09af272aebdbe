"""Both signature fields of a conclusion, made before anybody signs.

A field that is added after a certifying signature breaks it (ISO 32000-1, 12.8.2.2); one that was
there before and is only filled in does not.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from pyhanko.pdf_utils.generic import ArrayObject, ByteStringObject, IndirectObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, append_signature_field, enumerate_sig_fields

from signing.errors import AlreadySigned, UnreadableDocument
from signing.pdf_objects import dictionary
from signing.stamp_font import StampFont, embed, load_stamp_font

DOCTOR: Final = "Doctor"
APPROVER: Final = "Approver"


class _RepeatableWriter(IncrementalPdfFileWriter):
    """Leaves the paper's own metadata alone and takes its new identifier from the old one."""

    @classmethod
    def _handle_id(cls, prev: PdfFileReader) -> ArrayObject:
        """As ISO 32000-1, 14.4 wants it: the first part stays, the second is another one."""
        # A random one where the file has none. pyHanko's method has no types.
        first, _ = super()._handle_id(prev)  # type: ignore[no-untyped-call]
        digest = sha256(b"signature fields" + bytes(first)).digest()
        return ArrayObject([first, ByteStringObject(digest[:16])])

    def _update_meta(self) -> None:
        """pyHanko would write the present moment."""


@dataclass(frozen=True, slots=True)
class StampPlace:
    """A box on the last page, in points from its lower left corner."""

    left: int
    bottom: int
    width: int
    height: int


DOCTOR_PLACE: Final = StampPlace(57, 62, 232, 82)
APPROVER_PLACE: Final = StampPlace(306, 62, 232, 82)


def prepare_fields(
    pdf: bytes, doctor: StampPlace = DOCTOR_PLACE, approver: StampPlace = APPROVER_PLACE
) -> bytes:
    """Adds the empty fields «Doctor» and «Approver» behind the file's own bytes.

    A file that has an identifier makes the same bytes each time. Raises UnreadableDocument, or
    AlreadySigned where the file has signature fields already.
    """
    with refusing_the_unreadable():
        writer = _RepeatableWriter(io.BytesIO(pdf))
        if next(enumerate_sig_fields(writer), None) is not None:
            raise AlreadySigned("the file has signature fields")
        for name, place in ((DOCTOR, doctor), (APPROVER, approver)):
            append_signature_field(writer, _spec(name, place))
        _keep_font(writer, load_stamp_font())
        written = io.BytesIO()
        writer.write(written)  # type: ignore[no-untyped-call]  # no types
    return written.getvalue()


def field_states(pdf: bytes) -> dict[str, bool]:
    """The signature fields by name, and whether each is signed. Raises UnreadableDocument."""
    with refusing_the_unreadable():
        fields = enumerate_sig_fields(PdfFileReader(io.BytesIO(pdf)))
        return {name: value is not None for name, value, _ in fields}


def stamp_font_in(writer: IncrementalPdfFileWriter, font: StampFont) -> IndirectObject:
    """The font that `prepare_fields` has put in; another one where it is not the same."""
    form, key = writer.root["/AcroForm"], pdf_name("/" + font.name)
    try:
        kept = form["/DR"]["/Font"].raw_get(key)
    except KeyError:
        return embed(font, writer)
    return kept if isinstance(kept, IndirectObject) else embed(font, writer)


@contextmanager
def refusing_the_unreadable() -> Iterator[None]:
    """Turns pyHanko's many ways of stumbling over a damaged file into UnreadableDocument."""
    try:
        yield
    except (PdfError, ValueError, LookupError, TypeError, AttributeError, OSError) as error:
        raise UnreadableDocument("not a PDF file that can be signed") from error


def _spec(name: str, place: StampPlace) -> SigFieldSpec:
    right, top = place.left + place.width, place.bottom + place.height
    return SigFieldSpec(name, on_page=-1, box=(place.left, place.bottom, right, top))


def _keep_font(writer: IncrementalPdfFileWriter, font: StampFont) -> None:
    form = writer.root["/AcroForm"]
    fonts = dictionary({font.name: embed(font, writer)})
    form[pdf_name("/DR")] = dictionary({"Font": fonts})
    writer.update_container(form)
