"""The imaging desk in the whole program: seen, measured, told, found again, whatever fails."""

import asyncio
import os
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.journeys.imaging_case import (
    CLIP,
    CT,
    PAPER,
    PHOTO,
    REPORT,
    SHEETS,
    SLICES,
    ImagingDesk,
    KnownClip,
    KnownSlice,
    imaging_desk,
    load_case,
)
from tests.journeys.steps import screens
from workstation.core.connection import Link
from workstation.embedded_backend import EmbeddedBackend
from workstation.ui.viewers.cine_view import CineView
from workstation.ui.viewers.paper_ecg.document import PaperDocumentView
from workstation.ui.viewers.picture_view import PictureView
from workstation.ui.viewers.report.view import ReportView
from workstation.ui.viewers.stack.view import StackView

pytestmark = [
    pytest.mark.journey,
    pytest.mark.timeout(300),
    pytest.mark.usefixtures("russian"),
]
NBSP = "\u00a0"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedBackend]:
    """With the case; it outlives the program."""
    load_case(tmp_path / "backend")
    backend = EmbeddedBackend(tmp_path / "backend", demo=True)
    backend.start()
    yield backend
    backend.stop()


async def test_measured_told_led_back_to_and_found_again(
    qapp: QApplication, tmp_path: Path, server: EmbeddedBackend
) -> None:
    """OZ-12: mm of a clip and HU of a slice as the files say; each source leads back to its frame,
    though the decoder is killed on the way. After a new start the measurements are there, and
    files that were seen since then open without a network, too."""
    address = await asyncio.to_thread(server.address)
    async with imaging_desk(qapp, tmp_path, address) as desk:
        distance, frame = await clip_is_measured(desk)
        await kill_the_decoder(desk)
        region = await slice_is_measured(desk)
        words = await papers_are_told(desk)
        await desk.to_conclusion()
        told = desk.findings.toPlainText().split("\n")  # Qt gives common blanks
        said = [row.accessibleName() for row in desk.sources]
        assert told[0].startswith(f"Расстояние {distance} (кадр {frame + 1}, ".replace(NBSP, " "))
        assert told[1].startswith(f"среднее {region} HU, ")
        assert told[2].startswith(f"«{words}»")
        assert told[3].startswith("ФВ ЛЖ: 62 % (по прибору)")
        assert told[4].startswith(f"фото, лист 2 из {len(SHEETS)}")
        assert all(one.endswith(f"[{n}]") for n, one in enumerate(told, 1))
        titles = (CLIP, "IM", PAPER, REPORT, PHOTO)
        assert all(map(str.__contains__, said, titles))
        assert [one.rpartition("; ")[2] for one in said] == [*["вручную"] * 3, "прибор", "вручную"]
        await sources_lead_back(desk, frame)
    async with imaging_desk(qapp, tmp_path, address) as desk:
        for title in (PHOTO, CLIP, CT):
            await desk.open(title)
        lines = [f"Расстояние {distance}", f"Прямоугольник {region}"]
        await desk.until(lambda: are_there(desk, lines), f"not found again: {desk.lines}")
        await asyncio.to_thread(server.stop)
        services = desk.desk.workstation.desk
        assert services is not None
        await desk.until(lambda: services.sync.state.link is Link.OFFLINE, "the loss was not seen")
        for title, kind in ((PHOTO, PictureView), (CLIP, CineView), (CT, StackView)):
            await desk.open(title)
            desk.viewer(kind)
        assert are_there(desk, lines)


def are_there(desk: ImagingDesk, lines: list[str]) -> bool:
    """The list of measurements has these lines, and no others."""
    found = desk.lines
    return len(found) == len(lines) and all(map(str.startswith, found, lines))


async def clip_is_measured(desk: ImagingDesk) -> tuple[str, int]:
    """Played by Space, measured by keys alone; the millimetres and the frame."""
    known = KnownClip(await desk.bytes_of(await desk.open(CLIP)))
    clip = desk.viewer(CineView)
    if not clip.is_playing:
        desk.keys.press("Space")
    shown: list[int] = []
    clip.frame_shown.connect(shown.append)
    await desk.until(lambda: len(set(shown)) > 10, "the clip does not play")
    assert set(shown) <= set(range(known.frames))
    desk.keys.press("Space")
    assert not clip.is_playing
    mm, frame = await desk.measure_distance(known)
    await desk.put(1)
    return f"{text(mm)}{NBSP}мм", frame


async def slice_is_measured(desk: ImagingDesk) -> str:
    """A series that came as a file for each slice; mean and deviation of a region."""
    document = await desk.open(CT)
    stack = desk.viewer(StackView)
    assert stack.model is not None
    assert len(stack.model.info.slices) == SLICES
    desk.keys.press("Down", "Down")
    place = desk.draw_region()
    parts = screens(desk.desk).review_model.parts_of(document)
    slices = [KnownSlice(await desk.bytes_of(one)) for one in parts]
    (known,) = [one for one in slices if one.uid == place.part]
    mean, deviation = known.within(place.points)
    assert desk.lines[-1] == f"Прямоугольник {text(mean)} ± {text(deviation)}{NBSP}HU"
    await desk.put(2)
    return text(mean)


def text(number: float) -> str:
    """As it is written."""
    return f"{number:.1f}".replace(".", ",")


async def kill_the_decoder(desk: ImagingDesk) -> None:
    """Over the open clip."""
    backing = desk.desk.workstation.backing
    assert backing is not None
    before = backing.opener.pid
    assert before is not None
    os.kill(before, signal.SIGKILL)
    await desk.until(lambda: backing.opener.pid not in (None, before), "no decoder again")


async def papers_are_told(desk: ImagingDesk) -> str:
    """Words of a letter, a value of the device, the second sheet of a photographed summary; the
    chosen words."""
    await desk.open(PAPER)
    words = await desk.choose_words()
    await desk.put(3)
    await desk.open(REPORT)
    desk.viewer(ReportView)
    desk.keys.press("Down")
    await desk.put(4)
    first = await desk.open(PHOTO)
    picture = desk.viewer(PictureView)
    await desk.until(lambda: picture.canvas.has_picture, "no photo is shown")
    desk.keys.press("PageDown")
    model = screens(desk.desk).review_model.document
    await desk.until(lambda: model.document != first and model.study is not None, "not turned")
    await desk.put(5)
    return words


async def sources_lead_back(desk: ImagingDesk, frame: int) -> None:
    """A click on a number, and the place is on the screen; F6 goes back."""
    places = (partial(clip_is_marked, desk, frame), partial(slice_is_marked, desk))
    for number, is_there in enumerate((*places, partial(words_are_chosen, desk)), 1):
        desk.click(number)
        await desk.until(lambda: screens(desk.desk).review.isVisible(), "the files did not come")
        await desk.until(is_there, f"[{number}] is not in sight")
        desk.keys.press("F6")
        await desk.until(desk.conclusion.isVisible, "not back at the text")


def clip_is_marked(desk: ImagingDesk, frame: int) -> bool:
    """That frame stands on the screen, with its figure."""
    clip = desk.pane.viewer
    if not isinstance(clip, CineView):
        return False
    session = clip.figures.session
    return not clip.is_playing and session.frame == frame and session.chosen is not None


def slice_is_marked(desk: ImagingDesk) -> bool:
    """The third slice of those that were scrolled, with the region that was drawn."""
    stack = desk.pane.viewer
    return (
        isinstance(stack, StackView)
        and stack.model is not None
        and bool(stack.layer.figures.on(stack.model.index))
        and stack.layer.led_to is not None
    )


def words_are_chosen(desk: ImagingDesk) -> bool:
    """Words of the letter."""
    paper = desk.pane.viewer
    return isinstance(paper, PaperDocumentView) and paper.pages.selection.chosen is not None
