"""A doctor at the ECG desk: a case with the demonstration's ECG, the sheet, the mouse over it."""

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import pydicom
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QWidget

from backend.conclusions.signatures import NoSignatureChecker
from backend.demo_data.build import build
from backend.demo_data.case import Case, left, woman
from backend.demo_data.files.orders import conclusion, ecg
from backend.demo_data.load import load_demo
from backend.demo_data.rows import demo_id
from backend.demo_data.source import project_demo
from backend.demo_data.staff import CARDIO
from backend.parts import open_parts
from backend.settings import Settings, utc_now
from backend_client.client import BackendClient
from backend_client.errors import NotFound
from backend_client.models.common import RequestId
from backend_client.models.documents import Document, DocumentKind
from backend_client.models.evidence import EcgPlace
from backend_client.models.requests import RequestStatus
from backend_client.models.routes import Route
from tests.journeys.colleague import demo_password
from tests.journeys.day_plan import ME, NOT_NEEDED
from tests.journeys.day_rows import DATABASE
from tests.journeys.driver import PATIENCE_S, Desk, hold
from tests.journeys.keyboard import DeskKeyboard
from tests.journeys.steps import document_of, open_case, open_file, screens, sign_in
from workstation.ui.screens.conclusion.citing_edit import CitingEdit
from workstation.ui.screens.conclusion.source_list import SourceRow
from workstation.ui.screens.conclusion.view import ConclusionView
from workstation.ui.screens.review.study_pane import StudyPane
from workstation.ui.viewers.ecg.measurements import Line
from workstation.ui.viewers.ecg.view import EcgView

PATIENT: Final = "Осокина"
NUMBER: Final = "20-7301"
CASE: Final = RequestId(demo_id("request", NUMBER))
LEAD: Final = "II"
LEFT: Final = Qt.MouseButton.LeftButton
NONE: Final = Qt.MouseButton.NoButton
PLAIN: Final = Qt.KeyboardModifier.NoModifier


class KnownEcg:
    """Lead II as pydicom alone reads it: what calipers are judged by."""

    def __init__(self, file: bytes) -> None:
        dataset = pydicom.dcmread(io.BytesIO(file))
        group = dataset.WaveformSequence[0]
        names = [
            str(one.ChannelSourceSequence[0].CodeMeaning) for one in group.ChannelDefinitionSequence
        ]
        place = next(n for n, name in enumerate(names) if name.split()[-1] == LEAD)
        self.rate = float(group.SamplingFrequency)
        self.samples = np.asarray(dataset.waveform_array(0)[:, place], np.float64)

    def r_peaks(self) -> list[int]:
        """Samples that are highest within 0.3 s and rise above the half of the tallest."""
        reach = round(0.3 * self.rate)
        level, found = self.samples.max() / 2, list[int]()
        for at in range(reach, len(self.samples) - reach):
            around = self.samples[at - reach : at + reach + 1]
            if self.samples[at] > level and int(np.argmax(around)) == reach:
                found.append(at)
        return found


class EcgDesk:
    """The case is open, its ECG on paper; keys go by their places under one of the layouts."""

    def __init__(self, desk: Desk, doctor: BackendClient, *, cyrillic: bool = True) -> None:
        self.desk, self.doctor = desk, doctor
        self.keys = DeskKeyboard(desk, cyrillic=cyrillic)

    @property
    def pane(self) -> StudyPane:
        """The active one."""
        shown = screens(self.desk)
        return next(one for one in shown.review.panes if one.model is shown.review_model.active)

    @property
    def ecg(self) -> EcgView:
        """The paper in it."""
        viewer = self.pane.viewer
        assert isinstance(viewer, EcgView)
        return viewer

    @property
    def chosen(self) -> Line:
        """The measurement on which keys act."""
        line = self.ecg.measurements.chosen
        assert line is not None
        return line

    @property
    def header(self) -> str:
        """All that is written over the trace."""
        return " | ".join(self.ecg.header.texts())

    @property
    def said(self) -> str:
        """What is said of the last finding."""
        findings = screens(self.desk).review.findings
        assert findings is not None
        return findings.line.text if findings.line is not None else ""

    @property
    def conclusion(self) -> ConclusionView:
        """The conclusion as it is seen."""
        return self.desk.find(ConclusionView, "conclusionView")

    @property
    def findings(self) -> CitingEdit:
        """Its field."""
        return self.conclusion.form.findings.edit

    @property
    def sources(self) -> list[SourceRow]:
        """The lines below it."""
        return self.conclusion.form.sources.rows

    async def until(
        self, holds: Callable[[], object], what: str, patience: float = PATIENCE_S
    ) -> None:
        """As the desk's."""
        await self.desk.until(holds, what, patience)

    async def open_ecg(self) -> KnownEcg:
        """The demonstration's ECG, and what is in it."""
        document = document_of(self.desk, DocumentKind.ECG)
        await open_file(self.desk, document)
        await self.until(lambda: self.ecg.sheet.sight is not None, "no trace on the paper")
        return KnownEcg(await self.bytes_of(document))

    async def bytes_of(self, document: Document) -> bytes:
        """The file, from the server."""
        file = bytearray()

        async def write(data: bytes) -> None:
            file.extend(data)

        await self.doctor.documents.download(document, write)
        return bytes(file)

    def drag(self, start_s: float, stop_s: float) -> float:
        """The mouse along lead II, pressed; returns how many ms a pixel is."""
        sight = self.ecg.sheet.sight
        assert sight is not None
        strips = [one for one in sight.page.strips if one.ref.name == LEAD]
        strip = max(strips, key=lambda one: one.duration_s)
        first, last = (sight.point(strip, at, 0.0) for at in (start_s, stop_s))
        self._drag(first, last)
        return 1000 / (sight.page.speed * sight.px_per_mm)

    def _drag(self, first: QPointF, last: QPointF) -> None:
        """As the system sends it: to the window, which finds the widget below the pointer."""
        viewport = self.ecg.sheet.viewport()
        hold(viewport.rect().contains(first.toPoint()), "the beginning is not in sight")
        hold(viewport.rect().contains(last.toPoint()), "the end is not in sight")
        self._mouse(viewport, QEvent.Type.MouseButtonPress, first)
        self._mouse(viewport, QEvent.Type.MouseMove, (first + last) / 2)
        self._mouse(viewport, QEvent.Type.MouseMove, last)
        self._mouse(viewport, QEvent.Type.MouseButtonRelease, last)

    def _mouse(self, widget: QWidget, kind: QEvent.Type, at: QPointF) -> None:
        """As the system sends it: to the window, which finds what is below the pointer."""
        window = self.desk.window.windowHandle()
        assert window is not None
        is_up, is_move = kind is QEvent.Type.MouseButtonRelease, kind is QEvent.Type.MouseMove
        button, held = (NONE if is_move else LEFT), (NONE if is_up else LEFT)
        where, there = widget.mapTo(self.desk.window, at), widget.mapToGlobal(at)
        event = QMouseEvent(kind, where, there, button, held, PLAIN)
        QApplication.sendEvent(window, event)

    async def measure_rr(self, known: KnownEcg) -> float:
        """RR by the mouse, its end set on the sample by the arrow keys; its ms by the samples."""
        first, second = self._beats_in_sight(known)
        true_ms = (second - first) / known.rate * 1000
        self.keys.press("K")
        hold(self.ecg.measuring.is_in_hand, "the calipers are not in hand")
        pixel_ms = self.drag(first / known.rate, second / known.rate)
        self.keys.press("Alt+1")
        value = self.chosen.measured.value
        hold(value is not None and abs(value - true_ms) <= 2 * pixel_ms, f"{value}, not {true_ms}")
        sample_ms = 1000 / known.rate
        assert value is not None
        steps = round((true_ms - value) / sample_ms)
        self.keys.press(*(["Right" if steps > 0 else "Left"] * abs(steps)))
        return true_ms

    def _beats_in_sight(self, known: KnownEcg) -> tuple[int, int]:
        """Two beats that follow one another, from the second on."""
        peaks = known.r_peaks()
        hold(len(peaks) >= 4, "too few beats")
        return peaks[1], peaks[2]

    async def put(self, number: int, *places: str) -> None:
        """Ins, and that it is said."""
        self.keys.press(*(places or ("Ins",)))
        await self.until(lambda: f"[{number}]" in self.said, f"not put: {self.said}")

    async def to_conclusion(self) -> None:
        """F6."""
        self.keys.press("F6")
        model = screens(self.desk).conclusion_model
        await self.until(
            lambda: model.is_editable and self.conclusion.isVisible(), "no conclusion is shown"
        )

    def click(self, number: int) -> None:
        """One click on the number in the findings."""
        edit = self.findings
        caret = edit.textCursor()
        caret.setPosition(edit.toPlainText().index(f"[{number}]") + 1)
        at = QPointF(edit.cursorRect(caret).center()) + QPointF(2, 0)
        for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
            self._mouse(edit.viewport(), kind, at)

    def caret_on(self, number: int) -> None:
        """The caret stands on the number."""
        caret = self.findings.textCursor()
        caret.setPosition(self.findings.toPlainText().index(f"[{number}]") + 1)
        self.findings.setTextCursor(caret)
        self.findings.setFocus()

    def caret_at_end(self) -> None:
        """The caret stands behind the last word of the findings."""
        self.findings.moveCursor(QTextCursor.MoveOperation.End)
        self.findings.setFocus()

    async def is_back_at(self, place: EcgPlace) -> None:
        """The files are seen again, with the whole stretch of that place on the paper."""
        review = screens(self.desk).review
        await self.until(review.isVisible, "the files did not come back")
        await self.until(lambda: self._is_seen(place), f"{place} is not in sight")

    def _is_seen(self, place: EcgPlace) -> bool:
        viewer = self.pane.viewer
        sight = viewer.sheet.sight if isinstance(viewer, EcgView) else None
        if sight is None:
            return False
        room = self.ecg.sheet.viewport().rect()
        for strip in sight.page.strips:
            ends = (sight.point(strip, at, 0.0) for at in (place.start_s, place.stop_s))
            is_there = strip.ref.name == place.lead and strip.start_s <= place.start_s
            if is_there and all(room.contains(end.toPoint()) for end in ends):
                return True
        return False

    async def findings_on_server(self) -> str:
        """What the server has of the text; "" before anything has come."""
        try:
            return (await self.doctor.conclusions.read(CASE)).form.findings
        except NotFound:
            return ""


def load_case(folder: Path) -> None:
    """What the server of that folder serves: one case with an ECG."""
    folder.mkdir(parents=True)
    asyncio.run(_load(folder))


async def _load(folder: Path) -> None:
    settings = Settings(f"sqlite:///{folder / DATABASE}", (folder / "files").as_uri(), demo=True)
    case = Case(
        number=NUMBER,
        person=woman("Осокина Вера Павловна", "Тверь", 51, "08.02"),
        route=Route.CENTRE,
        status=RequestStatus.READY,
        icd10="I42.1",
        diagnosis="Кардиомиопатия",
        complaints="Одышка при подъёме на второй этаж.",
        left=left(hours=30),
        files=(conclusion(8), ecg("left_ventricle", 8)),
        not_applicable=tuple(one for one in NOT_NEEDED if one[0] != "ecg"),
    )
    requests = [build(case, CARDIO, utc_now())]
    demo = replace(project_demo(settings.catalogues), requests=lambda _: requests)
    async with open_parts(settings, utc_now, NoSignatureChecker()) as parts:
        await load_demo(parts, demo)


@asynccontextmanager
async def ecg_desk(
    qapp: QApplication,
    folder: Path,
    *,
    cyrillic: bool = True,
    before: Callable[[BackendClient], Awaitable[None]] | None = None,
) -> AsyncIterator[EcgDesk]:
    """The case is open; `before`: what is done on the server first, in the doctor's name."""
    async with Desk(qapp, folder, backend_folder=folder / "backend") as desk:
        await sign_in(desk, ME)
        address = desk.workstation.server_address
        doctor = BackendClient(address)
        try:
            await doctor.account.sign_in(ME, await demo_password(address))
            if before is not None:
                await before(doctor)
            await open_case(desk, PATIENT)
            place = EcgDesk(desk, doctor, cyrillic=cyrillic)
            review = screens(desk).review_model
            await place.until(lambda: review.steps, "the case was not given")
            yield place
        finally:
            await doctor.aclose()
