"""What the cells of the queue say, painted, in their tooltips and aloud."""

import pytest
from PySide6.QtCore import QRectF, Qt, QTranslator
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from backend_client.models.identity import IdentityMark
from backend_client.models.requests import ItemState, RequestStatus
from tests.factories import make_item, make_patient, make_row
from tests.ui.queue_desk import QueueDesk, Surroundings, open_queue
from workstation.ui.screens.queue.columns import DOCUMENTS, PATIENT, ROUTE, STATE
from workstation.ui.screens.queue.delegates import RowDelegate
from workstation.ui.widgets.painting import CHIP_MISSING, CHIP_NOT_APPLICABLE, CHIP_PRESENT


async def test_folded_documents_that_do_not_apply_are_counted_apart(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    """OZ-4, OZ-6: what does not apply is not there, whether it has room for its name or not."""
    missing = make_item("m", ItemState.MISSING, chip="УЗИ сердца")
    present = [make_item(f"p{n}", chip=f"Вып {n}") for n in range(3)]
    idle = [make_item(f"n{n}", ItemState.NOT_APPLICABLE, chip=f"МРТ {n}") for n in range(2)]
    items = [missing, *present, *idle]
    async with open_queue(qtbot, around, [make_row(checklist=items)]) as desk:
        delegate = desk.view.table._documents
        row = desk.model.rows.record(0)
        assert row is not None
        (line,) = delegate.lines(delegate.chips(row), 170)
        assert [(chip.text, chip.look) for chip in line] == [
            ("нет УЗИ\u00a0сердца", CHIP_MISSING),
            ("+3", CHIP_PRESENT),
            ("+2", CHIP_NOT_APPLICABLE),
        ]
        tooltip = desk.model.rows.index(0, DOCUMENTS).data(Qt.ItemDataRole.ToolTipRole)
        assert "n1: неприменимо" in tooltip
        assert "файл" not in tooltip, "a list counts documents, and 500 may be one series"


async def test_the_state_is_said_in_words_where_it_has_no_column(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    rows = [make_row(status=status) for status in (RequestStatus.NEW, RequestStatus.SCHEDULED)]
    async with open_queue(qtbot, around, rows) as desk:
        table, model = desk.view.table, desk.model.rows
        assert table.isColumnHidden(STATE)
        assert painted(desk, 0, ROUTE) != painted(desk, 1, ROUTE)
        for row, word in enumerate(("Новая, свободна", "Время назначено, свободна")):
            tooltip = model.index(row, ROUTE).data(Qt.ItemDataRole.ToolTipRole)
            assert word in tooltip
        assert model.index(1, DOCUMENTS).data().endswith("Время назначено")
        table.set_compact(True)
        assert painted(desk, 0, ROUTE) == painted(desk, 1, ROUTE)
        table.set_compact(False)
        desk.view.resize(1830, 740)
        assert not table.isColumnHidden(STATE)
        assert painted(desk, 0, ROUTE) == painted(desk, 1, ROUTE)


@pytest.mark.parametrize(
    ("mark", "word"),
    [
        (IdentityMark.NOT_IDENTIFIED, "Личность не подтверждена"),
        (IdentityMark.DATA_CHANGED, "Данные изменены"),
    ],
)
async def test_what_stands_out_about_the_patient_is_marked_in_the_list(
    qtbot: QtBot, around: Surroundings, russian: QTranslator, mark: IdentityMark, word: str
) -> None:
    """DRC-14, DRC-16: painted in rows of one line and of two, said in the tooltip and aloud."""
    patient = make_patient("Иванова Анна Петровна")
    rows = [make_row(patient=patient), make_row(patient=patient, identity_marks=[mark])]
    async with open_queue(qtbot, around, rows) as desk:
        model = desk.model.rows
        plain, marked = model.index(0, PATIENT), model.index(1, PATIENT)
        tooltip = Qt.ItemDataRole.ToolTipRole
        assert (word in plain.data(), word in marked.data()) == (False, True)
        assert (word in plain.data(tooltip), word in marked.data(tooltip)) == (False, True)
        for compact in (False, True):
            desk.view.table.set_compact(compact)
            assert painted(desk, 0, PATIENT) != painted(desk, 1, PATIENT)


def painted(desk: QueueDesk, row: int, column: int) -> QImage:
    """The cell as its delegate paints it, chosen or not alike."""
    table, record = desk.view.table, desk.model.rows.record(row)
    assert record is not None
    delegate = table.itemDelegateForColumn(column)
    assert isinstance(delegate, RowDelegate)
    image = QImage(220, table.rowHeight(row), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    delegate.paint_cell(painter, QRectF(image.rect()), record)
    painter.end()
    return image
