"""Signed files that reach higher later: which are to be lifted, and what takes their place."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, RowMapping, Select, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.accounts.names import short_name
from backend.changes import Change
from backend.conclusions.editions import edition_of, keep_former, stored_edition
from backend.conclusions.writing import KeptPdf
from backend.pages import Keyset, Ordinal, Place, PlainId
from backend.problems import conflict
from backend.requests.visible import visible_requests
from backend.rules.actions import DOCTORS
from backend.rules.levels import RENEWED_BEFORE, lower_than
from backend.tables import accounts, conclusion_editions, conclusions, requests
from backend_client.models.accounts import Account
from backend_client.models.catalogue import SigningPolicy
from backend_client.models.common import Page, ProblemCode, RequestId, UtcTime
from backend_client.models.conclusions import ConclusionState, Edition, Liftable


class _Signed(Place, frozen=True, array_like=True):
    """Where a page of those to be lifted ended."""

    signed_at: UtcTime
    request_id: PlainId
    edition: Ordinal


_TABLE: Final = conclusion_editions
TO_LIFT: Final = Keyset(_Signed, (_TABLE.c.signed_at, _TABLE.c.request_id, _TABLE.c.edition))


async def waiting_for_lift(
    connection: AsyncConnection,
    account: Account,
    policy: SigningPolicy | None,
    now: datetime,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[Liftable]:
    """Signed files that prove less than the centre's policy asks for, and those of the highest
    level whose last time stamp ends soon; the oldest first.

    A doctor is told of those of one's own, the clinic's admin of the centre's. None where the
    policy names no time service: nothing could be reached. Raises Refused (invalid).
    """
    terms = policy or SigningPolicy()
    wanted = lower_than(terms.level) if terms.time_services else []
    found = _select().where(visible_requests(account), _due(wanted, now))
    if account.role in DOCTORS:
        found = found.where(_TABLE.c.author_id == account.id)

    def shown(row: RowMapping) -> Liftable:
        return _liftable(row, terms.level.value)

    return await TO_LIFT.page(connection, found, cursor, limit, shown)


async def lift(
    change: Change,
    account: Account,
    request_id: str,
    edition: int,
    replaces: str,
    pdf: KeptPdf,
    now: datetime,
) -> Edition:
    """The lifted PDF takes the place of the one whose SHA-256 is `replaces`, which stays.

    A conclusion that waits for the clinic gets its next version: who was about to approve it has
    to look at the file that is kept now. Raises Refused (not_found, stale_version).
    """
    kept = await stored_edition(change.connection, account, request_id, edition)
    if kept.sha256 != replaces:
        raise conflict(ProblemCode.STALE_VERSION, "Another file is kept by now")
    if pdf.sha256 != replaces:
        await keep_former(change, account, request_id, edition, kept, now)
    values = {
        "sha256": pdf.sha256,
        "size": pdf.size,
        "storage_path": pdf.path,
        "level": pdf.level,
        "sealed_until": pdf.sealed_until,
    }
    # Asked for by the hash as well: of two who lift the same file one is later.
    mine = (_TABLE.c.request_id == request_id) & (_TABLE.c.edition == edition)
    replaced = update(_TABLE).where(mine, _TABLE.c.sha256 == replaces).values(values)
    if not (await change.connection.execute(replaced)).rowcount:
        raise conflict(ProblemCode.STALE_VERSION, "Another file is kept by now")
    await _amend_conclusion(change, request_id, edition, replaces, values)
    change.touch(request_id)  # lists and cards say the level
    return await edition_of(change.connection, account, request_id, edition)


async def _amend_conclusion(
    change: Change, request_id: str, edition: int, replaces: str, values: dict[str, object]
) -> None:
    """The conclusion shows its newest file; one that is being written anew names the old one."""
    table = conclusions
    mine = (table.c.request_id == request_id) & (table.c.sha256 == replaces)
    await change.connection.execute(update(table).where(mine).values(values))
    waits = (table.c.edition == edition) & (table.c.state == ConclusionState.SIGNED)
    newer = {"version": table.c.version + 1}
    await change.connection.execute(
        update(table).where(table.c.request_id == request_id, waits).values(newer)
    )


def _due(wanted: Sequence[str], now: datetime) -> ColumnElement[bool]:
    ends = _TABLE.c.sealed_until < now + RENEWED_BEFORE
    still_good = _TABLE.c.sealed_until > now
    renewed = and_(ends, still_good) if wanted else _TABLE.c.level.in_([])
    return or_(_TABLE.c.level.in_(wanted), renewed)


def _select() -> Select[*tuple[object, ...]]:
    return (
        select(_TABLE, requests.c.number, accounts.c.full_name.label("author_name"))
        .join(requests, requests.c.id == _TABLE.c.request_id)
        .join(accounts, accounts.c.id == _TABLE.c.author_id)
    )


def _liftable(row: RowMapping, wanted: str) -> Liftable:
    return Liftable(
        request_id=RequestId(row["request_id"]),
        request_number=row["number"],
        edition=row["edition"],
        author_name=short_name(row["author_name"]),
        signers=row["signers"],
        sha256=row["sha256"],
        size=row["size"],
        signed_at=row["signed_at"],
        level=row["level"],
        wanted=wanted,
        sealed_until=row["sealed_until"],
    )
