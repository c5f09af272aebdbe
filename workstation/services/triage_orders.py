"""Single orders from the queue: what they stand upon, how they are sent, and their opposites."""

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from backend_client.models.request_actions import (
    ActWithNote,
    AskDocuments,
    CloseWithoutConclusion,
    Decline,
    EndWithNote,
    MarkItem,
    MarkLifeThreat,
)
from backend_client.models.requests import Action, ItemState, RequestCard, RequestRow
from backend_client.models.snoozing import LayAside, TakeUp
from workstation.core.triage_order import TriageOrder

if TYPE_CHECKING:
    from backend_client.request_actions import RequestActionsResource

JUDGED = (
    *("route", "urgency", "life_threat", "patient", "diagnosis", "profile_match", "care_setting"),
    *("checklist", "missing_documents", "unread_messages", "appointment_at"),
)
"""Fields of a row upon which the doctor decides; who has the request is none of them."""


def is_same_case(row: RequestRow, other: RequestRow) -> bool:
    """Whether both states give the doctor the same to decide upon."""
    return all(getattr(row, name) == getattr(other, name) for name in JUDGED)


def stands_upon_any(order: TriageOrder) -> bool:
    """A threat to life is one whatever else has changed."""
    return isinstance(order.said, MarkLifeThreat)


def upon(order: TriageOrder, version: int) -> TriageOrder:
    """The order upon this version of the request."""
    if order.said is None or stands_upon_any(order):
        return order
    return replace(order, said=msgspec.structs.replace(order.said, version=version))


def opposite(mark: TriageOrder, before: RequestRow) -> TriageOrder:
    """What brings a mark back to what it was, whatever else has changed since."""
    if isinstance(mark.said, MarkItem):
        code, items = mark.said.item, before.checklist
        reasons = {one.code: one.reason for one in items if one.state is ItemState.NOT_APPLICABLE}
        return replace(mark, said=MarkItem(item=code, reason=reasons.get(code, "")))
    return replace(mark, said=MarkLifeThreat(life_threat=before.life_threat))


async def send_order(
    actions: "RequestActionsResource", order: TriageOrder, key: str
) -> RequestCard:
    """Brings an order with words to the server; answers the card. Raises BackendError."""
    target = order.request_id
    match order.action, order.said:
        case Action.ASK_DOCUMENTS, AskDocuments() as asked:
            return await actions.ask_documents(target, asked, key=key)
        case Action.DECLINE, Decline() as declined:
            return await actions.decline(target, declined, key=key)
        case Action.OUT_OF_PROFILE, EndWithNote() as end:
            return await actions.out_of_profile(target, end, key=key)
        case Action.INVITE_IN_PERSON, EndWithNote() as end:
            return await actions.invite_in_person(target, end, key=key)
        case Action.RECOMMEND_INPATIENT, EndWithNote() as end:
            return await actions.recommend_inpatient(target, end, key=key)
        case Action.CLOSE_WITHOUT_CONCLUSION, CloseWithoutConclusion() as closed:
            return await actions.close_without_conclusion(target, closed, key=key)
        case Action.CONVERT, ActWithNote() as converted:
            return await actions.convert(target, converted, key=key)
        case Action.MARK_ITEM, MarkItem() as item:
            return await actions.mark_item(target, item, key=key)
        case Action.MARK_LIFE_THREAT, MarkLifeThreat() as threat:
            return await actions.mark_life_threat(target, threat, key=key)
        case Action.SNOOZE, LayAside() as aside:
            return await actions.snooze(target, aside, key=key)
        case Action.WAKE, TakeUp() as taken_up:
            return await actions.wake(target, taken_up, key=key)
    raise TypeError(f"{order.action} is not sent with {type(order.said).__name__}")
