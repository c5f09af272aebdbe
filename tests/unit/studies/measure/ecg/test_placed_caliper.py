"""A caliper on a lead: what it measures, where it stands again, how far it can be moved."""

from dataclasses import replace

import numpy as np
import pytest

from backend_client.models.evidence import EcgPlace, Origin
from tests.unit.studies.measure.ecg.hearts import spikes
from workstation.studies.ecg import EcgLead, EcgRecord, SampleUnit
from workstation.studies.measure.ecg.filters import Band, Mains, TraceFilter, filter_of
from workstation.studies.measure.ecg.measured import Measured, Quantity
from workstation.studies.measure.ecg.placed_caliper import (
    INTERVALS,
    End,
    PlacedCaliper,
    caliper_of,
    measured_by,
)

RATES = (125.0, 250.0, 257.0, 360.0, 500.0, 997.3, 1000.0)


def make_lead(name: str, rate: float = 500.0) -> EcgLead:
    """10 s, flat but for a peak of 1 mV 0.4 s after every second."""
    places = [round(rate * (second + 0.4)) for second in range(10)]
    return replace(spikes(places, round(10 * rate), rate), name=name)


def make_ecg(leads: list[EcgLead] | None = None, rate: float = 500.0) -> EcgRecord:
    """Leads II and V2."""
    shown = tuple(leads or [make_lead("II"), make_lead("V2")])
    return EcgRecord(shown, rate, "", None, None, None, (), (), None, (), "made up")


def measured(caliper: PlacedCaliper, record: EcgRecord) -> Measured:
    found = measured_by(caliper, record)
    assert found is not None
    return found


def record_at(rate: float) -> EcgRecord:
    return make_ecg([make_lead("II", rate)], rate)


@pytest.mark.parametrize("rate", RATES)
def test_an_interval_is_its_samples_by_the_rate(rate: float) -> None:
    numbers = np.random.default_rng(6)
    record = record_at(rate)
    for _ in range(50):
        start, stop = map(int, numbers.integers(0, record.sample_count, 2))
        line = measured(PlacedCaliper("II", start, stop), record)
        assert line.value == pytest.approx(abs(stop - start) / rate * 1000, abs=1e-9)
        assert (line.unit, line.origin) == ("ms", Origin.BY_HAND)


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("offset_s", [0.0, 3600.5])
def test_a_measurement_stands_again_where_it_was_made(rate: float, offset_s: float) -> None:
    """Also on a window of a longer record."""
    offset_s = round(offset_s * rate) / rate
    numbers = np.random.default_rng(7)
    record = record_at(rate)
    for _ in range(50):
        start, stop = sorted(map(int, numbers.integers(0, record.sample_count, 2)))
        caliper = PlacedCaliper("II", start, stop, Quantity.QT)
        line = measured_by(caliper, record, offset_s=offset_s)
        assert line is not None
        assert caliper_of(line, record, offset_s) == caliper


def test_an_amplitude_is_the_later_level_over_the_earlier_one() -> None:
    record = make_ecg()
    up = measured(PlacedCaliper("V2", 150, 200, Quantity.AMPLITUDE), record)
    down = measured(PlacedCaliper("V2", 200, 250, Quantity.AMPLITUDE), record)
    turned = measured(PlacedCaliper("V2", 200, 150, Quantity.AMPLITUDE), record)
    assert (up.value, up.unit) == (1.0, "mV")
    assert down.value == -1.0
    assert turned.value == up.value


def test_an_uncalibrated_amplitude_is_never_in_mv() -> None:
    record = make_ecg([replace(make_lead("II"), unit=SampleUnit.UNCALIBRATED)])
    line = measured(PlacedCaliper("II", 150, 200, Quantity.AMPLITUDE), record)
    assert (line.value, line.unit) == (1.0, "")


def test_an_amplitude_over_a_gap_is_unknown() -> None:
    lead = replace(make_lead("II"), gaps=((100, 160),))
    line = measured(PlacedCaliper("II", 150, 200, Quantity.AMPLITUDE), make_ecg([lead]))
    assert line.value is None


def test_rr_over_several_cycles_is_their_mean() -> None:
    caliper = PlacedCaliper("II", 200, 2200).as_kind(Quantity.RR).with_cycles(4)
    line = measured(caliper, make_ecg())
    assert (line.value, line.cycles, line.quantity) == (1000.0, 4, Quantity.RR)


def test_only_rr_and_pp_have_cycles() -> None:
    rr = PlacedCaliper("II", 0, 10, Quantity.RR, 3)
    assert rr.as_kind(Quantity.PP).cycles == 3
    assert rr.as_kind(Quantity.QT).cycles == 1
    assert rr.as_kind(Quantity.QT).with_cycles(5).cycles == 1
    assert rr.with_cycles(0).cycles == 1


def test_an_amplitude_stays_an_amplitude() -> None:
    caliper = PlacedCaliper("II", 0, 10, Quantity.AMPLITUDE)
    assert all(caliper.as_kind(kind) == caliper for kind in INTERVALS)


def test_ends_go_as_far_as_the_recording_and_the_whole_keeps_its_width() -> None:
    caliper = PlacedCaliper("II", 10, 30)
    assert caliper.moved(End.START, -50, 100) == PlacedCaliper("II", 0, 30)
    assert caliper.moved(End.STOP, 500, 100) == PlacedCaliper("II", 10, 99)
    assert caliper.moved(End.BOTH, -50, 100) == PlacedCaliper("II", 0, 20)
    assert caliper.moved(End.BOTH, 500, 100) == PlacedCaliper("II", 79, 99)
    assert caliper.moved(End.STOP, -25, 100) == PlacedCaliper("II", 10, 5)


def test_a_caliper_that_begins_before_the_window_is_not_torn() -> None:
    caliper = PlacedCaliper("II", -50, 30)
    assert caliper.moved(End.STOP, 1, 100) == PlacedCaliper("II", -50, 31)
    assert caliper.moved(End.BOTH, 5, 100) == PlacedCaliper("II", -45, 35)


@pytest.mark.parametrize(
    "change",
    [
        {"lead": "V9"},
        {"lead": ""},
        {"recording": "MEDIAN BEAT"},
        {"median_beat": True},
        {"start_s": 20.0, "stop_s": 21.0},
    ],
)
def test_what_stands_elsewhere_stands_nowhere(change: dict[str, object]) -> None:
    values: dict[str, object] = {"lead": "II", "start_s": 1.0, "stop_s": 1.4}
    place = EcgPlace(**(values | change))  # type: ignore[arg-type]  # fields by name
    line = Measured(Quantity.QT, 400.0, "ms", place, Origin.BY_HAND)
    assert caliper_of(line, make_ecg()) is None


def test_the_device_draws_no_calipers() -> None:
    place = EcgPlace(lead="II", start_s=1.0, stop_s=1.4)
    assert caliper_of(Measured(Quantity.QT, 396, "ms", place, Origin.DEVICE), make_ecg()) is None


def test_a_lead_name_of_a_broken_file_fits_the_wire() -> None:
    lead = make_lead("W" * 300)
    record = make_ecg([lead])
    line = measured(PlacedCaliper(lead.name, 10, 20), record)
    assert len(line.place.lead) == 100
    assert caliper_of(line, record) == PlacedCaliper(lead.name, 10, 20)


def test_every_filter_is_found_by_its_code() -> None:
    every = [
        TraceFilter(band, mains, flat) for band in Band for mains in Mains for flat in (False, True)
    ]
    assert all(filter_of(one.code) == one for one in every)
    assert filter_of("0.5-500") is None
