"""What real ECG files of other formats must show: the manifest's rows; twins are generated beside.

The twins: test_scp_reader, test_xml_ecg_readers, test_edf_reader, test_wfdb_reader.
"""

import numpy as np
import pytest

from tests.shared_data import needs_shared_data, shared_file
from tests.unit.studies.ecg_files.binary import zipped
from tests.unit.studies.reading import read_ecg
from workstation.studies.ecg import STANDARD_LEADS, DeviceQuantity, EcgRecord, RecordingKind
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.warnings import StudyWarning


def first_millivolts(record: EcgRecord) -> dict[str, float]:
    return {lead.name: float(lead.samples[0]) for lead in record.leads}


def by_device(record: EcgRecord) -> dict[DeviceQuantity, list[float]]:
    found: dict[DeviceQuantity, list[float]] = {}
    for one in record.device_measurements:
        found.setdefault(one.quantity, []).append(one.value)
    return found


def wfdb(folder: str, name: str, *parts: str) -> EcgRecord:
    files = [f"{name}.{part}" for part in ("hea", *parts)]
    return read_ecg(zipped({file: shared_file(f"ecg/{folder}{file}") for file in files}))


@needs_shared_data
def test_the_clark_ecg_is_the_same_in_dicom_scp_and_aecg() -> None:
    """To the sample, the rhythm and the averaged beat as far as both have it."""
    dicom = read_ecg(shared_file("ecg/dicom_12lead_clark_500hz.dcm"))
    for name in ("ecg/scp_clark.scp", "ecg/aecg_clark.xml"):
        record = read_ecg(shared_file(name))
        assert tuple(lead.name for lead in record.leads) == STANDARD_LEADS
        assert (record.sampling_rate_hz, record.sample_count) == (500, 5000)
        for one, other in zip(record.leads, dicom.leads, strict=True):
            np.testing.assert_array_equal(one.samples, other.samples)
            assert one.gaps == ()
        first = first_millivolts(record)
        assert (first["I"], first["II"], first["V1"]) == pytest.approx((-0.005, -0.0175, 0.1075))
        assert record.patient_name == "Clark"
        assert str(record.patient_birth_date) == "1953-05-08"
        found = by_device(record)
        assert found[DeviceQuantity.PR] == [148]
        assert found[DeviceQuantity.QRS] == [120]
        assert found[DeviceQuantity.QT] == [420]
        assert found[DeviceQuantity.QTC] == [443]
        assert found[DeviceQuantity.P_AXIS] == [44]
        assert found[DeviceQuantity.QRS_AXIS] == [-61]
        assert found[DeviceQuantity.T_AXIS] == [86]
        assert record.warnings == ()
        (beat,) = record.others
        assert beat.kind is RecordingKind.MEDIAN_BEAT
        assert {len(lead.samples) for lead in beat.leads} == {599}


@needs_shared_data
@pytest.mark.parametrize(("name", "samples"), [("mortara_1000hz", 1200), ("clark_500hz", 600)])
def test_the_median_beat_of_dicom_is_offered_and_its_padding_is_a_gap(
    name: str, samples: int
) -> None:
    record = read_ecg(shared_file(f"ecg/dicom_12lead_{name}.dcm"))
    (beat,) = record.others
    assert (beat.name, beat.kind) == ("MEDIAN BEAT", RecordingKind.MEDIAN_BEAT)
    assert tuple(lead.name for lead in beat.leads) == STANDARD_LEADS
    assert {len(lead.samples) for lead in beat.leads} == {samples}
    assert all(np.all(np.abs(lead.samples) < 5) for lead in beat.leads)


@needs_shared_data
def test_muse_shows_twelve_leads() -> None:
    record = read_ecg(shared_file("ecg/muse_sinus.xml"))
    assert tuple(lead.name for lead in record.leads) == STANDARD_LEADS
    assert (record.sampling_rate_hz, record.sample_count) == (500, 5000)
    assert first_millivolts(record)["I"] == pytest.approx(-0.00976)
    one, two, three, right, left, foot = (lead.samples for lead in record.leads[:6])
    np.testing.assert_allclose(three, two - one, atol=1e-5)
    np.testing.assert_allclose(right, -(one + two) / 2, atol=1e-5)
    np.testing.assert_allclose(left, one - two / 2, atol=1e-5)
    np.testing.assert_allclose(foot, two - one / 2, atol=1e-5)
    found = by_device(record)
    assert found[DeviceQuantity.HEART_RATE] == [90]
    assert found[DeviceQuantity.PR] == [144]
    assert found[DeviceQuantity.QRS] == [86]
    assert found[DeviceQuantity.QT] == [402]
    assert found[DeviceQuantity.QTC] == [491]
    fridericia = record.device_measurements[5]
    assert (fridericia.name, fridericia.value) == ("QTcFrederica", 460)
    assert record.patient_name == "DOE JOHN"
    assert record.warnings == (StudyWarning.LEADS_DERIVED,)


@needs_shared_data
def test_the_conversion_of_muse_to_wfdb_is_five_times_too_large() -> None:
    """Its gain says so; the file shows what it states, and the truth is in the XML."""
    record = wfdb("", "muse-sinus", "dat")
    muse = read_ecg(shared_file("ecg/muse_sinus.xml"))
    for name in ("I", "II", "V1", "V6"):
        one, other = record.lead(name), muse.lead(name)
        assert one is not None
        assert other is not None
        assert np.max(np.abs(one.samples / 5 - other.samples)) <= 0.0006  # half of 1 uV, rounded
    assert record.warnings == ()


@needs_shared_data
def test_philips_sierra() -> None:
    record = read_ecg(shared_file("ecg/philips_sierra_103.xml"))
    assert tuple(lead.name for lead in record.leads) == STANDARD_LEADS
    assert (record.sampling_rate_hz, record.sample_count) == (500, 5500)
    first = first_millivolts(record)
    assert (first["I"], first["II"], first["V1"]) == pytest.approx((0.24, 0.585, 0.165))
    found = by_device(record)
    assert found[DeviceQuantity.HEART_RATE] == [41]
    assert found[DeviceQuantity.PR] == [151]
    assert found[DeviceQuantity.QRS] == [135]
    assert found[DeviceQuantity.QT] == [476]
    assert record.warnings == ()


@needs_shared_data
@pytest.mark.parametrize("number", range(1, 13))
def test_ludb(number: int) -> None:
    """The header's sums and first samples fit: no sample is lost or wrong."""
    record = wfdb("ludb/", str(number), "dat")
    assert tuple(lead.name for lead in record.leads) == STANDARD_LEADS
    assert (record.sampling_rate_hz, record.sample_count) == (500, 5000)
    assert record.calibrated
    assert record.warnings == ()


@needs_shared_data
def test_the_edf_twin_of_ludb_1() -> None:
    record = read_ecg(shared_file("ecg/edfplus_ludb1.edf"))
    twin = wfdb("ludb/", "1", "dat")
    first = first_millivolts(record)
    assert (first["I"], first["II"], first["III"]) == pytest.approx(
        (-0.073, 0.019, 0.122), abs=1e-3
    )
    for one, other in zip(record.leads, twin.leads, strict=True):
        assert one.name == other.name
        assert np.max(np.abs(one.samples - other.samples)) < 1.5e-3  # 1 LSB of the coarsest lead
    assert record.notes == ("маркер",)


@needs_shared_data
def test_mit_bih_100() -> None:
    record = wfdb("mitdb/", "100", "dat")
    assert (record.sampling_rate_hz, record.sample_count) == (360, 650000)
    assert first_millivolts(record)["MLII"] == pytest.approx(-0.145)
    assert record.warnings == (StudyWarning.LEAD_NAME_UNKNOWN,)


@needs_shared_data
def test_ptb_has_fifteen_leads() -> None:
    record = wfdb("ptb/", "s0010_re", "dat", "xyz")
    assert tuple(lead.name for lead in record.leads) == (*STANDARD_LEADS, "X", "Y", "Z")
    assert (record.sampling_rate_hz, record.sample_count) == (1000, 38400)
    assert record.warnings == ()


@needs_shared_data
def test_edf_of_other_signals() -> None:
    record = read_ecg(shared_file("ecg/edf_utf8.edf"))
    assert "中文测试八个字" in record.notes
    assert not record.calibrated  # its physical maximum lies below the minimum
    with pytest.raises(UnreadableFile) as raised:
        read_ecg(shared_file("ecg/edfplus_annotations.edf"))
    assert raised.value.reason is Unreadable.NO_PICTURE
