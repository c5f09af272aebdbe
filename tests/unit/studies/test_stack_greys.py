"""Values and greys of stored numbers: window, rescale, sign, padding, inversion."""

import numpy as np
import pytest

from workstation.studies.stack import GreyNumbers, GreyWindow, Rescale
from workstation.studies.stack_greys import (
    draw,
    grey_table,
    stored_numbers,
    table_of_values,
    value_at,
    window_of_content,
)

CT = GreyNumbers(12, signed=False, inverted=False)
HU = Rescale(1, -1024, "HU")
SIGNED = GreyNumbers(16, signed=True, inverted=False, padding=(-2000, -2000))


def grey(table: np.ndarray[tuple[int], np.dtype[np.uint32]], pattern: int) -> int:
    return int(table[pattern & 0xFFFF]) & 0xFF


def test_a_window_of_80_about_40_is_black_at_0_and_white_at_80_hu() -> None:
    """PS3.3 C.11.2.1.2.1: black to c - 0.5 - (w - 1) / 2, white from c - 0.5 + (w - 1) / 2."""
    table = grey_table(CT, HU, GreyWindow(40, 80), inverted=False)
    assert [grey(table, 1024 + hu) for hu in (-1000, 0, 79, 200)] == [0, 0, 255, 255]
    assert grey(table, 1024 + 40) == pytest.approx(129, abs=1)
    assert table[1024] >> 24 == 0xFF


def test_bits_above_the_number_are_none_of_it() -> None:
    table = grey_table(CT, HU, GreyWindow(40, 80), inverted=False)
    assert grey(table, 0xF000 | 1064) == grey(table, 1064)
    assert table_of_values(CT, HU)[0x8000 | 1024] == 0


def test_signs_are_spread() -> None:
    values = table_of_values(GreyNumbers(12, signed=True, inverted=False), Rescale())
    assert values[0x0FFF] == -1
    assert values[0x07FF] == 2047
    patterns = np.array([[0xFFFF, 5]], np.uint16)
    np.testing.assert_array_equal(stored_numbers(patterns, SIGNED), [[-1, 5]])


def test_padding_is_black_and_has_no_value() -> None:
    window = GreyWindow(-2000, 400)
    table = grey_table(SIGNED, Rescale(), window, inverted=False)
    assert grey(table, -2000) == 0
    assert grey(table, -1999) > 100
    patterns = np.array([[-2000, 7]], np.int16).view(np.uint16)
    assert value_at(patterns, 0.5, 0.5, SIGNED, HU) is None
    assert value_at(patterns, 1.9, 0.9, SIGNED, HU) == -1017
    assert value_at(patterns, 2.0, 0.5, SIGNED, HU) is None
    assert value_at(patterns, -0.1, 0.5, SIGNED, HU) is None


def test_inversion_and_monochrome1_undo_each_other() -> None:
    window = GreyWindow(40, 80)
    white = GreyNumbers(12, signed=False, inverted=True)
    plain = grey_table(CT, HU, window, inverted=False)
    np.testing.assert_array_equal(grey_table(white, HU, window, inverted=True), plain)
    assert grey(grey_table(white, HU, window, inverted=False), 0) == 255


@pytest.mark.parametrize(("curve", "value"), [("SIGMOID", 128), ("LINEAR_EXACT", 128)])
def test_other_curves_are_grey_in_their_middle(curve: str, value: int) -> None:
    table = grey_table(CT, HU, GreyWindow(40, 80, curve=curve), inverted=False)
    assert grey(table, 1064) == pytest.approx(value, abs=1)
    assert grey(table, 0) == 0
    assert grey(table, 4095) == 255


def test_a_window_by_the_content_leaves_padding_and_single_pixels_out() -> None:
    patterns = np.full((100, 100), -2000, np.int16)
    patterns[:, 50:] = np.linspace(100, 300, 50).astype(np.int16)
    patterns[0, 60] = 30_000
    found = window_of_content(patterns.view(np.uint16), SIGNED, Rescale(1, -100))
    assert found.centre == pytest.approx(100, abs=3)
    assert found.width == pytest.approx(200, abs=6)


def test_a_slice_of_one_number_has_a_window() -> None:
    found = window_of_content(np.zeros((4, 4), np.uint16), CT, HU)
    assert (found.centre, found.width) == (-1024, 1)


def test_a_slice_is_drawn_through_the_table() -> None:
    patterns = np.array([[1024, 1064], [1103, 4095]], np.uint16)
    into = np.zeros((2, 2), np.uint32)
    draw(patterns, grey_table(CT, HU, GreyWindow(40, 80), inverted=False), into)
    assert [int(pixel) & 0xFF for pixel in into.reshape(-1)] == [0, 129, 255, 255]
