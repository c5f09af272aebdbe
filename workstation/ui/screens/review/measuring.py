"""Between the list of measurements and the files: a chosen line leads to its place, opening the
file where it is closed."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal

from backend_client.models.common import DocumentId
from backend_client.models.documents import Document
from backend_client.models.evidence import PicturePlace
from backend_client.models.requests import Sex
from workstation.core.findings import Finding
from workstation.ui.screens.review.draft_findings import DraftFindings
from workstation.ui.screens.review.measurement_entries import MeasurementEntries
from workstation.ui.screens.review.measurements_panel import MeasurementsPanel
from workstation.ui.screens.review.pane_model import PaneState
from workstation.ui.screens.review.slice_lines import SliceLines
from workstation.ui.screens.review.study_pane import StudyPane
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.viewers.ecg.measurements import LineId
from workstation.ui.viewers.ecg.view import EcgView
from workstation.ui.viewers.figures.case_values import is_adult
from workstation.ui.viewers.figures.computed_line import FIRST_LINE, ComputedLine
from workstation.ui.viewers.figures.desk import FigureDesk
from workstation.ui.viewers.figures.frame_figure import FrameFigure
from workstation.ui.viewers.figures.rows import FigureRows
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
        findings: DraftFindings | None = None,
    ) -> None:
        """`panes`: in which pictures of paper and clips may be open; `findings`: what of the
        computed values stands in the conclusion."""
        super().__init__(parent)
        self._model, self._ecg, self._panel = model, ecg, panel
        self._kept = model.measurements
        self._panes, self._papers = tuple(panes), model.papers
        self._entries, self._paper_rows = MeasurementEntries(self), PaperRows(self)
        self._figures, self._findings = model.figures, findings
        self._figure_rows = FigureRows(self)
        self._computed: RowKey | None = None
        """The chosen line, where it is a computed one."""
        self._wanted: RowKey | None = None
        """The line to which the doctor is led as soon as its file is open."""
        self._kept.changed.connect(self._show)
        self._papers.changed.connect(self._show)
        self._figures.changed.connect(self._show)
        self._slices = SliceLines(self._panes, findings, self)
        self._slices.changed.connect(self._show)
        if findings is not None:
            findings.changed.connect(self._show)
        model.files_changed.connect(self._show)
        panel.list.chosen.connect(self._go_to)
        panel.list.confirm_wanted.connect(self._confirm)
        panel.list.note_wanted.connect(self._put)
        self._show()

    def put_away(self) -> bool:
        """Lets go of the calipers where they are seen, else of the tool on a clip; whether there
        was anything to let go of."""
        viewer = self._viewer
        if viewer is not None and self.are_possible and viewer.measuring.put_away():
            return True
        clips = (pane.clip_view for pane in self._panes)
        return any(clip.figures.put_away() for clip in clips if clip is not None)

    def offered(self) -> tuple[Document, Finding] | None:
        """The chosen computed value with its file; None while another line is chosen."""
        line = self._computed_line()
        documents = self._model.documents
        document = next((x for x in documents if line and x.id == line.document_id), None)
        finding = line.finding if line is not None else None
        return (document, finding) if document is not None and finding is not None else None

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

    @property
    def clip_figures(self) -> FigureDesk | None:
        """The figures of the active pane's clip, else of the first that is seen; None without."""
        visible = self._model.visible_panes
        panes = [pane for pane in self._panes if pane.model in visible]
        panes.sort(key=lambda pane: pane.model is not self._model.active)
        return next((x.clip_view.figures for x in panes if x.clip_view is not None), None)

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
            shelf = self._figures.of(document.id)
            entries += self._figure_rows.of(document, shelf, self._sex)
            entries += self._slices.of(document)
        lines = self._computed_lines()
        entries += self._figure_rows.entries(lines, self._noted(lines))
        can_measure = any(
            pane.state is PaneState.READY for pane in (self._model.ecg, *self._model.pictures)
        )
        self._panel.show_entries(entries, self._chosen(), can_measure=can_measure)

    def _chosen(self) -> RowKey | None:
        """The chosen line of the file that is open."""
        active = self._model.active.document
        if self._computed_line() is not None:
            return self._computed
        figure = self._figures.of(active.id).chosen if active is not None else None
        if active is not None and figure is not None:
            return RowKey(active.id, figure)
        on_slice = self._slices.chosen(active.id) if active is not None else None
        if on_slice is not None:
            return on_slice
        on_paper = self._papers.of(active.id).chosen if active is not None else None
        if active is not None and on_paper is not None:
            return RowKey(active.id, on_paper.number)
        document = self._model.ecg.document
        chosen = self._kept.of(document.id).chosen if document is not None else None
        return RowKey(document.id, chosen) if document is not None and chosen is not None else None

    def _go_to(self, key: RowKey) -> None:
        document_id = DocumentId(key.document_id)
        self._wanted, self._computed = key, key if key.line_id >= FIRST_LINE else None
        if self._slices.go_to(key):
            self._wanted = None
            self._model.choose(key.document_id)
            self._show()
            return
        if self._computed is not None or self._figure(key) is not None:
            self._model.choose(key.document_id)
            self._follow()
            self._show()
            return
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
        self._follow_on_clip()
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

    def _follow_on_clip(self) -> None:
        """The same for a figure upon a frame; of a computed value the figure it comes from."""
        key = self._wanted
        figure = self._figure(key) if key is not None else None
        if key is None or figure is None:
            return
        for pane in self._panes:
            document, clip = pane.model.document, pane.clip_view
            is_open = pane.model.state is PaneState.READY and clip is not None
            if is_open and clip and document is not None and document.id == key.document_id:
                self._wanted = None
                clip.figures.go_to(figure.id)
                return

    def _figure(self, key: RowKey) -> FrameFigure | None:
        """The figure of a line, of a computed one the figure that it leads to."""
        shelf = self._figures.of(DocumentId(key.document_id))
        if key.line_id < FIRST_LINE:
            return shelf.get(key.line_id)
        line = next((one for one in self._every_line() if one.number == key.line_id), None)
        return next((x for x in shelf.figures if line and x.place == line.place), None)

    def _computed_line(self) -> ComputedLine | None:
        """The chosen computed value, as long as no figure but its own is chosen."""
        key = self._computed
        if key is None:
            return None
        chosen = self._figures.of(DocumentId(key.document_id)).chosen
        own = self._figure(key)
        if chosen is not None and (own is None or own.id != chosen):
            self._computed = None
            return None
        return next((one for one in self._every_line() if one.number == key.line_id), None)

    def _computed_lines(self) -> tuple[list[ComputedLine], list[ComputedLine]]:
        return self._figure_rows.computed(self._figures, self._model.documents, self._sex)

    def _every_line(self) -> list[ComputedLine]:
        echo, fetus = self._computed_lines()
        return [*echo, *fetus]

    def _noted(self, lines: tuple[list[ComputedLine], list[ComputedLine]]) -> frozenset[int]:
        """Numbers of the computed lines that stand in the conclusion."""
        findings, documents = self._findings, {one.id: one for one in self._model.documents}
        if findings is None:
            return frozenset()
        return frozenset(
            one.number
            for one in (*lines[0], *lines[1])
            if one.finding is not None
            and one.document_id in documents
            and findings.number_of(documents[one.document_id], one.finding) is not None
        )

    @property
    def _sex(self) -> Sex | None:
        """Of an adult: the limits hold for nobody else."""
        row = self._model.row
        if row is None:
            return None
        days = [self._figures.of(one.id).taken_on for one in self._model.documents]
        taken_on = max((day for day in days if day is not None), default=date.today())
        return row.patient.sex if is_adult(row.patient.birth_date, taken_on) else None

    def _paper_place(self, key: RowKey) -> PicturePlace | None:
        shelf = self._papers.of(DocumentId(key.document_id))
        return shelf.place(LineOf.of(key.line_id))

    def _confirm(self, key: RowKey) -> None:
        measurements = self._kept.opened(DocumentId(key.document_id))
        if measurements is not None:
            measurements.confirm(LineId(key.line_id))
