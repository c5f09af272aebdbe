"""The line that confirms what went into the conclusion; it stands beside the trace, not over it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from workstation.ui.screens.review.draft_findings import DraftFindings
from workstation.ui.shortcuts import ShortcutRouter, key_label
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel, TextBlock

_GLYPH_PX = 24


class PutLineView(QFrame):
    """«Внесено в заключение [1] · Отменить Shift+Z»: for some seconds, below the side column."""

    def __init__(self, findings: DraftFindings, theme: Theme, shortcuts: ShortcutRouter) -> None:
        super().__init__()
        self.setObjectName("review.putLine")
        self.setProperty("surface", "viewerPanel")
        self._findings = findings
        self._glyph = SignLabel(theme, role="body")
        self._glyph.setFixedWidth(theme.px(_GLYPH_PX))
        self.text = TextBlock(theme, role="body", max_lines=5)
        self.text.setObjectName("review.putLine.text")
        key = key_label("review.take_back")
        self.undo = KeyButton(theme, self.tr("Undo"), key=key, kind="flat", height="compact")
        self.undo.setObjectName("review.takeBack")
        self.undo.clicked.connect(findings.take_back)
        self._lay_out()
        # Not the key that takes a decision back: both lines may stand there at once.
        shortcuts.bind(self, "review.take_back", findings.take_back, findings.can_take_back)
        findings.line_changed.connect(self._show)
        self._show()

    def _lay_out(self) -> None:
        words = QHBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        words.addWidget(self.text, 1)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self.undo)
        line = QFrame()
        line.setProperty("line", "h")
        inside = QVBoxLayout()
        inside.setContentsMargins(12, 8, 8, 8)
        inside.setSpacing(4)
        inside.addLayout(words)
        inside.addLayout(below)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(line)
        column.addLayout(inside)

    def _show(self) -> None:
        line = self._findings.line
        self.setVisible(line is not None)
        if line is None:
            return
        self._glyph.show_sign("", line.glyph, line.color)
        self.text.set_text(line.text)
        self.text.set_color(line.color)
        self.setAccessibleName(line.text)
        self.undo.setVisible(self._findings.can_take_back())
