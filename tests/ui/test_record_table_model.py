"""The one table model of all lists."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelectionModel,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from workstation.ui.record_spans import KEPT, TAIL, Wanted
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


class Shelf:
    """A server's list of fruits: key ranges of it by cursors, which are places."""

    def __init__(self, fruits: Iterable[Fruit], page: int = 50) -> None:
        self.fruits = {fruit.name: fruit for fruit in fruits}
        self.page = page

    def whole(self) -> list[Fruit]:
        """As it stands now."""
        return sorted(self.fruits.values(), key=place)

    def read(self, wanted: Wanted) -> tuple[list[Fruit], str | None]:
        """Rows and, where a page was not enough, the next cursor."""
        after = (-1, "") if wanted.after is None else at(wanted.after)
        found = [fruit for fruit in self.whole() if place(fruit) > after]
        if wanted.until is not None:
            return [fruit for fruit in found if place(fruit) <= at(wanted.until)], None
        more = len(found) > self.page
        return found[: self.page], cursor(found[self.page - 1]) if more else None


def place(fruit: Fruit) -> tuple[int, str]:
    return (fruit.weight, fruit.name)


def cursor(fruit: Fruit) -> str:
    return f"{fruit.weight}/{fruit.name}"


def at(text: str) -> tuple[int, str]:
    weight, _, name = text.partition("/")
    return (int(weight), name)


def fill(model: RecordTableModel[Fruit], shelf: Shelf) -> None:
    """Reads until nothing is wanted any more."""
    for _ in range(200):
        wanted = model.wanted()
        if wanted is None:
            return
        rows, cursor_behind = shelf.read(wanted)
        model.take(wanted, rows, cursor_behind)
    raise AssertionError("something is wanted for ever")


def crate(count: int) -> list[Fruit]:
    return [Fruit(f"fruit {number:04}", number * 10) for number in range(count)]


def long_list(shelf: Shelf) -> RecordTableModel[Fruit]:
    model = make_model()
    rows, behind = shelf.read(Wanted(None, None))
    model.replace(rows, behind)
    return model


def test_a_long_list_is_read_as_it_is_looked_at(qtbot: QtBot) -> None:
    shelf = Shelf(crate(2000))
    model = long_list(shelf)
    asked: list[bool] = []
    model.more_wanted.connect(lambda: asked.append(True))
    model.look_at(0, 10)
    assert asked == []
    assert model.rowCount() == 50 + TAIL
    assert model.record(50) is None
    for first in range(0, 1990, 10):
        model.look_at(first, first + 10)
        fill(model, shelf)
        assert model.record(first + 10) == crate(2000)[first + 10]
    assert asked
    assert model.rowCount() == 2000
    assert len(model.records()) <= (KEPT + 1) * 50, "the far ones are not kept"
    assert model.record(0) is None
    model.look_at(0, 10)
    fill(model, shelf)
    assert model.record(0) == Fruit("fruit 0000", 0)
    assert model.rowCount() == 2000


def test_what_happened_in_a_range_that_was_away_is_there_when_it_is_read_again(
    qtbot: QtBot,
) -> None:
    shelf = Shelf(crate(1500))
    model = long_list(shelf)
    for first in range(0, 1500, 20):
        model.look_at(first, first + 20)
        fill(model, shelf)
    assert model.record(3) is None
    for name in ("fruit 0003", "fruit 0004"):
        del shelf.fruits[name]
    shelf.fruits["fig"] = Fruit("fig", 25)
    model.look_at(0, 10)
    fill(model, shelf)
    assert names(model)[:4] == ["fruit 0000", "fruit 0001", "fruit 0002", "fig"]
    assert model.rowCount() == 1499


def test_a_list_that_grows_at_its_end_goes_on(qtbot: QtBot, check_model: CheckModel) -> None:
    shelf = Shelf(crate(60))
    model = long_list(shelf)
    check_model(model)
    model.look_at(40, 60)
    fill(model, shelf)
    assert model.rowCount() == 60
    shelf.fruits.update({fruit.name: fruit for fruit in crate(300)})
    model.spoil()
    for _ in range(10):
        model.look_at(model.rowCount() - 20, model.rowCount() - 1)
        fill(model, shelf)
    assert model.records() == shelf.whole()


ROWS = 90
"""Nine pages: Qt's own tester, which watches, goes through all rows at each change."""
MOVES = st.lists(
    st.tuples(st.sampled_from(("change", "gone", "missed", "look", "read again")),
              st.integers(0, ROWS - 1), st.integers(0, 11 * ROWS)),
    max_size=15,
)  # fmt: skip


@settings(max_examples=12, deadline=None)
@given(MOVES)
def test_whatever_happens_what_is_in_sight_is_what_the_server_has(
    moves: list[tuple[str, int, int]],
) -> None:
    shelf = Shelf(crate(ROWS), page=10)
    model = long_list(shelf)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    first = 0
    for what, number, weight in moves:
        name = f"fruit {number:04}"
        if what == "change":  # heard at once
            shelf.fruits[name] = Fruit(name, weight)
            model.upsert(shelf.fruits[name])
        elif what == "gone":
            shelf.fruits.pop(name, None)
            model.remove(name)
        elif what == "missed":  # heard of when the line is back
            shelf.fruits[name] = Fruit(name, weight)
            model.spoil()
        elif what == "look":
            first = max(0, min(number, model.rowCount() - 10))
        else:
            model.spoil()
        model.look_at(first, first + 10)
        fill(model, shelf)
    model.spoil()
    seen: list[Fruit] = []
    for first in range(0, ROWS + 20, 10):
        model.look_at(first, first + 10)
        fill(model, shelf)
        seen += [record for row in range(first, first + 10) if (record := model.record(row))]
    assert seen == shelf.whole()
    assert model.rowCount() == len(shelf.fruits)
    del tester


def test_without_an_order_a_record_is_renewed_where_it_stands(qtbot: QtBot) -> None:
    model = make_model()
    model.order_by(None)
    model.replace([PLUM, APPLE, PEAR])
    assert not model.upsert(replace(APPLE, weight=1))
    assert names(model) == ["plum", "apple", "pear"]
    assert not model.upsert(Fruit("fig", 1))
    assert model.rowCount() == 3
    model.spoil()
    wanted = model.wanted()
    assert wanted is not None
    model.take(wanted, [replace(APPLE, weight=1), Fruit("fig", 1), PLUM])
    assert names(model) == ["apple", "fig", "plum"]


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
