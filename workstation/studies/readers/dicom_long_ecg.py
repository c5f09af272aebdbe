"""Long ECGs in DICOM (ambulatory, PS3.3 A.34.5): seen in the file where they are 16 bits wide with
a sign, else unfolded to that."""

from typing import Final

import numpy as np
import numpy.typing as npt
from pydicom.dataset import Dataset

from workstation.studies.ecg import RecordingKind
from workstation.studies.errors import UnreadableFile
from workstation.studies.readers.dicom_ecg import channel_count, kind_of, label_of
from workstation.studies.readers.dicom_file import DicomWaveforms, read_in_place
from workstation.studies.readers.dicom_text import person, text
from workstation.studies.readers.dicom_values import day, integer, items, moment, number, sex, value
from workstation.studies.readers.ecg_assembly import check_size, plausible_rate
from workstation.studies.readers.ecg_channels import (
    SAMPLE_KINDS,
    channels_of,
    padding_of,
    recorded_filter,
)
from workstation.studies.readers.ecg_device import measurements, statements
from workstation.studies.readers.ecg_parts import FoundFacts, FoundLead, FoundRecording, Gaps
from workstation.studies.readers.ecg_samples import off_scale
from workstation.studies.readers.long_record import (
    MOST_VIEWED,
    LongFound,
    LongFrom,
    PackedEcg,
    held,
)
from workstation.studies.readers.narrowed import long_or_packed
from workstation.studies.warnings import StudyWarning

Numbers = npt.NDArray[np.generic]
_SILENT_S: Final = 0.04
"""As of short recordings: so long must all leads hold the padding value up to an end."""
_PIECE: Final = 1 << 16
_MOST_GROUPS: Final = 16


def read_long(data: memoryview, long_from: LongFrom) -> LongFound | PackedEcg | None:
    """The longest rhythm of a file, where it is a long one; None: read the file as any other.

    Raises:
        UnreadableFile: the rhythm is long and cannot be shown.
    """
    opened = read_in_place(data)
    return None if opened is None else long_of(opened, long_from)


def long_of(opened: DicomWaveforms, long_from: LongFrom) -> LongFound | PackedEcg | None:
    """The same of a file that was taken apart."""
    found = [
        (group, stored)
        for group, samples in zip(_groups(opened), opened.samples, strict=True)
        if (stored := _stored(group, samples, opened)) is not None
    ]
    rhythms = [one for one in found if kind_of(one[0]) is RecordingKind.RHYTHM]
    if not rhythms:
        return None
    group, stored = max(rhythms, key=lambda one: ("RHYTHM" in label_of(one[0]), one[1].size))
    rate = number(group, "SamplingFrequency")
    if not rate or not long_from.holds(stored.shape[1], len(stored), plausible_rate(rate)):
        return None
    return _long(opened, group, stored, rate, len(found) - 1)


def _groups(opened: DicomWaveforms) -> list[Dataset]:
    return items(opened.file.dataset, "WaveformSequence")


def _stored(group: Dataset, samples: memoryview | None, opened: DicomWaveforms) -> Numbers | None:
    """Samples x channels, as far as they are there; None where they are not plain numbers."""
    kind = SAMPLE_KINDS.get(str(value(group, "WaveformSampleInterpretation")))
    bits = integer(group, "WaveformBitsAllocated")
    if samples is None or kind is None or (bits is not None and bits != 8 * int(kind[1])):
        return None
    try:
        channels = channel_count(group)
    except UnreadableFile:
        return None
    there = len(samples) // (channels * int(kind[1]))
    count = min(there, integer(group, "NumberOfWaveformSamples") or there)
    if count <= 0:
        return None
    order = "<" if opened.file.syntax.is_little_endian else ">"
    return np.frombuffer(samples, order + kind, count * channels).reshape(count, channels)


def _long(
    opened: DicomWaveforms, group: Dataset, stored: Numbers, rate: float, others: int
) -> LongFound | PackedEcg:
    check_size(1, stored.size, MOST_VIEWED)
    facts = _facts(opened.file.dataset, group)
    if len(stored) < (integer(group, "NumberOfWaveformSamples") or 0):
        facts.warnings.add(StudyWarning.SAMPLES_MISSING)
    lowest = -1 << (8 * stored.dtype.itemsize - 1) if stored.dtype.kind == "i" else None
    leads = _leads(group, stored, rate, lowest)
    name = text(group, "MultiplexGroupLabel").words
    return long_or_packed(FoundRecording(leads, rate, name), facts, others)


def _leads(
    group: Dataset, numbers: Numbers, rate: float, lowest: int | None
) -> tuple[FoundLead, ...]:
    padding = padding_of(group)
    ends = _silent_ends(numbers, padding, int(_SILENT_S * rate))
    leads = []
    for place, channel in enumerate(channels_of(group, numbers.shape[1])):
        own = numbers[:, place]
        marks = {one for one in (padding, lowest) if one is not None}
        beyond = [mark for mark in marks if off_scale(mark, channel.scale)]
        gaps = (*ends, *(gap for mark in beyond for gap in held(own, mark)))
        known = channel.name if channel.known else None
        leads.append(FoundLead(channel.name, known, own, channel.scale, gaps))
    return tuple(leads)


def _silent_ends(numbers: Numbers, padding: int | None, shortest: int) -> Gaps:
    """Where all channels hold the padding value up to an end, for long enough."""
    if padding is None:
        return ()
    first = _held_for(numbers, padding)
    last = _held_for(numbers[::-1], padding)
    count = len(numbers)
    ends = [(0, first), (count - last, count)]
    return tuple(one for one in ends if one[1] - one[0] >= max(1, shortest))


def _held_for(numbers: Numbers, padding: int) -> int:
    """Samples from the first on in which all channels are the padding value."""
    for begin in range(0, len(numbers), _PIECE):
        others = np.flatnonzero(np.any(numbers[begin : begin + _PIECE] != padding, axis=1))
        if len(others):
            return begin + int(others[0])
    return len(numbers)


def _facts(dataset: Dataset, group: Dataset) -> FoundFacts:
    facts = FoundFacts("DICOM", person(dataset, "PatientName"), day(dataset, "PatientBirthDate"))
    facts.sex = sex(dataset)
    facts.recorded_on, facts.recorded_at = moment(dataset, "Acquisition", "Content", "Study")
    facts.measurements, unit_ignored = measurements(dataset)
    facts.statements = statements(dataset)
    facts.filter_note = recorded_filter(group)
    if unit_ignored:
        facts.warnings.add(StudyWarning.DEVICE_UNIT_IGNORED)
    return facts
