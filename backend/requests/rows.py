"""Makes a row of the queue: the record with the rules' answers for the one who asks."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache, lru_cache

from backend.accounts.names import initials, short_name
from backend.requests.records import RequestRecord
from backend.requests.snoozing import snooze_of
from backend.rules.actions import (
    APPROVERS,
    CLINICAL,
    LEASE_OVER,
    NOTHING,
    Circumstances,
    allowed_actions,
)
from backend.rules.catalogues import Catalogues
from backend.rules.clocks import clock_state
from backend.rules.completeness import (
    Checklist,
    ItemFiles,
    awaits_documents,
    missing_documents,
)
from backend.rules.consents import kept_kinds
from backend.rules.contact import is_early, is_online
from backend.rules.groups import groups_of, is_for_today, is_owed
from backend.rules.identity import kept_marks
from backend.rules.medical_content import without_medical_content
from backend.rules.patient_check import kept_check
from backend.rules.profile import profile_match
from backend_client.models.accounts import Account, Role
from backend_client.models.catalogue import Catalogue
from backend_client.models.common import PatientId, RequestId, UserId
from backend_client.models.identity import IdentityMark
from backend_client.models.requests import (
    Action,
    Diagnosis,
    Owner,
    Patient,
    QueueGroup,
    RequestRow,
    RequestStatus,
)
from backend_client.models.snoozing import Snooze

NO_FILES: Mapping[str, ItemFiles] = {}
REMEMBERED = 4096
"""Answers to the same question; nobody changes a list of a row."""
ME, ANOTHER = "me", "another"
_kinds = lru_cache(REMEMBERED)(kept_kinds)
_marks = lru_cache(REMEMBERED)(kept_marks)
_check = lru_cache(REMEMBERED)(kept_check)
_short_name = lru_cache(REMEMBERED)(short_name)
_initials = lru_cache(REMEMBERED)(initials)


@lru_cache(REMEMBERED)
def _actions(
    role: Role, status: RequestStatus, held_by: str | None, circumstances: Circumstances
) -> list[Action]:
    return allowed_actions(role, status, held_by, ME, circumstances)


@lru_cache(REMEMBERED)
def _groups(
    status: RequestStatus, held_by: str | None, today: bool, owed: bool, aside: bool
) -> list[QueueGroup]:
    return groups_of(status, held_by, ME, today=today, owed=owed, aside=aside)


def _holder(owner_id: str | None, viewer_id: str) -> str | None:
    if owner_id is None:
        return None
    return ME if owner_id == viewer_id else ANOTHER


class RowMaker:
    """Knows the catalogues; a request is judged by the one that was valid when it was made."""

    def __init__(self, catalogues: Catalogues) -> None:
        self._catalogues = catalogues
        self._words: dict[tuple[str, str], _Words] = {}

    def row(
        self,
        record: RequestRecord,
        files: Mapping[str, ItemFiles] | None,
        viewer: Account,
        now: datetime,
    ) -> RequestRow:
        """The record as `viewer` sees it at `now`; `files` by checklist item."""
        catalogue = self._catalogues.catalogue_for(record.centre_id, record.created_at)
        words = self._words_of(catalogue)
        had = files or NO_FILES
        items = words.checklist(record.route).of(had, record.not_applicable)
        asked = record.asked_documents.split()
        held_by = _holder(record.owner_id, viewer.id)
        snooze = snooze_of(record.snoozes, viewer.id, now)
        circumstances = _circumstances(record, viewer, now, was_aside=snooze is not None)
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
            profile_match=words.profile_match(record.icd10),
            care_setting=record.care_setting,
            checklist=items,
            due_at=record.due_at,
            soon_at=record.soon_at,
            clock_name=record.clock_name,
            clock_state=clock_state(now, record.soon_at, record.due_at),
            owner=_owner(record, viewer),
            allowed_actions=_actions(viewer.role, record.status, held_by, circumstances),
            groups=self._groups(record, held_by, now, snooze),
            missing_documents=missing_documents(items, record.route, had, asked),
            created_at=record.created_at,
            changed_at=record.changed_at,
            appointment_at=record.appointment_at,
            unread_messages=record.unread_by_doctor,
            missing_consents=_kinds(record.missing_consents),
            seq=record.seq,
            identity_marks=_marks(record.identity_marks),
            snooze=snooze,
            patient_check=_check(record.patient_check),
            waits_since=record.patient_came_at if record.status is RequestStatus.WAITING else None,
        )
        return row if viewer.role in CLINICAL else without_medical_content(row)

    def _groups(
        self, record: RequestRecord, held_by: str | None, now: datetime, snooze: Snooze | None
    ) -> list[QueueGroup]:
        status, due_at, appointed = record.status, record.due_at, record.appointment_at
        day_end = self._catalogues.day_end(record.centre_id, now)
        today = is_for_today(status, due_at, appointed, day_end)
        owed = held_by == ME and is_owed(status, appointed, now)
        return _groups(status, held_by, today, owed, snooze is not None and snooze.is_aside)

    def _words_of(self, catalogue: Catalogue) -> "_Words":
        key = (catalogue.centre_id, catalogue.version)
        words = self._words.get(key)
        if words is None:
            words = self._words[key] = _Words(catalogue)
        return words


class _Words:
    """What a version of a catalogue says, remembered: a page asks it the same again and again."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.checklist = cache(lambda route: Checklist(catalogue.documents, route))
        self.profile_match = lru_cache(REMEMBERED)(
            lambda icd10: profile_match(icd10, catalogue.diseases)
        )


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
        name=_short_name(record.owner_name),
        initials=_initials(record.owner_name),
        is_me=record.owner_id == viewer.id,
        lease_until=record.lease_until,
    )


def _circumstances(
    record: RequestRecord, viewer: Account, now: datetime, *, was_aside: bool
) -> Circumstances:
    """As far as they matter to the viewer: most rows of a page are nobody's, or another's."""
    if record.owner_id is None and not (viewer.role in APPROVERS and record.identity_marks):
        if record.life_threat or was_aside:
            return Circumstances(is_threat=record.life_threat, was_aside=was_aside)
        return NOTHING
    marks = _marks(record.identity_marks)
    lease_is_over = record.lease_until is not None and record.lease_until <= now
    if record.owner_id != viewer.id and viewer.role not in APPROVERS:
        if was_aside:
            return Circumstances(lease_is_over=lease_is_over, was_aside=True)
        return LEASE_OVER if lease_is_over else NOTHING
    return Circumstances(
        route=record.route,
        lacks_consent=bool(record.missing_consents),
        refusals=record.slot_refusals,
        phone_attempts=record.phone_attempts,
        patient_is_online=is_online(record.patient_came_at, record.patient_left_at),
        call_failed=record.missed_calls > 0,
        is_early=is_early(record.appointment_at, now),
        is_ringing=record.rings_until is not None and now < record.rings_until,
        lacks_documents=awaits_documents(
            record.route, record.documents_complete_at, record.status_before_claim
        ),
        lease_is_over=lease_is_over,
        is_unidentified=IdentityMark.NOT_IDENTIFIED in marks,
        by_person=IdentityMark.BY_PERSON in marks,
        has_changed_data=IdentityMark.DATA_CHANGED in marks,
        is_threat=record.life_threat,
        was_aside=was_aside,
        was_delivered=record.was_delivered,
    )
