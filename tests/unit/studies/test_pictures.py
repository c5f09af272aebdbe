"""Photos and scans of all kinds that are opened, and those that are refused by name."""

import io
import struct
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.unit.studies import dicom_factory as make
from tests.unit.studies.reading import colours_of, drawn, read_drawable
from tests.unit.studies.test_picture_and_pdf import saved, two_colours
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.imaging import PdfInfo, PictureInfo
from workstation.studies.readers.sniff import FileFormat, sniff


def picture_of(data: bytes) -> PictureInfo:
    """What the photo says of itself."""
    info = read_drawable(data).info
    assert isinstance(info, PictureInfo)
    return info


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "PNG"])
def test_pictures_that_lose_nothing(kind: str) -> None:
    """OZ-6"""
    pixels = make.colour_frame(1)
    file = saved(Image.fromarray(pixels), kind)
    assert picture_of(file).format == kind
    np.testing.assert_array_equal(colours_of(drawn(file)), pixels)


def test_avif() -> None:
    """By the decoder under the BSD licence that Pillow brings."""
    file = saved(Image.fromarray(make.colour_frame(1, 64, 64)), "AVIF", quality=95)
    info = picture_of(file)
    assert (info.format, info.width, info.height) == ("AVIF", 64, 64)
    assert np.abs(colours_of(drawn(file)).astype(int) - make.colour_frame(1, 64, 64)).mean() < 12


@pytest.mark.parametrize("packing", ["tiff_lzw", "tiff_adobe_deflate", "packbits", "raw"])
@pytest.mark.parametrize("mode", ["RGB", "L", "1", "P"])
def test_packings_of_tiff(packing: str, mode: str) -> None:
    image = two_colours().convert(mode)
    file = saved(image, "TIFF", compression=packing)
    np.testing.assert_array_equal(colours_of(drawn(file)), np.asarray(image.convert("RGB")))


@pytest.mark.parametrize("packing", ["group3", "group4", "tiff_ccitt"])
def test_faxes(packing: str) -> None:
    image = two_colours().convert("1")
    file = saved(image, "TIFF", compression=packing)
    np.testing.assert_array_equal(colours_of(drawn(file)), np.asarray(image.convert("RGB")))


def test_jpeg_in_tiff() -> None:
    pixels = make.colour_frame(2, 64, 64)
    file = saved(Image.fromarray(pixels), "TIFF", compression="jpeg", quality=95)
    assert np.abs(colours_of(drawn(file)).astype(int) - pixels).mean() < 12


@pytest.mark.parametrize("orientation", range(1, 9))
def test_tiff_is_upright_by_its_orientation(orientation: int) -> None:
    upright = two_colours()
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = saved(_turned(upright, orientation), "TIFF", exif=exif)
    info = picture_of(stored)
    assert (info.width, info.height) == (40, 20)
    np.testing.assert_array_equal(colours_of(drawn(stored)), np.asarray(upright))


def _turned(image: Image.Image, orientation: int) -> Image.Image:
    """As a camera stores it that is held so."""
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    return image.transpose(turns[orientation]) if orientation in turns else image


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bit_greys_by_their_upper_byte(kind: str) -> None:
    greys = (np.arange(800, dtype=np.uint16) * 80).reshape(20, 40)
    shown = colours_of(drawn(saved(Image.fromarray(greys), kind)))
    np.testing.assert_array_equal(shown[..., 0], greys >> 8)


def test_fractions_from_the_least_to_the_greatest() -> None:
    """What is no number is black, never a wrong scale for the rest."""
    numbers = np.linspace(-3, 5, 800, dtype=np.float32).reshape(20, 40)
    numbers[3, 3] = np.nan
    shown = colours_of(drawn(saved(Image.fromarray(numbers), "TIFF")))[..., 0]
    assert (shown[0, 0], shown[-1, -1], shown[3, 3]) == (0, 255, 0)


def test_half_transparent_over_white() -> None:
    image = Image.new("LA", (4, 4), (0, 128))
    shown = colours_of(drawn(saved(image, "PNG")))
    assert abs(int(shown[0, 0, 0]) - 127) <= 1


def test_inverted_cmyk_of_cameras_and_printers() -> None:
    """Adobe's JPEGs hold their four inks upside down."""
    image = two_colours().convert("CMYK")
    shown = colours_of(drawn(saved(image, "JPEG", quality=100, subsampling=0)))
    assert np.abs(shown.astype(int) - np.asarray(image.convert("RGB"))).mean() < 4


def pages_of(*sizes: tuple[int, int], dpi: float = 100.0) -> bytes:
    """A TIFF of white pages, each with a black upper left quarter."""
    pages = []
    for width, height in sizes:
        page = Image.new("L", (width, height), 255)
        page.paste(0, (0, 0, width // 2, height // 2))
        pages.append(page)
    return saved(
        pages[0],
        "TIFF",
        save_all=True,
        append_images=pages[1:],
        dpi=(dpi, dpi),
        compression="tiff_lzw",
    )


def test_a_tiff_of_pages_is_a_document() -> None:
    """OZ-6"""
    data = pages_of((827, 1169), (400, 200))
    info = read_drawable(data).info
    assert isinstance(info, PdfInfo)
    assert (info.page_count, info.format) == (2, "TIFF")
    assert info.page_sizes_pt[0] == pytest.approx((595.44, 841.68))
    shown = colours_of(drawn(data, index=1, width=100))
    assert shown.shape == (50, 100, 3)
    assert np.all(shown[:20, :45] == 0)
    assert np.all(shown[:, 55:] == 255)


@pytest.mark.parametrize(
    ("dpi", "expected"),
    [((204, 98), (610, 808)), ((204, 196), None), ((96, 96), None), ((0.001, 96), None)],
)
def test_a_fax_of_one_page_is_as_high_as_on_paper(
    dpi: tuple[float, float], expected: tuple[int, int] | None
) -> None:
    """OZ-6: 1728 x 1100 dots at 204 x 98 an inch; square ones stay a photo."""
    info = read_drawable(saved(Image.new("1", (1728, 1100), 1), "TIFF", dpi=dpi)).info
    if expected is None:
        assert isinstance(info, PictureInfo)
        return
    assert isinstance(info, PdfInfo)
    assert list(info.page_sizes_pt[0]) == pytest.approx(list(expected), abs=1)
    side = saved(Image.new("1", (1728, 1100), 1), "TIFF", dpi=dpi, tiffinfo={274: 6})
    info = read_drawable(side).info
    assert isinstance(info, PdfInfo)
    assert list(info.page_sizes_pt[0]) == pytest.approx(list(expected[::-1]), abs=1)


@pytest.mark.parametrize("orientation", [1, 6, 8])
def test_pages_lie_by_their_orientation(orientation: int) -> None:
    """A page that was scanned on its side is neither left so nor squeezed."""
    page = Image.new("L", (200, 100))
    page.paste(255, (0, 0, 100, 100))
    stream = io.BytesIO()
    page.save(
        stream,
        "TIFF",
        save_all=True,
        append_images=[page],
        tiffinfo={274: orientation},
        dpi=(72, 72),
    )
    info = read_drawable(stream.getvalue()).info
    assert isinstance(info, PdfInfo)
    size = (200, 100) if orientation == 1 else (100, 200)
    assert info.page_sizes_pt[0] == pytest.approx(size)
    shown = colours_of(drawn(stream.getvalue(), width=size[0]))
    down, across = {1: (50, 20), 6: (20, 50), 8: (180, 50)}[orientation]
    assert np.all(shown[down, across] == 255)


def test_a_page_whose_resolution_cannot_be() -> None:
    """200 dots an inch are assumed, as on a fax."""
    info = read_drawable(pages_of((200, 400), (200, 400), dpi=0.001)).info
    assert isinstance(info, PdfInfo)
    assert info.page_sizes_pt == ((72, 144), (72, 144))


def test_a_document_that_is_cut_off_shows_its_whole_pages() -> None:
    data = pages_of(*((300, 400),) * 4)
    counts = []
    for part in (80, 90, 100):
        info = read_drawable(data[: len(data) * part // 100]).info
        counts.append(info.page_count if isinstance(info, PdfInfo) else 1)
    assert counts[0] < counts[-1] == 4


def claiming(width: int, height: int) -> bytes:
    """A TIFF whose header says so."""
    data = bytearray(saved(Image.new("L", (16, 16)), "TIFF"))
    first = struct.unpack_from("<L", data, 4)[0]
    for place in range(struct.unpack_from("<H", data, first)[0]):
        at = first + 2 + 12 * place
        tag = struct.unpack_from("<H", data, at)[0]
        if tag in (256, 257):
            struct.pack_into("<HLL", data, at + 2, 4, 1, width if tag == 256 else height)
    return bytes(data)


@pytest.mark.parametrize("size", [(65500, 65500), (14000, 14000)])
def test_a_tiff_that_claims_too_much(size: tuple[int, int]) -> None:
    with pytest.raises(UnreadableFile) as raised:
        read_drawable(claiming(*size))
    assert raised.value.reason is Unreadable.TOO_LARGE


def test_a_bmp_that_claims_too_much() -> None:
    data = bytearray(saved(Image.new("RGB", (16, 16)), "BMP"))
    struct.pack_into("<2l", data, 18, 65500, 65500)
    with pytest.raises(UnreadableFile) as raised:
        read_drawable(bytes(data))
    assert raised.value.reason is Unreadable.TOO_LARGE


def iso(major: bytes, *others: bytes) -> bytes:
    """The first box of an ISO media file."""
    body = major + bytes(4) + b"".join(others)
    return struct.pack(">L4s", 8 + len(body), b"ftyp") + body + bytes(100)


@pytest.mark.parametrize("brands", [(b"heic",), (b"mif1", b"heic"), (b"msf1", b"mif1", b"hevc")])
def test_heic_is_refused_with_advice(brands: tuple[bytes, ...]) -> None:
    """No decoder that is current and not under the GPL comes with the program."""
    with pytest.raises(UnreadableFile) as raised:
        read_drawable(iso(*brands))
    assert (raised.value.reason, raised.value.detail) == (Unreadable.SAVE_AS_JPEG, "HEIC")


PAGES = {
    b"<svg xmlns='http://www.w3.org/2000/svg'/>": "SVG",
    b"<?xml version='1.0'?>\n<!-- x --><!DOCTYPE svg PUBLIC ''><svg>": "SVG",
    b"\xef\xbb\xbf <s:svg xmlns:s='http://www.w3.org/2000/svg'>": "SVG",
    b"<html><body>%PDF-1.7</body></html>": "HTML",
    b"\n\n<!DOCTYPE html><script>alert(1)</script>": "HTML",
    b"<script>%PDF-</script>": "HTML",
    "\ufeff<html>".encode("utf-16-le"): "HTML",
}


@pytest.mark.parametrize("data", PAGES)
def test_web_pages_are_refused_by_name(data: bytes) -> None:
    """Also where they have the marks of a PDF."""
    with pytest.raises(UnreadableFile) as raised:
        read_drawable(data)
    assert (raised.value.reason, raised.value.detail) == (Unreadable.WEB_PAGE, PAGES[data])


def test_what_a_picture_or_a_video_is() -> None:
    expected: dict[bytes, FileFormat | None] = {
        iso(b"isom", b"mp42"): FileFormat.VIDEO,
        iso(b"qt  "): FileFormat.VIDEO,
        iso(b"avif", b"mif1"): FileFormat.AVIF,
        iso(b"mif1", b"avif", b"heic"): FileFormat.AVIF,
        b"RIFF\0\0\0\0AVI LIST": FileFormat.VIDEO,
        b"RIFF\0\0\0\0WAVEfmt ": None,
        b"\0\0\0\x08wide\0\0\0\0mdat": FileFormat.VIDEO,
        b"BM" + bytes(12) + struct.pack("<L", 40): FileFormat.BMP,
    }
    for head, kind in expected.items():
        assert sniff(memoryview(head)) is kind
    assert sniff(memoryview(b"BM is how a letter begins, too")) is not FileFormat.BMP


def options(**given: Any) -> dict[str, Any]:  # of Pillow's writers
    """As a dictionary."""
    return given


def test_a_photo_with_a_damaged_end_is_refused_by_each_reader() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (64, 64, 3)).astype(np.uint8)
    for kind, given in (("PNG", {}), ("BMP", {}), ("TIFF", options(compression="tiff_lzw"))):
        file = io.BytesIO()
        Image.fromarray(noise).save(file, kind, **given)
        with pytest.raises(UnreadableFile) as raised:
            drawn(file.getvalue()[:3000])
        assert raised.value.reason is Unreadable.DAMAGED, kind
