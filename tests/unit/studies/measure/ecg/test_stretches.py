"""What was recorded: everything but the gaps, whatever they look like."""

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.studies.measure.ecg.hearts import lead
from workstation.studies.measure.ecg.stretches import recorded, recorded_in_all, within


@given(st.integers(0, 60), st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70))))
def test_stretches_and_gaps_are_all_samples(count: int, gaps: list[tuple[int, int]]) -> None:
    kept = [place for start, stop in recorded(count, gaps) for place in range(start, stop)]
    missing = {place for start, stop in gaps for place in range(start, stop)}
    assert kept == [place for place in range(count) if place not in missing]
    assert all(start < stop for start, stop in recorded(count, gaps))


def test_all_leads_must_be_recorded() -> None:
    one, two = lead([0.0] * 10, gaps=((2, 4),)), lead([0.0] * 12, gaps=((3, 6),))
    assert recorded_in_all([one, two]) == ((0, 2), (6, 10))
    assert recorded_in_all([]) == ()


def test_within_one_stretch() -> None:
    assert within(((0, 2), (6, 10)), 6, 10)
    assert not within(((0, 2), (6, 10)), 1, 7)
