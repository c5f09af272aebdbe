"""One case that comes next: what of it is here, what is still to be fetched, what is left out."""

from dataclasses import dataclass

from backend_client.models.common import RequestId
from backend_client.models.documents import Document
from backend_client.models.requests import RequestCard, RequestRow
from workstation.core.case_file import CaseFile
from workstation.core.file_groups import file_groups, opening_order
from workstation.services.document_bytes import file_id_of

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class PrefetchLimits:
    """What is fetched ahead at the most. Files beyond that are left to opening."""

    cases: int = 3
    file_bytes: int = 64 * MIB
    case_bytes: int = 128 * MIB
    total_bytes: int = 256 * MIB
    open_files: int = 3
    """Files of a case that are opened in the decoder, too."""


class CaseAhead:
    """What is known of one wanted case. Whether it may be worked on now is not its concern."""

    def __init__(self, request_id: RequestId, limits: PrefetchLimits) -> None:
        self.request_id = request_id
        self.documents: list[Document] = []
        """Files within the limits, in the order in which they will be opened; of a series all
        parts, one after the other."""
        self.has_room = True
        """Whether there is memory for its open files; else their bytes on the disk have to do."""
        self.is_current = False
        """Whether the doctor has it open: its files come to the disk, and nothing is opened."""
        self._limits = limits
        self._card: RequestCard | None = None
        self._version = 0
        self._is_stale = True
        self._has_failed = False
        self._wanted: set[str] = set()
        self._opening: set[str] = set()
        """What of it is opened, too."""
        self._here: set[str] = set()
        self._open: set[str] = set()
        self._left: set[str] = set()

    @property
    def wants_card(self) -> bool:
        """Whether the card is to be read."""
        return self._is_stale and not self._has_failed

    @property
    def is_withdrawn(self) -> bool:
        """Whether the patient has withdrawn a consent: no file is fetched (SPB-13)."""
        return self._card is not None and any(one.withdrawn_at for one in self._card.consents)

    @property
    def is_ready(self) -> bool:
        """Whether all is here that is fetched ahead."""
        has_card = self._card is not None and not self._is_stale
        return has_card and all(self._is_settled(one) for one in self.documents)

    def next_document(self) -> Document | None:
        """The file that is fetched next."""
        if self._is_stale or self._has_failed:
            return None
        return next((one for one in self.documents if not self._is_settled(one)), None)

    def wants(self, document: Document) -> bool:
        """Whether that file is still one of the case's."""
        return file_id_of(document) in self._wanted

    def opens(self, document: Document) -> bool:
        """Whether the file is opened, too, and not fetched alone."""
        may_open = self.has_room and not self.is_current
        return may_open and file_id_of(document) in self._opening

    def set_current(self, is_current: bool) -> None:
        """Whether the doctor has it open; then he takes what was open ahead."""
        if is_current and not self.is_current:
            self.forget_open()
        self.is_current = is_current

    def begin_card(self) -> None:
        """The card is read now: what is heard from here on is newer."""
        self._is_stale = False

    def take_card(self, card: RequestCard) -> None:
        """The card, as it was read; one that is behind what was heard is read again."""
        self._card = card
        self._is_stale = self._is_stale and card.row.version < self._version

    def share_out(self, left: int) -> int:
        """Takes its files as far as they are within the limits and `left`; bytes they take.

        A series is one file: all of it, or nothing. It is fetched and not opened: from the disk
        it opens at once, and its memory is not held for nobody.
        """
        self.documents, self._opening = [], set()
        files = [] if self._card is None or self.is_withdrawn else self._files(self._card)
        taken, most, count = 0, min(left, self._limits.case_bytes), 0
        for file in files:
            if file.size <= self._limits.file_bytes and taken + file.size <= most:
                self.documents += file.parts
                taken, count = taken + file.size, count + 1
                if count <= self._limits.open_files and not file.is_series:
                    self._opening.add(file_id_of(file.lead))
        self._wanted = set(map(file_id_of, self.documents))
        return taken

    @staticmethod
    def _files(card: RequestCard) -> list[CaseFile]:
        return opening_order(file_groups(card))

    def have(self, document: Document, *, is_open: bool) -> None:
        """The file is here, and open where that was wanted."""
        self._here.add(file_id_of(document))
        if is_open and self.has_room and not self.is_current:
            self._open.add(file_id_of(document))

    def leave(self, document: Document) -> None:
        """The file is left to opening."""
        self._left.add(file_id_of(document))

    def fail_card(self) -> None:
        """As `fail`, over the card."""
        self._is_stale = True
        self.fail()

    def fail(self) -> None:
        """The server did not answer: it is tried again when the connection is back, the doctor
        goes on in the list, or the request has changed."""
        self._has_failed = True

    def try_again(self) -> None:
        """Something is other than it was: what could not be done may be possible now."""
        self._has_failed, self.has_room = False, True

    def loses_consent(self, row: RequestRow) -> bool:
        """Whether a consent is missing now that was there when the card was read."""
        before = self._card.row.missing_consents if self._card is not None else []
        return not set(row.missing_consents) <= set(before)

    def hear(self, row: RequestRow) -> None:
        """The request's new state."""
        if self.loses_consent(row):
            self.forget_open()
        self._version = max(self._version, row.version)
        if self._card is None or row.version != self._card.row.version:
            self.forget_card()

    def forget_card(self) -> None:
        """The card may have changed."""
        self._is_stale, self._has_failed = True, False

    def forget_open(self) -> None:
        """No file of it is open any more."""
        self._open.clear()

    def _is_settled(self, document: Document) -> bool:
        file_id = file_id_of(document)
        return file_id in self._left or file_id in (
            self._open if self.opens(document) else self._here
        )
