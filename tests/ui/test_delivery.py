"""How far a conclusion has come stands on the card, in plain words (SOK-8, SOK-11, SPB-21)."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from backend_client.errors import Unreachable
from backend_client.models.common import RequestId
from backend_client.models.delivery import (
    ChannelDelivery,
    Delivery,
    DeliveryChannel,
    DeliveryState,
    MailFault,
)
from backend_client.models.requests import RequestRow, RequestStatus
from tests.factories import make_row
from tests.fakes import Failing
from tests.ui.queue_desk import Surroundings, open_queue
from tests.ui.queue_scene import SCENE_NOW
from tests.ui.test_request_card import texts
from tests.ui.waiting import until
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.delivery.words import DeliveryWords

pytestmark = pytest.mark.usefixtures("russian")
S, C = DeliveryState, DeliveryChannel
AT = SCENE_NOW - timedelta(minutes=30)
ADDRESS = "p***@example.org"
WAITS = ChannelDelivery(channel=C.EMAIL, state=S.WAITING, address=ADDRESS)
FAILED = ChannelDelivery(
    channel=C.EMAIL,
    state=S.FAILED,
    fault=MailFault.ADDRESS_REFUSED,
    address=ADDRESS,
    may_send_again=True,
)


def delivered(row: RequestRow, email: ChannelDelivery) -> Delivery:
    """On the page and in the chat, and so far by e-mail."""
    page = ChannelDelivery(channel=C.PAGE, state=S.OPENED, at=AT)
    chat = ChannelDelivery(channel=C.CHAT, state=S.SENT, at=AT)
    channels = [page, chat, email]
    return Delivery(request_id=row.id, edition=1, delivered_at=AT, channels=channels)


class FakeDeliveries:
    """One answer; sending again answers that the letter waits."""

    def __init__(self, answer: Delivery) -> None:
        self.answer = answer
        self.backend = Failing()

    async def read(self, request_id: RequestId) -> Delivery:
        return self.answer

    async def send_again(self, request_id: RequestId) -> Delivery:
        self.backend.note("send_again", request_id)
        self.answer = replace(self.answer, channels=[*self.answer.channels[:2], WAITS])
        return self.answer


async def test_failed_letter_says_why_and_is_sent_again(qtbot: QtBot, around: Surroundings) -> None:
    """SOK-8"""
    row = make_row(status=RequestStatus.DELIVERED)
    fake = FakeDeliveries(delivered(row, FAILED))
    async with open_queue(qtbot, around, [row], deliveries=fake) as desk:
        section = desk.card.delivery
        await until(section.isVisible)
        said = texts(section)
        fake.backend.fail_with(Unreachable())
        section.again.click()
        await until(section.note.isVisible)
        trouble = section.note.text()
        assert section.again.isEnabled()
        section.again.click()
        await until(lambda: not section.again.isVisible())
        after = texts(section)
    assert "скачано 20.11\u00a011:12" in said
    assert "отправлено 20.11\u00a011:12" in said
    assert f"не отправлено: такого адреса нет, или он не принимает письма, {ADDRESS}" in said
    assert trouble
    assert f"ждёт отправки, {ADDRESS}" in after
    assert [call[0] for call in fake.backend.calls] == ["send_again", "send_again"]


@pytest.mark.parametrize("status", [RequestStatus.READY, RequestStatus.CLAIMED])
async def test_nothing_is_said_where_nothing_was_delivered(
    qtbot: QtBot, around: Surroundings, status: RequestStatus
) -> None:
    row = make_row(status=status)
    fake = FakeDeliveries(delivered(row, FAILED))
    async with open_queue(qtbot, around, [row], deliveries=fake) as desk:
        await until(lambda: desk.card.view_model.card is not None)
        assert not desk.card.delivery.isVisible()
        assert desk.card.view_model.delivery.delivery is None


@pytest.mark.parametrize(
    ("one", "glyph", "said"),
    [
        (WAITS, "clock", f"ждёт отправки, {ADDRESS}"),
        (
            replace(WAITS, fault=MailFault.TRY_LATER, tries=2, next_at=AT),
            "clock",
            f"почтовый сервер просит повторить позже; повтор 20.11\u00a011:12, {ADDRESS}",
        ),
        (replace(WAITS, state=S.SENT), "clock", f"отправляется, {ADDRESS}"),
        (
            replace(WAITS, state=S.TAKEN, at=AT, by_link=True),
            "check",
            f"ссылка отправлена 20.11\u00a011:12, ещё не открыта, {ADDRESS}",
        ),
        (
            replace(WAITS, state=S.TAKEN, at=AT),
            "check",
            f"файл отправлен, сервер принял 20.11\u00a011:12, {ADDRESS}",
        ),
        (
            replace(WAITS, state=S.OPENED, at=AT),
            "checks",
            f"открыто по ссылке 20.11\u00a011:12, {ADDRESS}",
        ),
        (
            replace(WAITS, state=S.NOT_CONFIRMED, address=""),
            "minus",
            "пациент не подтвердил адрес",
        ),
        (replace(WAITS, state=S.NO_ADDRESS, address=""), "minus", "пациент не указал адрес"),
        (
            replace(WAITS, state=S.NOT_SET_UP, address=""),
            "minus",
            "в этом центре не настроена",
        ),
        (replace(WAITS, state=S.UNKNOWN, address=""), "minus", "неизвестно"),
    ],
)
def test_every_state_of_an_e_mail_has_its_words(
    words: RequestWords, one: ChannelDelivery, glyph: str, said: str
) -> None:
    """A centre without e-mail is no fault: it is said as calmly as the rest."""
    assert DeliveryWords(words.time).line(one) == ("Почта", glyph, said)


@pytest.mark.parametrize("fault", [one for one in MailFault if one is not MailFault.UNKNOWN])
def test_every_fault_has_words_of_its_own(words: RequestWords, fault: MailFault) -> None:
    told = DeliveryWords(words.time)
    assert told.fault(fault) != told.fault(MailFault.UNKNOWN)
