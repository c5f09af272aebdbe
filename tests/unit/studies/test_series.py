"""Order of slices by position, stacks laid apart, and what is said of gaps, steps and tilt."""

import math
import random
from collections.abc import Iterable

import pytest

from workstation.studies.series import SliceFacts, SliceStack, stacks
from workstation.studies.series_plane import (
    NO_MARKS,
    Cosines,
    EdgeMarks,
    SlicePlane,
    Vector,
    edge_marks,
    marks_in_words,
    sound_cosines,
)
from workstation.studies.series_spacing import SeriesFault, SeriesNote

AXIAL: Cosines = (1, 0, 0, 0, 1, 0)
CORONAL: Cosines = (1, 0, 0, 0, 0, -1)
SAGITTAL: Cosines = (0, 1, 0, 0, 0, -1)


def a_slice(
    number: int,
    position: Vector | None,
    orientation: Cosines | None = AXIAL,
    *,
    series: str = "1.2",
    instance: int | None = None,
    uid: str = "",
    repeat: tuple[float, ...] = (),
    rows: int = 512,
    is_localizer: bool = False,
) -> SliceFacts:
    plane = SlicePlane(rows, 512, position, orientation, (0.5, 0.5))
    return SliceFacts(number, plane, series, uid or f"1.{number}", instance, repeat, is_localizer)


def axial(places: Iterable[float], numbers: Iterable[int] | None = None) -> list[SliceFacts]:
    places = list(places)
    given = list(numbers) if numbers is not None else [n + 1 for n in range(len(places))]
    return [a_slice(n, (0, 0, z), instance=given[n]) for n, z in enumerate(places)]


def only(slices: Iterable[SliceFacts]) -> SliceStack:
    (found,) = stacks(slices)
    return found


def faults(stack: SliceStack) -> list[SeriesFault]:
    return [note.fault for note in stack.notes]


def test_order_is_by_position_whatever_the_order_of_the_files() -> None:
    """CT order is by position, not by file name (facts/studies.md)."""
    slices = axial(696.21 + 5 * n for n in range(28))
    random.Random(7).shuffle(slices)
    found = only(slices)
    assert found.order == tuple(range(28))
    assert found.step_mm == pytest.approx(5)
    assert found.locations_mm[0] == pytest.approx(696.21)
    assert found.notes == ()
    assert found.repeats == 1


def test_the_devices_slice_1_comes_first_where_it_numbered_from_the_other_end() -> None:
    slices = axial([10, 20, 30], numbers=[3, 2, 1])
    assert only(slices).order == (2, 1, 0)


def test_positions_hold_where_numbers_contradict_them() -> None:
    slices = axial([10, 30, 20, 40], numbers=[1, 2, 3, 4])
    assert only(slices).order == (0, 2, 1, 3)


def test_oblique_slices_are_ordered_along_their_normal() -> None:
    c, s = math.cos(math.radians(30)), math.sin(math.radians(30))
    tilted: Cosines = (1, 0, 0, 0, c, s)
    slices = [a_slice(n, (0, -s * n * 3, c * n * 3), tilted, instance=n) for n in (2, 0, 1)]
    found = only(slices)
    assert found.order == (0, 1, 2)
    assert found.step_mm == pytest.approx(3)
    assert found.notes == ()


def test_missing_slices_are_named() -> None:
    numbers = [1, 2, 3, 6, 7, 8, 9, 10, 11]
    found = only(axial((5 * n for n in numbers), numbers))
    assert found.notes == (SeriesNote(SeriesFault.MISSING, 2, (3,)),)


def test_a_gap_that_the_device_left_itself_is_an_unequal_step() -> None:
    found = only(axial([0, 5, 10, 20, 25, 30, 35, 40]))
    assert found.notes == (SeriesNote(SeriesFault.UNEQUAL, least=5, most=10),)


def test_two_steps_in_one_series_are_unequal_and_nothing_is_missing() -> None:
    """A head at 5 mm below and 10 mm above."""
    places = [*range(0, 50, 5), *range(50, 150, 10)]
    found = only(axial(places, [2 * n for n in range(len(places))]))
    assert faults(found) == [SeriesFault.UNEQUAL]


def test_rounded_positions_are_equal_steps() -> None:
    found = only(axial([0, 0.6, 1.3, 1.9, 2.5, 3.1, 3.8]))
    assert found.notes == ()


def test_gantry_tilt_is_said_in_degrees() -> None:
    """Rows of positions go straight up, the slices lean by 15 degrees."""
    c, s = math.cos(math.radians(15)), math.sin(math.radians(15))
    slices = [a_slice(n, (0, 0, 5.0 * n), (1, 0, 0, 0, c, s), instance=n) for n in range(9)]
    (note,) = only(slices).notes
    assert note.fault is SeriesFault.TILT
    assert note.most == pytest.approx(15)


def test_without_positions_numbers_order_and_that_is_said() -> None:
    slices = [a_slice(n, None, None, instance=9 - n) for n in range(4)]
    found = only(slices)
    assert found.order == (3, 2, 1, 0)
    assert faults(found) == [SeriesFault.BY_NUMBER]
    assert found.step_mm is None
    assert found.locations_mm == (None,) * 4


def test_holes_in_the_numbers_are_missing_slices_where_there_are_no_positions() -> None:
    slices = [a_slice(n, None, None, instance=n) for n in (1, 2, 3, 5, 6, 7, 8)]
    (_, note) = only(slices).notes
    assert note == SeriesNote(SeriesFault.MISSING, 1, (3,))


def test_without_numbers_the_order_of_the_files_stays_and_that_is_said() -> None:
    found = only([a_slice(n, None, None) for n in range(3)])
    assert found.order == (0, 1, 2)
    assert faults(found) == [SeriesFault.UNORDERED]


def test_one_slice_has_nothing_to_be_said() -> None:
    assert only([a_slice(0, None, None)]).notes == ()
    found = only([a_slice(0, (1, 2, 3))])
    assert found.notes == ()
    assert found.step_mm is None


def test_a_localizer_of_the_same_series_stands_apart_and_last() -> None:
    scout = a_slice(9, (0, -200, 0), CORONAL, is_localizer=True)
    body, apart = stacks([scout, *axial([0, 5, 10])])
    assert body.order == (0, 1, 2)
    assert apart.order == (9,)
    assert apart.is_localizer


def test_three_planes_of_one_series_are_three_stacks() -> None:
    slices = [
        a_slice(n, (0.0, 0.0, float(n)), orientation)
        for n, orientation in enumerate((AXIAL, CORONAL, SAGITTAL))
    ]
    assert [stack.order for stack in stacks(slices)] == [(0,), (1,), (2,)]


def test_series_and_sizes_are_not_mixed() -> None:
    slices = [
        *axial([0, 5]),
        a_slice(5, (0, 0, 10), series="1.3"),
        a_slice(6, (0, 0, 15), rows=256),
    ]
    assert [stack.order for stack in stacks(slices)] == [(0, 1), (5,), (6,)]


def test_slices_that_turn_round_the_patient_are_one_stack_by_number() -> None:
    ways = [(math.cos(a), math.sin(a), 0.0, 0.0, 0.0, -1.0) for a in (0, 0.3, 0.6, 0.9, 1.2)]
    slices = [a_slice(n, (1, 2, 3), way, instance=9 - n) for n, way in enumerate(ways)]
    found = only(slices)
    assert found.order == (4, 3, 2, 1, 0)
    assert faults(found) == [SeriesFault.TURNING]


def test_times_at_each_place_pass_one_after_another() -> None:
    slices = [
        a_slice(10 * time + place, (0, 0, place), repeat=(time,), instance=1 + place)
        for place in range(3)
        for time in (1, 0)
    ]
    found = only(slices)
    assert found.order == (0, 1, 2, 10, 11, 12)
    assert found.repeats == 2
    assert found.step_mm == 1
    assert found.notes == ()


def test_times_that_lack_slices_are_said() -> None:
    slices = [
        a_slice(10 * time + place, (0, 0, place), repeat=(time,))
        for place in range(4)
        for time in (0, 1)
        if (place, time) != (3, 1)
    ]
    assert only(slices).notes == (SeriesNote(SeriesFault.REPEATS_MISSING, 1),)


def test_the_same_picture_twice_is_shown_once_and_that_is_said() -> None:
    slices = axial([0, 5, 10, 15])
    again = a_slice(9, (0, 0, 5), uid=slices[1].instance_uid)
    found = only([*slices, again])
    assert found.order == (0, 1, 2, 3)
    assert found.notes == (SeriesNote(SeriesFault.DOUBLED, 1),)


def test_another_picture_at_a_taken_place_stands_behind_the_others() -> None:
    found = only([*axial(5 * n for n in range(8)), a_slice(9, (0, 0, 5), instance=9)])
    assert found.order == (*range(8), 9)
    assert found.notes == (SeriesNote(SeriesFault.SAME_PLACE, 1),)
    assert found.repeats == 1


def test_slices_without_a_place_stand_behind_the_others() -> None:
    slices = [a_slice(0, None, AXIAL, instance=1), *axial([0, 5, 10])[1:]]
    found = only(slices)
    assert found.order == (1, 2, 0)
    assert found.notes == (SeriesNote(SeriesFault.SOME_WITHOUT_PLACE, 1),)


@pytest.mark.parametrize(
    ("orientation", "marks"),
    [
        (AXIAL, EdgeMarks(left="R", right="L", top="A", bottom="P")),
        (CORONAL, EdgeMarks(left="R", right="L", top="H", bottom="F")),
        (SAGITTAL, EdgeMarks(left="A", right="P", top="H", bottom="F")),
        ((-1, 0, 0, 0, -1, 0), EdgeMarks(left="L", right="R", top="P", bottom="A")),
        ((1, 0, 0, 0, 0.94, 0.34), EdgeMarks(left="R", right="L", top="AF", bottom="PH")),
        ((1, 0, 0, 0, 0.999, 0.045), EdgeMarks(left="R", right="L", top="A", bottom="P")),
        ((0.71, 0.70, 0, 0, 0, -1), EdgeMarks(left="RA", right="LP", top="H", bottom="F")),
    ],
)
def test_letters_at_the_edges(orientation: Cosines, marks: EdgeMarks) -> None:
    """PS3.3 C.7.6.1.1.1: rows and columns lead to L, P, H where their cosines are positive."""
    assert edge_marks(orientation) == marks


def test_marks_turn_with_the_picture() -> None:
    turned = edge_marks(AXIAL).turned(1)
    assert turned == EdgeMarks(left="P", right="A", top="R", bottom="L")
    assert edge_marks(AXIAL).turned(4) == edge_marks(AXIAL)


@pytest.mark.parametrize(
    "values",
    [
        None,
        (),
        (1.0, 0, 0),
        (0.0,) * 6,
        (1, 0, 0, 1, 0, 0),
        (2, 0, 0, 0, 1, 0),
        (math.nan, 0, 0, 0, 1, 0),
    ],
)
def test_no_marks_where_the_orientation_is_none(values: tuple[float, ...] | None) -> None:
    assert sound_cosines(values) is None
    assert edge_marks(sound_cosines(values)) == NO_MARKS
    assert NO_MARKS.is_empty


def test_rounded_cosines_are_made_unit_long() -> None:
    found = sound_cosines((0.7, 0.714, 0, 0, 0, -1))
    assert found is not None
    assert math.hypot(*found[:3]) == pytest.approx(1)


def test_an_xray_says_its_edges_in_words() -> None:
    assert marks_in_words(("L", "F")) == EdgeMarks(left="R", right="L", top="H", bottom="F")
    assert marks_in_words(("A", "FR")) == EdgeMarks(left="P", right="A", top="HL", bottom="FR")
    assert marks_in_words(("X", "F")) == NO_MARKS
    assert marks_in_words(()) == NO_MARKS


def test_a_pixel_has_a_place_in_the_patient() -> None:
    """C.7.6.2.1.1: the position is the centre of the first pixel."""
    plane = SlicePlane(512, 512, (-115.5, -1.85, 696.21), AXIAL, (0.5, 0.25))
    assert plane.in_patient(0.5, 0.5) == pytest.approx((-115.5, -1.85, 696.21))
    assert plane.in_patient(4.5, 2.5) == pytest.approx((-114.5, -0.85, 696.21))
    assert SlicePlane(512, 512).in_patient(1, 1) is None
