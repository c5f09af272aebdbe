"""Channels of a DICOM waveform (PS3.3 C.10.9): which lead, which scale, which filter."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from pydicom.dataset import Dataset

from workstation.studies.ecg import EcgLead, RecordedFilter
from workstation.studies.readers import ecg_samples
from workstation.studies.readers.dicom_text import text
from workstation.studies.readers.dicom_values import first_item, integer, items, number, value
from workstation.studies.readers.ecg_assembly import plausible_filter
from workstation.studies.readers.ecg_leads import distinct, lead_name

SAMPLE_KINDS: Final = {"SB": "i1", "UB": "u1", "SS": "i2", "US": "u2", "SL": "i4", "UL": "u4"}
"""Waveform Sample Interpretation (C.10.9.1.5) that are plain numbers."""


@dataclass(frozen=True, slots=True)
class Channel:
    """What the file says about one channel."""

    name: str
    known: bool
    scale: ecg_samples.Calibration | None


def leads_of(
    group: Dataset, stored: npt.NDArray[np.generic], rate: float
) -> tuple[list[EcgLead], bool]:
    """The leads in the file's order, and whether all their names are known."""
    channels = channels_of(group, stored.shape[1])
    gaps = ecg_samples.gaps(stored, padding_of(group), [one.scale for one in channels], rate)
    leads = []
    for place, name in enumerate(distinct([channel.name for channel in channels])):
        leads.append(_lead(name, stored[:, place], channels[place].scale, gaps[place]))
    return leads, all(channel.known for channel in channels)


def _lead(
    name: str,
    stored: npt.NDArray[np.generic],
    scale: ecg_samples.Calibration | None,
    gaps: tuple[tuple[int, int], ...],
) -> EcgLead:
    kept = stored.copy()
    for start, stop in gaps:
        kept[start:stop] = 0
    samples, unit = ecg_samples.scaled(kept, scale)
    for start, stop in gaps:
        samples[start:stop] = 0
    samples.flags.writeable = False
    return EcgLead(name, samples, unit, gaps=gaps)


def channels_of(group: Dataset, count: int) -> list[Channel]:
    """The channels of a multiplex group, in the file's order."""
    definitions = items(group, "ChannelDefinitionSequence")[:count]
    definitions += [Dataset()] * (count - len(definitions))
    return [_channel(definition, place) for place, definition in enumerate(definitions, start=1)]


def _channel(definition: Dataset, place: int) -> Channel:
    source = first_item(definition, "ChannelSourceSequence")
    meaning = text(source, "CodeMeaning").words
    name = lead_name(text(source, "CodeValue").words, meaning)
    scale = ecg_samples.calibration(
        number(definition, "ChannelSensitivity"),
        _given(definition, "ChannelSensitivityCorrectionFactor", otherwise=1.0),
        _given(definition, "ChannelBaseline", otherwise=0.0),
        text(first_item(definition, "ChannelSensitivityUnitsSequence"), "CodeValue").words,
    )
    label = meaning or text(definition, "ChannelLabel").words or f"? {place}"
    return Channel(name or label, name is not None, scale)


def _given(definition: Dataset, keyword: str, *, otherwise: float) -> float | None:
    """The number; `otherwise` where the file leaves it out, None where it writes nonsense."""
    element = definition.get_item(keyword) if keyword in definition else None
    return number(definition, keyword) if element is not None and element.value else otherwise


def padding_of(group: Dataset) -> int | None:
    """Waveform Padding Value (5400,100A): as many bytes as a sample."""
    data = value(group, "WaveformPaddingValue")
    kind = SAMPLE_KINDS.get(str(value(group, "WaveformSampleInterpretation")))
    if isinstance(data, bytes) and kind is not None and len(data) >= int(kind[1]):
        return int(np.frombuffer(data, np.dtype("<" + kind), 1)[0])
    return integer(group, "WaveformPaddingValue")


def recorded_filter(group: Dataset) -> RecordedFilter | None:
    """The filter of the recording, where all channels agree on it."""
    found = {_channel_filter(one) for one in items(group, "ChannelDefinitionSequence")}
    same = found.pop() if len(found) == 1 else (None, None, None)
    return plausible_filter(RecordedFilter(*same))


def _channel_filter(definition: Dataset) -> tuple[float | None, float | None, float | None]:
    low = number(definition, "FilterLowFrequency")
    high = number(definition, "FilterHighFrequency")
    notch = number(definition, "NotchFilterFrequency")
    return low, high or None, notch or None
