"""The quickest of the last seconds."""

import math

from workstation.media.quickest import Quickest


def test_nothing_is_late_before_anything_has_come() -> None:
    assert Quickest().relative_s == math.inf


def test_the_quickest_of_four_seconds_counts_and_is_forgotten_then() -> None:
    """A road that became longer is the road there is."""
    road = Quickest()
    road.add(0.1, 0.0)
    found = []
    for tick in range(1, 60):
        road.add(0.3, tick / 10)
        found.append(road.relative_s)
    assert found[30] == 0.1
    assert found[-1] == 0.3
    road.add(0.05, 6.0)
    assert road.relative_s == 0.05
