"""What is said when a finding goes into the conclusion, and how it is taken back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from backend_client.errors import Unreachable
from backend_client.models.common import RequestId
from tests.factories import make_document
from tests.made_up_findings import RR, make_finding
from tests.ui.fake_drafts import FakeDrafts
from tests.ui.waiting import until
from workstation.services.evidence_doors import NotPut, Refusal, Sent
from workstation.ui.screens.review.draft_findings import DraftFindings

ONE, OTHER = RequestId("one"), RequestId("other")
FILE = make_document(request_id=ONE)


class Stage:
    """One case in the review."""

    def __init__(self, undo_ms: int) -> None:
        self.drafts = FakeDrafts()
        self.model = DraftFindings(self.drafts, undo_ms=undo_ms)
        self.model.show_case(ONE)

    @property
    def said(self) -> str:
        return self.model.line.text if self.model.line is not None else ""

    async def put(self, text: str = RR) -> None:
        """Puts a finding, and waits until that is said."""
        before = self.model.line
        self.model.put(FILE, make_finding(text))
        await until(lambda: self.model.line is not before)


@asynccontextmanager
async def staged(undo_ms: int = 60_000) -> AsyncIterator[Stage]:
    stage = Stage(undo_ms)
    try:
        yield stage
    finally:
        await stage.model.close()


async def test_it_is_said_at_once_and_not_when_the_server_answers(qtbot: QtBot) -> None:
    async with staged() as stage:
        stage.drafts.may_send.clear()
        await stage.put()
        assert stage.said == "Put into the conclusion [1]"
        assert stage.model.can_take_back()
        assert stage.model.number_of(FILE, make_finding(RR)) == 1
        assert stage.model.number_of(FILE, make_finding("QT")) is None
        stage.drafts.sent = Sent.WAITS
        stage.drafts.may_send.set()
        await until(lambda: "No connection" in stage.said)
        assert stage.said.startswith("Put into the conclusion [1]. ")
        assert stage.model.can_take_back()


async def test_another_text_on_the_server_is_said(qtbot: QtBot) -> None:
    async with staged() as stage:
        stage.drafts.sent = Sent.DISPUTED
        await stage.put()
        await until(lambda: "changed elsewhere: choose in the conclusion (F6)" in stage.said)


async def test_another_number_than_was_told_is_told_again(qtbot: QtBot) -> None:
    """Somebody else has written meanwhile: the finding got the next number."""
    async with staged() as stage:
        stage.drafts.may_send.clear()
        await stage.put()
        known = stage.drafts.there[ONE, RR]
        stage.drafts.there[ONE, RR] = msgspec.structs.replace(known, number=4)
        stage.drafts.may_send.set()
        await until(lambda: stage.said == "Put into the conclusion [4]")
        stage.model.take_back()
        await until(lambda: stage.said == "Taken out of the conclusion [4]")


async def test_what_was_put_in_is_taken_back_once(qtbot: QtBot) -> None:
    async with staged() as stage:
        await stage.put()
        stage.model.take_back()
        await until(lambda: stage.said == "Taken out of the conclusion [1]")
        assert not stage.model.can_take_back()
        stage.model.take_back()
        assert stage.model.number_of(FILE, make_finding(RR)) is None


async def test_a_rewritten_line_stays_and_that_is_said(qtbot: QtBot) -> None:
    async with staged() as stage:
        await stage.put()
        stage.drafts.is_rewritten = True
        stage.model.take_back()
        await until(lambda: "was rewritten" in stage.said)


async def test_the_same_again_says_where_it_stands(qtbot: QtBot) -> None:
    async with staged() as stage:
        await stage.put()
        await stage.put()
        assert stage.said == "Already in the conclusion [1]"
        assert not stage.model.can_take_back()


async def test_the_time_to_take_it_back_ends(qtbot: QtBot) -> None:
    async with staged(undo_ms=1) as stage:
        said: list[str] = []
        stage.model.line_changed.connect(lambda: said.append(stage.said))
        stage.model.put(FILE, make_finding())
        await until(lambda: said[-1:] == [""])
        assert "Put into the conclusion [1]" in said
        assert not stage.model.can_take_back()


async def test_where_nothing_is_chosen_that_is_said(qtbot: QtBot) -> None:
    async with staged() as stage:
        for document, finding in ((None, make_finding()), (FILE, None)):
            stage.model.put(document, finding)
            assert stage.said.startswith("Nothing to put")


@pytest.mark.parametrize("refusal", Refusal)
async def test_every_refusal_has_its_words(qtbot: QtBot, refusal: Refusal) -> None:
    async with staged() as stage:
        stage.drafts.error = NotPut(refusal, "Орлов П. И.")
        await stage.put()
        assert stage.said.startswith("Not put into the conclusion: ")
        assert ("Орлов П. И." in stage.said) == (refusal is Refusal.NOT_YOURS)
        assert not stage.model.can_take_back()


async def test_a_trouble_on_the_way_is_said(qtbot: QtBot) -> None:
    async with staged() as stage:
        stage.drafts.error = Unreachable()
        await stage.put()
        assert stage.said.startswith("Not put into the conclusion: ")


async def test_nothing_is_said_of_a_case_that_was_left(qtbot: QtBot) -> None:
    async with staged() as stage:
        stage.drafts.may_put.clear()
        stage.model.put(FILE, make_finding(RR))
        await until(lambda: stage.said == "Putting it into the conclusion")
        stage.model.show_case(OTHER)
        stage.drafts.may_put.set()
        await until(lambda: bool(stage.drafts.there))
        assert stage.model.line is None
        assert stage.model.number_of(FILE, make_finding(RR)) is None, "another patient's list"
        assert not stage.model.can_take_back()
