"""Photos upright and whole; pages of a PDF on white."""

import io
from datetime import datetime
from typing import Any

import numpy as np
import pytest
from PIL import Image
from reportlab.lib.colors import black  # type: ignore[import-untyped]  # no types
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]  # no types
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # no types

from tests.unit.studies import dicom_factory as make
from tests.unit.studies.reading import colours_of, drawn, read_drawable
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.imaging import PdfInfo, PictureInfo
from workstation.studies.warnings import StudyWarning


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:  # of Pillow's writers
    """The picture as a file."""
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def two_colours() -> Image.Image:
    """Left half red, right half blue; 40 wide, 20 high."""
    image = Image.new("RGB", (40, 20), (200, 0, 0))
    image.paste((0, 0, 200), (20, 0, 40, 20))
    return image


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photo_is_upright_by_its_exif_orientation(orientation: int) -> None:
    upright = two_colours()
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = upright.transpose(turns[orientation]) if orientation in turns else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    shown = colours_of(drawn(saved(stored, "PNG", exif=exif)))
    np.testing.assert_array_equal(shown, np.asarray(upright))


def test_when_a_photo_was_taken() -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2026:03:03 10:20:30"
    info = read_drawable(saved(two_colours(), "JPEG", exif=exif)).info
    assert isinstance(info, PictureInfo)
    assert info.taken_at == datetime(2026, 3, 3, 10, 20, 30)
    assert (info.width, info.height, info.format) == (40, 20, "JPEG")


@pytest.mark.parametrize("mode", ["L", "P", "1", "CMYK", "RGB"])
def test_all_kinds_of_pictures_come_in_colour(mode: str) -> None:
    image = two_colours().convert(mode)
    kind = "JPEG" if mode == "CMYK" else "PNG"
    shown = colours_of(drawn(saved(image, kind)))
    expected = np.asarray(Image.open(io.BytesIO(saved(image, kind))).convert("RGB"))
    np.testing.assert_array_equal(shown, expected)


def test_sixteen_bit_greys() -> None:
    greys = (np.arange(800, dtype=np.uint16) * 80).reshape(20, 40)
    shown = colours_of(drawn(saved(Image.fromarray(greys), "PNG")))
    np.testing.assert_array_equal(shown[..., 0], greys >> 8)


def test_transparent_parts_are_white() -> None:
    image = Image.new("RGBA", (4, 4), (0, 0, 0, 0))
    assert np.all(colours_of(drawn(saved(image, "PNG"))) == 255)


def test_a_truncated_photo_is_refused() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (64, 64, 3)).astype(np.uint8)
    with pytest.raises(UnreadableFile) as raised:
        drawn(saved(Image.fromarray(noise), "JPEG")[:2000])
    assert raised.value.reason is Unreadable.DAMAGED


def test_a_header_that_claims_65500_by_65500_is_refused_before_decoding() -> None:
    photo = bytearray(make.jpeg(make.colour_frame(0)))
    start = photo.index(b"\xff\xc0") + 5
    photo[start : start + 4] = (65500).to_bytes(2, "big") * 2
    with pytest.raises(UnreadableFile) as raised:
        read_drawable(bytes(photo))
    assert raised.value.reason is Unreadable.TOO_LARGE


def test_an_animation_shows_its_first_picture_and_says_so() -> None:
    pages = [two_colours(), two_colours().rotate(180)]
    file = saved(pages[0], "PNG", save_all=True, append_images=pages[1:])
    info = read_drawable(file).info
    assert info.warnings == (StudyWarning.PAGES_HIDDEN,)


def pdf(*, password: str | None = None, pages: int = 2) -> bytes:
    """A document whose first page has a black square in its lower left corner."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, encrypt=password)
    canvas.setTitle("Выписной эпикриз")
    canvas.rect(0, 0, A4[0] / 4, A4[0] / 4, fill=1)
    for _ in range(pages):
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def test_pages_of_a_pdf() -> None:
    info = read_drawable(pdf()).info
    assert isinstance(info, PdfInfo)
    assert info.page_count == 2
    assert info.page_sizes_pt[0] == pytest.approx(A4, abs=0.01)
    assert info.title == "Выписной эпикриз"


def test_a_page_is_drawn_on_white_at_the_width_asked_for() -> None:
    shown = colours_of(drawn(pdf(), width=400))
    assert shown.shape == (566, 400, 3)
    assert np.all(shown[-50:, 5:90] == 0)
    assert np.all(shown[:400] == 255)
    assert np.all(colours_of(drawn(pdf(), index=1)) == 255)


def test_what_stands_in_a_field_is_drawn_too() -> None:
    """DRC-13: as the stamp of a signature, which every other program shows."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.acroForm.textfield(
        name="note", value="x", x=0, y=0, width=A4[0] / 2, height=A4[0] / 2, fillColor=black
    )
    canvas.showPage()
    canvas.save()
    shown = colours_of(drawn(file.getvalue(), width=400))
    assert np.mean(shown[-190:, 10:190]) < 100
    assert np.all(shown[:300] == 255)


def test_a_locked_pdf_says_so() -> None:
    with pytest.raises(UnreadableFile) as raised:
        read_drawable(pdf(password="secret"))
    assert raised.value.reason is Unreadable.LOCKED


def test_a_damaged_pdf() -> None:
    with pytest.raises(UnreadableFile) as raised:
        read_drawable(b"%PDF-1.7\n" + b"x" * 500)
    assert raised.value.reason is Unreadable.DAMAGED


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04", b"x"],
)
def test_what_is_not_known_is_not_guessed(data: bytes) -> None:
    with pytest.raises(UnreadableFile) as raised:
        read_drawable(data)
    assert raised.value.reason is Unreadable.NOT_RECOGNISED


def test_an_empty_file() -> None:
    with pytest.raises(UnreadableFile) as raised:
        read_drawable(b"")
    assert raised.value.reason is Unreadable.EMPTY
