"""The approver's list: what each reached, of which kind it is, and what came to the patients.

OZ-12, DRC-13, SOK-8, SPB-21.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from backend_client.errors import Unreachable
from backend_client.models.common import RequestId
from backend_client.models.conclusions import Approval, ConclusionStanding, ConclusionState
from backend_client.models.delivery import (
    ChannelDelivery,
    Delivery,
    DeliveryChannel,
    DeliveryState,
    MailFault,
)
from backend_client.models.requests import RequestStatus
from backend_client.models.routes import Route
from tests.factories import make_card, make_document, make_row
from tests.ui.approvals_scene import PIN, make_report
from tests.ui.queue_desk import Surroundings, open_queue
from tests.ui.queue_scene import SCENE_NOW
from tests.ui.test_approvals_view import Stage
from tests.ui.test_request_card import texts
from tests.ui.waiting import until
from workstation.ui.screens.approvals.columns import approval_columns
from workstation.ui.screens.approvals.list_filter import Choice, Facet, choices
from workstation.ui.widgets.standing_words import StandingWords, falls_short
from workstation.ui.wording import Wording

CARDIO, SURGERY = "Кардиолог", "Кардиохирург"
POSTS = (CARDIO, SURGERY, SURGERY, CARDIO, CARDIO)
pytestmark = pytest.mark.usefixtures("russian")


class Ways:
    """On the page and in the chat at once; the letter as it is told."""

    def __init__(self) -> None:
        self.letter = DeliveryState.TAKEN
        self.asked: list[RequestId] = []
        self.again: list[RequestId] = []
        self.errors: list[Exception] = []

    async def read(self, request_id: RequestId) -> Delivery:
        self.asked.append(request_id)
        if self.errors:
            raise self.errors.pop(0)
        failed = self.letter is DeliveryState.FAILED
        fault = MailFault.ADDRESS_REFUSED if failed else None
        email = ChannelDelivery(
            channel=DeliveryChannel.EMAIL,
            state=self.letter,
            at=SCENE_NOW,
            fault=fault,
            may_send_again=failed,
        )
        page = ChannelDelivery(channel=DeliveryChannel.PAGE, state=DeliveryState.SENT, at=SCENE_NOW)
        channels = [page, email]
        return Delivery(request_id=request_id, edition=1, delivered_at=SCENE_NOW, channels=channels)

    async def send_again(self, request_id: RequestId) -> Delivery:
        self.again.append(request_id)
        self.letter = DeliveryState.TAKEN
        return await self.read(request_id)


class Desk(Stage):
    """The room with its ways to the patients, and doctors of two specialties."""

    def __init__(self, qtbot: QtBot, around: Surroundings) -> None:
        super().__init__(qtbot, around)
        self.ways = Ways()
        self.model.sent._deliveries = self.ways
        self.approvals.list = [
            msgspec.structs.replace(one, author_post=post, level="B-B", wanted="B-LTA")
            for one, post in zip(self.approvals.list, POSTS, strict=True)
        ]

    async def approve(self) -> Approval:
        """The chosen one; the next one is read then."""
        chosen = self.model.chosen
        assert chosen is not None
        self.model.approve(PIN)
        await until(lambda: self.model.sent.find(chosen.request_id) is not None)
        await self.is_read()
        return chosen


@asynccontextmanager
async def at_the_desk(qtbot: QtBot, around: Surroundings) -> AsyncIterator[Desk]:
    desk = Desk(qtbot, around)
    try:
        desk.show()
        await desk.is_read()
        yield desk
    finally:
        desk.rooms.hide()
        await desk.model.close()


async def test_states_of_what_was_approved_are_seen_at_the_desk(
    qtbot: QtBot, around: Surroundings
) -> None:
    """SPB-21, SOK-8: page, chat, letter; what bounces later is told there, and is sent again."""
    async with at_the_desk(qtbot, around) as desk:
        panel = desk.view.list_panel
        assert not panel.heads.sent.isVisible(), "nothing was sent yet"
        done = await desk.approve()
        await until(lambda: "скачать" in panel.told.text())
        assert done.patient_name in panel.told.text()
        assert "сервер принял" in panel.told.text()
        desk.ways.letter = DeliveryState.FAILED
        row = desk.scene.requests.rows[done.request_id]
        desk.scene.requests.upsert(msgspec.structs.replace(row, version=row.version + 1))
        await until(lambda: "не ушло 1" in panel.heads.sent.text())
        panel.heads.sent.click()
        (sent,) = panel.sent.rows
        assert sent.isVisible()
        assert "такого адреса нет" in sent.accessibleName()
        sent.again.click()
        await until(lambda: desk.ways.again == [done.request_id])
        await until(lambda: not sent.again.isVisible())
        assert panel.heads.sent.text() == "Отправлены 1"
        desk.press("J")
        assert desk.list.isVisible(), "the keys of the list lead back to it"


async def test_the_next_one_stands_there_at_once(qtbot: QtBot, around: Surroundings) -> None:
    """OZ-12: it was fetched, verified and opened while the one before was read; then the server
    may be as slow as it likes."""
    async with at_the_desk(qtbot, around) as desk:
        first, second = desk.approvals.list[:2]
        await until(lambda: len(desk.approvals.pages) == 2)  # the chosen one and the next
        desk.approvals.hold("read")
        desk.approvals.hold("open_pages")
        desk.model.approve(PIN)
        await until(lambda: desk.approvals.approved == [first.request_id])
        await desk.is_read()
        assert desk.model.chosen is not None
        assert desk.model.chosen.request_id == second.request_id
        assert desk.model.reader.pages is desk.approvals.pages[1]


async def test_ways_that_could_not_be_asked_are_asked_with_the_connection(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with at_the_desk(qtbot, around) as desk:
        desk.ways.errors = [Unreachable() for _ in range(20)]
        done = await desk.approve()
        sent = desk.model.sent.find(done.request_id)
        assert sent is not None
        await until(lambda: sent.problem is not None)
        desk.ways.errors = []
        desk.model.sent.read_again()
        await until(lambda: sent.delivery is not None and sent.problem is None)


async def test_the_list_is_narrowed_to_one_specialty_and_goes_on_from_there(
    qtbot: QtBot, around: Surroundings
) -> None:
    """By age within one kind; the badge counts all; the last one of a kind brings all back."""
    async with at_the_desk(qtbot, around) as desk:
        heads, model = desk.view.list_panel.heads, desk.model
        assert heads.filter.text() == "Все"
        menu = heads.menu()
        said = [one.text() for one in menu.actions() if one.text()]
        assert said == ["Все (5)", f"Специальность: {CARDIO} (3)", f"Специальность: {SURGERY} (2)"]
        menu.actions()[-1].trigger()
        assert desk.scene.names == ["Лунёва Тамара Андреевна", "Верещагин Павел Никитич"]
        assert (model.count, model.total, heads.filter.text()) == (2, 5, SURGERY)
        await desk.is_read()
        assert desk.scene.chosen_name == "Лунёва Тамара Андреевна", "the next one of that kind"
        await desk.approve()
        assert desk.scene.chosen_name == "Верещагин Павел Никитич"
        await desk.approve()
        assert model.waiting.shown is None
        assert (model.count, model.total) == (3, 3)


async def test_chosen_one_that_is_not_shown_was_not_decided(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with at_the_desk(qtbot, around) as desk:
        desk.model.show_only(Choice(Facet.POST, SURGERY))
        desk.model.waiting.reload()
        await desk.is_read()
        assert not desk.model.is_decided
        desk.model.show_only(None)
        assert desk.model.count == 5


def test_a_filter_is_offered_only_where_there_is_more_than_one(wording: Wording) -> None:
    """«By age and centre»: one account sees one centre, and nothing is offered for that."""
    one = _approval(centre_name="А", author_post=CARDIO, route=Route.CENTRE)
    assert choices([one, one]) == []
    other = msgspec.structs.replace(one, centre_name="Б", route=Route.REFERRAL)
    found = [(choice.facet, choice.value, count) for choice, count in choices([one, one, other])]
    assert found == [
        (Facet.CENTRE, "А", 2),
        (Facet.CENTRE, "Б", 1),
        (Facet.ROUTE, Route.CENTRE.value, 2),
        (Facet.ROUTE, Route.REFERRAL.value, 1),
    ]
    unknown = msgspec.structs.replace(one, route=Route.UNKNOWN, centre_name="", author_post="")
    assert choices([one, unknown]) == [], "an older server says nothing of it"


def test_level_and_signatures_stand_in_words(wording: Wording) -> None:
    words = StandingWords()
    assert words.short("B-LTA", "B-LTA") == "B\u2011LTA"
    assert words.short("B-B", "B-LTA") == "B\u2011B вместо B\u2011LTA"
    assert words.short("", "B-T") == "уровень\u00a0не\u00a0известен вместо B\u2011T"
    assert words.level("B-B", "B-LTA") == "Достигнут уровень B\u2011B, центр просит B\u2011LTA"
    assert words.level("B-LTA", "B-LTA") == "Достигнут уровень B\u2011LTA, как просит центр"
    assert "выше" in words.level("B-LTA", "B-T")
    assert words.level("B-B", "") == "Достигнут уровень B\u2011B"
    assert words.signatures(1, 2) == "1\u00a0подпись\u00a0из\u00a02"
    assert words.signatures(2, 2) == "2\u00a0подписи"
    assert [falls_short(*pair) for pair in (("B-B", "B-T"), ("", "B-T"), ("B-LTA", "B-T"))] == [
        True,
        True,
        False,
    ]
    assert not falls_short("B-B", "")
    (column,) = approval_columns(wording)
    said = column.text(_approval(level="B-B", wanted="B-LTA", unopened=2))
    assert "центр просит B\u2011LTA" in said
    assert "Врач не открыл 2 файла" in said


async def test_the_approver_reads_what_was_not_opened_and_why(
    qtbot: QtBot, around: Surroundings
) -> None:
    """OZ-12: the number comes from the server, the names from the case, the reason from the form.
    What was reached stands against what was asked."""
    async with at_the_desk(qtbot, around) as desk:
        first = desk.approvals.list[0]
        told = msgspec.structs.replace(
            first, version=9, unopened=2, unopened_reason="Старше года", signers=1
        )
        files = [make_document(request_id=first.request_id, title=name) for name in "АБВ"]
        card = make_card(desk.scene.requests.rows[first.request_id], documents=files)
        standing = _standing(unopened=[files[0].id, files[2].id])
        desk.scene.requests.cards[first.request_id] = msgspec.structs.replace(
            card, conclusion=standing
        )
        desk.approvals.list[0] = told
        desk.approvals.reports[first.request_id] = make_report(told)
        desk.model.waiting.reload()

        def said() -> str:
            return "\n".join(desk.verdict.reasons())

        await until(lambda: "А, В" in said() and "Достигнут" in said())
        whole = said()
    assert "Врач не открыл 2 файла. «Старше года» · А, В" in whole
    assert "Достигнут уровень B\u2011B, центр просит B\u2011LTA" in whole
    assert "1\u00a0подпись\u00a0из\u00a02. Клиника ещё не подписала" in whole


async def test_a_file_that_was_lifted_meanwhile_is_not_told_as_signed_anew(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with at_the_desk(qtbot, around) as desk:
        first = desk.approvals.list[0]
        lifted = msgspec.structs.replace(first, version=9, sha256="cd" * 32, level="B-LTA")
        desk.approvals.list[0] = lifted
        desk.model.waiting.reload()
        await until(lambda: desk.model.chosen == lifted)
        news = desk.verdict.news.accessibleName()
        await desk.is_read()
        later = lifted.signed_at.replace(minute=(lifted.signed_at.minute + 1) % 60)
        desk.approvals.list[0] = msgspec.structs.replace(lifted, version=12, signed_at=later)
        desk.model.waiting.reload()
        await until(lambda: desk.model.chosen == desk.approvals.list[0])
        anew = desk.verdict.news.accessibleName()
    assert news.startswith("Подпись поднята до B-LTA. Текст прежний")
    assert anew.startswith("Врач подписал заново")


async def test_the_card_says_how_its_conclusion_stands(qtbot: QtBot, around: Surroundings) -> None:
    """DRC-13: to the doctor as to the clinic."""
    row = make_row(status=RequestStatus.SIGNED)
    async with open_queue(qtbot, around, [row]) as desk:
        await desk.card_is_read()
        assert not desk.card.standing.isVisible(), "nothing is signed"
        card = desk.service.cards[row.id]
        files = [make_document(request_id=row.id, series_uid="1.2") for _ in range(3)]
        standing = _standing(unopened=[one.id for one in files], unopened_reason="Старше года")
        desk.card.standing.show_card(
            msgspec.structs.replace(card, documents=files, conclusion=standing)
        )
        said = texts(desk.card.standing)
    assert "ждёт согласования" in said
    assert "1\u00a0подпись\u00a0из\u00a02. Клиника ещё не подписала" in said
    assert "Достигнут уровень B\u2011B, центр просит B\u2011LTA" in said
    assert "Врач не открыл 1 файл: «Старше года»" in said


async def test_first_row_is_marked_where_the_list_had_the_keyboard_before(
    qtbot: QtBot, around: Surroundings
) -> None:
    """Qt makes the first row current with the focus, and selects nothing."""
    async with at_the_desk(qtbot, around) as desk:
        desk.list.clearSelection()
        desk.list.show_row(0)
        (marked,) = desk.list.selectionModel().selectedRows()
        assert marked.row() == 0


def _approval(**changes: object) -> Approval:
    one = Approval(
        request_id=RequestId("r"),
        request_number="20-4801",
        patient_name="Кочетов Егор Маратович",
        diagnosis="",
        author_name="Сафонов Д. В.",
        version=1,
        signed_at=SCENE_NOW,
        sha256="0" * 64,
        size=1,
    )
    return msgspec.structs.replace(one, **changes)


def _standing(**changes: object) -> ConclusionStanding:
    one = ConclusionStanding(
        state=ConclusionState.SIGNED,
        edition=1,
        author_name="Сафонов Д. В.",
        signed_at=SCENE_NOW,
        approved_at=None,
        approved_by="",
        delivered_at=None,
        level="B-B",
        wanted="B-LTA",
        signers=1,
        signers_wanted=2,
    )
    return msgspec.structs.replace(one, **changes)
