"""Key images of real files of every kind, opened by one decoder process (issue 8, Evidence)."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import numpy as np
import pytest
from msgspec.structs import replace

from backend_client.models.documents import Document
from backend_client.models.evidence import EcgPlace, Figure, FramePlace, Place, TextPlace
from tests.factories import make_document
from tests.unit.documents.papers import make_content
from tests.unit.documents.reading import page_texts
from tests.unit.services.test_key_images import source
from tests.unit.studies import disc_factory, long_files, slices
from tests.unit.studies.dicom_factory import clip_file, region
from tests.unit.studies.doors import a_decoder
from workstation.core.conclusion import KeyImage, KeyPicture, KeyStrip
from workstation.documents.conclusion_pdf import render_conclusion
from workstation.documents.pdfa import checked_pdfa
from workstation.services.key_images import KeyImages
from workstation.services.key_pictures import outline_of
from workstation.studies.decoder import Decoder
from workstation.studies.study import Study

CT = slices.ct_file(7)
DISC = disc_factory.zipped(disc_factory.disc_files())
LONG = long_files.edf(long_files.counts())
CLIP = clip_file(5, lambda file: setattr(file, "SequenceOfUltrasoundRegions", [region()]))
STILL = clip_file(1)
FILES = {"КТ": CT, "Диск": DISC, "Холтер": LONG, "ЭхоКГ": CLIP, "Кадр": STILL}
LINE = ((8.0, 6.0), (16.0, 6.0))


class Shelf:
    """Files by the title of their document."""

    def __init__(self, decoder: Decoder, files: dict[str, bytes]) -> None:
        self._decoder, self._files = decoder, files
        self.opened: list[str] = []

    @asynccontextmanager
    async def glance(self, document: Document, most: int = 0) -> AsyncIterator[Study]:
        self.opened.append(document.title)
        study = await self._decoder.open(self._files[document.title])
        try:
            yield study
        finally:
            await study.close()


async def images_of(*wanted: tuple[str, Place]) -> tuple[KeyImage, ...]:
    """Through a decoder of its own; each file is opened once, at most four are drawn."""
    documents = {
        title: make_document(title=title, sha256=hashlib.sha256(file).hexdigest())
        for title, file in FILES.items()
    }
    sources = [
        source(number, place, documents[title])
        for number, (title, place) in enumerate(wanted, start=1)
    ]
    sources = [replace(one, title=title) for one, (title, _) in zip(sources, wanted, strict=True)]
    async with a_decoder(opener=long_files.open_long) as (decoder, _):
        shelf = Shelf(decoder, FILES)
        found = await KeyImages(shelf).of(sources, {str(d.id): d for d in documents.values()})
        assert len(shelf.opened) == len(set(shelf.opened))
    return found


async def test_slices_of_a_file_and_of_a_disc_and_a_clip_upon_it() -> None:
    line = FramePlace(part="1.2.3.7", figure=Figure.LINE, points=LINE, window=(-600.0, 1500.0))
    on_disc = FramePlace(part="1.2.3.2")
    clip = FramePlace(part="1.2.5.1", frame=3)
    report = TextPlace(part="1.2.7.1", page=0, start=(0, 0), stop=(9, 9))
    found = await images_of(("КТ", line), ("Диск", on_disc), ("Диск", clip), ("Диск", report))
    single, slice_, frame = found
    assert isinstance(single, KeyPicture)
    assert isinstance(slice_, KeyPicture)
    assert single.edges == slice_.edges == ("R", "L", "A", "P")
    assert (single.mm_per_pixel, single.pixel_aspect, single.points) == (0.25, 2.0, LINE)
    assert "срез № 7" in single.caption
    assert "окно 1500, уровень −600" in single.caption
    assert "срез 2 из 5, положение 10,0 мм; окно 80, уровень 40" in slice_.caption
    assert "кадр 4; без масштаба" in frame.caption
    shades = np.frombuffer(slice_.pixels, np.uint8).reshape(slices.ROWS, slices.COLUMNS)
    assert shades[0, 0] < shades[-1, -1]
    assert [one.number for one in found] == [1, 2, 3]
    prints(found)


async def test_frames_with_and_without_a_scale_and_strips_of_a_long_recording() -> None:
    frame, still = FramePlace(frame=2), FramePlace(frame=0)
    strip = EcgPlace(lead="II", start_s=9.0, stop_s=14.0)
    beat = EcgPlace(lead="II", start_s=0.1, stop_s=0.3, median_beat=True)
    found = await images_of(("ЭхоКГ", frame), ("Кадр", still), ("Холтер", strip), ("Холтер", beat))
    scaled, bare, long, averaged = found
    assert isinstance(scaled, KeyPicture)
    assert isinstance(bare, KeyPicture)
    assert isinstance(long, KeyStrip)
    assert isinstance(averaged, KeyStrip)
    assert scaled.mm_per_pixel == pytest.approx(0.2)
    assert "кадр 3" in scaled.caption
    assert "кадр" not in bare.caption
    assert "без масштаба" in bare.caption
    assert long.is_wide
    assert (long.mm_per_s, long.marks_s) == (25.0, (9.0, 14.0))
    assert long.from_s < 9.0 < 14.0 < long.from_s + len(long.millivolts) / long.rate_hz
    assert "усреднённый комплекс" in averaged.caption
    prints(found)


async def test_a_strip_longer_than_the_paper_is_slower_and_says_what_is_left_out() -> None:
    ten, all_of_it = EcgPlace(lead="I", start_s=2, stop_s=12), EcgPlace(start_s=0, stop_s=20)
    slow, cut = await images_of(("Холтер", ten), ("Холтер", all_of_it))
    assert isinstance(slow, KeyStrip)
    assert isinstance(cut, KeyStrip)
    assert (slow.mm_per_s, slow.is_wide, slow.marks_s) == (12.5, True, (2.0, 12.0))
    assert "12,5 мм/с" in slow.caption
    assert cut.lead == "II"
    assert "первые 13,5 с" in cut.caption


def prints(images: tuple[KeyImage, ...]) -> None:
    """All captions stand on a paper that is PDF/A."""
    pdf = checked_pdfa(render_conclusion(make_content(key_images=images)))
    text = " ".join(page_texts(pdf))
    for image in images:
        assert image.caption[:20] in text


@pytest.mark.parametrize(
    ("figure", "points", "corner"),
    [
        (Figure.RECTANGLE, ((2.0, 4.0), (10.0, 8.0)), (10.0, 4.0)),
        (Figure.ELLIPSE, ((2.0, 4.0), (10.0, 4.0), (6.0, 5.0)), (10.0, 4.0)),
    ],
)
def test_figures_that_are_no_line_are_drawn_as_outlines(
    figure: Figure, points: tuple[tuple[float, float], ...], corner: tuple[float, float]
) -> None:
    outline, is_closed = outline_of(FramePlace(figure=figure, points=points), 2.0)
    assert is_closed
    assert any(point == pytest.approx(corner) for point in outline)
    assert max(y for _, y in outline) == pytest.approx(8.0 if figure is Figure.RECTANGLE else 5.0)
