"""QTc of the doctor's calipers: which RR belongs to which QT."""

from dataclasses import replace

import pytest

from backend_client.models.evidence import EcgPlace, Origin
from workstation.studies.measure.ecg.caliper_qtc import corrected_lines, qt_and_rr, rr_varies
from workstation.studies.measure.ecg.measured import Measured, Quantity


def interval(quantity: Quantity, start_s: float, value: float, lead: str = "II") -> Measured:
    place = EcgPlace(lead=lead, start_s=start_s, stop_s=start_s + value / 1000)
    return Measured(quantity, value, "ms", place, Origin.BY_HAND)


RR = interval(Quantity.RR, 2.0, 1000)
QT = interval(Quantity.QT, 3.0, 400)


def test_all_four_formulae_stand_at_the_place_of_qt() -> None:
    lines = corrected_lines(QT, RR)
    assert [line.detail for line in lines] == ["bazett", "fridericia", "framingham", "hodges"]
    assert all(line.value == pytest.approx(400.0) for line in lines), "at 60 a minute"
    assert {line.place for line in lines} == {QT.place}
    assert {line.origin for line in lines} == {Origin.BY_HAND}


def test_the_nearest_rr_is_taken_in_whatever_lead() -> None:
    far, near = interval(Quantity.RR, 8.0, 600), interval(Quantity.RR, 2.1, 800, "V5")
    assert qt_and_rr([far, near, QT]) == (QT, near)
    assert qt_and_rr([near, QT, far]) == (QT, near)


def test_of_equally_near_ones_the_last() -> None:
    again = interval(Quantity.RR, 2.5, 900)
    assert qt_and_rr([interval(Quantity.RR, 2.6, 800), again, QT]) == (QT, again)


def test_the_last_qt_counts() -> None:
    later = interval(Quantity.QT, 5.0, 420, "V5")
    assert qt_and_rr([RR, QT, later]) == (later, RR)


@pytest.mark.parametrize(
    "other",
    [
        replace(RR, place=EcgPlace(start_s=0, stop_s=1)),
        replace(RR, place=EcgPlace(lead="II", start_s=0, stop_s=1, median_beat=True)),
        replace(RR, place=EcgPlace(lead="II", start_s=0, stop_s=1, recording="SECOND")),
        replace(RR, origin=Origin.DEVICE),
        replace(RR, value=None),
        replace(RR, quantity=Quantity.PP),
    ],
)
def test_what_is_no_rr_of_this_trace_corrects_nothing(other: Measured) -> None:
    assert qt_and_rr([other, QT]) is None


def test_lines_say_by_which_rr_they_are() -> None:
    assert {line.rr_ms for line in corrected_lines(QT, RR)} == {1000}


@pytest.mark.parametrize(
    ("values", "varies"), [((800.0,), False), ((800.0, 860.0), False), ((800.0, 560.0), True)]
)
def test_rr_that_differ_much_are_told(values: tuple[float, ...], varies: bool) -> None:
    """AHA/ACCF/HRS 2009: no correction where RR varies much."""
    found = [interval(Quantity.RR, 2.0, one) for one in values]
    assert rr_varies([*found, QT], "") is varies
    assert not rr_varies(found, "SECOND"), "of another recording"


def test_a_qt_longer_than_rr_is_not_corrected() -> None:
    assert not corrected_lines(QT, interval(Quantity.RR, 2.0, 300))
    assert not corrected_lines(QT, interval(Quantity.RR, 2.0, 0))
