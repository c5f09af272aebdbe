"""12-lead ECG Waveform Storage (DICOM PS3.3 A.34.3), as devices write it."""

from datetime import date

import numpy as np
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian, TwelveLeadECGWaveformStorage

from backend.demo_data.files.dicom_header import (
    describe_patient,
    describe_study,
    new_dataset,
    taken_at,
    to_bytes,
    uid,
)
from backend.demo_data.files.ecg_shapes import SHAPES
from backend.demo_data.files.ecg_signal import LEADS, RATE_HZ, EcgTrace, make_trace
from backend.demo_data.files.subject import Subject

LEAD_CODES = ("1", "2", "61", "62", "63", "64", "3", "4", "5", "6", "7", "8")
"""Last part of the SCP-ECG lead codes 5.6.3-9-N in the order of LEADS."""
MEASUREMENTS = {
    "rr": ("5.10.2.1-3", "RR Interval", "ms"),
    "pr": ("5.13.5-7", "PR Interval", "ms"),
    "qrs": ("5.13.5-9", "QRS Duration", "ms"),
    "qt": ("5.13.5-11", "QT Interval", "ms"),
    "qtc": ("5.10.2.5-5", "QTc Interval", "ms"),
    "axis": ("5.10.3-13", "QRS Axis", "deg"),
}


def make_ecg(subject: Subject, day: date, shape_name: str) -> bytes:
    """A made-up ECG of that shape (a key of SHAPES)."""
    shape = SHAPES[shape_name]
    trace = make_trace(shape, subject.full_name)
    key = f"ecg-{shape_name}"
    dataset = new_dataset(
        TwelveLeadECGWaveformStorage,
        ExplicitVRLittleEndian,
        uid(subject.number, key, f"{day}"),
    )
    dataset.Modality = "ECG"
    describe_patient(dataset, subject)
    describe_study(dataset, subject, taken_at(day, key), "ЭКГ", key)
    dataset.Manufacturer = "Demo"
    dataset.ManufacturerModelName = "Cardiograph 12"
    dataset.WaveformSequence = Sequence([_group(trace)])
    notes = [_statement(text) for text in shape.statements] + _measurements(trace)
    dataset.WaveformAnnotationSequence = Sequence(notes)
    return to_bytes(dataset)


def _group(trace: EcgTrace) -> Dataset:
    group = Dataset()
    group.MultiplexGroupTimeOffset = 0
    group.WaveformOriginality = "ORIGINAL"
    group.NumberOfWaveformChannels, group.NumberOfWaveformSamples = trace.samples.shape
    group.SamplingFrequency = RATE_HZ
    group.MultiplexGroupLabel = "RHYTHM"
    channels = [_channel(*lead) for lead in zip(LEADS, LEAD_CODES, strict=True)]
    group.ChannelDefinitionSequence = Sequence(channels)
    group.WaveformBitsAllocated = 16
    group.WaveformSampleInterpretation = "SS"
    group.WaveformData = np.ascontiguousarray(trace.samples.T).astype("<i2").tobytes()
    return group


def _channel(lead: str, code: str) -> Dataset:
    channel = Dataset()
    channel.ChannelSourceSequence = _code(f"5.6.3-9-{code}", "SCPECG", f"Lead {lead}", "1.3")
    channel.ChannelSensitivity = 1
    channel.ChannelSensitivityUnitsSequence = _code("uV", "UCUM", "microvolt", "1.4")
    channel.ChannelSensitivityCorrectionFactor = 1
    channel.ChannelBaseline = 0
    channel.ChannelSampleSkew = 0
    channel.WaveformBitsStored = 16
    channel.FilterLowFrequency = "0.05"
    channel.FilterHighFrequency = 150
    channel.NotchFilterFrequency = 50
    return channel


def _statement(text: str) -> Dataset:
    note = _note(0)
    note.UnformattedTextValue = text
    return note


def _measurements(trace: EcgTrace) -> list[Dataset]:
    values = {name: getattr(trace, name) for name in MEASUREMENTS}
    return [_measurement(name, value) for name, value in values.items() if value is not None]


def _measurement(name: str, value: int) -> Dataset:
    code, meaning, unit = MEASUREMENTS[name]
    note = _note(1)
    unit_meaning = {"ms": "milliseconds", "deg": "degrees"}[unit]
    note.MeasurementUnitsCodeSequence = _code(unit, "UCUM", unit_meaning, "1.4")
    note.ConceptNameCodeSequence = _code(code, "SCPECG", meaning, "1.3")
    note.NumericValue = value
    return note


def _note(group: int) -> Dataset:
    note = Dataset()
    note.ReferencedWaveformChannels = [1, 0]
    note.AnnotationGroupNumber = group
    return note


def _code(value: str, scheme: str, meaning: str, version: str) -> Sequence:
    code = Dataset()
    code.CodeValue = value
    code.CodingSchemeDesignator = scheme
    code.CodingSchemeVersion = version
    code.CodeMeaning = meaning
    return Sequence([code])
