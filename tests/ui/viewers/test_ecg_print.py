"""The printed ECG: a millimetre of the PDF is one, and what has to be written on it is there."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]  # the package carries no types
import pytest
from PySide6.QtCore import QMarginsF, QPoint
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from tests.ui.viewers.made_up import PEAK_S, make_ecg, make_lead
from tests.ui.viewers.pdf_lines import DrawnLine, lines_of, page_count
from tests.ui.viewers.test_ecg_view import MEASURED
from workstation.studies.ecg import STANDARD_LEADS, EcgRecord
from workstation.studies.measure.ecg.filters import Band, TraceFilter
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.arrangement import EcgLayout
from workstation.ui.viewers.ecg.layout import lay_out, place_leads
from workstation.ui.viewers.ecg.print_desk import PrintDesk
from workstation.ui.viewers.ecg.print_pages import Room, fits, on_sheets
from workstation.ui.viewers.ecg.print_words import PrintWords
from workstation.ui.viewers.ecg.printed import PrintedPatient, Shown
from workstation.ui.viewers.ecg.printing import page_layout, pdf_of, print_on
from workstation.ui.viewers.ecg.view import EcgView
from workstation.ui.viewers.ecg.words import EcgWords

NOW = datetime(2026, 11, 22, 9, 30)
PATIENT = PrintedPatient("Верещагин Павел Никитич", "14.03.1965")
WITHIN_MM = 0.1
DIALOG = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
A4 = Room(280.0, 170.0)


@pytest.fixture
def words(qapp: object) -> PrintWords:
    return PrintWords(EcgWords())


def shown(
    record: EcgRecord | None = None,
    layout: EcgLayout = EcgLayout.TWELVE_BY_ONE,
    *,
    speed: float = 25.0,
    gain: float = 10.0,
    simultaneous: bool = False,
) -> Shown:
    record = record or make_ecg()
    page = lay_out(
        record, place_leads(record), layout, speed=speed, gain=gain, simultaneous=simultaneous
    )
    return Shown(record, page, layout, patient=PATIENT)


def coarse() -> EcgRecord:
    """Few points: what is read here is the paper."""
    leads = [make_lead(name, rate=50) for name in STANDARD_LEADS]
    return make_ecg(leads, sampling_rate_hz=50.0)


def text_of(content: bytes, page: int = 0) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return str(document[page].get_textpage().get_text_range())
    finally:
        document.close()


def squares(lines: list[DrawnLine], pen_mm: float) -> tuple[list[float], list[float]]:
    """Where the lines of the grid that are drawn with that pen lie: across and down."""
    ruled = [line for line in lines if line.pen_mm == pytest.approx(pen_mm, abs=0.005)]
    across = sorted(line.points[0][0] for line in ruled if line.width_mm < 0.001)
    down = sorted(line.points[0][1] for line in ruled if line.height_mm < 0.001)
    return across, down


def gaps(places: list[float]) -> list[float]:
    return [after - before for before, after in zip(places, places[1:], strict=False)]


def traces(lines: list[DrawnLine]) -> list[DrawnLine]:
    return [line for line in lines if line.pen_mm == pytest.approx(0.22, abs=0.005)]


def test_squares_are_five_millimetres_and_one(viewer_theme: Theme, words: PrintWords) -> None:
    lines = lines_of(pdf_of(shown(coarse()), viewer_theme, words, NOW))
    for pen_mm, side, count in ((0.16, 5.0, 57), (0.07, 1.0, 281)):
        across, down = squares(lines, pen_mm)
        assert len(across) == count
        for places in (across, down):
            assert gaps(places) == pytest.approx([side] * (len(places) - 1), abs=WITHIN_MM)
            assert places[-1] - places[0] == pytest.approx(side * (len(places) - 1), abs=WITHIN_MM)


@pytest.mark.parametrize("speed", [12.5, 25.0, 50.0])
@pytest.mark.parametrize("gain", [2.5, 10.0, 20.0])
def test_a_second_and_a_millivolt_are_true(
    viewer_theme: Theme, words: PrintWords, speed: float, gain: float
) -> None:
    record = make_ecg([make_lead("II")])
    page = pdf_of(shown(record, EcgLayout.RHYTHM, speed=speed, gain=gain), viewer_theme, words, NOW)
    pulse, *pieces = traces(lines_of(page))
    points = sorted(point for piece in pieces for point in piece.points)
    line, top = max(y for _, y in points), min(y for _, y in points)
    peaks = sorted({round(x, 3) for x, y in points if y < top + 0.01})
    assert gaps(peaks) == pytest.approx([speed] * (len(peaks) - 1), abs=WITHIN_MM)
    assert points[0][0] + PEAK_S * speed == pytest.approx(peaks[0], abs=WITHIN_MM)
    assert line - top == pytest.approx(gain, abs=WITHIN_MM)
    assert pulse.height_mm == pytest.approx(gain, abs=WITHIN_MM)


@pytest.mark.parametrize("layout", list(EcgLayout))
def test_every_layout_prints_each_row_with_its_pulse(
    viewer_theme: Theme, words: PrintWords, layout: EcgLayout
) -> None:
    given = shown(coarse(), layout)
    content = pdf_of(given, viewer_theme, words, NOW)
    drawn = [line for page in range(page_count(content)) for line in lines_of(content, page)]
    pulses = [line for line in traces(drawn) if line.width_mm == pytest.approx(7, abs=0.01)]
    assert len(pulses) == len(given.page.pulses_mm)


def test_what_has_to_be_said_is_on_the_paper(viewer_theme: Theme, words: PrintWords) -> None:
    given = replace(shown(layout=EcgLayout.SIX_BY_TWO), chosen=TraceFilter(Band.MONITOR))
    text = text_of(pdf_of(given, viewer_theme, words, NOW)).replace("\u00a0", " ")
    for said in (
        "Верещагин Павел Никитич, 14.03.1965",
        "ECG 12.11.2026 08:52",
        "25 mm/s",
        "10 mm/mV",
        "Filter: 0,05–40 Hz",
        "6×2",
        "500 Hz, DICOM",
        "name in the file: Иванова Анна Петровна",
        "22.11.2026 09:30",
        "aVR",
    ):
        assert said in text


def test_long_words_are_made_smaller_not_cut(viewer_theme: Theme, words: PrintWords) -> None:
    name = "Константинопольская-Преображенская Александра-Екатерина Всеволодовна " * 3
    given = replace(shown(), patient=PrintedPatient(name, "14.03.1965"), recording="R" * 300)
    text = text_of(pdf_of(given, viewer_theme, words, NOW))
    assert text.count("Всеволодовна") == 3
    assert "14.03.1965" in text
    assert text.count("R") >= 300


def test_without_a_request_nobody_is_named(viewer_theme: Theme, words: PrintWords) -> None:
    """Who is named in the file may be another: the request alone says whose it is."""
    given = replace(shown(), patient=PrintedPatient())
    assert "Patient not stated" in text_of(pdf_of(given, viewer_theme, words, NOW))


def test_no_name_stands_in_the_properties(viewer_theme: Theme, words: PrintWords) -> None:
    content = pdf_of(shown(), viewer_theme, words, NOW)
    with pikepdf.open(io.BytesIO(content)) as document:
        told = " ".join(str(value) for value in document.docinfo.values())
        told += str(document.open_metadata())
    assert "ECG 12.11.2026" in told
    assert "Верещагин" not in told
    assert "Иванова" not in told


def test_twice_the_speed_takes_two_sheets(viewer_theme: Theme, words: PrintWords) -> None:
    content = pdf_of(shown(layout=EcgLayout.THREE_BY_FOUR, speed=50.0), viewer_theme, words, NOW)
    assert page_count(content) == 2
    first, second = (text_of(content, page).replace("\u00a0", " ") for page in (0, 1))
    assert "sheet 1 of 2" in first
    assert "0–5 of 10 s" in first
    assert "5–10 of 10 s" in second
    assert "aVL" in first
    assert "aVL" not in second
    assert "V5" in second


def test_sheets_hold_every_second_once_and_fit() -> None:
    page = shown(layout=EcgLayout.CABRERA, speed=50.0, gain=20.0).page
    sheets = on_sheets(page, A4)
    assert all(fits(sheet, A4) for sheet in sheets)
    for strip in page.strips:
        parts = [one for sheet in sheets for one in sheet.strips if one.ref == strip.ref]
        assert sum(part.duration_s for part in parts) == pytest.approx(strip.duration_s)
        assert min(part.start_s for part in parts) == pytest.approx(strip.start_s)
        assert {part.mm_per_unit for part in parts} == {20.0}


def test_a_sheet_that_is_too_small_says_so(words: PrintWords) -> None:
    given = shown(layout=EcgLayout.RHYTHM, gain=20.0)
    small = Room(150.0, 20.0)
    sheets = on_sheets(given.page, small)
    assert len(sheets) == 2
    assert not any(fits(sheet, small) for sheet in sheets)
    assert "cut off" in words.scale(given, sheets[0], cut=True)


def test_another_paper_takes_more_sheets(
    tmp_path: Path, viewer_theme: Theme, words: PrintWords, qapp: object
) -> None:
    """The printer's own paper counts: nothing is made smaller for it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "a.pdf"))
    upright = QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF()
    )
    printer.setPageLayout(upright)
    printer.setFullPage(True)
    assert print_on(printer, shown(layout=EcgLayout.THREE_BY_FOUR), viewer_theme, words, NOW)
    content = (tmp_path / "a.pdf").read_bytes()
    assert page_count(content) == 2
    across, _ = squares(lines_of(content), 0.16)
    assert gaps(across) == pytest.approx([5.0] * (len(across) - 1), abs=WITHIN_MM)


def test_the_page_is_a4_landscape(qapp: object) -> None:
    size = page_layout().fullRect(QPageLayout.Unit.Millimeter).size()
    assert (round(size.width()), round(size.height())) == (297, 210)


@pytest.fixture
def view(qtbot: QtBot, viewer_theme: Theme) -> Iterator[EcgView]:
    view = EcgView(viewer_theme, MEASURED)
    qtbot.addWidget(view)
    view.resize(1300, 600)
    view.show()
    yield view
    view.hide()


@DIALOG
async def test_ctrl_p_offers_printer_and_file(view: EcgView) -> None:
    tasks = TaskScope(on_error=lambda _: None)
    view.show_record(make_ecg(), tasks)
    view.key_actions()["ecg.print"]()
    menu = view.findChild(QMenu, "ecg.printMenu")
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["Print…", "Keep as PDF…"]
    assert menu.activeAction() is menu.actions()[0]
    menu.close()
    await tasks.close()


async def test_a_pdf_is_written_as_the_page_is_shown(
    view: EcgView, viewer_theme: Theme, tmp_path: Path
) -> None:
    view.show_record(make_ecg([make_lead(name, seconds=30) for name in STANDARD_LEADS]))
    view.sheet.turn_page(7.0)
    desk = PrintDesk(viewer_theme, view.words, view, now=lambda: NOW)
    desk.told.connect(view.tell)
    given = view.shown()
    assert given is not None
    await desk.keep(given, tmp_path / "ecg.pdf")
    text = text_of((tmp_path / "ecg.pdf").read_bytes()).replace("\u00a0", " ")
    assert "7–17 of 30 s" in text
    assert "PDF kept: ecg.pdf" in view.header.texts()


async def test_a_pdf_that_cannot_be_written_is_said(view: EcgView, tmp_path: Path) -> None:
    view.show_record(make_ecg())
    given = view.shown()
    assert given is not None
    await view.print_desk.keep(given, tmp_path / "no such folder" / "ecg.pdf")
    assert any(text.startswith("PDF not kept: ") for text in view.header.texts())
    assert not (tmp_path / "no such folder").exists()


@DIALOG
async def test_the_dialog_of_files_leads_to_the_pdf(view: EcgView, tmp_path: Path) -> None:
    tasks = TaskScope(on_error=lambda _: None)
    view.show_record(make_ecg(), tasks)
    given = view.shown()
    assert given is not None
    view.print_desk.offer(given, QPoint(0, 0), tasks)
    menu = view.findChild(QMenu, "ecg.printMenu")
    assert menu is not None
    menu.actions()[1].trigger()
    menu.close()
    dialog = view.window().findChild(QFileDialog)
    assert dialog is not None
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    target = tmp_path / "chosen.pdf"
    dialog.fileSelected.emit(str(target))
    dialog.reject()
    await tasks.finish()
    assert page_count(target.read_bytes()) == 1


async def test_a_printer_gets_the_sheets(view: EcgView, tmp_path: Path) -> None:
    view.show_record(coarse())
    given = view.shown()
    assert given is not None
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPageLayout(page_layout())
    await view.print_desk.print_with(printer, given)
    lines = lines_of((tmp_path / "printed.pdf").read_bytes())
    across, _ = squares(lines, 0.16)
    assert gaps(across) == pytest.approx([5.0] * (len(across) - 1), abs=WITHIN_MM)


@DIALOG
async def test_the_dialog_of_printers_opens_for_a4_landscape(view: EcgView) -> None:
    tasks = TaskScope(on_error=lambda _: None)
    view.show_record(make_ecg(), tasks)
    given = view.shown()
    assert given is not None
    view.print_desk.offer(given, QPoint(0, 0), tasks)
    menu = view.findChild(QMenu, "ecg.printMenu")
    assert menu is not None
    menu.actions()[0].trigger()
    menu.close()
    dialog = view.window().findChild(QPrintDialog)
    assert dialog is not None
    paper = dialog.printer().pageLayout()
    assert paper.orientation() is QPageLayout.Orientation.Landscape
    assert paper.pageSize().id() is QPageSize.PageSizeId.A4
    assert dialog.printer().fullPage()
    dialog.reject()
    await tasks.close()


def test_the_name_of_the_file_names_nobody(view: EcgView) -> None:
    view.show_record(make_ecg())
    given = view.shown()
    assert given is not None
    assert view.print_desk.file_name(given) == "ECG 12.11.2026 08-52.pdf"


def test_an_empty_paper_prints_nothing(view: EcgView) -> None:
    view.show_record(None)
    view.print_page()
    assert view.findChild(QMenu, "ecg.printMenu") is None
    assert view.header.box_of("print").topLeft().toPoint() == QPoint(0, 0)
