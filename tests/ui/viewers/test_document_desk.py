"""Reading a document: words found and chosen, pages turned, made legible, gone to."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from backend_client.models.evidence import Origin, PicturePlace, TextPlace
from tests.ui.viewers.made_up import MadeUpStudy, make_pdf, make_picture, press, rest, until
from tests.ui.viewers.made_up_documents import LEFT, TOP, MadeUpDocument
from tests.ui.waiting import until as until_done
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.ui.shortcuts import ShortcutRouter, key_label
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.page_pose import point_of, turned_point, turned_size
from workstation.ui.viewers.page_tone import Tone
from workstation.ui.viewers.paper_ecg.document import PaperDocumentView
from workstation.ui.viewers.picture_view import PictureView

PAGES = ["АД 160/110", "Диагноз: преэклампсия", "", "Тяжёлая преэклампсия\nпреэклампсия"]


def raise_it(error: BaseException) -> None:
    raise error


@pytest.fixture
def tasks() -> TaskScope:
    return TaskScope(raise_it)


@pytest.fixture
def view(qtbot: QtBot, viewer_theme: Theme) -> Iterator[PaperDocumentView]:
    view = PaperDocumentView(viewer_theme)
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    view.activateWindow()
    yield view
    view.clear()
    view.hide()


def look_for(view: PaperDocumentView, words: str) -> None:
    view.key_actions()["document.find"]()
    view.find_bar.field.setText(words)
    view.find_bar.step(1)


async def test_words_are_found_page_by_page(view: PaperDocumentView, tasks: TaskScope) -> None:
    study = MadeUpDocument(PAGES)
    view.show_document(study.document, study, tasks)
    look_for(view, "ПРЕЭКЛАМПСИЯ")
    await until(lambda: view.find_bar.answer.text() == "1 of 3")
    assert study.searched == [0, 1, 2, 3]
    assert view.search.current == (1, 0)
    assert view.pages.current == 1
    view.find_bar.step(1)
    assert (view.search.current, view.find_bar.answer.text()) == ((3, 0), "2 of 3")
    view.find_bar.step(-1)
    view.find_bar.step(-1)
    assert (view.search.current, view.find_bar.answer.text()) == ((3, 1), "3 of 3")
    view.find_bar.leave()
    assert view.pages.marks.hits == {}
    await tasks.close()


async def test_the_search_begins_at_the_page_in_sight(
    view: PaperDocumentView, tasks: TaskScope
) -> None:
    study = MadeUpDocument(PAGES)
    view.show_document(study.document, study, tasks)
    view.pages.go_to(2)
    look_for(view, "преэклампсия")
    await until(lambda: not view.search.is_running)
    assert study.searched == [2, 3, 0, 1]
    assert view.find_bar.answer.text() == "2 of 3"
    await tasks.close()


async def test_a_search_is_never_waited_for(view: PaperDocumentView, tasks: TaskScope) -> None:
    study = MadeUpDocument(PAGES, finds_at_once=False)
    view.show_document(study.document, study, tasks)
    look_for(view, "преэклампсия")
    assert view.find_bar.answer.text() == "Looking…"
    look_for(view, "160")
    study.let_find()
    await until(lambda: view.find_bar.answer.text() == "1 of 1")
    assert view.search.current == (0, 0)
    await tasks.close()


async def test_a_scan_says_that_there_is_no_text(view: PaperDocumentView, tasks: TaskScope) -> None:
    study = MadeUpDocument(["", ""])
    view.show_document(study.document, study, tasks)
    look_for(view, "преэклампсия")
    await until(lambda: "no text" in view.find_bar.answer.text())
    await tasks.close()


async def test_a_damaged_page_does_not_end_the_search(
    view: PaperDocumentView, tasks: TaskScope
) -> None:
    study = MadeUpDocument(PAGES)
    study.find_errors[1] = UnreadableFile(Unreadable.DAMAGED)
    view.show_document(study.document, study, tasks)
    look_for(view, "преэклампсия")
    await until(lambda: view.find_bar.answer.text() == "1 of 2")
    await tasks.close()


async def test_a_place_that_was_found_is_marked_on_the_page(
    view: PaperDocumentView, tasks: TaskScope
) -> None:
    study = MadeUpDocument(PAGES)
    view.show_document(study.document, study, tasks)
    look_for(view, "160")
    await until(lambda: view.search.count == 1)
    box = view.pages.marks.hits[0][0][0]
    scale = view.pages.px_per_pt
    left = (view.pages.viewport().width() - 595 * scale) / 2
    at = QPoint(round(left + (box[0] + 3) * scale), round(12 + (box[1] + 5) * scale))

    def seen() -> QColor:
        return view.pages.viewport().grab().toImage().pixelColor(at)

    assert seen() != QColor(10, 10, 10)
    view.key_actions()["document.invert"]()
    away = QPoint(at.x(), at.y() + 200)
    await until_done(
        lambda: view.pages.viewport().grab().toImage().pixelColor(away) == QColor(245, 245, 245)
    )
    assert view.pages.marks.hits
    await tasks.close()


async def test_keys_of_the_search(
    view: PaperDocumentView, tasks: TaskScope, qapp: QApplication
) -> None:
    shortcuts = ShortcutRouter(qapp)
    view.bind(shortcuts)
    study = MadeUpDocument(PAGES)
    view.show_document(study.document, study, tasks)
    look_for(view, "преэклампсия")
    await until(lambda: view.search.count == 3)
    press(view.find_bar.field, Qt.Key.Key_Return)
    assert view.search.current == (3, 0)
    press(view.find_bar.field, Qt.Key.Key_Escape)
    assert view.find_bar.isHidden()
    shortcuts.release()
    await tasks.close()


async def test_words_are_chosen_by_the_mouse_copied_and_quoted(
    view: PaperDocumentView, tasks: TaskScope
) -> None:
    study = MadeUpDocument(PAGES)
    view.show_document(study.document, study, tasks)
    assert "document.copy" not in view.key_actions()
    pages, scale = view.pages, view.pages.px_per_pt
    edge = (pages.viewport().width() - 595 * scale) / 2

    def at(letter: float) -> QPoint:
        x, y = edge + (LEFT + 10 * letter) * scale, 12 + (TOP + 10) * scale
        return QPoint(round(x), round(y))

    QTest.mousePress(pages.viewport(), Qt.MouseButton.LeftButton, pos=at(3.5))
    await rest()
    QTest.mouseMove(pages.viewport(), at(9.5))
    await until(lambda: pages.selection.chosen is not None)
    QTest.mouseRelease(pages.viewport(), Qt.MouseButton.LeftButton, pos=at(9.5))
    view.key_actions()["document.copy"]()
    assert QGuiApplication.clipboard().text() == "160/110"
    found = view.finding()
    assert found is not None
    assert (found.text, found.origin) == ("“160/110” (page 1)", Origin.BY_HAND)
    assert isinstance(found.place, TextPlace)
    view.pages.selection.clear()
    assert view.show_words(found.place)
    await until(lambda: view.pages.selection.chosen is not None)
    chosen = view.pages.selection.chosen
    assert chosen is not None
    assert chosen.text == "160/110"
    await tasks.close()


async def test_a_press_chooses_nothing(view: PaperDocumentView, tasks: TaskScope) -> None:
    study = MadeUpDocument(PAGES)
    view.show_document(study.document, study, tasks)
    QTest.mouseClick(view.pages.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, 150))
    await rest()
    assert view.pages.selection.chosen is None
    assert not view.show_words(TextPlace(page=9, start=(0, 0), stop=(1, 1)))
    await tasks.close()


async def test_without_chosen_words_the_page_is_cited_and_found_again(
    view: PaperDocumentView, tasks: TaskScope
) -> None:
    """A scan has no words: the page in sight goes into the conclusion, and leads back."""
    study = MadeUpDocument(PAGES)
    view.show_document(study.document, study, tasks)
    view.pages.go_to(1)
    await until(lambda: view.pages.current == 1)
    found = view.finding()
    assert found is not None
    assert found.text == f"document, page 2 of {view.pages.page_count}"
    assert isinstance(found.place, PicturePlace)
    view.pages.go_to(0)
    assert view.show_place(found.place)
    assert view.pages.current == 1
    assert not view.paper.desk.is_open
    assert not view.show_place(PicturePlace(page=9, start=(0, 0), stop=(1, 1)))
    await tasks.close()


async def test_a_page_is_turned_and_the_others_stay(
    view: PaperDocumentView, tasks: TaskScope
) -> None:
    study = MadeUpDocument(PAGES)
    view.show_document(study.document, study, tasks)
    await rest()
    view.pages.go_to(1)
    view.key_actions()["view.rotate"]()
    assert view.pages.turned_sizes()[:3] == ((595, 842), (842, 595), (595, 842))
    assert view.pages.current == 1
    for _ in range(3):
        view.key_actions()["view.rotate"]()
    assert view.pages.turned_sizes()[1] == (595, 842)
    await tasks.close()


async def test_zoom_to_the_whole_page(view: PaperDocumentView, tasks: TaskScope) -> None:
    study = MadeUpDocument(PAGES)
    view.show_document(study.document, study, tasks)
    view.key_actions()["document.whole_page"]()
    assert 842 * view.pages.px_per_pt < view.pages.viewport().height()
    await tasks.close()


async def test_a_page_is_gone_to_by_its_number(view: PaperDocumentView, tasks: TaskScope) -> None:
    study = MadeUpDocument(PAGES)
    view.show_document(study.document, study, tasks)
    view.key_actions()["document.page"]()
    view.page_line.field.setText("9")
    view.page_line.go()
    assert view.page_line.answer.text() == "There are pages 1–4"
    view.page_line.field.setText("3")
    view.page_line.go()
    assert view.pages.current == 2
    assert view.page_line.isHidden()
    await tasks.close()


async def test_contrast_brightness_and_negative(view: PaperDocumentView, tasks: TaskScope) -> None:
    study = MadeUpDocument(PAGES)
    view.show_document(study.document, study, tasks)
    await rest()
    keys = view.key_actions()
    keys["document.invert"]()
    middle = QPoint(view.pages.viewport().width() // 2, 200)

    def shade() -> int:
        return view.pages.viewport().grab().toImage().pixelColor(middle).red()

    assert shade() == 10  # until the table has been worked out
    await until_done(lambda: shade() == 245)
    assert "negative" in view.place_text()
    keys["document.invert"]()
    assert shade() == 10
    keys["document.contrast"]()
    keys["document.darker"]()
    assert "contrast 150\u00a0%, brightness −16" in view.place_text()
    await tasks.close()


async def test_shades_of_a_photo(qtbot: QtBot, viewer_theme: Theme, tasks: TaskScope) -> None:
    """A photographed summary is made legible as a page is."""
    view = PictureView(viewer_theme)
    qtbot.addWidget(view)
    view.resize(400, 400)
    view.show()
    study = MadeUpStudy(make_picture())
    view.show_picture(make_picture(), study, tasks)
    await until(lambda: view.canvas.has_picture)
    view.key_actions()["document.invert"]()

    def shade() -> int:
        return view.canvas.grab().toImage().pixelColor(200, 200).red()

    await until_done(lambda: shade() == 245)
    view.key_actions()["document.invert"]()
    assert shade() == 10
    view.clear()
    await tasks.close()
    assert study.held == set()


def test_tables_of_shades() -> None:
    assert Tone().table().tolist() == list(range(256))
    assert Tone(is_inverted=True).table().tolist() == list(range(255, -1, -1))
    steep = Tone(contrast=2.5).table()
    assert (int(steep[60]), int(steep[200])) == (0, 255)
    assert int(Tone().lighter(1).table()[100]) == 116
    assert Tone().lighter(99).brightness == 112
    tone = Tone()
    for expected in (1.5, 2.5, 4.0, 1.0):
        tone = tone.with_more_contrast()
        assert tone.contrast == expected
    assert tone.is_plain


def test_a_dyed_page_is_another_picture() -> None:
    page = QImage(300, 301, QImage.Format.Format_RGB32)
    page.fill(QColor(200, 100, 0))
    dyed = Tone(is_inverted=True).applied(page)
    assert dyed.pixelColor(299, 300) == QColor(55, 155, 255)
    assert page.pixelColor(0, 0) == QColor(200, 100, 0)
    assert Tone().applied(page) is page


@pytest.mark.parametrize("turns", range(4))
def test_a_place_of_a_turned_page(turns: int) -> None:
    size, point = (595.0, 842.0), (50.0, 100.0)
    turned = turned_point(point, size, turns)
    assert point_of(turned, size, turns) == pytest.approx(point)
    width, height = turned_size(size, turns)
    assert 0 <= turned[0] <= width
    assert 0 <= turned[1] <= height
    expected = {0: (50, 100), 1: (742, 50), 2: (545, 742), 3: (100, 545)}
    assert turned == pytest.approx(expected[turns])


async def test_thumbnails_are_drawn_where_they_are_seen(
    view: PaperDocumentView, tasks: TaskScope
) -> None:
    study = MadeUpStudy(make_pdf(200))
    view.show_document(make_pdf(200), study, tasks)
    await rest()
    assert view.thumbnails.isVisible()
    assert set(study.asked) <= set(range(8))
    assert study.held == set()
    QTest.mouseClick(view.thumbnails.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(50, 200))
    assert view.pages.current == 1
    view.pages.go_to(150)
    await rest()
    assert max(study.asked) < 160
    assert not view.thumbnails.grab().isNull()
    await tasks.close()


async def test_thumbnails_of_one_page_or_without_room_are_left_out(
    view: PaperDocumentView, tasks: TaskScope
) -> None:
    study = MadeUpDocument(PAGES[:1])
    view.show_document(study.document, study, tasks)
    assert not view.thumbnails.isVisible()
    view.key_actions()["document.thumbnails"]()
    assert view.thumbnails.isVisible()
    await tasks.close()


async def test_buttons_say_their_keys(view: PaperDocumentView, tasks: TaskScope) -> None:
    study = MadeUpDocument(PAGES)
    view.show_document(study.document, study, tasks)
    actions = ("document.find", "document.thumbnails", "document.contrast", "document.invert")
    for action in (*actions, "view.rotate"):
        button = view.findChild(QAbstractButton, action)
        assert button is not None, action
        assert button.toolTip().endswith(f"({key_label(action)})")
    button = view.findChild(QAbstractButton, "document.find")
    assert button is not None
    button.click()
    assert view.find_bar.isVisible()
    await tasks.close()


async def test_another_document_forgets_all(view: PaperDocumentView, tasks: TaskScope) -> None:
    study = MadeUpDocument(PAGES)
    view.show_document(study.document, study, tasks)
    look_for(view, "преэклампсия")
    await until(lambda: view.search.count == 3)
    view.key_actions()["document.invert"]()
    other = MadeUpDocument(["Другая"])
    view.show_document(other.document, other, tasks)
    assert view.find_bar.isHidden()
    assert view.search.count == 0
    assert view.pages.tone.is_plain
    assert study.held == set()
    await tasks.close()
