"""Claims: who works on a request. A conditional update decides; of two doctors one is late.

A claim is on a lease (docs/decisions/0012): a doctor whose program is gone loses a case on which
nothing was begun. What has a proposed time, an appointment or a draft is on no lease.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, insert, select, update

from backend.accounts.names import short_name
from backend.changes import Change
from backend.problems import (
    claimed_by_other,
    forbidden,
    move_not_allowed,
    nobody_holds,
    not_found,
)
from backend.requests.visible import visible_requests
from backend.rules.actions import DOCTORS
from backend.rules.history import LEASE_OVER, claimed_by, released_by
from backend.rules.status import MoveNotAllowed, Step, is_open, moved
from backend.tables import accounts, history, requests
from backend_client.models.accounts import Account
from backend_client.models.requests import Action, RequestStatus

TRIES = 3
"""Once for luck; then the row is held, and it is claimed, or a lease that is over ends first."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a claim depends on, as it stands."""

    version: int
    status: RequestStatus
    status_before_claim: RequestStatus | None
    owner_id: str | None
    owner_name: str | None
    lease_until: datetime | None


BARE = (  # Whatever begins work ends the lease (`end_lease`, `moving.move`).
    (requests.c.status == RequestStatus.CLAIMED)
    & requests.c.lease_until.is_not(None)
    & requests.c.status_before_claim.is_not(None)
)
"""Claims on a lease: nothing was begun since, and there is somewhere to go back to."""


def lease_is_over(now: datetime) -> ColumnElement[bool]:
    """A condition on `requests`: the lease was not renewed."""
    return BARE & (requests.c.lease_until <= now)


async def claim(
    change: Change, account: Account, request_id: str, now: datetime, lease: timedelta
) -> RequestStatus | None:
    """Makes the request the account's for the time of the lease; answers what it was before.

    None: it is the account's already. Another doctor's lease that is over ends here. Raises Refused
    (not_found, forbidden, claimed_by_other, move_not_allowed).
    """
    for tried in range(TRIES):
        standing = await _standing(change, account, request_id, is_held=tried > 0)
        if standing.owner_id == account.id and is_open(standing.status):
            return None
        if standing.owner_id is not None and await expire_claim(change, request_id, now):
            continue
        if is_open(standing.status):
            _refuse_others(standing)
        values = {
            "status": _moved(Action.CLAIM, standing),
            "status_before_claim": standing.status,
            "owner_id": account.id,
            "claimed_at": now,
            "lease_until": now + lease,
        }
        if await _update(change, request_id, standing, values, now):
            await _tell(change, request_id, claimed_by(account.short_name), now)
            return standing.status
    raise move_not_allowed("others were quicker: look at the request again")


async def release(change: Change, account: Account, request_id: str, now: datetime) -> None:
    """Gives the account's request back to where it was before the claim.

    Raises Refused (not_found, forbidden, claimed_by_other, move_not_allowed).
    """
    # Held: nothing that comes in between, such as a patient's message, stands in the way.
    standing = await _standing(change, account, request_id, is_held=True)
    _refuse_unless_mine(standing, account)
    values = {
        "status": _moved(Action.RELEASE, standing),
        "status_before_claim": None,
        "owner_id": None,
        "claimed_at": None,
        "lease_until": None,
    }
    await _update(change, request_id, standing, values, now)
    await _tell(change, request_id, released_by(account.short_name), now)


async def beat(
    change: Change, account: Account, request_id: str, now: datetime, lease: timedelta
) -> datetime | None:
    """The owner's program is there: the lease begins anew. Tells nobody: nothing is new to others.

    None: the claim is on no lease. Raises Refused (not_found, forbidden, claimed_by_other,
    move_not_allowed where the claim is over).
    """
    mine = (requests.c.id == request_id) & (requests.c.owner_id == account.id) & BARE
    renewed = (
        update(requests).where(mine, visible_requests(account)).values(lease_until=now + lease)
    )
    result = await change.connection.execute(renewed)
    # Looked at behind the update: what was true before it may be over by now.
    standing = await _standing(change, account, request_id)
    _refuse_unless_mine(standing, account)
    return now + lease if result.rowcount else None


async def end_lease(change: Change, request_id: str) -> None:
    """Work was begun: the case stays with its doctor from now on (OZ-12)."""
    leased = (requests.c.id == request_id) & requests.c.lease_until.is_not(None)
    values = {"lease_until": None, "version": requests.c.version + 1}
    ended = await change.connection.execute(update(requests).where(leased).values(values))
    if ended.rowcount:
        change.touch(request_id)


async def expire_claim(change: Change, request_id: str, now: datetime) -> bool:
    """Gives a request whose lease is over back to where it was; answers whether it was so."""
    over = (requests.c.id == request_id) & lease_is_over(now)
    # Held: a document that arrives meanwhile may change where it goes back to.
    found = select(requests.c.status_before_claim).where(over).with_for_update()
    row = (await change.connection.execute(found)).first()
    if row is None:
        return False
    values = {
        "status": moved(Step.LEASE_OVER, RequestStatus.CLAIMED, row.status_before_claim),
        "status_before_claim": None,
        "owner_id": None,
        "claimed_at": None,
        "lease_until": None,
        "version": requests.c.version + 1,
        "changed_at": now,
    }
    mine = requests.c.id == request_id
    await change.connection.execute(update(requests).where(mine).values(values))
    await _tell(change, request_id, LEASE_OVER, now)
    return True


async def _standing(
    change: Change, account: Account, request_id: str, *, is_held: bool = False
) -> Standing:
    """Held: nobody changes it until the transaction's end."""
    found = (
        select(
            requests.c.version,
            requests.c.status,
            requests.c.status_before_claim,
            requests.c.owner_id,
            accounts.c.full_name,
            requests.c.lease_until,
        )
        .outerjoin(accounts, accounts.c.id == requests.c.owner_id)
        .where(requests.c.id == request_id, visible_requests(account))
    )
    if is_held:
        found = found.with_for_update(of=requests)
    row = (await change.connection.execute(found)).first()
    if row is None:
        raise not_found()
    if account.role not in DOCTORS:
        raise forbidden()
    return Standing(*row)


def _refuse_others(standing: Standing) -> None:
    if standing.owner_name is not None:
        raise claimed_by_other(short_name(standing.owner_name))


def _refuse_unless_mine(standing: Standing, account: Account) -> None:
    if standing.owner_id != account.id:
        _refuse_others(standing)
        raise nobody_holds(standing.status)


def _moved(action: Action, standing: Standing) -> RequestStatus:
    try:
        return moved(action, standing.status, standing.status_before_claim)
    except MoveNotAllowed as error:
        raise move_not_allowed(str(error)) from error


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
