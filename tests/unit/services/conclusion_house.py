"""A doctor's and a clinic admin's services around one conclusion, with real papers and signatures.

Only the server is made up: it keeps what it is given and counts versions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs12

from backend_client.errors import BackendError, Conflict, NotFound, TimedOut
from backend_client.models.accounts import Account, Role
from backend_client.models.calls import Call, CallId, CallState, Channel
from backend_client.models.common import ProblemCode, RequestId, UserId
from backend_client.models.conclusions import (
    Approval,
    Conclusion,
    ConclusionDiagnosis,
    ConclusionForm,
    ConclusionState,
    EarlierConclusion,
    Edition,
)
from backend_client.models.documents import DocumentKind
from backend_client.models.messages import Side
from backend_client.models.requests import RequestCard
from signing.demo_pki import DemoAuthority, DemoKey, DemoPerson
from tests.factories import NOW, make_account, make_card, make_document, make_row
from tests.unit.services.house import FakeOpener
from workstation.services.answers import CardView, SignedPdf
from workstation.services.approvals import ApprovalService
from workstation.services.certificates import Certificates, DemoCertificates
from workstation.services.conclusions import ConclusionService
from workstation.services.local_drafts import DraftStore
from workstation.services.signing_keys import FileKey, LockedKey

ONE = RequestId("request-one")
FORM = ConclusionForm(
    complaints="Перебои, два пресинкопе",
    history="Гипертензия 15 лет",
    findings="QTc 413 мс",
    diagnosis=ConclusionDiagnosis(icd10="I35.0", text="Аортальный стеноз"),
    recommendations="Коронарография",
)
DOCTOR = make_account()
ADMIN = make_account(
    id=UserId("user-9"),
    login="agapova",
    full_name="Агапова Елена Сергеевна",
    short_name="Агапова Е. С.",
    role=Role.CLINIC_ADMIN,
    post="Заместитель главного врача",
)


class MadeUpServer:
    """One conclusion. Repeated orders are known by their keys; answers can be lost."""

    def __init__(self) -> None:
        self.known: Conclusion | None = None
        self.pdf_on_disk = b""
        self.taken: list[bytes] = []
        """Signed files that were kept, in their order."""
        self.keys: list[str | None] = []
        """Keys of all orders that have arrived."""
        self.arrives = True
        self.answers = True
        self.refusal: BackendError | None = None
        """What every save is answered with instead."""
        self._answered: dict[str, Conclusion] = {}

    async def read(self, request_id: RequestId) -> Conclusion:
        """The present state."""
        if self.known is None:
            raise NotFound
        return self.known

    async def save(self, request_id: RequestId, version: int, form: ConclusionForm) -> Conclusion:
        """The next version."""
        if not self.arrives:
            raise TimedOut
        if self.refusal is not None:
            raise self.refusal
        self._refuse_stale(version)
        kept = _drafted(request_id) if self.known is None else self.known
        self.known = msgspec.structs.replace(kept, version=version + 1, form=form)
        return self._answer()

    async def sign(
        self, request_id: RequestId, version: int, pdf: bytes, *, key: str | None = None
    ) -> Conclusion:
        """Keeps the doctor's file."""
        return self._take(version, pdf, key, ConclusionState.SIGNED, 1)

    async def approve(
        self, request_id: RequestId, version: int, pdf: bytes, *, key: str | None = None
    ) -> Conclusion:
        """Keeps the clinic's file."""
        return self._take(version, pdf, key, ConclusionState.DELIVERED, 2)

    async def give_back(
        self, request_id: RequestId, version: int, reason: str, *, key: str | None = None
    ) -> Conclusion:
        """To the doctor."""
        self.keys.append(key)
        if key is not None and key in self._answered:
            return self._answered[key]
        self._refuse_stale(version)
        known = await self.read(request_id)
        self.known = msgspec.structs.replace(
            known, version=version + 1, state=ConclusionState.RETURNED, return_reason=reason
        )
        if key is not None:
            self._answered[key] = self.known
        return self._answer()

    async def waiting(self) -> list[Approval]:
        """The one that is signed."""
        known = self.known
        if known is None or known.state is not ConclusionState.SIGNED:
            return []
        return [_approval(known)]

    async def correct(
        self, request_id: RequestId, version: int, reason: str, *, key: str | None = None
    ) -> Conclusion:
        """The next edition."""
        self.keys.append(key)
        self._refuse_stale(version)
        known = await self.read(request_id)
        self.known = msgspec.structs.replace(
            known,
            version=version + 1,
            edition=known.edition + 1,
            state=ConclusionState.RETURNED,
            correction=reason,
        )
        return self._answer()

    async def earlier(self, request_id: RequestId) -> list[EarlierConclusion]:
        """None."""
        return []

    async def editions(self, request_id: RequestId) -> list[Edition]:
        """None but the present one is made up."""
        return []

    async def pdf(self, conclusion: Conclusion | Approval) -> bytes:
        """What lies on the disk."""
        return self.pdf_on_disk

    def _take(
        self, version: int, pdf: bytes, key: str | None, state: ConclusionState, signers: int
    ) -> Conclusion:
        self.keys.append(key)
        if not self.arrives:
            raise TimedOut
        if key is not None and key in self._answered:
            assert self.taken[-1] == pdf  # another file under the same key is another order
            return self._answered[key]
        self._refuse_stale(version)
        assert self.known is not None
        self.known = msgspec.structs.replace(
            self.known,
            version=version + 1,
            state=state,
            signers=signers,
            sha256=sha256(pdf).hexdigest(),
        )
        self.pdf_on_disk = pdf
        self.taken.append(pdf)
        if key is not None:
            self._answered[key] = self.known
        return self._answer()

    def _refuse_stale(self, version: int) -> None:
        if (0 if self.known is None else self.known.version) != version:
            raise Conflict(ProblemCode.STALE_VERSION)

    def _answer(self) -> Conclusion:
        if not self.answers:
            raise TimedOut
        assert self.known is not None
        return self.known


class MadeUpCards:
    """One card and its calls."""

    def __init__(self, card: RequestCard, calls: Sequence[Call]) -> None:
        self.view = CardView(card)
        self.calls = list(calls)

    async def card(self, request_id: RequestId) -> CardView:
        """The card."""
        return self.view

    async def attempts(self, request_id: RequestId) -> list[Call]:
        """Newest first."""
        return self.calls


class KeyOf:
    """Somebody's one key whose certificate is valid between two moments."""

    pin_hint = ""

    def __init__(self, authority: DemoAuthority, start: datetime, end: datetime) -> None:
        person = DemoPerson("Левашова Мария Олеговна", "Центр", "Кардиолог", key=DemoKey.EC_P256)
        self._authority = authority
        self._key = authority.issue(person, "1234", start, end)

    async def key(self, account: Account) -> LockedKey:
        """The file."""
        return FileKey(self._key)

    async def is_open(self, account: Account) -> bool:
        """Never."""
        return False

    def open_seconds(self, account: Account) -> float:
        """None."""
        return 0.0

    def forget(self) -> None:
        """Nothing is kept."""

    async def certificate(self, account: Account) -> x509.Certificate:
        """Its certificate."""
        own = pkcs12.load_pkcs12(self._key, b"1234").cert
        assert own is not None
        return own.certificate

    async def roots(self) -> list[x509.Certificate]:
        """The authority's."""
        return [self._authority.root]


@dataclass(frozen=True)
class House:
    """Both desks and what stands behind them."""

    server: MadeUpServer
    cards: MadeUpCards
    opener: FakeOpener
    certificates: Certificates
    doctor: ConclusionService
    admin: ApprovalService

    @property
    def pin(self) -> str:
        return self.doctor.pin_hint

    async def signed(self) -> SignedPdf:
        """Written, signed, and read by the admin."""
        await self.doctor.save(ONE, 0, FORM)
        preview = await self.doctor.preview(await self.doctor.open(ONE))
        await self.doctor.sign(preview, self.pin)
        (approval,) = await self.admin.waiting()
        return await self.admin.read(approval)


def make_house(
    folder: Path,
    *,
    certificates: Certificates | None = None,
    drafts: DraftStore | None = None,
    server: MadeUpServer | None = None,
) -> House:
    """Both desks with certificates of the demonstration, or those given."""
    server, opener = server or MadeUpServer(), FakeOpener()
    cards = MadeUpCards(make_cardiac_card(), [make_call()])
    keys = certificates or DemoCertificates(folder / "trust-roots", _now)
    doctor = ConclusionService(server, cards, cards, opener, keys, DOCTOR, _now, drafts=drafts)
    admin = ApprovalService(server, opener, keys, ADMIN, _now)
    return House(server, cards, opener, keys, doctor, admin)


def make_cardiac_card() -> RequestCard:
    """One document was opened, another was not."""
    row = make_row(id=ONE, number="20-4817")
    opened = make_document(title="ЭКГ в 12 отведениях", opened=True, content=b"one")
    unseen = make_document(title="Рентген", kind=DocumentKind.IMAGE, content=b"two")
    return make_card(row, documents=[opened, unseen], medical_record_number="АК-118")


def make_call(**changes: object) -> Call:
    """A call of half an hour by video."""
    call = Call(
        id=CallId("call-1"),
        request_id=ONE,
        doctor_id=DOCTOR.id,
        doctor_name=DOCTOR.short_name,
        attempt=1,
        state=CallState.ENDED,
        channel=Channel.VIDEO,
        connection=1,
        placed_at=NOW,
        rings_until=NOW + timedelta(minutes=1),
        answered_at=NOW,
        ended_at=NOW + timedelta(minutes=29),
        ended_by=Side.DOCTOR,
    )
    return msgspec.structs.replace(call, **changes)


def _now() -> datetime:
    """Signatures are checked by real clocks elsewhere: the present moment is the real one."""
    return datetime.now(UTC)


def _drafted(request_id: RequestId) -> Conclusion:
    return Conclusion(
        request_id=request_id,
        version=0,
        state=ConclusionState.DRAFTING,
        form=ConclusionForm(),
        author_id=DOCTOR.id,
        author_name=DOCTOR.full_name,
        needs_approval=True,
        signers=0,
        sha256="",
        size=0,
        signed_at=None,
        approved_at=None,
        approved_by="",
        return_reason="",
        delivered_at=None,
        changed_at=NOW + timedelta(hours=1),
    )


def _approval(known: Conclusion) -> Approval:
    return Approval(
        request_id=known.request_id,
        request_number="20-4817",
        patient_name="Иванова Анна Петровна",
        diagnosis=known.form.diagnosis.text,
        author_name=known.author_name,
        version=known.version,
        signed_at=NOW,
        sha256=known.sha256,
        size=0,
    )
