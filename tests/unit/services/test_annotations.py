"""Measurements of a request: through the outbox to the server, and back by events."""

import asyncio
from collections.abc import Iterable

import msgspec
import pytest

from backend_client.errors import BackendError, Conflict, Unreachable
from backend_client.models.annotations import Annotation, AnnotationId, PutAnnotation
from backend_client.models.common import ProblemCode, RequestId, UserId
from backend_client.models.events import AnnotationChanged
from backend_client.models.evidence import FramePlace, Origin
from tests.factories import NOW, make_document
from tests.memory_outbox import MemoryOutbox
from workstation.services.annotations import AnnotationService
from workstation.services.outgoing import OutgoingActions

FILE = make_document()
ONE = FILE.request_id


def a_line(name: str = "a", **changes: object) -> PutAnnotation:
    """A distance."""
    made = PutAnnotation(
        id=AnnotationId(name),
        document_id=FILE.id,
        sha256=FILE.sha256,
        place=FramePlace(frame=4),
        quantity="line",
        label="x",
        value=12.4,
        unit="mm",
        origin=Origin.BY_HAND,
        text="x 12,4 мм",
    )
    return msgspec.structs.replace(made, **changes)


def kept(given: PutAnnotation, version: int = 1, *, removed: bool = False) -> Annotation:
    """As the server has it."""
    said = {name: getattr(given, name) for name in given.__struct_fields__}
    return Annotation(
        **said,
        request_id=ONE,
        made_by=UserId("u"),
        made_by_name="Левашова М. О.",
        made_at=NOW,
        version=version,
        removed=removed,
    )


class Backend:
    """One request's measurements."""

    def __init__(self) -> None:
        self.all: dict[AnnotationId, Annotation] = {}
        self.error: BackendError | None = None

    async def every(self, request_id: RequestId) -> list[Annotation]:
        self.fail()
        return [one for one in self.all.values() if not one.removed]

    async def put(
        self, request_id: RequestId, given: PutAnnotation, *, key: str | None = None
    ) -> Annotation:
        self.fail()
        before = self.all.get(given.id)
        self.all[given.id] = kept(given, 1 if before is None else before.version + 1)
        return self.all[given.id]

    async def remove(
        self, request_id: RequestId, annotation_id: AnnotationId, *, key: str | None = None
    ) -> Annotation:
        self.fail()
        before = self.all[annotation_id]
        gone = msgspec.structs.replace(before, version=before.version + 1, removed=True)
        self.all[annotation_id] = gone
        return gone

    def fail(self) -> None:
        if self.error is not None:
            raise self.error


class Here:
    """The copy on this computer."""

    def __init__(self) -> None:
        self.all: dict[RequestId, tuple[Annotation, ...]] = {}

    async def keep(self, request_id: RequestId, kept: Iterable[Annotation]) -> None:
        self.all[request_id] = tuple(kept)

    async def read(self, request_id: RequestId) -> tuple[Annotation, ...] | None:
        return self.all.get(request_id)

    async def forget(self, request_id: RequestId) -> None:
        self.all.pop(request_id, None)


class Stage:
    """The service with its outbox."""

    def __init__(self) -> None:
        self.backend, self.outbox, self.here = Backend(), MemoryOutbox(), Here()
        self.outgoing = OutgoingActions(self.outbox, lambda: NOW, asyncio.sleep)
        self.service = AnnotationService(self.backend, self.outgoing, self.here)
        self.told: list[RequestId] = []
        self.service.changed.subscribe(self.told.append)

    def texts(self) -> list[str]:
        return [one.text for one in self.service.of(ONE)]


async def test_what_is_measured_goes_out_in_order_and_stands_as_the_server_has_it() -> None:
    stage = Stage()
    await stage.service.read(ONE)
    stage.backend.error = Unreachable("x")
    await stage.service.put(ONE, a_line())
    await stage.service.put(ONE, a_line("b"))
    await stage.service.put(ONE, a_line(text="x 13 мм"))
    await stage.service.remove(ONE, AnnotationId("b"))
    assert stage.texts() == [], "only the server's word is shown"
    stage.backend.error = None
    await stage.outgoing.drain()
    assert stage.texts() == ["x 13 мм"]
    assert stage.outbox.actions == {}
    assert set(stage.told) == {ONE}


async def test_a_colleagues_are_heard_and_an_older_state_comes_too_late() -> None:
    stage = Stage()
    await stage.service.read(ONE)
    newer = kept(a_line(text="new"), 2)
    for one in (newer, kept(a_line(text="old"), 1)):
        stage.service.hear_event(AnnotationChanged(seq=2, prev=1, request_id=ONE, annotation=one))
    assert stage.texts() == ["new"]
    gone = kept(a_line(), 3, removed=True)
    stage.service.hear_event(AnnotationChanged(seq=3, prev=2, request_id=ONE, annotation=gone))
    assert stage.texts() == []
    stage.service.forget(ONE)
    stage.service.hear_event(AnnotationChanged(seq=4, prev=3, request_id=ONE, annotation=newer))
    assert stage.texts() == [], "nobody looks at that request any more"


async def test_what_was_missed_is_read_again() -> None:
    stage = Stage()
    stage.backend.all[AnnotationId("a")] = kept(a_line())
    await stage.service.read(ONE)
    stage.backend.all = {AnnotationId("b"): kept(a_line("b", text="b"))}
    stage.service.missed_something()
    await stage.service.finish()
    assert stage.texts() == ["b"]


async def test_one_that_the_server_refuses_is_told_and_forgotten() -> None:
    stage = Stage()
    refused: list[BackendError] = []
    stage.service.refused.subscribe(refused.append)
    stage.backend.error = Conflict(ProblemCode.MOVE_NOT_ALLOWED)
    await stage.service.put(ONE, a_line())
    await stage.outgoing.drain()
    await stage.service.finish()
    assert [type(one) for one in refused] == [Conflict]
    assert stage.outbox.actions == {}


async def test_without_a_connection_they_stand_as_they_were_with_what_waits() -> None:
    """What was measured offline is there when the case is opened again, and once only."""
    stage = Stage()
    stage.backend.all[AnnotationId("a")] = kept(a_line())
    await stage.service.keep_ahead(ONE)
    stage.backend.error = Unreachable("x")
    await stage.service.put(ONE, a_line("b", text="b"))
    await stage.service.put(ONE, a_line(text="x 13 мм"))
    found = await stage.service.read(ONE)
    assert [(one.id, one.text, one.version) for one in found] == [
        ("a", "x 13 мм", 1),
        ("b", "b", 0),
    ]
    await stage.service.remove(ONE, AnnotationId("a"))
    assert [one.id for one in await stage.service.read(ONE)] == ["b"]
    stage.backend.error = None
    await stage.outgoing.drain()
    assert [one.id for one in await stage.service.read(ONE)] == ["b"]
    await stage.service.finish()
    assert [one.id for one in stage.here.all[ONE]] == ["b"]


async def test_of_a_request_that_was_never_read_nothing_is_told_without_a_connection() -> None:
    stage = Stage()
    stage.backend.error = Unreachable("x")
    with pytest.raises(Unreachable):
        await stage.service.read(ONE)


async def test_a_withdrawn_consent_takes_the_copy_away() -> None:
    """SPB-13"""
    stage = Stage()
    await stage.service.keep_ahead(ONE)
    stage.backend.error = Conflict(ProblemCode.CONSENT_MISSING)
    with pytest.raises(Conflict):
        await stage.service.read(ONE)
    assert stage.here.all == {}


async def test_measured_without_knowing_the_request_it_is_not_put_twice() -> None:
    """Another place or quantity is another measurement."""
    stage = Stage()
    stage.backend.all[AnnotationId("a")] = kept(a_line())
    await stage.service.put(ONE, a_line("b"), is_blind=True)
    await stage.service.put(ONE, a_line("c", quantity="area"), is_blind=True)
    await stage.outgoing.drain()
    assert sorted(stage.backend.all) == ["a", "c"]
    await stage.service.put(ONE, a_line("c", quantity="area", value=3.0), is_blind=True)
    await stage.outgoing.drain()
    assert stage.backend.all[AnnotationId("c")].value == 3.0, "its own is changed"
