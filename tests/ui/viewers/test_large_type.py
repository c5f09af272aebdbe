"""Large type: panels of the ECG stay in a window of 1366 px, names of leads in their rows."""

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.queue_desk import Surroundings
from tests.ui.sources_desk import at_the_desk
from tests.ui.viewers.beat_desk import record_of
from tests.ui.viewers.made_up import make_ecg
from tests.ui.viewers.test_beat_panel import desk_of
from tests.ui.waiting import until
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.arrangement import EcgLayout
from workstation.ui.viewers.ecg.painter import label_font
from workstation.ui.viewers.ecg.paper import ScreenCalibration
from workstation.ui.viewers.ecg.view import EcgView
from workstation.ui.viewers.picture_canvas import CornerLine, Corners, PictureCanvas

SCALES = (1.0, 1.5, 2.0)
WINDOW_PX, RAIL_PX = 1366, 52
pytestmark = pytest.mark.usefixtures("russian")


@pytest.mark.parametrize("scale", SCALES)
async def test_the_averaged_beat_does_not_widen_the_window(
    qtbot: QtBot, around: Surroundings, qapp: QApplication, scale: float
) -> None:
    around.theme.choose(around.theme.scheme, scale)
    qapp.setStyleSheet(around.theme.stylesheet())
    async with at_the_desk(qtbot, around) as desk:
        panel = desk.ecg.beat
        desk.ecg.key_actions()["ecg.beat"]()
        await until(lambda: panel.model.beat is not None and panel.isVisible())
        room = WINDOW_PX - round(RAIL_PX * scale)
        assert desk.case.view.minimumSizeHint().width() <= room
        assert panel.minimumSizeHint().width() <= desk.ecg.width()


@pytest.mark.parametrize("scale", SCALES)
async def test_what_does_not_fit_beside_the_beat_is_scrolled_to(
    qtbot: QtBot, theme: Theme, russian: QTranslator, scale: float
) -> None:
    theme.choose(theme.scheme, scale)
    async with desk_of(qtbot, theme, record_of("normal"), (round(310 * scale) + 12, 700)) as desk:
        table = desk.panel.table
        shown = table.visibleRegion().boundingRect().width()
        assert shown >= theme.px(12 + 78 + 64), "names and values are seen whole"
        assert table.width() >= table.minimumSizeHint().width(), "nothing is squeezed"
        close, confirm = desk.panel.buttons
        assert not close.geometry().intersects(confirm.geometry())
        for button in (close, confirm):
            assert button.width() >= button.minimumSizeHint().width()
            assert button.height() >= theme.px(20), "the keycap is whole"
            assert desk.panel.rect().contains(button.geometry())


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("high", [180, 300, 700])
def test_names_of_leads_stay_in_their_rows(
    qtbot: QtBot, theme: Theme, scale: float, high: int
) -> None:
    theme.choose(theme.scheme, scale)
    view = EcgView(theme, ScreenCalibration(4.0, calibrated=True))
    qtbot.addWidget(view)
    view.resize(631, high)
    view.show_record(make_ecg())
    view.key_actions()["ecg.layout_2"]()
    sheet = view.sheet
    assert sheet.layout_now is EcgLayout.SIX_BY_TWO
    assert sheet.page is not None
    font = label_font(theme.font("lead"), sheet.page.strips, sheet.px_per_mm)
    lines = sorted({one.baseline_mm for one in sheet.page.strips})
    gap = min(b - a for a, b in zip(lines, lines[1:], strict=False)) * sheet.px_per_mm
    assert QFontMetricsF(font).height() <= max(gap * 0.75, 15)
    assert font.pixelSize() >= 11


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("high", [60, 120, 400])
def test_words_on_a_low_picture_do_not_meet(
    qtbot: QtBot, theme: Theme, scale: float, high: int
) -> None:
    """Whose picture it is stays readable."""
    theme.choose(theme.scheme, scale)
    canvas = PictureCanvas(theme)
    qtbot.addWidget(canvas)
    canvas.resize(600, high)
    name, born = CornerLine("Иванова Анна Петровна"), CornerLine("09.03.1984")
    size = (CornerLine("599 %"), CornerLine("0,67 мм/пикс."))
    canvas.show_corners(Corners((name, born), (), size, size))
    seen = canvas.corners_with_room
    assert tuple(seen.top_left) == (name, born)
    room = (high - 2 * theme.px(8)) // theme.line_height("small")
    assert len(seen.bottom_left) == max(0, min(2, room - 2))
    assert len(seen.bottom_right) == max(0, min(2, room))
    assert tuple(seen.bottom_left) == size[2 - len(seen.bottom_left) :], "the last line stays"
