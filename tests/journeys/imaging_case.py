"""A doctor at the imaging desk: a case with a clip, slices, papers and a report of the device."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

import numpy as np
import pydicom
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtWidgets import QApplication, QWidget

from backend.conclusions.signatures import NoSignatureChecker
from backend.demo_data.build import build
from backend.demo_data.case import Case, left, woman
from backend.demo_data.files.dicom_header import dicom_name
from backend.demo_data.files.orders import FileOrder, clip, conclusion, ct_series, photo
from backend.demo_data.files.subject import Subject
from backend.demo_data.load import load_demo
from backend.demo_data.source import project_demo
from backend.demo_data.staff import CARDIO
from backend.parts import open_parts
from backend.settings import Settings, utc_now
from backend_client.client import BackendClient
from backend_client.models.documents import Document, DocumentKind
from backend_client.models.evidence import FramePlace
from backend_client.models.requests import QueueGroup, RequestStatus
from backend_client.models.routes import Route
from tests.journeys.colleague import demo_password
from tests.journeys.day_plan import ME, NOT_NEEDED
from tests.journeys.day_rows import DATABASE
from tests.journeys.driver import Desk, hold
from tests.journeys.ecg_case import EcgDesk
from tests.journeys.steps import (
    open_case,
    open_file,
    queue_is_there,
    screens,
    server_answers,
)
from tests.unit.studies.report_factory import ECHO, EF, FINDINGS, LVIDD, group, number, report
from workstation.ui.viewers.cine_view import CineView
from workstation.ui.viewers.measurement_rows import MeasurementRow
from workstation.ui.viewers.paper_ecg.document import PaperDocumentView
from workstation.ui.viewers.stack.view import StackView

PATIENT: Final = "Камышева"
NUMBER: Final = "20-7302"
SLICES: Final = 8
SHEETS: Final = ("начало", "анализы", "рекомендации")
"""Of a summary that was photographed."""
CLIP, CT, PAPER, PHOTO, REPORT = "Парастернально", "IM0001", "Заключение", "Выписка", "Отчёт"
"""How their titles begin; of the slices the first's."""
Viewer = TypeVar("Viewer", bound=QWidget)


class KnownClip:
    """The clip as pydicom alone reads it."""

    def __init__(self, file: bytes) -> None:
        dataset = pydicom.dcmread(io.BytesIO(file), stop_before_pixels=True)
        (region,) = dataset.SequenceOfUltrasoundRegions
        self.frames = int(dataset.NumberOfFrames)
        self.mm_a_pixel = 10 * float(region.PhysicalDeltaX)


class KnownSlice:
    """A slice as pydicom alone reads it."""

    def __init__(self, file: bytes) -> None:
        dataset = pydicom.dcmread(io.BytesIO(file))
        self.uid = str(dataset.SOPInstanceUID)
        self.hu = dataset.pixel_array * float(dataset.RescaleSlope) + float(
            dataset.RescaleIntercept
        )

    def within(self, corners: tuple[tuple[float, float], ...]) -> tuple[float, float]:
        """Mean and deviation of the pixels whose centres lie between two corners, in HU."""
        (left_, right), (top, bottom) = (sorted(ends) for ends in zip(*corners, strict=True))
        down, across = (np.arange(count) + 0.5 for count in self.hu.shape)
        rows, columns = (down >= top) & (down <= bottom), (across >= left_) & (across <= right)
        found = self.hu[np.ix_(rows, columns)]
        return float(found.mean()), float(found.std())


class ImagingDesk(EcgDesk):
    """The case is open; keys go by their places."""

    def viewer(self, kind: type[Viewer]) -> Viewer:
        """What the active pane shows."""
        found = self.pane.viewer
        assert isinstance(found, kind), self.pane.placeholder_texts()
        return found

    def titled(self, title: str) -> Document:
        """The file whose title begins so."""
        files = screens(self.desk).review_model.documents
        return next(one for one in files if one.title.startswith(title))

    async def open(self, title: str) -> Document:
        """Goes there by PageDown and PageUp."""
        document = self.titled(title)
        await open_file(self.desk, document)
        return document

    @property
    def lines(self) -> list[str]:
        """Lines of the list of measurements."""
        rows = screens(self.desk).review.side.measurements.list.rows
        entries = (rows.entry(row) for row in range(rows.rowCount()))
        return [f"{one.label} {one.value}" for one in entries if isinstance(one, MeasurementRow)]

    async def measure_distance(self, known: KnownClip) -> tuple[float, int]:
        """D, a point in the middle, five steps of ten pixels, the other; its mm by the file, and
        the frame that was on the screen."""
        clip = self.viewer(CineView)
        self.keys.press("D")
        hold(clip.figures.is_in_hand, "no tool in hand")
        self.keys.press("Enter", *["Shift+Right"] * 5, "Enter")
        (figure,) = clip.figures.session.figures
        (start, stop) = figure.drawing.points
        hold(stop[0] - start[0] == 50 * min(1.0, 1 / clip.canvas.viewport.scale), "not 50 steps")
        hold(stop[1] == start[1], "not level")
        return (stop[0] - start[0]) * known.mm_a_pixel, figure.frame

    def draw_region(self) -> FramePlace:
        """B, then the mouse over the middle of the slice; where it lies."""
        stack = self.viewer(StackView)
        self.keys.press("B")
        middle = QPointF(stack.canvas.rect().center())
        self._pull(stack.canvas, middle - QPointF(20, 15), middle + QPointF(20, 15))
        finding = stack.finding()
        assert finding is not None
        assert isinstance(finding.place, FramePlace)
        return finding.place

    async def choose_words(self) -> str:
        """The mouse over a few lines of the paper."""
        paper = self.viewer(PaperDocumentView)
        room = paper.pages.viewport().rect()
        start = QPointF(room.width() * 0.3, room.height() * 0.3)
        self._pull(paper.pages.viewport(), start, start + QPointF(room.width() * 0.3, 40))
        await self.until(lambda: paper.pages.selection.chosen, "no words are chosen")
        assert paper.pages.selection.chosen is not None
        return " ".join(paper.pages.selection.chosen.text.split())

    def _pull(self, widget: QWidget, first: QPointF, last: QPointF) -> None:
        self._mouse(widget, QEvent.Type.MouseButtonPress, first)
        self._mouse(widget, QEvent.Type.MouseMove, (first + last) / 2)
        self._mouse(widget, QEvent.Type.MouseMove, last)
        self._mouse(widget, QEvent.Type.MouseButtonRelease, last)


def load_case(folder: Path) -> None:
    """What the server of that folder serves: one case with files of every kind."""
    folder.mkdir(parents=True)
    asyncio.run(_load(folder))


async def _load(folder: Path) -> None:
    settings = Settings(f"sqlite:///{folder / DATABASE}", (folder / "files").as_uri(), demo=True)
    case = Case(
        number=NUMBER,
        person=woman("Камышева Ольга Петровна", "Псков", 47, "03.05"),
        route=Route.CENTRE,
        status=RequestStatus.READY,
        icd10="I71.2",
        diagnosis="Аневризма восходящей аорты",
        complaints="Боли за грудиной.",
        left=left(hours=30),
        files=(
            conclusion(8),
            clip("echo", CLIP, "long_axis", 9),
            *ct_series("ct", 9, SLICES),
            *(photo("summary", f"{PHOTO}, {part}", 8) for part in SHEETS),
            FileOrder("echo", REPORT, DocumentKind.IMAGE, "DICOM", 9, "report", _report),
        ),
        not_applicable=tuple(one for one in NOT_NEEDED if one[0] not in ("echo", "ct", "summary")),
    )
    requests = [build(case, CARDIO, utc_now())]
    demo = replace(project_demo(settings.catalogues), requests=lambda _: requests)
    async with open_parts(settings, utc_now, NoSignatureChecker()) as parts:
        await load_demo(parts, demo)


def _report(subject: Subject, day: date) -> bytes:
    """What the ultrasound device itself has measured."""
    values = group(FINDINGS, number(LVIDD, "4.8", "cm"), number(EF, "62", "%"))
    return report(
        ECHO,
        values,
        PatientName=dicom_name(subject.full_name),
        PatientBirthDate=f"{subject.birth_date:%Y%m%d}",
        ContentDate=f"{day:%Y%m%d}",
    )


async def begin(desk: Desk) -> None:
    """Signs in and goes to the list of all requests: a case that is taken is in no other."""
    logins = [account.login for account in desk.workstation.sign_in.view_model.accounts]
    desk.window.setFocus()
    desk.press(Qt.Key(Qt.Key.Key_1.value + logins.index(ME)))
    desk.press(Qt.Key.Key_Return)
    await desk.until(lambda: desk.workstation.screens is not None, "not signed in")
    screens(desk).queue_model.choose_group(QueueGroup.ALL)
    await queue_is_there(desk)


@asynccontextmanager
async def imaging_desk(
    qapp: QApplication, folder: Path, address: str
) -> AsyncIterator[ImagingDesk]:
    """The program with the case open; it is closed at the end, the server is not."""
    async with Desk(qapp, folder, server=address) as desk:
        await server_answers(desk)
        await begin(desk)
        doctor = BackendClient(address)
        try:
            await doctor.account.sign_in(ME, await demo_password(address))
            await open_case(desk, PATIENT)
            place = ImagingDesk(desk, doctor)
            review = screens(desk).review_model
            await place.until(lambda: review.steps, "the case was not given")
            yield place
        finally:
            await doctor.aclose()
