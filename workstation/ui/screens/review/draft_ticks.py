"""The ticks in the list of measurements: what of it stands in the conclusion, as it is there."""

from dataclasses import replace

from PySide6.QtCore import QObject

from backend_client.models.evidence import Origin
from workstation.core.findings import Finding
from workstation.ui.screens.review.draft_findings import DraftFindings
from workstation.ui.screens.review.file_shelves import FileShelf, every_shelf
from workstation.ui.screens.review.view_model import ReviewViewModel
from workstation.ui.viewers.ecg.measured_words import MeasuredWords
from workstation.ui.viewers.figures.words import FigureWords
from workstation.ui.viewers.paper_ecg.shelf import LineOf
from workstation.ui.viewers.paper_ecg.words import PaperWords


class DraftTicks(QObject):
    """Follows the draft and the lists: a line that was moved is not what was put in."""

    def __init__(self, model: ReviewViewModel, findings: DraftFindings, parent: QObject) -> None:
        super().__init__(parent)
        self._model, self._findings = model, findings
        self._words, self._paper_words = MeasuredWords(self), PaperWords(self)
        self._figure_words = FigureWords(self)
        for source in (findings, model.measurements, model.papers, model.figures):
            source.changed.connect(self._look)

    def _look(self) -> None:
        for shelf in every_shelf(self._model):
            self._look_at_trace(shelf)
            self._look_at_paper(shelf)
            self._look_at_figures(shelf)

    def _look_at_trace(self, file: FileShelf) -> None:
        """Open or closed: what was taken out of the draft has no tick in any list."""
        measurements = self._model.measurements
        for line in measurements.of(file.id).lines:
            measured = line.measured
            finding = Finding(self._words.finding(measured), measured.place, measured.origin)
            stands = not line.is_proposed and self._stands(file, finding)
            if line.is_noted != stands:
                measurements.note(file.id, line.id, is_noted=stands)

    def _look_at_paper(self, file: FileShelf) -> None:
        shelf = self._model.papers.of(file.id)
        for page, paper in shelf.pages:
            for caliper in paper.calipers:
                line = LineOf(page, caliper.id)
                place = shelf.place(line)
                if place is None:
                    continue
                text = self._paper_words.finding(paper, caliper)
                stands = self._stands(file, Finding(text, place, Origin.HAND_CALIBRATED))
                if caliper.is_noted != stands:
                    shelf.note(line, is_noted=stands)

    def _look_at_figures(self, file: FileShelf) -> None:
        shelf = self._model.figures.of(file.id)
        for one in shelf.figures:
            finding = Finding(self._figure_words.finding(one), one.place, one.origin)
            stands = self._stands(file, finding)
            if one.is_noted != stands:
                shelf.note(one.id, is_noted=stands)

    def _stands(self, file: FileShelf, finding: Finding) -> bool:
        placed = replace(finding, place=file.placed(finding.place))
        return self._findings.number_of(file.document, placed) is not None
