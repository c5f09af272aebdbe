"""Figures on slices as lines of the list of measurements, of open files and of closed ones."""

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from backend_client.models.common import DocumentId
from backend_client.models.documents import Document
from backend_client.models.evidence import Place
from workstation.core.findings import Finding
from workstation.studies.stack import StackInfo
from workstation.ui.screens.review.draft_findings import DraftFindings
from workstation.ui.screens.review.file_shelves import base_of, open_shelf
from workstation.ui.screens.review.pane_model import PaneState
from workstation.ui.screens.review.study_pane import StudyPane
from workstation.ui.viewers.measurement_rows import (
    Entry,
    MeasurementHeading,
    MeasurementRow,
    RowKey,
)
from workstation.ui.viewers.picture_marks import MARK
from workstation.ui.viewers.stack.figures import SliceFigure
from workstation.ui.viewers.stack.model import StackModel
from workstation.ui.viewers.stack.shelf import CaseSlices
from workstation.ui.viewers.stack.view import StackView
from workstation.ui.viewers.stack.words import StackWords


class SliceLines(QObject):
    """A heading for each slice with figures."""

    changed = Signal()

    def __init__(
        self,
        case: CaseSlices,
        panes: Sequence[StudyPane],
        findings: DraftFindings | None,
        parent: QObject,
        source: Callable[[Document, Place], Document] = lambda document, place: document,
    ) -> None:
        """`source`: the very file in which a place of a file is, where it came in several."""
        super().__init__(parent)
        self._source = source
        self._case, self._panes, self._findings = case, tuple(panes), findings
        self._words = StackWords(self)
        case.changed.connect(self.changed)

    def of(self, document: Document) -> list[Entry]:
        """The lines of a file."""
        shelf, found = self._case.of(document.id), list[Entry]()
        info = shelf.info
        figures = sorted(shelf.every, key=lambda one: one.index) if info is not None else []
        for place, one in enumerate(figures):
            assert info is not None  # or there were no figures
            if not place or figures[place - 1].index != one.index:
                found.append(MeasurementHeading(self._title(document, info, one.index)))
            found.append(self._row(document, info, one))
        return found

    def chosen(self, document_id: DocumentId) -> RowKey | None:
        """The chosen figure of that file."""
        number = self._case.of(document_id).chosen
        return RowKey(document_id, number) if number is not None else None

    def has(self, key: RowKey) -> bool:
        """Whether that line is a figure on a slice."""
        return self._case.of(DocumentId(key.document_id)).get(key.line_id) is not None

    def go_to(self, key: RowKey) -> bool:
        """Shows the figure's slice and chooses it; False while its file is not open."""
        one = self._case.of(DocumentId(key.document_id)).get(key.line_id)
        for view, model in self._opened(key.document_id):
            if one is not None:
                model.go_to(one.index)
                view.layer.figures.choose(one.number)
                return True
        return False

    def _row(self, document: Document, info: StackInfo, one: SliceFigure) -> MeasurementRow:
        slice_ = info.slices[one.index]
        text = self._words.finding(one, one.index, info)
        finding = Finding(text, one.place(slice_), one.origin)
        base = replace(document, id=base_of(document.id))
        stands = self._findings is not None and (
            self._findings.number_of(self._source(base, finding.place), finding) is not None
        )
        return MeasurementRow(
            RowKey(document.id, one.number),
            self._words.name(one.drawing.figure),
            self._words.figure(one, slice_)[0],
            text,
            MARK,
            stands,
        )

    def _title(self, document: Document, info: StackInfo, index: int) -> str:
        """By the slice's number in its series, as the picture says it."""
        series = info.series[info.series_of(index)]
        is_part = document.series_uid is not None
        title = (series.title if is_part else "") or document.title
        return self.tr("{}, slice {}").format(title, index - series.first + 1)

    def _opened(self, document_id: str) -> Iterator[tuple[StackView, StackModel]]:
        for pane in self._panes:
            viewer, document = pane.viewer, pane.model.document
            if pane.model.state is not PaneState.READY or document is None:
                continue
            if open_shelf(document, pane.model).id != document_id:
                continue
            if isinstance(viewer, StackView) and viewer.model is not None:
                yield viewer, viewer.model
