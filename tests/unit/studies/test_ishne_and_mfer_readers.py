"""ISHNE and MFER: true numbers, unknown ones as unknown."""

from datetime import date, datetime

import numpy as np
import pytest

from tests.unit.studies import dicom_factory as make
from tests.unit.studies.ecg_files import binary
from tests.unit.studies.reading import read_ecg
from workstation.studies.ecg import STANDARD_LEADS, RecordingKind
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.warnings import StudyWarning

MFER_NUMBERS = (1, 2, 61, 62, 63, 64, 3, 4, 5, 6, 7, 8)


def reason_of(data: bytes) -> Unreadable:
    with pytest.raises(UnreadableFile) as raised:
        read_ecg(data)
    return raised.value.reason


def test_ishne_leads_and_facts() -> None:
    counts = make.heart_counts(600, 3)
    record = read_ecg(binary.ishne(counts, ("X", "V1", "other")))
    assert [lead.name for lead in record.leads] == ["V1", "X", "? 3"]
    np.testing.assert_allclose(record.leads[0].samples, counts[:, 1] * 0.0025, rtol=1e-5)
    assert (record.sampling_rate_hz, record.source_format) == (200, "ISHNE")
    assert (record.patient_name, record.patient_birth_date) == (
        "Obraztsova Anna",
        date(1971, 1, 23),
    )
    assert record.recorded_at == datetime(2026, 1, 25, 10, 59, 19)
    assert record.warnings == (StudyWarning.LEAD_NAME_UNKNOWN,)


@pytest.mark.parametrize(
    ("announced", "shown", "missing"),
    [(600, 600, False), (1800, 600, False), (999, 600, True), (400, 400, False), (-9, 600, False)],
)
def test_ishne_counts_samples_by_lead_or_by_all(announced: int, shown: int, missing: bool) -> None:
    data = binary.ishne(make.heart_counts(600, 3), ("I", "II", "V5"), announced=announced)
    record = read_ecg(data)
    assert record.sample_count == shown
    assert (StudyWarning.SAMPLES_MISSING in record.warnings) is missing


def test_ishne_that_is_not_sound() -> None:
    counts = make.heart_counts(600, 2)
    for nanovolts in (0, -9):
        record = read_ecg(binary.ishne(counts, ("I", "II"), nanovolts=nanovolts))
        assert not record.calibrated
    assert reason_of(binary.ishne(counts, ("I", "II"), rate=0)) is Unreadable.NO_TIME_SCALE
    assert reason_of(binary.ishne(counts, ("I", "II"), rate=-5)) is Unreadable.NO_TIME_SCALE
    whole = binary.ishne(counts, ("I", "II"))
    assert reason_of(whole[:500]) is Unreadable.TRUNCATED
    assert reason_of(whole[:522]) is Unreadable.TRUNCATED
    named = binary.ishne(counts, ("I", "II"), name="Анна".encode("cp1251"))
    assert StudyWarning.NAME_CHARSET_GUESSED in read_ecg(named).warnings
    assert read_ecg(whole + b"\0").warnings == (StudyWarning.CHECKSUM_WRONG,)
    changed = whole[:40] + b"?" + whole[41:]
    assert read_ecg(changed).warnings == (StudyWarning.CHECKSUM_WRONG,)


def test_ishne_lead_fault_is_a_gap() -> None:
    counts = make.heart_counts(600, 2)
    counts[100:150, 0] = -32768
    record = read_ecg(binary.ishne(counts, ("I", "II")))
    assert [lead.gaps for lead in record.leads] == [((100, 150),), ()]


@pytest.mark.parametrize("big", [False, True])
def test_mfer_leads_in_millivolt(big: bool) -> None:
    counts = make.heart_counts(300, 12)
    record = read_ecg(binary.mfer(counts, MFER_NUMBERS, big=big))
    assert tuple(lead.name for lead in record.leads) == STANDARD_LEADS
    for place, lead in enumerate(record.leads):
        np.testing.assert_allclose(lead.samples, counts[:, place] * 0.001, rtol=1e-5)
    assert (record.sampling_rate_hz, record.warnings) == (500, ())


def test_mfer_facts() -> None:
    more = binary.tag(0x03, b"UTF-8") + binary.tag(0x81, "Иванова^^Мария".encode())
    more += binary.tag(0x83, bytes([54, 0, 0]) + (1971).to_bytes(2, "little") + bytes([1, 23]))
    more += binary.tag(0x85, (2026).to_bytes(2, "little") + bytes([1, 25, 10, 59, 19]))
    more += binary.tag(0x11, b"HPF=0.05") + binary.tag(0x11, b"LPF=150^Bessel")
    record = read_ecg(binary.mfer(make.heart_counts(100, 2), (1, 2), more=more))
    assert (record.patient_name, record.patient_birth_date) == ("Иванова Мария", date(1971, 1, 23))
    assert record.recorded_at == datetime(2026, 1, 25, 10, 59, 19)
    assert record.filter_note is not None
    assert (record.filter_note.low_hz, record.filter_note.high_hz) == (0.05, 150)


def test_mfer_sequences_null_and_offset() -> None:
    counts = make.heart_counts(100, 2)
    counts[5, 0] = 7777
    null = binary.tag(0x12, (7777).to_bytes(2, "little"))
    offset = binary.tag(0x0D, (100).to_bytes(2, "little"))
    blocks = binary.tag(0x04, b"\x0a") + binary.tag(0x06, b"\x0a") + null + offset
    whole = binary.mfer(counts, (1, 2), more=blocks)
    wave = counts.T.astype("<i2").tobytes()
    interleaved = counts.reshape(10, 10, 2).transpose(0, 2, 1).astype("<i2").tobytes()
    record = read_ecg(whole.replace(wave, interleaved))
    one, two = record.leads
    assert one.gaps == ((5, 6),)
    np.testing.assert_allclose(two.samples, (counts[:, 1] + 100) * 0.001, rtol=1e-5)


def test_mfer_dominant_beat_is_offered_by_name() -> None:
    counts = make.heart_counts(100, 2)
    beat = binary.tag(0x08, (9).to_bytes(2, "little")) + binary.tag(0x1E, counts.tobytes())
    whole = binary.mfer(counts, (1, 2))[:-1] + beat + b"\x80"
    record = read_ecg(whole)
    assert [(other.name, other.kind) for other in record.others] == [
        ("DOMINANT BEAT", RecordingKind.MEDIAN_BEAT)
    ]


def test_mfer_frames_go_on_from_each_other_unless_they_are_placed() -> None:
    counts = make.heart_counts(100, 2)
    frame = binary.tag(0x1E, counts.T.astype("<i2").tobytes())
    whole = binary.mfer(counts, (1, 2))[:-1]
    record = read_ecg(whole + frame + b"\x80")
    assert (record.sample_count, record.others) == (200, ())
    np.testing.assert_allclose(record.leads[1].samples[100:], counts[:, 1] * 0.001, rtol=1e-5)
    placed = read_ecg(whole + binary.tag(0x07, bytes([0, 1, 0, 0])) + frame + b"\x80")
    assert (placed.sample_count, len(placed.others)) == (100, 1)
    assert StudyWarning.OTHER_GROUPS_HIDDEN in placed.warnings


@pytest.mark.parametrize(
    "step",
    [
        b"",
        binary.tag(0x0C, bytes([0, 0xFA, 0])),
        binary.tag(0x0C, bytes([0, 0xFA, 0xFF])),
        binary.tag(0x0C, bytes([1, 0xFA, 1])),
    ],
)
def test_mfer_without_a_valid_step_is_no_millivolt(step: bytes) -> None:
    counts = make.heart_counts(100, 2)
    record = read_ecg(binary.mfer(counts, (1, 2), step=step))
    assert not record.calibrated
    np.testing.assert_array_equal(record.leads[0].samples, counts[:, 0])


@pytest.mark.parametrize(
    "rate", [b"", binary.tag(0x0B, bytes([1, 0xFD, 0])), binary.tag(0x0B, bytes([2, 0, 1]))]
)
def test_mfer_without_a_rate_has_no_time_scale(rate: bytes) -> None:
    """The format's default of 1000 Hz would be a guess."""
    data = binary.mfer(make.heart_counts(100, 2), (1, 2), rate=rate)
    assert reason_of(data) is Unreadable.NO_TIME_SCALE


def test_mfer_that_is_not_sound() -> None:
    counts = make.heart_counts(100, 2)
    for more in (binary.tag(0x0E, b"\1\0"), binary.tag(0x0A, b"\x09"), b"\x67\x80\0\0"):
        assert reason_of(binary.mfer(counts, (1, 2), more=more)) is Unreadable.UNSUPPORTED_SYNTAX
    whole = binary.mfer(counts, (1, 2))
    assert reason_of(whole[:-50]) is Unreadable.TRUNCATED
    assert (
        reason_of(whole.replace(binary.tag(0x05, b"\2"), binary.tag(0x05, b"\0")))
        is Unreadable.DAMAGED
    )
    unknown = read_ecg(binary.mfer(counts, (1, 143)))
    assert [lead.name for lead in unknown.leads] == ["I", "? 2"]
    assert StudyWarning.LEAD_NAME_UNKNOWN in unknown.warnings
