"""Orders with words, and their refusals, as they lie in the outbox."""

import logging
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from backend_client.errors import (
    BackendError,
    ClientTooOld,
    Conflict,
    Forbidden,
    NotFound,
    Rejected,
    ServerFault,
)
from backend_client.models.common import Problem, ProblemCode, RequestId
from backend_client.models.requests import Action, RequestCard
from backend_client.problems import error_of
from workstation.core.pending_action import PendingAction, RefusedAction
from workstation.core.triage_order import SAID_WITH, HeldOrder, Said, TriageOrder

logger = logging.getLogger(__name__)
AnySaid = TypeVar("AnySaid", bound=Said)

STATUSES: dict[type[BackendError], int] = {Forbidden: 403, NotFound: 404, ClientTooOld: 426}
FAULT = 500
"""Of what was given up because the server failed over it again and again."""


class WrittenOrder(msgspec.Struct, frozen=True):
    """The body of an order in the outbox."""

    action: Action
    number: str
    claimed: bool
    """Whether the request was claimed for this order alone."""
    said: msgspec.Raw


@dataclass(frozen=True, slots=True)
class RefusedOrder:
    """An order that the server did not carry out; its words stay until they are forgotten."""

    order: HeldOrder
    error: BackendError

    @property
    def present(self) -> RequestCard | None:
        """What the request is now, where the server has said so (STALE_VERSION)."""
        return self.error.present_as(RequestCard) if isinstance(self.error, Conflict) else None


def checked(order: TriageOrder, kind: type[AnySaid]) -> AnySaid:
    """What is said, as an order of that kind needs it. Raises Rejected for words that the server
    would not take: empty, too long."""
    if not isinstance(order.said, kind):
        raise TypeError(f"{order.action} says {kind.__name__}")
    try:
        return msgspec.convert(msgspec.to_builtins(order.said), kind)
    except msgspec.ValidationError as error:
        raise Rejected(400, ProblemCode.INVALID) from error


def written(order: TriageOrder, number: str, *, claimed: bool) -> bytes:
    """The order's words for the outbox."""
    said = msgspec.Raw(msgspec.json.encode(order.said))
    return msgspec.json.encode(WrittenOrder(order.action, number, claimed, said))


def was_claimed(action: PendingAction) -> bool:
    """Whether the request was claimed for this order alone."""
    try:
        return msgspec.json.decode(action.body, type=WrittenOrder).claimed
    except msgspec.MsgspecError:
        return False


def read_order(action: PendingAction) -> HeldOrder | None:
    """The order with its words; None: another version of the program has written it."""
    try:
        kept = msgspec.json.decode(action.body, type=WrittenOrder)
        said: Said = msgspec.json.decode(kept.said, type=SAID_WITH[kept.action])
    except (msgspec.MsgspecError, KeyError):
        logger.warning("order %s is of another version of the program", action.key)
        return None
    order = TriageOrder(RequestId(action.target), kept.action, said)
    return HeldOrder(action.key, order, kept.number, action.not_before)


def written_refusal(error: BackendError) -> bytes:
    """The refusal as a problem document."""
    return msgspec.json.encode(_problem(error))


def read_refused(kept: RefusedAction) -> RefusedOrder | None:
    """The order with the error it met; None as of `read_order`."""
    order = read_order(kept.action)
    if order is None:
        return None
    status = msgspec.json.decode(kept.refusal, type=Problem).status
    return RefusedOrder(order, error_of(status, {}, kept.refusal))


def _problem(error: BackendError) -> Problem:
    if isinstance(error, Conflict):
        present = None if error.present is None else dict(error.present)
        return Problem(
            status=409,
            title="",
            code=error.code,
            owner_name=error.owner_name,
            present=present,
            detail=error.detail,
        )
    if isinstance(error, Rejected | ServerFault):
        code = error.code if isinstance(error, Rejected) else ProblemCode.UNKNOWN
        return Problem(status=error.status, title="", code=code)
    return Problem(status=STATUSES.get(type(error), FAULT), title="")
