"""The viewers of a pane, each made when a file needs it for the first time, and kept."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from backend_client.models.requests import Patient
from workstation.studies.disc import DiscInfo
from workstation.studies.ecg import EcgRecord
from workstation.studies.imaging import ClipInfo, PdfInfo, PictureInfo
from workstation.studies.long_ecg import LongEcg
from workstation.studies.report import ReportInfo
from workstation.studies.stack import StackInfo
from workstation.ui.screens.review.patient_lines import printed, whose
from workstation.ui.theme import Theme
from workstation.ui.viewers.cine_in_step import ClipsInStep
from workstation.ui.viewers.cine_view import CineView
from workstation.ui.viewers.disc.view import DiscView
from workstation.ui.viewers.ecg.calibrations import ScreenCalibrations
from workstation.ui.viewers.ecg.long.view import LongEcgView
from workstation.ui.viewers.ecg.paper import ScreenCalibration
from workstation.ui.viewers.ecg.view import EcgChoices, EcgView
from workstation.ui.viewers.paper_ecg.document import PaperDocumentView
from workstation.ui.viewers.picture_view import PictureView
from workstation.ui.viewers.report.view import ReportView
from workstation.ui.viewers.stack.view import StackView

Viewer = (
    EcgView
    | LongEcgView
    | CineView
    | PictureView
    | PaperDocumentView
    | ReportView
    | StackView
    | DiscView
)


class PaneViewers(QObject):
    """`made` carries a new viewer, with the surfaces of it that a press makes the active ones."""

    made = Signal(QWidget, object)
    activated = Signal()
    keys_changed = Signal()
    choices_changed = Signal()
    failed = Signal(object)
    """A `StudyError` of a frame, a slice or a page."""
    file_wanted = Signal(str)
    item_wanted = Signal(int)
    """Something of an open disc."""

    def __init__(
        self,
        theme: Theme,
        pane: QWidget,
        now_ms: Callable[[], float],
        screens: ScreenCalibrations | None,
        in_step: ClipsInStep | None,
    ) -> None:
        super().__init__(pane)
        self._theme, self._pane, self._now_ms = theme, pane, now_ms
        self._screens, self._in_step = screens, in_step
        self._patient: Patient | None = None
        self.choices = EcgChoices()
        """How ECGs are shown."""
        self._ecg: EcgView | None = None
        self._long: LongEcgView | None = None
        self._clip: CineView | None = None
        self._document: PaperDocumentView | None = None
        self._report: ReportView | None = None
        self._stack: StackView | None = None
        self.made_picture: PictureView | None = None
        self.made_disc: DiscView | None = None

    def set_patient(self, patient: Patient | None) -> None:
        """Whose request it is."""
        self._patient = patient
        for paper in self._papers():
            paper.patient = printed(patient)
        for viewer in (self.made_picture, self._document):
            if viewer is not None:
                viewer.set_whose(whose(patient))

    def choose(self, choices: EcgChoices) -> None:
        """How ECGs are shown, as the doctor last chose."""
        self.choices = choices
        for paper in self._papers():
            if paper.sheet.record is not None:
                paper.choose(choices)

    def make_for(self, info: object) -> None:
        """The viewer of what a file has turned out to be, before it is shown."""
        makers: dict[type, Callable[[], Viewer]] = {
            EcgRecord: self.ecg,
            LongEcg: self.long,
            ClipInfo: self.clip,
            PictureInfo: self.picture,
            StackInfo: self.stack,
            ReportInfo: self.report,
            PdfInfo: self.document,
            DiscInfo: self.disc,
        }
        maker = makers.get(type(info))
        if maker is not None:
            maker()

    def ecg(self) -> EcgView:
        """Of an ECG of seconds."""
        if self._ecg is None:
            self._ecg = ecg = self._new_paper()
            self._adopt(ecg, ecg.sheet, ecg.sheet.viewport(), *ecg.beat.surfaces)
        return self._ecg

    def long(self) -> LongEcgView:
        """Of an ECG of hours."""
        if self._long is None:
            self._long = long = LongEcgView(self._theme, self._new_paper(), self._pane)
            long.keys_changed.connect(self.keys_changed)
            self._adopt(long, *long.surfaces, *long.paper.beat.surfaces)
        return self._long

    def clip(self) -> CineView:
        """Of what moves, and of single pictures of DICOM."""
        if self._clip is None:
            now_ms, in_step = self._now_ms, self._in_step
            self._clip = CineView(self._theme, self._pane, now_ms=now_ms, in_step=in_step)
            self._clip.failed.connect(self.failed)
            self._clip.figures.hand_changed.connect(self.keys_changed)
            self._adopt(self._clip, self._clip.canvas)
        return self._clip

    def picture(self) -> PictureView:
        """Of a photo."""
        if self.made_picture is None:
            self.made_picture = picture = PictureView(self._theme, self._pane)
            picture.set_whose(whose(self._patient))
            picture.failed.connect(self.failed)
            picture.activated.connect(self.activated)
            picture.sheet_wanted.connect(self.file_wanted)
            picture.keys_changed.connect(self.keys_changed)
            self._adopt(picture, picture.canvas)
        return self.made_picture

    def document(self) -> PaperDocumentView:
        """Of pages."""
        if self._document is None:
            self._document = document = PaperDocumentView(self._theme, self._pane)
            document.set_whose(whose(self._patient))
            document.failed.connect(self.failed)
            document.activated.connect(self.activated)
            self._adopt(document, document.pages, document.pages.viewport())
        return self._document

    def stack(self) -> StackView:
        """Of slices."""
        if self._stack is None:
            now_ms, in_step = self._now_ms, self._in_step
            self._stack = stack = StackView(self._theme, self._pane, now_ms=now_ms, in_step=in_step)
            stack.failed.connect(self.failed)
            stack.activated.connect(self.activated)
            stack.keys.hand_changed.connect(self.keys_changed)
            self._adopt(stack, stack.canvas, stack.list, stack.rail)
        return self._stack

    def disc(self) -> DiscView:
        """Of the list of a disc."""
        if self.made_disc is None:
            self.made_disc = disc = DiscView(self._theme, self._pane)
            disc.activated.connect(self.activated)
            disc.wanted.connect(self.item_wanted)
            self._adopt(disc, disc.list, disc.list.viewport())
        return self.made_disc

    def report(self) -> ReportView:
        """Of a structured report."""
        if self._report is None:
            self._report = report = ReportView(self._theme, self._pane)
            report.activated.connect(self.activated)
            self._adopt(report, report.sheet, report.sheet.viewport())
        return self._report

    def _papers(self) -> Iterator[EcgView]:
        """Those that were made."""
        if self._ecg is not None:
            yield self._ecg
        if self._long is not None:
            yield self._long.paper

    def _new_paper(self) -> EcgView:
        calibration = ScreenCalibration.from_screen(self._pane.screen())
        paper = EcgView(self._theme, calibration, self._pane, screens=self._screens)
        paper.patient = printed(self._patient)
        paper.choices_changed.connect(partial(self._keep_choices, paper))
        paper.beat.entered.connect(self.activated)
        for changed in (paper.measuring.changed, paper.beat.entered, paper.beat.closed):
            changed.connect(self.keys_changed)
        return paper

    def _keep_choices(self, paper: EcgView) -> None:
        self.choices = paper.choices
        self.choices_changed.emit()

    def _adopt(self, viewer: Viewer, *surfaces: QWidget) -> None:
        self.made.emit(viewer, surfaces)
