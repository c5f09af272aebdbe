"""Whether the signatures of a dropped PDF hold: one verdict, then each signature in plain words."""

import logging
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from workstation.services.checking import CheckedFile, NotChecked
from workstation.ui.literal_text import one_line
from workstation.ui.screens.approvals.signature_words import Reason, SignatureWords, Tone
from workstation.ui.screens.approvals.verdict_panel import ReasonRow, VerdictBox
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel
from workstation.ui.wording import Wording

logger = logging.getLogger(__name__)
_WIDTH, _HEIGHT = 560, 560


class Checking(Protocol):
    """What is asked of the service."""

    async def check(self, path: Path) -> CheckedFile:
        """Verifies the file; raises NotChecked."""


class CheckDialog(QDialog):
    """One file at a time; another one dropped or chosen takes its place."""

    another_wanted = Signal()
    """Another file is to be chosen."""

    def __init__(self, checking: Checking, theme: Theme, wording: Wording, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("checking")
        self.setProperty("surface", "panel")
        self._checking, self._theme = checking, theme
        self._words = SignatureWords(wording, self)
        self.tasks = TaskScope(on_error=self._failed)
        self._found: CheckedFile | None = None
        self._title = SignLabel(theme, role="title", color="text.primary")
        self.verdict = VerdictBox(theme, "checking.verdict")
        self._rows: list[ReasonRow] = []
        self._column = QVBoxLayout()
        self._close = KeyButton(theme, "", key="Esc", kind="primary", height="dialog")
        self._close.clicked.connect(self.accept)
        self._other = KeyButton(theme, "", glyph="folder-open", height="dialog")
        self._other.setObjectName("checking.another")
        self._other.clicked.connect(self.another_wanted)
        self._scroll = QScrollArea()
        self._lay_out()
        self._say()

    def show_file(self, path: Path) -> None:
        """Checks it; the words come when they are known."""
        self._found = None
        self._title.show_sign(one_line(path.name), "file-pdf")
        wait = self.tr("The file is being checked")
        self._put(Reason(Tone.PLAIN, wait), [])
        self.tasks.cancel("checking")
        self.tasks.start(self._check(path), name="checking")
        self.open()
        self._scroll.setFocus(Qt.FocusReason.OtherFocusReason)  # arrows read on, Esc closes

    def said(self) -> list[str]:
        """The lines as they are read, top to bottom."""
        return [self.verdict.accessibleName(), *(row.accessibleName() for row in self._rows)]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    async def _check(self, path: Path) -> None:
        try:
            self._found = await self._checking.check(path)
        except NotChecked:
            title = self.tr("The file cannot be read")
            detail = self.tr(
                "It is no file of this computer, is larger than 64 MB, or may not be read. Copy it "
                "to this computer and choose it again."
            )
            self._put(Reason(Tone.BAD, title, detail), [])
            return
        self._show_found()

    def _show_found(self) -> None:
        if self._found is not None:
            report = self._found.report
            self._put(self._words.file_verdict(report), self._words.file_reasons(report))

    def _failed(self, error: BaseException) -> None:
        logger.warning("a file was not checked: %s", type(error).__name__)
        self._put(Reason(Tone.OPEN, self.tr("The file could not be checked now")), [])

    def _put(self, verdict: Reason, reasons: list[Reason]) -> None:
        self.verdict.show_reason(verdict)
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [ReasonRow(self._theme, reason) for reason in reasons]
        for place, row in enumerate(self._rows):
            self._column.insertWidget(place, row)

    def _lay_out(self) -> None:
        body = QWidget()
        body.setProperty("surface", "panel")
        self._column.setContentsMargins(4, 0, 4, 0)
        self._column.setSpacing(12)
        self._column.addStretch(1)
        body.setLayout(self._column)
        scroll = self._scroll
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        foot = QHBoxLayout()
        foot.addWidget(self._other)
        foot.addStretch(1)
        foot.addWidget(self._close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(12)
        for part in (self._title, self.verdict):
            whole.addWidget(part)
        whole.addWidget(scroll, 1)
        whole.addLayout(foot)
        self.resize(self._theme.px(_WIDTH), self._theme.px(_HEIGHT))

    def _say(self) -> None:
        self.setWindowTitle(self.tr("Check of signatures"))
        self._other.setText(self.tr("Another file…"))
        self._other.updateGeometry()
        self._close.setText(self.tr("Close"))
        self._close.updateGeometry()
        self._show_found()
