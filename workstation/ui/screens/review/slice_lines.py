"""Figures of the slices that are open, as lines of the list of measurements."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from backend_client.models.documents import Document
from backend_client.models.evidence import Figure, FramePlace, Origin
from workstation.core.findings import Finding
from workstation.ui.screens.review.draft_findings import DraftFindings
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
from workstation.ui.viewers.stack.view import StackView


class SliceLines(QObject):
    """A heading for each slice with figures. They go with their viewer's study."""

    changed = Signal()

    def __init__(
        self, panes: Sequence[StudyPane], findings: DraftFindings | None, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._panes, self._findings = tuple(panes), findings
        for pane in self._panes:
            pane.viewer_made.connect(self._listen)

    def of(self, document: Document) -> list[Entry]:
        """The lines of a file that is open; nothing of one that is closed."""
        found: list[Entry] = []
        for view, model in self._opened(document.id):
            figures = sorted(view.layer.figures.every, key=lambda one: one.index)
            for place, one in enumerate(figures):
                if not place or figures[place - 1].index != one.index:
                    found.append(MeasurementHeading(self._title(document, model, one.index)))
                found.append(self._row(document, view, model, one))
        return found

    def chosen(self, document_id: str) -> RowKey | None:
        """The chosen figure of that file."""
        for view, _ in self._opened(document_id):
            number = view.layer.figures.chosen
            if number is not None:
                return RowKey(document_id, number)
        return None

    def go_to(self, key: RowKey) -> bool:
        """Shows the figure's slice and chooses it; False where it is none of an open file."""
        for view, model in self._opened(key.document_id):
            one = view.layer.figures.get(key.line_id)
            if one is not None:
                model.go_to(one.index)
                view.layer.figures.choose(one.number)
                return True
        return False

    def _row(
        self, document: Document, view: StackView, model: StackModel, one: SliceFigure
    ) -> MeasurementRow:
        slice_ = model.info.slices[one.index]
        text = view.words.finding(one, one.index, model.info)
        drawing = one.drawing
        place = FramePlace(
            part=slice_.uid, frame=slice_.frame, figure=drawing.figure, points=drawing.points
        )
        finding = Finding(text, place, Origin.BY_HAND)
        stands = self._findings is not None and (
            self._findings.number_of(document, finding) is not None
        )
        return MeasurementRow(
            RowKey(document.id, one.number),
            self._label(drawing.figure),
            view.words.figure(one, slice_)[0],
            text,
            MARK,
            stands,
        )

    def _title(self, document: Document, model: StackModel, index: int) -> str:
        """By the slice's number in its series, as the picture says it."""
        first = model.info.series[model.info.series_of(index)].first
        return self.tr("{}, slice {}").format(document.title, index - first + 1)

    def _label(self, figure: Figure) -> str:
        return {
            Figure.LINE: self.tr("Distance"),
            Figure.ANGLE: self.tr("Angle"),
            Figure.ELLIPSE: self.tr("Ellipse"),
            Figure.RECTANGLE: self.tr("Rectangle"),
        }.get(figure, "")

    def _opened(self, document_id: str) -> Iterator[tuple[StackView, StackModel]]:
        for pane in self._panes:
            viewer, document = pane.viewer, pane.model.document
            is_open = pane.model.state is PaneState.READY and document is not None
            if not is_open or document is None or document.id != document_id:
                continue
            if isinstance(viewer, StackView) and viewer.model is not None:
                yield viewer, viewer.model

    def _listen(self, viewer: QWidget) -> None:
        if isinstance(viewer, StackView):
            viewer.layer.figures.changed.connect(self.changed)
