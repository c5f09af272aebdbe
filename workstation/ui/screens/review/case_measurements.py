"""What was measured in the open case, by file: kept while the case is open, and no longer."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from backend_client.models.common import DocumentId
from workstation.studies.measure.ecg.measured import Measured
from workstation.ui.viewers.ecg.measurements import EcgMeasurements, KeptLines, Line, LineId


class CaseMeasurements(QObject):
    """The lists of the files that were measured. An open file's list writes here by itself."""

    changed = Signal()
    """Some file's list is another one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: dict[DocumentId, KeptLines] = {}
        self._open: dict[EcgMeasurements, tuple[DocumentId, Callable[[], None]]] = {}

    def of(self, document_id: DocumentId) -> KeptLines:
        """The file's list; an empty one where nothing was measured."""
        return self._kept.get(document_id, KeptLines())

    @property
    def ids(self) -> tuple[DocumentId, ...]:
        """Of the files that were measured; a file of a disc has an id of its own."""
        return tuple(self._kept)

    def attach(self, document_id: DocumentId, measurements: EcgMeasurements) -> None:
        """The file is open: its list is there again, and is kept as it changes."""
        self.detach(measurements)
        measurements.restore(self.of(document_id))
        listen = partial(self._hear, measurements)
        self._open[measurements] = (document_id, listen)
        measurements.changed.connect(listen)

    def detach(self, measurements: EcgMeasurements) -> None:
        """The file is closed: what the viewer clears now stays kept."""
        opened = self._open.pop(measurements, None)
        if opened is not None:
            measurements.changed.disconnect(opened[1])

    def opened(self, document_id: DocumentId) -> EcgMeasurements | None:
        """The list of the file in its viewer; None while it is closed."""
        return next((one for one, (doc, _) in self._open.items() if doc == document_id), None)

    def choose(self, document_id: DocumentId, line_id: LineId) -> None:
        """Chooses a line, also of a file that is not open yet."""
        measurements = self.opened(document_id)
        if measurements is not None:
            measurements.choose(line_id)
        elif document_id in self._kept:
            self._keep(document_id, replace(self._kept[document_id], chosen=line_id))

    def note(self, document_id: DocumentId, line_id: LineId, *, is_noted: bool) -> None:
        """Whether a line as it stands is in the conclusion, also of a file that is closed."""
        measurements = self.opened(document_id)
        if measurements is not None:
            measurements.note(line_id, is_noted=is_noted)
        elif document_id in self._kept:
            kept = self._kept[document_id]
            lines = (replace(x, is_noted=is_noted) if x.id == line_id else x for x in kept.lines)
            self._keep(document_id, replace(kept, lines=tuple(lines)))

    def bring_back(
        self,
        document_id: DocumentId,
        measured: Sequence[Measured],
        may_change: Callable[[], bool] | None = None,
    ) -> list[LineId]:
        """Lines that were kept with the request, behind what is there; also of a closed file. All
        at once: what is computed of them is among them already. See `Line.may_change`."""
        opened, kept = self.opened(document_id), self.of(document_id)
        first = kept.following
        lines = [
            Line(LineId(number), one, may_change=may_change)
            for number, one in enumerate(measured, first)
        ]
        whole = replace(kept, lines=(*kept.lines, *lines), following=first + len(lines))
        if opened is not None:
            opened.restore(whole)
        else:
            self._keep(document_id, whole)
        return [line.id for line in lines]

    def forget(self) -> None:
        """The case is left: nothing of it may stand beside another patient's files."""
        for measurements in list(self._open):
            self.detach(measurements)
            measurements.clear()
        self._kept = {}
        self.changed.emit()

    def _hear(self, measurements: EcgMeasurements) -> None:
        self._keep(self._open[measurements][0], measurements.kept)

    def _keep(self, document_id: DocumentId, kept: KeptLines) -> None:
        self._kept[document_id] = kept
        self.changed.emit()
