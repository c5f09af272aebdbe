"""The left column: how many wait, the list or why there is none, and the line of what was done."""

from PySide6.QtCore import QEvent, QSize, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from workstation.ui.request_words import RequestWords
from workstation.ui.screens.approvals.approval_list import ApprovalList
from workstation.ui.screens.approvals.drawn import Glyph
from workstation.ui.screens.approvals.list_heads import ListHeads
from workstation.ui.screens.approvals.sent_panel import SentPanel
from workstation.ui.screens.approvals.view_model import ApprovalsViewModel, Done
from workstation.ui.screens.approvals.waiting_list import ListState
from workstation.ui.screens.delivery.words import DeliveryWords
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import TextBlock
from workstation.ui.widgets.painting import CHIP_PRESENT, chip_width, paint_chip
from workstation.ui.widgets.placeholder import SKELETON_MS, Placeholder, SkeletonRows

_COLUMN_SHARES = (0.72, 0.28)


class ListPanel(QFrame):
    """Follows the view model's list. While it is slow, nothing is shown for a moment."""

    row_chosen = Signal(int)

    def __init__(self, model: ApprovalsViewModel, theme: Theme, words: RequestWords) -> None:
        super().__init__()
        wording = words.time
        self.setObjectName("approvals.listPanel")
        self.setProperty("surface", "panel")
        self._model, self._theme, self._wording = model, theme, wording
        self._title, self._order = QLabel(), QLabel()
        self._title.setProperty("role", "title")
        self._order.setProperty("role", "small")
        self._count = CountChip(theme)
        self._head = QWidget()
        self.list = ApprovalList(model, theme, wording)
        self.heads = ListHeads(model, theme, words)
        self.sent = SentPanel(model.sent, theme, wording)
        self._delivery = DeliveryWords(wording, self)
        self._skeleton = SkeletonRows(theme, _COLUMN_SHARES)
        self.placeholder = Placeholder(theme)
        self._pages = QStackedWidget()
        self.foot = QFrame()
        self._mark = Glyph(theme, 14)
        self.told = TextBlock(theme, role="small")
        self.told.setObjectName("approvals.told")
        self._retry = KeyButton(theme, "", height="compact")
        self._retry.setObjectName("approvals.readList")
        self.all = KeyButton(theme, "", height="compact")
        self.all.setObjectName("approvals.approveOpened")
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(SKELETON_MS)
        self._lay_out()
        self._late.timeout.connect(lambda: self._pages.setCurrentWidget(self._skeleton))
        self.list.row_chosen.connect(self.row_chosen)
        self.heads.turned.connect(lambda _: self.show_model())
        self.placeholder.pressed.connect(model.waiting.reload)
        self._retry.clicked.connect(model.waiting.reload)
        theme.changed.connect(self._measure)
        self._measure()
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._order.setVisible(self._model.count > 0 and self._has_room_for_order())

    def show_model(self) -> None:
        """Shows the list's state and the last decision."""
        model = self._model
        self._count.show_count(model.count, model.total)
        self.heads.show_model()
        self._order.setVisible(model.count > 0 and self._has_room_for_order())
        if self.heads.shows_sent:
            self._late.stop()
            self._pages.setCurrentWidget(self.sent)
        elif model.waiting.state is ListState.LOADING:
            if self._pages.currentWidget() is not self._skeleton and not self._late.isActive():
                self._late.start()
        else:
            self._late.stop()
            self._show_list()
        self._show_chosen()
        self._show_foot()

    def _has_room_for_order(self) -> bool:
        parts = (self._title, self._count, self._order)
        return sum(part.sizeHint().width() for part in parts) + self._theme.px(48) <= self.width()

    def _lay_out(self) -> None:
        head = QHBoxLayout(self._head)
        head.setContentsMargins(16, 0, 16, 0)
        head.setSpacing(8)
        for widget in (self._title, self._count):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self._order)
        below = QVBoxLayout(self.foot)
        below.setContentsMargins(16, 8, 12, 8)
        below.setSpacing(6)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        below.addLayout(foot)
        below.addWidget(self.all)
        foot.addWidget(self._mark)
        foot.addWidget(self.told, 1)
        foot.addWidget(self._retry)
        for page in (QWidget(), self.list, self._skeleton, self.placeholder, self.sent):
            self._pages.addWidget(page)
        self._foot_line = _line()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._head, _line(), self.heads):
            column.addWidget(part)
        column.addWidget(self._pages, 1)
        column.addWidget(self._foot_line)
        column.addWidget(self.foot)

    def _show_list(self) -> None:
        waiting = self._model.waiting
        if waiting.state is ListState.ROWS:
            self._pages.setCurrentWidget(self.list)
            return
        self._pages.setCurrentWidget(self.placeholder)
        if waiting.state is ListState.FAILED and waiting.error is not None:
            error = waiting.error
            action = error.action or self.tr("Retry")
            self.placeholder.show_text(
                "warning-octagon", error.title, error.detail, action, color="danger.text"
            )
            return
        title = self.tr("Nothing waits for approval")
        detail = self.tr("Conclusions that doctors sign appear here by themselves")
        self.placeholder.show_text("circle-wavy-check", title, detail)

    def _show_chosen(self) -> None:
        chosen = self._model.chosen
        row = None if chosen is None else self._model.waiting.rows.row_of(chosen.request_id)
        self.list.show_row(row)

    def _show_foot(self) -> None:
        text, glyph, color = self._foot_words()
        self.told.set_text(text)
        self.told.set_color("text.primary" if glyph == "check" else color)
        self._mark.show_glyph(glyph, color)
        failed = (
            self._model.waiting.error is not None and self._model.waiting.state is ListState.ROWS
        )
        self._retry.setVisible(failed and not self._model.is_offline)
        opened = len(self._model.opened)
        offers = opened > 1 and not failed
        self.all.setVisible(offers)
        self.all.setEnabled(self._model.can_approve_opened)
        if offers and not text:
            self.told.set_text(self.tr("Opened: %n", None, opened))
            self.told.set_color("text.secondary")
        for widget in (self.foot, self._foot_line):
            widget.setVisible(bool(text) or offers)

    def _foot_words(self) -> tuple[str, str, str]:
        model = self._model
        if self.heads.shows_sent:
            return "", "", "text.secondary"
        if model.done is Done.APPROVED and model.approved_at_once > 1:
            text = self.tr("%n approved, the patients get them", None, model.approved_at_once)
            return text, "check", "ok.text"
        if model.done is Done.APPROVED:
            return self._way_of_the_last()
        if model.done is Done.RETURNED:
            return self.tr("Returned, the doctor sees the reason"), "check", "ok.text"
        stale = model.is_offline or model.waiting.error is not None
        if (
            stale
            and model.waiting.read_at is not None
            and model.waiting.state is not ListState.FAILED
        ):
            when = self._wording.day_and_time(model.waiting.read_at)
            return self.tr("The list is of {}").format(when), "clock", "warn.text"
        return "", "", "text.secondary"

    def _way_of_the_last(self) -> tuple[str, str, str]:
        """How far the one that was approved last has come; until it is known, that it is sent."""
        last = next(iter(self._model.sent.all), None)
        if last is None or last.delivery is None:
            return self.tr("Approved, the patient gets the conclusion"), "check", "ok.text"
        ways = map(self._delivery.line, last.delivery.channels)
        told = self.tr("Approved: {}").format(last.approval.patient_name)
        text = "\n".join((told, *(f"{name}: {state}" for name, _, state in ways)))
        return (text, "warning", "warn.text") if last.has_failed else (text, "check", "ok.text")

    def _measure(self) -> None:
        self._head.setFixedHeight(self._theme.size("layout", "identityStrip") - 1)

    def _say(self) -> None:
        self._title.setText(self.tr("Approval"))
        self._order.setText(self.tr("oldest first"))
        self._retry.setText(self.tr("Retry"))
        self._retry.updateGeometry()
        self.all.setText(self.tr("Approve the opened"))
        self.all.setToolTip(self.tr("All that were opened here and found good, with one PIN"))
        self.all.updateGeometry()
        self.show_model()


class CountChip(QWidget):
    """A number on a quiet chip; nothing for none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._text = theme, ""
        theme.changed.connect(self.updateGeometry)

    def show_count(self, count: int, of: int = 0) -> None:
        """Shows another number; «3/12» where there are more than are shown."""
        text = f"{count}/{of}" if of > count else str(count) if count else ""
        if text == self._text:
            return
        self._text = text
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = chip_width(self._theme, self._text) if self._text else 0
        return QSize(round(width + 1), self._theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._text:
            painter = QPainter(self)
            paint_chip(painter, self._theme, 0, self.height() / 2, self._text, CHIP_PRESENT)


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("line", "h")
    return line
