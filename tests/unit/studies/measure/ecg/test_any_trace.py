"""Whatever a lead holds, measuring ends in finite values or in nothing."""

from math import isfinite

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.studies.measure.ecg.hearts import lead
from workstation.studies.ecg import EcgLead, SampleUnit
from workstation.studies.measure.ecg.axis import qrs_axis
from workstation.studies.measure.ecg.filters import Band, Mains, TraceFilter, filtered
from workstation.studies.measure.ecg.median_beat import median_beat
from workstation.studies.measure.ecg.proposals import Landmark, proposed
from workstation.studies.measure.ecg.r_peaks import r_peaks
from workstation.studies.measure.ecg.st_levels import st_levels

ALL = TraceFilter(Band.MONITOR, Mains.HZ_50, baseline=True)


@st.composite
def traces(draw: st.DrawFn) -> tuple[EcgLead, EcgLead]:
    """Two leads of noise, steps, spikes or nothing, of any size, with gaps anywhere."""
    random = np.random.default_rng(draw(st.integers(0, 10_000)))
    count = draw(st.integers(0, 4000))
    size = draw(st.sampled_from([0.0, 1e-6, 1.0, 999.0]))
    kind = draw(st.sampled_from(["noise", "steps", "spikes", "flat"]))
    made = {
        "noise": random.normal(0, 1, (2, count)),
        "steps": np.sign(random.normal(0, 1, (2, count)).cumsum(axis=1)),
        "spikes": (random.random((2, count)) > 0.995).astype(np.float64),
        "flat": np.ones((2, count)),
    }[kind]
    ends = draw(st.lists(st.integers(0, count), max_size=6).map(sorted))
    gaps = tuple(zip(ends[::2], ends[1::2], strict=False))
    unit = draw(st.sampled_from(list(SampleUnit)))
    return lead(made[0] * size, "I", gaps=gaps), lead(made[1] * size, "aVF", unit=unit)


@settings(deadline=None, max_examples=120)
@given(traces(), st.sampled_from([0.5, 50.0, 125.0, 500.0, 10_000.0]))
def test_any_trace_is_measured_or_not(leads: tuple[EcgLead, EcgLead], rate: float) -> None:
    for one in leads:
        shown = filtered(one, rate, ALL)
        assert np.all(np.isfinite(shown.samples))
        assert (shown.unit, shown.gaps) == (one.unit, one.gaps)
    peaks = r_peaks(leads, rate)
    assert np.all(np.diff(peaks) > 0)
    beat = median_beat(leads, rate, peaks)
    bounds = proposed(leads, rate, peaks)
    if beat is None:
        return
    assert all(np.all(np.isfinite(one.samples)) for one in beat.leads)
    length = len(beat.leads[0].samples)
    known = [at for at in map(bounds.at, Landmark) if at is not None]
    assert known == sorted(known)
    assert all(0 <= at < length for at in known)
    onset, offset = bounds.qrs_onset or 0, bounds.qrs_offset or length
    one, foot = beat.leads
    axis = qrs_axis(one, foot, rate, onset, offset)
    for value in (axis.by_amplitude, axis.by_area):
        assert value is None or -180 <= value <= 180
    for level in st_levels(beat.leads, rate, onset, offset):
        values = (level.at_j, level.at_j60, level.at_j80)
        assert all(value is None or isfinite(value) for value in values)
