"""What the device itself found on the trace: Waveform Annotation Sequence (PS3.3 C.10.10)."""

import re
from collections.abc import Iterator
from typing import Final

from pydicom.dataset import Dataset

from workstation.studies.ecg import DeviceMeasurement, DeviceQuantity
from workstation.studies.readers.dicom_text import text
from workstation.studies.readers.dicom_values import first_item, items, number, numbers
from workstation.studies.readers.ecg_values import LARGEST_MS

_BY_CODE: Final = {
    # SCP-ECG, as two vendors write it
    "5.10.2.1-3": DeviceQuantity.RR,
    "5.10.2.1-5": DeviceQuantity.PP,
    "5.13.5-7": DeviceQuantity.PR,
    "5.13.5-9": DeviceQuantity.QRS,
    "5.13.5-11": DeviceQuantity.QT,
    "5.10.2.5-5": DeviceQuantity.QTC,
    "5.10.3-11": DeviceQuantity.P_AXIS,
    "5.10.3-13": DeviceQuantity.QRS_AXIS,
    "5.10.3-15": DeviceQuantity.T_AXIS,
    # ISO/IEEE 11073-10102, DICOM CID 3227, 3228, 3229
    "2:16016": DeviceQuantity.HEART_RATE,
    "2:16168": DeviceQuantity.RR,
    "2:16184": DeviceQuantity.P_DURATION,
    "2:15872": DeviceQuantity.PR,
    "2:16156": DeviceQuantity.QRS,
    "2:16160": DeviceQuantity.QT,
    "2:15876": DeviceQuantity.QTC,
    "2:16128": DeviceQuantity.P_AXIS,
    "2:16132": DeviceQuantity.QRS_AXIS,
    "2:16136": DeviceQuantity.T_AXIS,
}
_BY_MEANING: Final = (
    (re.compile(r"(?i)^(heart|ventricular) rate"), DeviceQuantity.HEART_RATE),
    (re.compile(r"(?i)^R-?R (interval|duration)"), DeviceQuantity.RR),
    (re.compile(r"(?i)^P-?P (interval|duration)"), DeviceQuantity.PP),
    (re.compile(r"(?i)^P-?(R|Q) (interval|duration)"), DeviceQuantity.PR),
    (re.compile(r"(?i)^P duration"), DeviceQuantity.P_DURATION),
    (re.compile(r"(?i)^QRS (interval|duration)"), DeviceQuantity.QRS),
    (re.compile(r"(?i)^QT (interval|duration)"), DeviceQuantity.QT),
    (re.compile(r"(?i)^QTc\b"), DeviceQuantity.QTC),
    (re.compile(r"(?i)^P(-wave)? axis"), DeviceQuantity.P_AXIS),
    (re.compile(r"(?i)^(QRS|R)(-wave)? axis"), DeviceQuantity.QRS_AXIS),
    (re.compile(r"(?i)^T(-wave)? axis"), DeviceQuantity.T_AXIS),
)
_AXES: Final = (DeviceQuantity.P_AXIS, DeviceQuantity.QRS_AXIS, DeviceQuantity.T_AXIS)
_DEGREES: Final = ("deg", "degree", "degrees", "°")
_MOST: Final = 500


def statements(dataset: Dataset) -> tuple[str, ...]:
    """The device's sentences, in the file's order."""
    found = (text(note, "UnformattedTextValue").words for note in _notes(dataset))
    return tuple(words for words in found if words)


def measurements(dataset: Dataset) -> tuple[tuple[DeviceMeasurement, ...], bool]:
    """The device's values, and whether a unit was ignored because the quantity cannot have it.

    Devices write 0 or 65535 for "not measured" (an interval in ms) and large numbers for "no
    axis": such values are unknown, and left out.
    """
    found = []
    unit_ignored = False
    for note in _notes(dataset):
        measured = _measurement(note)
        if measured is None:
            continue
        if measured.quantity in _AXES and measured.unit not in _DEGREES:
            unit_ignored |= bool(measured.unit)
            measured = DeviceMeasurement(measured.quantity, measured.name, measured.value, "deg")
        found.append(measured)
    return tuple(found), unit_ignored


def _notes(dataset: Dataset) -> Iterator[Dataset]:
    yield from items(dataset, "WaveformAnnotationSequence")[:_MOST]


def _measurement(note: Dataset) -> DeviceMeasurement | None:
    single = numbers(note, "NumericValue")
    if single is None or len(single) != 1:
        return None
    concept = first_item(note, "ConceptNameCodeSequence")
    name = text(concept, "CodeMeaning").words
    quantity = _quantity(text(concept, "CodeValue").words, name)
    unit = text(first_item(note, "MeasurementUnitsCodeSequence"), "CodeValue").words
    value = number(note, "NumericValue")
    if value is None or not name or not _measured(quantity, value):
        return None
    return DeviceMeasurement(quantity, name, value, unit)


def _quantity(code: str, meaning: str) -> DeviceQuantity:
    known = _BY_CODE.get(code)
    if known:
        return known
    worded = (quantity for pattern, quantity in _BY_MEANING if pattern.match(meaning))
    return next(worded, DeviceQuantity.OTHER)


def _measured(quantity: DeviceQuantity, value: float) -> bool:
    if quantity is DeviceQuantity.OTHER:
        return True
    if quantity in _AXES:
        return abs(value) <= 360
    return 0 < value <= LARGEST_MS
