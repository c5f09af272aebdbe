"""The right column of the archive: the verdict on an edition's signatures, and its sources."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from workstation.ui.literal_text import one_line
from workstation.ui.screens.approvals.document_reader import Reading
from workstation.ui.screens.approvals.place_row import PlaceRow
from workstation.ui.screens.approvals.signature_words import Reason, SignatureWords, Tone
from workstation.ui.screens.approvals.verdict_panel import ReasonRow, VerdictBox
from workstation.ui.screens.archive.view_model import ArchiveViewModel
from workstation.ui.theme import Theme


class CheckColumn(QFrame):
    """One verdict in plain words, then line by line; below, one press leads to a frame."""

    source_wanted = Signal(int)
    """The number of a source."""

    def __init__(self, model: ArchiveViewModel, theme: Theme, words: SignatureWords) -> None:
        super().__init__()
        self.setObjectName("archive.check")
        self.setProperty("surface", "panel")
        self._model, self._theme, self._words = model, theme, words
        self.verdict = VerdictBox(theme, "archive.verdict")
        self._shown: object = None
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout()
        self._column.setContentsMargins(4, 0, 4, 0)
        self._column.setSpacing(12)
        inside = QFrame()
        inside.setProperty("surface", "panel")
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        column.addWidget(self.verdict)
        column.addLayout(self._column)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def reasons(self) -> list[str]:
        """The lines as they are read, top to bottom."""
        return [row.accessibleName() for row in self._rows]

    def places(self) -> list[PlaceRow]:
        """The lines that lead into files, top to bottom."""
        return [row for row in self._rows if isinstance(row, PlaceRow)]

    def show_model(self) -> None:
        """Shows what is known of the chosen edition."""
        verdict, reasons = self._verdict()
        sources = self._model.sources
        self.verdict.setVisible(verdict is not None)
        if verdict is not None:
            self.verdict.show_reason(verdict)
        shown = (tuple(reasons), sources)
        if shown == self._shown:
            return
        self._shown = shown
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [ReasonRow(self._theme, one) for one in reasons]
        if sources:
            heading = Reason(Tone.PLAIN, self.tr("Sources of the conclusion"))
            self._rows.append(ReasonRow(self._theme, heading))
        for one in sources:
            words = Reason(Tone.PLAIN, f"[{one.number}] {one_line(one.text)}", one_line(one.title))
            place = PlaceRow(self._theme, words, one)
            place.clicked.connect(partial(self.source_wanted.emit, one.number))
            self._rows.append(place)
        for row in self._rows:
            self._column.addWidget(row)

    def _verdict(self) -> tuple[Reason | None, list[Reason]]:
        reader = self._model.reader
        if reader.state is Reading.CHANGED:
            title = self.tr("The file on the server is not the one that was signed")
            detail = self.tr("It is not shown. Tell the administrator of the server.")
            return Reason(Tone.BAD, title, detail), []
        if reader.state is Reading.FAILED:
            title = self.tr("The signatures were not verified")
            return Reason(Tone.OPEN, title, self.tr("The file could not be fetched.")), []
        if reader.signed is None:
            if reader.state is not Reading.LOADING:
                return None, []
            title = self.tr("The signatures are being verified")
            return Reason(Tone.PLAIN, title, self.tr("The file is fetched and looked at.")), []
        report = reader.signed.report
        return self._words.file_verdict(report), self._words.file_reasons(report)
