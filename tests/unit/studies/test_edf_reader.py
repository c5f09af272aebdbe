"""EDF and EDF+: true numbers, rates apart, gaps where nothing was recorded."""

from datetime import date, datetime

import numpy as np
import pytest

from tests.unit.studies import dicom_factory as make
from tests.unit.studies.ecg_files.binary import edf, edf_note, edf_records, edf_signal
from tests.unit.studies.reading import read_ecg
from workstation.studies.ecg import STANDARD_LEADS, SampleUnit
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.warnings import StudyWarning

NOTES = edf_signal("EDF Annotations", 60, unit="", filters="")


def twelve(**changed: str) -> list[dict[str, str]]:
    return [edf_signal(f"ECG {lead.upper()}", 500, **changed) for lead in make.TWELVE]


def plain(counts: np.ndarray[tuple[int, int], np.dtype[np.int16]], **changed: str) -> bytes:
    return edf(twelve(**changed), edf_records(counts))


def test_twelve_leads_in_millivolt() -> None:
    counts = make.heart_counts(1000)
    record = read_ecg(plain(counts))
    assert tuple(lead.name for lead in record.leads) == STANDARD_LEADS
    for place, lead in enumerate(record.leads):
        np.testing.assert_allclose(lead.samples, counts[:, place] * 0.002, rtol=1e-5)
    assert (record.sampling_rate_hz, record.sample_count) == (500, 1000)
    assert (record.source_format, record.warnings) == ("EDF", ())
    assert record.recorded_at == datetime(2026, 1, 25, 10, 59, 19)
    assert record.filter_note is not None
    note = record.filter_note
    assert (note.low_hz, note.high_hz, note.notch_hz) == (0.05, 150, 50)


def test_physical_limits_that_are_not_around_zero_count() -> None:
    counts = make.heart_counts(500)
    record = read_ecg(plain(counts, low="-4", high="6", least="-1000", most="1000", unit="mV"))
    np.testing.assert_allclose(record.leads[0].samples, counts[:, 0] * 0.005 + 1, rtol=1e-5)


@pytest.mark.parametrize(
    "changed",
    [
        {"low": "1", "high": "1"},
        {"low": "5", "high": "-5"},
        {"least": "7", "most": "7"},
        {"least": "32767", "most": "-32768"},
        {"low": "", "high": ""},
        {"low": "nan", "high": "inf"},
        {"unit": "mmHg"},
        {"unit": ""},
    ],
)
def test_without_a_valid_scale_nothing_is_millivolt(changed: dict[str, str]) -> None:
    counts = make.heart_counts(500)
    record = read_ecg(plain(counts, **changed))
    assert {lead.unit for lead in record.leads} == {SampleUnit.UNCALIBRATED}
    np.testing.assert_array_equal(record.leads[0].samples, counts[:, 0])
    assert StudyWarning.NO_CALIBRATION in record.warnings


@pytest.mark.parametrize("seconds", ["0", "-1", "x"])
def test_without_a_length_of_records_there_is_no_time_scale(seconds: str) -> None:
    data = edf(twelve(), edf_records(make.heart_counts(500)), seconds=seconds)
    with pytest.raises(UnreadableFile) as raised:
        read_ecg(data)
    assert raised.value.reason is Unreadable.NO_TIME_SCALE


def test_signals_of_other_rates_are_offered_and_the_leads_are_shown() -> None:
    signals = [edf_signal("Resp", 50, unit=""), *twelve()]
    records = [[bytes(100), *record] for record in edf_records(make.heart_counts(500))]
    record = read_ecg(edf(signals, records))
    assert (record.sample_count, record.sampling_rate_hz) == (500, 500)
    (other,) = record.others
    assert (other.leads[0].name, other.sampling_rate_hz) == ("Resp", 50)
    assert StudyWarning.OTHER_GROUPS_HIDDEN in record.warnings


def test_annotations_are_the_file_s_words() -> None:
    records = edf_records(make.heart_counts(1000))
    noted = [[*one, edf_note(n, "маркер" if n else "")] for n, one in enumerate(records)]
    patient = "123 F 02-MAY-1951 Иванова_Мария".encode()
    record = read_ecg(edf([*twelve(), NOTES], noted, kind="EDF+C", patient=patient))
    assert (record.source_format, record.notes) == ("EDF+", ("маркер",))
    assert record.statements == ()
    assert record.patient_birth_date == date(1951, 5, 2)
    assert record.patient_name == "Иванова Мария"
    assert StudyWarning.NAME_CHARSET_GUESSED in record.warnings


def test_interrupted_records_leave_a_gap() -> None:
    counts = make.heart_counts(1000)
    records = edf_records(counts)
    noted = [[*one, edf_note(start)] for one, start in zip(records, (5, 8), strict=True)]
    record = read_ecg(edf([*twelve(), NOTES], noted, kind="EDF+D"))
    assert record.sample_count == 2000
    assert record.leads[0].gaps == ((500, 1500),)
    np.testing.assert_allclose(record.leads[0].samples[1500:], counts[500:, 0] * 0.002, rtol=1e-5)


@pytest.mark.parametrize("starts", [(5, 5.5), (5, 4), (0, 1e7)])
def test_impossible_times_of_records_are_refused(starts: tuple[float, float]) -> None:
    records = edf_records(make.heart_counts(1000))
    noted = [[*one, edf_note(start)] for one, start in zip(records, starts, strict=True)]
    with pytest.raises(UnreadableFile):
        read_ecg(edf([*twelve(), NOTES], noted, kind="EDF+D"))


@pytest.mark.parametrize(("count", "missing"), [("-1", False), ("9", True), ("2", False)])
def test_what_is_there_of_the_records_is_shown(count: str, missing: bool) -> None:
    record = read_ecg(edf(twelve(), edf_records(make.heart_counts(1000)), count=count))
    assert record.sample_count == 1000
    assert (StudyWarning.SAMPLES_MISSING in record.warnings) is missing


def test_bytes_that_no_record_has_are_said() -> None:
    """A byte too many somewhere moves every sample behind it."""
    data = plain(make.heart_counts(1000)) + b"\0"
    assert read_ecg(data).warnings == (StudyWarning.CHECKSUM_WRONG,)


def test_annotations_alone_are_no_ecg() -> None:
    with pytest.raises(UnreadableFile) as raised:
        read_ecg(edf([NOTES], [[edf_note(0, "x")]], kind="EDF+C", seconds="0"))
    assert raised.value.reason is Unreadable.NO_PICTURE


def test_a_guessed_name_is_said() -> None:
    data = edf(twelve(), edf_records(make.heart_counts(500)), patient="Иванова".encode("cp1251"))
    record = read_ecg(data)
    assert record.patient_name == "Иванова"
    assert StudyWarning.NAME_CHARSET_GUESSED in record.warnings


def test_24_bits_are_refused_by_name() -> None:
    with pytest.raises(UnreadableFile) as raised:
        read_ecg(b"\xffBIOSEMI" + plain(make.heart_counts(500))[8:])
    assert (raised.value.reason, raised.value.detail) == (Unreadable.UNSUPPORTED_SYNTAX, "BDF")
