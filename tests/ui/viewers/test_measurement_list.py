"""The list of measurements: what a doctor reads and presses there, without a case around it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.ui.viewers.made_up import click
from workstation.ui.theme import Theme
from workstation.ui.viewers.measurement_list import MeasurementDelegate, MeasurementList
from workstation.ui.viewers.measurement_rows import (
    Entry,
    MeasurementHeading,
    MeasurementRow,
    MeasurementRows,
    RowKey,
)

RR = MeasurementRow(RowKey("a", 1), "RR", "882 ms", color="ecg.caliper")
QT = MeasurementRow(RowKey("a", 2), "QT", "396 ms", is_noted=True)
PR = MeasurementRow(RowKey("b", 1), "PR", "172 ms", is_proposed=True)
ENTRIES: list[Entry] = [MeasurementHeading("A"), RR, QT, MeasurementHeading("B"), PR]


@pytest.fixture
def list_(qtbot: QtBot, viewer_theme: Theme) -> Iterator[MeasurementList]:
    view = MeasurementList(viewer_theme)
    qtbot.addWidget(view)
    view.resize(260, 300)
    view.show_rows(ENTRIES, None)
    view.show()
    yield view
    view.hide()


def at(view: MeasurementList, row: int, across: int = 100) -> QPoint:
    return QPoint(across, view.visualRect(view.rows.index(row)).center().y())


def test_the_model_keeps_the_rules_of_models(qtmodeltester: ModelTester) -> None:
    model = MeasurementRows()
    model.show_entries(ENTRIES)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # of pytest-qt
    assert [model.row_of(row.key) for row in (RR, QT, PR)] == [1, 2, 4]


def test_a_press_chooses_and_one_on_the_tick_wants_it_in_the_conclusion(
    qtbot: QtBot, list_: MeasurementList
) -> None:
    with (
        qtbot.waitSignal(list_.chosen) as chosen,
        qtbot.assertNotEmitted(list_.note_wanted),
    ):
        click(list_.viewport(), at(list_, 1))
    assert chosen.args == [RR.key]
    with qtbot.waitSignals([list_.chosen, list_.note_wanted]):
        click(list_.viewport(), at(list_, 2, across=16))
    with qtbot.assertNotEmitted(list_.chosen):
        click(list_.viewport(), at(list_, 3))


def test_arrows_choose_over_the_headings(qtbot: QtBot, list_: MeasurementList) -> None:
    list_.setFocus()
    list_.show_rows(ENTRIES, QT.key)
    with qtbot.waitSignal(list_.chosen) as chosen:
        QTest.keyClick(list_, Qt.Key.Key_Down)
    assert chosen.args == [PR.key]
    with qtbot.waitSignal(list_.confirm_wanted) as wanted:
        QTest.keyClick(list_, Qt.Key.Key_Return)
    assert wanted.args == [PR.key]


def test_what_the_list_is_told_is_no_news(qtbot: QtBot, list_: MeasurementList) -> None:
    list_.setFocus()
    with qtbot.assertNotEmitted(list_.chosen):
        list_.show_rows(ENTRIES, QT.key)
        list_.show_rows(ENTRIES[:2], RR.key)
        list_.show_rows([], None)
    assert list_.currentIndex().row() == -1


def test_a_screen_reader_hears_all_of_a_line(list_: MeasurementList) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole.value
    spoken = [list_.rows.data(list_.rows.index(row), role) for row in (1, 2, 4)]
    assert spoken == [
        "RR: 882 ms",
        "QT: 396 ms, in the conclusion",
        "PR: 172 ms, proposed, not confirmed",
    ]


def test_what_has_no_room_beside_its_value_takes_two_lines(list_: MeasurementList) -> None:
    """«Масса плода: БПР, ОГ, ОЖ, ДБ» and «… ОЖ, ДБ» are told apart by what is behind."""
    short = MeasurementRow(RowKey("a", 1), "QT", "396 ms")
    long = MeasurementRow(RowKey("a", 2), "Weight: BPD, HC, AC, FL " * 2, "1839 g, centile 50")
    lacks = MeasurementRow(RowKey("a", 3), "Diastolic grade", "needs " * 8, is_missing=True)
    list_.show_rows([short, long, lacks], None)
    one, *tall = [list_.sizeHintForIndex(list_.rows.index(row)).height() for row in range(3)]
    assert all(height > one for height in tall)
    narrow = list_.sizeHint().height()
    list_.resize(1200, list_.height())
    list_.doItemsLayout()
    assert list_.sizeHint().height() < narrow
    assert not list_.grab().isNull()


def test_nothing_of_a_line_is_cut(list_: MeasurementList) -> None:
    """«Масса плода: ОГ, ОЖ, INTERGROWTH»; why a size has no percentile."""
    delegate = list_.itemDelegate()
    assert isinstance(delegate, MeasurementDelegate)
    long = "Weight of the fetus: HC, AC, INTERGROWTH-21st"
    why = "no percentile: no reference that could be checked"
    rows = (
        MeasurementRow(RowKey("a", 1), long, "1773 g, p71 (INTERGROWTH)", warning="by hand"),
        MeasurementRow(RowKey("a", 2), "NT", why, is_missing=True),
    )
    list_.show_rows(rows, None)
    list_.resize(200, 300)
    for row in rows:
        label, value = delegate.lines_of(row)
        assert "".join(label) == row.label
        assert "".join(value) == row.value
        assert len(label) + len(value) > 2
    endless = MeasurementRow(RowKey("a", 3), "word " * 500, "1")
    list_.show_rows([endless], None)
    assert list_.sizeHintForIndex(list_.rows.index(0)).height() < 150


def test_names_of_a_file_are_literal(list_: MeasurementList) -> None:
    row = MeasurementRow(RowKey("a", 1), "<b>QT</b>", "1", where="<img src=x>")
    list_.show_rows([MeasurementHeading("<i>file</i>"), row], None)
    tip = list_.rows.data(list_.rows.index(1), Qt.ItemDataRole.ToolTipRole.value)
    assert "&lt;img src=x&gt;" in tip
    assert not list_.grab().isNull()
