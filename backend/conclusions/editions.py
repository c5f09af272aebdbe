"""Every signed file of a request stays: numbered, with its text, under a code of its own."""

import secrets
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import RowMapping, Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.accounts.names import short_name
from backend.changes import Change
from backend.conclusions.signatures import bad_signature
from backend.pages import Keyset, Ordinal, Place
from backend.problems import not_found
from backend.requests.visible import refuse_unseen
from backend.tables import accounts, conclusion_editions, conclusion_lifts, conclusions
from backend_client.models.accounts import Account
from backend_client.models.common import Page
from backend_client.models.conclusions import Conclusion, ConclusionForm, Edition

_LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without those that look alike on paper."""
_GROUPS, _IN_GROUP = 4, 4

approver = accounts.alias("edition_approver")


class _Edition(Place, frozen=True, array_like=True):
    """Where a page ended."""

    edition: Ordinal


SIGNED: Final = Keyset(_Edition, (conclusion_editions.c.edition,))


def new_code() -> str:
    """«7k2m-9fxp-q4ht-c8wd»: nobody guesses it (78 bits), anybody can type it."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_IN_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


async def editions_of(
    connection: AsyncConnection,
    account: Account,
    request_id: str,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[Edition]:
    """What was signed, in its order. Raises Refused (not_found, invalid)."""
    await refuse_unseen(connection, account, request_id)
    found = _shown().where(conclusion_editions.c.request_id == request_id)
    return await SIGNED.page(connection, found, cursor, limit, _edition)


async def keep_edition(
    change: Change, request_id: str, first_sha256: str, doctor_sha256: str
) -> None:
    """What the conclusion is now becomes an edition: it was just signed by its doctor.

    `doctor_sha256` is of the part that the signature covers: one document is one edition.
    """
    taken = (
        *("edition", "code", "form", "author_id", "signers", "sha256", "size", "storage_path"),
        *("signed_at", "approved_at", "approved_by", "correction", "level", "sealed_until"),
    )
    columns = [conclusions.c[name] for name in taken]
    found = select(*columns).where(conclusions.c.request_id == request_id)
    row = (await change.connection.execute(found)).mappings().one()
    values = {
        **row,
        "request_id": request_id,
        "first_sha256": first_sha256,
        "doctor_sha256": doctor_sha256 or None,
    }
    await change.connection.execute(insert(conclusion_editions).values(values))


async def amend_edition(change: Change, known: Conclusion, **values: object) -> None:
    """The clinic has signed the conclusion's edition too, or the patient has it."""
    table = conclusion_editions
    which = (table.c.request_id == known.request_id) & (table.c.edition == known.edition)
    await change.connection.execute(update(table).where(which).values(values))


def next_edition(known: Conclusion) -> dict[str, object]:
    """What of a conclusion is another one once a signed file is to be replaced."""
    return {"edition": known.edition + 1, "code": new_code()}


def was_delivered(request_id: object) -> Select[tuple[int]]:
    """Whether there is an edition that the patient was given: its number, the newest first."""
    table = conclusion_editions
    return (
        select(table.c.edition)
        .where(table.c.request_id == request_id, table.c.delivered_at.is_not(None))
        .order_by(table.c.edition.desc())
        .limit(1)
    )


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A kept PDF: where it lies, what it must be, what it proves."""

    storage_path: str
    sha256: str
    size: int
    signers: int
    level: str
    sealed_until: datetime | None


async def stored_edition(
    connection: AsyncConnection, account: Account, request_id: str, edition: int
) -> SignedFile:
    """Its PDF as it is kept. Raises Refused (not_found)."""
    await refuse_unseen(connection, account, request_id)
    table = conclusion_editions
    columns = [table.c[one.name] for one in fields(SignedFile)]
    which = (table.c.request_id == request_id) & (table.c.edition == edition)
    row = (await connection.execute(select(*columns).where(which))).mappings().first()
    if row is None:
        raise not_found()
    return SignedFile(**row)


async def keep_former(
    change: Change,
    account: Account,
    request_id: str,
    edition: int,
    kept: SignedFile,
    now: datetime,
) -> None:
    """The edition's file until now: another one, which begins with all of it, takes its place.

    It stays known by its hash (`/verify/`), and its bytes stay where they are.
    """
    row = {
        "request_id": request_id,
        "edition": edition,
        "sha256": kept.sha256,
        "size": kept.size,
        "signers": kept.signers,
        "storage_path": kept.storage_path,
        "level": kept.level,
        "lifted_at": now,
        "lifted_by": account.id,
    }
    await change.connection.execute(insert(conclusion_lifts).values(row))


async def refuse_signed_before(change: Change, doctor_sha256: str) -> None:
    """One signature is under one edition: not under a later one, nor another patient's.

    Raises Refused (bad_signature).
    """
    table = conclusion_editions
    found = select(table.c.edition).where(table.c.doctor_sha256 == doctor_sha256)
    if doctor_sha256 and (await change.connection.execute(found)).first() is not None:
        raise bad_signature("this file is an edition that was signed before")


async def edition_of(
    connection: AsyncConnection, account: Account, request_id: str, edition: int
) -> Edition:
    """One of them. Raises Refused (not_found)."""
    await refuse_unseen(connection, account, request_id)
    table = conclusion_editions
    which = (table.c.request_id == request_id) & (table.c.edition == edition)
    row = (await connection.execute(_shown().where(which))).mappings().first()
    if row is None:
        raise not_found()
    return _edition(row)


def _shown() -> Select[tuple[object, ...]]:
    table = conclusion_editions
    return (
        select(
            table,
            accounts.c.full_name.label("author_name"),
            approver.c.full_name.label("approver_name"),
        )
        .join(accounts, accounts.c.id == table.c.author_id)
        .outerjoin(approver, approver.c.id == table.c.approved_by)
    )


def _edition(row: RowMapping) -> Edition:
    return Edition(
        edition=row["edition"],
        form=msgspec.convert(row["form"], ConclusionForm),
        author_name=row["author_name"],
        signers=row["signers"],
        sha256=row["sha256"],
        size=row["size"],
        signed_at=row["signed_at"],
        approved_at=row["approved_at"],
        approved_by=short_name(row["approver_name"] or ""),
        delivered_at=row["delivered_at"],
        correction=row["correction"],
        level=row["level"],
    )
