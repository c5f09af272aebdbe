"""Files that come while one talks: seen among the messages, opened without leaving the call."""

from datetime import timedelta

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backend_client.models.documents import CALL_PICTURE, Document, DocumentKind
from backend_client.models.requests import RequestRow
from tests.factories import make_card, make_document
from tests.fakes import FakeRequestService
from tests.ui.call_desk import CallDesk, open_call
from tests.ui.queue_desk import Surroundings
from tests.ui.queue_scene import SCENE_NOW
from tests.ui.test_call_strip import folded
from tests.ui.test_call_unfold import MadeUpCalls, mine
from tests.ui.test_slot_road import Place, placed
from tests.ui.waiting import until
from workstation.ui.screens.call.chat_rows import FileLine
from workstation.ui.screens.call.strip import CallStrip
from workstation.ui.screens.review.view import ReviewView

CTRL = Qt.KeyboardModifier.ControlModifier


def photo(row: RequestRow, **changes: object) -> Document:
    """A photo that the patient has just sent."""
    facts: dict[str, object] = {
        "request_id": row.id,
        "title": "IMG_2041.jpg",
        "kind": DocumentKind.PHOTO,
        "format": "JPEG",
        "uploaded_at": SCENE_NOW,
    }
    return make_document(**{**facts, **changes})


def comes(requests: FakeRequestService, row: RequestRow, *files: Document) -> None:
    """The server has these files of the request, and tells of it."""
    heard = msgspec.structs.replace(requests.rows.get(row.id, row), seq=row.seq + len(files))
    requests.rows[row.id] = heard
    requests.cards[row.id] = make_card(heard, documents=list(files))
    requests.changed.emit(heard)


def files(desk: CallDesk) -> list[str]:
    """Titles of the files among the messages."""
    lines = desk.model.chat.rows.lines
    return [line.file.lead.title for line in lines if isinstance(line, FileLine)]


async def test_a_file_stands_among_the_messages_and_opens_by_key_and_mouse(
    qtbot: QtBot, around: Surroundings
) -> None:
    """DRC-6, SPB-17: what the patient sends in the talk is one of the request's documents."""
    async with open_call(qtbot, around) as desk:
        wanted: list[tuple[str, str]] = []
        desk.model.file_wanted.connect(lambda *ids: wanted.append(ids))
        desk.scene.talk()
        row, sent = desk.scene.row, photo(desk.scene.row)
        old = photo(row, title="old.pdf", uploaded_at=SCENE_NOW - timedelta(days=40))
        comes(desk.scene.requests, row, old, sent)
        await until(lambda: files(desk) == ["IMG_2041.jpg"])
        desk.press("M")
        desk.press("O", CTRL)
        assert wanted == [(row.id, sent.id)], "while the doctor types, too"
        messages = desk.view.chat.messages
        line = messages.model().index(messages.model().rowCount() - 1, 0)
        place = messages.visualRect(line).center()
        QTest.mouseClick(messages.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert len(wanted) == 2
        messages.setFocus()
        messages.setCurrentIndex(line)
        desk.press(Qt.Key.Key_Return)
        assert wanted[2] == (row.id, sent.id)
        assert desk.asked("place") == [], "Enter on a file rings at nobody's page"


async def test_the_slices_of_a_series_are_one_line(qtbot: QtBot, around: Surroundings) -> None:
    async with open_call(qtbot, around) as desk:
        row = desk.scene.row
        slices = [photo(row, title=f"{n}.dcm", series_uid="1.2.3") for n in range(3)]
        comes(desk.scene.requests, row, *slices)
        await until(lambda: files(desk) == ["0.dcm"])
        rows = desk.model.chat.rows
        place = next(n for n, one in enumerate(rows.lines) if isinstance(one, FileLine))
        assert "3" in str(rows.data(rows.index(place)))


async def test_the_strip_tells_of_a_file_and_not_of_the_doctors_own_picture(
    qtbot: QtBot, around: Surroundings
) -> None:
    """DRC-6."""
    async with folded(qtbot, around) as desk:
        wanted: list[tuple[str, str]] = []
        desk.strip.file_wanted.connect(lambda *ids: wanted.append(ids))
        requests, row = desk.scene.requests, desk.scene.row
        requests.cards[row.id] = make_card(row, documents=[])
        desk.scene.talk()
        await until(lambda: desk.strip.model.row is not None)
        own = photo(row, item_code=CALL_PICTURE)
        comes(requests, row, own)
        sent = photo(row)
        comes(requests, requests.rows[row.id], own, sent)
        await until(desk.strip.notice.isVisible)
        assert "IMG_2041.jpg" in desk.strip.notice.accessibleName()
        assert desk.strip.model.came == sent
        desk.press("O", CTRL)
        assert wanted == [(row.id, sent.id)]
        assert not desk.strip.notice.isVisible()


def open_file(place: Place) -> str:
    """Which file the review has been asked for."""
    review = place.window.findChild(ReviewView)
    assert review is not None
    documents = [pane.model.document for pane in review.panes if pane.isVisible()]
    return ", ".join(one.title for one in documents if one is not None)


async def test_it_opens_in_the_viewer_while_the_call_goes_on_and_one_key_leads_back(
    qtbot: QtBot, around: Surroundings
) -> None:
    """DRC-6: an image opens in the viewer without leaving the call."""
    calls = MadeUpCalls()
    async with placed(qtbot, around, mine("Верещагин Павел Никитич"), calls=calls) as place:
        await until(lambda: place.sees("card.call"))
        place.press("C")
        calls.talk(place.row.id)
        model = place.screens.call_model
        await until(lambda: model.row is not None)
        sent = photo(place.row)
        comes(place.desk.requests, place.row, sent)
        await until(lambda: model.chat.newest_file is not None)
        for back in (Qt.Key.Key_Escape, Qt.Key.Key_F11):
            model.show_newest_file()
            strip = place.window.findChild(CallStrip)
            assert strip is not None
            await until(lambda: place.sees("reviewView") and "IMG_2041.jpg" in open_file(place))
            assert strip.isVisible()
            place.press(back)
            assert place.sees("callView")
            assert not strip.isVisible()
            assert model.request_id == place.row.id
