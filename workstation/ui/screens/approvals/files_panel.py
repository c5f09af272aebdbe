"""The request's files beside the conclusion: each opens in the review, with what was measured."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from backend_client.models.annotations import Annotation
from backend_client.models.common import DocumentId
from backend_client.models.evidence import Evidence
from backend_client.models.requests import RequestCard
from workstation.core.case_file import CaseFile
from workstation.core.file_groups import file_groups
from workstation.ui.literal_text import one_line
from workstation.ui.screens.approvals.beside import heading, new_body
from workstation.ui.screens.approvals.place_row import PlaceRow, Target
from workstation.ui.screens.approvals.signature_words import Reason, Tone
from workstation.ui.theme import Theme
from workstation.ui.widgets.labels import TextBlock
from workstation.ui.wording import Wording


class FilesPanel(QScrollArea):
    """In the order of the checklist; `file_wanted` carries the Document that is to be opened.

    Built anew where there are other files, and not before it is looked at.
    """

    file_wanted = Signal(object)

    def __init__(self, theme: Theme, wording: Wording) -> None:
        super().__init__()
        self.setObjectName("approvals.filesPanel")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._theme, self._wording = theme, wording
        self._card: RequestCard | None = None
        self._kept: tuple[Annotation, ...] = ()
        self._cited: tuple[Evidence, ...] = ()
        self._rows: list[PlaceRow] = []
        self._is_stale = False

    @property
    def rows(self) -> list[PlaceRow]:
        """The files, top to bottom."""
        self._build()
        return self._rows

    def show_files(
        self, card: RequestCard | None, kept: Sequence[Annotation], cited: Sequence[Evidence]
    ) -> None:
        """Shows the files of that request with the numbers of what was measured and named."""
        fresh = (card, tuple(kept), tuple(cited))
        if fresh != (self._card, self._kept, self._cited):
            self._card, self._kept, self._cited = fresh
            self._renew()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._renew()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        self._build()
        super().showEvent(event)

    def _renew(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self._build()

    def _build(self) -> None:
        if not self._is_stale:
            return
        self._is_stale = False
        body, column = new_body()
        self._rows = []
        groups = () if self._card is None else file_groups(self._card)
        for group in groups:
            name = self.tr("Others") if group.item is None else one_line(group.item.title)
            column.addWidget(heading(self._theme, name))
            for file in group.files:
                self._add(column, file)
            column.addSpacing(8)
        if not groups and self._card is not None:
            none = TextBlock(self._theme, color="text.secondary")
            none.set_text(self.tr("No files came with the request."))
            column.addWidget(none)
        column.addStretch(1)
        self.setWidget(body)

    def _add(self, column: QVBoxLayout, file: CaseFile) -> None:
        target: Target = file.lead
        reason = Reason(Tone.PLAIN, one_line(file.lead.title), self._about(file))
        row = PlaceRow(self._theme, reason, target, indent=0)
        row.clicked.connect(partial(self.file_wanted.emit, target))
        self._rows.append(row)
        column.addWidget(row)

    def _about(self, file: CaseFile) -> str:
        lead, ids = file.lead, {one.id for one in file.parts}
        facts = [lead.format]
        if lead.taken_on is not None:
            facts.insert(0, self._wording.full_date(lead.taken_on))
        if file.is_series:
            facts.append(self.tr("%n slice(s)", None, len(file.parts)))
        if (measured := sum(one.document_id in ids for one in self._kept)) > 0:
            facts.append(self.tr("%n measurement(s) of the doctor", None, measured))
        if numbers := self._numbers(ids):
            facts.append(self.tr("source {}").format(numbers))
        return " · ".join(facts)

    def _numbers(self, ids: set[DocumentId]) -> str:
        return " ".join(f"[{one.number}]" for one in self._cited if one.document_id in ids)
