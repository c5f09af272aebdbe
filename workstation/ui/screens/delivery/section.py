"""Three lines of how far the conclusion has come, and a button where the e-mail has failed."""

from PySide6.QtCore import Qt

from workstation.ui.request_words import RequestWords
from workstation.ui.screens.delivery.glance import DeliveryGlance
from workstation.ui.screens.delivery.words import DeliveryWords
from workstation.ui.screens.request_card.sections import NamedLines, Section, link_button
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import SignLabel


class DeliverySection(Section):
    """Nothing is shown before something was delivered."""

    def __init__(self, theme: Theme, words: RequestWords, glance: DeliveryGlance) -> None:
        super().__init__(theme, self.tr("On the way to the patient"))
        self.setObjectName("delivery")
        self._words, self._glance = DeliveryWords(words.time, self), glance
        self._lines = NamedLines(theme, self.column)
        self.again = link_button(self.tr("Send the e-mail again"), "delivery.again")
        self.again.clicked.connect(glance.send_again)
        self.note = SignLabel(theme, role="small", color="warn.text")
        self.note.setObjectName("delivery.note")
        self.column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.note)
        glance.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        glance, delivery = self._glance, self._glance.delivery
        # Shown without a parent it would be a window of its own.
        self.setVisible(delivery is not None and self.parent() is not None)
        if delivery is None:
            return
        self._lines.show_lines([self._words.line(one) for one in delivery.channels])
        self.again.setVisible(any(one.may_send_again for one in delivery.channels))
        self.again.setEnabled(not glance.is_sending)
        problem = glance.problem
        self.note.show_sign(problem.title if problem is not None else "")
        self.note.setVisible(problem is not None)
