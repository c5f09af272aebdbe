"""Signed conclusions that wait, as drawn in the design, and a service of approvals in memory."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import msgspec

from backend_client.errors import Conflict
from backend_client.models.annotations import Annotation
from backend_client.models.common import ProblemCode, RequestId, UserId
from backend_client.models.conclusions import (
    Approval,
    Conclusion,
    ConclusionForm,
    ConclusionState,
    Edition,
)
from backend_client.models.evidence import Evidence
from backend_client.models.requests import Diagnosis, RequestRow, RequestStatus, Sex
from signing.certificates import CertificateFacts, KeyAlgorithm
from signing.errors import NoCertificate, WrongPin
from signing.report import (
    Coverage,
    LaterChange,
    Level,
    Problem,
    SignatureReport,
    SignatureResult,
)
from tests.factories import changed_row, make_patient, make_row
from tests.fakes import FakeRequestService, FakeSyncService
from tests.ui.queue_scene import SCENE_NOW
from tests.ui.viewers.made_up import MadeUpStudy, make_pdf
from workstation.core.subscription import Event
from workstation.services.answers import SignedPdf
from workstation.ui.screens.approvals.view_model import ApprovalsViewModel
from workstation.ui.wording import Wording

PIN = "2580"
LEVASHOVA = "Левашова Марина Олеговна"
_WAITING = (
    ("Кочетов Егор Маратович", "I21.3", "Инфаркт миокарда", "Сафонов Д. В.", 52 * 60),
    ("Лунёва Тамара Андреевна", "I34.0", "Митральная недостаточность", "Левашова М. О.", 30 * 60),
    ("Верещагин Павел Никитич", "I35.0", "Аортальный стеноз, тяжёлый", "Левашова М. О.", 255),
    ("Маслов Георгий Ефимович", "I25.1", "Атеросклеротическая болезнь", "Сафонов Д. В.", 230),
    ("Абрамкина Юлия Олеговна", "I42.0", "Дилатационная кардиомиопатия", "Мирская Е. Л.", 12),
)


def make_facts(name: str = LEVASHOVA, **changes: object) -> CertificateFacts:
    """A demonstration's certificate, good for a year."""
    values: dict[str, object] = {
        "name": name,
        "organization": "Центр сердечно-сосудистой хирургии",
        "issuer": "Учебный УЦ (демонстрация)",
        "number": "5C2A9014",
        "valid_from": datetime(2026, 8, 14, 6, tzinfo=UTC),
        "valid_to": datetime(2027, 8, 14, 6, tzinfo=UTC),
        "snils": "11223344595",
        "algorithm": KeyAlgorithm.RSA,
        "may_sign": True,
        "is_qualified": False,
    }
    return CertificateFacts(**(values | changes))  # type: ignore[arg-type]  # fields by name


def make_report(
    approval: Approval,
    *problems: Problem,
    of_file: tuple[Problem, ...] = (),
    name: str = LEVASHOVA,
    level: Level = Level.B_B,
) -> SignatureReport:
    """One signature, good but for what is said."""
    result = SignatureResult(
        field="Doctor",
        signer=make_facts(name),
        signed_at=approval.signed_at,
        level=level,
        certifies=True,
        covered=Coverage.WHOLE_FILE,
        covered_bytes=approval.size,
        changed_after=LaterChange.NOTHING,
        problems=problems,
    )
    return SignatureReport(approval.sha256, (result,), of_file)


class FakeApprovals:
    """Approvals in memory; decisions change the requests beside them, as the server's do."""

    def __init__(self, requests: FakeRequestService, waiting: Iterable[Approval]) -> None:
        self.pin_hint = PIN
        self.list = list(waiting)
        self.requests = requests
        self.reports: dict[RequestId, SignatureReport] = {}
        """Of those that are not simply good."""
        self.errors: dict[str, list[Exception]] = {}
        """By the method's name: what its next calls raise."""
        self.gates: dict[str, asyncio.Event] = {}
        """By the method's name: what its calls wait for."""
        self.facts: CertificateFacts | None = make_facts("Бережной Алексей Кириллович")
        self.pages: list[MadeUpStudy] = []
        self.approved: list[RequestId] = []
        self.returned: list[tuple[RequestId, str]] = []
        self.reads: list[RequestId] = []
        self.was_given = False
        """Whether the PIN need not be given again."""
        self.earlier: dict[RequestId, Edition] = {}
        self.forms: dict[RequestId, ConclusionForm] = {}
        self.cited: dict[RequestId, tuple[Evidence, ...]] = {}

    def fail(self, method: str, *errors: Exception) -> None:
        """Makes the next calls fail."""
        self.errors.setdefault(method, []).extend(errors)

    def hold(self, method: str) -> asyncio.Event:
        """Calls wait from now on, until the event is set."""
        return self.gates.setdefault(method, asyncio.Event())

    def decide_elsewhere(self, request_id: RequestId, status: RequestStatus) -> None:
        """As when a colleague was first."""
        self.list = [one for one in self.list if one.request_id != request_id]
        row = self.requests.rows[request_id]
        self.requests.upsert(changed_row(row, status=status, version=row.version + 1))

    def sign_anew(self, request_id: RequestId) -> Approval:
        """As when the doctor hands in another version."""
        self.list = [
            msgspec.structs.replace(one, version=one.version + 3, sha256="ab" * 32)
            if one.request_id == request_id
            else one
            for one in self.list
        ]
        row = self.requests.rows[request_id]
        self.requests.upsert(changed_row(row, version=row.version + 1))
        return next(one for one in self.list if one.request_id == request_id)

    @property
    def pin_until(self) -> datetime | None:
        """For an hour, once a PIN was given."""
        return SCENE_NOW + timedelta(hours=1) if self.was_given else None

    async def before(self, approval: Approval) -> Edition | None:
        """Of those with an edition before."""
        await self._note("before")
        return self.earlier.get(approval.request_id)

    async def form(self, approval: Approval) -> ConclusionForm | None:
        """The text that was signed."""
        return self.forms.get(approval.request_id)

    async def waiting(self) -> list[Approval]:
        """What was not decided."""
        await self._note("waiting")
        return list(self.list)

    async def read(self, approval: Approval) -> SignedPdf:
        """The file with its report."""
        self.reads.append(approval.request_id)
        await self._note("read")
        report = self.reports.get(approval.request_id) or make_report(approval)
        return SignedPdf(approval, b"%PDF-made-up", report)

    async def sources(self, approval: Approval) -> tuple[Evidence, ...]:
        """Of the text's numbers."""
        await self._note("sources")
        return self.cited.get(approval.request_id, ())

    async def open_pages(self, pdf: bytes) -> MadeUpStudy:
        """Two pages."""
        await self._note("open_pages")
        self.pages.append(MadeUpStudy(make_pdf(2)))
        return self.pages[-1]

    async def certificate(self) -> CertificateFacts:
        """The admin's own."""
        await self._note("certificate")
        if self.facts is None:
            raise NoCertificate("none")
        return self.facts

    async def approve(self, signed: SignedPdf, pin: str) -> Conclusion:
        """With the right PIN."""
        await self._note("approve")
        if pin != PIN and not (self.was_given and not pin):
            self.was_given = False
            raise WrongPin("wrong")
        self.was_given = True
        self.approved.append(signed.approval.request_id)
        self.decide_elsewhere(signed.approval.request_id, RequestStatus.DELIVERED)
        return make_conclusion(signed.approval, ConclusionState.DELIVERED)

    async def give_back(self, approval: Approval, reason: str) -> Conclusion:
        """Conflict where it does not wait any more."""
        await self._note("give_back")
        if approval.request_id not in {one.request_id for one in self.list}:
            raise Conflict(ProblemCode.MOVE_NOT_ALLOWED)
        self.returned.append((approval.request_id, reason))
        self.decide_elsewhere(approval.request_id, RequestStatus.RETURNED)
        return make_conclusion(approval, ConclusionState.RETURNED)

    async def _note(self, method: str) -> None:
        await asyncio.sleep(0)
        if method in self.gates:
            await self.gates[method].wait()
        if errors := self.errors.get(method):
            raise errors.pop(0)


def make_conclusion(approval: Approval, state: ConclusionState) -> Conclusion:
    """What the server answers after a decision."""
    return Conclusion(
        request_id=approval.request_id,
        version=approval.version + 1,
        state=state,
        form=ConclusionForm(),
        author_id=UserId("user-1"),
        author_name=LEVASHOVA,
        needs_approval=True,
        signers=2,
        sha256=approval.sha256,
        size=approval.size,
        signed_at=approval.signed_at,
        approved_at=SCENE_NOW,
        approved_by="Бережной А. К.",
        return_reason="",
        delivered_at=SCENE_NOW,
        changed_at=SCENE_NOW,
    )


def make_edition(approval: Approval, form: ConclusionForm) -> Edition:
    """What was signed before."""
    return Edition(
        edition=1,
        form=form,
        author_name=LEVASHOVA,
        signers=1,
        sha256="0" * 64,
        size=1,
        signed_at=approval.signed_at,
        approved_at=None,
        approved_by="",
        delivered_at=None,
        correction="",
    )


class FakeMeasurements:
    """What doctors measured, by request."""

    def __init__(self) -> None:
        self.changed: Event[RequestId] = Event()
        self.kept: dict[RequestId, tuple[Annotation, ...]] = {}
        self._read: set[RequestId] = set()

    def of(self, request_id: RequestId) -> tuple[Annotation, ...]:
        """What was read."""
        return self.kept.get(request_id, ()) if request_id in self._read else ()

    async def read(self, request_id: RequestId) -> tuple[Annotation, ...]:
        """All of a request."""
        self._read.add(request_id)
        self.changed.emit(request_id)
        return self.of(request_id)

    def forget(self, request_id: RequestId) -> None:
        """Nobody looks any more."""
        self._read.discard(request_id)


class ApprovalsScene:
    """The requests, the service, the connection, and the view model on them."""

    def __init__(self, wording: Wording, *, empty: bool = False) -> None:
        rows = [] if empty else [_row(*one[:3]) for one in _WAITING]
        self.requests = FakeRequestService(rows)
        waiting = [
            _approval(row, author, minutes)
            for row, (*_, author, minutes) in zip(rows, _WAITING, strict=False)
        ]
        self.approvals = FakeApprovals(self.requests, waiting)
        self.sync = FakeSyncService()
        self.measurements = FakeMeasurements()
        self.model = ApprovalsViewModel(
            self.requests, self.approvals, wording, self.sync, self.measurements
        )

    @property
    def names(self) -> list[str]:
        """The patients' names, top to bottom."""
        return [one.patient_name for one in self.model.waiting.rows.records()]

    @property
    def chosen_name(self) -> str:
        """Whose conclusion is chosen; "" for none."""
        return self.model.chosen.patient_name if self.model.chosen is not None else ""


def _row(name: str, code: str, diagnosis: str) -> RequestRow:
    sex = Sex.MALE if name.endswith("ч") else Sex.FEMALE
    patient = make_patient(name, sex=sex)
    return make_row(
        patient=patient,
        diagnosis=Diagnosis(icd10=code, text=diagnosis),
        status=RequestStatus.SIGNED,
    )


def _approval(row: RequestRow, author: str, minutes: int) -> Approval:
    return Approval(
        request_id=row.id,
        request_number=row.number,
        patient_name=row.patient.full_name,
        diagnosis=row.diagnosis.text,
        author_name=author,
        version=4,
        signed_at=SCENE_NOW - timedelta(minutes=minutes),
        sha256="9f3c71d0" + "0" * 52 + "4be2",
        size=24_000,
    )
