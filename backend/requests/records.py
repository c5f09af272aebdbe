"""A request as the tables hold it, with its patient and owner: what a row is made from."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import RowMapping, Select, and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.rules.completeness import ItemFiles, tally
from backend.tables import accounts, documents, opened_documents, patients, requests
from backend_client.models.requests import CareSetting, RequestStatus, Sex, Urgency
from backend_client.models.routes import Route


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """Columns of RECORD_COLUMNS, by name."""

    id: str
    centre_id: str
    number: str
    version: int
    route: Route
    status: RequestStatus
    urgency: Urgency
    life_threat: bool
    icd10: str | None
    diagnosis: str
    care_setting: CareSetting
    not_applicable: dict[str, str]
    clock_name: str
    soon_at: datetime | None
    due_at: datetime | None
    due_rank: datetime
    created_at: datetime
    changed_at: datetime
    appointment_at: datetime | None
    unread_by_doctor: int
    lease_until: datetime | None
    missing_consents: str
    slot_refusals: int
    phone_attempts: int
    patient_came_at: datetime | None
    patient_left_at: datetime | None
    owner_id: str | None
    owner_name: str | None
    patient_id: str
    patient_name: str
    birth_date: date
    sex: Sex
    place: str
    time_zone: str


OWN = (
    *("id", "centre_id", "number", "version", "route", "status", "urgency", "life_threat"),
    *("icd10", "diagnosis", "care_setting", "not_applicable"),
    *("clock_name", "soon_at", "due_at", "due_rank", "created_at", "changed_at"),
    *("appointment_at", "unread_by_doctor", "owner_id", "patient_id"),
    *("lease_until", "missing_consents", "slot_refusals", "phone_attempts"),
    *("patient_came_at", "patient_left_at"),
)
RECORD_COLUMNS = (
    *(requests.c[name] for name in OWN),
    accounts.c.full_name.label("owner_name"),
    patients.c.full_name.label("patient_name"),
    *(patients.c[name] for name in ("birth_date", "sex", "place", "time_zone")),
)


def select_records() -> Select[*tuple[object, ...]]:
    """All requests; the caller narrows it with `visible_requests`."""
    return (
        select(*RECORD_COLUMNS)
        .join(patients, patients.c.id == requests.c.patient_id)
        .outerjoin(accounts, accounts.c.id == requests.c.owner_id)
    )


NAMES = frozenset(field.name for field in fields(RequestRecord))


def record_of(row: RowMapping) -> RequestRecord:
    """From a row of `select_records`, whatever else it has."""
    return RequestRecord(**{name: row[name] for name in NAMES})


async def files_of(
    connection: AsyncConnection, request_ids: Iterable[str], account_id: str
) -> dict[str, dict[str, ItemFiles]]:
    """Files by request and checklist item, as one account has opened them."""
    opened = and_(
        opened_documents.c.document_id == documents.c.id,
        opened_documents.c.account_id == account_id,
    )
    found = (
        select(
            documents.c.request_id,
            documents.c.item_code,
            documents.c.taken_on,
            opened_documents.c.account_id.is_not(None).label("opened"),
        )
        .outerjoin(opened_documents, opened)
        .where(documents.c.request_id.in_(list(request_ids)))
    )
    files: dict[str, list[tuple[str, date | None, bool]]] = {}
    for row in await connection.execute(found):
        files.setdefault(row.request_id, []).append((row.item_code, row.taken_on, row.opened))
    return {request_id: tally(one) for request_id, one in files.items()}
