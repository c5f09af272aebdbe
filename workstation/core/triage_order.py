"""What a doctor orders about a request from the queue: held for a moment, then carried out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from backend_client.models.common import RequestId
from backend_client.models.request_actions import (
    ActWithNote,
    AskDocuments,
    CloseWithoutConclusion,
    Decline,
    EndWithNote,
    MarkItem,
    MarkLifeThreat,
)
from backend_client.models.requests import Action
from backend_client.models.snoozing import LayAside, TakeUp

Said = (
    ActWithNote
    | AskDocuments
    | CloseWithoutConclusion
    | Decline
    | EndWithNote
    | LayAside
    | MarkItem
    | MarkLifeThreat
    | TakeUp
)
SAID_WITH: Mapping[Action, type[Said]] = {
    Action.ASK_DOCUMENTS: AskDocuments,
    Action.DECLINE: Decline,
    Action.OUT_OF_PROFILE: EndWithNote,
    Action.INVITE_IN_PERSON: EndWithNote,
    Action.RECOMMEND_INPATIENT: EndWithNote,
    Action.CLOSE_WITHOUT_CONCLUSION: CloseWithoutConclusion,
    Action.CONVERT: ActWithNote,
    Action.MARK_ITEM: MarkItem,
    Action.MARK_LIFE_THREAT: MarkLifeThreat,
    Action.SNOOZE: LayAside,
    Action.WAKE: TakeUp,
}
"""What each order with words says. CLAIM and RELEASE have none; no other action is ordered here."""
HELD_S = 10.0
"""How long an order can be taken back before it is carried out."""
HELD = frozenset(
    {
        Action.ASK_DOCUMENTS,
        Action.DECLINE,
        Action.OUT_OF_PROFILE,
        Action.INVITE_IN_PERSON,
        Action.RECOMMEND_INPATIENT,
        Action.CLOSE_WITHOUT_CONCLUSION,
        Action.CONVERT,
        Action.MARK_LIFE_THREAT,
    }
)
"""What the patient is told of, or what ends the request: it waits. The others are done at once, and
are taken back by their opposite; so is a threat to life where another order waits."""

FOR_ONESELF = frozenset({Action.SNOOZE, Action.WAKE})
"""What concerns the doctor's own lists alone: it needs no claim, is done at once, and waits in the
outbox where there is no connection."""


@dataclass(frozen=True, slots=True)
class TriageOrder:
    """One order; `said` carries the version of the row that the doctor saw."""

    request_id: RequestId
    action: Action
    said: Said | None = None
    """None: of CLAIM and RELEASE, which have no words."""


@dataclass(frozen=True, slots=True)
class HeldOrder:
    """An order that can still be taken back."""

    key: str
    """Idempotency key of what will be sent."""
    order: TriageOrder
    number: str
    """The request's number, as people say it."""
    carried_out_at: datetime | None
    """Aware, by the server's clock; None: it is done, and undone by its opposite."""
