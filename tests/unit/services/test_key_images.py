"""Pictures of sources for the paper: of the right place, once each, through the same filter."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import cast

import numpy as np
import pytest

from backend_client.errors import Unreachable
from backend_client.models.documents import Document
from backend_client.models.evidence import EcgPlace, Evidence, FramePlace, Origin, Place
from tests.factories import make_document
from workstation.core.conclusion import KeyStrip
from workstation.services.key_images import MOST, KeyImages
from workstation.studies.ecg import EcgLead, EcgRecord
from workstation.studies.study import EcgStudy, Study

RATE = 500.0


def record() -> EcgRecord:
    samples = (np.arange(5000) / 5000).astype(np.float32)
    lead = EcgLead("II", samples, gaps=((1500, 1510),))
    return EcgRecord((lead,), RATE, "", None, None, None, (), (), None, (), "made up")


class Shelf:
    """Every file is the same ECG; counts how often one is opened."""

    def __init__(self) -> None:
        self.opened = 0
        self.is_cut = False

    @asynccontextmanager
    async def glance(self, document: Document, most: int = 0) -> AsyncIterator[Study]:
        self.opened += 1
        if self.is_cut:
            raise Unreachable
        yield cast(Study, EcgStudy(record()))


def source(number: int, place: Place, document: Document) -> Evidence:
    return Evidence(
        number=number,
        text="QT 396 мс",
        document_id=document.id,
        sha256=document.sha256,
        title="ЭКГ в 12 отведениях",
        place=place,
        origin=Origin.BY_HAND,
        made_at=datetime(2026, 11, 20, tzinfo=UTC),
    )


async def test_strip_shows_the_measured_stretch_with_what_is_around_it() -> None:
    shelf, file = Shelf(), make_document(title="ЭКГ в 12 отведениях")
    images = KeyImages(shelf)
    place = EcgPlace(lead="II", start_s=3.0, stop_s=3.4)
    asked = [source(1, place, file), source(2, place, file)]
    (strip,) = await images.of(asked, {str(file.id): file})
    again = await images.of(asked, {str(file.id): file})
    assert isinstance(strip, KeyStrip)
    assert (strip.number, strip.lead, strip.marks_s) == (1, "II", (3.0, 3.4))
    assert strip.from_s == pytest.approx(1.55)
    assert strip.millivolts[0] == pytest.approx(775 / 5000)
    assert np.isnan(strip.millivolts[1500 - 775])
    assert "отведение II" in strip.caption
    assert "25 мм/с, 10 мм/мВ" in strip.caption
    assert again == (strip,)
    assert shelf.opened == 1


async def test_file_that_is_another_one_by_now_has_no_picture() -> None:
    shelf, file = Shelf(), make_document()
    place = EcgPlace(lead="II", start_s=3.0, stop_s=3.4)
    changed = make_document(id=file.id, sha256="f" * 64)
    assert await KeyImages(shelf).of([source(1, place, file)], {str(file.id): changed}) == ()
    lead = EcgPlace(lead="V9", start_s=0, stop_s=1)
    frame = FramePlace(frame=1)
    others = [source(1, lead, file), source(2, frame, file)]
    assert await KeyImages(shelf).of(others, {str(file.id): file}) == ()


async def test_no_more_than_the_paper_has_room_for() -> None:
    shelf, file = Shelf(), make_document()
    places = [EcgPlace(lead="II", start_s=float(n), stop_s=n + 0.4) for n in range(0, 9, 1)]
    asked = [source(n, place, file) for n, place in enumerate(places, start=1)]
    found = await KeyImages(shelf).of(asked, {str(file.id): file})
    assert 0 < len(found) <= MOST


async def test_without_a_connection_there_is_no_paper_with_fewer_pictures() -> None:
    shelf, file = Shelf(), make_document()
    shelf.is_cut = True
    place = EcgPlace(lead="II", start_s=3.0, stop_s=3.4)
    with pytest.raises(Unreachable):
        await KeyImages(shelf).of([source(1, place, file)], {str(file.id): file})
