"""ECGs in DICOM: 12-lead and general ECG waveform storage (PS3.3 A.34, C.10.9)."""

from typing import Final

import numpy as np
import numpy.typing as npt
from pydicom.dataset import Dataset

from workstation.studies.ecg import EcgRecord, SampleUnit
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.readers.dicom_file import DicomFile
from workstation.studies.readers.dicom_text import person, text
from workstation.studies.readers.dicom_values import (
    day,
    integer,
    items,
    moment,
    number,
    value,
)
from workstation.studies.readers.ecg_channels import SAMPLE_KINDS, leads_of, recorded_filter
from workstation.studies.readers.ecg_device import measurements, statements
from workstation.studies.readers.ecg_leads import derived, in_order
from workstation.studies.warnings import StudyWarning

_MOST_CHANNELS: Final = 256
_FASTEST_HZ: Final = 1e6


def read_ecg(file: DicomFile) -> EcgRecord:
    """The rhythm recording of a file, its leads in order.

    Raises:
        UnreadableFile: no usable waveform.
    """
    dataset = file.dataset
    group, others = _rhythm(items(dataset, "WaveformSequence"), file.cut_off)
    rate = number(group, "SamplingFrequency")
    if rate is None or not 0 < rate <= _FASTEST_HZ:
        raise UnreadableFile(Unreadable.NO_TIME_SCALE)
    stored, complete = _stored(group, file)
    leads, names_known = leads_of(group, stored, rate)
    computed = derived(leads)
    values, unit_ignored = measurements(dataset)
    name = person(dataset, "PatientName")
    _, recorded_at = recorded = moment(dataset, "Acquisition", "Content", "Study")
    warnings = {
        StudyWarning.NAME_CHARSET_GUESSED: name.guessed,
        StudyWarning.NO_CALIBRATION: any(lead.unit is not SampleUnit.MILLIVOLT for lead in leads),
        StudyWarning.SAMPLES_MISSING: not complete,
        StudyWarning.LEADS_DERIVED: bool(computed),
        StudyWarning.LEAD_NAME_UNKNOWN: not names_known,
        StudyWarning.DEVICE_UNIT_IGNORED: unit_ignored,
        StudyWarning.OTHER_GROUPS_HIDDEN: others,
    }
    return EcgRecord(
        leads=in_order([*leads, *computed]),
        sampling_rate_hz=rate,
        patient_name=name.words,
        patient_birth_date=day(dataset, "PatientBirthDate"),
        recorded_on=recorded[0],
        recorded_at=recorded_at,
        device_measurements=values,
        statements=statements(dataset),
        filter_note=recorded_filter(group),
        warnings=tuple(code for code, given in warnings.items() if given),
        source_format="DICOM",
    )


def _rhythm(groups: list[Dataset], cut_off: bool) -> tuple[Dataset, bool]:
    """The multiplex group to show, and whether others of its kind are left out.

    A group that is labelled RHYTHM, else the longest original one: a median beat is short.
    """
    usable = [group for group in groups if integer(group, "NumberOfWaveformChannels") != 0]
    if not usable:
        raise UnreadableFile(Unreadable.TRUNCATED if cut_off else Unreadable.NO_PICTURE)
    rhythms = [group for group in usable if "RHYTHM" in _label(group)]
    candidates = rhythms or [group for group in usable if "MEDIAN" not in _label(group)] or usable
    chosen = max(candidates, key=_extent)
    return chosen, len(candidates) > 1


def _label(group: Dataset) -> str:
    return text(group, "MultiplexGroupLabel").words.upper()


def _extent(group: Dataset) -> int:
    data = value(group, "WaveformData")
    return len(data) if isinstance(data, bytes) else 0


def _stored(group: Dataset, file: DicomFile) -> tuple[npt.NDArray[np.generic], bool]:
    """Stored numbers, samples x channels, and whether all that are announced are there."""
    kind = SAMPLE_KINDS.get(str(value(group, "WaveformSampleInterpretation")))
    bits = integer(group, "WaveformBitsAllocated")
    if kind is None or (bits is not None and bits != 8 * int(kind[1])):
        detail = text(group, "WaveformSampleInterpretation").words
        raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, f"waveform {detail[:2]} {bits}")
    data = value(group, "WaveformData")
    channels = _channel_count(group)
    width = channels * int(kind[1])
    there = len(data) // width if isinstance(data, bytes) else 0
    announced = integer(group, "NumberOfWaveformSamples") or there
    count = min(there, announced)
    if not isinstance(data, bytes) or count <= 0:
        raise UnreadableFile(Unreadable.TRUNCATED)
    order = "<" if file.syntax.is_little_endian else ">"
    numbers = np.frombuffer(data, np.dtype(order + kind), count * channels)
    native = numbers.reshape(count, channels).astype(numbers.dtype.newbyteorder("="), copy=False)
    return native, count == announced


def _channel_count(group: Dataset) -> int:
    channels = integer(group, "NumberOfWaveformChannels")
    if channels is None:
        channels = len(items(group, "ChannelDefinitionSequence"))
    if not 0 < channels <= _MOST_CHANNELS:
        raise UnreadableFile(Unreadable.DAMAGED)
    return channels
