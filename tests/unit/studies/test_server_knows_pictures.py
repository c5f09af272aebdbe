"""The server announces pictures and videos by the same first bytes as the decoder opens them."""

import io

import pytest
from PIL import Image

from backend.uploads.content import HEAD, type_of
from backend_client.models.documents import DocumentKind
from tests.unit.studies.reading import read_drawable
from tests.unit.studies.test_pictures import iso
from tests.unit.studies.video_writer import video
from workstation.studies.imaging import ClipInfo, PictureInfo
from workstation.studies.readers.sniff import FileFormat, sniff


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "BMP", "AVIF"])
def test_a_photo_is_announced_as_it_is_opened(kind: str) -> None:
    file = io.BytesIO()
    Image.new("RGB", (32, 32)).save(file, kind)
    said, info = type_of(file.getvalue()[:HEAD]), read_drawable(file.getvalue()).info
    assert isinstance(info, PictureInfo)
    assert (said.kind, said.format) == (DocumentKind.PHOTO, info.format)


@pytest.mark.parametrize("kind", ["mp4", "mov", "avi"])
def test_a_video_is_announced_as_a_clip(kind: str) -> None:
    file = video(kind, "mpeg4", times=range(3))
    said = type_of(file[:HEAD])
    assert isinstance(read_drawable(file).info, ClipInfo)
    assert (said.kind, said.format) == (DocumentKind.CLIP, kind.upper())


@pytest.mark.parametrize("brands", [(b"mif1", b"avif", b"heic"), (b"heic",), (b"isom", b"mp42")])
def test_both_read_the_brands_alike(brands: tuple[bytes, ...]) -> None:
    head = iso(*brands)
    opened_as = sniff(memoryview(head))
    assert opened_as is not None
    expected = "MP4" if opened_as is FileFormat.VIDEO else opened_as.value
    assert type_of(head).format == expected
