"""Files of the patient's other requests in the strip: seen and looked at, never taken along."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta

import msgspec
from pytestqt.qtbot import QtBot

from backend_client.errors import Unreachable
from backend_client.models.common import RequestId
from backend_client.models.documents import Document, DocumentKind
from backend_client.models.requests import Consent, ConsentKind, OtherRequest, RequestCard
from tests.factories import NOW, make_card, make_document, make_item, make_row
from tests.ui.queue_desk import Surroundings
from tests.ui.review_scene import Scene
from tests.ui.test_second_screen import Stage as ReviewStage
from tests.ui.test_second_screen import staged
from tests.ui.viewers.made_up import rest, until
from workstation.ui.screens.review.file_list_model import FileRow, Heading, OtherRow
from workstation.ui.screens.review.pane_model import PaneState

BEFORE = NOW - timedelta(days=200)


class Earlier:
    """A request of the same patient with a clip and a series of two slices."""

    def __init__(self, scene: Scene) -> None:
        items = [make_item("echo", title="ЭхоКГ"), make_item("ct", title="КТ", file_count=2)]
        self.row = make_row(number="20-4001", checklist=items, created_at=BEFORE)
        self.clip = self._file("echo", "Прежняя ЭхоКГ", DocumentKind.CLIP)
        slices = [self._file("ct", f"IM{n}", DocumentKind.IMAGE) for n in range(2)]
        self.slices = [msgspec.structs.replace(x, series_uid="1.2.3") for x in slices]
        self._scene = scene
        self.show()

    @property
    def card(self) -> RequestCard:
        """As the server has it."""
        return make_card(self.row, documents=[self.clip, *self.slices])

    def show(self, **changes: object) -> None:
        """The server's card of it, and what the present card says of it."""
        requests = self._scene.requests
        requests.rows[self.row.id] = self.row
        requests.cards[self.row.id] = msgspec.structs.replace(self.card, **changes)
        other = OtherRequest(
            id=self.row.id,
            number=self.row.number,
            created_at=BEFORE,
            file_count=3,
            unopened_count=3,
        )
        requests.cards[self._scene.row.id] = msgspec.structs.replace(
            self._scene.card, other_requests=[other]
        )

    def _file(self, item: str, title: str, kind: DocumentKind) -> Document:
        return make_document(
            request_id=self.row.id,
            item_code=item,
            title=title,
            kind=kind,
            taken_on=date(2026, 5, 4),
        )


@asynccontextmanager
async def opened(qtbot: QtBot, around: Surroundings) -> AsyncIterator[tuple[ReviewStage, Earlier]]:
    async with staged(qtbot, around, other=None) as stage:
        earlier = Earlier(stage.scene)
        await stage.open()
        yield stage, earlier


def lines(stage: ReviewStage) -> list[str]:
    """The strip from the heading of the other requests on."""
    model = stage.view.file_strip.model
    entries = [model.entry(row) for row in range(model.rowCount())]
    titles = [model.title(one) if isinstance(one, FileRow) else one.title for one in entries if one]
    heading = next((n for n, one in enumerate(entries) if isinstance(one, OtherRow)), len(titles))
    return titles[heading:]


async def unfold(stage: ReviewStage, request_id: RequestId) -> None:
    stage.view.file_strip.unfolding_wanted.emit(request_id)
    await until(lambda: getattr(stage.model.others.unfolded(request_id), "is_read", False))
    await rest()


async def test_other_requests_stand_behind_the_files_and_unfold(
    qtbot: QtBot, around: Surroundings
) -> None:
    """OZ-4: all the patient's files with dates; the counts are the present request's alone."""
    async with opened(qtbot, around) as (stage, earlier):
        strip = stage.view.file_strip.model
        row = next(n for n in range(strip.rowCount()) if isinstance(strip.entry(n), OtherRow))
        assert isinstance(strip.entry(row - 1), Heading)
        assert lines(stage) == [f"{BEFORE:%d.%m.%Y}"]
        said = str(strip.data(strip.index(row), 11))  # accessible text
        assert said.endswith("№\u00a020-4001, 3 file(s), not opened: 3")
        await unfold(stage, earlier.row.id)
        assert lines(stage)[1:] == ["Прежняя ЭхоКГ", "Series, 2 slice(s)"]
        assert len(stage.model.documents) == len(stage.scene.files)
        stage.view.file_strip.unfolding_wanted.emit(earlier.row.id)
        assert len(lines(stage)) == 1


async def test_an_earlier_file_opens_and_says_whence_it_is(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with opened(qtbot, around) as (stage, earlier):
        await unfold(stage, earlier.row.id)
        stage.model.choose(earlier.clip.id)
        await until(lambda: stage.model.active.state is PaneState.READY)
        pane = stage.view.area.active
        assert pane.model.document == earlier.clip
        assert any("No. 20-4001" in text for text in pane.note_texts())
        assert stage.model.is_opened(earlier.clip)
        stage.view.file_strip.unfolding_wanted.emit(earlier.row.id)
        strip = stage.view.file_strip.model
        said = str(strip.data(strip.index(strip.rowCount() - 1), 11))
        assert said.endswith("not opened: 1"), "the series"
        measured = stage.model.figures.ids
        assert stage.view.side.measurements.list.rows.rowCount() == 0, measured


async def test_a_withdrawn_consent_closes_them_at_once(qtbot: QtBot, around: Surroundings) -> None:
    """SPB-13, of the other request."""
    async with opened(qtbot, around) as (stage, earlier):
        await unfold(stage, earlier.row.id)
        stage.model.choose(earlier.clip.id)
        await until(lambda: stage.model.active.state is PaneState.READY)
        gone = Consent(
            kind=ConsentKind.PERSONAL_DATA, text_version="1", given_at=None, withdrawn_at=NOW
        )
        earlier.show(consents=[gone])
        stage.scene.requests.changed.emit(
            msgspec.structs.replace(earlier.row, version=earlier.row.version + 1)
        )
        await until(lambda: len(lines(stage)) == 1)
        shown = [pane.document for pane in stage.model.panes]
        assert earlier.clip not in shown
        stage.model.choose(earlier.clip.id)
        assert earlier.clip not in [pane.document for pane in stage.model.panes]


async def test_without_a_connection_the_line_says_so(qtbot: QtBot, around: Surroundings) -> None:
    async with opened(qtbot, around) as (stage, earlier):
        stage.scene.requests.backend.fail_with(Unreachable())
        await unfold(stage, earlier.row.id)
        found = stage.model.others.unfolded(earlier.row.id)
        assert found is not None
        assert found.error is not None
        assert len(lines(stage)) == 1
