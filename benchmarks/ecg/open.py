"""From an ECG file on the disk to its painted leads, and from a key to the same in the window.

Floor of the first: the reader in this process, and the same lines with a pen of 1. Of the second,
the bare library (pydicom) reading the same file beside our reader. Of the third that of the first,
measured behind each key: 150 ms for 95 of 100 keys, in the review screen with its encrypted
store and its decoder process, nothing opened ahead.
"""

import asyncio
import io
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pydicom
import qasync
from PySide6.QtWidgets import QApplication

from benchmarks.ecg.bare_lines import BareLines
from benchmarks.ecg.repaint import make_view
from benchmarks.ecg.review_desk import review_desk
from benchmarks.ecg.samples import ecg_files
from benchmarks.figures import Figure, at_most, at_most_times, report, stated
from benchmarks.tick_lateness import percentile
from workstation.application import make_application
from workstation.studies.decoder import Decoder
from workstation.studies.ecg import EcgRecord
from workstation.studies.readers.opening import open_file
from workstation.studies.study import EcgStudy
from workstation.ui.viewers.ecg.sheet import EcgSheet
from workstation.ui.viewers.ecg.view import EcgView

RATIO = 2.0
"""Of each format. The reader of MUSE alone takes 3 ms: there the way through the decoder process
and the paper with its strong lines weigh most."""
RUNS = 5
IN_A_RUN = 5
KEYS = 60
KEY_MS = 150.0


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds, medians."""

    painted: float
    floor: float
    reader: float


async def measured(decoder: Decoder, view: EcgView, path: Path) -> Times:
    """The window's way and the floor's, in turns."""
    painted, floor, reader = [], [], []
    await _painted(decoder, view, path)
    for _ in range(RUNS):
        painted.append(
            statistics.median([await _painted(decoder, view, path) for _ in range(IN_A_RUN)])
        )
        pairs = [_floor(view, path) for _ in range(IN_A_RUN)]
        floor.append(statistics.median(whole for whole, _ in pairs))
        reader.append(statistics.median(read for _, read in pairs))
    return Times(*(statistics.median(found) for found in (painted, floor, reader)))


async def _painted(decoder: Decoder, view: EcgView, path: Path) -> float:
    begun = time.perf_counter()
    study = await decoder.open(await asyncio.to_thread(path.read_bytes))
    assert isinstance(study, EcgStudy)
    view.show_record(study.info)
    view.sheet.viewport().repaint()
    took = _since(begun)
    await study.close()
    await asyncio.sleep(0)  # the loop's turn before the next key: what is left of this file goes
    return took


def _floor(view: EcgView, path: Path) -> tuple[float, float]:
    """The whole, and the reader's part of it."""
    bare = BareLines(view.sheet)
    begun = time.perf_counter()
    record = open_file(memoryview(path.read_bytes()))
    read = _since(begun)
    assert isinstance(record, EcgRecord)
    bare.draw(bare.lines(record))
    return _since(begun), read


def _since(begun: float) -> float:
    return 1000 * (time.perf_counter() - begun)


def _of_pydicom(content: bytes) -> float:
    """The same file's elements and its first group's numbers, by the bare library."""
    found = []
    for _ in range(RUNS * IN_A_RUN):
        begun = time.perf_counter()
        pydicom.dcmread(io.BytesIO(content)).waveform_array(0)
        found.append(_since(begun))
    return statistics.median(found)


async def of_files(folder: Path) -> list[Figure]:
    """Each format, from the disk."""
    files = ecg_files()
    record = open_file(memoryview(files["DICOM"]))
    assert isinstance(record, EcgRecord)
    view, decoder = make_view(record), Decoder()
    found: list[Figure] = []
    every: list[Times] = []
    try:
        for name, content in files.items():
            path = folder / f"{name.replace(' ', '-')}.ecg"
            path.write_bytes(content)
            times = await measured(decoder, view, path)
            every.append(times)
            words = f"{name}: disk to leads"
            found.append(at_most_times(words, times.painted, times.floor, RATIO, "ms"))
            bare = _of_pydicom(content) if name == "DICOM" else times.floor
            beside = "pydicom" if name == "DICOM" else "reader and bare lines"
            found.append(stated(f"{name}: our reader beside {beside}", times.reader, bare, "ms"))
    finally:
        await decoder.close()
        view.hide()
        view.deleteLater()
    painted = sum(one.painted for one in every)
    floor = sum(one.floor for one in every)
    return [at_most_times("one of each format: disk to leads", painted, floor, RATIO, "ms"), *found]


async def of_keys(folder: Path, application: QApplication) -> list[Figure]:
    """PageDown from one ECG of the case to the next."""
    files, spent, floors = ecg_files(), dict[str, list[float]](), dict[str, list[float]]()
    async with review_desk(folder, files, application) as desk:
        for _ in range(KEYS + len(desk.documents)):
            title, took = await desk.next_file()
            if title:  # else it was the way back to the first file, without a key
                spent.setdefault(title, []).append(1000 * took.clock)
                floors.setdefault(title, []).append(_bare(desk.sheet, files[title]))
            await asyncio.sleep(0.05)
    every = [one for found in spent.values() for one in found]
    under = [one for found in floors.values() for one in found]
    figures = [_of(f"key to paint, all formats ({len(every)} keys), p95", every, under)]
    return [
        *figures,
        *(_of(f"key to paint, {name}, p95", found, floors[name]) for name, found in spent.items()),
    ]


def _bare(sheet: EcgSheet, content: bytes) -> float:
    """The floor of the same file, right behind it: reader and bare lines in this process."""
    bare = BareLines(sheet)
    begun = time.perf_counter()
    record = open_file(memoryview(content))
    assert isinstance(record, EcgRecord)
    bare.draw(bare.lines(record))
    return _since(begun)


def _of(name: str, found: list[float], floor: list[float]) -> Figure:
    return at_most(name, percentile(found, 0.95), KEY_MS, "ms", floor=percentile(floor, 0.95))


def figures() -> list[Figure]:
    """From the disk, then from the key."""
    application = make_application()
    found: list[Figure] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner,
    ):
        found += runner.run(of_files(Path(folder)))
        found += runner.run(of_keys(Path(folder), application))
    return found


if __name__ == "__main__":
    raise SystemExit(report(figures()))
