"""What stands beside the confirmed patient: who answers for the identity, which data wait."""

from sqlalchemy import ColumnElement, RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.accounts.names import short_name
from backend.problems import not_found
from backend.rules.identity import kept_marks
from backend.tables import accounts, identity_confirmations, patient_changes, patients, requests
from backend_client.models.common import UserId
from backend_client.models.identity import (
    ChangedDatum,
    DataField,
    IdentityConfirmation,
    IdentityMark,
)
from backend_client.models.personal_data import PersonalData

FIELDS = tuple(field for field in DataField if field is not DataField.UNKNOWN)
"""Each is a column of `patients`."""


async def confirmation_of(
    connection: AsyncConnection, patient_id: str, marks: str
) -> IdentityConfirmation | None:
    """Asked for only where the request's marks say that there is one."""
    if IdentityMark.BY_PERSON not in kept_marks(marks):
        return None
    table = identity_confirmations
    found = (
        select(table, accounts.c.full_name)
        .join(accounts, accounts.c.id == table.c.account_id)
        .where(table.c.patient_id == patient_id)
    )
    row = (await connection.execute(found)).mappings().one()
    return IdentityConfirmation(
        proof=row["proof"],
        note=row["note"],
        by_id=UserId(row["account_id"]),
        by_name=short_name(row["full_name"]),
        at=row["at"],
    )


async def changes_of(
    connection: AsyncConnection, patient_id: str, marks: str
) -> list[ChangedDatum]:
    """As `confirmation_of`; what waits beside the confirmed values, in the order of the fields."""
    if IdentityMark.DATA_CHANGED not in kept_marks(marks):
        return []
    return await waiting_changes(connection, await patient_row(connection, patient_id))


async def personal_data(connection: AsyncConnection, patient_id: str) -> PersonalData:
    """Everything that may be corrected, and what waits."""
    row = await patient_row(connection, patient_id)
    return PersonalData(
        full_name=row["full_name"],
        birth_date=row["birth_date"],
        sex=row["sex"],
        phone=row["phone"],
        place=row["place"],
        representative_name=row["representative_name"] or "",
        representative_relation=row["representative_relation"] or "",
        changed=await waiting_changes(connection, row),
    )


async def patient_of(connection: AsyncConnection, request_id: str) -> str:
    """Whose request it is; raises Refused (not_found)."""
    found = select(requests.c.patient_id).where(requests.c.id == request_id)
    patient_id: str | None = (await connection.execute(found)).scalar()
    if patient_id is None:
        raise not_found()
    return patient_id


async def patient_row(connection: AsyncConnection, patient_id: str) -> RowMapping:
    """The confirmed data."""
    found = select(patients).where(patients.c.id == patient_id)
    return (await connection.execute(found)).mappings().one()


async def waiting_changes(connection: AsyncConnection, patient: RowMapping) -> list[ChangedDatum]:
    """In the order of the fields."""
    found = (
        select(patient_changes, accounts.c.full_name)
        .outerjoin(accounts, accounts.c.id == patient_changes.c.account_id)
        .where(waiting(patient["id"]))
    )
    rows = (await connection.execute(found)).mappings()
    changes = [_change(row, value_of(patient, row["field"])) for row in rows]
    return sorted(changes, key=lambda one: FIELDS.index(one.field))


def waiting(patient_id: str) -> ColumnElement[bool]:
    """Changes of a patient that nobody has decided on."""
    return (patient_changes.c.patient_id == patient_id) & patient_changes.c.waits


def value_of(patient: RowMapping, field: DataField) -> str:
    """As a change keeps it: a date in ISO 8601, sex as its word, nothing as empty."""
    value: object = patient[field.value]
    return "" if value is None else str(value)


def _change(row: RowMapping, confirmed: str) -> ChangedDatum:
    return ChangedDatum(
        field=row["field"],
        confirmed=confirmed,
        changed=row["value"],
        source=row["source"],
        by_name=short_name(row["full_name"] or ""),
        at=row["at"],
    )
