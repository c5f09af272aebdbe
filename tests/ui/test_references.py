"""PySide6 must not lose references to None: 6.12 on Python 3.11 does, and the program aborts."""

import sys

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from tests.factories import make_row
from workstation.ui.record_table_model import RecordTableModel
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.queue.columns import queue_columns

CALLS = 300_000
TOLERANCE = 1000


def test_qt_calls_leave_the_count_of_none_unchanged(
    qapp: QApplication, words: RequestWords
) -> None:
    model = RecordTableModel(
        queue_columns(words), key=lambda row: row.id, order=lambda row: row.number
    )
    model.replace([make_row()])
    index, parent, color = model.index(0, 3), QModelIndex(), QColor(1, 2, 3)
    font_role = Qt.ItemDataRole.FontRole.value
    before = sys.getrefcount(None)
    for _ in range(CALLS // 3):
        color.setRed(7)
        model.data(index, font_role)
        model.setHeaderData(0, Qt.Orientation.Horizontal, parent)
    assert abs(sys.getrefcount(None) - before) < TOLERANCE
