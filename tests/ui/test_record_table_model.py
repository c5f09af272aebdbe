"""The one table model of all lists."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from pytestqt.qtbot import QtBot

from workstation.ui.record_table_model import RECORD_ROLE, Column, RecordTableModel

CheckModel = Callable[[QAbstractItemModel], None]


@dataclass(frozen=True, slots=True)
class Fruit:
    name: str
    weight: int


def make_model(*fruits: Fruit) -> RecordTableModel[Fruit]:
    """A model ordered by weight."""
    columns: tuple[Column[Fruit], ...] = (
        Column("name", lambda: "Name", lambda fruit: fruit.name),
        Column("weight", lambda: "Weight", lambda fruit: str(fruit.weight), lambda _: "grams"),
    )
    model = RecordTableModel(columns, key=lambda f: f.name, order=lambda f: (f.weight, f.name))
    model.replace(fruits)
    return model


APPLE, PEAR, PLUM = Fruit("apple", 150), Fruit("pear", 180), Fruit("plum", 30)


def names(model: RecordTableModel[Fruit]) -> list[str]:
    """First column, top to bottom."""
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_records_stand_in_order(check_model: CheckModel) -> None:
    model = make_model(PEAR, PLUM, APPLE)
    assert names(model) == ["plum", "apple", "pear"]
    check_model(model)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (replace(APPLE, weight=155), ["plum", "apple", "pear"]),
        (replace(APPLE, weight=10), ["apple", "plum", "pear"]),
        (replace(APPLE, weight=900), ["plum", "pear", "apple"]),
        (Fruit("fig", 40), ["plum", "fig", "apple", "pear"]),
    ],
)
def test_a_record_is_renewed_moved_or_inserted(
    changed: Fruit, expected: list[str], check_model: CheckModel
) -> None:
    model = make_model(APPLE, PEAR, PLUM)
    check_model(model)
    model.upsert(changed)
    assert names(model) == expected
    assert changed in model.records()


def test_a_choice_follows_its_record(qtbot: QtBot) -> None:
    model = make_model(APPLE, PEAR, PLUM)
    selection = QItemSelectionModel(model)
    chosen = model.index(1, 0)
    selection.setCurrentIndex(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    model.upsert(Fruit("fig", 1))
    model.upsert(replace(APPLE, weight=1000))
    model.remove("pear")
    assert selection.currentIndex().data() == "apple"


def test_only_the_changed_row_is_painted_anew(qtbot: QtBot) -> None:
    model = make_model(APPLE, PEAR, PLUM)
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    model.upsert(replace(APPLE, weight=151))
    assert told == [(1, 1)]
    model.refresh()
    assert told[-1] == (0, 2)


def test_removing_what_is_not_there_does_nothing() -> None:
    model = make_model(APPLE)
    model.remove("pear")
    assert names(model) == ["apple"]


def test_more_is_asked_for_once_a_page(qtbot: QtBot) -> None:
    model = make_model()
    model.replace([APPLE], has_more=True)
    asked: list[bool] = []
    model.more_wanted.connect(lambda: asked.append(True))
    assert model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert asked == [True]
    model.extend([PEAR, APPLE], has_more=True)
    assert names(model) == ["apple", "pear"]
    assert model.canFetchMore(QModelIndex())
    model.extend([], has_more=False)
    assert not model.canFetchMore(QModelIndex())


def test_titles_tooltips_and_records() -> None:
    model = make_model(APPLE)
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Weight"
    assert model.headerData(1, Qt.Orientation.Vertical) is None
    assert model.headerData(7, Qt.Orientation.Horizontal) is None
    index = QPersistentModelIndex(model.index(0, 1))
    assert model.data(index, Qt.ItemDataRole.ToolTipRole.value) == "grams"
    assert model.data(index, RECORD_ROLE) == APPLE
    assert model.record(3) is None
    assert model.row_of("pear") is None
