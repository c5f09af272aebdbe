"""Paper that was painted once: what a case's files need is kept, and no more."""

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QImage, QPainter

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


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("px_per_mm", [2.0, 4.0, 7.2, 13.6, 7.2 / 3.7 * 3.7])
def test_paper_laid_in_bands_is_the_paper_painted_whole(
    viewer_theme: Theme, px_per_mm: float, ratio: float
) -> None:
    """Also scrolled, and where the zoom was divided out and multiplied again."""
    grid, size, square = EcgGrid(viewer_theme), QSize(241, 203), round(5 * px_per_mm)
    whole = grid.picture(QSize(600, 600), px_per_mm, ratio).toImage()
    whole.setDevicePixelRatio(1.0)
    for offset in (QPoint(0, 0), QPoint(61, 17), QPoint(133, 250)):
        left, top = (round(by % square * ratio) for by in (offset.x(), offset.y()))
        laid = paper(grid, size, offset, px_per_mm, ratio)
        assert laid == whole.copy(left, top, laid.width(), laid.height())


@pytest.mark.parametrize(("px_per_mm", "ratio"), [(5.3, 1.0), (4.0, 1.13), (2.1, 2.0)])
def test_paper_whose_squares_are_no_whole_pixels_fills_the_place_too(
    viewer_theme: Theme, px_per_mm: float, ratio: float
) -> None:
    grid, size = EcgGrid(viewer_theme), QSize(241, 203)
    for offset in (QPoint(0, 0), QPoint(61, 17), QPoint(133, 250)):
        laid = paper(grid, size, offset, px_per_mm, ratio)
        corners = (0, laid.width() - 1), (0, laid.height() - 1)
        assert all(laid.pixelColor(x, y).lightness() > 100 for x in corners[0] for y in corners[1])


def test_a_band_of_paper_is_kept_for_the_next_file(viewer_theme: Theme) -> None:
    """And it is the smaller part of the paper."""
    grid, size = EcgGrid(viewer_theme), QSize(400, 1000)
    paper(grid, size, QPoint(0, 0), 4.0, 1.0)
    (band,) = grid.kept
    paper(grid, size, QPoint(7, 9), 4.0, 1.0)
    assert [one.cacheKey() for one in grid.kept] == [band.cacheKey()]
    assert band.height() < size.height() / 5


def paper(grid: EcgGrid, size: QSize, offset: QPoint, px_per_mm: float, ratio: float) -> QImage:
    laid = QImage(size * ratio, QImage.Format.Format_RGB32)
    laid.setDevicePixelRatio(ratio)
    laid.fill(0)
    painter = QPainter(laid)
    grid.paint(painter, size, offset, px_per_mm, ratio)
    painter.end()
    laid.setDevicePixelRatio(1.0)
    return laid
