"""QTc by four formulae, and where each can be trusted."""

from math import nan

import pytest

from workstation.studies.measure.ecg.qtc import QtFormula, Trust, corrected_qt, steady


def test_check_values() -> None:
    """QT 400 at RR 0.8 s."""
    found = {one.formula: round(one.value_ms, 1) for one in corrected_qt(400, 800)}
    assert found == {
        QtFormula.BAZETT: 447.2,
        QtFormula.FRIDERICIA: 430.9,
        QtFormula.FRAMINGHAM: 430.8,
        QtFormula.HODGES: 426.2,
    }
    assert {one.trust for one in corrected_qt(400, 800)} == {Trust.HOLDS}


def test_at_sixty_all_are_the_interval_itself() -> None:
    assert [one.value_ms for one in corrected_qt(400, 1000)] == [400, 400, 400, 400]


@pytest.mark.parametrize(
    ("rr_ms", "bazett", "others"),
    [
        (1001, Trust.TOO_SHORT, Trust.UNPROVEN),
        (1000, Trust.HOLDS, Trust.HOLDS),
        (601, Trust.HOLDS, Trust.HOLDS),
        (600, Trust.TOO_LONG, Trust.UNPROVEN),
    ],
)
def test_range_of_rate(rr_ms: float, bazett: Trust, others: Trust) -> None:
    found = {one.formula: one.trust for one in corrected_qt(350, rr_ms)}
    assert found.pop(QtFormula.BAZETT) is bazett
    assert set(found.values()) == {others}


@pytest.mark.parametrize(
    ("qt_ms", "rr_ms"), [(0, 800), (-1, 800), (400, 0), (400, nan), (nan, 800), (800, 800)]
)
def test_impossible_intervals_have_no_correction(qt_ms: float, rr_ms: float) -> None:
    assert corrected_qt(qt_ms, rr_ms) == ()


def test_a_varying_rhythm_is_not_steady() -> None:
    assert steady([800, 820, 790])
    assert not steady([600, 900, 750, 1100])
    assert not steady([800])
