"""In place of the list: what was approved here, each with its three ways to the patient."""

from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout

from workstation.ui.screens.approvals.sent import Sent, SentModel
from workstation.ui.screens.delivery.words import DeliveryWords
from workstation.ui.screens.request_card.sections import NamedLines, link_button
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import SignLabel, TextBlock
from workstation.ui.wording import Wording


class SentRow(QFrame):
    """Whose it is, page, chat, e-mail, and «send again» where the server would."""

    def __init__(self, theme: Theme, words: DeliveryWords, model: SentModel, one: Sent) -> None:
        super().__init__()
        self.setObjectName("approvals.sentRow")
        self._words, self.sent = words, one
        self._name = SignLabel(theme, role="bodyStrong", color="text.primary")
        self._number = SignLabel(theme, role="small", color="text.tertiary")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._name, 1)
        head.addWidget(self._number)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 14, 8)
        column.setSpacing(4)
        column.addLayout(head)
        self._lines = NamedLines(theme, column)
        self.note = TextBlock(theme, role="small", color="warn.text")
        self.note.setObjectName("approvals.sentNote")
        self.again = link_button("", "approvals.sendAgain")
        self.again.clicked.connect(partial(_send_again, model, one))
        column.addWidget(self.note)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        line = QFrame()
        line.setProperty("line", "h")
        column.addWidget(line)
        self.show_sent()

    def show_sent(self) -> None:
        """How far it is now."""
        one = self.sent
        self._name.show_sign(one.approval.patient_name)
        self._number.show_sign(self.tr("No. {}").format(one.approval.request_number))
        channels = () if one.delivery is None else one.delivery.channels
        lines = [self._words.line(way) for way in channels]
        self._lines.show_lines(lines)
        waits = "" if channels else self.tr("How far it has come is being asked")
        self.note.set_text(one.problem.title if one.problem is not None else waits)
        self.note.set_color("warn.text" if one.problem is not None else "text.tertiary")
        self.note.setVisible(bool(self.note.text()))
        self.again.setText(self.tr("Send the e-mail again"))
        self.again.setVisible(any(way.may_send_again for way in channels))
        self.again.setEnabled(not one.is_sending)
        said = ". ".join(f"{name}: {state}" for name, _, state in lines)
        self.setAccessibleName(f"{one.approval.patient_name}. {said}")


class SentPanel(QScrollArea):
    """The newest first."""

    def __init__(self, model: SentModel, theme: Theme, wording: Wording) -> None:
        super().__init__()
        self.setObjectName("approvals.sent")
        self._model, self._theme = model, theme
        self._words = DeliveryWords(wording, self)
        self.rows: list[SentRow] = []
        body = QFrame()
        body.setProperty("surface", "panel")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(body)
        model.changed.connect(self.show_model)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.show_model()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_model()

    def show_model(self) -> None:
        """Rows stay with what they show; out of sight none is made."""
        if not self.isVisible():
            return
        there = {row.sent: row for row in self.rows}
        self.rows = [there.get(one) or self._new_row(one) for one in self._model.all]
        for row in set(there.values()) - set(self.rows):
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, row in enumerate(self.rows):
            if self._column.indexOf(row) != place:
                self._column.insertWidget(place, row)
            row.show()  # else only with the next turn of the loop
            row.show_sent()

    def _new_row(self, one: Sent) -> SentRow:
        return SentRow(self._theme, self._words, self._model, one)


def _send_again(model: SentModel, one: Sent, checked: bool = False) -> None:
    model.send_again(one.approval.request_id)
