"""Claims: who works on a request. A conditional update decides; of two doctors one is late."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from backend.accounts.names import short_name
from backend.changes import Change
from backend.problems import claimed_by_other, forbidden, move_not_allowed, not_found
from backend.requests.visible import visible_requests
from backend.rules.actions import DOCTORS
from backend.rules.history import claimed_by, released_by
from backend.rules.status import MoveNotAllowed, moved
from backend.tables import accounts, history, requests
from backend_client.models.accounts import Account
from backend_client.models.requests import Action, RequestStatus

TRIES = 5
"""How often others may be quicker before the doctor is told to look again."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a claim depends on, as it stands."""

    version: int
    status: RequestStatus
    status_before_claim: RequestStatus | None
    owner_id: str | None
    owner_name: str | None


async def claim(change: Change, account: Account, request_id: str, now: datetime) -> None:
    """Makes the request the account's; it may be so already.

    Raises Refused (not_found, forbidden, claimed_by_other, move_not_allowed).
    """
    for _ in range(TRIES):
        standing = await _standing(change, account, request_id)
        if standing.owner_id == account.id:
            return
        _refuse_others(standing)
        values = {
            "status": _moved(Action.CLAIM, standing),
            "status_before_claim": standing.status,
            "owner_id": account.id,
            "claimed_at": now,
        }
        if await _update(change, request_id, standing, values, now):
            await _tell(change, request_id, claimed_by(account.short_name), now)
            return
    raise move_not_allowed()


async def release(change: Change, account: Account, request_id: str, now: datetime) -> None:
    """Gives the account's request back to where it was before the claim.

    Raises Refused (not_found, forbidden, claimed_by_other, move_not_allowed).
    """
    standing = await _standing(change, account, request_id)
    if standing.owner_id != account.id:
        _refuse_others(standing)
        raise move_not_allowed()
    values = {
        "status": _moved(Action.RELEASE, standing),
        "status_before_claim": None,
        "owner_id": None,
        "claimed_at": None,
    }
    if not await _update(change, request_id, standing, values, now):
        raise move_not_allowed()
    await _tell(change, request_id, released_by(account.short_name), now)


async def _standing(change: Change, account: Account, request_id: str) -> Standing:
    found = (
        select(
            requests.c.version,
            requests.c.status,
            requests.c.status_before_claim,
            requests.c.owner_id,
            accounts.c.full_name,
        )
        .outerjoin(accounts, accounts.c.id == requests.c.owner_id)
        .where(requests.c.id == request_id, visible_requests(account))
    )
    row = (await change.connection.execute(found)).first()
    if row is None:
        raise not_found()
    if account.role not in DOCTORS:
        raise forbidden()
    return Standing(*row)


def _refuse_others(standing: Standing) -> None:
    if standing.owner_name is not None:
        raise claimed_by_other(short_name(standing.owner_name))


def _moved(action: Action, standing: Standing) -> RequestStatus:
    try:
        return moved(action, standing.status, standing.status_before_claim)
    except MoveNotAllowed as error:
        raise move_not_allowed() from error


async def _update(
    change: Change,
    request_id: str,
    standing: Standing,
    values: Mapping[str, object],
    now: datetime,
) -> bool:
    """Whether nobody was quicker: the version is still the one that was looked at."""
    unchanged = (requests.c.id == request_id) & (requests.c.version == standing.version)
    stamped = {**values, "version": standing.version + 1, "changed_at": now}
    result = await change.connection.execute(update(requests).where(unchanged).values(stamped))
    return result.rowcount == 1


async def _tell(change: Change, request_id: str, text: str, now: datetime) -> None:
    row = {"request_id": request_id, "at": now, "text": text}
    await change.connection.execute(insert(history).values(row))
    change.touch(request_id)
