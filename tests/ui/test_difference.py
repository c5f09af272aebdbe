"""The difference to the version before, as approver and archive show it (OZ-12)."""

from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from tests.ui.queue_desk import Surroundings
from workstation.core.form_difference import SectionChange
from workstation.core.word_difference import words_apart
from workstation.ui.screens.approvals.difference_view import DifferenceView
from workstation.ui.screens.approvals.marked_block import MarkedBlock
from workstation.ui.widgets.labels import TextBlock

BEFORE = "Бисопролол 2,5 мг утром.\nКТ аорты с контрастом, наблюдение кардиолога."
AFTER = "Бисопролол 5 мг утром.\nКТ аорты с контрастом и МРТ, наблюдение кардиолога."


def shown(qtbot: QtBot, around: Surroundings, *changes: SectionChange) -> DifferenceView:
    view = DifferenceView(around.theme, around.words.time)
    qtbot.addWidget(view)
    view.resize(400, 600)
    view.show_changes(changes, 2)
    view.show()
    return view


def marks(view: DifferenceView) -> list[list[str]]:
    """What is marked in each text, top to bottom."""
    return [block.marked() for block in view.findChildren(MarkedBlock)]


def rows_with(picture: QImage, colour: QColor) -> set[int]:
    """Rows of pixels in which a colour stands."""
    wanted = colour.rgb()
    width, height = picture.width(), picture.height()
    return {y for y in range(height) if any(picture.pixel(x, y) == wanted for x in range(width))}


def test_changed_words_are_marked_in_both_texts(qtbot: QtBot, around: Surroundings) -> None:
    view = shown(qtbot, around, SectionChange("recommendations", BEFORE, AFTER))
    assert view.said() == [BEFORE, AFTER]
    assert marks(view) == [["2,5"], ["5", "и МРТ"]]


def test_what_stands_alone_is_not_marked(qtbot: QtBot, around: Surroundings) -> None:
    view = shown(qtbot, around, SectionChange("answer", "", "Показано."))
    assert view.said() == ["nothing was written", "Показано."]
    assert marks(view) == [[], []]


def test_the_decisions_name_is_told_and_marked(qtbot: QtBot, around: Surroundings) -> None:
    view = shown(qtbot, around, SectionChange("decision", "conclusion", "in_person: неделя"))
    assert view.said() == ["Conclusion", "Visit in person: неделя"]
    assert marks(view) == [["Conclusion"], ["Visit in person: неделя"]]


def test_a_mark_stands_at_its_word_and_moves_no_line(qtbot: QtBot, around: Surroundings) -> None:
    """Under the first line and the second, as the words stand there; emoji and a strange direction
    move nothing."""
    theme = around.theme
    block, plain = MarkedBlock(theme, color="text.primary", strikes=False), TextBlock(theme)
    for one in (block, plain):
        qtbot.addWidget(one)
        one.resize(260, 200)
    _, pieces = words_apart(BEFORE, f"😀 {AFTER} \u202eконец")
    block.show_pieces(pieces)
    plain.set_text(block.text())
    assert "\u202e" not in block.text()
    assert block.heightForWidth(260) == plain.heightForWidth(260)
    high = theme.line_height("body")
    rows = rows_with(block.grab().toImage(), theme.color("accent.soft"))
    assert {row // high for row in rows} >= {0, 1}
    assert max(rows) < block.heightForWidth(260)
