"""Revisions that somebody appends who has no key: a time stamp anybody may ask for, or nothing.

What a sealed file allows behind its signatures is a store of proofs and time stamps that nobody
sees (ETSI EN 319 142-1, 5.4, 5.5); these go further.
"""

import asyncio
import io
import re
from collections.abc import Callable, Mapping
from typing import Any

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    IndirectObject,
    NumberObject,
    PdfObject,
    StreamObject,
    pdf_name,
    pdf_string,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import DocumentTimestamp

from signing.fields import APPROVER, DOCTOR
from signing.pdf_objects import array, dictionary, name, number, numbers
from signing.timestamps import time_stamp
from signing.upkeep import covered_bytes
from signing.wire import Wire
from tests.signing.attacks import OVER, first_page, stream

_ROOM = 12_000
YES = BooleanObject(True)  # type: ignore[no-untyped-call]  # no types
Change = Callable[[IncrementalPdfFileWriter], None]
Edit = Callable[[IncrementalPdfFileWriter, DictionaryObject], None]


def token_of(service: str) -> Callable[[bytes], bytes]:
    """What gives true time stamps (DER) of the service at that address."""

    async def asked(data: bytes) -> bytes:
        async with Wire(timeout=30) as wire:
            return (await time_stamp(wire, [service], data)).der

    return lambda data: asyncio.run(asked(data))


def stamped(
    pdf: bytes,
    field: str,
    token: Callable[[bytes], bytes],
    draw: Edit | None = None,
    kind: str = "DocTimeStamp",
) -> bytes:
    """With a token over the whole file in a field, a new one or one that is there.

    `draw` changes the field; `kind` is what the value says that it is.
    """
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    new = None if field in (DOCTOR, APPROVER) else SigFieldSpec(field)
    steps = PdfCMSEmbedder(new_field_spec=new).write_cms(field, writer)
    next(steps)
    value = DocumentTimestamp(bytes_reserved=_ROOM)  # type: ignore[no-untyped-call]  # no types
    value[pdf_name("/Type")] = name(kind)
    steps.send(SigObjSetup(sig_placeholder=value))
    if draw is not None:
        reference, found = field_named(writer, field)
        draw(writer, found)
        writer.mark_update(reference)
    prepared, output = steps.send(SigIOSetup(md_algorithm="sha256"))
    with output.getbuffer() as written:
        content = covered_bytes(written, prepared)
    steps.send(token(content))
    return bytes(output.getvalue())


def field_named(
    writer: IncrementalPdfFileWriter, title: str
) -> tuple[IndirectObject, DictionaryObject]:
    """The reference of a field, and the field."""
    found = {one.get_object()["/T"]: one for one in writer.root["/AcroForm"]["/Fields"]}
    return found[title], found[title].get_object()


def drawing(writer: IncrementalPdfFileWriter, content: bytes = OVER) -> IndirectObject:
    """An appearance as large as a page."""
    words: Mapping[str, PdfObject] = {
        "Type": name("XObject"),
        "Subtype": name("Form"),
        "BBox": numbers([0, 0, 600, 850]),
    }
    form = StreamObject(dictionary(words), stream_data=content)
    return writer.add_object(form)


def draw_over(writer: IncrementalPdfFileWriter, field: DictionaryObject) -> None:
    """The field shows something."""
    field[pdf_name("/AP")] = dictionary({"N": drawing(writer)})


def draw_nothing(writer: IncrementalPdfFileWriter, field: DictionaryObject) -> None:
    """As some programs do for what is not to be seen."""
    field[pdf_name("/AP")] = dictionary({"N": drawing(writer, b"% DSBlank\n")})


def spread(writer: IncrementalPdfFileWriter, field: DictionaryObject) -> None:
    """The field takes a page, and says so with numbers that lie elsewhere in the file."""
    sides = [writer.add_object(number(side)) for side in (0, 0, 600, 850)]
    field[pdf_name("/Rect")] = ArrayObject(sides)
    draw_over(writer, field)


def in_catalogue(key: str, value: PdfObject) -> Change:
    """Another entry of the document's catalogue."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        writer.root[pdf_name("/" + key)] = value
        writer.update_root()  # type: ignore[no-untyped-call]  # no types

    return change


def in_form(key: str, value: PdfObject) -> Change:
    """Another entry of the form."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        form = writer.root["/AcroForm"]
        form[pdf_name("/" + key)] = value
        writer.update_container(form)

    return change


def in_doctors_field(key: str, value: PdfObject) -> Change:
    """Another entry of the doctor's field."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        reference, field = field_named(writer, DOCTOR)
        field[pdf_name("/" + key)] = value
        writer.mark_update(reference)

    return change


def retitle(writer: IncrementalPdfFileWriter) -> None:
    """The document says that it is another one."""
    info: Any = writer.trailer["/Info"]
    info[pdf_name("/Title")] = pdf_string("Заключение другого человека")
    writer.update_container(info)


def redate(writer: IncrementalPdfFileWriter) -> None:
    """As programs do when they append a time stamp."""
    info: Any = writer.trailer["/Info"]
    info[pdf_name("/ModDate")] = pdf_string("D:20300101000000Z")
    writer.update_container(info)
    _with_metadata(writer, rb'xmp:ModifyDate="[^"]*"', b'xmp:ModifyDate="2030-01-01T00:00:00Z"')


def rename(writer: IncrementalPdfFileWriter) -> None:
    """The same in the other place where it says so (XMP)."""
    _with_metadata(writer, rb'default">', b'default">!')


def _with_metadata(writer: IncrementalPdfFileWriter, old: bytes, new: bytes) -> None:
    said = writer.root.raw_get("/Metadata").get_object().data
    assert re.search(old, said)
    words = {"Type": name("Metadata"), "Subtype": name("XML")}
    changed = StreamObject(dictionary(words), stream_data=re.sub(old, new, said))
    writer.root[pdf_name("/Metadata")] = writer.add_object(changed)
    writer.update_root()  # type: ignore[no-untyped-call]  # no types


def annotate(writer: IncrementalPdfFileWriter) -> None:
    """A note over the first page."""
    words = {"Type": name("Annot"), "Subtype": name("FreeText"), "Rect": numbers([0, 0, 600, 850])}
    note = writer.add_object(dictionary({**words, "AP": dictionary({"N": drawing(writer)})}))
    reference, page = first_page(writer)
    page[pdf_name("/Annots")] = ArrayObject([note])
    writer.mark_update(reference)


PLAIN: Mapping[str, Change] = {
    "title": retitle,
    "metadata": rename,
    "note": annotate,
    "marked as tagged": in_catalogue("MarkInfo", dictionary({"Marked": YES})),
    "script": in_catalogue("AA", dictionary({})),
    "file inside": in_catalogue("Names", dictionary({"EmbeddedFiles": dictionary({})})),
    "language": in_catalogue("Lang", pdf_string("en")),
    "other form": in_form("XFA", array([])),
    "drawn anew": in_form("NeedAppearances", YES),
    "flags of a field": in_doctors_field("Ff", NumberObject(1)),  # type: ignore[no-untyped-call]
    "hidden stamp": in_doctors_field("F", NumberObject(2)),  # type: ignore[no-untyped-call]
}


class _Silent(IncrementalPdfFileWriter):
    """Says nothing of itself in the file."""

    def _update_meta(self) -> None:
        """pyHanko would write the metadata anew."""


def rearranged(pdf: bytes, change: Change) -> bytes:
    """The file with a later revision that nobody signed."""
    writer = _Silent(io.BytesIO(pdf))
    change(writer)
    written = io.BytesIO()
    writer.write(written)  # type: ignore[no-untyped-call]  # no types
    return written.getvalue()


def spare(writer: IncrementalPdfFileWriter) -> None:
    """An object that nothing leads to."""
    writer.add_object(stream(b"nobody reads this"))
