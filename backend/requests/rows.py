"""Makes a row of the queue: the record with the rules' answers for the one who asks."""

from collections.abc import Mapping
from datetime import datetime

from backend.accounts.names import initials, short_name
from backend.requests.records import RequestRecord
from backend.rules.actions import CLINICAL, Circumstances, allowed_actions
from backend.rules.catalogues import Catalogues
from backend.rules.clocks import clock_state
from backend.rules.completeness import ItemFiles, checklist, missing_documents
from backend.rules.consents import kept_kinds
from backend.rules.contact import is_online
from backend.rules.groups import groups_of
from backend.rules.medical_content import without_medical_content
from backend.rules.profile import profile_match
from backend_client.models.accounts import Account
from backend_client.models.common import PatientId, RequestId, UserId
from backend_client.models.requests import Diagnosis, Owner, Patient, RequestRow

NO_FILES: Mapping[str, ItemFiles] = {}


class RowMaker:
    """Knows the catalogues; a request is judged by the one that was valid when it was made."""

    def __init__(self, catalogues: Catalogues) -> None:
        self._catalogues = catalogues

    def row(
        self,
        record: RequestRecord,
        files: Mapping[str, ItemFiles] | None,
        viewer: Account,
        now: datetime,
    ) -> RequestRow:
        """The record as `viewer` sees it at `now`; `files` by checklist item."""
        catalogue = self._catalogues.catalogue_for(record.centre_id, record.created_at)
        items = checklist(
            catalogue.documents, record.route, files or NO_FILES, record.not_applicable
        )
        row = RequestRow(
            id=RequestId(record.id),
            number=record.number,
            version=record.version,
            route=record.route,
            status=record.status,
            urgency=record.urgency,
            life_threat=record.life_threat,
            patient=_patient(record),
            diagnosis=Diagnosis(icd10=record.icd10, text=record.diagnosis),
            profile_match=profile_match(record.icd10, catalogue.diseases),
            care_setting=record.care_setting,
            checklist=items,
            due_at=record.due_at,
            soon_at=record.soon_at,
            clock_name=record.clock_name,
            clock_state=clock_state(now, record.soon_at, record.due_at),
            owner=_owner(record, viewer),
            allowed_actions=allowed_actions(
                viewer.role, record.status, record.owner_id, viewer.id, _circumstances(record)
            ),
            groups=groups_of(record.status, record.owner_id, viewer.id),
            missing_documents=missing_documents(items),
            created_at=record.created_at,
            changed_at=record.changed_at,
            appointment_at=record.appointment_at,
            unread_messages=record.unread_by_doctor,
            missing_consents=kept_kinds(record.missing_consents),
        )
        return row if viewer.role in CLINICAL else without_medical_content(row)


def _patient(record: RequestRecord) -> Patient:
    return Patient(
        id=PatientId(record.patient_id),
        full_name=record.patient_name,
        birth_date=record.birth_date,
        sex=record.sex,
        place=record.place,
        time_zone=record.time_zone,
    )


def _owner(record: RequestRecord, viewer: Account) -> Owner | None:
    if record.owner_id is None or record.owner_name is None:
        return None
    return Owner(
        user_id=UserId(record.owner_id),
        name=short_name(record.owner_name),
        initials=initials(record.owner_name),
        is_me=record.owner_id == viewer.id,
        lease_until=record.lease_until,
    )


def _circumstances(record: RequestRecord) -> Circumstances:
    return Circumstances(
        route=record.route,
        lacks_consent=bool(record.missing_consents),
        refusals=record.slot_refusals,
        phone_attempts=record.phone_attempts,
        patient_is_online=is_online(record.patient_came_at, record.patient_left_at),
    )
