"""Findings on their way into a draft: with a connection, without, and beside an open window."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import msgspec
import pytest

from backend_client.errors import Rejected, TimedOut, Unreachable
from backend_client.models.common import ProblemCode, RequestId
from backend_client.models.conclusions import Conclusion, ConclusionForm, ConclusionState
from backend_client.models.documents import Document
from backend_client.models.evidence import Evidence
from backend_client.models.requests import Action, RequestRow
from tests.factories import NOW, changed_row, make_document, make_owner
from tests.made_up_findings import QT, RR, make_evidence, make_finding
from tests.unit.services.conclusion_house import FORM, ONE, House, MadeUpServer, make_house
from tests.unit.services.house import KEY, until
from workstation.core.connection import ConnectionState, Link
from workstation.core.findings import Finding
from workstation.core.subscription import Event
from workstation.services.answers import CardView
from workstation.services.evidence import EvidenceService
from workstation.services.evidence_doors import NotPut, Refusal, Sent
from workstation.services.link import LinkState
from workstation.store.database import Database
from workstation.store.drafts import Drafts

FILE = make_document(request_id=ONE, title="ЭКГ 12.11", content=b"one")
WRITABLE = {"allowed_actions": [Action.WRITE_CONCLUSION], "owner": make_owner()}


class Rows:
    """What the service of requests tells."""

    def __init__(self) -> None:
        self.changed: Event[RequestRow] = Event()
        self.reload_needed: Event[None] = Event()


class Net(MadeUpServer):
    """A server whose network can be cut as a whole."""

    async def read(self, request_id: RequestId) -> Conclusion:
        if not self.arrives:
            raise Unreachable
        return await super().read(request_id)


class Window:
    """The text of the case as a window has it."""

    def __init__(self, form: ConclusionForm) -> None:
        self.form, self.version = form, 1
        self.state = ConclusionState.DRAFTING
        self.is_disputed, self.is_saved, self.is_kept = False, True, True
        self.reason: Refusal | None = None

    def refusal(self) -> Refusal | None:
        return self.reason

    def put_in(self, form: ConclusionForm) -> None:
        self.form = form

    async def settle(self) -> bool:
        return self.is_saved


class Desk:
    """The service over real drafts and a made-up server."""

    def __init__(self, house: House) -> None:
        self.house, self.rows = house, Rows()
        self.link = LinkState(ConnectionState(Link.ONLINE, NOW))
        self.service = EvidenceService(house.doctor, self.rows, lambda: NOW, self.link)
        self.changed: list[RequestId] = []
        self.service.changed.subscribe(self.changed.append)
        row = changed_row(house.cards.view.card.row, **WRITABLE)
        card = msgspec.structs.replace(house.cards.view.card, row=row, documents=[FILE])
        house.cards.view = CardView(card)

    @property
    def row(self) -> RequestRow:
        return self.house.cards.view.card.row

    @property
    def form(self) -> ConclusionForm:
        """What the server keeps."""
        known = self.house.server.known
        assert known is not None
        return known.form

    def change_row(self, **changes: object) -> None:
        row = changed_row(self.row, **changes)
        self.house.cards.view = CardView(
            msgspec.structs.replace(self.house.cards.view.card, row=row)
        )
        self.rows.changed.emit(row)

    async def put(self, finding: Finding | None = None, document: Document = FILE) -> Evidence:
        return (await self.service.put(ONE, document, finding or make_finding())).evidence

    async def here(self) -> ConclusionForm:
        """What lies on this computer alone."""
        kept = (await self.house.doctor.open_here(ONE)).kept
        assert kept is not None
        return kept.form

    def cut(self) -> None:
        """The network is gone, and that is known."""
        self.house.server.arrives = False
        self.link.set(ConnectionState(Link.OFFLINE, NOW))

    def mend(self) -> None:
        self.house.server.arrives = True
        self.link.set(ConnectionState(Link.ONLINE, NOW))


@asynccontextmanager
async def started(folder: Path, server: MadeUpServer | None = None) -> AsyncIterator[Desk]:
    """The program on this computer; each time anew."""
    database = await Database.open(folder / "store.db", KEY)
    try:
        yield Desk(make_house(folder, drafts=Drafts(database), server=server or Net()))
    finally:
        await database.close()


async def test_a_finding_begins_the_draft_with_the_requests_own_words(tmp_path: Path) -> None:
    """OZ-12"""
    async with started(tmp_path) as desk:
        source = await desk.put()
        assert await desk.here() == desk.service.form_of(ONE), "on the disk before it is sent"
        assert await desk.service.send(ONE) is Sent.DONE
    assert desk.form.findings == f"{QT} [1]"
    assert desk.form.complaints == desk.house.cards.view.card.complaints
    assert desk.form.evidence == (source,)
    assert (source.document_id, source.sha256, source.title) == (FILE.id, FILE.sha256, FILE.title)
    assert source.made_at == NOW
    assert ONE in desk.changed


async def test_the_second_goes_under_the_first_and_what_was_written(tmp_path: Path) -> None:
    async with started(tmp_path) as desk:
        await desk.house.doctor.save(ONE, 0, FORM)
        await desk.put()
        await desk.service.send(ONE)
        second = await desk.put(make_finding(RR, start_s=2.1, stop_s=2.98))
        await desk.service.send(ONE)
    assert desk.form.findings == f"{FORM.findings}\n{QT} [1]\n{RR} [2]"
    assert second.number == 2


async def test_the_same_finding_stands_there_once(tmp_path: Path) -> None:
    async with started(tmp_path) as desk:
        first = await desk.put()
        again = await desk.service.put(ONE, FILE, make_finding())
        assert (again.evidence, again.is_new) == (first, False)
        assert desk.service.cited_as(ONE, FILE, make_finding()) == first
        assert desk.service.cited_as(ONE, FILE, make_finding(RR)) is None
        await desk.service.take_back(ONE, first)
        assert desk.service.cited_as(ONE, FILE, make_finding()) is None
        back = await desk.service.put(ONE, FILE, make_finding())
        assert (back.evidence, back.is_new) == (first, True), "its number is its own"
        await desk.service.send(ONE)
    assert desk.form.findings == f"{QT} [1]"


async def test_a_file_of_another_request_is_refused(tmp_path: Path) -> None:
    """One patient's finding never reaches another's draft."""
    other = make_document(request_id=RequestId("request-two"))
    async with started(tmp_path) as desk:
        with pytest.raises(NotPut) as refused:
            await desk.put(document=other)
        assert await desk.service.send(ONE) is Sent.DONE
    assert refused.value.refusal is Refusal.OTHER_CASE
    assert desk.house.server.known is None
    assert desk.service.cited_as(ONE, other, make_finding()) is None


async def test_signed_and_foreign_conclusions_are_refused_with_the_reason(tmp_path: Path) -> None:
    async with started(tmp_path) as desk:
        await desk.put()
        await desk.service.send(ONE)
        for changes, reason in (
            ({"allowed_actions": [], "owner": make_owner("Орлов П. И.", is_me=False)}, "not_yours"),
            ({"allowed_actions": [], "owner": None}, "not_taken"),
            ({"allowed_actions": []}, "not_now"),
        ):
            desk.change_row(**(WRITABLE | changes))
            with pytest.raises(NotPut) as refused:
                await desk.put(make_finding(RR))
            assert refused.value.refusal.value == reason
        known = desk.house.server.known
        assert known is not None
        signed = ConclusionState.SIGNED
        desk.house.server.known = msgspec.structs.replace(known, state=signed, version=2)
        desk.change_row(**WRITABLE)
        again = Desk(desk.house)
        with pytest.raises(NotPut) as refused:
            await again.put(make_finding(RR))
    assert refused.value.refusal is Refusal.SIGNED


async def test_a_conclusion_that_came_back_from_the_clinic_takes_findings_again(
    tmp_path: Path,
) -> None:
    async with started(tmp_path) as desk:
        await desk.house.doctor.save(ONE, 0, FORM)
        window = Window(FORM)
        window.state = ConclusionState.SIGNED
        desk.service.hold(desk.row, window)()
        returned = ConclusionState.RETURNED
        known = desk.house.server.known
        assert known is not None
        desk.house.server.known = msgspec.structs.replace(known, version=3, state=returned)
        await desk.put()
        assert await desk.service.send(ONE) is Sent.DONE
    assert desk.form.findings == f"{FORM.findings}\n{QT} [1]"


async def test_without_a_connection_it_lies_here_and_goes_by_itself(tmp_path: Path) -> None:
    async with started(tmp_path) as desk:
        desk.cut()
        source = await desk.put()
        assert await desk.service.send(ONE) is Sent.WAITS
        assert desk.service.is_unsent(ONE)
        assert (await desk.here()).evidence == (source,)
        sending = asyncio.ensure_future(desk.service.run())
        desk.mend()
        await until(lambda: not desk.service.is_unsent(ONE))
        sending.cancel()
        with suppress(asyncio.CancelledError):
            await sending
    assert desk.form.findings == f"{QT} [1]"


async def test_a_crash_without_a_connection_loses_nothing(tmp_path: Path) -> None:
    server = Net()
    async with started(tmp_path, server) as desk:
        desk.cut()
        await desk.put()
    server.arrives = True
    async with started(tmp_path, server) as desk:
        draft = await desk.house.doctor.open(ONE)
    assert draft.form.findings == f"{QT} [1]"
    assert draft.kept is None


async def test_what_others_wrote_meanwhile_stays_and_the_finding_goes_under_it(
    tmp_path: Path,
) -> None:
    """Found without a connection, before the draft of the case was ever read here."""
    async with started(tmp_path) as desk:
        theirs = msgspec.structs.replace(FORM, findings="По ЭхоКГ [1]", evidence=(_other(),))
        await MadeUpServer.save(desk.house.server, ONE, 0, theirs)
        desk.cut()
        assert (await desk.put()).number == 1
        desk.mend()
        assert await desk.service.send(ONE) is Sent.DONE
    assert desk.form.findings == f"По ЭхоКГ [1]\n{QT} [2]"
    assert [one.number for one in desk.form.evidence] == [1, 2]


async def test_own_words_that_wait_are_not_thrown_over_another_text(tmp_path: Path) -> None:
    async with started(tmp_path) as desk:
        await desk.house.doctor.save(ONE, 0, FORM)
        mine = msgspec.structs.replace(FORM, history="моё, без связи")
        await desk.house.doctor.keep(ONE, 1, mine)
        desk.cut()
        await desk.put()
        desk.mend()
        other = msgspec.structs.replace(FORM, history="чужое")
        await MadeUpServer.save(desk.house.server, ONE, 1, other)
        assert await desk.service.send(ONE) is Sent.DISPUTED
        draft = await desk.house.doctor.open(ONE)
    assert desk.form == other
    assert draft.kept is not None
    assert draft.kept.form.history == "моё, без связи"
    assert QT in draft.kept.form.findings


async def test_an_answer_that_was_lost_puts_it_in_once(tmp_path: Path) -> None:
    async with started(tmp_path) as desk:
        desk.house.server.answers = False
        await desk.put()
        assert await desk.service.send(ONE) is Sent.WAITS
        desk.house.server.answers = True
        assert await desk.service.send(ONE) is Sent.DONE
    assert desk.form.findings == f"{QT} [1]"
    assert len(desk.form.evidence) == 1


async def test_while_the_text_is_written_in_a_window_it_goes_there(tmp_path: Path) -> None:
    async with started(tmp_path) as desk:
        window = Window(FORM)
        release = desk.service.hold(desk.row, window)
        source = await desk.put()
        assert window.form.findings == f"{FORM.findings}\n{QT} [1]"
        assert await desk.service.send(ONE) is Sent.DONE
        window.is_saved = False
        assert await desk.service.send(ONE) is Sent.WAITS
        window.is_disputed = True
        assert await desk.service.send(ONE) is Sent.DISPUTED
        assert await desk.service.take_back(ONE, source)
        assert window.form.findings == FORM.findings
        window.reason = Refusal.SIGNING
        with pytest.raises(NotPut):
            await desk.put()
        release()
        assert desk.service.form_of(ONE) == window.form, "what was saved is known"
        window.is_kept = False
        desk.service.hold(desk.row, window)()
        assert desk.service.form_of(ONE) is None
    assert desk.house.server.known is None, "the window saves it"


async def test_what_waits_goes_into_a_window_that_opens_without_it(tmp_path: Path) -> None:
    """As where the disk could not keep it."""
    async with started(tmp_path) as desk:
        desk.cut()
        await desk.put()
        window = Window(FORM)
        desk.service.hold(desk.row, window)
        desk.service.hold(desk.row, window)
    assert window.form.findings == f"{FORM.findings}\n{QT} [1]"


async def test_a_file_that_the_server_does_not_know_stands_in_no_texts_way(tmp_path: Path) -> None:
    async with started(tmp_path) as desk:
        await desk.house.doctor.save(ONE, 0, FORM)
        await desk.put()
        desk.house.server.refusal = Rejected(422, ProblemCode.SOURCE_NOT_OF_CASE)
        with pytest.raises(Rejected):
            await desk.service.send(ONE)
        desk.house.server.refusal = None
        assert not desk.service.is_unsent(ONE)
        draft = await desk.house.doctor.open(ONE)
    assert (draft.form, draft.kept) == (FORM, None)


@pytest.mark.parametrize(
    "finding",
    [
        make_finding(" \n\t"),
        make_finding(start_s=float("nan")),
        make_finding(stop_s=float("inf")),
        make_finding(start_s=-1.0),
        make_finding(lead="в" * 101),
    ],
    ids=["no words", "nan", "inf", "before the beginning", "long lead"],
)
async def test_what_could_not_be_read_again_is_refused(tmp_path: Path, finding: Finding) -> None:
    """A place that is none would cost the whole draft, which is read as one."""
    async with started(tmp_path) as desk:
        with pytest.raises(NotPut) as refused:
            await desk.put(finding)
    assert refused.value.refusal is Refusal.UNFIT


async def test_a_hostile_name_of_a_lead_makes_no_line_and_no_number(tmp_path: Path) -> None:
    async with started(tmp_path) as desk:
        text = "QT 396 мс (II [7]\n[8]\u202e\x00, <b>фильтр</b>: нет)" + "я" * 600
        source = await desk.put(make_finding(text))
        await desk.service.send(ONE)
    assert source.text.startswith("QT 396 мс (II (7) (8) , <b>фильтр</b>: нет)")
    assert len(source.text) == 500
    assert desk.form.findings == f"{source.text} [1]"


async def test_a_lost_network_that_nobody_knows_of_is_a_wait_too(tmp_path: Path) -> None:
    class Lossy(Net):
        async def save(
            self, request_id: RequestId, version: int, form: ConclusionForm
        ) -> Conclusion:
            raise TimedOut

    async with started(tmp_path, Lossy()) as desk:
        await desk.put()
        assert await desk.service.send(ONE) is Sent.WAITS
        assert desk.service.is_unsent(ONE)


async def test_a_line_stands_as_a_field_of_the_form_gives_it_back(tmp_path: Path) -> None:
    """No-break spaces of the viewers would become plain ones with the first key."""
    async with started(tmp_path) as desk:
        source = await desk.put(make_finding("QT 396\u00a0мс,\u202f68\u2009в мин"))
    assert source.text == "QT 396 мс, 68 в мин"


def _other() -> Evidence:
    return make_evidence(1, text="Vmax 4,3 м/с")
