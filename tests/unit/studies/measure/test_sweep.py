"""A strip of time marked by hand: where it holds, and which marks say nothing."""

from math import inf, nan

import pytest

from workstation.studies.measure.calibration import CurveScale, NoScale
from workstation.studies.measure.reading import Reason, ScaleSource
from workstation.studies.measure.sweep import Sweep


def test_a_second_over_two_hundred_pixels_is_5_ms_a_pixel_whichever_corner_came_first() -> None:
    expected = CurveScale(ScaleSource.BY_HAND, 0.005)
    assert Sweep((100, 200), (300, 400), 1.0).scale == expected
    assert Sweep((300, 400), (100, 200), 1.0).scale == expected
    assert Sweep((300, 200), (100, 400), 1.0).scale == expected


@pytest.mark.parametrize(
    ("opposite", "seconds", "reason"),
    [
        ((300, 201), 1.0, Reason.POINTS_COINCIDE),
        ((101, 400), 1.0, Reason.POINTS_COINCIDE),
        ((nan, 400), 1.0, Reason.POINTS_COINCIDE),
        ((300, nan), 1.0, Reason.POINTS_COINCIDE),
        ((300, 400), 0.001, Reason.ABSURD_SCALE),
        ((300, 400), 0.0, Reason.ABSURD_SCALE),
        ((300, 400), -1.0, Reason.ABSURD_SCALE),
        ((300, 400), 1000.0, Reason.ABSURD_SCALE),
        ((300, 400), nan, Reason.ABSURD_SCALE),
        ((300, 400), inf, Reason.ABSURD_SCALE),
    ],
)
def test_marks_that_say_nothing(
    opposite: tuple[float, float], seconds: float, reason: Reason
) -> None:
    """Among them one second typed as «1», which would be a thousandth of it."""
    assert Sweep((100, 200), opposite, seconds).scale == NoScale(reason)


def test_it_holds_within_its_edges_and_nowhere_else() -> None:
    strip = Sweep((300, 400), (100, 200), 1.0)
    assert strip.holds([(100, 200), (300, 400), (99, 401)])
    assert not strip.holds([(200, 300), (200, 190)])
    assert strip.touches([(200, 300), (200, 190)])
    assert not strip.touches([(90, 300), (310, 300), (200, nan)])
    assert not strip.holds([])
    assert strip.has_row(300)
    assert not strip.has_row(500)
