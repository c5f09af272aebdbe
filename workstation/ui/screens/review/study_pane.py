"""A pane: the viewer that its file needs, lines over it, or what stands in its place."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
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
)
from workstation.ui.screens.review.pane_model import PaneModel, PaneState
from workstation.ui.screens.review.pane_note_line import note_line
from workstation.ui.screens.review.pane_shelves import PaneShelves
from workstation.ui.screens.review.pane_viewers import PaneViewers, Viewer
from workstation.ui.screens.review.pane_words import PaneNote, PaneWords
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.cine_in_step import ClipsInStep
from workstation.ui.viewers.cine_view import CineView, elapsed_ms
from workstation.ui.viewers.disc.bar import DiscBar
from workstation.ui.viewers.disc.source import DiscSource, OpenStudy
from workstation.ui.viewers.ecg.calibrations import ScreenCalibrations
from workstation.ui.viewers.ecg.long.model import LongSource
from workstation.ui.viewers.ecg.long.view import LongEcgView
from workstation.ui.viewers.ecg.view import EcgChoices, EcgView
from workstation.ui.viewers.figures.desk import FigureDesk
from workstation.ui.viewers.figures.shelf import CaseFigures
from workstation.ui.viewers.findings import OffersFindings, ShowsPicturePlaces
from workstation.ui.viewers.frame_feed import FrameSource
from workstation.ui.viewers.page_source import PageSource
from workstation.ui.viewers.paper_ecg.document import PaperDocumentView
from workstation.ui.viewers.paper_ecg.shelf import CasePapers
from workstation.ui.viewers.picture_view import PictureView
from workstation.ui.viewers.report.view import ReportView
from workstation.ui.viewers.stack.model import StackSource
from workstation.ui.viewers.stack.shelf import CaseSlices
from workstation.ui.viewers.stack.view import StackView
from workstation.ui.widgets.placeholder import Placeholder

_FRAMES = StackView | CineView | PictureView
"""Viewers on whose frames figures are drawn."""
AnyViewer = TypeVar("AnyViewer", bound=Viewer)
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
        self._shelves = PaneShelves(model, measured, papers, figures, slices)
        self._theme = theme
        self._now_ms = now_ms or elapsed_ms()
        self._viewers = PaneViewers(theme, self, self._now_ms, screens, in_step)
        self._words = PaneWords(self)
        self._patient: Patient | None = None
        self._questions: FileQuestions | None = None
        self._is_active = False
        self._shown_study: OpenStudy | None = None
        self._loading: Document | None = None
        self.viewer: Viewer | None = None
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
        self._follow_viewers()
        model.changed.connect(self.refresh)
        model.coming.connect(self._viewers.make_for)
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
        self._viewers.set_patient(patient)
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
        return self._viewers.choices

    def set_ecg_choices(self, choices: EcgChoices) -> None:
        """How ECGs are shown, as the doctor last chose."""
        self._viewers.choose(choices)

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
        if state is PaneState.EMPTY and self._viewers.made_picture is not None:
            self._viewers.made_picture.forget_sheets()
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
        viewers, shelves = self._viewers, self._shelves
        if isinstance(info, EcgRecord):
            self._show_ecg(info, tasks)
        elif isinstance(info, LongEcg) and isinstance(study, LongSource):
            self._show_long(study, tasks)
        elif isinstance(info, ClipInfo) and isinstance(study, FrameSource):
            clip = self._raise(viewers.clip())
            clip.show_clip(info, study, tasks, shelf=shelves.frame_figures, case=shelves.figures)
        elif isinstance(info, PictureInfo) and isinstance(study, FrameSource):
            self._show_picture(self._raise(viewers.picture()), info, study, tasks)
            self._show_sheets()
        elif isinstance(info, StackInfo) and isinstance(study, StackSource):
            stack = self._raise(viewers.stack())
            stack.show_stack(info, study, tasks, shelves.slice_figures)
        elif isinstance(info, ReportInfo):
            self._raise(viewers.report()).show_report(info)
        elif isinstance(info, PdfInfo) and isinstance(study, PageSource):
            document = self._raise(viewers.document())
            document.show_document(info, study, tasks, shelves.paper)
        elif isinstance(study, DiscSource):
            disc = self._raise(viewers.disc())
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
        item, disc = self.model.item, self._viewers.made_disc
        if item is None:
            return
        if disc is not None:
            disc.mark_opened(item)
        place, self._wanted_place = self._wanted_place, None
        if place is not None:
            self.show_place(place)

    def _show_picture(
        self, picture: PictureView, info: PictureInfo, study: FrameSource, tasks: TaskScope
    ) -> None:
        document, shelves = self.model.document, self._shelves
        picture.show_picture(
            info,
            study,
            tasks,
            shelves.paper,
            figures=shelves.frame_figures,
            case=shelves.figures,
            taken_on=document.taken_on if document is not None else None,
        )

    def _show_ecg(self, record: EcgRecord, tasks: TaskScope) -> None:
        ecg = self._raise(self._viewers.ecg())
        ecg.choose(self.ecg_choices)
        ecg.show_record(record, tasks)
        self._shelves.attach(ecg.measurements)

    def _show_long(self, study: LongSource, tasks: TaskScope) -> None:
        long = self._raise(self._viewers.long())
        long.paper.choose(self.ecg_choices)
        long.show_long(study, tasks)
        self._shelves.attach(long.paper.measurements)

    def _raise(self, viewer: AnyViewer) -> AnyViewer:
        self.viewer = viewer
        self._stack.setCurrentWidget(viewer)
        return viewer

    def _forget_disc(self) -> None:
        """Nothing of a disc that is closed stays."""
        self._wanted_place = None
        self.disc_bar.show_item(None, None)
        if self._viewers.made_disc is not None:
            self._viewers.made_disc.forget()

    def _forget_study(self) -> None:
        """Gives back frames and pages before the study is closed."""
        self._shown_study = None
        paper = self.viewer.paper if isinstance(self.viewer, LongEcgView) else self.viewer
        if isinstance(paper, EcgView):
            self._shelves.detach(paper.measurements)
        if isinstance(self.viewer, EcgView):
            self.viewer.show_record(None)
        elif self.viewer is not None:
            self.viewer.clear()
        self.viewer = None

    def _follow_viewers(self) -> None:
        viewers = self._viewers
        viewers.made.connect(self._adopt)
        viewers.activated.connect(self.activated)
        viewers.keys_changed.connect(self.keys_changed)
        viewers.choices_changed.connect(self.ecg_choices_changed)
        viewers.failed.connect(self.model.part_failed)
        viewers.file_wanted.connect(self.file_wanted)
        viewers.item_wanted.connect(self.model.open_item)

    def _adopt(self, viewer: QWidget, surfaces: Sequence[QWidget]) -> None:
        """Takes a new viewer in: a press or the focus on it makes the pane the active one."""
        self._stack.addWidget(viewer)
        for surface in surfaces:
            surface.installEventFilter(self)
        self.viewer_made.emit(viewer)

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
            self._notes.addWidget(note_line(note, self._theme, pressed))
