"""Pages of the audit for the centre's auditor, newest first, narrowed by who, what and when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.pages import Keyset, Ordinal, Place
from backend.tables import audit_entries
from backend_client.models.accounts import Account
from backend_client.models.audit import AuditEntry
from backend_client.models.common import Count, Page, UtcTime

SHOWN = (
    *("chain", "number", "at", "account_id", "role", "action", "outcome", "status"),
    *("request_ids", "document_ids"),
)
WINDOW = 20_000
"""Entries that are looked through for one page: no question about a long audit takes longer."""


class _Place(Place, frozen=True, array_like=True):
    """Where a page ended."""

    at: UtcTime
    chain: Ordinal
    number: Count


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What is asked for; None: all of it."""

    account_id: str | None = None
    request_id: str | None = None
    action: str | None = None
    start: datetime | None = None
    """From this moment on (aware)."""
    end: datetime | None = None
    """Before this one."""


async def audit_page(
    connection: AsyncConnection,
    account: Account,
    asked: AuditFilter,
    cursor: str | None,
    limit: int,
    window: int = WINDOW,
) -> Page[AuditEntry]:
    """Of the account's own centre (OZ-28); raises Refused (invalid).

    Where few entries of many are asked for, a page may hold fewer than `limit`, or none, and yet
    have a cursor: so far everything was looked through.
    """
    newest = _order(audit_entries.c)
    found = _of_centre(account, asked)
    if (asked.account_id, asked.request_id, asked.action) == (None, None, None):
        return await newest.page(connection, found, cursor, limit, _entry)
    looked_through = newest.cut(found, cursor, window - 1)
    page = await _among(connection, looked_through, asked, limit)
    if page.next_cursor is not None:
        return page
    last = (await connection.execute(looked_through.offset(window - 1))).mappings().first()
    return Page(items=page.items, next_cursor=None if last is None else newest.cursor(last))


def _of_centre(account: Account, asked: AuditFilter) -> Select[*tuple[Any, ...]]:
    entries = audit_entries.c
    found = select(*(entries[name] for name in SHOWN)).where(entries.centre_id == account.centre_id)
    if asked.start is not None:
        found = found.where(entries.at >= asked.start)
    return found if asked.end is None else found.where(entries.at < asked.end)


async def _among(
    connection: AsyncConnection, window: Select[*tuple[Any, ...]], asked: AuditFilter, limit: int
) -> Page[AuditEntry]:
    """The first page of what is asked for among these."""
    looked_through = window.subquery()
    entries = looked_through.c
    found = select(looked_through)
    if asked.account_id is not None:
        found = found.where(entries.account_id == asked.account_id)
    if asked.action is not None:
        found = found.where(entries.action == asked.action)
    if asked.request_id is not None:
        listed = literal(" ") + entries.request_ids + literal(" ")
        found = found.where(listed.contains(f" {asked.request_id} ", autoescape=True))
    return await _order(entries).page(connection, found, None, limit, _entry)


def _order(entries: Any) -> Keyset[_Place]:
    columns: tuple[ColumnElement[Any], ...] = (entries.at, entries.chain, entries.number)
    return Keyset(_Place, columns, newest_first=True)


def _entry(row: RowMapping) -> AuditEntry:
    ids = {name: row[name].split() for name in ("request_ids", "document_ids")}
    return AuditEntry(**{**{name: row[name] for name in SHOWN}, **ids})
