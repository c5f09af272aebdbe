"""Small files that would unfold without end, claim gigapixels, or hide a page of the web."""

import io
import random
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Final

from tests.unit.studies import dicom_factory as make
from tests.unit.studies import docx_factory
from tests.unit.studies.ecg_fuzz.uploads import jpeg_of_65500
from tests.unit.studies.imaging_fuzz.cases import Case, Fate
from tests.unit.studies.test_hostile_files import claims_65500, deflate_bomb, nested
from tests.unit.studies.test_hostile_pictures import (
    deflated_picture,
    nested_pictures,
    png_of_zeros,
)
from tests.unit.studies.test_pictures import claiming

_MIB: Final = 1024 * 1024


def bomb(chance: random.Random) -> Case:
    """One of them."""
    name, make_one, fate = chance.choice(BOMBS)
    return Case(f"bomb: {name}", make_one(), fate)


@cache
def zip_of_zeros() -> bytes:
    """Named as a slice of a disc, which unfolds to 300 MiB."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("DICOM/I1", "w", force_zip64=True) as entry,
    ):
        entry.write(bytes(128) + b"DICM")
        for _ in range(75):
            entry.write(bytes(4 * _MIB))
    return packed.getvalue()


@cache
def docx_of_zeros() -> bytes:
    """A document whose words unfold to 100 MiB."""
    return docx_factory.docx("<w:p/>" * (100 * _MIB // 6))


def svg() -> bytes:
    """A drawing that would run a program."""
    script = "<script>fetch('http://127.0.0.1/')</script>"
    return f'<svg xmlns="http://www.w3.org/2000/svg">{script}</svg>'.encode()


def html() -> bytes:
    """A page of the web under the name of a picture."""
    return b"<!DOCTYPE html><html><body><img src='http://127.0.0.1/a'></body></html>"


def html_behind_a_preamble() -> bytes:
    """128 bytes of a page, then the word of DICOM and nothing of it."""
    return html()[:128].ljust(128) + b"DICM" + html() * 20


BOMBS: Final[tuple[tuple[str, Callable[[], bytes], Fate], ...]] = (
    ("jpeg of 65500 x 65500", jpeg_of_65500, Fate.REFUSED),
    ("jpeg of 65500 x 65500 in dicom", claims_65500, Fate.REFUSED),
    ("deflated gigabyte", deflate_bomb, Fate.REFUSED),
    ("deflated picture", deflated_picture, Fate.REFUSED),
    ("png of zeros", png_of_zeros, Fate.REFUSED),
    ("tiff of 65000 x 65000", lambda: claiming(65000, 65000), Fate.REFUSED),
    ("nested sequences", lambda: nested(20_000), Fate.REFUSED),
    ("nested icons", lambda: nested_pictures(20_000), Fate.REFUSED),
    ("zip of zeros", zip_of_zeros, Fate.ANY),
    ("docx of zeros", docx_of_zeros, Fate.REFUSED),
    ("svg", svg, Fate.REFUSED),
    ("html", html, Fate.REFUSED),
    ("html behind a preamble", html_behind_a_preamble, Fate.REFUSED),
    ("rows and columns", lambda: make.clip_file(2, _all_there_is), Fate.REFUSED),
)


def _all_there_is(dataset: object) -> None:
    dataset.Rows = dataset.Columns = 65535  # type: ignore[attr-defined]  # a data set
