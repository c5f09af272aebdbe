"""A week of the doctor in one painted widget: what is taken, offered, suggested, chosen.

All moments are the doctor's wall clock; beside it stands the hour of a second zone (OZ-24).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from workstation.ui.theme import Theme
from workstation.ui.widgets.painting import keycap_width, paint_keycap

STEP_MINUTES = 30
FIRST_HOUR, LAST_HOUR = 8, 20
_HEAD, _AXIS, _AXIS_TWO = 48, 52, 92
_HATCH = 8


class BlockKind(Enum):
    """What a block is; each has a form of its own, not a colour alone."""

    TAKEN = "taken"
    """An appointment: filled, with a bar."""
    OFFERED = "offered"
    """A time that waits for a patient's answer: dashed."""
    SUGGESTED = "suggested"
    """A free time with its number: dashed in the accent."""
    CHOSEN = "chosen"
    """The time that Enter proposes: filled in the accent."""


_FILLS = {
    BlockKind.TAKEN: "bg.hover",
    BlockKind.OFFERED: "bg.panel",
    BlockKind.SUGGESTED: "bg.panel",
    BlockKind.CHOSEN: "accent.fill",
}


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of one day with its words; `number` is its key, "" for none."""

    start: datetime
    minutes: int
    text: str
    kind: BlockKind
    number: str = ""
    key: str = ""
    """What `block_pressed` tells; "" where the block is no button."""

    @property
    def end(self) -> datetime:
        """Where it ends."""
        return self.start + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class WeekPicture:
    """All that the calendar shows."""

    days: tuple[date, ...]
    day_names: tuple[str, ...]
    now: datetime
    blocks: tuple[Block, ...]
    is_open: Callable[[date, int], bool]
    """Whether the half hour at that minute of the day is worked in."""
    zone_name: str
    second_zone_name: str = ""
    second_hour: Callable[[int], str] | None = None
    """The second zone's time at an hour of the doctor's day; None for no second axis."""


class WeekCalendar(QWidget):
    """Shows a `WeekPicture`. `picked` tells the free half hour that was pressed."""

    picked = Signal(object)
    """datetime in the doctor's zone."""
    block_pressed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("weekCalendar")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = theme
        self._picture: WeekPicture | None = None
        theme.changed.connect(self.update)

    @property
    def picture(self) -> WeekPicture | None:
        """What is shown."""
        return self._picture

    def show_week(self, picture: WeekPicture, description: str) -> None:
        """Shows a week; `description` says it for screen readers."""
        self._picture = picture
        self.setAccessibleDescription(description)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(700), self._theme.px(600))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(420), self._theme.px(360))

    def moment_at(self, place: QPointF) -> datetime | None:
        """The half hour at a place of the widget; None outside the days."""
        picture = self._picture
        if picture is None or place.x() < self._axis() or place.y() < self._head():
            return None
        column = int((place.x() - self._axis()) / self._column_width(picture))
        first, last = self._hours(picture)
        row = int((place.y() - self._head()) / self._row_height(picture))
        minutes = first * 60 + row * STEP_MINUTES
        if column >= len(picture.days) or minutes >= last * 60:
            return None
        day = picture.days[column]
        midnight = datetime(day.year, day.month, day.day, tzinfo=picture.now.tzinfo)
        return midnight.replace(hour=minutes // 60, minute=minutes % 60)

    def box_of(self, block: Block) -> QRectF:
        """Where a block of the shown days stands."""
        assert self._picture is not None
        picture = self._picture
        width, step = self._column_width(picture), self._row_height(picture)
        left = self._axis() + picture.days.index(block.start.date()) * width
        first = self._hours(picture)[0]
        minutes = (block.start.hour - first) * 60 + block.start.minute
        top = self._head() + minutes / STEP_MINUTES * step
        return QRectF(left, top, width, block.minutes / STEP_MINUTES * step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        moment = self.moment_at(event.position())
        if event.button() is not Qt.MouseButton.LeftButton or moment is None:
            return
        for block in self._shown_blocks():
            if block.key and self.box_of(block).contains(event.position()):
                self.block_pressed.emit(block.key)
                return
        self.picked.emit(moment)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("bg.panel"))
        if self._picture is None:
            return
        self._paint_closed(painter, self._picture)
        self._paint_grid(painter, self._picture)
        self._paint_head(painter, self._picture)
        self._paint_axis(painter, self._picture)
        for block in self._shown_blocks():
            self._paint_block(painter, block)
        self._paint_now(painter, self._picture)

    def _shown_blocks(self) -> list[Block]:
        """What is chosen is painted last: nothing lies over it."""
        picture = self._picture
        if picture is None:
            return []
        shown = [block for block in picture.blocks if block.start.date() in picture.days]
        return sorted(shown, key=lambda block: block.kind is BlockKind.CHOSEN)

    def _is_taken(self, chosen: Block) -> bool:
        held = (BlockKind.TAKEN, BlockKind.OFFERED)
        others = [block for block in self._shown_blocks() if block.kind in held]
        return any(one.start < chosen.end and chosen.start < one.end for one in others)

    def _axis(self) -> float:
        two = self._picture is not None and self._picture.second_hour is not None
        return self._theme.px(_AXIS_TWO if two else _AXIS)

    def _head(self) -> float:
        return self._theme.px(_HEAD)

    def _column_width(self, picture: WeekPicture) -> float:
        return (self.width() - self._axis()) / len(picture.days)

    def _hours(self, picture: WeekPicture) -> tuple[int, int]:
        """From eight to twenty, and as far as something of these days goes beyond."""
        shown = self._shown_blocks()
        first = min([FIRST_HOUR, *(block.start.hour for block in shown)])
        beyond = [_hour_after(block) for block in shown]
        return first, max([LAST_HOUR, *beyond])

    def _row_height(self, picture: WeekPicture) -> float:
        first, last = self._hours(picture)
        return (self.height() - self._head() - self._theme.px(4)) / ((last - first) * 2)

    def _paint_closed(self, painter: QPainter, picture: WeekPicture) -> None:
        """Hatches what is past or not worked in."""
        hatch = self._hatch()
        first, last = self._hours(picture)
        width, step = self._column_width(picture), self._row_height(picture)
        past = picture.now.hour * 60 + picture.now.minute
        for column, day in enumerate(picture.days):
            for row in range((last - first) * 2):
                minute = first * 60 + row * STEP_MINUTES
                today = day == picture.now.date()
                gone = day < picture.now.date() or (today and minute < past)
                if gone or not picture.is_open(day, minute):
                    top = self._head() + row * step
                    painter.fillRect(
                        QRectF(self._axis() + column * width, top, width, step + 1), hatch
                    )

    def _hatch(self) -> QPixmap:
        """A tile of thin lines: seamless, and the same in print."""
        side = self._theme.px(_HATCH)
        tile = QPixmap(side, side)
        tile.fill(self._theme.color("bg.window"))
        painter = QPainter(tile)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("line.default"), 1))
        for shift in (-side, 0, side):
            painter.drawLine(QPointF(shift, side), QPointF(shift + side, 0))
        painter.end()
        return tile

    def _paint_grid(self, painter: QPainter, picture: WeekPicture) -> None:
        first, last = self._hours(picture)
        line = self._theme.color("line.subtle")
        for hour in range(first, last + 1):
            top = self._head() + (hour - first) * 2 * self._row_height(picture)
            painter.fillRect(QRectF(self._axis(), round(top), self.width(), 1), line)
        for column in range(len(picture.days) + 1):
            left = round(self._axis() + column * self._column_width(picture))
            painter.fillRect(left, 0, 1, self.height(), self._theme.color("line.default"))
        bottom = round(self._head())
        painter.fillRect(0, bottom, self.width(), 1, self._theme.color("line.default"))

    def _paint_head(self, painter: QPainter, picture: WeekPicture) -> None:
        width, px = self._column_width(picture), self._theme.px
        for column, (day, name) in enumerate(zip(picture.days, picture.day_names, strict=True)):
            left = self._axis() + column * width
            today = day == picture.now.date()
            color = "accent.text" if today else "text.secondary"
            self._text(painter, QRectF(left, px(6), width, px(16)), name, "small", color)
            number = QRectF(left, px(22), width, px(20))
            strong = "accent.text" if today else "text.primary"
            self._text(painter, number, str(day.day), "bodyStrong", strong)

    def _paint_axis(self, painter: QPainter, picture: WeekPicture) -> None:
        px = self._theme.px
        first, last = self._hours(picture)
        half = self._axis() / 2 if picture.second_hour is not None else self._axis()
        names = (picture.zone_name, picture.second_zone_name)
        for number, name in enumerate(names if picture.second_hour is not None else names[:1]):
            box = QRectF(number * half, px(26), half, px(16))
            self._text(painter, box, name, "micro", "text.secondary")
        for hour in range(first, last):
            top = self._head() + (hour - first) * 2 * self._row_height(picture)
            box = QRectF(0, top + px(1), half, px(16))
            self._text(painter, box, f"{hour}:00", "micro", "text.secondary")
            if picture.second_hour is not None:
                box.translate(half, 0)
                self._text(painter, box, picture.second_hour(hour), "micro", "text.tertiary")

    def _paint_block(self, painter: QPainter, block: Block) -> None:
        px = self._theme.px
        box = self.box_of(block).adjusted(px(3), 1, -px(3), -1)
        if block.kind is BlockKind.CHOSEN and self._is_taken(block):
            box.setLeft(box.center().x())  # whose the time is stays readable beside it
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._edge(block.kind))
        painter.setBrush(self._theme.color(_FILLS[block.kind]))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4))
        if block.kind is BlockKind.TAKEN:
            bar = QRectF(box.left(), box.top(), px(3), box.height())
            painter.fillRect(bar, self._theme.color("text.tertiary"))
        if block.kind is BlockKind.CHOSEN and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.color("focus.ring"), 2))
            painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), px(6), px(6))
        painter.restore()
        self._paint_words(painter, block, box)

    def _paint_words(self, painter: QPainter, block: Block, box: QRectF) -> None:
        px = self._theme.px
        one_line = QRectF(box.left(), box.top(), box.width(), min(box.height(), px(28)))
        left = one_line.left() + px(8)
        names = {BlockKind.CHOSEN: "accent.on", BlockKind.SUGGESTED: "accent.text"}
        color = names.get(block.kind, "text.primary")
        if block.number:
            outline = self._theme.color("accent.on") if block.kind is BlockKind.CHOSEN else None
            middle = one_line.center().y()
            paint_keycap(painter, self._theme, left, middle, block.number, outline)
            left += keycap_width(self._theme, block.number) + px(6)
        room = QRectF(left, one_line.top(), one_line.right() - left - px(4), one_line.height())
        strong = block.kind in (BlockKind.CHOSEN, BlockKind.SUGGESTED)
        role = "bodyStrong" if strong else "small"
        align = Qt.AlignmentFlag.AlignLeft
        self._text(painter, room, block.text, role, color, align)

    def _edge(self, kind: BlockKind) -> QPen:
        if kind in (BlockKind.TAKEN, BlockKind.CHOSEN):
            return QPen(Qt.PenStyle.NoPen)
        offered = kind is BlockKind.OFFERED
        pen = QPen(self._theme.color("line.control" if offered else "accent.fill"), 2)
        pen.setDashPattern([3, 2])
        return pen

    def _paint_now(self, painter: QPainter, picture: WeekPicture) -> None:
        """A line at the present moment."""
        now, (first, last) = picture.now, self._hours(picture)
        if now.date() not in picture.days or not first <= now.hour < last:
            return
        minutes = (now.hour - first) * 60 + now.minute
        top = self._head() + minutes / STEP_MINUTES * self._row_height(picture)
        width = self._column_width(picture)
        left = self._axis() + picture.days.index(now.date()) * width
        painter.fillRect(QRectF(left, top - 1, width, 2), self._theme.color("accent.fill"))

    def _text(
        self,
        painter: QPainter,
        box: QRectF,
        text: str,
        role: str,
        color: str,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter,
    ) -> None:
        font = self._theme.font(role)
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.setFont(font)
        painter.setPen(self._theme.color(color))
        painter.drawText(box, align | Qt.AlignmentFlag.AlignVCenter, shown)


def _hour_after(block: Block) -> int:
    """The full hour by which a block is over; 24 where it goes past midnight."""
    if block.end.date() > block.start.date():
        return 24
    return block.end.hour + bool(block.end.minute)
