"""A number, a picture and a line of the list lead to their frame (issue 8, Evidence)."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.made_up_findings import QT, RR
from tests.ui.queue_desk import Surroundings
from tests.ui.test_conclusion_sources import a_source, open_with
from tests.ui.test_conclusion_view import staged
from tests.ui.viewers.made_up import MadeUpStudy, make_pdf, until
from workstation.studies.page_text import NO_HITS, PageHits, PageLink, PageText
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.page_area import PageArea
from workstation.ui.widgets.paper_links import PaperLinks, number_at

NO_BUTTON = Qt.MouseButton.NoButton
WORDS = "QT 396 [12]"
PICTURE = PageLink((57.0, 400.0, 290.0, 520.0), 3)
LINE = PageLink((54.0, 300.0, 540.0, 320.0), 12)
TEXT = PageText(
    WORDS, tuple((10.0 * n, 100.0, 10.0 * n + 9, 110.0) for n in range(len(WORDS))), (PICTURE, LINE)
)


@pytest.mark.parametrize(
    ("point", "number"),
    [
        ((75, 105), 12),
        ((108, 112), 12),
        ((30, 105), None),
        ((75, 130), None),
        ((100, 450), 3),
        ((500, 310), 12),
        ((300, 450), None),
    ],
)
def test_number_under_the_mouse(point: tuple[float, float], number: int | None) -> None:
    assert number_at(TEXT, point) == number


class Paper(MadeUpStudy):
    """Two pages; the first has sources."""

    async def find(self, index: int, words: str) -> PageHits:
        return NO_HITS

    async def text(self, index: int) -> PageText:
        return TEXT if index == 0 else PageText("", ())


class Sheet:
    """Pages between two fields."""

    def __init__(self, qtbot: QtBot, theme: Theme) -> None:
        self.whole, self.tasks = QWidget(), TaskScope(lambda error: None)
        qtbot.addWidget(self.whole)
        self.pages, self.after = PageArea(theme), QLineEdit()
        column = QVBoxLayout(self.whole)
        column.addWidget(self.pages)
        column.addWidget(self.after)
        self.paper: Paper | None = Paper(make_pdf(2))
        self.links = PaperLinks(self.pages, lambda: self.paper, lambda: self.tasks, self.whole)
        self.followed: list[int] = []
        self.links.followed.connect(self.followed.append)
        self.whole.resize(700, 900)
        self.whole.show()
        self.whole.activateWindow()

    async def open(self) -> None:
        """The pages are drawn, and have the focus."""
        assert self.paper is not None
        self.pages.show_document(make_pdf(2), self.paper, self.tasks)
        self.pages.setFocus()
        await until(lambda: self.tasks.is_idle)

    async def close(self) -> None:
        self.paper = None
        self.pages.clear()
        await self.tasks.close()

    def press(self, key: Qt.Key) -> None:
        focus = self.whole.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)


@pytest.fixture
def sheet(qtbot: QtBot, theme: Theme) -> Sheet:
    return Sheet(qtbot, theme)


async def test_tab_walks_through_the_sources_and_enter_follows(sheet: Sheet) -> None:
    await sheet.open()
    seen = []
    for _ in range(2):
        sheet.press(Qt.Key.Key_Tab)
        await until(lambda: sheet.tasks.is_idle)
        seen.append(sheet.links.current)
        assert sheet.pages.marks.led_to
        sheet.press(Qt.Key.Key_Return)
    assert seen == [12, 3]
    assert sheet.followed == [12, 3]
    sheet.press(Qt.Key.Key_Tab)
    assert sheet.after.hasFocus()
    assert not sheet.pages.marks.led_to
    await sheet.close()


async def test_another_document_has_other_sources(sheet: Sheet) -> None:
    await sheet.open()
    sheet.press(Qt.Key.Key_Tab)
    await until(lambda: sheet.links.current == 12)
    sheet.paper = None
    assert sheet.links.current is None
    sheet.press(Qt.Key.Key_Return)
    assert sheet.followed == []
    await sheet.close()


async def test_a_hand_and_words_over_a_picture(sheet: Sheet) -> None:
    await sheet.open()
    view, scale = sheet.pages.viewport(), sheet.pages.px_per_pt
    left = next(x for x in range(view.width()) if sheet.pages.place_at(QPoint(x, 60).toPointF()))
    on_it = QPoint(left + round(100 * scale), 12 + round(310 * scale))
    at = QPointF(on_it)
    for _ in range(2):  # the first asks what stands there
        over = QMouseEvent(
            QEvent.Type.MouseMove, at, at, NO_BUTTON, NO_BUTTON, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(view, over)
        await until(lambda: sheet.tasks.is_idle)
    assert view.cursor().shape() is Qt.CursorShape.PointingHandCursor
    assert "[12]" in view.toolTip()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=on_it)
    await until(lambda: sheet.followed == [12])
    await sheet.close()


async def test_from_the_preview_the_frame_opens_and_the_pages_are_found_again(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with staged(qtbot, around) as stage:
        wanted = await open_with(stage, f"{QT} [1]\n{RR} [2]", a_source(stage), a_source(stage, 2))
        stage.view.paper.links.followed.emit(2)
        assert wanted == [2]
