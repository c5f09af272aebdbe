"""How a call to the patient's telephone has ended, by one key; and the number, to be dialled."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from backend_client.models.request_actions import PhoneOutcome


class PhoneMenu(QMenu):
    """Digits choose; 0 dials where there is a number for it. Deleted once it is closed."""

    attempted = Signal(PhoneOutcome)
    dial_wanted = Signal()

    def __init__(self, parent: QWidget, number: str = "") -> None:
        """`number`: as it is shown; "" where it cannot be dialled."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if number:
            word = self.tr("Dial {}").format(number)
            dial = self.addAction(f"&0  {word}")
            dial.triggered.connect(self.dial_wanted)
            self.addSeparator()
            self.setActiveAction(dial)
        for digit, (outcome, word) in enumerate(self._words().items(), start=1):
            entry = self.addAction(f"&{digit}  {word}")
            entry.triggered.connect(lambda _=False, one=outcome: self.attempted.emit(one))

    def _words(self) -> dict[PhoneOutcome, str]:
        return {
            PhoneOutcome.NO_ANSWER: self.tr("No answer"),
            PhoneOutcome.BUSY: self.tr("Busy"),
            PhoneOutcome.SWITCHED_OFF: self.tr("Switched off"),
            PhoneOutcome.WRONG_NUMBER: self.tr("Wrong number"),
            PhoneOutcome.REACHED: self.tr("Reached"),
        }
