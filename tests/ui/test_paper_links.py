"""A number on the page leads to its frame (issue 8, Evidence)."""

import pytest

from workstation.studies.page_text import PageText
from workstation.ui.widgets.paper_links import number_at

WORDS = "QT 396 [12]"
TEXT = PageText(WORDS, tuple((10.0 * n, 100.0, 10.0 * n + 9, 110.0) for n in range(len(WORDS))))


@pytest.mark.parametrize(
    ("point", "number"),
    [((75, 105), 12), ((108, 112), 12), ((30, 105), None), ((75, 130), None)],
)
def test_number_under_the_mouse(point: tuple[float, float], number: int | None) -> None:
    assert number_at(TEXT, point) == number
