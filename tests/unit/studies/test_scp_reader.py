"""SCP-ECG: stored numbers exactly, however they are packed; bad pointers mended or refused."""

import struct
from datetime import date, datetime

import numpy as np
import pytest

from tests.unit.studies import dicom_factory as make
from tests.unit.studies.ecg_files import scp
from tests.unit.studies.reading import read_ecg
from workstation.studies.ecg import STANDARD_LEADS, DeviceQuantity, RecordingKind, SampleUnit
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.readers.sniff import FileFormat, sniff
from workstation.studies.warnings import StudyWarning

MV = 0.0025
"""2500 nV."""


def bodies(samples: int = 500, leads: tuple[str, ...] = make.EIGHT) -> dict[int, bytes]:
    counts = make.heart_counts(samples, len(leads))
    return {1: scp.patient(), 3: scp.leads(leads, samples), 6: scp.data(counts)}


@pytest.mark.parametrize("differences", [0, 1, 2])
@pytest.mark.parametrize("table", [b"", scp.STANDARD_TABLE, scp.own_table()])
def test_every_packing_gives_the_same_samples(differences: int, table: bytes) -> None:
    counts = make.heart_counts(500, 12)
    packed = scp.data(counts, differences=differences, huffman=bool(table))
    parts = {1: scp.patient(), 2: table, 3: scp.leads(make.TWELVE, 500), 6: packed}
    record = read_ecg(scp.record({number: body for number, body in parts.items() if body}))
    assert tuple(lead.name for lead in record.leads) == STANDARD_LEADS
    for place, lead in enumerate(record.leads):
        np.testing.assert_allclose(lead.samples, counts[:, place] * MV, rtol=1e-6)
        assert lead.unit is SampleUnit.MILLIVOLT
    assert (record.sampling_rate_hz, record.source_format, record.warnings) == (500, "SCP-ECG", ())


@pytest.mark.parametrize("differences", [0, 1, 2])
def test_zeros_that_fill_the_last_byte_are_no_samples(differences: int) -> None:
    """More samples are announced than there are: a zero bit is the code of a number, too."""
    counts = make.heart_counts(501, 12)
    packed = scp.data(counts, differences=differences, huffman=True)
    parts = {1: scp.patient(), 2: scp.STANDARD_TABLE, 3: scp.leads(make.TWELVE, 4000), 6: packed}
    record = read_ecg(scp.record(parts))
    assert StudyWarning.SAMPLES_MISSING in record.warnings
    for place, lead in enumerate(record.leads):
        there = len(lead.samples) - sum(stop - start for start, stop in lead.gaps)
        assert there <= 501
        np.testing.assert_allclose(lead.samples[:there], counts[:there, place] * MV, rtol=1e-6)


def test_an_interval_that_is_no_whole_rate_is_kept() -> None:
    parts = bodies() | {6: scp.data(make.heart_counts(500, 8), interval_us=3906)}
    assert read_ecg(scp.record(parts)).sampling_rate_hz == pytest.approx(256.0164, abs=1e-4)


def test_who_when_and_filters() -> None:
    record = read_ecg(scp.record(bodies()))
    assert record.patient_name == "Obraztsova Anna"
    assert record.patient_birth_date == date(1971, 1, 23)
    assert record.recorded_at == datetime(2026, 1, 25, 10, 59, 19)
    assert record.filter_note is not None
    note = record.filter_note
    assert (note.low_hz, note.high_hz, note.notch_hz) == (0.05, 150, 50)


@pytest.mark.parametrize(
    ("raw", "language", "guessed"),
    [
        ("Иванова".encode("cp1251") + b"\0", None, True),
        ("Иванова".encode("cp1251") + b"\0", 0x01, True),
        ("Иванова".encode("iso8859_5") + b"\0", 0x13, False),
        ("Иванова".encode("utf-16-le") + b"\0\0", 0x07, False),
        ("Иванова".encode() + b"\0", 0x37, False),
    ],
)
def test_names_in_their_letters(raw: bytes, language: int | None, guessed: bool) -> None:
    parts = bodies() | {1: scp.patient(raw, language=language)}
    record = read_ecg(scp.record(parts))
    assert record.patient_name.startswith("Иванова")
    assert (StudyWarning.NAME_CHARSET_GUESSED in record.warnings) is guessed


def test_values_and_words_of_the_device() -> None:
    parts = bodies() | {7: scp.measurements(), 8: scp.statements(b"<b>Sinus rhythm")}
    record = read_ecg(scp.record(parts))
    assert {one.quantity: one.value for one in record.device_measurements} == {
        DeviceQuantity.RR: 982,
        DeviceQuantity.P_DURATION: 102,
        DeviceQuantity.PR: 148,
        DeviceQuantity.QRS: 120,
        DeviceQuantity.QT: 420,
        DeviceQuantity.P_AXIS: 44,
        DeviceQuantity.QRS_AXIS: -61,
        DeviceQuantity.T_AXIS: 86,
        DeviceQuantity.HEART_RATE: 61,
        DeviceQuantity.QTC: 443,
    }
    assert record.statements == ("<b>Sinus rhythm",)


def test_the_reference_beat_is_offered_by_name_and_added_where_it_was_subtracted() -> None:
    rhythm = make.heart_counts(500, 2)
    beat = make.heart_counts(100, 2, seed=3)
    rest = rhythm.copy()
    rest[120:180] -= beat[20:80]  # samples 121 to 180; the fiducial 51 of the beat lies at 151
    zones = struct.pack("<HHH", 200, 51, 1) + struct.pack("<HLLL", 0, 121, 151, 180)
    parts = {
        3: scp.leads(("I", "II"), 500, flags=5),
        4: zones,
        5: scp.data(beat),
        6: scp.data(rest),
    }
    record = read_ecg(scp.record(parts))
    np.testing.assert_allclose(record.leads[0].samples, rhythm[:, 0] * MV, rtol=1e-5, atol=1e-7)
    assert [(other.name, other.kind) for other in record.others] == [
        ("REFERENCE BEAT", RecordingKind.MEDIAN_BEAT)
    ]
    turned = record.turned_to(0)
    np.testing.assert_allclose(turned.leads[1].samples, beat[:, 1] * MV, rtol=1e-6)
    assert (turned.kind, turned.others[0].name) == (RecordingKind.MEDIAN_BEAT, "RHYTHM")
    assert turned.turned_to(0).leads is record.leads


def test_leads_recorded_one_after_another_stand_where_they_began() -> None:
    lines = struct.pack("<LLB", 1, 200, 1) + struct.pack("<LLB", 201, 400, 2)
    counts = make.heart_counts(200, 2)
    record = read_ecg(scp.record({3: bytes([2, 0]) + lines, 6: scp.data(counts)}))
    one, two = record.leads
    assert (one.gaps, two.gaps) == (((200, 400),), ((0, 200),))
    np.testing.assert_allclose(two.samples[200:], counts[:, 1] * MV, rtol=1e-6)


def test_right_posterior_and_unknown_leads_are_shown() -> None:
    counts = make.heart_counts(100, 4)
    parts = {3: scp.leads(("Z", 200, "V7", "V4R"), 100), 6: scp.data(counts)}
    record = read_ecg(scp.record(parts))
    assert [lead.name for lead in record.leads] == ["V7", "V4R", "Z", "? 200"]
    assert StudyWarning.LEAD_NAME_UNKNOWN in record.warnings


def test_without_a_multiplier_nothing_is_millivolt() -> None:
    counts = make.heart_counts(500, 8)
    record = read_ecg(scp.record(bodies() | {6: scp.data(counts, nanovolts=0)}))
    assert not record.calibrated
    np.testing.assert_array_equal(record.leads[0].samples, counts[:, 0])
    assert StudyWarning.NO_CALIBRATION in record.warnings


def test_a_bad_pointer_is_mended_by_the_sections_own_headers() -> None:
    whole = bytearray(scp.record(bodies()))
    struct.pack_into("<L", whole, 22 + 6 * 10 + 6, 4_000_000_000)
    record = read_ecg(bytes(whole))
    np.testing.assert_allclose(record.leads[0].samples, make.heart_counts(500, 8)[:, 0] * MV)
    assert StudyWarning.CHECKSUM_WRONG in record.warnings


def test_a_changed_byte_is_said() -> None:
    whole = bytearray(scp.record(bodies()))
    whole[-100] ^= 1
    assert read_ecg(bytes(whole)).warnings == (
        StudyWarning.CHECKSUM_WRONG,
        StudyWarning.LEADS_DERIVED,
    )


def test_bytes_after_the_record_do_no_harm() -> None:
    assert read_ecg(scp.record(bodies()) + bytes(100)).warnings == (StudyWarning.LEADS_DERIVED,)


def test_fewer_samples_than_announced_are_shown_and_said() -> None:
    record = read_ecg(scp.record(bodies() | {3: scp.leads(make.EIGHT, 5000)}))
    assert record.sample_count == 500
    assert StudyWarning.SAMPLES_MISSING in record.warnings


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({6: scp.data(make.heart_counts(500, 8), interval_us=0)}, Unreadable.NO_TIME_SCALE),
        ({6: scp.data(make.heart_counts(500, 8), differences=9)}, Unreadable.DAMAGED),
        ({6: scp.data(make.heart_counts(500, 8), bimodal=1)}, Unreadable.UNSUPPORTED_SYNTAX),
        ({6: b""}, Unreadable.NO_PICTURE),
        ({3: b"\x08\0"}, Unreadable.DAMAGED),
        ({3: scp.leads(make.EIGHT, 4_000_000_000)}, Unreadable.TOO_LARGE),
        ({3: scp.leads(make.EIGHT, 500, start=0)}, Unreadable.DAMAGED),
        ({2: struct.pack("<HH", 1, 9000)}, Unreadable.DAMAGED),
    ],
)
def test_what_cannot_be_read_is_refused(changed: dict[int, bytes], reason: Unreadable) -> None:
    with pytest.raises(UnreadableFile) as raised:
        read_ecg(scp.record(bodies() | changed))
    assert raised.value.reason is reason


def test_the_content_says_what_it_is() -> None:
    assert sniff(memoryview(scp.record(bodies()))) is FileFormat.SCP
