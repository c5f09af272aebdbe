"""Where the measurements of a pane's open file are kept while the case is open."""

from dataclasses import dataclass

from backend_client.models.common import DocumentId
from workstation.ui.screens.review.case_measurements import CaseMeasurements
from workstation.ui.screens.review.of_disc import shelf_id
from workstation.ui.screens.review.pane_model import PaneModel
from workstation.ui.viewers.ecg.measurements import EcgMeasurements
from workstation.ui.viewers.figures.shelf import CaseFigures, FigureShelf
from workstation.ui.viewers.paper_ecg.shelf import CasePapers, PaperShelf
from workstation.ui.viewers.stack.figures import SliceFigures
from workstation.ui.viewers.stack.shelf import CaseSlices


@dataclass(frozen=True, slots=True)
class PaneShelves:
    """Of the case, or of none: then nothing is kept."""

    model: PaneModel
    measured: CaseMeasurements | None = None
    papers: CasePapers | None = None
    figures: CaseFigures | None = None
    slices: CaseSlices | None = None

    @property
    def frame_figures(self) -> FigureShelf | None:
        """For figures on the open file's frames."""
        found = self._id
        return self.figures.of(found) if self.figures is not None and found is not None else None

    @property
    def paper(self) -> PaperShelf | None:
        """For marks on the open file."""
        found = self._id
        return self.papers.of(found) if self.papers is not None and found is not None else None

    @property
    def slice_figures(self) -> SliceFigures | None:
        """For figures on the open file's slices."""
        found = self._id
        return self.slices.of(found) if self.slices is not None and found is not None else None

    def attach(self, measurements: EcgMeasurements) -> None:
        """The list of the open ECG is there again, and is kept as it changes."""
        found = self._id
        if self.measured is not None and found is not None:
            self.measured.attach(found, measurements)

    def detach(self, measurements: EcgMeasurements) -> None:
        """The file is closed: what the viewer clears now stays kept."""
        if self.measured is not None:
            self.measured.detach(measurements)

    @property
    def _id(self) -> DocumentId | None:
        document = self.model.document
        return shelf_id(document, self.model) if document is not None else None
