"""The measurements on paper: every confirmed one with its origin, none that is only proposed."""

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import QTranslator
from pytestqt.qtbot import QtBot

from backend_client.models.evidence import EcgPlace, Origin
from tests.ui.viewers.made_up import make_ecg
from tests.ui.viewers.pdf_lines import page_count
from tests.ui.viewers.test_ecg_print import PATIENT, coarse, shown, text_of
from tests.ui.viewers.test_ecg_view import MEASURED
from workstation.studies.ecg import DeviceMeasurement, DeviceQuantity
from workstation.studies.measure.ecg.measured import Measured, Quantity
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.measurements import Line, LineId
from workstation.ui.viewers.ecg.print_measured import PrintedRow, in_tables
from workstation.ui.viewers.ecg.print_words import PrintWords
from workstation.ui.viewers.ecg.printed import Shown
from workstation.ui.viewers.ecg.printing import pdf_of
from workstation.ui.viewers.ecg.view import EcgView
from workstation.ui.viewers.ecg.words import EcgWords

NOW = datetime(2026, 11, 22, 9, 30)
PLACE = EcgPlace(lead="II", start_s=3.52, stop_s=3.92)
DEVICE = (DeviceMeasurement(DeviceQuantity.QT, "QT Interval", 412.0, "ms"),)


@pytest.fixture
def words(qapp: object) -> PrintWords:
    return PrintWords(EcgWords())


def line(
    number: int,
    quantity: Quantity = Quantity.QT,
    value: float | None = 396.0,
    origin: Origin = Origin.BY_HAND,
    *,
    unit: str = "ms",
    is_proposed: bool = False,
    **changes: object,
) -> Line:
    measured = Measured(quantity, value, unit, PLACE, origin)
    return Line(LineId(number), replace(measured, **changes), is_proposed)  # type: ignore[arg-type]  # fields by name


def measured(*lines: Line) -> Shown:
    record = replace(coarse(), device_measurements=DEVICE)
    return replace(shown(record), measured=lines)


def sheet_of(content: bytes) -> str:
    """The words of the last sheet."""
    return text_of(content, page_count(content) - 1).replace("\u00a0", " ")


def test_each_line_says_what_where_and_by_whom(viewer_theme: Theme, words: PrintWords) -> None:
    """OZ-12: lead, seconds and filter of each; by hand, confirmed and device's are never mixed."""
    given = measured(
        line(1),
        line(2, Quantity.QRS, 104.0, Origin.CONFIRMED),
        line(3, Quantity.QTC, 413.0, Origin.CONFIRMED, detail="fridericia", rr_ms=882.0),
        line(4, Quantity.AMPLITUDE, 1.234, unit="mV"),
        line(5, Quantity.AMPLITUDE, 812.0, unit=""),
        line(6, Quantity.PR, None),
    )
    content = pdf_of(given, viewer_theme, words, NOW)
    trace, sheet = text_of(content).replace("\u00a0", " "), sheet_of(content)
    assert page_count(content) == 2
    assert "sheet 1 of 2" in trace
    assert "True to size" in trace
    for said in (
        "Measurements",
        "Верещагин Павел Никитич",
        "sheet 2 of 2",
        "396 ms",
        "II, 3,52–3,92 s, filter: none",
        "by hand",
        "104 ms",
        "proposed, confirmed by the doctor",
        "QTc Fridericia",
        "413 ms at RR 882 ms",
        "1,23 mV",
        "no calibration",
        "unknown",
        "412 ms",
        "the device, not ours",
    ):
        assert said in sheet, said
    assert "812,0 mV" not in sheet
    assert "True to size" not in sheet, "there is no trace on it"


def test_what_nobody_has_confirmed_is_not_printed_and_that_is_said(
    viewer_theme: Theme, words: PrintWords
) -> None:
    given = measured(line(1), line(2, Quantity.QRS, 104.0, Origin.CONFIRMED, is_proposed=True))
    sheet = sheet_of(pdf_of(given, viewer_theme, words, NOW))
    assert "104 ms" not in sheet
    assert "1 proposed by the program and not confirmed: not printed" in sheet


@pytest.mark.parametrize("lines", [(), (line(1, is_proposed=True),)], ids=["none", "proposed"])
def test_without_measurements_no_sheet_is_added(
    viewer_theme: Theme, words: PrintWords, lines: tuple[Line, ...]
) -> None:
    assert page_count(pdf_of(measured(*lines), viewer_theme, words, NOW)) == 1


def test_a_long_list_takes_as_many_sheets_as_it_needs(
    viewer_theme: Theme, words: PrintWords
) -> None:
    given = measured(*(line(n, value=300.0 + n) for n in range(60)))
    content = pdf_of(given, viewer_theme, words, NOW)
    text = " ".join(text_of(content, n).replace("\u00a0", " ") for n in range(page_count(content)))
    assert page_count(content) == 4
    assert all(f"{300 + n} ms" in text for n in range(60))


def test_rows_are_shared_out_in_order() -> None:
    rows = [PrintedRow(str(n), "", "", "") for n in range(7)]
    tables = in_tables(rows, 6.5 * 6 + 4)
    assert [len(one) for one in tables] == [3, 3, 1]
    assert [row for one in tables for row in one] == rows
    assert in_tables([], 100.0) == []


def test_another_recording_of_the_file_is_named(viewer_theme: Theme, words: PrintWords) -> None:
    place = EcgPlace(recording="RHYTHM 2", lead="V1", start_s=1.0, stop_s=2.0)
    sheet = sheet_of(pdf_of(measured(line(1), line(2, place=place)), viewer_theme, words, NOW))
    assert "RHYTHM 2, V1" in sheet
    assert ", II, 3,52" not in sheet


def test_names_are_literal(viewer_theme: Theme, words: PrintWords) -> None:
    place = EcgPlace(lead="<b>II</b>", start_s=1.0, stop_s=2.0)
    sheet = sheet_of(pdf_of(measured(line(1, place=place)), viewer_theme, words, NOW))
    assert "<b>II</b>" in sheet


def test_the_view_prints_its_list(qtbot: QtBot, theme: Theme) -> None:
    view = EcgView(theme, MEASURED)
    qtbot.addWidget(view)
    view.show_record(make_ecg())
    view.measuring.measurements.add(line(1).measured)
    given = view.shown()
    assert given is not None
    assert [one.measured for one in given.measured] == [line(1).measured]


def test_in_russian_it_says_the_same(
    viewer_theme: Theme, words: PrintWords, russian: QTranslator
) -> None:
    given = measured(line(1), line(2, is_proposed=True))
    content = pdf_of(given, viewer_theme, words, NOW)
    sheet = sheet_of(content)
    for said in ("Измерения", "396 мс", "вручную", "прибор, не наше", "1 предложено программой"):
        assert said in sheet
    assert PATIENT.name in sheet
