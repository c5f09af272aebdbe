"""Paper that was painted once: what a case's files need is kept, and no more."""

from PySide6.QtCore import QSize

from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.paper import EcgGrid


def test_files_that_fit_at_two_sizes_take_turns_without_painting_paper(viewer_theme: Theme) -> None:
    grid = EcgGrid(viewer_theme)
    size = QSize(200, 100)
    first, second = (grid.picture(size, scale, 1.0).cacheKey() for scale in (4.0, 5.0))
    assert grid.picture(size, 4.0, 1.0).cacheKey() == first
    assert grid.picture(size, 5.0, 1.0).cacheKey() == second
    grid.picture(size, 6.0, 1.0)
    assert grid.picture(size, 5.0, 1.0).cacheKey() == second
    assert grid.picture(size, 4.0, 1.0).cacheKey() != first
