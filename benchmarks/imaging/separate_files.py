"""500 CT slices that came as separate files: through the service, the encrypted disk, the decoder.

The files are local: they lie encrypted in the store, as they do once they were fetched. The floor
of the whole way is reading and decrypting the same 500 files one after the other; of what follows
once their bytes are in memory it is summing these bytes up. The first picture comes after the last
byte, because only then the order of the slices is known: both moments are told. The stall is how
long the window's own 10 ms timer was kept waiting by CPU of its thread meanwhile.
"""

import asyncio
import hashlib
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import qasync

from backend_client.documents import DocumentsResource
from backend_client.models.common import DocumentId, RequestId
from backend_client.models.documents import Document, DocumentKind
from benchmarks.figures import Figure, at_most, report, stated
from benchmarks.imaging.ct_series import ct_files
from benchmarks.imaging.stack import (
    FIRST_MS,
    SLICES,
    STALL_MS,
    WHOLE_MS,
    Desk,
    floor_of_bytes,
    floor_of_picture,
)
from benchmarks.memory import peak_mib
from benchmarks.tick_lateness import TickLateness
from workstation.application import make_application
from workstation.core.case_file import case_files
from workstation.core.pending_action import PendingAction, PendingKind
from workstation.core.subscription import Event
from workstation.services.document_bytes import file_id_of
from workstation.services.outgoing import OutgoingActions
from workstation.services.studies import StudyService
from workstation.store.blobs import Blobs
from workstation.store.cache import Cache
from workstation.studies.decoder import Decoder
from workstation.studies.errors import DecoderStopped
from workstation.studies.stack_study import StackStudy

RUNS = 3
KEY = bytes(range(32))
LISTED = 2000
LIST_MS = 50.0
NOW = datetime(2026, 11, 22, tzinfo=UTC)


class _Outgoing:
    """Marks that go nowhere."""

    def carry_whole(self, kind: PendingKind, carrier: object) -> None:
        """Nobody brings them."""

    async def put(self, kind: PendingKind, target: str, body: bytes = b"") -> PendingAction:
        """Taken."""
        return PendingAction("key", kind, target, NOW, body=body)


class _Door:
    """The decoder, and when the bytes were handed to it."""

    def __init__(self, decoder: Decoder) -> None:
        self.restarted: Event[DecoderStopped] = decoder.restarted
        self.given_at = 0.0
        self.open = decoder.open
        self._decoder = decoder

    async def open_series(self, files: Sequence[memoryview]) -> StackStudy:
        """As the decoder."""
        self.given_at = time.perf_counter()
        return await self._decoder.open_series(files)


class House:
    """The service over a folder with the files in it."""

    def __init__(self, folder: Path, desk: Desk) -> None:
        self.blobs = Blobs(folder, KEY, 1 << 40)
        self.door, self.desk = _Door(desk.decoder), desk
        self.service = StudyService(
            cast(DocumentsResource, None),  # nothing is fetched
            self.blobs,
            cast(Cache, None),
            self.door,
            cast(OutgoingActions, _Outgoing()),
        )

    async def keep(self, documents: Sequence[Document], files: Sequence[bytes]) -> None:
        """Writes the files as a download does."""
        await self.blobs.open()
        for document, file in zip(documents, files, strict=True):
            writer = self.blobs.writer(file_id_of(document))
            await writer.write(file)
            await writer.commit()

    async def floor(self, documents: Sequence[Document]) -> float:
        """ms to read and decrypt them, one after the other."""
        begun = time.perf_counter()
        for document in documents:
            await self.blobs.read(file_id_of(document))
        return _since(begun)

    async def open(self, documents: Sequence[Document]) -> tuple[StackStudy, float, float]:
        """The study; ms from the bytes in memory to the first painted picture, and from asking
        until every slice can be scrolled to."""
        begun = time.perf_counter()
        (file,) = case_files(documents)
        opened = await self.service.open_series(file.parts)
        study = opened.study
        assert isinstance(study, StackStudy)
        self.desk.view.show_stack(study.info, study, self.desk.tasks)
        self.desk.view.canvas.repaint()
        first = _since(self.door.given_at)
        assert study.ready_count == len(documents) == len(opened.shown)
        return study, first, _since(begun)


def documents_of(files: Sequence[bytes]) -> list[Document]:
    """As the server describes them."""
    return [
        Document(
            id=DocumentId(f"document-{number}"),
            request_id=RequestId("request"),
            item_code="ct",
            title=f"IM{number:04d}",
            kind=DocumentKind.IMAGE,
            format="DICOM",
            size=len(file),
            sha256=hashlib.sha256(file).hexdigest(),
            taken_on=None,
            uploaded_at=NOW,
            opened=False,
            series_uid="1.2.826.0.1",
            modality="CT",
        )
        for number, file in enumerate(files)
    ]


def _since(begun: float) -> float:
    return 1000 * (time.perf_counter() - begun)


def grouped(documents: Sequence[Document]) -> Figure:
    """ms to make one row of 2,000 documents; the floor is going over them once."""
    many = [documents[number % len(documents)] for number in range(LISTED)]
    begun = time.perf_counter()
    seen = {one.id for one in many}
    floor = _since(begun)
    begun = time.perf_counter()
    files = case_files(many)
    found = _since(begun)
    assert len(files) == 1
    assert len(seen) == len(documents)
    return at_most(f"{LISTED} documents as files of the case", found, LIST_MS, "ms", floor=floor)


async def measured() -> list[Figure]:
    """All figures."""
    files = ct_files(SLICES)
    documents = documents_of(files)
    desk = Desk()
    firsts, wholes, disks, sums, pictures, stalls = [], [], [], [], [], []
    held = 0
    try:
        with tempfile.TemporaryDirectory() as folder:
            house = House(Path(folder) / "files", desk)
            await house.keep(documents, files)
            await desk.close((await house.open(documents[:3]))[0])  # the process is up
            for _ in range(RUNS):
                disks.append(await house.floor(documents))
                sums.append(floor_of_bytes(files))
                pictures.append(floor_of_picture(files[0]))
                lateness = TickLateness(desk.view)
                study, first, whole = await house.open(documents)
                await asyncio.sleep(0.05)
                stalls.append(max(lateness.busy_ms, default=0.0))
                lateness.deleteLater()
                firsts.append(first)
                wholes.append(whole)
                held = study.held_bytes
                await desk.close(study)
                del study  # with it goes the memory of its files
            await house.service.close()
    finally:
        desk.view.hide()
        await desk.decoder.close()
    size = sum(map(len, files)) / 2**20
    first, whole = statistics.median(firsts), statistics.median(wholes)
    disk, floor = statistics.median(disks), statistics.median(sums)
    return [
        at_most(f"first picture of {SLICES} files in memory", first, FIRST_MS, "ms", floor=floor),
        stated("the same, to one picture drawn", first, statistics.median(pictures), "ms"),
        at_most(f"{SLICES} files on the disk, scrollable", whole, WHOLE_MS, "ms", floor=disk),
        stated("memory of the open series", held / 2**20, size, "MiB"),
        stated("window process, most resident", peak_mib(), size, "MiB"),
        at_most("longest stall of the window", max(stalls), STALL_MS, "ms", floor=0.1),
        grouped(documents),
    ]


def figures() -> list[Figure]:
    """In an application of its own."""
    application = make_application()
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner:
        return runner.run(measured())


if __name__ == "__main__":
    sys.exit(report(figures()))
