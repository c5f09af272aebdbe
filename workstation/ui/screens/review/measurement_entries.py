"""The measurements of a case as lines of the list, grouped by file."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject

from backend_client.models.documents import Document
from workstation.studies.measure.ecg.caliper_qtc import corrected, qt_and_rr, rr_varies
from workstation.studies.measure.ecg.measured import Measured, Quantity
from workstation.ui.viewers.ecg.beat.words import BeatWords
from workstation.ui.viewers.ecg.caliper_dress import color_of
from workstation.ui.viewers.ecg.measured_words import MeasuredWords
from workstation.ui.viewers.ecg.measurements import KeptLines, Line
from workstation.ui.viewers.measurement_rows import (
    Entry,
    MeasurementHeading,
    MeasurementRow,
    RowKey,
)


class MeasurementEntries(QObject):
    """Puts measurements into words. A lead that all lines of a file share stands in its heading."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = MeasuredWords(self)
        self._beat_words = BeatWords(self)

    def of_ecg(self, document: Document, kept: KeptLines) -> list[Entry]:
        """A file's heading and lines; nothing where nothing was measured."""
        if not kept.lines:
            return []
        leads = {line.measured.place.lead for line in kept.lines}
        shared = next(iter(leads)) if len(leads) == 1 else ""
        title = self.tr("{}, lead {}").format(document.title, shared) if shared else document.title
        return [MeasurementHeading(title), *self._rows(document, kept.lines, shared)]

    def _rows(
        self, document: Document, lines: Sequence[Line], shared: str
    ) -> Iterable[MeasurementRow]:
        for line in lines:
            measured = line.measured
            lead = measured.place.lead
            label = self._words.short_label(measured)
            yield MeasurementRow(
                RowKey(document.id, line.id),
                f"{label}, {lead}" if lead and not shared else label,
                self._words.value(measured),
                self._words.finding(measured),
                "" if _stands_nowhere(measured) else color_of(line.id),
                line.is_noted,
                line.is_proposed,
                self._warning(measured, lines),
            )

    def _warning(self, measured: Measured, lines: Sequence[Line]) -> str:
        """Where a formula of QTc misleads at the rate by which it was made, or RR varies."""
        if measured.quantity is not Quantity.QTC:
            return ""
        every = [line.measured for line in lines]
        if not measured.place.median_beat and rr_varies(every, measured.place.recording):
            return self._beat_words.one_rr_of_many()
        pair = _of_beat(lines) if measured.place.median_beat else _of_calipers(lines)
        for one in corrected(*pair) if pair is not None else ():
            remark = self._beat_words.trust(one)
            if one.formula.value == measured.detail and remark.warn:
                return remark.text
        return ""


def _of_calipers(lines: Sequence[Line]) -> tuple[Measured, Measured] | None:
    return qt_and_rr([line.measured for line in lines if not line.is_proposed])


def _of_beat(lines: Sequence[Line]) -> tuple[Measured, Measured] | None:
    """QT of the median beat, and RR of all leads together."""
    every = [line.measured for line in lines]
    qts = [one for one in every if one.quantity is Quantity.QT and one.place.median_beat]
    rrs = [one for one in every if one.quantity is Quantity.RR and not one.place.lead]
    return (qts[-1], rrs[-1]) if qts and rrs else None


def _stands_nowhere(measured: Measured) -> bool:
    """Whether it has no caliper on the trace."""
    is_derived = measured.quantity is Quantity.QTC
    return is_derived or measured.place.median_beat or not measured.place.lead
