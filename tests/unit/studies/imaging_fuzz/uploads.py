"""Hostile uploads of the imaging desk as they would lie in a case: one list for the window's tests
and benchmarks, by the groups of the desk's own list of bad input.
"""

import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from typing import Final

import pikepdf
from PIL import Image
from pydicom.dataset import Dataset

from tests.unit.studies import dicom_factory as make
from tests.unit.studies import docx_factory, slices
from tests.unit.studies.ecg_fuzz.uploads import CUTS, jpeg_of_65500
from tests.unit.studies.imaging_fuzz import bombs as made
from tests.unit.studies.imaging_fuzz.specimens import generated
from tests.unit.studies.test_hostile_files import claims_65500
from tests.unit.studies.test_hostile_pictures import (
    deflated_picture,
    fragments_beyond_the_end,
    nested_pictures,
    png_of_zeros,
)
from tests.unit.studies.test_picture_and_pdf import pdf, saved
from tests.unit.studies.test_pictures import claiming as tiff_claiming
from tests.unit.studies.test_transfer_syntaxes import claiming

Files = Iterator[tuple[str, bytes]]

_CUT_OFF: Final = (
    *("us jpeg clip", "us rle", "ct slice", "ct packed", "mr enhanced", "grey JPEG 2000"),
    *("grey deflated", "echo report", "encapsulated pdf", "dicom H.264", "jpeg", "tiff of pages"),
    *("mp4", "pdf", "docx", "disc"),
)


def truncated() -> Files:
    """One of each kind, cut off at 10, 50 and 90 % of its bytes."""
    for specimen in generated():
        if specimen.name in _CUT_OFF:
            for share in CUTS:
                yield (
                    f"{specimen.name} {share} %",
                    specimen.data[: len(specimen.data) * share // 100],
                )


def huge_claims() -> Files:
    """Small files whose headers claim gigapixels, or sizes that are none."""
    yield "jpeg of 65500 x 65500", jpeg_of_65500()
    yield "jpeg of 65500 x 65500 in dicom", claims_65500()
    for packing in ("JPEG lossless", "JPEG-LS", "JPEG 2000"):
        yield f"{packing} of 65500 x 65500", claiming(packing, 65500, 65500)
    yield "tiff of 65500 x 65500", tiff_claiming(65500, 65500)
    bitmap = bytearray(saved(Image.new("RGB", (16, 16)), "BMP"))
    struct.pack_into("<2l", bitmap, 18, 65500, 65500)
    yield "bmp of 65500 x 65500", bytes(bitmap)
    yield "rows and columns of 65535", make.clip_file(2, _sized(65535, 65535))
    yield "no rows", make.clip_file(2, _sized(0, 48))
    yield "one row of 65535", slices.ct_file(1, _sized(1, 65535))
    yield "a slice of 65535 x 65535", slices.ct_file(1, _sized(65535, 65535))
    yield "two milliard frames", make.clip_file(2, _framed)


def bombs() -> Files:
    """Packed and nested without end."""
    yield "deflated gigabyte", deflated_picture()
    yield "png of zeros", png_of_zeros()
    yield "zip of zeros", made.zip_of_zeros()
    yield "zip in a zip", _zip_in_zip(6)
    yield "docx of zeros", made.docx_of_zeros()
    yield "docx of entities", _docx_of_entities()
    yield "nested sequences", nested_pictures(20_000)


def paths() -> Files:
    """Archives whose names lead elsewhere; beside each lies a sound slice, which may be shown."""
    for name in (
        "../../etc/passwd",
        "/etc/passwd",
        "C:\\Windows\\win.ini",
        "a/../../../b.dcm",
        "..\\..\\b.dcm",
        "\\\\server\\share\\b.dcm",
        "CON",
        "b\0.dcm",
        "x" * 5000,
    ):
        yield f"zip with {name[:24]!r}", _zip_with(zipfile.ZipInfo(name.replace("\0", "_")), name)
    link = zipfile.ZipInfo("link.dcm")
    link.external_attr = 0o120777 << 16
    yield "zip with a link", _zip_with(link, "", b"/etc/passwd")


def wrong() -> Files:
    """Wrong lengths, another packing than the file says, no meta header."""
    plain, clip = slices.ct_file(1), make.clip_file(3)
    for length in (0, 3, 0x7FFFFFFE, 0xFFFFFFFE):
        yield f"pixel data of {length}", _with_length(plain, length)
    yield "fragments beyond the end", fragments_beyond_the_end()
    for own, other in (
        (plain, b"1.2.840.10008.1.2.4.50"),
        (plain, b"1.2.840.10008.1.2.4.90"),
        (plain, b"1.2.840.10008.1.2.1.99"),
        (plain, b"1.2.840.10008.1.2.2\0"),
        (clip, b"1.2.840.10008.1.2.1\0"),
        (clip, b"1.2.840.10008.1.2.5\0"),
        (clip, b"1.2.840.10008.1.2.4.102\0"),
    ):
        kind = "slice" if own is plain else "clip"
        yield f"a {kind} called {other.decode().strip(chr(0))}", _called(own, other)
    end = 144 + int(struct.unpack_from("<L", clip, 140)[0])
    yield "a clip without its meta header", clip[end:]
    yield "a clip with half of its meta header", clip[:180] + clip[end:]
    yield "a preamble alone", bytes(128) + b"DICM"


def pdfs() -> Files:
    """Documents that would run or start something."""
    for action in ("JavaScript", "Launch", "SubmitForm", "GoToE", "ImportData"):
        yield f"pdf with {action}", pdf_with(action)
    parts: dict[str, bytes | str] = {"word/vbaProject.bin": b"x", "word/embeddings/a.bin": b"x"}
    yield "docx with macros", docx_factory.docx(docx_factory.paragraph("текст"), parts)
    relations = docx_factory.relations({"p": ("http://127.0.0.1:1/a.png", "External")})
    body = docx_factory.paragraph("a") + docx_factory.drawing("p")
    yield (
        "docx with a picture elsewhere",
        docx_factory.docx(body, {docx_factory.RELATIONS: relations}),
    )


def disguised() -> Files:
    """Pages of the web and drawings with programs under other names."""
    yield "svg", made.svg()
    yield "svg behind a prolog", b'<?xml version="1.0"?>\n<!-- a -->\n' + made.svg()
    yield "html", made.html()
    yield "html behind a preamble", made.html_behind_a_preamble()
    yield "html behind a jpeg's first bytes", b"\xff\xd8\xff\xe0" + made.html()
    yield "html behind a pdf's first bytes", b"%PDF-1.7\n" + made.html()
    yield "svg in a zip called docx", docx_factory.zipped({"word/document.xml": made.svg()})


GROUPS: Final[tuple[Callable[[], Files], ...]] = (
    truncated,
    huge_claims,
    bombs,
    paths,
    wrong,
    pdfs,
    disguised,
)


def pdf_with(action: str) -> bytes:
    """Two pages, and an order to do something when it is opened (ISO 32000-1, 12.6.4)."""
    document = pikepdf.open(io.BytesIO(pdf()))
    order = pikepdf.Dictionary(S=pikepdf.Name(f"/{action}"), JS="app.alert(1)", F="/bin/sh")
    document.Root.OpenAction = document.make_indirect(order)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _sized(rows: int, columns: int) -> make.Change:
    def change(dataset: Dataset) -> None:
        dataset.Rows, dataset.Columns = rows, columns

    return change


def _framed(dataset: Dataset) -> None:
    dataset.NumberOfFrames = 2**31 - 1


def _with_length(data: bytes, length: int) -> bytes:
    """Of the pixel data of an explicit file."""
    changed = bytearray(data)
    struct.pack_into("<L", changed, changed.rindex(b"\xe0\x7f\x10\x00") + 8, length)
    return bytes(changed)


def _called(data: bytes, syntax: bytes) -> bytes:
    """The same bytes under the name of another transfer syntax."""
    at = data.index(b"\x02\x00\x10\x00UI")
    size = struct.unpack_from("<H", data, at + 6)[0]
    length = struct.pack("<H", len(syntax))
    return data[: at + 6] + length + syntax + data[at + 8 + size :]


def _zip_in_zip(depth: int) -> bytes:
    inner = slices.ct_file(1)
    for number in range(depth):
        inner = docx_factory.zipped({f"{number}.zip": inner})
    return inner


def _zip_with(entry: zipfile.ZipInfo, name: str, content: bytes = b"") -> bytes:
    """An archive of a sound slice and that entry, whose name stands there as it is given."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("DICOM/I1", slices.ct_file(1))
        archive.writestr(entry, content or slices.ct_file(2))
    data = file.getvalue()
    return data.replace(b"b_.dcm", b"b\0.dcm") if "\0" in name else data


def _docx_of_entities() -> bytes:
    lines = ['<!ENTITY a0 "lol">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    xml = f'<?xml version="1.0"?><!DOCTYPE x [{"".join(lines)}]><x>&a9;</x>'
    return docx_factory.zipped({"word/document.xml": xml})
