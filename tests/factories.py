"""Made-up requests, documents and accounts: only what a test is about has to be said."""

import hashlib
import itertools
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import msgspec

from backend_client.models.accounts import Account, DemoAccount, Role
from backend_client.models.common import CentreId, DocumentId, PatientId, RequestId, UserId
from backend_client.models.documents import Document, DocumentKind
from backend_client.models.requests import (
    Action,
    CareSetting,
    ChecklistItem,
    ClockState,
    Consent,
    ConsentKind,
    Diagnosis,
    HistoryEntry,
    IdentityLevel,
    ItemState,
    Owner,
    Patient,
    ProfileMatch,
    QueueGroup,
    RequestCard,
    RequestRow,
    RequestStatus,
    Sex,
    Urgency,
)
from backend_client.models.routes import Route
from backend_client.models.schedule import ScheduleEntry, Slot, SlotId, SlotState

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
"""The present moment of made-up data."""
_numbers = itertools.count(1)


def make_account(**changes: object) -> Account:
    """A consultant of the Bakulev centre."""
    account = Account(
        id=UserId("user-1"),
        login="levashova",
        full_name="Левашова Мария Олеговна",
        short_name="Левашова М. О.",
        initials="ЛМ",
        role=Role.CONSULTANT,
        post="Кардиолог",
        centre_id=CentreId("bakulev"),
        centre_name="Центр сердечно-сосудистой хирургии",
    )
    return msgspec.structs.replace(account, **changes)


def make_demo_account(**changes: object) -> DemoAccount:
    """What the sign-in screen offers under --demo."""
    account = DemoAccount(
        login="levashova",
        password="demo",
        full_name="Левашова Мария Олеговна",
        initials="ЛМ",
        post="Кардиолог",
    )
    return msgspec.structs.replace(account, **changes)


def make_owner(name: str = "Левашова М. О.", *, is_me: bool = True) -> Owner:
    """Who has claimed a request."""
    user = UserId("user-1" if is_me else "user-2")
    return Owner(user_id=user, name=name, initials=name[:1] + "М", is_me=is_me)


def make_patient(full_name: str = "Иванова Анна Петровна", **changes: object) -> Patient:
    """A person who does not exist."""
    patient = Patient(
        id=PatientId("patient-1"),
        full_name=full_name,
        birth_date=date(1984, 3, 9),
        sex=Sex.FEMALE,
        place="Вологда",
        time_zone="Europe/Moscow",
    )
    return msgspec.structs.replace(patient, **changes)


def make_item(
    code: str = "ecg", state: ItemState = ItemState.PRESENT, **changes: object
) -> ChecklistItem:
    """A required item of the checklist."""
    count = 1 if state is ItemState.PRESENT else 0
    item = ChecklistItem(
        code=code,
        title={"ecg": "ЭКГ", "echo": "ЭхоКГ"}.get(code, code),
        chip={"ecg": "ЭКГ", "echo": "ЭхоКГ"}.get(code, code),
        required=True,
        state=state,
        file_count=count,
        latest_on=date(2026, 11, 12) if count else None,
        unopened_count=count,
    )
    return msgspec.structs.replace(item, **changes)


def make_row(**changes: object) -> RequestRow:
    """An unclaimed centre application with an ECG, due in two days; each call another request.

    `full_name=` is a short way to name the patient.
    """
    number = next(_numbers)
    name = str(changes.pop("full_name", "Иванова Анна Петровна"))
    row = RequestRow(
        id=RequestId(f"request-{number:06}"),
        number=f"20-{4800 + number}",
        version=1,
        route=Route.CENTRE,
        status=RequestStatus.READY,
        urgency=Urgency.PLANNED,
        life_threat=False,
        patient=make_patient(name, id=PatientId(f"patient-{number}")),
        diagnosis=Diagnosis(icd10="I48.0", text="Пароксизмальная фибрилляция предсердий"),
        profile_match=ProfileMatch.IN_PROFILE,
        care_setting=CareSetting.OUTPATIENT,
        checklist=[make_item("ecg")],
        due_at=NOW + timedelta(days=2),
        soon_at=NOW + timedelta(days=1),
        clock_name="Ответ на заявку",
        clock_state=ClockState.RUNNING,
        owner=None,
        allowed_actions=[Action.CLAIM],
        groups=[],
        missing_documents=[],
        created_at=NOW - timedelta(days=1),
        changed_at=NOW - timedelta(hours=number),
    )
    return as_the_server_says(msgspec.structs.replace(row, **changes), changes)


def changed_row(row: RequestRow, **changes: object) -> RequestRow:
    """The row in another state, in the lists where the server would have it."""
    return as_the_server_says(msgspec.structs.replace(row, **changes), changes)


def as_the_server_says(row: RequestRow, changes: Mapping[str, object]) -> RequestRow:
    """Puts the row into the lists of its state, where the test does not say otherwise."""
    if "groups" in changes:
        return row
    if row.snooze is not None and row.snooze.is_aside:
        return msgspec.structs.replace(row, groups=[QueueGroup.SNOOZED])
    groups = [QueueGroup.ALL]
    if row.owner is None:
        groups.append(QueueGroup.UNCLAIMED)
    elif row.owner.is_me:
        groups.append(QueueGroup.MINE)
    if row.status is RequestStatus.AWAITING_DOCUMENTS:
        groups.append(QueueGroup.AWAITING_DOCUMENTS)
    ended = row.status in (RequestStatus.CLOSED, RequestStatus.DECLINED)
    return msgspec.structs.replace(row, groups=[] if ended else groups)


def make_entry(
    start: datetime,
    row: RequestRow | None = None,
    state: SlotState = SlotState.ACCEPTED,
    minutes: int = 30,
) -> ScheduleEntry:
    """A slot of the doctor for a request, which is another one each time unless it is given."""
    row = row or make_row()
    slot = Slot(
        id=SlotId(f"slot-{next(_numbers)}"),
        request_id=row.id,
        doctor_id=UserId("user-1"),
        doctor_name="Левашова М. О.",
        start=start,
        minutes=minutes,
        state=state,
        held_until=min(start, NOW + timedelta(days=1)),
    )
    return ScheduleEntry(
        slot=slot,
        request_number=row.number,
        route=row.route,
        patient_name=row.patient.full_name,
        patient_time_zone=row.patient.time_zone,
    )


def make_document(**changes: object) -> Document:
    """An ECG that was not opened yet. `content=` sets size and digest from bytes."""
    content = changes.pop("content", b"made-up bytes")
    assert isinstance(content, bytes)
    document = Document(
        id=DocumentId(f"document-{next(_numbers)}"),
        request_id=RequestId("request-1"),
        item_code="ecg",
        title="ЭКГ",
        kind=DocumentKind.ECG,
        format="DICOM",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        taken_on=date(2026, 11, 12),
        uploaded_at=NOW - timedelta(days=1),
        opened=False,
    )
    return msgspec.structs.replace(document, **changes)


def make_card(row: RequestRow | None = None, **changes: object) -> RequestCard:
    """The card of a row, with one document."""
    row = row or make_row()
    card = RequestCard(
        row=row,
        complaints="Перебои в работе сердца, одышка при подъёме на третий этаж",
        phone_confirmed=True,
        identity_level=IdentityLevel.CONFIRMED,
        representative=None,
        payer="ОМС",
        quota_left=2,
        quota_total=3,
        medical_record_number="",
        topic="",
        documents_complete_at=NOW - timedelta(hours=20),
        requesting_doctor="Соколова И. Н.",
        consents=[
            Consent(kind=ConsentKind.PERSONAL_DATA, text_version="2026-01", given_at=NOW),
            Consent(kind=ConsentKind.INTERVENTION, text_version="2026-01", given_at=None),
        ],
        documents=[make_document(request_id=row.id)],
        history=[HistoryEntry(at=NOW - timedelta(days=1), text="Заявка подана")],
    )
    return msgspec.structs.replace(card, **changes)
