"""Asks whose an open file is that names somebody else; until then nothing of it is taken along."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from backend_client.models.common import DocumentId
from backend_client.models.documents import Document, WhoseFile
from backend_client.models.requests import Action
from workstation.ui.screens.review.file_questions import FileQuestions
from workstation.ui.screens.review.named_in_file import own_named
from workstation.ui.screens.review.study_pane import StudyPane
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.screens.review.whose_file_dialog import WhoseFileDialog
from workstation.ui.screens.triage.view_model import TriageViewModel
from workstation.ui.theme import Theme


class WhoseFileAsking(QObject):
    """Between the panes, the question's window and the answers."""

    anothers = Signal()
    """Something of another patient's file was to be put into the conclusion."""

    def __init__(
        self,
        questions: FileQuestions,
        model: ReviewViewModel,
        triage: TriageViewModel,
        theme: Theme,
        panes: Sequence[StudyPane],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._questions, self._model, self._triage = questions, model, triage
        self._theme, self._window = theme, parent
        self._dialog: WhoseFileDialog | None = None
        self._named: dict[DocumentId, str] = {}
        """Whom the files name that were opened in this case, where it is somebody else."""
        self._together: dict[DocumentId, tuple[Document, ...]] = {}
        """Of such a slice all slices of its series that name the same person."""
        for pane in panes:
            pane.ask_of(questions)
            pane.question_pressed.connect(partial(self._pressed, pane))
            pane.model.changed.connect(partial(self._look, pane))
        model.case_changed.connect(self._leave)

    def is_taken(self, document: Document | None) -> bool:
        """Whether what was found in a file may go along. Where nobody has answered, it is asked."""
        if document is None or not self._named.get(document.id):
            return True
        whose = self._questions.whose(document)
        if whose is None or whose is WhoseFile.UNKNOWN:
            self.ask(document)
        elif whose is WhoseFile.OTHER:
            self.anothers.emit()
        return whose is WhoseFile.PATIENT

    def is_kept(self, document: Document) -> bool:
        """As `is_taken`, without a word."""
        named = self._named.get(document.id)
        return not named or self._questions.whose(document) is WhoseFile.PATIENT

    def is_anothers(self, document: Document) -> bool:
        """Whether a doctor has said so."""
        return self._questions.whose(document) is WhoseFile.OTHER

    def ask(self, document: Document) -> None:
        """Opens the question, once."""
        row = self._model.row
        if row is None or self._dialog is not None:
            return
        own = own_named(row.patient)
        self._dialog = dialog = WhoseFileDialog(
            self._theme, self._window, document.title, self._named.get(document.id, ""), own
        )
        dialog.answered.connect(partial(self._answered, document))
        dialog.finished.connect(self._closed)
        dialog.open()

    def _pressed(self, pane: StudyPane) -> None:
        others = pane.others_parts
        unanswered = (one for one in others if self._questions.whose(one) is None)
        document = next(unanswered, None) or next(iter(others), None)
        if document is not None:
            self.ask(document)

    def _look(self, pane: StudyPane) -> None:
        """What an open file says of its patient is known until the case is left."""
        if pane.model.document is None or pane.model.info is None:
            return
        others = pane.others_parts
        self._named |= {one.id: others.get(one, "") for one in pane.model.parts}
        for said in set(others.values()):
            same = tuple(one for one, named in others.items() if named == said)
            self._together |= {one.id: same for one in same}

    def _answered(self, document: Document, whose: WhoseFile, reason: str) -> None:
        """Of another's file the clinic is asked for the patient's own."""
        same = self._together.get(document.id, ())
        also = tuple(one for one in same if one.id != document.id)
        self._questions.give(document, whose, reason, also)
        if whose is WhoseFile.OTHER and self._triage.can(Action.ASK_DOCUMENTS):
            self._triage.begin(Action.ASK_DOCUMENTS, document.item_code)

    def _closed(self) -> None:
        self._dialog = None

    def _leave(self) -> None:
        """The question belongs to the case."""
        if self._model.request_id is None or self._model.card is None:
            self._named, self._together = {}, {}
        if self._dialog is not None:
            self._dialog.reject()
