"""Moves of a request inside a transaction: looked at and locked, moved by the table, told."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, insert, select, update

from backend.accounts.names import short_name
from backend.changes import Change
from backend.problems import claimed_by_other, forbidden, move_not_allowed, not_found
from backend.requests.visible import visible_requests
from backend.rules.actions import DOCTORS
from backend.rules.status import MoveNotAllowed, Step, can_move, is_open, moved
from backend.tables import accounts, history, requests
from backend_client.models.accounts import Account
from backend_client.models.requests import Action, RequestStatus
from backend_client.models.routes import Route


@dataclass(frozen=True, slots=True)
class Standing:
    """A request as it stands, locked until the transaction's end."""

    id: str
    centre_id: str
    number: str
    version: int
    status: RequestStatus
    route: Route
    owner_id: str | None
    last_message: int
    owner_name: str | None
    """Full name."""


async def standing_for(change: Change, account: Account, request_id: str) -> Standing:
    """Of a request that the account sees; raises Refused (not_found)."""
    return await _standing(change, (requests.c.id == request_id) & visible_requests(account))


async def standing_of(change: Change, request_id: str) -> Standing:
    """For who has a right to exactly this request; raises Refused (not_found)."""
    return await _standing(change, requests.c.id == request_id)


async def owned_by(change: Change, account: Account, request_id: str) -> Standing:
    """Of a request that this doctor holds.

    Raises Refused (not_found, forbidden, claimed_by_other, move_not_allowed).
    """
    standing = await standing_for(change, account, request_id)
    if account.role not in DOCTORS:
        raise forbidden()
    if standing.owner_id is None or standing.owner_name is None:
        raise move_not_allowed()
    if standing.owner_id != account.id:
        raise claimed_by_other(short_name(standing.owner_name))
    return standing


def refuse_unless_possible(action: Action | Step, standing: Standing) -> None:
    """Raises Refused (move_not_allowed) where the table has no such move from here."""
    if not can_move(action, standing.status):
        raise move_not_allowed()


async def move(
    change: Change,
    standing: Standing,
    action: Action | Step,
    now: datetime,
    text: str | None = None,
    **values: object,
) -> Standing:
    """Moves it by the table with a line of history, other values changed along with it.

    Raises Refused (move_not_allowed).
    """
    try:
        status = moved(action, standing.status)
    except MoveNotAllowed as error:
        raise move_not_allowed() from error
    stamped = {
        "status": status,
        "is_open": is_open(status),
        "version": standing.version + 1,
        "changed_at": now,
        **values,
    }
    found = update(requests).where(requests.c.id == standing.id)
    await change.connection.execute(found.values(stamped))
    if text is not None:
        await note(change, standing.id, text, now)
    change.touch(standing.id)
    return await standing_of(change, standing.id)


async def note(change: Change, request_id: str, text: str, now: datetime) -> None:
    """A line of history; the request's subscribers are told."""
    row = {"request_id": request_id, "at": now, "text": text}
    await change.connection.execute(insert(history).values(row))
    change.touch(request_id)


async def _standing(change: Change, which: ColumnElement[bool]) -> Standing:
    found = (
        select(
            requests.c.id,
            requests.c.centre_id,
            requests.c.number,
            requests.c.version,
            requests.c.status,
            requests.c.route,
            requests.c.owner_id,
            requests.c.last_message,
            accounts.c.full_name,
        )
        .outerjoin(accounts, accounts.c.id == requests.c.owner_id)
        .where(which)
        .with_for_update(of=requests)
    )
    row = (await change.connection.execute(found)).first()
    if row is None:
        raise not_found()
    return Standing(*row)
