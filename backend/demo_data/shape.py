"""Shape of the demonstration's data: plain values, no database. Times are relative to `now`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from backend_client.models.accounts import Role
from backend_client.models.documents import DocumentKind
from backend_client.models.identity import DataField
from backend_client.models.requests import (
    CareSetting,
    ConsentKind,
    IdentityLevel,
    RequestStatus,
    Sex,
    Urgency,
)
from backend_client.models.routes import Route


@dataclass(frozen=True, slots=True)
class DemoStaff:
    """A staff account with its password."""

    key: str
    login: str
    password: str
    full_name: str
    role: Role
    post: str
    centre_id: str
    listed: bool
    """Whether the sign-in screen offers it."""
    snils: str = ""
    """Insurance number, eleven digits."""


@dataclass(frozen=True, slots=True)
class DemoFile:
    """A file of a request; `content` makes its bytes, the same at every call."""

    key: str
    """Files of the same key are the same bytes: made once."""
    item_code: str
    title: str
    kind: DocumentKind
    format: str
    taken_on: date
    uploaded_at: datetime
    content: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class DemoPatient:
    """A person who does not exist."""

    full_name: str
    birth_date: date
    sex: Sex
    place: str
    time_zone: str
    phone_confirmed: bool
    identity_level: IdentityLevel
    representative: tuple[str, str] | None
    """Full name and relation."""
    phone: str = ""
    changed: tuple[tuple[DataField, str], ...] = ()
    """What the patient has said anew, and nobody has confirmed yet (DRC-14)."""


@dataclass(frozen=True, slots=True)
class DemoRequest:
    """A request as it stands at the start of the demonstration."""

    number: str
    centre_id: str
    route: Route
    status: RequestStatus
    urgency: Urgency
    life_threat: bool
    patient: DemoPatient
    icd10: str | None
    diagnosis: str
    complaints: str
    care_setting: CareSetting
    topic: str
    payer: str
    quota_left: int | None
    quota_total: int | None
    medical_record_number: str
    requesting_doctor: str
    created_at: datetime
    clock_started_at: datetime | None
    """From when the route's clock counts; None where nothing runs."""
    documents_complete_at: datetime | None
    owner_key: str | None
    """Key of the DemoStaff who has claimed it."""
    not_applicable: tuple[tuple[str, str], ...]
    """Item code and reason."""
    consents: tuple[tuple[ConsentKind, str, datetime | None], ...]
    """Kind, version of the text, moment given."""
    files: tuple[DemoFile, ...]
    history: tuple[tuple[timedelta, str], ...]
    """How long before `now`, and what happened."""
