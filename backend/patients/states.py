"""What a patient sees: the state of the one consultation, in one piece."""

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.calls.reading import call_on
from backend.chat.reading import is_writable
from backend.conclusions.editions import was_delivered
from backend.mail.delivering import Deliveries
from backend.patients.papers import items_to_send, why_asked
from backend.problems import not_found
from backend.rules.catalogues import Catalogues
from backend.rules.consents import kept_kinds
from backend.rules.outcomes import outcome_of
from backend.rules.stages import can_cancel, can_cancel_late, stage_of
from backend.schedule.reading import held_slots
from backend.settings import Clock
from backend.tables import accounts, centres, patients, requests
from backend_client.models.patient import PatientState

COLUMNS = (
    *(requests.c[name] for name in ("id", "centre_id", "number", "status", "appointment_at")),
    *(requests.c[name] for name in ("slot_refusals", "unread_by_patient", "missing_consents")),
    *(requests.c[name] for name in ("asked_documents", "outcome_code", "outcome_note", "ended_at")),
    *(requests.c[name] for name in ("route", "created_at", "not_applicable", "files")),
    requests.c.life_threat,
    *(
        requests.c[name]
        for name in ("status_before_claim", "quota_left", "quota_total", "was_delivered")
    ),
    *(patients.c[name] for name in ("time_zone", "place")),
    patients.c.full_name.label("patient_name"),
    accounts.c.full_name.label("doctor_name"),
    accounts.c.post,
    was_delivered(requests.c.id).scalar_subquery().label("delivered_edition"),
    centres.c.event_seq,
)


class PatientStates:
    """Reads states inside a transaction of the caller."""

    def __init__(self, catalogues: Catalogues, now: Clock, *, has_mail_server: bool) -> None:
        self._catalogues = catalogues
        self._now = now
        self._deliveries = Deliveries(catalogues, has_mail_server)

    async def state(self, connection: AsyncConnection, request_id: str) -> PatientState:
        """Raises Refused (not_found)."""
        found = (
            select(*COLUMNS)
            .join(patients, patients.c.id == requests.c.patient_id)
            .join(centres, centres.c.id == requests.c.centre_id)
            .outerjoin(accounts, accounts.c.id == requests.c.owner_id)
            .where(requests.c.id == request_id)
        )
        row = (await connection.execute(found)).mappings().first()
        if row is None:
            raise not_found()
        return await self._state(connection, row)

    async def _state(self, connection: AsyncConnection, row: RowMapping) -> PatientState:
        now = self._now()
        ready = row["delivered_edition"] is not None
        stage = stage_of(row["status"], row["status_before_claim"], conclusion_ready=ready)
        catalogue = self._catalogues.newest(row["centre_id"])
        return PatientState(
            seq=row["event_seq"],
            time=now,
            stage=stage,
            request_number=row["number"],
            centre_name=catalogue.centre_name_ru,
            centre_time_zone=catalogue.time_zone,
            patient_name=row["patient_name"],
            patient_time_zone=row["time_zone"],
            patient_place=row["place"],
            doctor_name=row["doctor_name"] or "",
            doctor_post=row["post"] or "",
            slots=await held_slots(connection, row["id"]),
            refusals=row["slot_refusals"],
            can_cancel=can_cancel(row["status"], row["appointment_at"], now),
            call=await call_on(connection, row["id"]),
            can_write=is_writable(row["status"], was_delivered=row["was_delivered"]),
            unread=row["unread_by_patient"],
            conclusion_ready=ready,
            missing_consents=kept_kinds(row["missing_consents"]),
            can_cancel_late=can_cancel_late(row["status"], row["appointment_at"], now),
            asked_documents=row["asked_documents"].split(),
            items=items_to_send(self._catalogues, row),
            why_asked=await why_asked(connection, row["id"], stage),
            quota_left=row["quota_left"],
            quota_total=row["quota_total"],
            outcome=outcome_of(
                row["status"], row["outcome_code"], row["outcome_note"], row["ended_at"]
            ),
            life_threat=row["life_threat"],
            sends_email=self._deliveries.sends_mail(row["centre_id"]),
        )
