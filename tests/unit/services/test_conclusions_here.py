"""Conclusions without a server: from what this computer has, else from the request (OZ-12)."""

import asyncio
from pathlib import Path

import msgspec
import pytest

from backend_client.errors import Forbidden, TimedOut, Unreachable
from backend_client.models.common import RequestId
from backend_client.models.conclusions import Conclusion, ConclusionForm, ConclusionState
from tests.factories import NOW
from tests.made_up_findings import QT, RR, make_evidence
from tests.unit.services.conclusion_house import DOCTOR, FORM, ONE, House, MadeUpServer, make_house
from tests.unit.services.house import until
from workstation.core.citations import with_source, without_line
from workstation.core.conclusion_draft import KeptDraft
from workstation.core.connection import ConnectionState, Link
from workstation.services.case_draft import carried_over
from workstation.services.conclusion_content import first_form
from workstation.services.conclusions import ConclusionService
from workstation.services.link import LinkState

OTHER = ConclusionForm(complaints="Одышка", history="Из другого окна")


class MadeUpDrafts:
    """What lies on this computer, in memory."""

    def __init__(self) -> None:
        self.there: dict[RequestId, KeptDraft] = {}

    async def keep(self, request_id: RequestId, draft: KeptDraft) -> None:
        self.there[request_id] = draft

    async def read(self, request_id: RequestId) -> KeptDraft | None:
        return self.there.get(request_id)

    async def settle(
        self, request_id: RequestId, version: int, form: ConclusionForm, saved_as: int
    ) -> None:
        del self.there[request_id]

    async def remove(self, request_id: RequestId) -> None:
        del self.there[request_id]


class Wire(MadeUpServer):
    """`error`: what every reading ends with; it waits for `may_answer`."""

    error: Exception | None = None
    asked = 0

    def __init__(self) -> None:
        super().__init__()
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def read(self, request_id: RequestId) -> Conclusion:
        self.asked += 1
        await self.may_answer.wait()
        if self.error is not None:
            raise self.error
        return await super().read(request_id)


class Desk:
    """The service with a disk, a wire, and what is known of the connection."""

    def __init__(self, folder: Path) -> None:
        self.wire, self.drafts = Wire(), MadeUpDrafts()
        self.link = LinkState(ConnectionState(Link.ONLINE, NOW))
        self.house: House = make_house(folder, server=self.wire)
        cards, keys = self.house.cards, self.house.certificates
        self.service = ConclusionService(
            self.wire,
            cards,
            cards,
            self.house.opener,
            keys,
            DOCTOR,
            lambda: NOW,
            drafts=self.drafts,
            link=self.link,
        )

    def cut(self, error: Exception | None = None) -> None:
        self.wire.error, self.wire.arrives = error or Unreachable(), False


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.mark.parametrize("error", [Unreachable(), TimedOut()], ids=["no-connection", "no-answer"])
async def test_what_is_kept_is_shown_where_the_server_is_silent(
    desk: Desk, error: Exception
) -> None:
    desk.drafts.there[ONE] = KeptDraft(0, FORM, NOW)
    desk.cut(error)
    draft = await desk.service.open_anyhow(ONE)
    assert draft.is_here
    assert draft.kept is not None
    assert draft.kept.form == FORM
    assert not draft.is_disputed


async def test_a_case_without_a_text_begins_from_the_request(desk: Desk) -> None:
    desk.cut()
    draft = await desk.service.open_anyhow(ONE)
    assert (draft.is_here, draft.kept, draft.conclusion) == (True, None, None)
    assert draft.form == first_form(draft.card)


async def test_a_refusal_is_no_lost_connection(desk: Desk) -> None:
    desk.cut(Forbidden())
    with pytest.raises(Forbidden):
        await desk.service.open_anyhow(ONE)


async def test_nobody_is_asked_where_the_loss_is_known(desk: Desk) -> None:
    desk.link.set(ConnectionState(Link.OFFLINE, NOW))
    assert (await desk.service.open_anyhow(ONE)).is_here
    assert desk.wire.asked == 0


async def test_the_last_text_of_the_server_is_remembered(desk: Desk) -> None:
    saved = await desk.service.save(ONE, 0, FORM)
    desk.cut()
    draft = await desk.service.open_anyhow(ONE)
    assert (draft.conclusion, draft.form, draft.kept) == (saved, FORM, None)
    newer = msgspec.structs.replace(FORM, history="Дальше")
    await desk.service.keep(ONE, saved.version, newer)
    draft = await desk.service.open_anyhow(ONE)
    assert draft.kept is not None
    assert draft.kept.form == newer
    assert not draft.is_disputed, "it goes on from that very text"
    await desk.service.keep(ONE, 0, newer)
    assert (await desk.service.open_anyhow(ONE)).is_disputed


async def test_what_is_typed_while_the_server_does_not_answer_is_on_the_disk(desk: Desk) -> None:
    """A question to the server may take as long as the network lets it; the disk does not wait."""
    desk.wire.may_answer.clear()
    reading = asyncio.create_task(desk.service.open(ONE))
    await until(lambda: bool(desk.wire.asked))
    saving = asyncio.create_task(desk.service.save(ONE, 0, FORM))
    await until(lambda: ONE in desk.drafts.there)
    assert desk.drafts.there[ONE].form == FORM
    assert not reading.done()
    desk.wire.may_answer.set()
    await reading
    assert (await saving).form == FORM
    assert (await desk.service.open(ONE)).form == FORM


async def test_of_what_is_signed_no_draft_is_left(desk: Desk) -> None:
    await desk.service.save(ONE, 0, FORM)
    known = desk.wire.known
    assert known is not None
    desk.wire.known = msgspec.structs.replace(known, state=ConclusionState.SIGNED)
    await desk.service.open(ONE)
    await desk.service.keep(ONE, 1, OTHER)
    desk.cut()
    draft = await desk.service.open_anyhow(ONE)
    assert draft.kept is None
    assert draft.form == FORM


def test_findings_alone_go_onto_another_text() -> None:
    """Decision 0044"""
    mine = with_source(with_source(FORM, make_evidence()), make_evidence(text=RR))
    both = carried_over(FORM, mine, with_source(OTHER, make_evidence(text="ST")))
    assert both is not None
    assert both.findings == f"ST [1]\n{QT} [2]\n{RR} [3]"
    assert both.history == OTHER.history


def test_a_finding_that_arrived_is_not_doubled() -> None:
    mine = with_source(FORM, make_evidence())
    theirs = msgspec.structs.replace(mine, history="Дальше")
    assert carried_over(FORM, mine, theirs) == theirs


def test_a_finding_that_was_taken_back_stays_taken_back() -> None:
    mine = with_source(FORM, make_evidence())
    mine = without_line(mine, mine.evidence[0])
    both = carried_over(FORM, mine, OTHER)
    assert both is not None
    assert both.findings == OTHER.findings


@pytest.mark.parametrize("field", ["findings", "history"])
def test_own_words_are_never_carried_over(field: str) -> None:
    mine = with_source(FORM, make_evidence())
    words = f"{getattr(mine, field)} и моё"
    mine = msgspec.structs.replace(mine, **{field: words})
    assert carried_over(FORM, mine, OTHER) is None
    assert carried_over(FORM, FORM, OTHER) is None


def test_a_full_text_takes_nothing_more() -> None:
    mine = with_source(FORM, make_evidence())
    full = msgspec.structs.replace(OTHER, findings="я" * 20_000)
    assert carried_over(FORM, mine, full) is None
