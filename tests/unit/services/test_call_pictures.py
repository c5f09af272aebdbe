"""Still pictures of a call: kept here first, sent once, lost never."""

import asyncio
import io
from datetime import UTC, date, datetime

import pytest
from PIL import Image

from backend_client.errors import BackendError, Conflict, NotFound, Unreachable
from backend_client.models.common import ProblemCode, RequestId
from backend_client.models.documents import CALL_PICTURE, Document
from tests.factories import make_document
from tests.memory_outbox import MemoryOutbox
from workstation.core.call_picture import CallPicture, PictureState, SeenFrame
from workstation.services.call_pictures import CallPictures
from workstation.services.outgoing import OutgoingActions

AT = datetime(2026, 11, 23, 8, 42, 7, tzinfo=UTC)
CASE = RequestId("request-1")
FRAME = SeenFrame(bytes((40, 80, 200, 255)) * (64 * 48), 64, 48)
"""Blue, green, red: a reddish skin."""


class Backend:
    """Keeps what it is sent."""

    def __init__(self) -> None:
        self.sent: list[tuple[RequestId, str, bytes, str, str, date | None]] = []
        self.errors: list[BackendError] = []

    async def send_kept(
        self,
        request_id: RequestId,
        item_code: str,
        content: bytes,
        title: str,
        key: str,
        *,
        taken_on: date | None = None,
    ) -> Document:
        if self.errors:
            raise self.errors.pop(0)
        self.sent.append((request_id, item_code, content, title, key, taken_on))
        return make_document()


class Stage:
    """The service with its outbox."""

    def __init__(self, outbox: MemoryOutbox | None = None) -> None:
        self.backend, self.outbox = Backend(), outbox or MemoryOutbox()
        self.outgoing = OutgoingActions(self.outbox, lambda: AT, asyncio.sleep)
        self.pictures = CallPictures(self.backend, self.outgoing, lambda: AT)
        self.told: list[CallPicture] = []
        self.pictures.changed.subscribe(self.told.append)

    @property
    def states(self) -> list[PictureState]:
        """What was told, in order."""
        return [one.state for one in self.told]


async def test_what_was_seen_becomes_a_document_of_the_patient_who_was_seen() -> None:
    stage = Stage()
    await stage.pictures.take(CASE, FRAME)
    await stage.outgoing.drain()
    [(case, item, content, title, _, taken_on)] = stage.backend.sent
    assert (case, item) == (CASE, CALL_PICTURE)
    assert title == "Снимок из видеоконсультации 23.11.2026 11:42:07 МСК.jpg"
    assert taken_on == date(2026, 11, 23)
    picture = Image.open(io.BytesIO(content))
    assert (picture.format, picture.size) == ("JPEG", (64, 48))
    colour = tuple(picture.convert("RGB").tobytes()[:3])
    assert all(abs(one - sent) <= 3 for one, sent in zip(colour, (200, 80, 40), strict=True))
    assert stage.states == [PictureState.KEPT, PictureState.SENT]
    assert {one.request_id for one in stage.told} == {CASE}


async def test_without_a_connection_it_waits_and_outlives_the_program() -> None:
    first = Stage()
    await first.pictures.take(CASE, FRAME)
    assert first.states == [PictureState.KEPT]
    again = Stage(first.outbox)
    again.backend.errors = [Unreachable("x")]
    with pytest.raises(Unreachable):
        await again.outgoing.drain()
    assert again.backend.sent == []
    await again.outgoing.drain()
    assert len(again.backend.sent) == 1
    assert again.told == [CallPicture(CASE, AT, PictureState.SENT)]
    assert await again.outgoing.waiting() == ()


async def test_what_the_server_has_forgotten_of_it_is_sent_anew() -> None:
    """Of an upload that was begun days ago."""
    stage = Stage()
    await stage.pictures.take(CASE, FRAME)
    [order] = await stage.outgoing.waiting()
    stage.backend.errors = [NotFound("x")]
    await stage.outgoing.drain()
    assert stage.states[-1] is PictureState.SENT
    assert stage.backend.sent[0][4] != order.key, "the old key names the forgotten upload"


async def test_a_refusal_is_told_and_nothing_waits_any_more() -> None:
    stage = Stage()
    await stage.pictures.take(CASE, FRAME)
    stage.backend.errors = [Conflict(ProblemCode.MOVE_NOT_ALLOWED, "over")]
    await stage.outgoing.drain()
    await stage.pictures.finish()
    assert stage.states == [PictureState.KEPT, PictureState.REFUSED]
    assert await stage.outgoing.waiting() == ()
    assert await stage.outgoing.refused_kept() == ()
