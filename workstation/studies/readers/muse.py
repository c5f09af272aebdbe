"""GE MUSE XML (RestingECG): eight stored leads, the device's values and statements."""

import binascii
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.studies.ecg import (
    DeviceMeasurement,
    DeviceQuantity,
    EcgRecord,
    RecordedFilter,
    RecordingKind,
)
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.patient_sex import sex_by_word
from workstation.studies.readers.ecg_assembly import assembled, plausible_rate
from workstation.studies.readers.ecg_leads import labelled_lead
from workstation.studies.readers.ecg_parts import FoundFacts, FoundLead, FoundRecording
from workstation.studies.readers.ecg_samples import calibration
from workstation.studies.readers.ecg_values import clock, count, day_of, measured, number, unpacked
from workstation.studies.readers.letters import Text
from workstation.studies.readers.xml_tree import Document, Node, parse
from workstation.studies.warnings import StudyWarning

_VALUES: Final = (
    ("VentricularRate", DeviceQuantity.HEART_RATE, "/min"),
    ("PRInterval", DeviceQuantity.PR, "ms"),
    ("QRSDuration", DeviceQuantity.QRS, "ms"),
    ("QTInterval", DeviceQuantity.QT, "ms"),
    ("QTCorrected", DeviceQuantity.QTC, "ms"),
    ("QTcFrederica", DeviceQuantity.OTHER, "ms"),
    ("PAxis", DeviceQuantity.P_AXIS, "deg"),
    ("RAxis", DeviceQuantity.QRS_AXIS, "deg"),
    ("TAxis", DeviceQuantity.T_AXIS, "deg"),
)
_KINDS: Final = {"RHYTHM": RecordingKind.RHYTHM, "MEDIAN": RecordingKind.MEDIAN_BEAT}
_LINE_ENDS: Final = "ENDSLINE"
_SAMPLE_BYTES: Final = 2
_HUNDREDTHS: Final = 100
_MOST: Final = 500


def read_muse(data: memoryview) -> EcgRecord:
    """The rhythm, the median beat beside it.

    Raises:
        UnreadableFile: it cannot be shown.
    """
    document = parse(data)
    root = document.root
    facts = FoundFacts("GE MUSE XML")
    waves = list(root.all("Waveform"))
    found = [_recording(wave, facts) for wave in waves if any(wave.all("LeadData"))]
    person = root.first("PatientDemographics")
    facts.patient_name = _name(document, person)
    facts.birth_date = _day(person.first("DateofBirth").text)
    facts.sex = sex_by_word(person.first("Gender").text)
    test = root.first("TestDemographics")
    facts.recorded_on = _day(test.first("AcquisitionDate").text)
    hour = clock(*test.first("AcquisitionTime").text.split(":"))
    if facts.recorded_on is not None and hour is not None:
        facts.recorded_at = datetime.combine(facts.recorded_on, hour)
    facts.filter_note = _filter(waves)
    facts.measurements = tuple(_measurements(root.first("RestingECGMeasurements")))
    facts.statements = tuple(_statements(document))
    return assembled(found, facts)


def _recording(wave: Node, facts: FoundFacts) -> FoundRecording:
    """A Waveform; its rate is SampleBase * 10^SampleExponent."""
    base = number(wave.first("SampleBase").text)
    exponent = number(wave.first("SampleExponent").text or "0")
    usable = base is not None and exponent is not None and abs(exponent) <= 9
    rate = base * 10**exponent if usable and base is not None and exponent is not None else None
    label = wave.first("WaveformType").text
    kind = _KINDS.get(label.upper(), RecordingKind.RHYTHM)
    leads = tuple(_lead(node, facts) for node in wave.all("LeadData"))
    return FoundRecording(leads, plausible_rate(rate), label[:80], kind)


def _lead(node: Node, facts: FoundFacts) -> FoundLead:
    label = node.first("LeadID").text[:80]
    if number(node.first("LeadSampleSize").text or "2") != _SAMPLE_BYTES:
        raise UnreadableFile(Unreadable.UNSUPPORTED_SYNTAX, "MUSE sample size")
    packed = unpacked(node.first("WaveFormData").text)
    stored: npt.NDArray[np.int16] = np.frombuffer(packed, "<i2", len(packed) // 2)
    stated = count(node.first("LeadSampleCountTotal").text)
    if stated is not None and stated > len(stored):
        facts.warnings.add(StudyWarning.SAMPLES_MISSING)
    checksum = count(node.first("LeadDataCRC32").text)
    if checksum and checksum != binascii.crc32(packed):
        facts.warnings.add(StudyWarning.CHECKSUM_WRONG)
    scale = calibration(
        number(node.first("LeadAmplitudeUnitsPerBit").text),
        1.0,
        0.0,
        node.first("LeadAmplitudeUnits").text,
    )
    return FoundLead(label, labelled_lead(label), stored[:stated], scale)


def _name(document: Document, person: Node) -> Text:
    parts = [person.first(tag).text for tag in ("PatientLastName", "PatientFirstName")]
    return document.words(" ".join(part for part in parts if part))


def _day(words: str) -> date | None:
    """ "07-08-1979": month, day, year."""
    parts = words.split("-")
    return day_of(parts[2], parts[0], parts[1]) if len(parts) == 3 else None


def _filter(waves: list[Node]) -> RecordedFilter | None:
    """HighPassFilter is in hundredths of Hz ("56": 0.56 Hz), the others in Hz."""
    for wave in waves:
        if wave.first("WaveformType").text.upper() == "RHYTHM":
            low, high, notch = (
                number(wave.first(tag).text)
                for tag in ("HighPassFilter", "LowPassFilter", "ACFilter")
            )
            if low or high or notch:
                return RecordedFilter(
                    low / _HUNDREDTHS if low else None, high or None, notch or None
                )
    return None


def _measurements(node: Node) -> Iterator[DeviceMeasurement]:
    for tag, quantity, unit in _VALUES:
        yield from measured(quantity, tag, number(node.first(tag).text), unit)


def _statements(document: Document) -> Iterator[str]:
    """Sentences are stored in pieces; a flag ends each."""
    pieces: list[str] = []
    nodes = list(document.root.all("Diagnosis", "DiagnosisStatement"))[:_MOST]
    for node in nodes:
        pieces.append(document.words(node.first("StmtText").text).words)
        if any(flag.text == _LINE_ENDS for flag in node.all("StmtFlag")) or node is nodes[-1]:
            sentence = " ".join(piece for piece in pieces if piece).replace(" ,", ",")
            pieces.clear()
            if sentence:
                yield sentence
