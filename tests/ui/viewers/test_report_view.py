"""A device's report as a table: terms, units, whose the values are, lines for the conclusion."""

import csv
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend_client.models.evidence import Origin, ReportPlace
from tests.ui.viewers import made_up_documents as make
from tests.ui.viewers.made_up import click, press, until
from workstation.resources import resource
from workstation.studies.report import Coded, LineKind
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Theme
from workstation.ui.viewers.report.rows import Row, rows_of
from workstation.ui.viewers.report.terms import term
from workstation.ui.viewers.report.view import ReportView
from workstation.ui.viewers.report.words import ReportWords
from workstation.ui.widgets.labels import SignLabel


@pytest.fixture
def view(qtbot: QtBot, viewer_theme: Theme) -> Iterator[ReportView]:
    view = ReportView(viewer_theme)
    qtbot.addWidget(view)
    view.resize(800, 500)
    view.show()
    yield view
    view.clear()
    view.hide()


def rows(*lines: object) -> list[Row]:
    return rows_of(make.make_report(*lines), ReportWords())  # type: ignore[arg-type]  # lines


def test_terms_of_known_codes_and_words_of_unknown_ones() -> None:
    """DRC-13: Russian where the code is known, else the file's own words, literal."""
    assert term(make.LVIDD) == "КДР ЛЖ"
    assert term(Coded("T-32600", "SRT", "x")) == term(Coded("87878005", "SCT", "x"))
    assert term(Coded("T-32600", "SNM3", "x")) == "Левый желудочек"
    assert term(Coded("1", "99X", "<b>own</b>")) == "<b>own</b>"
    assert term(Coded("1", "99X", "")) == "1"


def test_the_table_of_terms_names_no_code_twice() -> None:
    path = resource("catalogues", "report_terms_ru.csv")
    with path.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    keys = [(row["scheme"], row["code"]) for row in found]
    assert len(keys) == len(set(keys)) > 400
    assert all(row["term"] and row["meaning"] for row in found)


def test_values_have_their_units() -> None:
    _, dimension, _, velocity = rows()
    assert (dimension.name, dimension.value) == ("КДР ЛЖ", "4,8\u00a0cm")
    assert dimension.original == make.LVIDD.meaning
    assert velocity.value == "420\u00a0cm/s"


def test_a_group_is_named_by_its_site() -> None:
    plain, _, aortic, _ = rows()
    assert (plain.name, aortic.name) == ("Находки", "Аортальный клапан")


def test_a_line_for_the_conclusion_says_where_and_whose() -> None:
    _, dimension, _, velocity = rows()
    assert dimension.finding == "КДР ЛЖ: 4,8 cm (by the device)"
    assert velocity.finding == (
        "Аортальный клапан, Пиковая скорость кровотока: 420 cm/s (by the device)"
    )


def test_of_which_fetus_a_value_is_said() -> None:
    biometry = make.coded("125002", "Fetal Biometry", "DCM")
    number = make.coded("121037", "Fetus number", "DCM")
    head = make.coded("11820-8", "Biparietal Diameter")
    found = rows(
        make.make_line(1, 0, biometry),
        make.make_line(2, 1, number, "2", kind=LineKind.TEXT),
        make.make_line(3, 1, head, "8.0"),
    )
    assert found[-1].finding == "Номер плода 2, БПР (BPD): 8,0 cm (by the device)"


def test_brackets_around_one_value_are_no_rows() -> None:
    """TID 5008: a Biometry Group for each value."""
    bracket = make.coded("125005", "Biometry Group", "DCM")
    head = make.coded("11820-8", "Biparietal Diameter")
    found = rows(
        make.make_line(1, 0, make.coded("125002", "Fetal Biometry", "DCM")),
        make.make_line(2, 1, bracket),
        make.make_line(3, 2, head, "8.0"),
        make.make_line(4, 1, bracket),
        make.make_line(5, 2, head, "8.1"),
        make.make_line(6, 2, head, "8.2"),
    )
    assert [(row.depth, row.value or row.name) for row in found] == [
        (0, "Фетометрия"),
        (1, "8,0\u00a0cm"),
        (1, "Группа фетометрии"),
        (2, "8,1\u00a0cm"),
        (2, "8,2\u00a0cm"),
    ]


def test_a_missing_value_says_why_and_is_none() -> None:
    failed = make.coded("114006", "Measurement failure", "DCM")
    line = make.make_line(1, 0, make.LVIDD, kind=LineKind.NUMBER, code=failed)
    (row,) = rows(line)
    assert row.value == "no value: измерить не удалось"
    assert row.is_missing


def test_whose_the_values_are_stands_over_them(view: ReportView) -> None:
    view.show_report(make.make_report())
    said = view.findChild(SignLabel, "reportStanding")
    assert said is not None
    assert said.text() == "Values of the device, not verified by a person"
    view.show_report(make.make_report(is_verified=True, is_complete=False))
    assert said.text() == ("Values of the device, the report is not complete, verified by a person")


def test_an_empty_report_says_to_look_at_the_others(view: ReportView) -> None:
    view.show_report(make.make_report(make.make_line(1, 0, make.FINDINGS)))
    said = view.findChild(SignLabel, "reportStanding")
    assert said is not None
    assert said.text().startswith("The report has no values")
    assert view.finding() is None


def test_the_chosen_line_goes_into_the_conclusion_as_the_devices(view: ReportView) -> None:
    view.show_report(make.make_report())
    view.sheet.step(1)
    found = view.finding()
    assert found is not None
    assert found.origin is Origin.DEVICE
    assert found.place == ReportPlace(item=5)


def test_a_source_leads_back_to_its_line(view: ReportView) -> None:
    view.show_report(make.make_report())
    assert view.show_place(ReportPlace(item=5))
    assert view.sheet.chosen is not None
    assert view.sheet.chosen.item == 5
    assert not view.show_place(ReportPlace(item=99))


def test_keys_and_presses_choose_a_line(view: ReportView, qapp: QApplication, qtbot: QtBot) -> None:
    shortcuts = ShortcutRouter(qapp)
    view.bind(shortcuts)
    view.show_report(make.make_report())
    view.activateWindow()
    view.sheet.setFocus()
    press(view.sheet, Qt.Key.Key_Down)
    assert view.sheet.chosen is not None
    assert view.sheet.chosen.item == 5
    press(view.sheet, Qt.Key.Key_Home)
    assert view.sheet.chosen.item == 2
    press(view.sheet, Qt.Key.Key_End)
    assert view.sheet.chosen.item == 5
    click(view.sheet.viewport(), QPoint(100, 60))
    assert view.sheet.chosen.item == 2
    shortcuts.release()


async def test_words_are_found_in_a_report(view: ReportView) -> None:
    view.show_report(make.make_report())
    view.key_actions()["document.find"]()
    view.find_bar.field.setText("СКОРОСТЬ")
    view.find_bar.step(1)
    await until(lambda: view.find_bar.answer.text() == "1 of 1")
    assert view.sheet.chosen is not None
    assert view.sheet.chosen.item == 5
    view.find_bar.leave()
    assert view.find_bar.isHidden()


def test_a_report_of_thousands_of_lines_is_painted_where_it_is_seen(view: ReportView) -> None:
    lines = [make.make_line(n, 0, make.LVIDD, "4.8") for n in range(1, 4000)]
    view.show_report(make.make_report(*lines))
    view.sheet.to_end(1)
    assert view.sheet.chosen is not None
    assert view.sheet.chosen.item == 3999
    assert not view.grab().isNull()
    assert not view.turn_page(1)
    assert view.turn_page(-1)
