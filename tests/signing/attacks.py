"""What is done to signed files: raw incremental updates, wrapped signatures, shadow documents.

The shadow attacks are those of Mainka, Mladenov, Rohlmann, «Shadow Attacks: Hiding and Replacing
Content in Signed PDFs», NDSS 2021; the others of Mladenov and others, «1 Trillion Dollar Refund»,
CCS 2019.
"""

import io
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NumberObject,
    PdfObject,
    StreamObject,
    pdf_name,
    pdf_string,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject

from signing.fields import APPROVER
from signing.pdf_objects import array, dictionary, name, numbers
from signing.signer import Signer

OVER: Final = b"1 g 0 0 600 850 re f"


def updated(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """The file with a later revision."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]  # no types
    return out.getvalue()


def replaced(pdf: bytes, reference: IndirectObject, by: PdfObject) -> bytes:
    """The file with a later revision that has another object under the same number."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.objects[(reference.generation, reference.idnum)] = by

    return updated(pdf, change)


def stream(data: bytes) -> StreamObject:
    """A stream as it is."""
    return StreamObject(stream_data=data)


def first_page(writer: IncrementalPdfFileWriter) -> Any:
    """The reference of the first page and the page."""
    reference, _ = writer.find_page_for_modification(0)  # type: ignore[no-untyped-call]
    return reference.reference, reference.get_object()


def with_overlay(pdf: bytes) -> bytes:
    """Before signing: the first page has another stream on top, object by object."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.add_stream_to_page(0, writer.add_object(stream(OVER)))  # type: ignore[no-untyped-call]

    return updated(pdf, change)


def overlay_of(pdf: bytes) -> IndirectObject:
    """The reference of that stream."""
    _, page = first_page(IncrementalPdfFileWriter(io.BytesIO(pdf)))
    found = page["/Contents"].raw_get(-1)
    assert isinstance(found, IndirectObject)
    return found


def with_text_field(pdf: bytes, text: str = "50") -> bytes:
    """Before signing: a text field on the first page."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        form = writer.root["/AcroForm"]
        box = numbers([100, 100, 200, 120])
        words: Mapping[str, PdfObject] = {
            "FT": name("Tx"),
            "T": pdf_string("Dose"),
            "V": pdf_string(text),
            "Type": name("Annot"),
            "Subtype": name("Widget"),
            "Rect": box,
        }
        field = writer.add_object(dictionary(words))
        form["/Fields"].append(field)
        writer.update_container(form["/Fields"])
        page, _ = writer.find_page_for_modification(0)  # type: ignore[no-untyped-call]
        writer.register_annotation(page, field)  # type: ignore[no-untyped-call]

    return updated(pdf, change)


def hidden_page_contents(pdf: bytes, number: int) -> tuple[bytes, bytes]:
    """Before signing: a second object of a number that is in use, inside a stream nobody shows.

    Returns the file and what the hidden object begins with.
    """
    start = f"{number} 0 obj\n<</Length {len(OVER)}>>\nstream\n".encode()
    hidden = start + OVER + b"\nendstream\nendobj\n"

    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root["/Shadow"] = writer.add_object(stream(hidden))
        writer.update_root()  # type: ignore[no-untyped-call]

    return updated(pdf, change), start


def pointed_elsewhere(pdf: bytes, number: int, offset: int) -> bytes:
    """Hide and replace: a later revision of nothing but a table that leads to the hidden object."""
    size, root, before = (
        re.findall(pattern, pdf)[-1]
        for pattern in (rb"/Size (\d+)", rb"/Root (\d+ 0 R)", rb"startxref\s+(\d+)")
    )
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n" % (number, offset)
    trailer = b"<</Size %s/Root %s/Prev %s>>\n" % (size, root, before)
    return pdf + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(pdf)


def signature_of(pdf: bytes, number: int) -> tuple[IndirectObject, DictionaryObject]:
    """The signature object of a field, by its place in the form."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    field = writer.root["/AcroForm"]["/Fields"][number]
    reference = field.raw_get("/V")
    assert isinstance(reference, IndirectObject)
    return reference, DictionaryObject(dict(field["/V"]))  # type: ignore[no-untyped-call]


def with_byte_range(pdf: bytes, number: int, value: PdfObject | None) -> bytes:
    """A later revision in which a signature has another byte range, or none."""
    reference, signature = signature_of(pdf, number)
    signature.pop("/ByteRange")
    if value is not None:
        signature[pdf_name("/ByteRange")] = value
    return replaced(pdf, reference, signature)


def with_second_copy(pdf: bytes) -> bytes:
    """Duplicate byte ranges: another field with a copy of the first signature and of its range."""
    _, signature = signature_of(pdf, 0)

    def change(writer: IncrementalPdfFileWriter) -> None:
        form = writer.root["/AcroForm"]
        words = {
            "FT": name("Sig"),
            "T": pdf_string("Copy"),
            "V": writer.add_object(signature),
            "Type": name("Annot"),
            "Subtype": name("Widget"),
            "Rect": array([]),
        }
        form["/Fields"].append(writer.add_object(dictionary(words)))
        writer.update_container(form["/Fields"])

    return updated(pdf, change)


def integers(*values: int) -> ArrayObject:
    """A byte range."""
    return ArrayObject([NumberObject(value) for value in values])  # type: ignore[no-untyped-call]


def countersigned(pdf: bytes, signer: Signer) -> bytes:
    """The approver's field filled by somebody who does not look at what was signed before."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    steps = PdfCMSEmbedder().write_cms(APPROVER, writer, existing_fields_only=True)
    next(steps)
    reserved = 2 * signer.cms_size
    steps.send(
        SigObjSetup(SignatureObject(subfilter=SigSeedSubFilter.PADES, bytes_reserved=reserved))
    )
    prepared, output = steps.send(SigIOSetup(md_algorithm="sha256"))
    whole = output.getvalue()
    content = whole[: prepared.reserved_region_start] + whole[prepared.reserved_region_end :]
    steps.send(signer.sign(content))
    return bytes(output.getvalue())
