"""A conclusion becomes the patient's: on the own page, in the chat, and by e-mail (SPB-21)."""

import uuid
from datetime import datetime

from sqlalchemy import insert, update

from backend.accounts.names import short_name
from backend.changes import Change
from backend.conclusions.editions import amend_edition
from backend.events.log import Kind
from backend.mail.outbox import queue_conclusion
from backend.requests.moving import Standing, move, standing_of
from backend.rules import history as lines
from backend.rules.status import Step, can_move
from backend.tables import conclusions, messages, requests
from backend_client.models.conclusions import Conclusion, ConclusionState
from backend_client.models.messages import Side


async def deliver(change: Change, standing: Standing, known: Conclusion, now: datetime) -> Standing:
    """On all its ways at once; from here on the chat takes no more messages.

    Raises Refused (move_not_allowed).
    """
    delivered = {"state": ConclusionState.DELIVERED, "delivered_at": now}
    await update_conclusion(change, standing.id, **delivered)
    await amend_edition(change, known, delivered_at=now)
    said = await _say(change, standing, known, now)
    await queue_conclusion(change, standing.id, known.edition, now)
    if known.correction:  # the consultation was paid for with its first edition (DRC-17)
        said |= {"quota_left": requests.c.quota_left}
        return await move(change, standing, Step.DELIVER, now, lines.CORRECTED_DELIVERED, **said)
    return await move(change, standing, Step.DELIVER, now, lines.SIGNED_DELIVERED, **said)


async def received(change: Change, request_id: str, now: datetime) -> None:
    """The patient has the PDF: the request is closed, once."""
    standing = await standing_of(change, request_id)
    if can_move(Step.CLOSE, standing.status):
        await move(change, standing, Step.CLOSE, now, lines.PATIENT_READ)


async def update_conclusion(change: Change, request_id: str, **values: object) -> None:
    """What the request's conclusion is now."""
    which = conclusions.c.request_id == request_id
    await change.connection.execute(update(conclusions).where(which).values(values))


async def _say(
    change: Change, standing: Standing, known: Conclusion, now: datetime
) -> dict[str, object]:
    """The message with the document, the chat's last one; what of the request it changes."""
    number = f"{standing.number} / {known.edition}"
    message_id = str(uuid.uuid4())
    row = {
        "id": message_id,
        "request_id": standing.id,
        "number": standing.last_message + 1,
        "side": Side.DOCTOR,
        "author_name": short_name(known.author_name),
        "text": lines.document_in_chat(number, is_corrected=bool(known.correction)),
        "sent_at": now,
        "edition": known.edition,
    }
    await change.connection.execute(insert(messages).values(row))
    change.tell(standing.id, Kind.MESSAGE, message_id)
    return {
        "was_delivered": True,
        "last_message": standing.last_message + 1,
        "unread_by_patient": requests.c.unread_by_patient + 1,
    }
