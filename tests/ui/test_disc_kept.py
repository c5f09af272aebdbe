"""What is measured in the files of a disc is kept with the request, and leads back to its file."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pytestqt.qtbot import QtBot

from backend_client.models.documents import Document
from backend_client.models.evidence import Figure, FramePlace
from backend_client.models.requests import Action
from tests.ui.review_scene import Scene
from tests.ui.test_disc_in_review import PATIENCE_S
from tests.ui.test_measurement_keeper import Service
from tests.ui.waiting import until
from tests.unit.studies import disc_factory as make
from workstation.core.subscription import Event
from workstation.services.answers import DownloadProgress
from workstation.services.open_series import OpenedSeries
from workstation.studies.decoder import Decoder
from workstation.studies.imaging import ClipInfo
from workstation.studies.measure.figures import Drawing
from workstation.studies.stack import StackInfo
from workstation.studies.study import Study
from workstation.ui.screens.review.file_shelves import FileShelf, base_of, every_shelf
from workstation.ui.screens.review.measurement_keeper import MeasurementKeeper
from workstation.ui.screens.review.pane_model import PaneModel, PaneState
from workstation.ui.screens.review.view_model import ReviewViewModel

LINE = Drawing(Figure.LINE, ((2.0, 2.0), (10.0, 2.0)))
STACK, CLIP = 0, 2


class OneDisc:
    """Every document is that disc, opened by the decoder process."""

    def __init__(self, decoder: Decoder, content: bytes) -> None:
        self.progress: Event[DownloadProgress] = Event()
        self.decoder_restarted = decoder.restarted
        self._decoder, self._content = decoder, content

    async def open(self, document: Document) -> Study:
        return await self._decoder.open(self._content)

    async def open_series(self, parts: tuple[Document, ...]) -> OpenedSeries:
        raise AssertionError("no series here")


class House:
    """A request with one disc that is opened, left and opened again."""

    def __init__(self, decoder: Decoder) -> None:
        self.scene, self.service = Scene(["clip"]), Service()
        self.scene.change_row(allowed_actions=[Action.WRITE_CONCLUSION])
        self.scene.requests.cards[self.scene.row.id] = self.scene.card
        self.studies = OneDisc(decoder, make.zipped(make.disc_files(with_junk=False)))

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[tuple[ReviewViewModel, MeasurementKeeper]]:
        """Another session, with the list of the disc open."""
        model = ReviewViewModel(self.scene.requests, self.studies)
        keeper = MeasurementKeeper(self.service, model, lambda _: True, rest_ms=0)
        model.open(self.scene.row.id)
        await until(lambda: model.pictures[0].disc is not None, PATIENCE_S)
        await until(lambda: keeper.is_ready)
        try:
            yield model, keeper
        finally:
            model.leave()
            await keeper.close()
            await model.close()


async def choose(pane: PaneModel, number: int) -> str:
    """Opens an item; the id of its shelf follows from the part that is answered."""
    pane.open_item(number)
    await until(lambda: pane.state is PaneState.READY and pane.item == number, PATIENCE_S)
    assert pane.disc is not None
    return pane.disc.info.part_of(number)


def stack_of(pane: PaneModel) -> StackInfo:
    """What is open."""
    assert isinstance(pane.info, StackInfo)
    return pane.info


async def test_figures_in_files_of_a_disc_are_kept_with_their_file(qtbot: QtBot) -> None:
    """OZ-12: the clip by its UID, the slice by its own, both by the disc's hash."""
    decoder = Decoder()
    house = House(decoder)
    disc = house.scene.clip
    async with house.opened() as (model, _):
        pane = model.pictures[0]
        part = await choose(pane, CLIP)
        assert isinstance(pane.info, ClipInfo)
        model.figures.of(FileShelf(disc, part).id).add(pane.info, 1, LINE)
        await until(lambda: len(house.service.kept) == 1)
        series = await choose(pane, STACK)
        info = stack_of(pane)
        uid = info.slices[2].uid
        shelf = model.slices.of(FileShelf(disc, series).id)
        shelf.open_study(info)
        shelf.add(2, LINE)
        await until(lambda: len(house.service.kept) == 2)
        shown = [one.shown.id for one in every_shelf(model) if one.document.id == disc.id]
        assert {base_of(one) for one in shown} == {disc.id}
    on_clip, on_slice = house.service.kept.values()
    assert on_clip.place == FramePlace(part=part, frame=1, figure=Figure.LINE, points=LINE.points)
    assert on_slice.place == FramePlace(part=uid, figure=Figure.LINE, points=LINE.points)
    assert {one.document_id for one in (on_clip, on_slice)} == {disc.id}
    before, house.service.calls = dict(house.service.kept), []
    async with house.opened() as (model, keeper):
        assert [one.id for one in keeper.earlier] == list(before), "told while they are closed"
        pane = model.pictures[0]
        await choose(pane, CLIP)
        (figure,) = model.figures.of(FileShelf(disc, part).id).figures
        assert (figure.frame, figure.drawing) == (1, LINE)
        assert [one.id for one in keeper.earlier] == [on_slice.id]
        await choose(pane, STACK)
        (drawn,) = model.slices.of(FileShelf(disc, series).id).every
        assert (drawn.index, drawn.drawing) == (2, LINE)
        assert keeper.earlier == ()
        keeper.keep()
    assert house.service.kept == before
    assert house.service.calls == ["forget"], "nothing was written anew"
    await decoder.close()
