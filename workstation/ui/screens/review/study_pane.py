"""A pane: the viewer that its file needs, lines over it, or what stands in its place."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
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
from backend_client.models.requests import Patient
from workstation.studies.ecg import EcgRecord
from workstation.studies.imaging import ClipInfo, PdfInfo, PictureInfo
from workstation.ui.screens.review.loading_plate import LoadingPlate
from workstation.ui.screens.review.pane_model import OpenStudy, PaneModel, PaneState
from workstation.ui.screens.review.pane_words import PaneNote, PaneWords
from workstation.ui.theme import Theme
from workstation.ui.viewers.cine_view import CineView, elapsed_ms
from workstation.ui.viewers.document_view import DocumentView, PageSource
from workstation.ui.viewers.ecg_paper import ScreenCalibration
from workstation.ui.viewers.ecg_view import EcgChoices, EcgView
from workstation.ui.viewers.frame_feed import FrameSource
from workstation.ui.viewers.picture_view import PictureView
from workstation.ui.widgets.labels import SignLabel, TextBlock
from workstation.ui.widgets.placeholder import Placeholder

Viewer = EcgView | CineView | PictureView | DocumentView
_BORDER = 2
_TABBED = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
"""Focus that the doctor moved; what hides a widget moves it, too, and means nothing."""
_RESTART_NOTE_MS = 20_000


class StudyPane(QFrame):
    """Follows one `PaneModel`. `activated` when the doctor turns to it."""

    activated = Signal()
    maximise_wanted = Signal()
    ecg_choices_changed = Signal()

    def __init__(
        self,
        model: PaneModel,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        now_ms: Callable[[], float] | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = model
        self._theme = theme
        self._now_ms = now_ms or elapsed_ms()
        self._words = PaneWords(self)
        self._patient: Patient | None = None
        self._is_active = False
        self._shown_study: OpenStudy | None = None
        self._loading: Document | None = None
        self._ecg_choices = EcgChoices()
        self.viewer: Viewer | None = None
        self._ecg: EcgView | None = None
        self._clip: CineView | None = None
        self._picture: PictureView | None = None
        self._document: DocumentView | None = None
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
        self._placeholder.pressed.connect(model.retry)
        self.refresh()

    def set_patient(self, patient: Patient | None) -> None:
        """Whose request it is: a file that names somebody else is warned about.

        None while no case is there: an empty pane says nothing then.
        """
        self._patient = patient
        self.refresh()

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
        if isinstance(self.viewer, EcgView):
            self.viewer.choose(choices)

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
        return self.viewer.key_actions() if self.viewer is not None else {}

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
        elif kind is QEvent.Type.MouseButtonDblClick:
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
        column.addLayout(self._notes)
        column.addLayout(self._stack, 1)

    def _show_study(self, study: OpenStudy) -> None:
        if study is self._shown_study:
            return
        self._forget_study()
        self._shown_study = study
        info, tasks = study.info, self.model.tasks
        if isinstance(info, EcgRecord):
            self._show_ecg(info)
        elif isinstance(info, ClipInfo) and isinstance(study, FrameSource):
            clip = self._clip or self._new_clip()
            self._raise(clip)
            clip.show_clip(info, study, tasks)
        elif isinstance(info, PictureInfo) and isinstance(study, FrameSource):
            picture = self._picture or self._new_picture()
            self._raise(picture)
            picture.show_picture(info, study, tasks)
        elif isinstance(info, PdfInfo) and isinstance(study, PageSource):
            document = self._document or self._new_document()
            self._raise(document)
            document.show_document(info, study, tasks)

    def _show_ecg(self, record: EcgRecord) -> None:
        ecg = self._ecg or self._new_ecg()
        self._raise(ecg)
        ecg.choose(self._ecg_choices)
        ecg.show_record(record)

    def _raise(self, viewer: Viewer) -> None:
        self.viewer = viewer
        self._stack.setCurrentWidget(viewer)

    def _forget_study(self) -> None:
        """Gives back frames and pages before the study is closed."""
        self._shown_study = None
        if isinstance(self.viewer, EcgView):
            self.viewer.show_record(None)
        elif self.viewer is not None:
            self.viewer.clear()
        self.viewer = None

    def _new_ecg(self) -> EcgView:
        calibration = ScreenCalibration.from_screen(self.screen())
        self._ecg = EcgView(self._theme, calibration, self)
        self._ecg.choices_changed.connect(self._keep_choices)
        self._adopt(self._ecg, self._ecg.sheet, self._ecg.sheet.viewport())
        return self._ecg

    def _new_clip(self) -> CineView:
        self._clip = CineView(self._theme, self, now_ms=self._now_ms)
        self._clip.failed.connect(self.model.part_failed)
        self._adopt(self._clip, self._clip.canvas)
        return self._clip

    def _new_picture(self) -> PictureView:
        self._picture = PictureView(self._theme, self)
        self._picture.failed.connect(self.model.part_failed)
        self._adopt(self._picture, self._picture.canvas)
        return self._picture

    def _new_document(self) -> DocumentView:
        self._document = DocumentView(self._theme, self)
        self._document.failed.connect(self.model.part_failed)
        self._adopt(self._document, self._document.pages, self._document.pages.viewport())
        return self._document

    def _adopt(self, viewer: Viewer, *surfaces: QWidget) -> None:
        """Takes a new viewer in: a press or the focus on it makes the pane the active one."""
        self._stack.addWidget(viewer)
        for surface in surfaces:
            surface.installEventFilter(self)

    def _keep_choices(self) -> None:
        if self._ecg is not None:
            self._ecg_choices = self._ecg.choices
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
            text = self._words.loading(model.document, model.received, model.total)
            self.loading_plate.show_text(text)

    def _present_notes(self) -> list[PaneNote]:
        return self._words.notes(self.model, self._patient)

    def _show_notes(self) -> None:
        while (item := self._notes.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if self.model.was_restarted and not self._note_timer.isActive():
            self._note_timer.start(_RESTART_NOTE_MS)
        for note in self._present_notes():
            self._notes.addWidget(_note_line(note, self._theme))


def _note_line(note: PaneNote, theme: Theme) -> QFrame:
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
    return line
