"""What was ordered in the queue is taken back from wherever the doctor has gone on to."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backend_client.errors import Conflict
from backend_client.models.common import ProblemCode
from backend_client.models.requests import Action
from tests.factories import make_owner, make_row
from tests.ui.keys import press, scan_code
from tests.ui.queue_desk import Surroundings
from tests.ui.test_slot_road import Place, placed
from tests.ui.waiting import until
from workstation.core.triage_order import HeldOrder
from workstation.ui.literal_text import our_words
from workstation.ui.screens.triage.undo_line import UndoLine

pytestmark = pytest.mark.usefixtures("russian")
BOTH = pytest.mark.parametrize(("d", "z"), [("d", "z"), ("в", "я")], ids=["latin", "cyrillic"])
ALT = Qt.KeyboardModifier.AltModifier
FIRST = make_row(full_name="Кочетов Егор Маратович", life_threat=True)
OPENED = make_row(full_name="Вторая Анна Петровна")


def lines(place: Place) -> list[UndoLine]:
    """Those that are seen."""
    found = place.window.findChildren(UndoLine)
    return [line for line in found if line.isVisible()]


async def declined(place: Place, letter: str = "d") -> HeldOrder:
    """Declines the chosen request."""
    press(place.window, letter, scan_code=scan_code("D"))
    place.press("1")
    place.press(Qt.Key.Key_Return)
    await until(lambda: bool(place.desk.triage.waiting) and bool(lines(place)))
    return place.desk.triage.waiting[-1]


async def open_the_next(place: Place) -> None:
    """Takes the request below and opens it."""
    await until(lambda: place.screens.triage_model.panel is None)
    place.press("J")
    place.press(Qt.Key.Key_Return)
    await until(lambda: place.sees("reviewView") and place.screens.review_model.row is not None)


@BOTH
async def test_in_another_patients_files(
    qtbot: QtBot, around: Surroundings, d: str, z: str
) -> None:
    """The line stands below them with its countdown, and says whose order it is."""
    async with placed(qtbot, around, FIRST, OPENED) as place:
        await declined(place, d)
        await open_the_next(place)
        (line,) = lines(place)
        assert "Отклонено: \u2068Кочетов\u00a0Е.\u00a0М.\u2069" in line.line.text()
        assert line.seconds.text() == "10\u00a0с"
        place.desk.triage.left = 6.4
        await until(lambda: line.seconds.text() == "7\u00a0с")
        press(place.window, z, scan_code=scan_code("Z"))
        await until(lambda: not lines(place))
        assert place.desk.triage.waiting == ()
        assert place.sees("reviewView"), "the case that is open stays open"


@pytest.mark.parametrize("room", ["week", "notices", "settings"])
async def test_in_every_other_room(qtbot: QtBot, around: Surroundings, room: str) -> None:
    async with placed(qtbot, around, FIRST, OPENED) as place:
        await declined(place)
        place.window.show_room(room)
        assert len(lines(place)) == 1
        press(place.window, "я", scan_code=scan_code("Z"))
        await until(lambda: place.desk.triage.waiting == ())


async def test_in_the_queue_it_stands_once(qtbot: QtBot, around: Surroundings) -> None:
    """Below the list, there and back."""
    async with placed(qtbot, around, FIRST, OPENED) as place:
        await declined(place)
        assert lines(place) == [place.screens.queue.card.lines.undo]
        await open_the_next(place)
        assert len(lines(place)) == 1
        place.press(Qt.Key.Key_Escape)
        await until(lambda: place.sees("queue"))
        assert lines(place) == [place.screens.queue.card.lines.undo]


@pytest.mark.parametrize("letter", ["z", "я"])
async def test_while_typing_alt_z_takes_it_back_and_z_is_a_letter(
    qtbot: QtBot, around: Surroundings, letter: str
) -> None:
    async with placed(qtbot, around, FIRST, OPENED) as place:
        await declined(place)
        await until(lambda: place.screens.triage_model.panel is None)
        place.press("/")
        press(place.window, letter, scan_code=scan_code("Z"))
        assert place.screens.queue.search.text() == letter
        assert place.desk.triage.waiting
        press(place.window, letter, scan_code=scan_code("Z"), modifiers=ALT)
        await until(lambda: place.desk.triage.waiting == ())
        assert place.screens.queue.search.text() == letter


async def test_a_refusal_finds_the_doctor_in_another_case(
    qtbot: QtBot, around: Surroundings
) -> None:
    """Told in the window; what to do about it, with its words, waits in the queue."""
    async with placed(qtbot, around, FIRST, OPENED) as place:
        held = await declined(place)
        await open_the_next(place)
        place.desk.triage.refuse(held, Conflict(ProblemCode.MOVE_NOT_ALLOWED))
        told = place.window.notice.accessibleName()
        assert f"заявка {FIRST.number} · Отклонить" in told
        assert place.screens.triage_model.last.has_refusal()


async def test_in_the_queue_a_refusal_has_a_line_of_its_own(
    qtbot: QtBot, around: Surroundings
) -> None:
    row = make_row(owner=make_owner(), allowed_actions=[Action.DECLINE, Action.RELEASE])
    async with placed(qtbot, around, row) as place:
        held = await declined(place)
        place.desk.triage.refuse(held, Conflict(ProblemCode.MOVE_NOT_ALLOWED))
        assert place.screens.queue.card.lines.refusal.isVisible()
        assert not place.window.notice.isVisible()


def test_the_marks_around_a_name_are_not_painted() -> None:
    """They keep its direction; a stranger's own marks are shown, and end nothing."""
    ours = "Отклонено: \u2068Кочетов\u00a0Е.\u2069"
    assert our_words(ours) == ours
    assert our_words("\u2068a\u202eb\u2069") == "\u2068a\ufffdb\u2069"
    assert our_words("\u2069x\u2068") == "\ufffdx\ufffd"
