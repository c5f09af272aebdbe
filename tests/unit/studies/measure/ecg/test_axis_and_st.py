"""The axis of QRS and the level of ST, on beats whose vector is known."""

import numpy as np
import pytest

from tests.unit.studies.measure.ecg.hearts import RATE, Signal, heart, lead, trace
from workstation.studies.ecg import EcgLead, SampleUnit
from workstation.studies.measure.ecg.axis import UNKNOWN_AXIS, QrsAxis, qrs_axis
from workstation.studies.measure.ecg.median_beat import median_beat
from workstation.studies.measure.ecg.proposals import proposed
from workstation.studies.measure.ecg.r_peaks import r_peaks
from workstation.studies.measure.ecg.st_levels import st_levels

ONSET, OFFSET = 100, 145


def limb(degrees: float, size: float = 1.0) -> tuple[EcgLead, EcgLead]:
    """Leads I and aVF of a QRS that points there: aVF is Goldberger's."""
    bump = np.zeros(400)
    bump[ONSET : OFFSET + 1] = np.sin(np.linspace(0, np.pi, OFFSET - ONSET + 1)) * size
    angle = np.radians(degrees)
    return lead(0.3 + bump * np.cos(angle), "I"), lead(bump * np.sin(angle) * 3**0.5 / 2, "aVF")


@pytest.mark.parametrize("degrees", [-179, -90, -61, -30, 0, 30, 52, 90, 135, 180])
def test_axis_of_a_known_vector(degrees: float) -> None:
    found = qrs_axis(*limb(degrees), RATE, ONSET, OFFSET)
    assert found.agree
    for value in (found.by_amplitude, found.by_area):
        assert value is not None
        assert abs((value - degrees + 180) % 360 - 180) < 0.5


def test_a_qrs_that_points_nowhere_has_no_axis() -> None:
    assert qrs_axis(*limb(40, size=0.05), RATE, ONSET, OFFSET) == UNKNOWN_AXIS


def test_uncalibrated_or_missing_leads_have_no_axis() -> None:
    one, avf = limb(40)
    raw = lead(one.samples.astype(np.float64), unit=SampleUnit.UNCALIBRATED)
    assert qrs_axis(raw, avf, RATE, ONSET, OFFSET) == UNKNOWN_AXIS
    parted = lead(avf.samples.astype(np.float64), gaps=((120, 125),))
    assert qrs_axis(one, parted, RATE, ONSET, OFFSET) == UNKNOWN_AXIS
    assert qrs_axis(one, avf, RATE, 3, OFFSET) == UNKNOWN_AXIS
    assert not UNKNOWN_AXIS.agree


def test_ways_that_differ_do_not_agree() -> None:
    assert not QrsAxis(10, 31).agree
    assert QrsAxis(-175, 175).agree
    assert not QrsAxis(10, None).agree


@pytest.mark.parametrize("shape", ["normal", "left_ventricle", "scar", "pre_excited"])
def test_axis_of_whole_hearts(shape: str) -> None:
    """Of the median beat, against the vector that was put in."""
    leads = heart(shape)
    peaks = r_peaks(leads, RATE)
    beat = median_beat(leads, RATE, peaks)
    bounds = proposed(leads, RATE, peaks)
    assert beat is not None
    one, avf = beat.lead("I"), beat.lead("aVF")
    assert one is not None
    assert avf is not None
    assert bounds.qrs_onset is not None
    assert bounds.qrs_offset is not None
    found = qrs_axis(one, avf, RATE, bounds.qrs_onset, bounds.qrs_offset)
    assert found.by_area == pytest.approx(trace(shape).axis, abs=12)


def raised(level: float) -> Signal:
    """ST on a slope that is `level` at J, a QRS before it, and a record that is off by 0.5 mV."""
    samples = np.full(400, 0.5)
    samples[ONSET:OFFSET] = 1.5
    samples[OFFSET:] += level + 0.001 * np.arange(400 - OFFSET)
    return samples


def test_st_is_counted_from_the_isoelectric_line() -> None:
    (found,) = st_levels([lead(raised(0.2))], RATE, ONSET, OFFSET)
    assert found.at_j == pytest.approx(0.2, abs=1e-6)
    assert found.at_j60 == pytest.approx(0.23, abs=1e-6)
    assert found.at_j80 == pytest.approx(0.24, abs=1e-6)


def test_st_beyond_the_record_or_in_a_gap_is_unknown() -> None:
    parted = lead(raised(-0.1), gaps=((OFFSET + 29, OFFSET + 32),))
    (found,) = st_levels([parted], RATE, ONSET, OFFSET)
    assert found.at_j == pytest.approx(-0.1, abs=1e-6)
    assert found.at_j60 is None
    assert found.at_j80 == pytest.approx(-0.06, abs=1e-6)
    (late,) = st_levels([lead(raised(0))], RATE, ONSET, 380)
    assert late.at_j60 is None
    (early,) = st_levels([lead(raised(0))], RATE, 5, 50)
    assert (early.at_j, early.at_j60) == (None, None)


def test_st_of_an_uncalibrated_lead_is_not_in_millivolts() -> None:
    raw = lead(raised(0.2), "V2", unit=SampleUnit.UNCALIBRATED)
    (found,) = st_levels([raw], RATE, ONSET, OFFSET)
    assert (found.lead, found.unit) == ("V2", SampleUnit.UNCALIBRATED)


def test_j_point_before_the_onset_is_no_level() -> None:
    (found,) = st_levels([lead(raised(0.2))], RATE, ONSET, ONSET)
    assert found.at_j is None
