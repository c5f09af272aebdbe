"""Keeps QTc of the doctor's RR and QT in the list of measurements, as long as both stand there."""

from PySide6.QtCore import QObject

from workstation.studies.measure.ecg.caliper_qtc import corrected_lines, qt_and_rr
from workstation.studies.measure.ecg.measured import Measured, Quantity
from workstation.ui.viewers.ecg.measurements import EcgMeasurements, Line


class CaliperQtc(QObject):
    """Four lines, one for each formula; a line that the doctor removes stays away until RR or QT
    is another one. QTc of the median beat is not touched."""

    def __init__(self, measurements: EcgMeasurements, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._list = measurements
        self._made_of: tuple[Measured, Measured] | None = None
        self._is_writing = False
        measurements.changed.connect(self._look)

    def _look(self) -> None:
        if self._is_writing:
            return
        settled = [line.measured for line in self._list.lines if not line.is_proposed]
        pair = qt_and_rr(settled)
        if pair == self._made_of:
            return
        self._made_of = pair
        self._is_writing = True
        self._write(corrected_lines(*pair) if pair is not None else ())
        self._is_writing = False

    def _write(self, wanted: tuple[Measured, ...]) -> None:
        present = {line.measured.detail: line for line in self._own()}
        if present and {line.measured for line in present.values()} <= set(wanted):
            return  # they came back with their file, as the doctor left them
        for measured in wanted:
            line = present.pop(measured.detail, None)
            if line is None:
                self._list.add(measured, choose=False)
            elif line.measured != measured:
                self._list.replace(line.id, measured)
        for line in present.values():
            self._list.remove(line.id)

    def _own(self) -> list[Line]:
        lines = self._list.lines
        quantity = Quantity.QTC
        return [
            line
            for line in lines
            if line.measured.quantity is quantity and not line.measured.place.median_beat
        ]
