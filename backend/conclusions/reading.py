"""Conclusions as the contract has them, and the list of those that wait for approval."""

import msgspec
from sqlalchemy import ColumnElement, RowMapping, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.accounts.names import short_name
from backend.conclusions.signatures import Signer
from backend.conclusions.standing import signers_wanted, unopened_count
from backend.pages import Keyset, Place, PlainId
from backend.problems import not_found
from backend.requests.visible import visible_requests
from backend.rules.approvals import needs_approval
from backend.tables import accounts, conclusions, patients, requests
from backend_client.models.accounts import Account
from backend_client.models.common import Page, RequestId, UserId, UtcTime
from backend_client.models.conclusions import (
    Approval,
    Conclusion,
    ConclusionForm,
    ConclusionState,
)

approver = accounts.alias("approver")
COLUMNS = (
    conclusions,
    requests.c.route,
    requests.c.number,
    requests.c.needs_approval,
    requests.c.diagnosis,
    accounts.c.full_name.label("author_name"),
    accounts.c.post.label("author_post"),
    approver.c.full_name.label("approver_name"),
    patients.c.full_name.label("patient_name"),
)


async def conclusion_of(
    connection: AsyncConnection, account: Account, request_id: str
) -> Conclusion:
    """Raises Refused (not_found), for another centre's and where there is none."""
    row = await _row(connection, _visible(account, request_id))
    if row is None:
        raise not_found()
    return _conclusion(row)


async def known_conclusion(
    connection: AsyncConnection, account: Account, request_id: str
) -> Conclusion | None:
    """As conclusion_of; None where there is none."""
    row = await _row(connection, _visible(account, request_id))
    return None if row is None else _conclusion(row)


class _Signed(Place, frozen=True, array_like=True):
    """Where a page of the waiting ones ended."""

    signed_at: UtcTime
    request_id: PlainId


WAITING = Keyset(_Signed, (conclusions.c.signed_at, conclusions.c.request_id))


async def waiting_for_approval(
    connection: AsyncConnection,
    account: Account,
    cursor: str | None,
    limit: int,
    wanted: str,
) -> Page[Approval]:
    """Signed conclusions of the account's centre, which asks for the level `wanted`; the oldest
    first. Raises Refused (invalid)."""
    signed = conclusions.c.state == ConclusionState.SIGNED
    left = unopened_count(conclusions.c.author_id, conclusions.c.signed_at)
    found = _select().add_columns(left.label("unopened")).where(visible_requests(account), signed)

    def shown(row: RowMapping) -> Approval:
        return _approval(row, account.centre_name, wanted)

    return await WAITING.page(connection, found, cursor, limit, shown)


async def author_of(connection: AsyncConnection, request_id: str) -> Signer:
    """Who must have signed first; raises Refused (not_found)."""
    found = (
        select(accounts.c.full_name, accounts.c.snils)
        .join(conclusions, conclusions.c.author_id == accounts.c.id)
        .where(conclusions.c.request_id == request_id)
    )
    row = (await connection.execute(found)).first()
    if row is None:
        raise not_found()
    return Signer(row.full_name, row.snils)


async def stored_path(connection: AsyncConnection, request_id: str) -> str:
    """Where the kept PDF lies; raises Refused (not_found)."""
    found = select(conclusions.c.storage_path).where(conclusions.c.request_id == request_id)
    path: str | None = (await connection.execute(found)).scalar()
    if path is None:
        raise not_found()
    return path


def _select() -> Select[*tuple[object, ...]]:
    return (
        select(*COLUMNS)
        .join(requests, requests.c.id == conclusions.c.request_id)
        .join(patients, patients.c.id == requests.c.patient_id)
        .join(accounts, accounts.c.id == conclusions.c.author_id)
        .outerjoin(approver, approver.c.id == conclusions.c.approved_by)
    )


def _visible(account: Account, request_id: str) -> ColumnElement[bool]:
    return visible_requests(account) & (requests.c.id == request_id)


async def _row(connection: AsyncConnection, which: ColumnElement[bool]) -> RowMapping | None:
    return (await connection.execute(_select().where(which))).mappings().first()


def _conclusion(row: RowMapping) -> Conclusion:
    return Conclusion(
        request_id=RequestId(row["request_id"]),
        version=row["version"],
        state=row["state"],
        form=msgspec.convert(row["form"], ConclusionForm),
        author_id=UserId(row["author_id"]),
        author_name=row["author_name"],
        needs_approval=needs_approval(row["route"], row["needs_approval"]),
        signers=row["signers"],
        sha256=row["sha256"] or "",
        size=row["size"] or 0,
        signed_at=row["signed_at"],
        approved_at=row["approved_at"],
        approved_by=short_name(row["approver_name"] or ""),
        return_reason=row["return_reason"],
        delivered_at=row["delivered_at"],
        changed_at=row["changed_at"],
        edition=row["edition"],
        code=row["code"] or "",
        correction=row["correction"],
        level=row["level"],
    )


def _approval(row: RowMapping, centre_name: str, wanted: str) -> Approval:
    return Approval(
        request_id=RequestId(row["request_id"]),
        request_number=row["number"],
        patient_name=row["patient_name"],
        diagnosis=row["diagnosis"],
        author_name=short_name(row["author_name"]),
        version=row["version"],
        signed_at=row["signed_at"],
        sha256=row["sha256"],
        size=row["size"],
        edition=row["edition"],
        level=row["level"],
        wanted=wanted,
        signers=row["signers"],
        signers_wanted=signers_wanted(row),
        centre_name=centre_name,
        author_post=row["author_post"],
        route=row["route"],
        unopened=row["unopened"],
        unopened_reason=row["form"].get("unopened_reason", ""),
    )
