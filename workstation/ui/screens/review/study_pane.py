"""A pane: the viewer that its file needs, lines over it, or what stands in its place."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from backend_client.models.documents import Document
from backend_client.models.evidence import (
    EcgPlace,
    FramePlace,
    PicturePlace,
    Place,
    ReportPlace,
    TextPlace,
)
from backend_client.models.requests import Patient
from workstation.core.findings import Finding
from workstation.studies.disc import DiscInfo, DiscSeries
from workstation.studies.ecg import EcgRecord
from workstation.studies.imaging import ClipInfo, PdfInfo, PictureInfo
from workstation.studies.long_ecg import LongEcg
from workstation.studies.report import ReportInfo
from workstation.studies.stack import StackInfo
from workstation.ui.screens.review.case_measurements import CaseMeasurements
from workstation.ui.screens.review.file_questions import FileQuestions
from workstation.ui.screens.review.loading_plate import LoadingPlate
from workstation.ui.screens.review.named_in_file import named_other, others_parts
from workstation.ui.screens.review.of_disc import (
    disc_actions,
    found_on_disc,
    place_in_item,
    shelf_id,
)
from workstation.ui.screens.review.pane_model import PaneModel, PaneState
from workstation.ui.screens.review.pane_words import PaneNote, PaneWords
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.cine_in_step import ClipsInStep
from workstation.ui.viewers.cine_view import CineView, elapsed_ms
from workstation.ui.viewers.disc.bar import DiscBar
from workstation.ui.viewers.disc.source import DiscSource, OpenStudy
from workstation.ui.viewers.disc.view import DiscView
from workstation.ui.viewers.ecg.calibrations import ScreenCalibrations
from workstation.ui.viewers.ecg.long.model import LongSource
from workstation.ui.viewers.ecg.long.view import LongEcgView
from workstation.ui.viewers.ecg.paper import ScreenCalibration
from workstation.ui.viewers.ecg.printed import PrintedPatient
from workstation.ui.viewers.ecg.view import EcgChoices, EcgView
from workstation.ui.viewers.figures.desk import FigureDesk
from workstation.ui.viewers.figures.shelf import CaseFigures, FigureShelf
from workstation.ui.viewers.findings import OffersFindings, ShowsPicturePlaces
from workstation.ui.viewers.frame_feed import FrameSource
from workstation.ui.viewers.page_source import PageSource
from workstation.ui.viewers.paper_ecg.document import PaperDocumentView
from workstation.ui.viewers.paper_ecg.shelf import CasePapers, PaperShelf
from workstation.ui.viewers.picture_view import PictureView
from workstation.ui.viewers.report.view import ReportView
from workstation.ui.viewers.stack.figures import SliceFigures
from workstation.ui.viewers.stack.model import StackSource
from workstation.ui.viewers.stack.shelf import CaseSlices
from workstation.ui.viewers.stack.view import StackView
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel, TextBlock
from workstation.ui.widgets.placeholder import Placeholder

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
_FRAMES = StackView | CineView | PictureView
"""Viewers on whose frames figures are drawn."""
_BORDER = 2
_TABBED = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
"""Focus that the doctor moved; what hides a widget moves it, too, and means nothing."""
_RESTART_NOTE_MS = 20_000


class StudyPane(QFrame):
    """Follows one `PaneModel`. `activated` when the doctor turns to it."""

    activated = Signal()
    maximise_wanted = Signal()
    ecg_choices_changed = Signal()
    viewer_made = Signal(QWidget)
    """A viewer of a kind that was not needed before: its own keys can be bound."""
    file_wanted = Signal(str)
    """Another file of the case: its document's id."""
    question_pressed = Signal()
    """The doctor wants to answer whose file it is."""
    _again_pressed = Signal()
    """The file is to be fetched once more."""
    keys_changed = Signal()
    """Keys of the present viewer do other things than before."""

    def __init__(
        self,
        model: PaneModel,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        now_ms: Callable[[], float] | None = None,
        measured: CaseMeasurements | None = None,
        screens: ScreenCalibrations | None = None,
        papers: CasePapers | None = None,
        figures: CaseFigures | None = None,
        slices: CaseSlices | None = None,
        in_step: ClipsInStep | None = None,
    ) -> None:
        """`measured`, `papers`, `figures`, `slices`: where measurements are kept while their files
        are closed."""
        super().__init__(parent)
        self.model = model
        self._measured, self._screens, self._papers = measured, screens, papers
        self._figures, self._slices, self._in_step = figures, slices, in_step
        self._theme = theme
        self._now_ms = now_ms or elapsed_ms()
        self._words = PaneWords(self)
        self._patient: Patient | None = None
        self._questions: FileQuestions | None = None
        self._is_active = False
        self._shown_study: OpenStudy | None = None
        self._loading: Document | None = None
        self._ecg_choices = EcgChoices()
        self.viewer: Viewer | None = None
        self._ecg: EcgView | None = None
        self._long: LongEcgView | None = None
        self._clip: CineView | None = None
        self._picture: PictureView | None = None
        self._document: PaperDocumentView | None = None
        self._report: ReportView | None = None
        self._stack_view: StackView | None = None
        self._disc_view: DiscView | None = None
        self._wanted_place: Place | None = None
        """In something of the disc that is still on its way."""
        self.disc_bar = DiscBar(theme, self)
        self.disc_bar.back_wanted.connect(model.show_list)
        self._note_timer = QTimer(self)
        self._note_timer.setSingleShot(True)
        self._note_timer.timeout.connect(model.forget_restart)
        self.loading_plate = LoadingPlate(theme, self, now_ms=self._now_ms)
        self._placeholder = Placeholder(theme)
        self._blank = QWidget()
        self._placeholder_texts: list[str] = []
        self._notes = QVBoxLayout()
        self._stack = QStackedLayout()
        self.setProperty("surface", "viewer")
        self._lay_out()
        model.changed.connect(self.refresh)
        model.progressed.connect(self._tell_progress)
        self.loading_plate.cancelled.connect(model.cancel)
        self._again_pressed.connect(model.retry)
        self._placeholder.pressed.connect(model.retry)
        self.refresh()

    def set_patient(self, patient: Patient | None) -> None:
        """Whose request it is: a file that names somebody else is warned about.

        None while no case is there: an empty pane says nothing then.
        """
        self._patient = patient
        for paper in (self._ecg, self._long.paper if self._long is not None else None):
            if paper is not None:
                paper.patient = printed(patient)
        for viewer in (self._picture, self._document):
            if viewer is not None:
                viewer.set_whose(whose(patient))
        self.refresh()

    def ask_of(self, questions: FileQuestions) -> None:
        """Who knows whose the files are that name somebody else."""
        self._questions = questions
        questions.changed.connect(self.refresh)

    @property
    def others_parts(self) -> dict[Document, str]:
        """The open documents that name somebody else than the request's patient, and whom."""
        return others_parts(self.model, self._patient)

    def set_active(self, active: bool) -> None:
        """Frames the pane in which the doctor works."""
        if active != self._is_active:
            self._is_active = active
            self.update()

    @property
    def ecg_choices(self) -> EcgChoices:
        """How ECGs are shown."""
        return self._ecg_choices

    def set_ecg_choices(self, choices: EcgChoices) -> None:
        """How ECGs are shown, as the doctor last chose."""
        self._ecg_choices = choices
        for paper in (self._ecg, self._long.paper if self._long is not None else None):
            if paper is not None and paper.sheet.record is not None:
                paper.choose(choices)

    @property
    def _is_measuring(self) -> bool:
        """Whether two quick presses begin a caliper."""
        return self.ecg_view is not None and self.ecg_view.measuring.is_in_hand

    @property
    def figures(self) -> FigureDesk | None:
        """Where figures can be drawn: on a clip, on a photo that is said to be of ultrasound."""
        viewer = self.viewer
        return viewer.figures if isinstance(viewer, CineView | PictureView) else None

    def go_to_figure(self, figure_id: int) -> bool:
        """Brings the figure into sight and chooses it; False where there is none."""
        if isinstance(self.viewer, PictureView):
            self.viewer.put_paper_away()
        desk = self.figures
        return desk is not None and desk.go_to(figure_id)

    @property
    def ecg_view(self) -> EcgView | None:
        """The paper on which calipers measure now."""
        viewer = self.viewer
        if isinstance(viewer, LongEcgView):
            return viewer.paper if viewer.model.is_paper else None
        return viewer if isinstance(viewer, EcgView) else None

    def note_texts(self) -> list[str]:
        """The lines over the picture."""
        return [note.text for note in self._present_notes()]

    def placeholder_texts(self) -> list[str]:
        """What stands in the file's place: title, detail, button; empty while a file is seen."""
        if self._stack.currentWidget() is not self._placeholder:
            return []
        return self._placeholder_texts

    def key_actions(self) -> dict[str, Callable[[], None]]:
        """What keys do in the present viewer."""
        acts = dict(self.viewer.key_actions()) if self.viewer is not None else {}
        return acts | disc_actions(self.model)

    def finding(self) -> Finding | None:
        """What the present viewer has for the conclusion; the file is the model's document."""
        viewer = self.viewer
        found = viewer.finding() if isinstance(viewer, OffersFindings) else None
        return found_on_disc(found, self.model)

    def show_place(self, place: Place) -> bool:
        """Brings the place into sight; False where it is none of the open file. What lies in
        another file of the disc is opened first."""
        if self.model.disc is not None:
            number = self.model.disc.info.find(place.part)
            if number is None:
                return False
            if self.model.item != number or self.model.state is not PaneState.READY:
                self._wanted_place = place
                self.model.open_item(number)
                return True
            place = place_in_item(place, self.model)
        viewer = self.viewer
        if isinstance(place, EcgPlace):
            return isinstance(viewer, EcgView | LongEcgView) and viewer.show_place(place)
        if isinstance(place, ReportPlace):
            return isinstance(viewer, ReportView) and viewer.show_place(place)
        if isinstance(place, TextPlace):
            return isinstance(viewer, PaperDocumentView) and viewer.show_words(place)
        if isinstance(place, FramePlace):
            return isinstance(viewer, _FRAMES) and viewer.show_place(place)
        if not isinstance(place, PicturePlace) or isinstance(
            viewer, ReportView | StackView | CineView
        ):
            return False
        return isinstance(viewer, ShowsPicturePlaces) and viewer.show_place(place)

    def refresh(self) -> None:
        """Shows the model's state."""
        had_focus = self._hold_focus()
        self._show_state()
        self._show_notes()
        if had_focus and self.viewer is not None:
            self.viewer.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hold_focus(self) -> bool:
        """Takes the focus from what may be hidden now, or Qt would hand it to another pane."""
        focus = QApplication.focusWidget()
        if focus is None or not (focus is self or self.isAncestorOf(focus)):
            return False
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _show_state(self) -> None:
        state, model = self.model.state, self.model
        if state is not PaneState.READY:
            self._forget_study()
        if model.disc is None:
            self._forget_disc()
        if state is PaneState.EMPTY and self._picture is not None:
            self._picture.forget_sheets()
        if state is not PaneState.LOADING:
            self._loading = None
        if state is PaneState.READY and model.study is not None:
            self._show_study(model.study)
        elif state is PaneState.LOADING:
            self._show_loading()
        elif state is PaneState.EMPTY and self._patient is None:
            self._stack.setCurrentWidget(self._blank)
        else:
            self._show_placeholder()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("viewer.bg"))
        if self._is_active:
            painter.setPen(QPen(self._theme.color("focus.ring"), _BORDER))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        tabbed = isinstance(event, QFocusEvent) and event.gotFocus() and event.reason() in _TABBED
        if kind is QEvent.Type.MouseButtonPress or tabbed:
            self.activated.emit()
        elif kind is QEvent.Type.MouseButtonDblClick and not self._is_measuring:
            self.maximise_wanted.emit()
        return False

    def _lay_out(self) -> None:
        self._placeholder.setProperty("surface", "viewer")
        self._stack.addWidget(self.loading_plate)
        self._stack.addWidget(self._placeholder)
        self._stack.addWidget(self._blank)
        self._notes.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(_BORDER, _BORDER, _BORDER, _BORDER)
        column.setSpacing(0)
        column.addWidget(self.disc_bar)
        column.addLayout(self._notes)
        column.addLayout(self._stack, 1)

    def _show_study(self, study: OpenStudy) -> None:
        self.disc_bar.show_item(self._disc_info, self.model.item)
        if study is self._shown_study:
            self._show_sheets()
            return
        self._forget_study()
        self._shown_study = study
        info, tasks = study.info, self.model.tasks
        if isinstance(info, EcgRecord):
            self._show_ecg(info, tasks)
        elif isinstance(info, LongEcg) and isinstance(study, LongSource):
            self._show_long(study, tasks)
        elif isinstance(info, ClipInfo) and isinstance(study, FrameSource):
            clip = self._clip or self._new_clip()
            self._raise(clip)
            self._show_clip(clip, info, study, tasks)
        elif isinstance(info, PictureInfo) and isinstance(study, FrameSource):
            picture = self._picture or self._new_picture()
            self._raise(picture)
            self._show_picture(picture, info, study, tasks)
            self._show_sheets()
        elif isinstance(info, StackInfo) and isinstance(study, StackSource):
            stack = self._stack_view or self._new_stack()
            self._raise(stack)
            stack.show_stack(info, study, tasks, self._slice_figures())
        elif isinstance(info, ReportInfo):
            report = self._report or self._new_report()
            self._raise(report)
            report.show_report(info)
        elif isinstance(info, PdfInfo) and isinstance(study, PageSource):
            document = self._document or self._new_document()
            self._raise(document)
            document.show_document(info, study, tasks, self._shelf())
        elif isinstance(study, DiscSource):
            disc = self._disc_view or self._new_disc()
            self._raise(disc)
            error = self.model.item_error
            said = (error[0], error[1].whole) if error is not None else None
            disc.show_disc(study, tasks, self._stranger, said)
        self._lead_to_wanted()

    def _show_sheets(self) -> None:
        """The photos of the same paper, beside the one that is open."""
        viewer, model = self.viewer, self.model
        if isinstance(viewer, PictureView):
            viewer.show_sheets(model.sheets, model.glance, model.tasks)

    @property
    def _disc_info(self) -> DiscInfo | None:
        return self.model.disc.info if self.model.disc is not None else None

    def _stranger(self, series: DiscSeries) -> str:
        """Whom a series of the disc names, where that is not the request's patient."""
        born, sex = series.patient_birth_date, series.patient_sex
        return named_other(series.patient_name, born, self._patient, sex)

    def _lead_to_wanted(self) -> None:
        """To a place in something of the disc, once that is seen."""
        item, disc = self.model.item, self._disc_view
        if item is None:
            return
        if disc is not None:
            disc.mark_opened(item)
        place, self._wanted_place = self._wanted_place, None
        if place is not None:
            self.show_place(place)

    def _show_clip(
        self, clip: CineView, info: ClipInfo, study: FrameSource, tasks: TaskScope
    ) -> None:
        clip.show_clip(info, study, tasks, shelf=self._frame_figures(), case=self._figures)

    def _show_picture(
        self, picture: PictureView, info: PictureInfo, study: FrameSource, tasks: TaskScope
    ) -> None:
        document, figures = self.model.document, self._frame_figures()
        day = document.taken_on if document is not None else None
        picture.show_picture(
            info, study, tasks, self._shelf(), figures=figures, case=self._figures, taken_on=day
        )

    def _frame_figures(self) -> FigureShelf | None:
        """Where figures on the open file's frames are kept."""
        if self._figures is None or self.model.document is None:
            return None
        return self._figures.of(shelf_id(self.model.document, self.model))

    def _show_ecg(self, record: EcgRecord, tasks: TaskScope) -> None:
        ecg = self._ecg or self._new_ecg()
        self._raise(ecg)
        ecg.choose(self._ecg_choices)
        ecg.show_record(record, tasks)
        self._keep_measured(ecg)

    def _show_long(self, study: LongSource, tasks: TaskScope) -> None:
        long = self._long or self._new_long()
        self._raise(long)
        long.paper.choose(self._ecg_choices)
        long.show_long(study, tasks)
        self._keep_measured(long.paper)

    def _keep_measured(self, paper: EcgView) -> None:
        if self._measured is not None and self.model.document is not None:
            self._measured.attach(shelf_id(self.model.document, self.model), paper.measurements)

    def _shelf(self) -> PaperShelf | None:
        """Where marks on the open file are kept."""
        if self._papers is None or self.model.document is None:
            return None
        return self._papers.of(shelf_id(self.model.document, self.model))

    def _slice_figures(self) -> SliceFigures | None:
        """Where figures on the open file's slices are kept."""
        if self._slices is None or self.model.document is None:
            return None
        return self._slices.of(shelf_id(self.model.document, self.model))

    def _raise(self, viewer: Viewer) -> None:
        self.viewer = viewer
        self._stack.setCurrentWidget(viewer)

    def _forget_disc(self) -> None:
        """Nothing of a disc that is closed stays."""
        self._wanted_place = None
        self.disc_bar.show_item(None, None)
        if self._disc_view is not None:
            self._disc_view.forget()

    def _forget_study(self) -> None:
        """Gives back frames and pages before the study is closed."""
        self._shown_study = None
        paper = self.viewer.paper if isinstance(self.viewer, LongEcgView) else self.viewer
        if isinstance(paper, EcgView) and self._measured is not None:
            self._measured.detach(paper.measurements)
        if isinstance(self.viewer, EcgView):
            self.viewer.show_record(None)
        elif self.viewer is not None:
            self.viewer.clear()
        self.viewer = None

    def _new_ecg(self) -> EcgView:
        self._ecg = ecg = self._new_paper()
        self._adopt(ecg, ecg.sheet, ecg.sheet.viewport(), *ecg.beat.surfaces)
        return ecg

    def _new_long(self) -> LongEcgView:
        self._long = long = LongEcgView(self._theme, self._new_paper(), self)
        long.keys_changed.connect(self.keys_changed)
        self._adopt(long, *long.surfaces, *long.paper.beat.surfaces)
        return long

    def _new_paper(self) -> EcgView:
        calibration = ScreenCalibration.from_screen(self.screen())
        paper = EcgView(self._theme, calibration, self, screens=self._screens)
        paper.patient = printed(self._patient)
        paper.choices_changed.connect(partial(self._keep_choices, paper))
        paper.beat.entered.connect(self.activated)
        for changed in (paper.measuring.changed, paper.beat.entered, paper.beat.closed):
            changed.connect(self.keys_changed)
        return paper

    def _new_clip(self) -> CineView:
        self._clip = CineView(self._theme, self, now_ms=self._now_ms, in_step=self._in_step)
        self._clip.failed.connect(self.model.part_failed)
        self._clip.figures.hand_changed.connect(self.keys_changed)
        self._adopt(self._clip, self._clip.canvas)
        return self._clip

    def _new_picture(self) -> PictureView:
        self._picture = PictureView(self._theme, self)
        self._picture.set_whose(whose(self._patient))
        self._picture.failed.connect(self.model.part_failed)
        self._picture.activated.connect(self.activated)
        self._picture.sheet_wanted.connect(self.file_wanted)
        self._picture.keys_changed.connect(self.keys_changed)
        self._adopt(self._picture, self._picture.canvas)
        return self._picture

    def _new_document(self) -> PaperDocumentView:
        self._document = PaperDocumentView(self._theme, self)
        self._document.set_whose(whose(self._patient))
        self._document.failed.connect(self.model.part_failed)
        self._document.activated.connect(self.activated)
        self._adopt(self._document, self._document.pages, self._document.pages.viewport())
        return self._document

    def _new_stack(self) -> StackView:
        now_ms, in_step = self._now_ms, self._in_step
        stack = StackView(self._theme, self, now_ms=now_ms, in_step=in_step)
        self._stack_view = stack
        stack.failed.connect(self.model.part_failed)
        stack.activated.connect(self.activated)
        stack.keys.hand_changed.connect(self.keys_changed)
        self._adopt(stack, stack.canvas, stack.list, stack.rail)
        return stack

    def _new_disc(self) -> DiscView:
        self._disc_view = disc = DiscView(self._theme, self)
        disc.activated.connect(self.activated)
        disc.wanted.connect(self.model.open_item)
        self._adopt(disc, disc.list, disc.list.viewport())
        return disc

    def _new_report(self) -> ReportView:
        self._report = ReportView(self._theme, self)
        self._report.activated.connect(self.activated)
        self._adopt(self._report, self._report.sheet, self._report.sheet.viewport())
        return self._report

    def _adopt(self, viewer: Viewer, *surfaces: QWidget) -> None:
        """Takes a new viewer in: a press or the focus on it makes the pane the active one."""
        self._stack.addWidget(viewer)
        for surface in surfaces:
            surface.installEventFilter(self)
        self.viewer_made.emit(viewer)

    def _keep_choices(self, paper: EcgView) -> None:
        self._ecg_choices = paper.choices
        self.ecg_choices_changed.emit()

    def _show_loading(self) -> None:
        if self._loading is not self.model.document:
            self._loading = self.model.document
            self.loading_plate.begin(self._words.cancel())
        self._tell_progress()
        self._stack.setCurrentWidget(self.loading_plate)

    def _show_placeholder(self) -> None:
        self._stack.setCurrentWidget(self._placeholder)
        error = self.model.error
        if self.model.state is PaneState.CANCELLED:
            title, action = self._words.cancelled()
            self._say("download-simple", title, "", action)
        elif self.model.state is PaneState.FAILED and error is not None:
            self._say("warning-octagon", error.title, error.detail, error.action, "danger.text")
        else:
            self._say("tray", self._words.nothing(), "", "")

    def _say(
        self, glyph: str, title: str, detail: str, action: str, color: str = "text.tertiary"
    ) -> None:
        self._placeholder_texts = [text for text in (title, detail, action) if text]
        self._placeholder.show_text(glyph, title, detail, action, color=color)

    def _tell_progress(self) -> None:
        model = self.model
        if model.document is not None:
            done, parts = (model.received, model.total), len(model.parts)
            text = self._words.loading(model.document, *done, parts)
            self.loading_plate.show_text(text)

    def _present_notes(self) -> list[PaneNote]:
        return self._words.notes(self.model, self._patient, self._questions)

    def _show_notes(self) -> None:
        while (item := self._notes.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if self.model.was_restarted and not self._note_timer.isActive():
            self._note_timer.start(_RESTART_NOTE_MS)
        for note in self._present_notes():
            pressed = self._again_pressed if note.loads_again else self.question_pressed
            self._notes.addWidget(_note_line(note, self._theme, pressed))


def printed(patient: Patient | None) -> PrintedPatient:
    """Whose request it is: not whom the file names."""
    if patient is None:
        return PrintedPatient()
    return PrintedPatient(patient.full_name, patient.birth_date.strftime("%d.%m.%Y"))


def whose(patient: Patient | None) -> str:
    """Whose request it is, in a line; "" where that is not known."""
    if patient is None:
        return ""
    return f"{patient.full_name}, {patient.birth_date.strftime('%d.%m.%Y')}"


def _note_line(note: PaneNote, theme: Theme, pressed: SignalInstance) -> QFrame:
    line = QFrame()
    line.setObjectName("paneNote")
    ground = theme.color("warn.soft" if note.warn else "accent.soft").name()
    line.setStyleSheet(f"#paneNote {{ background: {ground}; }}")
    color = "viewer.warn" if note.warn else "text.primary"
    sign = SignLabel(theme, "", glyph=note.glyph, role="body", color=color)
    sign.setFixedWidth(theme.px(18))
    text = TextBlock(theme, role="body", color=color, max_lines=4)
    text.set_text(note.text)
    row = QHBoxLayout(line)
    row.setContentsMargins(10, 5, 10, 5)
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(text, 1)
    if note.action:
        button = KeyButton(theme, note.action, kind="flat", height="compact")
        button.setObjectName("paneNote.action")
        button.clicked.connect(pressed)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    return line
