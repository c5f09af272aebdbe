"""Made-up studies: ECGs with known peaks, clips whose frames say their number. No decoder."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import date, datetime
from time import monotonic

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.ui.keys import press as press_key
from workstation.studies.ecg import (
    STANDARD_LEADS,
    DeviceMeasurement,
    DeviceQuantity,
    EcgLead,
    EcgRecord,
    SampleUnit,
)
from workstation.studies.errors import StudyError
from workstation.studies.imaging import (
    ClipInfo,
    Frame,
    FrameTimeSource,
    PdfInfo,
    PictureInfo,
    RegionUnit,
    UltrasoundRegion,
)
from workstation.studies.report import ReportInfo
from workstation.studies.warnings import StudyWarning

PATIENCE_S = 60.0
"""What a busy machine needs for a moment's work."""
PEAK_S = 0.4
"""The R peak stands so many seconds after every whole second."""


async def until(condition: Callable[[], object]) -> None:
    """Lets the loop run until the condition holds."""
    end = monotonic() + PATIENCE_S
    while not condition():
        assert monotonic() < end, "it never came to that"
        await asyncio.sleep(0)


async def rest() -> None:
    """Lets everything that is ready run."""
    for _ in range(20):
        await asyncio.sleep(0)


def press(widget: QWidget, key: Qt.Key, text: str = "", scan_code: int = 0) -> None:
    """A key event as the keyboard sends it; without a scan code, as a test or a tool does."""
    press_key(widget, text if text.strip() else key, scan_code=scan_code)


def click(widget: QWidget, place: QPoint) -> None:
    """A press and a release of the left button."""
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(widget, left, Qt.KeyboardModifier.NoModifier, place)


class Clock:
    """A clock that moves when the test says so."""

    def __init__(self) -> None:
        self.ms = 1000.0

    def __call__(self) -> float:
        return self.ms


def make_lead(name: str, rate: float = 500, seconds: float = 10, peak: float = 1.0) -> EcgLead:
    """Flat at 0 but for one sample of `peak` mV at PEAK_S after each whole second."""
    samples = np.zeros(round(rate * seconds), np.float32)
    samples[round(rate * PEAK_S) :: round(rate)] = peak
    samples.flags.writeable = False
    return EcgLead(name, samples)


def make_ecg(leads: Iterable[EcgLead] | None = None, **changes: object) -> EcgRecord:
    """Twelve leads of 10 s at 500 Hz with a peak of 1 mV in every second."""
    values: dict[str, object] = {
        "leads": tuple(leads) if leads is not None else tuple(map(make_lead, STANDARD_LEADS)),
        "sampling_rate_hz": 500.0,
        "patient_name": "Иванова Анна Петровна",
        "patient_birth_date": date(1984, 3, 9),
        "recorded_on": date(2026, 11, 12),
        "recorded_at": datetime(2026, 11, 12, 8, 52),
        "device_measurements": (
            DeviceMeasurement(DeviceQuantity.HEART_RATE, "VRate", 68, "/min"),
            DeviceMeasurement(DeviceQuantity.QT, "QT", 396, "ms"),
            DeviceMeasurement(DeviceQuantity.QRS_AXIS, "QRS Axis", -61, "deg"),
        ),
        "statements": ("Sinus rhythm",),
        "filter_note": None,
        "warnings": (),
        "source_format": "DICOM",
    }
    return EcgRecord(**(values | changes))  # type: ignore[arg-type]  # fields by name


def uncalibrated(lead: EcgLead, scale: float = 1000) -> EcgLead:
    """The same lead in the device's own numbers."""
    return EcgLead(lead.name, lead.samples * np.float32(scale), SampleUnit.UNCALIBRATED)


def make_region(**changes: object) -> UltrasoundRegion:
    """A 2D region with a scale of 0.067 cm to a pixel."""
    values: dict[str, object] = {
        "spatial_format": 1,
        "data_type": 1,
        "flags": 0,
        "x0": 0,
        "y0": 0,
        "x1": 31,
        "y1": 23,
        "unit_x": RegionUnit.CENTIMETRE,
        "unit_y": RegionUnit.CENTIMETRE,
        "delta_x": 0.067,
        "delta_y": 0.067,
        "reference_x": None,
        "reference_y": None,
        "reference_value_x": 0.0,
        "reference_value_y": 0.0,
    }
    return UltrasoundRegion(**(values | changes))  # type: ignore[arg-type]  # fields by name


def make_clip(
    times_ms: Iterable[float] = (0, 40, 80, 120, 160, 200), **changes: object
) -> ClipInfo:
    """Five frames of 32 x 24, 40 ms each; the last time is the whole length."""
    times = tuple(float(time) for time in times_ms)
    values: dict[str, object] = {
        "frame_count": len(times) - 1,
        "frames_announced": len(times) - 1,
        "width": 32,
        "height": 24,
        "pixel_aspect": 1.0,
        "frame_times_ms": times,
        "time_source": FrameTimeSource.FRAME_TIME,
        "regions": (make_region(),),
        "patient_name": "Иванова Анна Петровна",
        "patient_birth_date": date(1984, 3, 9),
        "taken_on": date(2026, 11, 11),
        "taken_at": datetime(2026, 11, 11, 10, 24),
        "title": "Парастернально",
        "modality": "US",
        "warnings": (),
    }
    return ClipInfo(**(values | changes))  # type: ignore[arg-type]  # fields by name


def make_picture(**changes: object) -> PictureInfo:
    """A photo of 30 x 40."""
    values: dict[str, object] = {
        "width": 30,
        "height": 40,
        "taken_at": datetime(2026, 3, 3, 9, 5),
        "format": "JPEG",
        "warnings": (),
    }
    return PictureInfo(**(values | changes))  # type: ignore[arg-type]  # fields by name


def make_pdf(pages: int = 3, warnings: tuple[StudyWarning, ...] = ()) -> PdfInfo:
    """A document of A4 pages."""
    return PdfInfo(pages, ((595.0, 842.0),) * pages, "Выписка", warnings)


class MadeUpStudy:
    """An open study. Frames come when `let` says so, or at once with `at_once`."""

    def __init__(
        self,
        info: EcgRecord | ClipInfo | PictureInfo | PdfInfo | ReportInfo,
        *,
        at_once: bool = True,
    ) -> None:
        self.info = info
        self.at_once = at_once
        self.room = 12
        self.asked: list[int] = []
        self.fetched: list[int] = []
        self.held: set[int] = set()
        """Frames that were given out and not given back."""
        self.errors: dict[int, list[StudyError]] = {}
        """What asking for a frame or a page raises, one each time."""
        self.closed = False
        self._gates: dict[int, asyncio.Event] = {}
        self._given = 0

    def let(self, index: int) -> None:
        """Lets a frame come that was or will be asked for."""
        self._gate(index).set()

    def prefetch(self, indices: Iterable[int]) -> None:
        """Remembers what is to be drawn ahead."""
        self.fetched = list(indices)

    async def frame(self, index: int) -> Frame:
        """A frame in which every pixel has the value 10 + index."""
        size = self.info
        assert isinstance(size, ClipInfo | PictureInfo)
        return await self._drawn(index, size.width, size.height)

    async def page(self, index: int, width_px: int) -> Frame:
        """A page as wide as asked."""
        return await self._drawn(index, width_px, width_px)

    async def close(self) -> None:
        """Noted in `closed`."""
        self.closed = True

    async def _drawn(self, index: int, width: int, height: int) -> Frame:
        self.asked.append(index)
        if not self.at_once:
            await self._gate(index).wait()
        else:
            await asyncio.sleep(0)
        if errors := self.errors.get(index):
            raise errors.pop(0)
        pixels = np.full((height, width, 4), 10 + index, np.uint8)
        self._given += 1
        number = self._given
        self.held.add(number)
        return Frame(pixels, index, lambda: self.held.discard(number))

    def _gate(self, index: int) -> asyncio.Event:
        return self._gates.setdefault(index, asyncio.Event())
