"""Slots as the contract has them: of one request, and of one doctor's days (OZ-8, OZ-24)."""

from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.accounts.names import short_name
from backend.pages import Keyset, Place, PlainId
from backend.requests.visible import visible_requests
from backend.tables import accounts, patients, requests, slots
from backend_client.models.accounts import Account
from backend_client.models.common import Page, RequestId, UserId, UtcTime
from backend_client.models.schedule import ScheduleEntry, Slot, SlotId

SLOT_COLUMNS = (
    *(slots.c[name] for name in ("id", "request_id", "doctor_id", "starts_at", "ends_at")),
    *(slots.c[name] for name in ("state", "held_until")),
    accounts.c.full_name.label("doctor_name"),
)


async def held_slots(connection: AsyncConnection, request_id: str) -> list[Slot]:
    """Proposed times that still wait, or the accepted one, by start."""
    found = (
        select(*SLOT_COLUMNS)
        .join(accounts, accounts.c.id == slots.c.doctor_id)
        .where(slots.c.request_id == request_id, slots.c.is_held)
        .order_by(slots.c.starts_at)
    )
    return [_slot(row) for row in (await connection.execute(found)).mappings()]


class _Start(Place, frozen=True, array_like=True):
    """Where a page of a doctor's time ended."""

    starts_at: UtcTime
    id: PlainId


ENTRIES = Keyset(_Start, (slots.c.starts_at, slots.c.id))


async def entries_between(
    connection: AsyncConnection,
    account: Account,
    between: tuple[datetime, datetime],
    cursor: str | None,
    limit: int,
) -> Page[ScheduleEntry]:
    """What holds the account's time between two moments, by start. Raises Refused (invalid)."""
    shown = (
        requests.c.number,
        requests.c.route,
        patients.c.full_name.label("patient_name"),
        patients.c.time_zone,
    )
    found = (
        select(*SLOT_COLUMNS, *shown)
        .join(accounts, accounts.c.id == slots.c.doctor_id)
        .join(requests, requests.c.id == slots.c.request_id)
        .join(patients, patients.c.id == requests.c.patient_id)
        .where(visible_requests(account), _held_by(account.id, *between))
    )
    return await ENTRIES.page(connection, found, cursor, limit, _entry)


def _held_by(doctor_id: str, start: datetime, end: datetime) -> ColumnElement[bool]:
    mine = (slots.c.doctor_id == doctor_id) & slots.c.is_held
    return mine & (slots.c.starts_at < end) & (slots.c.ends_at > start)


def _slot(row: RowMapping) -> Slot:
    length = row["ends_at"] - row["starts_at"]
    return Slot(
        id=SlotId(row["id"]),
        request_id=RequestId(row["request_id"]),
        doctor_id=UserId(row["doctor_id"]),
        doctor_name=short_name(row["doctor_name"]),
        start=row["starts_at"],
        minutes=round(length.total_seconds() / 60),
        state=row["state"],
        held_until=row["held_until"],
    )


def _entry(row: RowMapping) -> ScheduleEntry:
    return ScheduleEntry(
        slot=_slot(row),
        request_number=row["number"],
        route=row["route"],
        patient_name=row["patient_name"],
        patient_time_zone=row["time_zone"],
    )
