"""Where a number of the conclusion comes from: led to as soon as its file is open."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from backend_client.models.annotations import Annotation
from backend_client.models.evidence import Evidence
from workstation.ui.screens.review.draft_findings import DraftFindings
from workstation.ui.screens.review.pane_model import PaneState
from workstation.ui.screens.review.study_pane import StudyPane
from workstation.ui.screens.review.view_model import ReviewViewModel


class ReviewSources(QObject):
    """One source at a time; where the card or the file is still on its way, it waits for them."""

    def __init__(
        self,
        model: ReviewViewModel,
        panes: Sequence[StudyPane],
        findings: DraftFindings | None,
        parent: QObject,
    ) -> None:
        """`findings`: who says why a source cannot be shown."""
        super().__init__(parent)
        self._model, self._panes, self._findings = model, tuple(panes), findings
        self._wanted: Evidence | Annotation | None = None

    def show(self, source: Evidence | Annotation) -> None:
        """Leads to the place of a number of the conclusion, or of a kept measurement."""
        self._wanted = source
        self.look_again()

    def forget(self) -> None:
        """The case was left."""
        self._wanted = None

    def look_again(self) -> None:
        """A file was opened, or the card has come."""
        source, model = self._wanted, self._model
        if source is None or model.card is None:
            return
        document = model.part(source.document_id)
        if document is None or document.sha256 != source.sha256:
            self._give_up(is_other=document is not None)
            return
        pane = next((one for one in self._panes if one.model.holds(document.id)), None)
        if pane is None or pane.model.state in (PaneState.LOADING, PaneState.EMPTY):
            return
        self._wanted = None
        is_open = pane.model.state is PaneState.READY
        if is_open and not pane.show_place(source.place) and self._findings is not None:
            self._findings.tell(self._findings.words.not_shown())

    def _give_up(self, *, is_other: bool) -> None:
        self._wanted = None
        if self._findings is not None:
            words = self._findings.words
            self._findings.tell(words.other_file() if is_other else words.no_such_file())
