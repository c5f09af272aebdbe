"""Between the list of measurements and the files: a chosen line leads to its place, opening the
file where it is closed."""

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import date

from msgspec import structs
from PySide6.QtCore import QObject, QTimer, Signal

from backend_client.models.annotations import AnnotationId
from backend_client.models.common import DocumentId
from backend_client.models.documents import Document
from backend_client.models.evidence import PicturePlace, Place
from backend_client.models.requests import RequestStatus, Sex
from workstation.core.findings import Finding
from workstation.ui.screens.review.draft_findings import DraftFindings
from workstation.ui.screens.review.earlier_rows import EarlierRows, maker_of
from workstation.ui.screens.review.file_shelves import (
    FileShelf,
    base_of,
    every_shelf,
    open_shelf,
)
from workstation.ui.screens.review.measurement_entries import MeasurementEntries
from workstation.ui.screens.review.measurement_keeper import MeasurementKeeper
from workstation.ui.screens.review.measurements_panel import MeasurementsPanel
from workstation.ui.screens.review.of_disc import parts_of_shelf
from workstation.ui.screens.review.pane_model import PaneModel, PaneState
from workstation.ui.screens.review.slice_lines import SliceLines
from workstation.ui.screens.review.study_pane import StudyPane
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.viewers.ecg.measurements import LineId
from workstation.ui.viewers.ecg.view import EcgView
from workstation.ui.viewers.figures.case_values import is_adult
from workstation.ui.viewers.figures.computed_line import FIRST_LINE, ComputedLine, ComputedLines
from workstation.ui.viewers.figures.desk import FigureDesk
from workstation.ui.viewers.figures.frame_figure import FrameFigure
from workstation.ui.viewers.figures.rows import FigureRows
from workstation.ui.viewers.measurement_rows import Entry, MeasurementRow, RowKey
from workstation.ui.viewers.paper_ecg.rows import PaperRows
from workstation.ui.viewers.paper_ecg.shelf import LineOf

SETTLED = frozenset(
    {
        *(RequestStatus.SIGNED, RequestStatus.APPROVED, RequestStatus.DELIVERED),
        *(RequestStatus.CLOSED, RequestStatus.CLOSED_WITHOUT_CONCLUSION),
    }
)
"""After the signature nothing changes: files are looked at."""


class ReviewMeasuring(QObject):
    """Fills the panel and follows what the doctor does in it."""

    put_wanted = Signal()
    """The chosen line of the active pane is to go into the conclusion."""
    place_wanted = Signal(object)
    """A kept measurement is to be shown in its file: an `Annotation`."""

    def __init__(
        self,
        model: ReviewViewModel,
        ecg: StudyPane,
        panel: MeasurementsPanel,
        parent: QObject,
        *,
        panes: Sequence[StudyPane] = (),
        findings: DraftFindings | None = None,
        keeper: MeasurementKeeper | None = None,
    ) -> None:
        """`panes`: in which pictures of paper and clips may be open; `findings`: what of the
        computed values stands in the conclusion; `keeper`: what was measured earlier."""
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
        for measured in (self._kept, self._papers, self._figures, model.slices):
            measured.changed.connect(self._measured)
        self._slices = SliceLines(model.slices, self._panes, findings, self, model.sources.of)
        self._keeper = keeper
        can_remove = keeper.can_remove if keeper is not None else None
        self._earlier = EarlierRows(
            lambda: keeper.earlier if keeper else (), findings, self, can_remove=can_remove
        )
        self._chosen_earlier: RowKey | None = None
        """The chosen line, where it was measured earlier."""
        self._led_earlier: RowKey | None = None
        """The same until it is a viewer's line, or the doctor goes elsewhere."""
        self._chosen_before: RowKey | None = None
        """What was chosen in a viewer when something changed last."""
        if keeper is not None:
            keeper.earlier_changed.connect(self._earlier_changed)
        if findings is not None:
            findings.changed.connect(self._show)
        self._soon = QTimer(self)
        """Opening a file tells of itself some four times: the list is filled once."""
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._show)
        model.files_changed.connect(self._soon.start)
        panel.list.chosen.connect(self._go_to)
        panel.list.confirm_wanted.connect(self._confirm)
        panel.list.note_wanted.connect(self._put)
        self._show()

    def put_away(self) -> bool:
        """Lets go of the calipers where they are seen, else of the tool on a clip; whether there
        was anything to let go of."""
        viewer = self._viewer
        if viewer is not None and self.are_possible:
            had_work = viewer.measuring.is_in_hand
            if viewer.measuring.put_away() and (had_work or not self._model.only_looks):
                return True
        desks = [desk for pane in self._panes if (desk := pane.figures) is not None]
        return any(self._puts_away(desk) for desk in desks)

    def _puts_away(self, desk: FigureDesk) -> bool:
        """Who only looks is led to a figure by a line: letting go of it is no step of its own."""
        had_work = desk.is_in_hand or desk.session.asked is not None
        return desk.put_away() and (had_work or not self._model.only_looks)

    def bind(self, shortcuts: ShortcutRouter) -> None:
        """In the list `Delete` takes away what no viewer has; all else is the viewers'."""
        shortcuts.bind(
            self._panel.list,
            "caliper.remove",
            self._remove_earlier,
            lambda: self._removable is not None,
            focused=True,
            yields=True,
        )

    @property
    def _removable(self) -> AnnotationId | None:
        """The chosen line that was measured earlier, where it may be taken away."""
        key, keeper = self._chosen_earlier, self._keeper
        earlier = self._earlier.get(key) if key is not None else None
        if earlier is None or keeper is None or not keeper.can_remove(earlier.id):
            return None
        return earlier.id

    def _remove_earlier(self) -> None:
        name, keeper = self._removable, self._keeper
        if name is not None and keeper is not None:
            self._chosen_earlier = self._led_earlier = None
            keeper.remove(name)

    def offered(self) -> tuple[Document, Finding] | None:
        """The chosen line that is no viewer's with its file: a computed value, or one that was
        measured earlier; None while another line is chosen."""
        chosen = self._chosen_earlier
        earlier = self._earlier.get(chosen) if chosen is not None else None
        if earlier is not None:
            own = self._model.part(earlier.document_id)
            return (own, self._earlier.finding(earlier)) if own is not None else None
        line = self._computed_line()
        file = next((x for x in self._files() if line and x.id == line.document_id), None)
        finding = line.finding if line is not None else None
        if file is None or finding is None:
            return None
        return file.document, replace(finding, place=file.placed(finding.place))

    def toggle(self) -> None:
        """Takes the calipers, or puts them away."""
        if self._viewer is not None:
            self._viewer.measuring.toggle()

    @property
    def are_possible(self) -> bool:
        """Whether an ECG is seen on which calipers measure."""
        pane = self._ecg_pane
        return pane.ecg_view is not None and pane.model in self._model.visible_panes

    @property
    def are_in_hand(self) -> bool:
        """Whether the calipers are."""
        return self._viewer is not None and self._viewer.measuring.is_in_hand

    @property
    def frame_figures(self) -> FigureDesk | None:
        """The figures of the active pane's clip or photo, else of the first that is seen; None
        without."""
        visible = self._model.visible_panes
        panes = [pane for pane in self._panes if pane.model in visible]
        panes.sort(key=lambda pane: pane.model is not self._model.active)
        return next((desk for pane in panes if (desk := pane.figures) is not None), None)

    def file_changed(self) -> None:
        """A file was opened or closed."""
        self._soon.start()
        self._follow()

    @property
    def _viewer(self) -> EcgView | None:
        return self._ecg_pane.ecg_view

    @property
    def _ecg_pane(self) -> StudyPane:
        """The active one where an ECG is seen in it, as of a disc; else the pane of ECGs."""
        active = next((x for x in self._panes if x.model is self._model.active), self._ecg)
        return active if active.ecg_view is not None else self._ecg

    def _measured(self) -> None:
        """What is chosen in a viewer is what `Ins` takes; one that is let go of chooses nothing."""
        before, self._chosen_before = self._chosen_before, self._chosen_in_viewer()
        if self._chosen_before not in (None, before):
            self._chosen_earlier = None
        self._show()

    def _show(self) -> None:
        self._soon.stop()
        entries: list[Entry] = []
        files, earlier = self._files(), self._earlier.documents
        sex, shelves = self._sex(files), defaultdict[DocumentId, list[FileShelf]](list)
        for file in files:
            shelves[file.document.id].append(file)
        held = {file.document.id: file.document for file in files}
        for document in self._model.documents if earlier else held.values():
            for file in shelves.get(document.id, ()):
                shown, figures = file.shown, self._figures.of(file.id)
                entries += self._entries.of_ecg(shown, self._kept.of(file.id))
                entries += self._paper_rows.of(shown, self._papers.of(file.id))
                entries += self._figure_rows.of(shown, figures, sex)
                entries += self._slices.of(shown)
            entries += self._of_earlier(document, earlier)
        lines = self._computed_lines(files)
        entries += self._figure_rows.entries(lines, self._noted(lines, files))
        entries = [self._with_maker(one) for one in entries]
        can_measure = any(
            pane.state is PaneState.READY for pane in (self._model.ecg, *self._model.pictures)
        )
        self._panel.let_note(is_let=not self._is_settled)
        self._panel.show_entries(entries, self._chosen(), can_measure=can_measure)

    @property
    def _is_settled(self) -> bool:
        """Whether the conclusion is signed: what is measured goes into no text any more."""
        row = self._model.row
        return row is not None and row.status in SETTLED

    def _with_maker(self, entry: Entry) -> Entry:
        """With who measured it and when, where it is kept with the request."""
        if self._keeper is None or not isinstance(entry, MeasurementRow):
            return entry
        made = self._keeper.made(entry.key.document_id, entry.key.line_id)
        return replace(entry, made=maker_of(made)) if made is not None else entry

    def _of_earlier(self, document: Document, measured: Set[DocumentId]) -> list[Entry]:
        """A file's lines of before; nothing is asked of the many files that have none."""
        parts = self._model.parts_of(document) if measured else ()
        if measured.isdisjoint(one.id for one in parts):
            return []
        return self._earlier.of(document, parts)

    def _chosen(self) -> RowKey | None:
        """The chosen line of the file that is open."""
        if self._chosen_earlier is not None:
            return self._chosen_earlier
        if self._computed_line() is not None:
            return self._computed
        return self._chosen_in_viewer()

    def _chosen_in_viewer(self) -> RowKey | None:
        active = self._open_file(self._model.active)
        if active is not None:
            figure = self._figures.of(active).chosen
            on_slice, on_paper = self._slices.chosen(active), self._papers.of(active).chosen
            if figure is not None:
                return RowKey(active, figure)
            if on_slice is not None:
                return on_slice
            if on_paper is not None:
                return RowKey(active, on_paper.number)
        traced = self._open_file(self._model.ecg) if active not in self._kept.ids else active
        chosen = self._kept.of(traced).chosen if traced is not None else None
        return RowKey(traced, chosen) if traced is not None and chosen is not None else None

    @staticmethod
    def _open_file(pane: PaneModel) -> DocumentId | None:
        """The shelf of what is in a pane."""
        return open_shelf(pane.document, pane).id if pane.document is not None else None

    def _go_to(self, key: RowKey) -> None:
        document_id = DocumentId(key.document_id)
        earlier = self._earlier.get(key)
        self._led_earlier = key if earlier is not None else None
        if earlier is not None:
            self._wanted = self._computed = None
            self._model.choose(base_of(key.document_id))
            self.place_wanted.emit(earlier)
        self._chosen_earlier = self._led_earlier
        self._chosen_before = self._chosen_in_viewer()
        if earlier is not None:
            self._show()
            return
        self._wanted, self._computed = key, key if key.line_id >= FIRST_LINE else None
        if self._slices.has(key) or self._computed is not None or self._figure(key) is not None:
            self._model.choose(base_of(key.document_id))
            self._follow()
            self._show()
            return
        if self._paper_place(key) is not None:
            self._model.choose(base_of(key.document_id))
            self._follow()
            return
        self._kept.choose(document_id, LineId(key.line_id))
        # Also where it is seen: what the list chooses is what `Ins` takes, from the active pane.
        self._model.choose(base_of(key.document_id))
        self._follow()

    def _earlier_changed(self) -> None:
        """One that was gone to may be a viewer's line now: it stays the chosen one."""
        key, keeper = self._led_earlier, self._keeper
        if key is not None and keeper is not None and self._earlier.get(key) is None:
            self._led_earlier = self._chosen_earlier = None
            name = self._earlier.name_of(key)
            line = keeper.line_of(name) if name is not None else None
            if line is not None:
                self._go_to(RowKey(line[0], line[2]))
        self._show()

    def _put(self, key: RowKey) -> None:
        """A press on a line's tick; the line was gone to just before."""
        if self._wanted is None:
            self.put_wanted.emit()

    def _follow(self) -> None:
        """To the wanted line, once its file is there."""
        if self._wanted is not None:
            self._open_of_disc(self._wanted)
        self._follow_on_paper()
        self._follow_on_frames()
        if self._wanted is not None and self._slices.go_to(self._wanted):
            self._wanted = None
        key = self._wanted
        measurements = self._kept.opened(DocumentId(key.document_id)) if key is not None else None
        if key is None or measurements is None:
            return
        self._wanted = None
        line = measurements.line(LineId(key.line_id))
        pane = next((x for x in self._panes if self._holds(x, key)), self._ecg)
        if line is not None:
            pane.show_place(self._placed(key, line.measured.place))

    def _open_of_disc(self, key: RowKey) -> None:
        """The file of a disc in which a line is, once the disc is open."""
        _, part = parts_of_shelf(key.document_id)
        for pane in self._panes if part else ():
            model = pane.model
            if model.disc is None or not model.holds(base_of(key.document_id)):
                continue
            number = model.disc.info.find(part)
            has_failed = model.item_error is not None and model.item_error[0] == number
            if number is None or has_failed:
                self._wanted = None
            elif model.item != number:
                model.open_item(number)
            return

    def _holds(self, pane: StudyPane, key: RowKey) -> bool:
        """Whether the file of a line is open in a pane."""
        is_open = pane.model.state is PaneState.READY
        return is_open and self._open_file(pane.model) == key.document_id

    @staticmethod
    def _placed(key: RowKey, place: Place) -> Place:
        """As a pane is asked for it: with the file of the disc."""
        _, part = parts_of_shelf(key.document_id)
        return structs.replace(place, part=part) if part else place

    def _files(self) -> list[FileShelf]:
        """All files of the case that were opened or measured."""
        return every_shelf(self._model)

    def _follow_on_paper(self) -> None:
        """The same for a picture of paper, in whatever pane it is."""
        key = self._wanted
        place = self._paper_place(key) if key is not None else None
        if key is None or place is None:
            return
        pane = next((one for one in self._panes if self._holds(one, key)), None)
        if pane is not None:
            self._wanted = None
            pane.show_place(self._placed(key, place))

    def _follow_on_frames(self) -> None:
        """The same for a figure upon a frame; of a computed value the figure it comes from."""
        key = self._wanted
        figure = self._figure(key) if key is not None else None
        if key is None or figure is None:
            return
        for pane in self._panes:
            if self._holds(pane, key) and pane.go_to_figure(figure.id):
                self._wanted = None
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

    def _computed_lines(self, files: Sequence[FileShelf]) -> ComputedLines:
        documents = [file.shown for file in files]
        is_adult = self._is_adult(files)
        return self._figure_rows.computed(
            self._figures, documents, self._sex(files), is_adult=is_adult
        )

    def _every_line(self) -> tuple[ComputedLine, ...]:
        return self._computed_lines(self._files()).every

    def _noted(self, lines: ComputedLines, shelves: Sequence[FileShelf]) -> frozenset[int]:
        """Numbers of the computed lines that stand in the conclusion."""
        findings, files = self._findings, {one.id: one for one in shelves}
        if findings is None:
            return frozenset()
        found = set()
        for line in lines.every:
            file, finding = files.get(line.document_id), line.finding
            if file is None or finding is None:
                continue
            placed = replace(finding, place=file.placed(finding.place))
            if findings.number_of(file.document, placed) is not None:
                found.add(line.number)
        return frozenset(found)

    def _sex(self, files: Sequence[FileShelf]) -> Sex | None:
        """Of an adult: the limits hold for nobody else."""
        row = self._model.row
        return row.patient.sex if row is not None and self._is_adult(files) else None

    def _is_adult(self, files: Sequence[FileShelf]) -> bool:
        """On the day of the examination."""
        row = self._model.row
        if row is None:
            return False
        days = [self._figures.of(one.id).taken_on for one in files]
        taken_on = max((day for day in days if day is not None), default=date.today())
        return is_adult(row.patient.birth_date, taken_on)

    def _paper_place(self, key: RowKey) -> PicturePlace | None:
        shelf = self._papers.of(DocumentId(key.document_id))
        return shelf.place(LineOf.of(key.line_id))

    def _confirm(self, key: RowKey) -> None:
        measurements = self._kept.opened(DocumentId(key.document_id))
        if measurements is not None:
            measurements.confirm(LineId(key.line_id))
