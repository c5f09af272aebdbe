"""What is in sight is read, whatever was begun before."""

from pytestqt.qtbot import QtBot

from backend_client.models.listing import QueueSort
from tests.factories import make_row
from tests.ui.queue_desk import QueueDesk, Surroundings, open_queue
from tests.ui.waiting import until
from workstation.ui.screens.queue.view_model import ListState


def is_read(desk: QueueDesk) -> bool:
    """Whether no grey bar stands in the table."""
    return desk.model.rows.wanted() is None


async def test_a_reading_that_another_list_cuts_off_keeps_nothing_from_being_read(
    qtbot: QtBot, around: Surroundings
) -> None:
    """As when a letter is typed right behind the key that scrolls."""
    async with open_queue(qtbot, around, [make_row() for _ in range(300)]) as desk:
        bar = desk.view.table.verticalScrollBar()
        bar.setValue(bar.maximum())
        desk.model.sort_by(QueueSort.PATIENT)
        await until(lambda: desk.model.state is ListState.ROWS)
        bar.setValue(bar.maximum())
        await until(lambda: is_read(desk))


async def test_what_is_scrolled_keeps_its_ground(qtbot: QtBot, around: Surroundings) -> None:
    """The table says that its ground is opaque: below the last row it has to be painted, too."""
    async with open_queue(qtbot, around, [make_row()]) as desk:
        table = desk.view.table
        ground = around.theme.color("bg.panel")
        picture = table.viewport().grab().toImage()
        assert picture.pixelColor(picture.width() // 2, picture.height() - 5) == ground
