"""Twelve leads, in order, in true millivolts: generated twins of what real devices write."""

from datetime import date, datetime

import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRBigEndian, ImplicitVRLittleEndian

from tests.unit.studies import dicom_factory as make
from tests.unit.studies.reading import read_ecg
from workstation.studies.ecg import STANDARD_LEADS, DeviceQuantity, RecordingKind, SampleUnit
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.warnings import StudyWarning


def test_leads_come_in_order_and_in_millivolts() -> None:
    counts = make.heart_counts()
    shuffled = list(reversed(make.TWELVE))
    record = read_ecg(make.written(make.ecg([make.waveform(counts, shuffled)])))
    assert tuple(lead.name for lead in record.leads) == STANDARD_LEADS
    first = record.leads[0]
    assert first.unit is SampleUnit.MILLIVOLT
    np.testing.assert_allclose(first.samples, counts[:, 11] * 0.00125, rtol=1e-6)
    assert not first.samples.flags.writeable
    assert (record.sampling_rate_hz, record.duration_s) == (1000, 1)
    assert record.calibrated
    assert record.warnings == ()


def test_patient_and_time_are_read() -> None:
    record = read_ecg(make.ecg_file())
    assert record.patient_name == "Образцова Анна Ивановна"
    assert record.patient_birth_date == date(1971, 1, 23)
    assert record.recorded_at == datetime(2026, 1, 25, 10, 59, 19)
    assert record.recorded_on == date(2026, 1, 25)


def test_rhythm_is_shown_and_not_the_median_beat() -> None:
    median = make.waveform(make.heart_counts(2000), label="MEDIAN BEAT")
    rhythm = make.waveform(make.heart_counts(1500), label="RHYTHM")
    record = read_ecg(make.written(make.ecg([median, rhythm])))
    assert (record.sample_count, record.name, record.kind) == (1500, "RHYTHM", RecordingKind.RHYTHM)
    assert record.warnings == ()


def test_the_median_beat_is_offered_by_name_and_its_padding_is_a_gap() -> None:
    """Twin of the Clark file's median beat, which is padded at both ends."""
    counts = make.heart_counts(600)
    counts[590:] = -32768
    beat = make.waveform(counts, label="MEDIAN BEAT")
    record = read_ecg(make.written(make.ecg([make.waveform(make.heart_counts(1500)), beat])))
    (other,) = record.others
    assert (other.name, other.kind) == ("MEDIAN BEAT", RecordingKind.MEDIAN_BEAT)
    assert tuple(lead.name for lead in other.leads) == STANDARD_LEADS
    assert {lead.gaps for lead in other.leads} == {((590, 600),)}
    turned = record.turned_to(0)
    assert (turned.sample_count, turned.others[0].name) == (600, "RHYTHM")
    assert len(record.all_leads) == 24


def test_a_recording_beside_it_that_cannot_be_read_is_left_out() -> None:
    dataset = make.ecg([make.waveform(make.heart_counts(n)) for n in (900, 500)])
    dataset.WaveformSequence[1].SamplingFrequency = "0"
    record = read_ecg(make.written(dataset))
    assert (record.sample_count, record.others) == (900, ())
    assert StudyWarning.OTHER_GROUPS_HIDDEN in record.warnings


def test_a_second_rhythm_is_not_silently_left_out() -> None:
    groups = [make.waveform(make.heart_counts(count)) for count in (500, 900)]
    record = read_ecg(make.written(make.ecg(groups)))
    assert record.sample_count == 900
    assert StudyWarning.OTHER_GROUPS_HIDDEN in record.warnings


def test_eight_leads_become_twelve() -> None:
    """Einthoven's law and Goldberger's formulae."""
    counts = make.heart_counts(leads=8)
    record = read_ecg(make.written(make.ecg([make.waveform(counts, make.EIGHT)])))
    assert tuple(lead.name for lead in record.leads) == STANDARD_LEADS
    one, two = (counts[:, place] * 0.00125 for place in (0, 1))
    expected = {
        "III": two - one,
        "aVR": -(one + two) / 2,
        "aVL": one - two / 2,
        "aVF": two - one / 2,
    }
    for name, samples in expected.items():
        lead = record.lead(name)
        assert lead is not None
        assert lead.derived
        np.testing.assert_allclose(lead.samples, samples, atol=1e-6)
    assert StudyWarning.LEADS_DERIVED in record.warnings


def test_further_leads_are_shown_behind_the_twelve() -> None:
    leads = ("X", *make.TWELVE, "Y", "Z")
    counts = make.heart_counts(leads=15)
    record = read_ecg(make.written(make.ecg([make.waveform(counts, leads)])))
    assert tuple(lead.name for lead in record.leads) == (*STANDARD_LEADS, "X", "Y", "Z")


def test_unknown_and_repeated_names_are_kept_apart() -> None:
    group = make.waveform(make.heart_counts(leads=3), ("I", "I", "Oesophagus"))
    record = read_ecg(make.written(make.ecg([group])))
    names = [lead.name for lead in record.leads]
    assert names == ["I", "I (2)", "Lead Oesophagus"]
    assert StudyWarning.LEAD_NAME_UNKNOWN in record.warnings


@pytest.mark.parametrize("sensitivity", ["0", "-1.25", "", "1E30"])
def test_without_a_valid_sensitivity_nothing_is_called_millivolt(sensitivity: str) -> None:
    def break_one(dataset: Dataset) -> None:
        channel = dataset.WaveformSequence[0].ChannelDefinitionSequence[3]
        channel.ChannelSensitivity = sensitivity or None

    record = read_ecg(make.ecg_file(break_one))
    broken = record.lead("aVR")
    assert broken is not None
    assert broken.unit is SampleUnit.UNCALIBRATED
    np.testing.assert_array_equal(broken.samples, make.heart_counts()[:, 3])
    assert not record.calibrated
    assert StudyWarning.NO_CALIBRATION in record.warnings
    assert record.leads[0].unit is SampleUnit.MILLIVOLT


@pytest.mark.parametrize("unit", ["mm[Hg]", "", "cm"])
def test_a_unit_that_is_no_voltage_is_no_calibration(unit: str) -> None:
    group = make.waveform(make.heart_counts())
    for channel in group.ChannelDefinitionSequence:
        channel.ChannelSensitivityUnitsSequence = make.code(unit, "", "UCUM")
    record = read_ecg(make.written(make.ecg([group])))
    assert not record.calibrated


def test_correction_factor_and_baseline_count() -> None:
    group = make.waveform(make.heart_counts())
    channel = group.ChannelDefinitionSequence[0]
    channel.ChannelSensitivityCorrectionFactor = "2"
    channel.ChannelBaseline = "100"
    record = read_ecg(make.written(make.ecg([group])))
    expected = make.heart_counts()[:, 0] * 0.0025 + 0.1
    np.testing.assert_allclose(record.leads[0].samples, expected, rtol=1e-5)


def test_a_correction_left_out_is_one_and_nonsense_is_no_calibration() -> None:
    group = make.waveform(make.heart_counts())
    left_out, nonsense = group.ChannelDefinitionSequence[:2]
    del left_out.ChannelSensitivityCorrectionFactor
    left_out.ChannelBaseline = None
    nonsense.ChannelSensitivityCorrectionFactor = "0.87654321"
    file = make.written(make.ecg([group])).replace(b"0.87654321", b"zero point")
    record = read_ecg(file)
    assert record.leads[0].unit is SampleUnit.MILLIVOLT
    assert record.leads[1].unit is SampleUnit.UNCALIBRATED
    assert record.leads[2].unit is SampleUnit.MILLIVOLT


@pytest.mark.parametrize("rate", ["0", "-500", None, "1E12"])
def test_without_a_rate_there_is_no_time_scale(rate: str | None) -> None:
    def break_rate(dataset: Dataset) -> None:
        dataset.WaveformSequence[0].SamplingFrequency = rate

    with pytest.raises(UnreadableFile) as raised:
        read_ecg(make.ecg_file(break_rate))
    assert raised.value.reason is Unreadable.NO_TIME_SCALE


def test_padding_of_zero_does_not_punch_holes_in_the_trace() -> None:
    """Twin of the Clark file: 0 is named as padding, and 0 is a sample."""
    counts = make.heart_counts()
    counts[100:160] = 0
    group = make.waveform(counts)
    group.add_new("WaveformPaddingValue", "OW", b"\0\0")
    record = read_ecg(make.written(make.ecg([group])))
    assert all(lead.gaps == () for lead in record.leads)
    np.testing.assert_allclose(record.leads[5].samples, counts[:, 5] * 0.00125, rtol=1e-6)


def test_padding_at_the_end_of_all_leads_is_a_gap() -> None:
    counts = make.heart_counts()
    counts[900:] = 0
    group = make.waveform(counts)
    group.add_new("WaveformPaddingValue", "OW", b"\0\0")
    record = read_ecg(make.written(make.ecg([group])))
    assert all(lead.gaps[-1] == (900, 1000) for lead in record.leads)


def test_lowest_number_off_any_scale_is_a_gap_and_not_a_spike() -> None:
    """Twin of the Clark file's median beat: -32768, declared or not, is -41 mV here."""
    counts = make.heart_counts()
    counts[:50, 2] = -32768
    record = read_ecg(make.written(make.ecg([make.waveform(counts)])))
    lead = record.leads[2]
    assert lead.gaps == ((0, 50),)
    assert np.all(lead.samples[:50] == 0)
    assert record.leads[1].gaps == ()


def test_values_of_the_device_are_the_device_s() -> None:
    notes = [
        make.element(UnformattedTextValue="СИНУСОВЫЙ РИТМ <b>"),
        make.measurement("5.10.2.1-3", "RR Interval", "982", "ms"),
        make.measurement("5.10.2.1-5", "PP Interval", "0", "ms"),
        make.measurement("5.13.5-11", "QT Interval", "368", "ms"),
        make.measurement("5.10.3-13", "QRS Axis", "-61", "deg"),
        make.measurement("x", "Something else", "7", "mV"),
    ]
    record = read_ecg(make.written(make.ecg(notes=notes)))
    found = {one.quantity: (one.value, one.unit) for one in record.device_measurements}
    assert found == {
        DeviceQuantity.RR: (982, "ms"),
        DeviceQuantity.QT: (368, "ms"),
        DeviceQuantity.QRS_AXIS: (-61, "deg"),
        DeviceQuantity.OTHER: (7, "mV"),
    }
    assert record.statements == ("СИНУСОВЫЙ РИТМ <b>",)
    assert record.warnings == ()


def test_an_axis_in_milliseconds_is_in_degrees() -> None:
    notes = [make.measurement("5.10.3-15", "T Axis", "86", "ms")]
    record = read_ecg(make.written(make.ecg(notes=notes)))
    assert record.device_measurements[0].unit == "deg"
    assert StudyWarning.DEVICE_UNIT_IGNORED in record.warnings


def test_filter_of_the_recording_is_told() -> None:
    record = read_ecg(make.ecg_file())
    assert record.filter_note is not None
    assert (record.filter_note.low_hz, record.filter_note.high_hz) == (0.05, 300)
    assert record.filter_note.notch_hz is None


@pytest.mark.parametrize("hertz", ["0", "-40", "1E12"])
def test_a_filter_that_none_is_is_unknown(hertz: str) -> None:
    def change(dataset: Dataset) -> None:
        for channel in dataset.WaveformSequence[0].ChannelDefinitionSequence:
            channel.FilterHighFrequency = hertz

    note = read_ecg(make.ecg_file(change)).filter_note
    assert note is not None
    assert (note.low_hz, note.high_hz, note.notch_hz) == (0.05, None, None)


def test_filters_that_differ_by_channel_are_not_told_as_one() -> None:
    def change(dataset: Dataset) -> None:
        dataset.WaveformSequence[0].ChannelDefinitionSequence[0].FilterHighFrequency = "40"

    assert read_ecg(make.ecg_file(change)).filter_note is None


def test_fewer_samples_than_announced_are_shown_and_said() -> None:
    group = make.waveform(make.heart_counts(1000))
    group.NumberOfWaveformSamples = 5000
    record = read_ecg(make.written(make.ecg([group])))
    assert record.sample_count == 1000
    assert StudyWarning.SAMPLES_MISSING in record.warnings


def test_compressed_samples_are_refused_by_name() -> None:
    group = make.waveform(make.heart_counts())
    group.WaveformSampleInterpretation = "MB"
    with pytest.raises(UnreadableFile) as raised:
        read_ecg(make.written(make.ecg([group])))
    assert raised.value.reason is Unreadable.UNSUPPORTED_SYNTAX
    assert "MB" in raised.value.detail


def test_implicit_files_read_the_same() -> None:
    record = read_ecg(make.written(make.ecg(), ImplicitVRLittleEndian))
    np.testing.assert_array_equal(
        record.leads[7].samples, read_ecg(make.ecg_file()).leads[7].samples
    )


def test_big_endian_samples_are_turned() -> None:
    dataset = make.ecg()
    swapped = make.heart_counts().astype(">i2").tobytes()
    dataset.WaveformSequence[0].WaveformData = swapped
    record = read_ecg(make.written(dataset, ExplicitVRBigEndian))
    np.testing.assert_array_equal(
        record.leads[7].samples, read_ecg(make.ecg_file()).leads[7].samples
    )


def test_empty_sequences_are_no_ecg() -> None:
    def clear(dataset: Dataset) -> None:
        dataset.WaveformSequence = Sequence()

    with pytest.raises(UnreadableFile) as raised:
        read_ecg(make.ecg_file(clear))
    assert raised.value.reason is Unreadable.NO_PICTURE


def test_cut_off_within_a_sequence_without_a_length() -> None:
    """As the Mortara file is written."""
    dataset = make.ecg()
    dataset["WaveformSequence"].is_undefined_length = True
    dataset.WaveformSequence[0].is_undefined_length_sequence_item = True
    file = make.written(dataset)
    assert read_ecg(file).sample_count == 1000
    with pytest.raises(UnreadableFile) as raised:
        read_ecg(file[:-5000])
    assert raised.value.reason is Unreadable.TRUNCATED
