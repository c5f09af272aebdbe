"""The manifest's ECG rows and the known traps, as `inspect` says them of the real files.

The same of generated twins, which always run: `test_inspect`, `tests/unit/studies` beside.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pytest

from tests.shared_data import SHARED_DATA, needs_shared_data, shared_file
from tests.unit.studies import dicom_factory as make
from tests.unit.studies.ecg_files import binary
from tests.unit.studies.reading import read_ecg
from workstation.commands.answers import EcgSaid
from workstation.commands.described import described
from workstation.studies.ecg import STANDARD_LEADS, EcgRecord


@dataclass(frozen=True)
class Truth:
    """What a row of the manifest says; mV to the digits that it gives."""

    files: tuple[str, ...]
    format: str
    rate: float
    samples: int
    first: dict[str, float]
    leads: tuple[str, ...] = STANDARD_LEADS
    device: Mapping[str, float] = field(default_factory=dict)
    patient: str | None = None
    warnings: tuple[str, ...] = ()
    extremes: dict[str, tuple[float, float]] = field(default_factory=dict)


CLARK = {"I": -0.005, "II": -0.0175, "V1": 0.1075, "V2": 0.1375}
CLARK_DEVICE = {"pr": 148, "qrs": 120, "qt": 420, "qtc": 443}
CLARK_DEVICE |= {"p_axis": 44, "qrs_axis": -61, "t_axis": 86}
MORTARA_DEVICE = {"rr": 982, "pr": 161, "qrs": 75, "qt": 368, "qtc": 370}
MORTARA_DEVICE |= {"p_axis": 74, "qrs_axis": 52, "t_axis": 57}
TRUTHS = {
    "mortara": Truth(
        ("dicom_12lead_mortara_1000hz.dcm",),
        "DICOM",
        1000,
        10000,
        {"I": 0.1, "II": 0.1125, "III": 0.0125, "aVR": -0.106, "V6": -0.05},
        device=MORTARA_DEVICE,
        patient="Anonymous",
        extremes={"I": (-0.0625, 0.725)},
    ),
    "clark in DICOM": Truth(
        ("dicom_12lead_clark_500hz.dcm",),
        "DICOM",
        500,
        5000,
        CLARK,
        device=CLARK_DEVICE,
        patient="Clark",
        warnings=("device_unit_ignored",),
    ),
    "clark in SCP": Truth(
        ("scp_clark.scp",), "SCP-ECG", 500, 5000, CLARK, device=CLARK_DEVICE, patient="Clark"
    ),
    "clark in aECG": Truth(
        ("aecg_clark.xml",), "HL7 aECG", 500, 5000, CLARK, device=CLARK_DEVICE, patient="Clark"
    ),
    "muse": Truth(
        ("muse_sinus.xml",),
        "GE MUSE XML",
        500,
        5000,
        {"I": -0.0098},
        device={"heart_rate": 90, "pr": 144, "qrs": 86, "qt": 402},
        patient="DOE JOHN",
        warnings=("leads_derived",),
    ),
    "muse in WFDB, five times too large": Truth(
        ("muse-sinus.hea", "muse-sinus.dat"), "WFDB", 500, 5000, {"I": -0.05}
    ),
    "philips": Truth(
        ("philips_sierra_103.xml",),
        "Philips Sierra XML",
        500,
        5500,
        {"I": 0.24, "II": 0.585, "V1": 0.165},
        device={"heart_rate": 41, "pr": 151, "qrs": 135, "qt": 476},
    ),
    "mit-bih": Truth(
        ("mitdb/100.hea", "mitdb/100.dat"),
        "WFDB",
        360,
        650000,
        {"MLII": -0.145},
        leads=("MLII", "V5"),
        warnings=("lead_name_unknown",),
    ),
    "ptb": Truth(
        ("ptb/s0010_re.hea", "ptb/s0010_re.dat", "ptb/s0010_re.xyz"),
        "WFDB",
        1000,
        38400,
        {"I": -0.2445, "V1": -0.044, "X": -0.0015, "Z": -0.009},
        leads=(*STANDARD_LEADS, "X", "Y", "Z"),
    ),
    "ludb in EDF": Truth(
        ("edfplus_ludb1.edf",), "EDF+", 500, 5000, {"I": -0.073, "II": 0.019, "III": 0.122}
    ),
    "edf of another signal": Truth(
        ("edf_utf8.edf",),
        "EDF+",
        128,
        89344,
        {},
        leads=("Fp1",),
        patient="X,X",
        warnings=("no_calibration", "lead_name_unknown"),
    ),
}
TRUTHS |= {
    f"ludb {number}": Truth((f"ludb/{number}.hea", f"ludb/{number}.dat"), "WFDB", 500, 5000, {})
    for number in range(1, 13)
}
TRUTHS["ludb 1"].first.update({"I": -0.0734, "II": 0.0191, "III": 0.1221})
WITHOUT_A_TRACE = {"edfplus_annotations.edf"}
"""Refused in words: tests/unit/studies/test_ecg_shared_truths.py."""
ANNOTATIONS = ("100.atr", "muse-sinus.ecgpuwave")


def read(files: tuple[str, ...]) -> EcgRecord:
    if len(files) == 1:
        return read_ecg(shared_file(f"ecg/{files[0]}"))
    parts = {name.rpartition("/")[2]: shared_file(f"ecg/{name}") for name in files}
    return read_ecg(binary.zipped(dict(parts)))


@needs_shared_data
@pytest.mark.parametrize("name", TRUTHS)
def test_the_manifest_s_row(name: str) -> None:
    truth = TRUTHS[name]
    said = described(read(truth.files))
    assert isinstance(said, EcgSaid)
    shown = said.recordings[0]
    assert (said.format, shown.sampling_rate_hz, shown.samples) == (
        truth.format,
        truth.rate,
        truth.samples,
    )
    assert tuple(lead.name for lead in shown.leads) == truth.leads
    assert said.patient.name == truth.patient
    assert tuple(one.code for one in said.warnings) == truth.warnings
    leads = {lead.name: lead for lead in shown.leads}
    for lead, value in truth.first.items():
        assert leads[lead].unit == "mV"
        assert leads[lead].first == pytest.approx(value, abs=5e-4), lead
    for lead, (low, high) in truth.extremes.items():
        assert (leads[lead].lowest, leads[lead].highest) == pytest.approx((low, high))
    device = {one.quantity: one.value for one in reversed(said.device_measurements)}
    assert {quantity: device.get(quantity) for quantity in truth.device} == truth.device


@needs_shared_data
def test_no_row_is_forgotten() -> None:
    """Every ECG of the manifest is asserted here, or is an annotation of one that is."""
    manifest = json.loads((SHARED_DATA / "manifest.json").read_text("utf-8"))
    rows = {row["file"].removeprefix("ecg/") for row in manifest if row["file"].startswith("ecg/")}
    known = {file for truth in TRUTHS.values() for file in truth.files} | WITHOUT_A_TRACE
    left = {row for row in rows - known if not row.endswith(ANNOTATIONS)}
    assert {row for row in left if not row.startswith("ludb/")} == set()
    assert not {row for row in left if row.endswith((".hea", ".dat"))}


@needs_shared_data
def test_a_padding_value_of_0_hides_no_sample() -> None:
    """The real file says 0 and means it: 58 to 180 samples of each lead are 0 uV."""
    record = read(TRUTHS["clark in DICOM"].files)
    zeros = [int(np.count_nonzero(lead.samples == 0)) for lead in record.leads]
    assert (min(zeros), max(zeros)) == (58, 180)
    assert all(lead.gaps == () for lead in record.leads)


def test_a_padding_value_of_0_hides_no_sample_of_a_twin() -> None:
    counts = make.heart_counts(500, 12)
    counts[100:140, 3] = 0
    group = make.waveform(counts)
    group.WaveformPaddingValue = b"\0\0"
    record = read_ecg(make.written(make.ecg([group])))
    assert all(lead.gaps == () for lead in record.leads)
    np.testing.assert_allclose(record.leads[3].samples, counts[:, 3] * 1.25e-3, atol=1e-6)


@needs_shared_data
def test_the_padding_of_the_median_beat_is_not_a_voltage() -> None:
    """-32768 would be -81.92 mV."""
    beat = described(read(TRUTHS["clark in DICOM"].files))
    assert isinstance(beat, EcgSaid)
    for lead in beat.recordings[1].leads:
        assert lead.gaps == ((599, 600),)
        assert lead.lowest is not None
        assert lead.lowest > -2


@needs_shared_data
def test_the_edf_twin_is_equal_within_a_step() -> None:
    """Less than a step of WFDB, and less than two of EDF, which is the finer one."""
    twin, record = read(TRUTHS["ludb 1"].files), read(TRUTHS["ludb in EDF"].files)
    edf_step = 1.02 / 65535
    wfdb_step = 1 / 2317
    for one, other in zip(record.leads, twin.leads, strict=True):
        apart = float(np.max(np.abs(one.samples - other.samples)))
        assert apart < min(wfdb_step, 2 * edf_step)


@needs_shared_data
def test_the_conversion_of_muse_is_five_times_the_truth() -> None:
    """Exactly: what the header says is shown, and the truth is in the XML."""
    muse = read(TRUTHS["muse"].files)
    five = read(TRUTHS["muse in WFDB, five times too large"].files)
    for name in ("I", "II", "V1", "V2", "V3", "V4", "V5", "V6"):
        one, other = muse.lead(name), five.lead(name)
        assert one is not None
        assert other is not None
        large = np.abs(one.samples) > 0.2
        ratio = other.samples[large] / one.samples[large]
        assert float(np.median(ratio)) == pytest.approx(5.0, abs=0.02)
