"""WFDB: a header and its samples in one zip, every packing exactly."""

import zipfile
from pathlib import Path

import numpy as np
import pytest

from tests.unit.studies import dicom_factory as make
from tests.unit.studies.ecg_files import binary
from tests.unit.studies.reading import read_ecg
from workstation.studies.ecg import STANDARD_LEADS
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.file_set import whole_file
from workstation.studies.warnings import StudyWarning

LEADS = ("i", "ii", "iii", "avr", "avl", "avf", "v1", "v2", "v3", "v4", "v5", "v6")


def refused(data: bytes) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as raised:
        read_ecg(data)
    return raised.value


def test_twelve_leads_and_frank_s_behind_them() -> None:
    counts = make.heart_counts(400, 15)
    record = read_ecg(binary.wfdb(counts, ("vx", *LEADS, "vy", "vz")))
    assert tuple(lead.name for lead in record.leads) == (*STANDARD_LEADS, "X", "Y", "Z")
    np.testing.assert_allclose(record.leads[0].samples, counts[:, 1] * 0.002, rtol=1e-5)
    assert (record.sampling_rate_hz, record.warnings) == (500, ())
    assert (record.notes, record.statements) == (("Rhythm: sinus",), ())


def packings() -> dict[str, bytes]:
    """60 numbers of two leads, within ten bits."""
    numbers = make.heart_counts(30, 2).clip(-100, 100).reshape(-1)
    listed = [int(one) for one in numbers]
    wide = numbers.astype("<i4")
    return {
        "16": numbers.astype("<i2").tobytes(),
        "61": numbers.astype(">i2").tobytes(),
        "32": wide.tobytes(),
        "24": wide.view(np.uint8).reshape(-1, 4)[:, :3].tobytes(),
        "80": (numbers + 128).astype("u1").tobytes(),
        "160": (numbers.astype(np.int32) + 32768).astype("<u2").tobytes(),
        "212": binary.packed_212(listed),
        "310": binary.packed_310(listed),
        "311": binary.packed_311(listed),
        "16+6": b"header" + numbers.astype("<i2").tobytes(),
    }


@pytest.mark.parametrize("packing", packings())
def test_every_packing_gives_the_same_samples(packing: str) -> None:
    counts = make.heart_counts(30, 2).clip(-100, 100)
    header = binary.wfdb_header(("I", "II"), counts, packing=packing)
    record = read_ecg(binary.zipped({"rec.hea": header, "rec.dat": packings()[packing]}))
    for place, lead in enumerate(record.leads):
        np.testing.assert_allclose(lead.samples, counts[:, place] * 0.002, rtol=1e-5)
    assert record.warnings == ()


@pytest.mark.parametrize("packing", ["212", "310", "311", "16"])
def test_the_number_for_no_sample_is_a_gap(packing: str) -> None:
    lowest = {"212": -2048, "310": -512, "311": -512, "16": -32768}[packing]
    counts = make.heart_counts(30, 2).clip(-100, 100)
    counts[3:5] = lowest
    packers = {"212": binary.packed_212, "310": binary.packed_310, "311": binary.packed_311}
    listed = [int(one) for one in counts.reshape(-1)]
    raw = packers[packing](listed) if packing in packers else counts.astype("<i2").tobytes()
    header = binary.wfdb_header(("I", "II"), counts, packing=packing, gain="5000000/mV")
    record = read_ecg(binary.zipped({"rec.hea": header, "rec.dat": raw}))
    assert [lead.gaps for lead in record.leads] == [((3, 5),), ((3, 5),)]


@pytest.mark.parametrize(
    ("gain", "expected"),
    [
        ("200(6)/mV", lambda n: (n - 6) / 200),
        ("0.2/uV", lambda n: n / 200),
        ("200", lambda n: n / 200),
    ],
)
def test_gains(gain: str, expected: object) -> None:
    assert callable(expected)
    counts = make.heart_counts(50, 2)
    record = read_ecg(binary.wfdb(counts, ("I", "II"), gain=gain))
    numbers = expected(counts[:, 0].astype(np.float64))
    np.testing.assert_allclose(record.leads[0].samples, numbers, rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize("gain", ["0/mV", "-200/mV", "200/mmHg", "x", "1e999/mV"])
def test_without_a_valid_gain_nothing_is_millivolt(gain: str) -> None:
    record = read_ecg(binary.wfdb(make.heart_counts(50, 2), ("I", "II"), gain=gain))
    assert not record.calibrated
    assert StudyWarning.NO_CALIBRATION in record.warnings


def test_damage_and_missing_samples_are_said() -> None:
    counts = make.heart_counts(50, 2)
    raw = counts.astype("<i2").tobytes()
    wrong = binary.wfdb_header(("I", "II"), counts, checksums=False)
    record = read_ecg(binary.zipped({"rec.hea": wrong, "rec.dat": raw}))
    assert record.warnings == (StudyWarning.CHECKSUM_WRONG,)
    header = binary.wfdb_header(("I", "II"), counts)
    record = read_ecg(binary.zipped({"rec.hea": header, "rec.dat": raw[:80]}))
    assert (record.sample_count, record.warnings) == (20, (StudyWarning.SAMPLES_MISSING,))


def test_what_cannot_be_read_is_refused() -> None:
    counts = make.heart_counts(50, 2)
    header = binary.wfdb_header(("I", "II"), counts)
    raw = counts.astype("<i2").tobytes()
    assert "without" in refused(header.encode()).detail
    assert "without" in refused(binary.zipped({"rec.hea": header})).detail
    for changed, reason in (
        (header.replace("rec 2 500", "rec 2 0"), Unreadable.NO_TIME_SCALE),
        (header.replace(" 500 50 10:59:19 25/01/2026", ""), Unreadable.NO_TIME_SCALE),
        (header.replace("rec 2", "rec/3 2"), Unreadable.UNSUPPORTED_SYNTAX),
        (header.replace(".dat 16", ".dat 516"), Unreadable.UNSUPPORTED_SYNTAX),
        (header.replace(".dat 16", ".dat 16x4"), Unreadable.UNSUPPORTED_SYNTAX),
        (header.replace(" 50 ", " 999999999 "), Unreadable.TOO_LARGE),
        (header.replace("rec 2", "rec 9"), Unreadable.NOT_RECOGNISED),
        ("hello", Unreadable.NOT_RECOGNISED),
    ):
        assert refused(binary.zipped({"rec.hea": changed, "rec.dat": raw})).reason is reason
    assert refused(binary.zipped({"a.txt": "x"})).reason is Unreadable.NO_PICTURE
    assert refused(b"PK\x03\x04" + bytes(100)).reason is Unreadable.NOT_RECOGNISED


def test_a_zip_that_was_cut_off_is_said_to_be_cut_off() -> None:
    """Its list of files stood at the end."""
    raw = np.zeros((50, 1), np.int16)
    whole = binary.wfdb(raw, ("I",))
    for cut in (40, len(whole) // 2, len(whole) - 30):
        assert refused(whole[:cut]).reason is Unreadable.TRUNCATED


def test_a_zip_bomb_is_refused() -> None:
    counts = make.heart_counts(50, 2)
    header = binary.wfdb_header(("I", "II"), counts)
    bomb = binary.zipped({"rec.hea": header, "rec.dat": bytes(80 * 1024 * 1024)})
    assert len(bomb) < 200_000
    assert refused(bomb).reason is Unreadable.TOO_LARGE


def test_siblings_on_the_disk_are_taken_along(tmp_path: Path) -> None:
    counts = make.heart_counts(50, 2)
    header = tmp_path / "rec.hea"
    header.write_text(binary.wfdb_header(("I", "II"), counts))
    alone = refused(whole_file(header))
    assert alone.reason is Unreadable.UNSUPPORTED_SYNTAX
    (tmp_path / "rec.dat").write_bytes(counts.astype("<i2").tobytes())
    record = read_ecg(whole_file(header))
    np.testing.assert_allclose(record.leads[1].samples, counts[:, 1] * 0.002, rtol=1e-5)


def test_a_header_leads_nowhere_else_on_the_disk(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    folder = tmp_path / "in"
    folder.mkdir()
    header = folder / "rec.hea"
    names = ("../secret", str(tmp_path / "secret"), "..\\secret")
    header.write_text("rec 3 500 10\n" + "".join(f"{name} 16 200\n" for name in names))
    packed = folder / "packed.zip"
    packed.write_bytes(whole_file(header))
    with zipfile.ZipFile(packed) as archive:
        assert archive.namelist() == ["record.hea"]


def test_other_files_are_taken_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "x.hea"
    file.write_bytes(make.ecg_file())
    assert whole_file(file) == make.ecg_file()
