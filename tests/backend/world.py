"""A clinic in which every operation of the contract can be called with success."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import httpx
import msgspec
from msgspec.structs import replace as with_fields
from sqlalchemy import update

from backend.conclusions.signatures import Expected, SignatureVerdict
from backend.openapi import openapi_text
from backend.settings import Settings
from backend.tables import requests
from backend_client.models.accounts import Role
from backend_client.models.calls import AnswerCall, Call, Channel
from backend_client.models.catalogue import ConsentText, SigningPolicy
from backend_client.models.common import API_PREFIX, Wire
from backend_client.models.conclusions import ConclusionForm, SaveDraft
from backend_client.models.patient import PATIENT_PREFIX, SlotAnswer
from backend_client.models.requests import ConsentKind, RequestCard
from backend_client.models.routes import Route
from backend_client.models.schedule import ProposeSlots, SlotTime
from backend_client.models.uploads import PIECE_TYPE, NewUpload, Upload
from tests.backend.clinic import (
    STAFF,
    START,
    Caller,
    Clinic,
    ClinicMaker,
    PatientCaller,
    SetClock,
    a_catalogue,
    a_doctor,
    a_file,
    read,
    write_catalogues,
)
from tests.backend.mailing import NO_SERVER

SIGNED = b"%PDF-1.7 one signature"
COUNTERSIGNED = SIGNED + b" and another"
DIGEST = hashlib.sha256(SIGNED).hexdigest()
FILE = a_file("ct")
LINK = "link"
NOBODY = "nobody"
KIND = ConsentKind.DISCLOSURE
EVERYBODY = (
    *STAFF,
    a_doctor("manager", "Счётов Иван Ильич", Role.MANAGER),
    a_doctor("auditor", "Ревизоров Иван Ильич", Role.AUDITOR),
)
STRANGERS = tuple(
    a_doctor(f"their_{role.value}", "Чужой Иван Ильич", role, centre_id="perinatal")
    for role in (*Role,)
    if role is not Role.UNKNOWN
)
LOGINS = {
    Role.CONSULTANT: "levashova",
    Role.DUTY_DOCTOR: "duty",
    Role.CLINIC_ADMIN: "admin",
    Role.MANAGER: "manager",
    Role.AUDITOR: "auditor",
    Role.PATIENT: "patient",
}


def clinic_maker(settings: Settings, folder: Path) -> ClinicMaker:
    """Clinics that know consents, take signatures and do not tire of wrong links."""
    text = ConsentText(
        kind=KIND, version="1", title_ru="Согласие", text_ru="Текст", routes=[Route.JOURNAL]
    )
    signing = SigningPolicy(time_services=["http://tsa.example/"])
    catalogue = with_fields(a_catalogue(), consents=[text], signing=signing)
    catalogues = write_catalogues(folder / "with consents", catalogue, a_catalogue("perinatal"))
    chosen = replace(settings, catalogues=catalogues, wrong_links_a_minute=100_000, mail=NO_SERVER)
    return ClinicMaker(chosen, SetClock(), CountingChecker())


class CountingChecker:
    """Takes the words "signature" and "another" for signatures, "stamp" for a time stamp."""

    async def check(self, pdf: bytes, signers: Expected) -> SignatureVerdict:
        """Counts them."""
        found = pdf.count(b"signature") + pdf.count(b"another")
        level = "B-T" if b"stamp" in pdf else "B-B"
        return SignatureVerdict(found == len(signers), "wrong_signer_count", level)


class _Parameter(msgspec.Struct):
    name: str


class _Answer(msgspec.Struct):
    content: dict[str, object] = {}


class Described(msgspec.Struct, rename="camel"):
    """An operation as the contract describes it."""

    operation_id: str
    responses: dict[str, _Answer]
    parameters: list[_Parameter] = []
    method: str = ""
    path: str = ""

    @property
    def takes_key(self) -> bool:
        """Whether it may be repeated safely."""
        return any(one.name == "Idempotency-Key" for one in self.parameters)

    @property
    def is_patients(self) -> bool:
        """Whether a link's token is asked for."""
        return self.path.startswith(PATIENT_PREFIX)


class _Contract(msgspec.Struct):
    paths: dict[str, dict[str, Described]]


@cache
def described() -> dict[str, Described]:
    """All operations of the contract by their names. Nobody changes them: they are read once."""
    contract = msgspec.json.decode(openapi_text(), type=_Contract)
    found: dict[str, Described] = {}
    for path, methods in contract.paths.items():
        for method, operation in methods.items():
            operation.method, operation.path = method.upper(), path
            found[operation.operation_id] = operation
    return found


@dataclass
class Case:
    """One call of an operation."""

    path: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    body: Wire | bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    login: str = "levashova"
    token: str = ""
    """Of the patient's link."""

    @property
    def content(self) -> bytes:
        """The body as it is sent."""
        if isinstance(self.body, bytes):
            return self.body
        return b"" if self.body is None else msgspec.json.encode(self.body)


def address(operation: Described, case: Case) -> str:
    """The operation's path with the case's values in it."""
    path = operation.path
    for name, value in case.path.items():
        path = path.replace("{" + name + "}", value)
    return f"{path}?{urlencode(case.query)}" if case.query else path


@dataclass
class World:
    """A clinic in which each operation has a request of its own."""

    clinic: Clinic
    callers: dict[str, Caller] = field(default_factory=dict)
    times: int = 0

    async def caller(self, login: str = "levashova") -> Caller:
        """Signed in once."""
        if login not in self.callers:
            self.callers[login] = await self.clinic.caller(login)
        return self.callers[login]

    async def patient(self, request: str) -> PatientCaller:
        """By a new link."""
        return await self.clinic.patient(await self.caller(), request)

    async def call(
        self, operation: Described, case: Case, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """Calls it as the case says."""
        if operation.is_patients:
            own = {"X-Patient-Token": case.token} if case.token else {}
        else:
            own = (await self.caller(case.login)).headers if case.login else {}
        return await self.clinic.client.request(
            operation.method,
            address(operation, case),
            content=case.content,
            headers={**own, **case.headers, **(headers or {})},
        )

    async def set(self, request: str, **values: object) -> None:
        """What time or many steps would have brought about."""
        async with self.clinic.parts.database.write() as connection:
            which = requests.c.id == request
            await connection.execute(update(requests).where(which).values(values))

    async def proposed(self, request: str) -> str:
        """A proposed time; answers the slot."""
        self.times += 1
        start = START + timedelta(days=1, hours=self.times)
        body = ProposeSlots(times=[SlotTime(start=start)])
        card = read(
            await (await self.caller()).post(f"/requests/{request}/slots", body), RequestCard
        )
        return card.slots[0].id

    async def scheduled(self, request: str) -> PatientCaller:
        """An accepted time."""
        slot, patient = await self.proposed(request), await self.patient(request)
        assert (await patient.post("/slots/accept", SlotAnswer(slot_id=slot))).is_success
        return patient

    async def ringing(self, request: str) -> tuple[PatientCaller, str]:
        """A call that rings."""
        patient = await self.scheduled(request)
        call = read(await (await self.caller()).post(f"/requests/{request}/calls"), Call)
        return patient, call.id

    async def talking(self, request: str) -> tuple[PatientCaller, str]:
        """A call that was answered."""
        patient, call = await self.ringing(request)
        body = AnswerCall(channel=Channel.VIDEO)
        assert (await patient.post(f"/calls/{call}/answer", body)).is_success
        return patient, call

    async def drafted(self, request: str) -> PatientCaller:
        """A talk that is over, and a draft of version 1."""
        patient, call = await self.talking(request)
        doctor = await self.caller()
        assert (await doctor.post(f"/requests/{request}/calls/{call}/hang-up")).is_success
        draft = SaveDraft(version=0, form=ConclusionForm())
        assert (await doctor.put(f"/requests/{request}/conclusion", draft)).is_success
        return patient

    async def signed(self, request: str) -> PatientCaller:
        """A conclusion that waits for the clinic."""
        patient = await self.drafted(request)
        path = f"/requests/{request}/conclusion/signed?version=1"
        assert (await (await self.caller()).upload(path, SIGNED)).is_success
        return patient

    async def delivered(self, request: str) -> PatientCaller:
        """One that the patient may have."""
        patient = await self.signed(request)
        path = f"/requests/{request}/conclusion/approved?version=2"
        assert (await (await self.caller("admin")).upload(path, COUNTERSIGNED)).is_success
        return patient

    async def upload(self, request: str, patient: PatientCaller | None, *, sent: bool) -> str:
        """A file that was announced, or whose bytes are all there."""
        body = NewUpload(item_code="ct", title="../../etc/passwd", size=len(SIGNED))
        if patient is not None:
            begun = read(await patient.post("/uploads", body), Upload)
            prefix, headers = PATIENT_PREFIX, patient.headers
        else:
            doctor = await self.caller()
            begun = read(await doctor.post(f"/requests/{request}/uploads", body), Upload)
            prefix, headers = API_PREFIX, doctor.headers
        if sent:
            piece = {**headers, "Upload-Offset": "0", "Content-Type": PIECE_TYPE}
            path = f"{prefix}/uploads/{begun.id}"
            answer = await self.clinic.client.patch(path, content=SIGNED, headers=piece)
            assert answer.is_success
        return begun.id
