"""Turns the demonstration's requests into rows of the tables."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from backend.demo_data.shape import DemoFile, DemoPatient, DemoRequest, DemoStaff
from backend.demo_data.shelf import ShelvedFile
from backend.requests.order import patient_key
from backend.requests.terms import term_values, word_values
from backend.rules.catalogues import Catalogues
from backend.rules.clocks import goals_met
from backend.rules.consents import kept_words
from backend.rules.identity import marks_of
from backend.rules.status import is_open
from backend.search import search_text
from backend_client.models.identity import DataSource
from backend_client.models.requests import ConsentKind, RequestStatus
from backend_client.models.routes import Route

Row = dict[str, object]
DEMO = UUID("5f0c6f3e-6c8e-4b57-9a55-2d3ce1f4c0de")
CHANGED_AGO = timedelta(hours=3)
WITHOUT_GATE = (Route.DUTY, Route.JOURNAL)


def demo_id(kind: str, key: str) -> str:
    """The same at every loading, so that a window finds again what it remembers."""
    return str(uuid5(DEMO, f"{kind}/{key}"))


def account_row(staff: DemoStaff, login: str, password_hash: str) -> Row:
    """A row of `accounts`."""
    return {
        "id": demo_id("account", staff.key),
        "centre_id": staff.centre_id,
        "login": login,
        "full_name": staff.full_name,
        "role": staff.role,
        "post": staff.post,
        "password_hash": password_hash,
        "snils": staff.snils,
    }


def patient_id(request: DemoRequest) -> str:
    """One person of one centre has one id."""
    patient = request.patient
    return demo_id(
        "patient", f"{request.centre_id}/{patient.full_name}/{patient.birth_date.isoformat()}"
    )


def patient_row(request: DemoRequest) -> Row:
    """A row of `patients`."""
    patient = request.patient
    name, relation = patient.representative or (None, None)
    return {
        "id": patient_id(request),
        "centre_id": request.centre_id,
        "full_name": patient.full_name,
        "birth_date": patient.birth_date,
        "sex": patient.sex,
        "place": patient.place,
        "time_zone": patient.time_zone,
        "phone_confirmed": patient.phone_confirmed,
        "identity_level": patient.identity_level,
        "representative_name": name,
        "representative_relation": relation,
        "phone": patient.phone,
    }


def change_rows(request: DemoRequest, now: datetime) -> list[Row]:
    """Rows of `patient_changes`: said on the patient's page a while ago."""
    whose = patient_id(request)
    return [
        {
            "id": demo_id("change", f"{whose}/{field}"),
            "patient_id": whose,
            "field": field,
            "value": value,
            "source": DataSource.PATIENT,
            "at": max(request.created_at, now - CHANGED_AGO),
            "waits": True,
        }
        for field, value in request.patient.changed
    ]


def _marks(patient: DemoPatient) -> str:
    changed = bool(patient.changed)
    return kept_words(marks_of(patient.identity_level, by_person=False, is_changed=changed))


def request_row(request: DemoRequest, catalogues: Catalogues, now: datetime) -> Row:
    """A row of `requests`."""
    met = goals_met(request.status, was_reached=False)
    route, started_at = request.route, request.clock_started_at
    return {
        "id": demo_id("request", request.number),
        "centre_id": request.centre_id,
        "number": request.number,
        "version": 1,
        "route": request.route,
        "is_open": is_open(request.status),
        "urgency": request.urgency,
        "life_threat": request.life_threat,
        "patient_id": patient_id(request),
        "patient_key": patient_key(request.patient.full_name),
        "identity_marks": _marks(request.patient),
        "icd10": request.icd10,
        "diagnosis": request.diagnosis,
        "complaints": request.complaints,
        "care_setting": request.care_setting,
        "topic": request.topic,
        "payer": request.payer,
        "quota_left": request.quota_left,
        "quota_total": request.quota_total,
        "medical_record_number": request.medical_record_number,
        "requesting_doctor": request.requesting_doctor,
        "not_applicable": dict(request.not_applicable),
        "documents_complete_at": request.documents_complete_at,
        "created_at": request.created_at,
        "changed_at": _changed_at(request, now),
        "search_text": _search_text(request),
        "threat_rank": 0 if request.life_threat else 1,
        **term_values(catalogues, request, route, started_at, met),
        **word_values(catalogues, request, request.route, _given(request)),
        **_standing(request, now),
    }


def _given(request: DemoRequest) -> list[ConsentKind]:
    return [kind for kind, _, given_at in request.consents if given_at is not None]


def _changed_at(request: DemoRequest, now: datetime) -> datetime:
    return max([request.created_at, *(now - ago for ago, _ in request.history)])


def _search_text(request: DemoRequest) -> str:
    name = request.patient.full_name
    return search_text([request.number, name, request.icd10, request.diagnosis, request.complaints])


def _standing(request: DemoRequest, now: datetime) -> Row:
    owner = request.owner_key
    claimed = request.status is RequestStatus.CLAIMED
    return {
        "status": request.status,
        "status_before_claim": _before_claim(request) if claimed else None,
        "owner_id": None if owner is None else demo_id("account", owner),
        "claimed_at": None if owner is None else _changed_at(request, now),
    }


def _before_claim(request: DemoRequest) -> RequestStatus:
    complete = request.documents_complete_at is not None or request.route in WITHOUT_GATE
    return RequestStatus.READY if complete else RequestStatus.AWAITING_DOCUMENTS


def part_rows(
    request: DemoRequest, shelved: dict[str, ShelvedFile], now: datetime
) -> dict[str, list[Row]]:
    """Rows of `consents`, `history` and `documents`."""
    request_id = demo_id("request", request.number)
    oldest_first = sorted(request.history, key=lambda line: line[0], reverse=True)
    return {
        "consents": [
            {"request_id": request_id, "kind": kind, "text_version": version, "given_at": given_at}
            for kind, version, given_at in request.consents
        ],
        "history": [
            {"request_id": request_id, "at": now - ago, "text": text} for ago, text in oldest_first
        ],
        "documents": [
            _document_row(request.number, number, file, shelved[file.key])
            for number, file in enumerate(request.files)
        ],
    }


def _document_row(request_number: str, number: int, file: DemoFile, shelved: ShelvedFile) -> Row:
    return {
        "id": demo_id("document", f"{request_number}/{number}/{file.key}"),
        "request_id": demo_id("request", request_number),
        "item_code": file.item_code,
        "title": file.title,
        "kind": file.kind,
        "format": file.format,
        "size": shelved.size,
        "sha256": shelved.sha256,
        "storage_path": shelved.path,
        "taken_on": file.taken_on,
        "uploaded_at": file.uploaded_at,
        "series_uid": shelved.series_uid,
        "modality": shelved.modality,
    }
