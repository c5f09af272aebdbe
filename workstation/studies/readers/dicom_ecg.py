"""ECGs in DICOM: 12-lead and general ECG waveform storage (PS3.3 A.34, C.10.9)."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Final

import numpy as np
import numpy.typing as npt
from pydicom.dataset import Dataset

from workstation.studies.ecg import EcgRecord, EcgRecording, RecordingKind, SampleUnit
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.readers.dicom_file import DicomFile
from workstation.studies.readers.dicom_text import person, text
from workstation.studies.readers.dicom_values import (
    day,
    integer,
    items,
    moment,
    number,
    sex,
    value,
)
from workstation.studies.readers.ecg_assembly import plausible_rate
from workstation.studies.readers.ecg_channels import SAMPLE_KINDS, leads_of, recorded_filter
from workstation.studies.readers.ecg_device import measurements, statements
from workstation.studies.readers.ecg_leads import derived, in_order
from workstation.studies.warnings import StudyWarning

_MOST_CHANNELS: Final = 256
_MOST_GROUPS: Final = 16


def read_ecg(file: DicomFile) -> EcgRecord:
    """The rhythm recording of a file, its leads in order.

    Raises:
        UnreadableFile: no usable waveform.
    """
    dataset = file.dataset
    groups = items(dataset, "WaveformSequence")
    group, several = _rhythm(groups, file.cut_off)
    rate = plausible_rate(number(group, "SamplingFrequency"))
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
        StudyWarning.OTHER_GROUPS_HIDDEN: several,
    }
    return EcgRecord(
        leads=in_order([*leads, *computed]),
        sampling_rate_hz=rate,
        patient_name=name.words,
        patient_birth_date=day(dataset, "PatientBirthDate"),
        patient_sex=sex(dataset),
        recorded_on=recorded[0],
        recorded_at=recorded_at,
        device_measurements=values,
        statements=statements(dataset),
        filter_note=recorded_filter(group),
        warnings=tuple(code for code, given in warnings.items() if given),
        source_format="DICOM",
        name=text(group, "MultiplexGroupLabel").words,
        kind=kind_of(group),
        others=tuple(_others(groups, group, file)),
    )


def kind_of(group: Dataset) -> RecordingKind:
    """A rhythm, or the beat that the device averaged."""
    median = "MEDIAN" in label_of(group)
    return RecordingKind.MEDIAN_BEAT if median else RecordingKind.RHYTHM


def _others(groups: list[Dataset], shown: Dataset, file: DicomFile) -> Iterator[EcgRecording]:
    """What else the file holds, as far as it can be shown."""
    for group in groups[:_MOST_GROUPS]:
        if group is shown:
            continue
        with suppress(UnreadableFile):
            rate = plausible_rate(number(group, "SamplingFrequency"))
            leads, _ = leads_of(group, _stored(group, file)[0], rate)
            name = text(group, "MultiplexGroupLabel").words
            yield EcgRecording(name, kind_of(group), in_order([*leads, *derived(leads)]), rate)


def _rhythm(groups: list[Dataset], cut_off: bool) -> tuple[Dataset, bool]:
    """The multiplex group to show, and whether others of its kind are left out.

    A group that is labelled RHYTHM, else the longest original one: a median beat is short.
    """
    usable = [group for group in groups if integer(group, "NumberOfWaveformChannels") != 0]
    if not usable:
        raise UnreadableFile(Unreadable.TRUNCATED if cut_off else Unreadable.NO_PICTURE)
    rhythms = [group for group in usable if "RHYTHM" in label_of(group)]
    candidates = rhythms or [group for group in usable if "MEDIAN" not in label_of(group)] or usable
    chosen = max(candidates, key=_extent)
    if cut_off and not _extent(chosen):  # whatever else is missing is missing for that
        raise UnreadableFile(Unreadable.TRUNCATED)
    return chosen, len(candidates) > 1


def label_of(group: Dataset) -> str:
    """What the file calls the group, in capitals."""
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
    channels = channel_count(group)
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


def channel_count(group: Dataset) -> int:
    """Channels of a group. Raises `UnreadableFile`: none, or absurdly many."""
    channels = integer(group, "NumberOfWaveformChannels")
    if channels is None:
        channels = len(items(group, "ChannelDefinitionSequence"))
    if not 0 < channels <= _MOST_CHANNELS:
        raise UnreadableFile(Unreadable.DAMAGED)
    return channels
