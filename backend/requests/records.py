"""A request as the tables hold it, with its patient and owner: what a row is made from."""

from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, FromClause, Label, RowMapping, Select, select

from backend.tables import accounts, centres, patients, requests
from backend_client.models.requests import CareSetting, RequestStatus, Sex, Urgency
from backend_client.models.routes import Route


class RequestRecord(msgspec.Struct, frozen=True, gc=False):
    """Columns of `select_records`, by name."""

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
    asked_documents: str
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
    status_before_claim: RequestStatus | None
    documents_complete_at: datetime | None
    rings_until: datetime | None
    missed_calls: int
    identity_marks: str
    was_delivered: bool
    snoozes: str
    """Of each account; `backend/requests/snoozing.py` reads it."""
    patient_check: str
    """As `backend/rules/patient_check.py` reads it."""
    files: str
    """Of each checklist item; `backend/rules/kept_files.py` reads it."""
    owner_id: str | None
    owner_name: str | None
    patient_id: str
    patient_name: str
    birth_date: date
    sex: Sex
    place: str
    time_zone: str
    seq: int
    """All events of the centre up to this number are in it."""


OTHERS = {
    "owner_name": accounts.c.full_name.label("owner_name"),
    "patient_name": patients.c.full_name.label("patient_name"),
    **{name: patients.c[name] for name in ("birth_date", "sex", "place", "time_zone")},
}
SEQ = "seq"
NAMES = RequestRecord.__struct_fields__
OWN = tuple(name for name in NAMES if name not in (*OTHERS, SEQ))
"""What stands in the request's own row."""


def seq_of(centre_id: ColumnElement[str]) -> Label[int]:
    """Where the centre's log stands for the statement, which sees the rows of the same moment."""
    mine = select(centres.c.event_seq).where(centres.c.id == centre_id)
    return mine.scalar_subquery().label(SEQ)


def select_records(source: FromClause = requests) -> Select[*tuple[Any, ...]]:
    """All requests, in the order of the record's fields; the caller narrows it with
    `visible_requests`. `source` is another way to have the rows of `requests`, with OWN in it, and
    with SEQ where that is known for all of them at once."""
    seq = source.c[SEQ] if SEQ in source.c else seq_of(source.c.centre_id)
    others = {**OTHERS, SEQ: seq}
    columns = [others[name] if name in others else source.c[name] for name in NAMES]
    return (
        select(*columns)
        .select_from(source)
        .join(patients, patients.c.id == source.c.patient_id)
        .outerjoin(accounts, accounts.c.id == source.c.owner_id)
    )


def record_of(row: RowMapping) -> RequestRecord:
    """From a row of `select_records`, whatever else it has."""
    return RequestRecord(**{name: row[name] for name in NAMES})
