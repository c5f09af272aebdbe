"""What the approver is told of the case's files: whose they are, what was measured in them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject

from backend_client.models.annotations import Annotation
from backend_client.models.common import DocumentId
from backend_client.models.conclusions import Approval, ConclusionForm
from backend_client.models.documents import Document, WhoseFile
from backend_client.models.evidence import Evidence
from backend_client.models.requests import RequestCard
from workstation.ui.literal_text import one_line
from workstation.ui.screens.approvals.signature_words import Reason, Tone
from workstation.ui.widgets.standing_words import StandingWords

_NAMED = 4
"""Files whose names are said; of more the rest is left to the list of files."""


class FileWords(QObject):
    """Lines below the verdict on the signature."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._standing = StandingWords(self)

    def unopened(
        self, approval: Approval | None, form: ConclusionForm | None, card: RequestCard | None
    ) -> list[Reason]:
        """How many files the doctor left unopened as the server counts them, which, and why."""
        why = one_line(form.unopened_reason if form is not None else "")
        if not why and approval is not None:
            why = one_line(approval.unopened_reason)
        count = approval.unopened if approval is not None else 0
        if not why and not count:
            return []
        title = self.tr("The doctor has not opened all files")
        if count:
            title = self._standing.unopened(count)
        reason = f"«{why}»" if why else self.tr("No reason was given")
        names = ", ".join(_titles(card))
        return [Reason(Tone.WARNING, title, f"{reason} · {names}" if names else reason)]

    def answers(self, documents: Sequence[Document]) -> list[Reason]:
        """Files that name somebody else, as the doctor answered for them."""
        return [self._answer(one) for one in documents if one.answer is not None]

    def measured(
        self, documents: Sequence[Document], kept: Sequence[Annotation]
    ) -> list[tuple[Reason, Annotation | None]]:
        """The doctor's measurements under one line that says so, in the order of the files."""
        if not kept:
            return []
        titles = {one.id: one.title for one in documents}
        order = {name: place for place, name in enumerate(titles)}
        lines = sorted(kept, key=lambda one: order.get(one.document_id, len(order)))
        heading = Reason(Tone.PLAIN, self.tr("The doctor's measurements"), "")
        return [
            (heading, None),
            *((self._line(one, titles.get(one.document_id, "")), one) for one in lines),
        ]

    def sources(
        self, documents: Sequence[Document], sources: Sequence[Evidence]
    ) -> list[tuple[Reason, Evidence | None]]:
        """What the numbers in the text lead to, under one line that says so."""
        if not sources:
            return []
        titles = {(one.id, one.sha256): one.title for one in documents}
        heading = Reason(Tone.PLAIN, self.tr("Sources of the conclusion"), "")
        return [(heading, None), *((self._source(one, titles), one) for one in sources)]

    def _answer(self, document: Document) -> Reason:
        answer = document.answer
        assert answer is not None  # the caller has looked
        title, by = one_line(document.title), f"{answer.by_name}, {answer.at:%d.%m.%Y}"
        if answer.whose is WhoseFile.OTHER:
            return Reason(Tone.OPEN, self.tr("Another patient's file: {}").format(title), by)
        said = self.tr("The file has another name, the patient is the same: {}").format(title)
        return Reason(Tone.OPEN, said, f"{one_line(answer.reason)} ({by})")

    def _line(self, one: Annotation, title: str) -> Reason:
        who = f"{one.made_by_name}, {one.made_at:%d.%m.%Y}"
        return Reason(Tone.PLAIN, one_line(one.text), f"{one_line(title)} · {who}")

    def _source(self, one: Evidence, titles: Mapping[tuple[DocumentId, str], str]) -> Reason:
        title = titles.get((one.document_id, one.sha256))
        if title is None:
            said = self.tr("{}, not among the files as they are now")
            title = said.format(one.title)
        return Reason(Tone.PLAIN, f"[{one.number}] {one_line(one.text)}", one_line(title))


def _titles(card: RequestCard | None) -> list[str]:
    """Of the files that were not opened; a series is one."""
    if card is None or card.conclusion is None:
        return []
    left = set(card.conclusion.unopened)
    found: dict[str, str] = {}
    for one in card.documents:
        if one.id in left:
            found.setdefault(one.series_uid or one.id, one_line(one.title))
    names = list(found.values())
    return names if len(names) <= _NAMED else [*names[:_NAMED], "…"]
