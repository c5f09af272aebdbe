"""That the doctor has laid the request aside, or that it has come back, with the doctor's note."""

from PySide6.QtWidgets import QFrame, QVBoxLayout

from backend_client.models.requests import RequestRow
from workstation.ui.request_words import RequestWords
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import SignLabel, TextBlock

NOTE_LINES = 4


class LaidLine(QFrame):
    """Hidden where neither is so."""

    def __init__(self, theme: Theme, words: RequestWords) -> None:
        super().__init__()
        self._words = words
        self.sign = SignLabel(theme)
        self.sign.setObjectName("card.laid")
        self.note = TextBlock(theme, role="small", color="text.primary", max_lines=NOTE_LINES)
        self.note.setObjectName("card.laid.note")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 5, 16, 3)
        column.setSpacing(2)
        column.addWidget(self.sign)
        column.addWidget(self.note)

    def show_row(self, row: RequestRow) -> None:
        """Until when it lies aside, or why it is back; the note as it was written."""
        sign, lay = self._words.snooze(row), row.snooze
        self.setVisible(sign is not None)
        if sign is None or lay is None:
            return
        text = sign.word
        if lay.is_aside and lay.for_term:
            text = self.tr("{}: its term comes before").format(text)
        self.sign.show_sign(text, sign.glyph, "text.primary", sign.color)
        self.note.setVisible(bool(lay.note))
        self.note.set_text(self.tr("Note: {}").format(lay.note))
