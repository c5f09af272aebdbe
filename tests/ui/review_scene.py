"""A case with files for the review screen's tests, and a service that opens them when told."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import date

import msgspec

from backend_client.models.common import DocumentId
from backend_client.models.documents import Document, DocumentKind
from backend_client.models.requests import RequestCard, RequestRow
from tests.factories import make_card, make_document, make_item, make_row
from tests.fakes import FakeRequestService
from tests.ui.no_series import NoSeries
from tests.ui.viewers.made_up import (
    MadeUpStudy,
    make_clip,
    make_ecg,
    make_pdf,
    make_picture,
)
from workstation.core.subscription import Event
from workstation.services.answers import DownloadProgress
from workstation.studies.ecg import EcgRecord
from workstation.studies.errors import DecoderStopped
from workstation.studies.imaging import ClipInfo, PdfInfo, PictureInfo

BORN = date(1984, 3, 9)


class FakeStudies(NoSeries):
    """Opens made-up studies: at once, or when `let` says so."""

    def __init__(self) -> None:
        self.progress: Event[DownloadProgress] = Event()
        self.decoder_restarted: Event[DecoderStopped] = Event()
        self.studies: dict[DocumentId, MadeUpStudy] = {}
        self.errors: dict[DocumentId, list[Exception]] = {}
        self.slow: set[DocumentId] = set()
        """Documents that come only after `let`."""
        self.asked: list[DocumentId] = []
        self.cancelled: list[DocumentId] = []
        self.opened: list[MadeUpStudy] = []
        self._gates: dict[DocumentId, asyncio.Event] = {}

    def let(self, document: Document) -> None:
        """Lets a slow document come."""
        self._gate(document.id).set()

    async def open(self, document: Document) -> MadeUpStudy:
        """The study of the document, of its kind."""
        self.asked.append(document.id)
        try:
            await asyncio.sleep(0)
            if document.id in self.slow:
                await self._gate(document.id).wait()
        except asyncio.CancelledError:
            self.cancelled.append(document.id)
            raise
        if errors := self.errors.get(document.id):
            raise errors.pop(0)
        study = self.studies.get(document.id) or MadeUpStudy(_INFO[document.kind]())
        self.opened.append(study)
        return study

    def _gate(self, document_id: DocumentId) -> asyncio.Event:
        return self._gates.setdefault(document_id, asyncio.Event())


_INFO: dict[DocumentKind, Callable[[], EcgRecord | ClipInfo | PictureInfo | PdfInfo]] = {
    DocumentKind.ECG: make_ecg,
    DocumentKind.CLIP: make_clip,
    DocumentKind.IMAGE: lambda: make_clip((0, 1)),
    DocumentKind.PHOTO: make_picture,
    DocumentKind.PDF: make_pdf,
}


class Scene:
    """A request with two ECGs, three clips, a document and a photo."""

    def __init__(self, kinds: Sequence[str] | None = None) -> None:
        self.row = make_row(
            full_name="Иванова Анна Петровна",
            checklist=[
                make_item("ecg", title="ЭКГ", file_count=2),
                make_item("echo", title="ЭхоКГ", file_count=3),
                make_item("report", title="Документы", file_count=2),
            ],
        )
        self.ecg = self._file("ecg", "ЭКГ 12.11", DocumentKind.ECG, date(2026, 11, 12))
        self.older_ecg = self._file("ecg", "ЭКГ 02.10", DocumentKind.ECG, date(2026, 10, 2))
        self.clip = self._file("echo", "Парастернально", DocumentKind.CLIP)
        self.second_clip = self._file("echo", "Апикально", DocumentKind.CLIP)
        self.third_clip = self._file("echo", "Допплер", DocumentKind.CLIP)
        self.pdf = self._file("report", "Заключение", DocumentKind.PDF)
        self.photo = self._file("report", "Выписка", DocumentKind.PHOTO)
        self.files = [
            self.ecg,
            self.older_ecg,
            self.clip,
            self.second_clip,
            self.third_clip,
            self.pdf,
            self.photo,
        ]
        if kinds is not None:
            self.files = [getattr(self, name) for name in kinds]
        self.requests = FakeRequestService([self.row])
        self.requests.cards[self.row.id] = self.card
        self.studies = FakeStudies()

    @property
    def card(self) -> RequestCard:
        """The card with all files."""
        return make_card(self.row, documents=self.files)

    def change_row(self, **changes: object) -> RequestRow:
        """As when the server tells of a change of the request."""
        row = msgspec.structs.replace(self.row, version=self.row.version + 1, **changes)
        self.row = row
        self.requests.upsert(row)
        return row

    def _file(
        self, item: str, title: str, kind: DocumentKind, taken_on: date = date(2026, 11, 11)
    ) -> Document:
        return make_document(
            request_id=self.row.id, item_code=item, title=title, kind=kind, taken_on=taken_on
        )
