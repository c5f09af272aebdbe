"""A line over a pane's picture: a glyph, a sentence, and what can be done about it."""

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout

from workstation.ui.screens.review.pane_words import PaneNote
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel, TextBlock


def note_line(note: PaneNote, theme: Theme, pressed: SignalInstance) -> QFrame:
    """`pressed`: what its button does, where it has one."""
    line = QFrame()
    line.setObjectName("paneNote")
    ground = theme.color("warn.soft" if note.warn else "accent.soft").name()
    line.setStyleSheet(f"#paneNote {{ background: {ground}; }}")
    color = "viewer.warn" if note.warn else "text.primary"
    sign = SignLabel(theme, "", glyph=note.glyph, role="body", color=color)
    sign.setFixedWidth(theme.px(18))
    text = TextBlock(theme, role="body", color=color, max_lines=4)
    text.set_text(note.text)
    row = QHBoxLayout(line)
    row.setContentsMargins(10, 5, 10, 5)
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(text, 1, Qt.AlignmentFlag.AlignVCenter)
    if note.action:
        button = KeyButton(theme, note.action, kind="flat", height="compact")
        button.setObjectName("paneNote.action")
        button.clicked.connect(pressed)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
    return line
