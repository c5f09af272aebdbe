"""Real records beside the checkout: annotated beats and waves, and what devices measured."""

from pathlib import Path

import numpy as np
import pytest

from tests.shared_data import needs_shared_data, shared_file
from tests.unit.studies.measure.ecg.annotated import (
    MITDB,
    Truth,
    bound_errors,
    false_p_waves,
    interval_errors,
)
from tests.unit.studies.measure.ecg.wfdb_records import Wave, beats, read_record, waves
from tests.unit.studies.reading import read_ecg
from workstation.studies.ecg import DeviceQuantity
from workstation.studies.measure.ecg.axis import qrs_axis
from workstation.studies.measure.ecg.calipers import IntervalKind
from workstation.studies.measure.ecg.envelope import Envelope
from workstation.studies.measure.ecg.median_beat import median_beat
from workstation.studies.measure.ecg.proposals import (
    BOUNDS_OF,
    MEDIAN_ERROR_MS,
    WORTH_OFFERING_MS,
    Landmark,
    offered,
    proposed,
)
from workstation.studies.measure.ecg.r_peaks import r_peaks


@needs_shared_data
@pytest.mark.parametrize("landmark", list(Landmark))
def test_what_is_offered_was_measured_to_be_worth_it(landmark: Landmark) -> None:
    medians = [float(np.median(np.abs(bound_errors(landmark, which)))) for which in Truth]
    assert max(medians) == pytest.approx(MEDIAN_ERROR_MS[landmark], abs=1)
    assert offered(landmark) == (max(medians) < WORTH_OFFERING_MS)
    assert len(bound_errors(landmark, Truth.COMMON)) >= 10


@needs_shared_data
@pytest.mark.parametrize("interval", list(BOUNDS_OF))
def test_proposed_intervals_are_worth_offering(interval: IntervalKind) -> None:
    for which in Truth:
        errors = interval_errors(interval, which)
        assert np.median(np.abs(errors)) < WORTH_OFFERING_MS
        assert np.max(np.abs(errors)) < 50


@needs_shared_data
def test_no_p_wave_is_proposed_in_a_record_without() -> None:
    assert false_p_waves() == 0


@needs_shared_data
def test_half_an_hour_of_annotated_beats() -> None:
    """MIT-BIH 100: 2,273 beats, each found within 150 ms and nothing else."""
    record = read_record(MITDB / "100.hea")
    assert float(record.leads[0].samples[0]) == pytest.approx(-0.145)
    annotated = beats(MITDB / "100.atr")
    assert len(annotated) == 2273
    found = r_peaks(record.leads[:1], record.rate_hz)
    assert len(found) == len(annotated)
    assert np.max(np.abs(found - annotated)) <= 0.15 * record.rate_hz


@needs_shared_data
def test_half_an_hour_in_a_picture_holds_every_r_peak() -> None:
    record = read_record(MITDB / "100.hea")
    stored = np.round(record.leads[0].samples * 200).astype(np.int16)
    peaks = r_peaks(record.leads[:1], record.rate_hz)
    lows, highs = Envelope(stored).columns(0, len(stored), 600)
    edges = len(stored) * np.arange(601) // 600
    columns = np.searchsorted(edges, peaks, side="right") - 1
    assert np.all(highs[columns] >= stored[peaks])
    assert np.all(lows <= highs)


@needs_shared_data
@pytest.mark.parametrize(
    "name", ["ecg/dicom_12lead_mortara_1000hz.dcm", "ecg/dicom_12lead_clark_500hz.dcm"]
)
def test_what_the_device_measured_is_near(name: str) -> None:
    """Intervals within 40 ms, the axis within 15 degrees: two programs, one trace."""
    record = read_ecg(shared_file(name))
    device = {one.quantity: one.value for one in record.device_measurements}
    rate = record.sampling_rate_hz
    peaks = r_peaks(record.leads, rate)
    beat = median_beat(record.leads, rate, peaks)
    bounds = proposed(record.leads, rate, peaks)
    assert beat is not None
    assert bounds.qrs_onset is not None
    assert bounds.qrs_offset is not None
    assert bounds.t_end is not None
    each = 1000 / rate
    qrs, qt = bounds.qrs_offset - bounds.qrs_onset, bounds.t_end - bounds.qrs_onset
    assert qrs * each == pytest.approx(device[DeviceQuantity.QRS], abs=40)
    assert qt * each == pytest.approx(device[DeviceQuantity.QT], abs=40)
    one, avf = beat.lead("I"), beat.lead("aVF")
    assert one is not None
    assert avf is not None
    axis = qrs_axis(one, avf, rate, bounds.qrs_onset, bounds.qrs_offset)
    assert axis.by_area == pytest.approx(device[DeviceQuantity.QRS_AXIS], abs=15)


def test_annotations_are_read_as_they_are_written(tmp_path: Path) -> None:
    """Generated twin: "(" N ")" with a long step, and a note between them."""
    words = [
        39 << 10 | 100,
        1 << 10 | 20,
        63 << 10 | 3,
        0x6261,
        0x63,
        40 << 10 | 30,
        59 << 10,
        1,
        4464,
        27 << 10,
        0,
    ]
    file = tmp_path / "made.ii"
    file.write_bytes(np.array(words, "<u2").tobytes())
    assert waves(file) == [Wave("N", 100, 120, 150), Wave("t", None, 150 + 65536 + 4464, None)]
    assert beats(file).tolist() == [120]


def test_packed_samples_are_read(tmp_path: Path) -> None:
    """Generated twin of format 212: two numbers of twelve bits in three bytes."""
    (tmp_path / "made.dat").write_bytes(bytes([0xE3, 0x33, 0xF3, 0xFF, 0x0F, 0x02]))
    header = (
        "made 2 360 2\nmade.dat 212 200 11 1024 0 0 0 MLII\nmade.dat 212 200 11 1024 0 0 0 V5\n"
    )
    (tmp_path / "made.hea").write_text(header, "utf-8")
    record = read_record(tmp_path / "made.hea")
    assert [lead.name for lead in record.leads] == ["MLII", "V5"]
    stored = np.stack([lead.samples * 200 + 1024 for lead in record.leads])
    np.testing.assert_allclose(stored, [[0x3E3, -1], [0x3F3, 2]], atol=1e-3)
