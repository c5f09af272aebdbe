"""A small clinic for the backend's tests: two centres, staff, made-up requests, a set clock."""

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import httpx
import msgspec
from litestar import Litestar

from backend.conclusions.signatures import NoSignatureChecker, SignatureChecker
from backend.demo_data.rows import demo_id
from backend.demo_data.shape import DemoFile, DemoPatient, DemoRequest, DemoStaff
from backend.demo_data.source import DemoData
from backend.events.stream import Viewer
from backend.events.viewers import StaffViewer
from backend.main import life
from backend.parts import Parts
from backend.settings import Settings
from backend_client.models.accounts import Account, Role, SignedIn, SignIn
from backend_client.models.catalogue import (
    Catalogue,
    Clock,
    Counting,
    DiseaseGroup,
    DocumentItem,
)
from backend_client.models.common import API_PREFIX, CentreId, Page, Problem, Wire
from backend_client.models.documents import DocumentKind
from backend_client.models.events import CentreEvent, Hello
from backend_client.models.patient import (
    PATIENT_PREFIX,
    PATIENT_TOKEN_HEADER,
    PatientLink,
    PatientState,
)
from backend_client.models.requests import (
    CareSetting,
    IdentityLevel,
    RequestRow,
    RequestStatus,
    Sex,
    Urgency,
)
from backend_client.models.routes import Route
from tests.backend.applications import APPLICATIONS

if TYPE_CHECKING:
    from httpx._transports.asgi import _ASGIApp

Model = TypeVar("Model")
START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
"""A Friday noon in Moscow."""
PASSWORD = "correct horse"


class SetClock:
    """A clock that a test moves."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        """Moves it by a timedelta's words."""
        self.now += timedelta(**by)


def a_catalogue(centre_id: str = "cardio") -> Catalogue:
    """Two required items, one optional; a three-day clock."""
    gated = [Route.CENTRE, Route.REFERRAL, Route.DUTY]
    return Catalogue(
        centre_id=CentreId(centre_id),
        centre_name_ru=f"Центр {centre_id}",
        centre_name_en=f"Centre {centre_id}",
        time_zone="Europe/Moscow",
        version="1",
        valid_from=date(2020, 11, 1),
        valid_to=None,
        diseases=[DiseaseGroup(code="d", title_ru="д", title_en="d", icd10_prefixes=["I47", "Q2"])],
        documents=[
            an_item("ecg", required=True, routes=gated),
            an_item("echo", required=True, routes=gated),
            an_item("ct", required=False, routes=gated),
        ],
        clocks=[a_clock(Route.CENTRE, 1, 3), a_clock(Route.JOURNAL, 3, 5, Counting.WORKING)],
    )


def an_item(code: str, *, required: bool, routes: list[Route]) -> DocumentItem:
    """An item whose titles are made from its code."""
    names = {"title_ru": code.title(), "title_en": code.title()}
    chips = {"chip_ru": code.upper(), "chip_en": code.upper()}
    return DocumentItem(code=code, required=required, routes=routes, **names, **chips)


def a_clock(
    route: Route, soon: int, due: int, counting: Counting = Counting.CALENDAR, name: str = "Срок"
) -> Clock:
    """A clock of whole days."""
    return Clock(
        route=route,
        name=name,
        soon_after_days=soon,
        due_days=due,
        counting=counting,
        source="OZ-9",
    )


def a_doctor(key: str, full_name: str, role: Role = Role.CONSULTANT, **other: str) -> DemoStaff:
    """A member of the cardiac centre's staff unless `centre_id` says otherwise."""
    return DemoStaff(
        key=key,
        login=key,
        password=PASSWORD,
        full_name=full_name,
        role=role,
        post="Кардиолог",
        centre_id=other.get("centre_id", "cardio"),
        listed=role is not Role.PATIENT,
    )


STAFF = (
    a_doctor("levashova", "Левашова Мария Олеговна"),
    a_doctor("orlov", "Орлов Пётр Ильич"),
    a_doctor("duty", "Гусев Иван Иванович", Role.DUTY_DOCTOR),
    a_doctor("admin", "Агапова Елена Сергеевна", Role.CLINIC_ADMIN),
    a_doctor("patient", "Верещагин Павел Никитич", Role.PATIENT),
    a_doctor("mironova", "Миронова Анна Львовна", centre_id="perinatal"),
)

PATIENT = DemoPatient(
    full_name="Верещагин Павел Никитич",
    birth_date=date(1965, 3, 14),
    sex=Sex.MALE,
    place="Екатеринбург",
    time_zone="Asia/Yekaterinburg",
    phone_confirmed=True,
    identity_level=IdentityLevel.CONFIRMED,
    representative=None,
)

REQUEST = DemoRequest(
    number="20-0001",
    centre_id="cardio",
    route=Route.CENTRE,
    status=RequestStatus.READY,
    urgency=Urgency.PLANNED,
    life_threat=False,
    patient=PATIENT,
    icd10="I47.2",
    diagnosis="Желудочковая тахикардия",
    complaints="Перебои, одышка",
    care_setting=CareSetting.OUTPATIENT,
    topic="",
    payer="ОМС",
    quota_left=2,
    quota_total=3,
    medical_record_number="77-1",
    requesting_doctor="Сомов Олег Юрьевич",
    created_at=START - timedelta(days=1),
    clock_started_at=START - timedelta(days=1),
    documents_complete_at=START - timedelta(hours=20),
    owner_key=None,
    not_applicable=(),
    consents=(),
    files=(),
    history=((timedelta(days=1), "Создана"),),
)


def a_file(item_code: str, content: bytes = b"content", key: str | None = None) -> DemoFile:
    """A PDF for a checklist item."""
    return DemoFile(
        key=key or f"{item_code}-{len(content)}",
        item_code=item_code,
        title=f"{item_code}.pdf",
        kind=DocumentKind.PDF,
        format="PDF",
        taken_on=date(2026, 11, 12),
        uploaded_at=START - timedelta(days=1),
        content=lambda: content,
    )


def id_of(number: str) -> str:
    """The id under which a request was loaded."""
    return demo_id("request", number)


def document_id(number: str, file: DemoFile, place: int = 0) -> str:
    """The id under which a request's file was loaded."""
    return demo_id("document", f"{number}/{place}/{file.key}")


def demo_of(requests: Sequence[DemoRequest], staff: Sequence[DemoStaff] = STAFF) -> DemoData:
    """Requests and staff as a demonstration."""
    return DemoData(version="1", files_version="1", staff=staff, requests=lambda now: requests)


def write_catalogues(folder: Path, *catalogues: Catalogue) -> Path:
    """As files of a folder; by default one for each centre."""
    folder.mkdir(exist_ok=True)
    for catalogue in catalogues or (a_catalogue("cardio"), a_catalogue("perinatal")):
        text = msgspec.json.encode([catalogue])
        (folder / f"{catalogue.centre_id}.json").write_bytes(text)
    return folder


class Caller:
    """Speaks HTTP with the server as one account, or as nobody."""

    def __init__(self, client: httpx.AsyncClient, token: str | None = None) -> None:
        self._client = client
        self.headers = {} if token is None else {"Authorization": f"Bearer {token}"}

    async def get(self, path: str, headers: dict[str, str] | None = None) -> httpx.Response:
        """GET of a path under /api/v1."""
        return await self._client.get(API_PREFIX + path, headers=self.headers | (headers or {}))

    async def post(
        self, path: str, body: Wire | None = None, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        """POST of a model, or of nothing."""
        content = b"" if body is None else msgspec.json.encode(body)
        all_headers = self.headers | (headers or {})
        return await self._client.post(API_PREFIX + path, content=content, headers=all_headers)

    async def put(self, path: str, body: Wire) -> httpx.Response:
        """PUT of a model."""
        content = msgspec.json.encode(body)
        return await self._client.put(API_PREFIX + path, content=content, headers=self.headers)

    async def delete(self, path: str) -> httpx.Response:
        """DELETE of a path."""
        return await self._client.delete(API_PREFIX + path, headers=self.headers)

    async def upload(self, path: str, pdf: bytes) -> httpx.Response:
        """POST of a PDF."""
        headers = self.headers | {"Content-Type": "application/pdf"}
        return await self._client.post(API_PREFIX + path, content=pdf, headers=headers)

    async def page(self, query: str = "") -> Page[RequestRow]:
        """A page of the queue."""
        return read(await self.get(f"/requests?{query}"), Page[RequestRow])


class PatientCaller:
    """Speaks HTTP with the server as the patient's page, by the token of a link."""

    def __init__(self, client: httpx.AsyncClient, token: str) -> None:
        self._client = client
        self.token = token
        self.headers = {PATIENT_TOKEN_HEADER: token}

    async def get(self, path: str) -> httpx.Response:
        """GET of a path under /patient/api/v1."""
        return await self._client.get(PATIENT_PREFIX + path, headers=self.headers)

    async def post(self, path: str, body: Wire | None = None, key: str = "") -> httpx.Response:
        """POST of a model, or of nothing."""
        content = b"" if body is None else msgspec.json.encode(body)
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        return await self._client.post(PATIENT_PREFIX + path, content=content, headers=headers)

    async def state(self) -> PatientState:
        """Everything that the page shows."""
        return read(await self.get("/state"), PatientState)


def read(response: httpx.Response, model: type[Model]) -> Model:
    """The answer's model; fails with the problem where there is one."""
    assert response.is_success, response.text
    return msgspec.json.decode(response.content, type=model)


def problem(response: httpx.Response) -> Problem:
    """The refusal, which must be one in form too (RFC 9457)."""
    assert response.headers["content-type"] == "application/problem+json", response.text
    refusal = msgspec.json.decode(response.content, type=Problem)
    assert refusal.status == response.status_code
    assert refusal.title
    return refusal


@dataclass(frozen=True)
class Clinic:
    """A running application and the ways into it."""

    app: Litestar
    clock: SetClock
    client: httpx.AsyncClient

    @property
    def parts(self) -> Parts:
        """The server's inside, for what has no way in from outside."""
        parts: Parts = self.app.state.parts
        return parts

    @property
    def nobody(self) -> Caller:
        """A caller who is not signed in."""
        return Caller(self.client)

    def messages(
        self, account: Account, since: int | None
    ) -> AsyncGenerator[Hello | CentreEvent, None]:
        """A member of staff's event stream from inside."""
        parts = self.parts
        viewer: Viewer[CentreEvent] = StaffViewer(parts.database, parts.snapshots, account)
        return parts.streams.messages(viewer, since)

    async def sign_in(self, login: str = "levashova", password: str = PASSWORD) -> SignedIn:
        """A new session."""
        response = await self.nobody.post("/sign-in", SignIn(login=login, password=password))
        return read(response, SignedIn)

    async def patient(self, staff: Caller, request_id: str) -> PatientCaller:
        """The patient, by a new link that this member of staff gives."""
        link = read(await staff.post(f"/requests/{request_id}/patient-link"), PatientLink)
        return PatientCaller(self.client, link.url.partition("#")[2])

    async def caller(self, login: str = "levashova") -> Caller:
        """A caller with a new session."""
        return Caller(self.client, (await self.sign_in(login)).access_token)


@dataclass(frozen=True)
class ClinicMaker:
    """Opens clinics on one database and one folder of files."""

    settings: Settings
    clock: SetClock
    checker: SignatureChecker | None = None

    @asynccontextmanager
    async def open(self, *requests: DemoRequest) -> AsyncIterator[Clinic]:
        """A server with these requests."""
        async with self.open_demo(demo_of(requests)) as clinic:
            yield clinic

    @asynccontextmanager
    async def open_demo(
        self, demo: DemoData, settings: Settings | None = None
    ) -> AsyncIterator[Clinic]:
        """A server with this demonstration, and other settings where they are given."""
        async with self._open(settings or self.settings, demo) as clinic:
            yield clinic

    @asynccontextmanager
    async def open_real(self, settings: Settings | None = None) -> AsyncIterator[Clinic]:
        """A server that is no demonstration; nobody works there yet."""
        async with self._open(settings or replace(self.settings, demo=False), None) as clinic:
            yield clinic

    @asynccontextmanager
    async def _open(self, settings: Settings, demo: DemoData | None) -> AsyncIterator[Clinic]:
        server = life(settings, self.clock, demo, self.checker or NoSignatureChecker())
        with APPLICATIONS.lent(server) as app:
            # httpx and Litestar have types of their own for the same ASGI messages.
            transport = httpx.ASGITransport(cast("_ASGIApp", app), raise_app_exceptions=False)
            async with (
                app.lifespan(),
                httpx.AsyncClient(transport=transport, base_url="http://clinic") as client,
            ):
                yield Clinic(app, self.clock, client)
