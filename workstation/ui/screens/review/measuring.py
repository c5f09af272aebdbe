"""Between the list of measurements and the files: a chosen line leads to its place, opening the
file where it is closed."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from backend_client.models.common import DocumentId
from backend_client.models.evidence import PicturePlace
from workstation.ui.screens.review.measurement_entries import MeasurementEntries
from workstation.ui.screens.review.measurements_panel import MeasurementsPanel
from workstation.ui.screens.review.pane_model import PaneState
from workstation.ui.screens.review.study_pane import StudyPane
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.viewers.ecg.measurements import LineId
from workstation.ui.viewers.ecg.view import EcgView
from workstation.ui.viewers.measurement_rows import Entry, RowKey
from workstation.ui.viewers.paper_ecg.rows import PaperRows
from workstation.ui.viewers.paper_ecg.shelf import LineOf


class ReviewMeasuring(QObject):
    """Fills the panel and follows what the doctor does in it."""

    put_wanted = Signal()
    """The chosen line of the active pane is to go into the conclusion."""

    def __init__(
        self,
        model: ReviewViewModel,
        ecg: StudyPane,
        panel: MeasurementsPanel,
        parent: QObject,
        *,
        panes: Sequence[StudyPane] = (),
    ) -> None:
        """`panes`: in which pictures of paper may be open."""
        super().__init__(parent)
        self._model, self._ecg, self._panel = model, ecg, panel
        self._kept = model.measurements
        self._panes, self._papers = tuple(panes), model.papers
        self._entries, self._paper_rows = MeasurementEntries(self), PaperRows(self)
        self._wanted: RowKey | None = None
        """The line to which the doctor is led as soon as its file is open."""
        self._kept.changed.connect(self._show)
        self._papers.changed.connect(self._show)
        model.files_changed.connect(self._show)
        panel.list.chosen.connect(self._go_to)
        panel.list.confirm_wanted.connect(self._confirm)
        panel.list.note_wanted.connect(self._put)
        self._show()

    def put_away(self) -> bool:
        """Lets go of the calipers where they are seen; whether there was anything to let go of."""
        viewer = self._viewer
        return viewer is not None and self.are_possible and viewer.measuring.put_away()

    def toggle(self) -> None:
        """Takes the calipers, or puts them away."""
        if self._viewer is not None:
            self._viewer.measuring.toggle()

    @property
    def are_possible(self) -> bool:
        """Whether an ECG is seen on which calipers measure."""
        return self._viewer is not None and self._model.ecg in self._model.visible_panes

    @property
    def are_in_hand(self) -> bool:
        """Whether the calipers are."""
        return self._viewer is not None and self._viewer.measuring.is_in_hand

    def file_changed(self) -> None:
        """A file was opened or closed."""
        self._show()
        self._follow()

    @property
    def _viewer(self) -> EcgView | None:
        return self._ecg.ecg_view

    def _show(self) -> None:
        documents = self._model.documents
        entries: list[Entry] = []
        for document in documents:
            entries += self._entries.of_ecg(document, self._kept.of(document.id))
            entries += self._paper_rows.of(document, self._papers.of(document.id))
        can_measure = self._model.ecg.state is PaneState.READY
        self._panel.show_entries(entries, self._chosen(), can_measure=can_measure)

    def _chosen(self) -> RowKey | None:
        """The chosen line of the file that is open."""
        active = self._model.active.document
        on_paper = self._papers.of(active.id).chosen if active is not None else None
        if active is not None and on_paper is not None:
            return RowKey(active.id, on_paper.number)
        document = self._model.ecg.document
        chosen = self._kept.of(document.id).chosen if document is not None else None
        return RowKey(document.id, chosen) if document is not None and chosen is not None else None

    def _go_to(self, key: RowKey) -> None:
        document_id = DocumentId(key.document_id)
        self._wanted = key
        if self._paper_place(key) is not None:
            self._model.choose(key.document_id)
            self._follow()
            return
        self._kept.choose(document_id, LineId(key.line_id))
        # Also where it is seen: what the list chooses is what `Ins` takes, from the active pane.
        self._model.choose(key.document_id)
        self._follow()

    def _put(self, key: RowKey) -> None:
        """A press on a line's tick; the line was gone to just before."""
        if self._wanted is None:
            self.put_wanted.emit()

    def _follow(self) -> None:
        """To the wanted line, once its file is there."""
        self._follow_on_paper()
        key = self._wanted
        measurements = self._kept.opened(DocumentId(key.document_id)) if key is not None else None
        if key is None or measurements is None:
            return
        self._wanted = None
        line = measurements.line(LineId(key.line_id))
        if line is not None:
            self._ecg.show_place(line.measured.place)

    def _follow_on_paper(self) -> None:
        """The same for a picture of paper, in whatever pane it is."""
        key = self._wanted
        place = self._paper_place(key) if key is not None else None
        if key is None or place is None:
            return
        for pane in self._panes:
            document = pane.model.document
            is_open = pane.model.state is PaneState.READY
            if is_open and document is not None and document.id == key.document_id:
                self._wanted = None
                pane.show_place(place)
                return

    def _paper_place(self, key: RowKey) -> PicturePlace | None:
        shelf = self._papers.of(DocumentId(key.document_id))
        return shelf.place(LineOf.of(key.line_id))

    def _confirm(self, key: RowKey) -> None:
        measurements = self._kept.opened(DocumentId(key.document_id))
        if measurements is not None:
            measurements.confirm(LineId(key.line_id))
