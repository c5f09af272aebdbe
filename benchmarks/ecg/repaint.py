"""Twelve leads of ten seconds at 1920x1080, anti-aliased: the time of one repaint of the sheet.

Floor: the same lines with a pen of 1 and nothing else, alternately in the same run. The sheet
paints them twice where its millimetre is large (a line of one pixel would be too thin there),
with the grid, names, pulses and the choices of the desk.
"""

import statistics

from PySide6.QtWidgets import QApplication

from benchmarks.ecg.bare_lines import BareLines
from benchmarks.ecg.samples import ecg_files
from benchmarks.ecg.timing import median_ms
from benchmarks.figures import Figure, at_most, report, stated
from workstation.application import make_application
from workstation.studies.ecg import EcgRecord
from workstation.studies.measure.ecg.filters import Band, Mains, TraceFilter
from workstation.studies.readers.opening import open_file
from workstation.ui.theme import Scheme, Theme, load_fonts, load_tokens
from workstation.ui.viewers.ecg.arrangement import EcgLayout
from workstation.ui.viewers.ecg.choices import EcgChoices
from workstation.ui.viewers.ecg.paper import ScreenCalibration
from workstation.ui.viewers.ecg.view import EcgView

LIMIT_MS = 16.0
SIZE = (1920, 1080)
RUNS = 5
REPAINTS = 20
FILTERED = TraceFilter(Band.MONITOR, Mains.HZ_50, baseline=True)
CASES = {
    "12x1": EcgChoices(EcgLayout.TWELVE_BY_ONE),
    "3x4": EcgChoices(EcgLayout.THREE_BY_FOUR),
    "6x2": EcgChoices(EcgLayout.SIX_BY_TWO),
    "12x1 through filters": EcgChoices(EcgLayout.TWELVE_BY_ONE, filter=FILTERED),
}


def make_view(record: EcgRecord) -> EcgView:
    """The viewer as the window has it."""
    load_fonts()
    view = EcgView(Theme(load_tokens(), Scheme.DARK), ScreenCalibration(3.8, calibrated=False))
    view.resize(*SIZE)
    view.show_record(record)
    view.show()
    QApplication.processEvents()
    return view


def measure(view: EcgView, choices: EcgChoices) -> tuple[float, float]:
    """Of the sheet and of the bare lines: medians of 5 runs, which take turns."""
    view.choose(choices)
    QApplication.processEvents()
    bare = BareLines(view.sheet)
    painted = view.sheet.painted
    assert painted is not None
    lines = bare.lines(painted)
    sheet, floor = [], []
    for _ in range(RUNS):
        sheet.append(median_ms(view.sheet.viewport().repaint, REPAINTS))
        floor.append(median_ms(lambda: bare.draw(lines), REPAINTS))
    return statistics.median(sheet), statistics.median(floor)


def figures() -> list[Figure]:
    """Of twelve leads below each other the promise; other layouts are stated."""
    application = make_application()
    record = open_file(memoryview(ecg_files()["DICOM"]))
    assert isinstance(record, EcgRecord)
    view = make_view(record)
    found = []
    for name, choices in CASES.items():
        value, floor = measure(view, choices)
        words = f"{name}, {record.sample_count} samples a lead: repaint"
        if name == "12x1":
            found.append(at_most(words, value, LIMIT_MS, "ms", floor=floor))
        else:
            found.append(stated(words, value, floor, "ms"))
    view.hide()
    view.deleteLater()
    application.processEvents()
    return found


if __name__ == "__main__":
    raise SystemExit(report(figures()))
