"""What is painted through a filter: zero phase, made once, never the stored samples."""

import numpy as np
import pytest

from tests.ui.viewers.made_up import make_ecg, make_lead, uncalibrated
from workstation.studies.ecg import STANDARD_LEADS, EcgLead, EcgRecord
from workstation.studies.measure.ecg.filters import Band, Mains, TraceFilter, all_filtered
from workstation.ui.viewers.ecg.filtered import AT_ONCE, FilteredRecord
from workstation.ui.viewers.ecg.layout import EcgLayout, Page, lay_out, place_leads

MONITOR = TraceFilter(Band.MONITOR, Mains.HZ_50, baseline=True)


def noisy(seconds: float, gaps: tuple[tuple[int, int], ...] = ()) -> EcgRecord:
    rng = np.random.default_rng(3)
    leads = []
    for name in STANDARD_LEADS:
        lead = make_lead(name, seconds=seconds)
        samples = lead.samples + rng.normal(0, 0.1, len(lead.samples)).astype(np.float32)
        for start, stop in gaps:
            samples[start:stop] = 0
        leads.append(EcgLead(name, samples, gaps=gaps))
    return make_ecg(leads)


def page_of(record: EcgRecord, start_s: float = 0.0) -> Page:
    layout = EcgLayout.THREE_BY_FOUR
    places = place_leads(record)
    return lay_out(record, places, layout, speed=25, gain=10, start_s=start_s)


def test_no_filter_is_the_stored_record_itself() -> None:
    record = make_ecg()
    assert FilteredRecord(record, TraceFilter()).record is record


def test_a_short_record_is_filtered_whole() -> None:
    record = noisy(10)
    before = [lead.samples.copy() for lead in record.leads]
    made = FilteredRecord(record, MONITOR).record
    expected = all_filtered(record.leads, 500, MONITOR)
    for lead, other, stored, kept in zip(made.leads, expected, record.leads, before, strict=True):
        np.testing.assert_array_equal(lead.samples, other.samples)
        np.testing.assert_array_equal(stored.samples, kept)


@pytest.mark.parametrize("chosen", [MONITOR, TraceFilter(mains=Mains.HZ_50)])
@pytest.mark.parametrize("start_s", [0.0, 33.3, 50.0])
def test_of_a_long_record_the_part_that_is_seen_is_filtered(
    chosen: TraceFilter, start_s: float
) -> None:
    """As the whole would be: 0.01 mV are a tenth of a millimetre at 10 mm/mV."""
    record = noisy(60, gaps=((9000, 9400), (17_000, 17_100)))
    assert len(record.leads) * record.sample_count > AT_ONCE
    made = FilteredRecord(record, chosen)
    page = page_of(record, start_s)
    made.look_at(page.strips)
    whole = all_filtered(record.leads, 500, chosen)
    for strip in page.strips:
        first, last = (round(at * 500) for at in (strip.start_s, strip.start_s + strip.duration_s))
        found, expected = (
            next(lead for lead in leads if lead.name == strip.ref.name)
            for leads in (made.record.leads, whole)
        )
        difference = np.abs(found.samples[first:last] - expected.samples[first:last])
        assert difference.max() < 0.01
        assert found.gaps == expected.gaps


def test_the_rest_of_a_long_record_waits_as_it_was_stored() -> None:
    record = noisy(60)
    made = FilteredRecord(record, MONITOR)
    same = made.record
    made.look_at(page_of(record).strips)
    assert made.record is same
    stored = record.leads[0].samples
    np.testing.assert_array_equal(made.record.leads[0].samples[20_000:], stored[20_000:])
    assert not made.record.leads[0].samples.flags.writeable
    assert np.abs(made.record.leads[0].samples[:1000] - stored[:1000]).max() > 0.01


def test_uncalibrated_leads_stay_uncalibrated() -> None:
    record = make_ecg([uncalibrated(make_lead(name)) for name in STANDARD_LEADS])
    made = FilteredRecord(record, MONITOR).record
    assert not made.calibrated
