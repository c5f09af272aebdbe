"""Words that are set once: where they stand, and that they are words."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from workstation.ui.theme import Scheme, Theme
from workstation.ui.viewers.ecg.set_text import SetText

BOX = QRectF(20, 10, 200, 40)
CENTER, LEFT = Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignLeft


@pytest.fixture
def theme(viewer_theme: Theme) -> Iterator[Theme]:
    yield viewer_theme
    viewer_theme.choose(Scheme.DARK, 1.0)


@pytest.mark.parametrize("text", ["aVR", "10 мм/мВ", "<b>I</b>", "&amp;"])
@pytest.mark.parametrize("side", [CENTER, LEFT])
def test_set_words_stand_where_a_line_of_text_would(
    theme: Theme, text: str, side: Qt.AlignmentFlag
) -> None:
    """Within a pixel; HTML in them is literal."""
    found, expected = inked(painted(theme, text, side)), inked(plain(theme, text, side))
    for one, other in zip(found, expected, strict=True):
        assert one == pytest.approx(other, abs=1)


def test_larger_type_is_set_anew(theme: Theme) -> None:
    words = SetText(theme)
    small = inked(painted(theme, "aVR", CENTER, words))
    theme.choose(Scheme.DARK, 2.0)
    large = inked(painted(theme, "aVR", CENTER, words))
    assert large[1] - large[0] > 1.7 * (small[1] - small[0])
    assert sum(large[:2]) / 2 == pytest.approx(BOX.center().x(), abs=2)


def painted(
    theme: Theme, text: str, side: Qt.AlignmentFlag, words: SetText | None = None
) -> QImage:
    picture, painter = canvas(theme)
    (words or SetText(theme)).draw(painter, "lead", text, BOX, side)
    painter.end()
    return picture


def plain(theme: Theme, text: str, side: Qt.AlignmentFlag) -> QImage:
    picture, painter = canvas(theme)
    painter.drawText(BOX, side | Qt.AlignmentFlag.AlignVCenter, text)
    painter.end()
    return picture


def canvas(theme: Theme) -> tuple[QImage, QPainter]:
    picture = QImage(240, 60, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    painter.setFont(theme.font("lead"))
    return picture, painter


def inked(picture: QImage) -> tuple[int, int, int, int]:
    """First and last column and row with ink."""
    across = [x for x in range(240) if any(picture.pixelColor(x, y).red() < 200 for y in range(60))]
    down = [y for y in range(60) if any(picture.pixelColor(x, y).red() < 200 for x in range(240))]
    return across[0], across[-1], down[0], down[-1]
