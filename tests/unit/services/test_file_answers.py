"""Whose a file is: answered once, without a connection too, and heard by everybody."""

import asyncio

import msgspec

from backend_client.errors import BackendError, Conflict, Unreachable
from backend_client.models.common import DocumentId, ProblemCode
from backend_client.models.documents import AnswerWhoseFile, Document, FileAnswer, WhoseFile
from backend_client.models.events import DocumentChanged
from tests.factories import NOW, make_document
from tests.memory_outbox import MemoryOutbox
from workstation.services.file_answers import FileAnswers
from workstation.services.outgoing import OutgoingActions

FILE = make_document()


def answered(whose: WhoseFile = WhoseFile.OTHER, **changes: object) -> Document:
    """As the server has the file afterwards."""
    answer = FileAnswer(whose=whose, reason="x", sha256=FILE.sha256, by_name="Орлов П. И.", at=NOW)
    return msgspec.structs.replace(FILE, answer=answer, **changes)


class Backend:
    """Keeps the answers that it is given."""

    def __init__(self) -> None:
        self.given: list[AnswerWhoseFile] = []
        self.error: BackendError | None = None

    async def answer_whose(
        self, document_id: DocumentId, given: AnswerWhoseFile, *, key: str | None = None
    ) -> Document:
        if self.error is not None:
            raise self.error
        self.given.append(given)
        return answered(given.whose)


class Stage:
    """The service with its outbox."""

    def __init__(self) -> None:
        self.backend, self.outbox = Backend(), MemoryOutbox()
        self.outgoing = OutgoingActions(self.outbox, lambda: NOW, asyncio.sleep)
        self.answers = FileAnswers(self.backend, self.outgoing)
        self.told: list[DocumentId] = []
        self.refused: list[BackendError] = []
        self.answers.changed.subscribe(self.told.append)
        self.answers.refused.subscribe(self.refused.append)


async def test_an_answer_counts_at_once_and_is_the_servers_once_it_has_come() -> None:
    stage = Stage()
    assert stage.answers.whose(FILE) is None
    await stage.answers.give(FILE, WhoseFile.PATIENT, "Девичья фамилия")
    assert stage.answers.whose(FILE) is WhoseFile.PATIENT
    assert stage.answers.is_waiting(FILE)
    assert stage.answers.answer(FILE) is None, "nobody but this computer has it"
    await stage.outgoing.drain()
    assert not stage.answers.is_waiting(FILE)
    assert stage.answers.answer(FILE) == answered(WhoseFile.PATIENT).answer
    given = AnswerWhoseFile(whose=WhoseFile.PATIENT, sha256=FILE.sha256, reason="Девичья фамилия")
    assert stage.backend.given == [given]
    assert set(stage.told) == {FILE.id}


async def test_without_a_connection_it_waits_and_outlives_the_program() -> None:
    stage = Stage()
    stage.backend.error = Unreachable("x")
    await stage.answers.give(FILE, WhoseFile.OTHER)
    outgoing = OutgoingActions(stage.outbox, lambda: NOW, asyncio.sleep)
    again = FileAnswers(Backend(), outgoing)
    await again.load()
    assert again.whose(FILE) is WhoseFile.OTHER
    assert again.is_waiting(FILE)


async def test_an_answer_that_is_refused_leaves_the_question_open() -> None:
    stage = Stage()
    stage.backend.error = Conflict(ProblemCode.FILE_CHANGED)
    await stage.answers.give(FILE, WhoseFile.OTHER)
    await stage.outgoing.drain()
    await stage.answers.finish()
    assert stage.answers.whose(FILE) is None
    assert [type(one) for one in stage.refused] == [Conflict]
    assert stage.outbox.actions == {}


async def test_a_colleagues_answer_is_heard_and_that_of_other_bytes_counts_for_nothing() -> None:
    stage = Stage()
    event = DocumentChanged(seq=2, prev=1, request_id=FILE.request_id, document=answered())
    stage.answers.hear_event(event)
    assert stage.answers.whose(FILE) is WhoseFile.OTHER
    renewed = msgspec.structs.replace(FILE, sha256="00" * 32)
    assert stage.answers.whose(renewed) is None
    stage.answers.missed_something()
    assert stage.answers.whose(FILE) is None, "the card that is read again knows"
    assert stage.answers.whose(answered()) is WhoseFile.OTHER
