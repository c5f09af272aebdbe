"""The card: a row and everything that stands behind it."""

from datetime import datetime

from sqlalchemy import RowMapping, and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.conclusions.standing import standing_of, wanted_level
from backend.patients.doubts import changes_of, confirmation_of
from backend.problems import not_found
from backend.requests.documents import documents_of
from backend.requests.evidence import evidence
from backend.requests.history import history_page
from backend.requests.others import others_of
from backend.requests.records import record_of, select_records
from backend.requests.rows import RowMaker
from backend.requests.visible import visible_requests
from backend.rules.catalogues import Catalogues
from backend.rules.completeness import tally
from backend.rules.contact import contact_of
from backend.rules.outcomes import outcome_of
from backend.rules.snoozing import Terms, latest, offered
from backend.rules.status import can_move
from backend.schedule.reading import held_slots
from backend.settings import Clock
from backend.tables import consents, patients, requests
from backend_client.models.accounts import Account
from backend_client.models.documents import Document
from backend_client.models.requests import (
    Action,
    Consent,
    Contact,
    Representative,
    RequestCard,
    RequestRow,
)
from backend_client.models.snoozing import SnoozeMoment

DETAILS = (
    requests.c.complaints,
    requests.c.topic,
    requests.c.payer,
    requests.c.quota_left,
    requests.c.quota_total,
    requests.c.medical_record_number,
    requests.c.documents_complete_at,
    requests.c.requesting_doctor,
    requests.c.asked_documents,
    requests.c.outcome_code,
    requests.c.outcome_note,
    requests.c.ended_at,
    patients.c.phone_confirmed,
    patients.c.phone,
    patients.c.identity_level,
    patients.c.representative_name,
    patients.c.representative_relation,
)


class Cards:
    """Reads cards inside a transaction of the caller."""

    def __init__(self, rows: RowMaker, catalogues: Catalogues, now: Clock) -> None:
        self._rows = rows
        self._catalogues = catalogues
        self._now = now

    async def card(
        self, connection: AsyncConnection, account: Account, request_id: str
    ) -> RequestCard:
        """Raises Refused (not_found), for another centre's request too."""
        found = select_records().add_columns(*DETAILS)
        mine = and_(requests.c.id == request_id, visible_requests(account))
        row = (await connection.execute(found.where(mine))).mappings().first()
        if row is None:
            raise not_found()
        files = await documents_of(connection, account, requests.c.id == request_id)
        return await self._card(connection, account, row, files)

    async def _card(
        self,
        connection: AsyncConnection,
        account: Account,
        row: RowMapping,
        files: list[Document],
    ) -> RequestCard:
        lines = await history_page(connection, row["id"])
        made = self._row(row, files, account)
        last = latest(self._now(), Terms(made.soon_at, made.due_at, made.appointment_at))
        return RequestCard(
            row=made,
            complaints=row["complaints"],
            phone_confirmed=row["phone_confirmed"],
            identity_level=row["identity_level"],
            representative=_representative(row),
            payer=row["payer"],
            quota_left=row["quota_left"],
            quota_total=row["quota_total"],
            medical_record_number=row["medical_record_number"],
            topic=row["topic"],
            documents_complete_at=row["documents_complete_at"],
            requesting_doctor=row["requesting_doctor"],
            consents=await _consents(connection, row["id"]),
            documents=files,
            history=lines.items,
            history_cursor=lines.next_cursor,
            slots=await held_slots(connection, row["id"]),
            slot_refusals=row["slot_refusals"],
            asked_documents=row["asked_documents"].split(),
            outcome=outcome_of(
                row["status"], row["outcome_code"], row["outcome_note"], row["ended_at"]
            ),
            contact=await _contact(connection, row),
            phone=row["phone"],
            identity=await confirmation_of(connection, row["patient_id"], row["identity_marks"]),
            changed_data=await changes_of(connection, row["patient_id"], row["identity_marks"]),
            snooze_moments=self._moments(made, account, last),
            snooze_latest=last,
            other_requests=await others_of(connection, account, row["id"], row["patient_id"]),
            conclusion=await standing_of(
                connection, row["id"], wanted_level(self._catalogues, account, self._now())
            ),
        )

    def _moments(
        self, row: RequestRow, account: Account, last: datetime | None
    ) -> list[SnoozeMoment]:
        """By the calendar of the organisation, whichever version judges the request."""
        if Action.SNOOZE not in row.allowed_actions:
            return []
        working = self._catalogues.working_time(self._catalogues.newest(account.centre_id))
        return offered(self._now(), working, last)

    def _row(self, row: RowMapping, files: list[Document], account: Account) -> RequestRow:
        items = tally((one.item_code, one.taken_on, one.opened) for one in files)
        return self._rows.row(record_of(row), items, account, self._now())


def _representative(row: RowMapping) -> Representative | None:
    if row["representative_name"] is None:
        return None
    return Representative(
        full_name=row["representative_name"], relation=row["representative_relation"] or ""
    )


async def _consents(connection: AsyncConnection, request_id: str) -> list[Consent]:
    columns = (consents.c.kind, consents.c.text_version, consents.c.given_at)
    found = select(*columns, consents.c.withdrawn_at).where(consents.c.request_id == request_id)
    rows = (await connection.execute(found.order_by(consents.c.kind))).mappings()
    return [_consent(row) for row in rows]


def _consent(row: RowMapping) -> Consent:
    holds = row["withdrawn_at"] is None
    return Consent(**{**row, "given_at": row["given_at"] if holds else None})


async def _contact(connection: AsyncConnection, row: RowMapping) -> Contact | None:
    """Where an appointment waits for its patient: what was tried (DRC-11)."""
    if not can_move(Action.CLOSE_NO_CONTACT, row["status"]):
        return None
    seen = (row["patient_came_at"], row["patient_left_at"], row["appointment_at"])
    return contact_of(await evidence(connection, row["id"], *seen))
