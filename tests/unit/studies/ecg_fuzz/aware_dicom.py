"""DICOM: sensitivities, units, rates, names, counts, nested and repeated sequences."""

import random
import struct
from collections.abc import Callable
from functools import cache
from typing import Final

from pydicom.datadict import tag_for_keyword
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset
from pydicom.uid import (
    UID,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
)

from tests.unit.studies import dicom_factory as make
from tests.unit.studies.ecg_fuzz.absurd import (
    COUNTS,
    HTML,
    NO_NUMBERS,
    NO_VOLTAGES,
    Maker,
    one_raw,
    same,
)
from tests.unit.studies.ecg_fuzz.cases import Case, Fate


def _dicom(change: Callable[[Dataset], None], syntax: UID = ExplicitVRLittleEndian) -> bytes:
    dataset = make.ecg([make.waveform(COUNTS)])
    change(dataset)
    return make.written(dataset, syntax)


@cache
def _sound_dicom() -> bytes:
    return _dicom(lambda dataset: None)


def _elements(dataset: Dataset, keyword: str, value: str | None) -> None:
    """In all channels."""
    for channel in dataset.WaveformSequence[0].ChannelDefinitionSequence:
        _element(channel, keyword, value)


def _element(dataset: Dataset, keyword: str, value: str | None) -> None:
    """A decimal string as a file may hold it, whatever pydicom thinks of it; None leaves it out."""
    tag = tag_for_keyword(keyword)
    assert tag is not None
    if keyword in dataset:
        del dataset[tag]
    if value is not None:
        dataset[tag] = DataElement(tag, "DS", value, already_converted=True)


def _dicom_scale(chance: random.Random) -> Case:
    keyword = chance.choice(("ChannelSensitivity", "ChannelSensitivityCorrectionFactor"))
    value = chance.choice([None, *NO_NUMBERS] if keyword == "ChannelSensitivity" else NO_NUMBERS)
    if keyword != "ChannelSensitivity" and not value:
        value = "0"  # a correction that is left out is 1
    data = _dicom(lambda dataset: _elements(dataset, keyword, value))
    return Case(f"dicom: {keyword} {value}", data, Fate.NEVER_MV)


def _dicom_one_lead(chance: random.Random) -> Case:
    place, value = chance.randrange(12), chance.choice([None, *NO_NUMBERS])

    def change(dataset: Dataset) -> None:
        channel = dataset.WaveformSequence[0].ChannelDefinitionSequence[place]
        _element(channel, "ChannelSensitivity", value)

    return one_raw("dicom", make.TWELVE[place], _dicom(change), _sound_dicom())


def _dicom_unit(chance: random.Random) -> Case:
    unit = chance.choice(NO_VOLTAGES)

    def change(dataset: Dataset) -> None:
        for channel in dataset.WaveformSequence[0].ChannelDefinitionSequence:
            channel.ChannelSensitivityUnitsSequence = make.code(unit, "", "UCUM")

    return Case(f"dicom: unit {unit}", _dicom(change), Fate.NEVER_MV)


def _dicom_rate(chance: random.Random) -> Case:
    value = chance.choice([None, *NO_NUMBERS, "1e12"])
    data = _dicom(lambda d: _element(d.WaveformSequence[0], "SamplingFrequency", value))
    return Case(f"dicom: rate {value}", data, Fate.REFUSED)


def _dicom_leads(chance: random.Random) -> Case:
    meaning = chance.choice(("", "Lead <b>", "Schmidt 5", "?"))

    def change(dataset: Dataset) -> None:
        for channel in dataset.WaveformSequence[0].ChannelDefinitionSequence:
            channel.ChannelSourceSequence = make.code("x:999", meaning)

    return same(f"dicom: leads {meaning}", _dicom(change), _sound_dicom())


def _dicom_name(chance: random.Random) -> Case:
    data = _dicom(lambda dataset: setattr(dataset, "PatientName", HTML))
    return same("dicom: name", data, _sound_dicom(), HTML)


def _dicom_counts(chance: random.Random) -> Case:
    keyword = chance.choice(("NumberOfWaveformChannels", "NumberOfWaveformSamples"))
    value = chance.choice((0, 1, 11, 13, 255, 65535))
    bits = chance.choice((16, 16, 0, 8, 12, 32))

    def change(dataset: Dataset) -> None:
        setattr(dataset.WaveformSequence[0], keyword, value)
        dataset.WaveformSequence[0].WaveformBitsAllocated = bits

    return Case(f"dicom: {keyword} {value}, {bits} bits", _dicom(change))


def _dicom_groups(chance: random.Random) -> Case:
    copies = chance.choice((2, 3, 40))
    data = _dicom(lambda d: d.WaveformSequence.extend([d.WaveformSequence[0]] * (copies - 1)))
    return same(f"dicom: the group {copies} times", data, _sound_dicom())


def _dicom_nested(chance: random.Random) -> Case:
    depth = chance.choice((10, 200, 3000))
    sequence = struct.pack("<HH2sHL", 0x5400, 0x0100, b"SQ", 0, 0xFFFFFFFF)
    item = struct.pack("<HHL", 0xFFFE, 0xE000, 0xFFFFFFFF)
    data = _sound_dicom()
    at = data.index(struct.pack("<HH2s", 0x5400, 0x0100, b"SQ"))
    return Case(f"dicom: {depth} deep", data[:at] + (sequence + item) * depth + data[at:])


def _dicom_packing(chance: random.Random) -> Case:
    syntax = chance.choice((ImplicitVRLittleEndian, DeflatedExplicitVRLittleEndian))
    return same(f"dicom: {syntax.name}", _dicom(lambda dataset: None, syntax), _sound_dicom())


MAKERS: Final[dict[str, tuple[Maker, ...]]] = {
    "dicom": (
        _dicom_scale,
        _dicom_one_lead,
        _dicom_unit,
        _dicom_rate,
        _dicom_leads,
        _dicom_name,
        _dicom_counts,
        _dicom_groups,
        _dicom_nested,
        _dicom_packing,
    ),
}
