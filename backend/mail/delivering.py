"""How far a conclusion has come on each way, as staff see it, and sending it again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, and_, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.changes import Change
from backend.conclusions.editions import was_delivered
from backend.mail.addresses import masked
from backend.mail.outbox import queue_again
from backend.problems import move_not_allowed, not_found
from backend.requests.consents import is_withdrawn
from backend.requests.moving import note, owned_by, standing_for
from backend.requests.visible import visible_requests
from backend.rules import history as lines
from backend.rules.actions import APPROVERS
from backend.rules.catalogues import Catalogues
from backend.tables import (
    conclusion_editions,
    mail_links,
    mails,
    messages,
    patient_emails,
    requests,
)
from backend_client.models.accounts import Account
from backend_client.models.catalogue import ConclusionMail
from backend_client.models.common import RequestId
from backend_client.models.delivery import (
    ChannelDelivery,
    Delivery,
    DeliveryChannel,
    DeliveryState,
    MailFault,
)

SENDING = (ConclusionMail.LINK, ConclusionMail.ATTACHMENT)
editions = conclusion_editions.alias("delivered")
DONE = (DeliveryState.TAKEN, DeliveryState.OPENED)


@dataclass(frozen=True, slots=True)
class Deliveries:
    """Reads ways inside a transaction of the caller."""

    catalogues: Catalogues
    has_mail_server: bool

    def sends_mail(self, centre_id: str) -> bool:
        """Whether a conclusion of this centre goes to e-mail at all."""
        form = self.catalogues.newest(centre_id).conclusion_mail
        return self.has_mail_server and form in SENDING

    async def of(
        self, connection: AsyncConnection, account: Account, request_id: str, now: datetime
    ) -> Delivery:
        """Raises Refused (not_found)."""
        row = await _row(connection, account, request_id, now)
        may = account.role in APPROVERS or row["owner_id"] == account.id
        ways = [_page(row), _chat(row), self._email(row, may=may)]
        return Delivery(
            request_id=RequestId(request_id),
            edition=row["edition"] or 0,
            delivered_at=row["delivered_at"],
            channels=ways,
        )

    async def send_again(
        self, change: Change, account: Account, request_id: str, now: datetime
    ) -> Delivery:
        """What has failed is tried anew, as a new letter.

        Raises Refused (not_found, forbidden, claimed_by_other, move_not_allowed).
        """
        holder = standing_for if account.role in APPROVERS else owned_by
        await holder(change, account, request_id)
        known = await self.of(change.connection, account, request_id, now)
        if not any(one.may_send_again for one in known.channels):
            raise move_not_allowed("there is nothing to send again by e-mail")
        await queue_again(change, request_id, known.edition, now)
        await note(change, request_id, lines.mailed_again(account.short_name), now)
        return await self.of(change.connection, account, request_id, now)

    def _email(self, row: RowMapping, *, may: bool) -> ChannelDelivery:
        state, fault = self._state(row)
        has_failed = state is DeliveryState.FAILED
        can = has_failed and fault is not MailFault.REPLACED and not row["withdrawn"]
        waits = state is DeliveryState.WAITING
        address = row["mailed_to"] if state in DONE or has_failed else row["address"]
        return ChannelDelivery(
            channel=DeliveryChannel.EMAIL,
            state=state,
            at=_moments(row).get(state),
            fault=fault,
            tries=row["tries"] or 0,
            next_at=row["due_at"] if waits and row["tries"] else None,
            address=masked(address or ""),
            by_link=bool(row["by_link"]),
            may_send_again=may and can and row["confirmed_at"] is not None,
        )

    def _state(self, row: RowMapping) -> tuple[DeliveryState, MailFault | None]:
        known: DeliveryState | None = row["mail_state"]
        if row["mail_opened_at"] is not None:
            return DeliveryState.OPENED, None
        if known is DeliveryState.TAKEN and row["by_link"] and not row["has_good_link"]:
            return DeliveryState.FAILED, MailFault.LINK_OVER
        if known is DeliveryState.TAKEN:
            return known, None
        if not self.sends_mail(row["centre_id"]):
            return DeliveryState.NOT_SET_UP, None
        if row["address"] is None:
            return DeliveryState.NO_ADDRESS, None
        if row["confirmed_at"] is None:
            return DeliveryState.NOT_CONFIRMED, None
        fault = MailFault(row["reason"]) if row["reason"] else None
        return known or DeliveryState.WAITING, fault


def _page(row: RowMapping) -> ChannelDelivery:
    states = (DeliveryState.WAITING, DeliveryState.SENT, DeliveryState.OPENED)
    moments = (None, row["delivered_at"], row["opened_at"])
    reached = max(number for number, at in enumerate(moments) if at is not None or not number)
    page = DeliveryChannel.PAGE
    return ChannelDelivery(channel=page, state=states[reached], at=moments[reached])


def _chat(row: RowMapping) -> ChannelDelivery:
    chat, number = DeliveryChannel.CHAT, row["message"]
    if number is None:
        return ChannelDelivery(channel=chat, state=DeliveryState.WAITING)
    is_read = row["patient_read"] >= number
    state = DeliveryState.OPENED if is_read else DeliveryState.SENT
    return ChannelDelivery(channel=chat, state=state, at=None if is_read else row["said_at"])


def _moments(row: RowMapping) -> dict[DeliveryState, datetime | None]:
    return {
        DeliveryState.TAKEN: row["taken_at"],
        DeliveryState.OPENED: row["mail_opened_at"],
        DeliveryState.WAITING: row["queued_at"],
    }


async def _row(
    connection: AsyncConnection, account: Account, request_id: str, now: datetime
) -> RowMapping:
    emails = patient_emails
    newest = was_delivered(requests.c.id).correlate(requests).scalar_subquery()
    of_edition = and_(editions.c.request_id == requests.c.id, editions.c.edition == newest)
    of_mail = and_(mails.c.request_id == requests.c.id, mails.c.edition == editions.c.edition)
    of_chat = and_(messages.c.request_id == requests.c.id, messages.c.edition == newest)
    found = (
        select(*_columns(now))
        .select_from(requests)
        .outerjoin(editions, of_edition)
        .outerjoin(mails, of_mail)
        .outerjoin(messages, of_chat)
        .outerjoin(emails, emails.c.patient_id == requests.c.patient_id)
        .where(requests.c.id == request_id, visible_requests(account))
    )
    row = (await connection.execute(found)).mappings().first()
    if row is None:
        raise not_found()
    return row


def _columns(now: datetime) -> Iterator[Any]:
    good = (mail_links.c.mail_id == mails.c.id) & (mail_links.c.expires_at > now)
    yield from (requests.c[name] for name in ("id", "centre_id", "owner_id", "patient_read"))
    yield from (editions.c[one] for one in ("edition", "delivered_at", "opened_at"))
    yield from (mails.c[name] for name in ("tries", "due_at", "queued_at", "taken_at", "by_link"))
    yield mails.c.state.label("mail_state")
    yield func.coalesce(mails.c.reason, "").label("reason")
    yield mails.c.opened_at.label("mail_opened_at")
    yield mails.c.address.label("mailed_to")
    yield messages.c.number.label("message")
    yield messages.c.sent_at.label("said_at")
    yield from (patient_emails.c[name] for name in ("address", "confirmed_at"))
    yield exists().where(good).label("has_good_link")
    yield is_withdrawn(requests.c.id).label("withdrawn")
