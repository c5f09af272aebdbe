"""The live checklist in a row: what is missing is always named, what is there may be counted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from backend_client.models.requests import ChecklistItem, ItemState, RequestRow, RequestStatus
from workstation.ui.icons import paint_icon
from workstation.ui.screens.queue.delegates import RowDelegate, RowLook
from workstation.ui.widgets.labels import wrap
from workstation.ui.widgets.painting import (
    CHIP_MISSING,
    CHIP_NOT_APPLICABLE,
    CHIP_PRESENT,
    ChipLook,
    chip_width,
    paint_chip,
)

STATUS_GLYPHS = {
    RequestStatus.UNKNOWN: "question",
    RequestStatus.SLOT_PROPOSED: "calendar-blank",
    RequestStatus.SCHEDULED: "calendar-check",
    RequestStatus.WAITING: "hourglass",
    RequestStatus.IN_CALL: "phone",
    RequestStatus.DRAFTING: "pen-nib",
    RequestStatus.SIGNED: "shield-check",
    RequestStatus.RETURNED: "arrow-u-up-left",
}


CHIP_UNKNOWN = ChipLook("text.secondary", edge="line.control")


@dataclass(frozen=True, slots=True)
class Chip:
    """A chip's text and look; what is not missing may be folded into "+2" of the same look."""

    text: str
    look: ChipLook
    may_fold: bool = False


class DocumentChipsDelegate(RowDelegate):
    """Chips of the checklist and, where no column says it in words, whose the request is."""

    shows_owner = True

    def __init__(self, look: RowLook) -> None:
        super().__init__(look)

    def paint_cell(self, painter: QPainter, box: QRectF, row: RequestRow) -> None:
        box.setRight(box.right() - self.theme.px(12))
        if self.shows_owner:
            box.setRight(box.right() - self._paint_owner(painter, box, row))
        chips = self.chips(row)
        if not chips:
            words = self.words.no_documents(row)
            self.paint_text(painter, box, words, "small", "text.secondary")
            return
        lines = self.lines(chips, box.width())
        if any(self._width(line) > box.width() for line in lines):
            self._paint_words(painter, box, row)
            return
        step = self.theme.px(20)
        middle = box.center().y() - step * (len(lines) - 1) / 2
        for line in lines:
            self._paint_line(painter, box.left(), middle, line)
            middle += step

    def _paint_words(self, painter: QPainter, box: QRectF, row: RequestRow) -> None:
        """So much is missing that its chips have no room: the names alone, one after another."""
        missing = [item.chip for item in row.checklist if item.state is ItemState.MISSING]
        text = self.words.missing(*missing)
        role = "micro"
        lines = wrap(text, self.theme, role, round(box.width()))
        height = self.theme.px(14)
        shown = lines[:1] if self.look.compact else lines[:3]
        if len(lines) > len(shown):
            shown[-1] += lines[len(shown)]
        top = box.center().y() - height * len(shown) / 2
        for line in shown:
            place = QRectF(box.left(), top, box.width(), height)
            self.paint_text(painter, place, line.rstrip(), role, "danger.text")
            top += height

    def chips(self, row: RequestRow) -> list[Chip]:
        """Chips in the order of the checklist; optional and absent ones are left out."""
        made = (self._chip(item) for item in row.checklist)
        chips = [chip for chip in made if chip is not None]
        if any(item.state is ItemState.UNKNOWN for item in row.checklist):
            chips.append(Chip(self.words.unknown().lower(), CHIP_UNKNOWN))
        return chips

    def lines(self, chips: Sequence[Chip], width: float) -> list[list[Chip]]:
        """The chips in one line that fits: present ones fold; missing ones take a second line."""
        kept, folded = list(chips), Counter[ChipLook]()
        shown = list(kept)
        while self._width(shown) > width and any(chip.may_fold for chip in kept):
            last = max(number for number, chip in enumerate(kept) if chip.may_fold)
            folded[kept.pop(last).look] += 1
            shown = [*kept, *self._counted(folded)]
        if self._width(shown) <= width or self.look.compact:
            return [shown]
        return self._in_two_lines(shown, width)

    def _counted(self, folded: Counter[ChipLook]) -> list[Chip]:
        """What has no room, each kind counted apart: what does not apply is not there."""
        looks = (CHIP_PRESENT, CHIP_NOT_APPLICABLE)
        return [Chip(f"+{folded[look]}", look) for look in looks if folded[look]]

    def _in_two_lines(self, chips: list[Chip], width: float) -> list[list[Chip]]:
        first: list[Chip] = []
        rest = list(chips)
        while rest and self._width([*first, rest[0]]) <= width:
            first.append(rest.pop(0))
        return [first, rest] if first else [rest]

    def _chip(self, item: ChecklistItem) -> Chip | None:
        if item.state is ItemState.MISSING:
            return Chip(self.words.missing(item.chip), CHIP_MISSING)
        if item.state is ItemState.PRESENT:
            return Chip(item.chip, CHIP_PRESENT, may_fold=True)
        if item.state is ItemState.NOT_APPLICABLE:
            return Chip(item.chip, CHIP_NOT_APPLICABLE, may_fold=True)
        return None

    def _width(self, chips: Sequence[Chip]) -> float:
        gaps = self.theme.px(3) * max(0, len(chips) - 1)
        return sum(chip_width(self.theme, chip.text) for chip in chips) + gaps

    def _paint_line(
        self, painter: QPainter, left: float, middle: float, chips: Sequence[Chip]
    ) -> None:
        for chip in chips:
            width = paint_chip(painter, self.theme, left, middle, chip.text, chip.look)
            left += width + self.theme.px(3)

    def _paint_owner(self, painter: QPainter, box: QRectF, row: RequestRow) -> float:
        """A lock with the owner's initials at the right edge; returns the width used."""
        glyphs = [STATUS_GLYPHS[row.status]] if row.status in STATUS_GLYPHS else []
        initials = row.owner.initials if row.owner is not None else ""
        if initials:
            glyphs.append("lock-simple")
        if not glyphs:
            return 0.0
        mine = row.owner is not None and row.owner.is_me
        color = self.theme.color("accent.text" if mine else "text.secondary")
        size = self.theme.px(14)
        font = self.theme.font("smallStrong")
        text = QFontMetricsF(font).horizontalAdvance(initials)
        left = box.right() - text
        painter.setFont(font)
        painter.setPen(color)
        painter.drawText(QRectF(left, box.top(), text + 1, box.height()), 0x81, initials)
        for glyph in reversed(glyphs):
            left -= size + self.theme.px(3)
            place = QRectF(left, box.center().y() - size / 2, size, size)
            paint_icon(painter, glyph, place, color)
        return box.right() - left + self.theme.px(8)
