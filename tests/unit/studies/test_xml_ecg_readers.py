"""HL7 aECG, GE MUSE and Philips Sierra: true numbers, and nothing of XML's traps."""

from datetime import date, datetime

import numpy as np
import pytest

from tests.unit.studies import dicom_factory as make
from tests.unit.studies.ecg_files import xml
from tests.unit.studies.reading import read_ecg
from workstation.studies.ecg import (
    STANDARD_LEADS,
    DeviceQuantity,
    RecordedFilter,
    RecordingKind,
    SampleUnit,
)
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.warnings import StudyWarning


def reason_of(data: bytes) -> Unreadable:
    with pytest.raises(UnreadableFile) as raised:
        read_ecg(data)
    return raised.value.reason


def test_aecg_is_read_as_it_says() -> None:
    counts = make.heart_counts(300, 12)
    notes = xml.aecg_note("MDC_ECG_TIME_PD_PR", "148", "ms")
    notes += xml.aecg_note("MDC_ECG_TIME_PD_QT", "0.42", "s")
    notes += xml.aecg_note("MDC_ECG_TIME_PD_QRS", "77", "ms", lead="V1")
    notes += xml.aecg_note("MDC_ECG_ANGLE_P_FRONT", "44", "ms")
    beat = xml.aecg_sequences(make.heart_counts(100, 12))
    record = read_ecg(xml.aecg(xml.aecg_sequences(counts), notes=notes, derived=beat))
    assert tuple(lead.name for lead in record.leads) == STANDARD_LEADS
    np.testing.assert_allclose(record.leads[6].samples, counts[:, 6] * 0.0025, rtol=1e-6)
    assert (record.sampling_rate_hz, record.name) == (500, "RHYTHM")
    assert (record.patient_name, record.patient_birth_date) == ("Анна", date(1953, 5, 8))
    assert record.recorded_at == datetime(2002, 11, 22, 9, 10)
    assert {one.quantity: (one.value, one.unit) for one in record.device_measurements} == {
        DeviceQuantity.PR: (148, "ms"),
        DeviceQuantity.QT: (420, "ms"),
        DeviceQuantity.P_AXIS: (44, "deg"),
    }
    (other,) = record.others
    assert (other.name, other.kind) == ("REPRESENTATIVE_BEAT", RecordingKind.MEDIAN_BEAT)
    assert len(other.leads[0].samples) == 100
    assert record.warnings == ()


@pytest.mark.parametrize(
    "scale",
    [
        "",
        '<scale value="0" unit="uV"/>',
        '<scale value="-2.5" unit="uV"/>',
        '<scale value="nan" unit="uV"/>',
        '<scale value="2.5" unit="mm[Hg]"/>',
        '<scale value="2.5"/>',
    ],
)
def test_aecg_without_a_valid_scale_is_no_millivolt(scale: str) -> None:
    counts = make.heart_counts(100, 12)
    record = read_ecg(xml.aecg(xml.aecg_sequences(counts, scale=scale)))
    assert record.leads[0].unit is SampleUnit.UNCALIBRATED
    np.testing.assert_array_equal(record.leads[0].samples, counts[:, 0])
    assert StudyWarning.NO_CALIBRATION in record.warnings


@pytest.mark.parametrize(
    "increment", ["", '<increment value="0" unit="s"/>', '<increment value="2" unit="m"/>']
)
def test_aecg_without_a_step_of_time_has_no_time_scale(increment: str) -> None:
    sequences = xml.aecg_sequences(make.heart_counts(100, 12), increment=increment)
    assert reason_of(xml.aecg(sequences)) is Unreadable.NO_TIME_SCALE


def test_aecg_origin_counts_in_its_own_unit() -> None:
    counts = make.heart_counts(100, 12)
    sequences = xml.aecg_sequences(counts, origin='<origin value="0.1" unit="mV"/>')
    record = read_ecg(xml.aecg(sequences))
    np.testing.assert_allclose(record.leads[0].samples, counts[:, 0] * 0.0025 + 0.1, rtol=1e-5)


def test_eight_leads_of_muse_become_twelve() -> None:
    """III = II - I, aVR = -(I + II)/2, aVL = I - II/2, aVF = II - I/2."""
    counts = make.heart_counts(500, 8)
    median = xml.muse_wave(make.heart_counts(60, 8), kind="Median")
    record = read_ecg(xml.muse(median, xml.muse_wave(counts)))
    assert tuple(lead.name for lead in record.leads) == STANDARD_LEADS
    one, two = (counts[:, place] * 0.00488 for place in (0, 1))
    expected = (two - one, -(one + two) / 2, one - two / 2, two - one / 2)
    for lead, samples in zip(record.leads[2:6], expected, strict=True):
        assert lead.derived
        np.testing.assert_allclose(lead.samples, samples, atol=1e-5)
    assert (record.name, record.others[0].name) == ("Rhythm", "Median")
    assert record.warnings == (StudyWarning.LEADS_DERIVED,)


def test_muse_words_and_values() -> None:
    record = read_ecg(xml.muse(xml.muse_wave(make.heart_counts(100, 8))))
    assert record.patient_birth_date == date(1979, 7, 8)
    assert record.recorded_at == datetime(2023, 4, 29, 22, 41, 16)
    assert record.statements == ("Anterior infarct, age undetermined", "<b>Abnormal</b>")
    assert {one.quantity: one.value for one in record.device_measurements} == {
        DeviceQuantity.HEART_RATE: 90,
        DeviceQuantity.PR: 144,
        DeviceQuantity.QRS_AXIS: 0,
    }
    assert record.filter_note is not None
    assert (record.filter_note.low_hz, record.filter_note.high_hz) == (0.56, 150)


@pytest.mark.parametrize("hertz", ["-50", "0", "1e9"])
def test_a_filter_that_none_is_is_unknown(hertz: str) -> None:
    file = xml.muse(xml.muse_wave(make.heart_counts(100, 8)))
    changed = file.replace(b"<ACFilter>50<", f"<ACFilter>{hertz}<".encode())
    assert changed != file
    assert read_ecg(changed).filter_note == RecordedFilter(0.56, 150.0, None)
    for tag, value in ((b"HighPassFilter", b"56"), (b"LowPassFilter", b"150")):
        changed = changed.replace(b"<%s>%s<" % (tag, value), b"<%s>-1<" % tag)
    assert read_ecg(changed).filter_note is None


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "UTF-8", "UTF-16"])
def test_a_russian_name_under_a_wrong_label_is_a_guess(encoding: str) -> None:
    wave = xml.muse_wave(make.heart_counts(100, 8))
    record = read_ecg(xml.muse(wave, name="Иванова".encode("cp1251"), encoding=encoding))
    assert record.patient_name == "Иванова"
    assert StudyWarning.NAME_CHARSET_GUESSED in record.warnings


def test_a_declared_russian_name_is_no_guess() -> None:
    wave = xml.muse_wave(make.heart_counts(100, 8))
    name = "Иванова".encode("cp1251")
    record = read_ecg(xml.muse(wave, name=name, encoding="windows-1251"))
    assert record.patient_name == "Иванова"
    assert StudyWarning.NAME_CHARSET_GUESSED not in record.warnings


def test_utf_16_reads_the_same() -> None:
    whole = xml.muse(xml.muse_wave(make.heart_counts(100, 8)), encoding="UTF-16").decode()
    for encoded in (whole.encode("utf-16"), whole.encode("utf-16-le"), whole.encode("utf-16-be")):
        assert read_ecg(encoded).sample_count == 100


@pytest.mark.parametrize("step", ["", "0", "-4.88", "inf", "4,88", "1e-30"])
def test_muse_without_a_valid_step_is_no_millivolt(step: str) -> None:
    counts = make.heart_counts(100, 8)
    record = read_ecg(xml.muse(xml.muse_wave(counts, LeadAmplitudeUnitsPerBit=step)))
    assert not record.calibrated
    assert not any(lead.derived for lead in record.leads)
    np.testing.assert_array_equal(record.leads[0].samples, counts[:, 0])


@pytest.mark.parametrize(("base", "exponent"), [("0", "0"), ("-500", "0"), ("", "0"), ("5", "99")])
def test_muse_without_a_rate_has_no_time_scale(base: str, exponent: str) -> None:
    wave = xml.muse_wave(make.heart_counts(100, 8), base=base, exponent=exponent)
    assert reason_of(xml.muse(wave)) is Unreadable.NO_TIME_SCALE


def test_muse_rates_have_an_exponent() -> None:
    wave = xml.muse_wave(make.heart_counts(100, 8), base="1", exponent="3")
    assert read_ecg(xml.muse(wave)).sampling_rate_hz == 1000


def test_muse_says_what_is_missing_damaged_and_unknown() -> None:
    counts = make.heart_counts(100, 8)
    short = read_ecg(xml.muse(xml.muse_wave(counts, LeadSampleCountTotal="5000")))
    assert (short.sample_count, StudyWarning.SAMPLES_MISSING in short.warnings) == (100, True)
    damaged = read_ecg(xml.muse(xml.muse_wave(counts, LeadDataCRC32="1")))
    assert StudyWarning.CHECKSUM_WRONG in damaged.warnings
    renamed = read_ecg(
        xml.muse(xml.muse_wave(counts, ("I", "II", "V3R", "A", "A", "V4", "", "V6")))
    )
    assert [lead.name for lead in renamed.leads] == [
        *("I", "II", "V4", "V6", "V3R", "A", "A (2)", "?")
    ]
    assert StudyWarning.LEAD_NAME_UNKNOWN in renamed.warnings


def test_a_lead_that_fell_off_is_a_gap() -> None:
    counts = make.heart_counts(100, 8)
    counts[10:20, 3] = -32768
    record = read_ecg(xml.muse(xml.muse_wave(counts)))
    lead = record.lead("V2")
    assert lead is not None
    assert lead.gaps == ((10, 20),)
    assert np.all(lead.samples[10:20] == 0)


@pytest.mark.parametrize("packing", ["XLI", ""])
def test_sierra_samples_exactly(packing: str) -> None:
    counts = make.heart_counts(500, 12)
    record = read_ecg(xml.sierra(counts, packing=packing))
    assert tuple(lead.name for lead in record.leads) == STANDARD_LEADS
    for place, lead in enumerate(record.leads):
        np.testing.assert_allclose(lead.samples, counts[:, place] * 0.005, rtol=1e-5, atol=1e-7)
    assert (record.sampling_rate_hz, record.warnings) == (500, ())


def test_sierra_words_and_values() -> None:
    record = read_ecg(xml.sierra(make.heart_counts(100, 12)))
    assert (record.patient_name, record.recorded_at) == (
        "Иванова",
        datetime(2011, 12, 1, 7, 27, 34),
    )
    assert {one.quantity: one.value for one in record.device_measurements} == {
        DeviceQuantity.HEART_RATE: 41,
        DeviceQuantity.QRS_AXIS: -21,
    }
    assert record.statements == ("Sinus bradycardia rate< 50",)
    assert record.filter_note is not None
    assert (record.filter_note.low_hz, record.filter_note.high_hz) == (0.05, 150)


def test_sierra_beats_state_their_own_scale() -> None:
    beat = '<repbeats dataencoding="Plain" samplespersec="1000" resolution="5">'
    beat += '<repbeat leadname="II"><waveform>1 2 3</waveform></repbeat></repbeats>'
    record = read_ecg(xml.sierra(make.heart_counts(100, 12), beats=beat))
    (other,) = record.others
    assert (other.sampling_rate_hz, other.kind) == (1000, RecordingKind.MEDIAN_BEAT)
    np.testing.assert_allclose(other.leads[0].samples, [0.005, 0.01, 0.015])
    unsaid = read_ecg(xml.sierra(make.heart_counts(100, 12), beats=beat.replace('"5"', '""')))
    assert unsaid.others == ()


@pytest.mark.parametrize("resolution", ["", "0", "-5"])
def test_sierra_without_a_resolution_is_no_millivolt(resolution: str) -> None:
    record = read_ecg(xml.sierra(make.heart_counts(100, 12), resolution=resolution))
    assert not record.calibrated


def test_sierra_without_a_rate_has_no_time_scale() -> None:
    sierra = xml.sierra(make.heart_counts(100, 12), rate="0")
    assert reason_of(sierra) is Unreadable.NO_TIME_SCALE


def test_unknown_packing_is_refused_by_name() -> None:
    whole = xml.sierra(make.heart_counts(100, 12)).replace(b'"XLI"', b'"ZIP"')
    assert reason_of(whole) is Unreadable.UNSUPPORTED_SYNTAX


BOMB = b"""<?xml version="1.0"?><!DOCTYPE RestingECG [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<RestingECG><PatientLastName>&c;</PatientLastName></RestingECG>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE RestingECG [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<RestingECG><PatientLastName>&x;</PatientLastName></RestingECG>"""
PARAMETER = b"""<!DOCTYPE AnnotatedECG [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>
<AnnotatedECG/>"""


@pytest.mark.parametrize("trap", [BOMB, OUTSIDE, PARAMETER])
def test_entities_are_refused(trap: bytes) -> None:
    assert reason_of(trap) is Unreadable.DAMAGED


def test_deep_and_wide_documents_are_refused() -> None:
    deep = b"<RestingECG>" + b"<a>" * 100_000
    wide = b"<RestingECG>" + b"<a/>" * 300_000 + b"</RestingECG>"
    assert reason_of(deep) is Unreadable.TOO_LARGE
    assert reason_of(wide) is Unreadable.TOO_LARGE


def test_a_cut_off_document_is_said_to_be() -> None:
    whole = xml.muse(xml.muse_wave(make.heart_counts(100, 8)))
    assert reason_of(whole[:-300]) is Unreadable.TRUNCATED
    assert reason_of(whole.replace(b"</Waveform>", b"</Wave>")) is Unreadable.DAMAGED
