"""A conclusion in work as drawn in the design, and a server that keeps it in memory."""

import asyncio
import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import msgspec

from backend_client.errors import BackendError, Conflict, Unreachable
from backend_client.models.common import ProblemCode, RequestId, UserId
from backend_client.models.conclusions import (
    Conclusion,
    ConclusionDiagnosis,
    ConclusionForm,
    ConclusionState,
)
from backend_client.models.identity import IdentityMark
from backend_client.models.requests import (
    Action,
    Diagnosis,
    RequestCard,
    RequestRow,
    RequestStatus,
    Sex,
)
from signing.certificates import CertificateFacts, KeyAlgorithm
from signing.errors import WrongPin
from signing.signed_file import LevelReached
from tests.factories import (
    changed_row,
    make_card,
    make_document,
    make_owner,
    make_patient,
    make_row,
)
from tests.fakes import Failing, FakeRequestService
from tests.ui.queue_scene import SCENE_NOW
from tests.ui.viewers.made_up import MadeUpStudy, make_pdf
from tests.ui.waiting import until
from workstation.core.conclusion_draft import KeptDraft
from workstation.core.subscription import Event
from workstation.services.answers import Draft, Preview
from workstation.services.lifting import Lifting
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.conclusion.asked import OpenPages, Pace
from workstation.ui.screens.conclusion.view_model import ConclusionViewModel

PIN = "2026"
COMPLAINTS = (
    "Одышка на втором этаже, давящая боль при быстрой ходьбе, два эпизода пресинкопе в октябре, "
    "оба при подъёме по лестнице."
)
FINDINGS = (
    "ЭхоКГ 11.11.2026: Vmax на аортальном клапане 4,3 м/с, градиент 74 / 44 мм рт. ст. Площадь "
    "отверстия 0,8 см². МЖП 14 мм, КДР ЛЖ 46 мм, ИММ ЛЖ 127 г/м², ФВ 58 %.\n"
    "ЭКГ 19.11.2026: синусовый ритм, 68 в мин. QTc (Фридеричиа) 413 мс, SV1 + RV5 3,6 мВ, "
    "депрессия ST в V5–V6."
)
RECOMMENDATIONS = (
    "Показано вмешательство на аортальном клапане. Приглашение на очную консультацию для выбора "
    "метода; КТ аорты с контрастом, коронарография. До операции избегать физических нагрузок и "
    "нитратов; бисопролол 2,5 мг продолжить."
)
BASIS = "Диагноз установлен ранее на очном приёме: заключение лечащего врача от 12.11.2026."
FILLED = ConclusionForm(
    complaints=COMPLAINTS,
    history="Шум в сердце известен с 2019 года, наблюдался по месту жительства.",
    findings=FINDINGS,
    diagnosis=ConclusionDiagnosis(
        icd10="I35.0", text="Аортальный (клапанный) стеноз, тяжёлый, симптомный"
    ),
    recommendations=RECOMMENDATIONS,
    unopened_reason="Старше года, вопрос решён по ЭхоКГ",
    basis=BASIS,
)
FAST = Pace(save=5, retry=20, preview=2)


def make_conclusion(row: RequestRow, **changes: object) -> Conclusion:
    """A draft with every section filled."""
    conclusion = Conclusion(
        request_id=row.id,
        version=3,
        state=ConclusionState.DRAFTING,
        form=FILLED,
        author_id=UserId("user-1"),
        author_name="Левашова Мария Олеговна",
        needs_approval=True,
        signers=0,
        sha256="",
        size=0,
        signed_at=None,
        approved_at=None,
        approved_by="",
        return_reason="",
        delivered_at=None,
        changed_at=SCENE_NOW,
    )
    return msgspec.structs.replace(conclusion, **changes)


def make_certificate(**changes: object) -> CertificateFacts:
    """Of the doctor, with an RSA key: not a qualified one."""
    values: dict[str, object] = {
        "name": "Левашова Мария Олеговна",
        "organization": "Центр сердечно-сосудистой хирургии",
        "issuer": "Демонстрационный удостоверяющий центр",
        "number": "4A7F00C2",
        "valid_from": SCENE_NOW - timedelta(days=100),
        "valid_to": datetime(2027, 8, 14, 12, tzinfo=UTC),
        "snils": None,
        "algorithm": KeyAlgorithm.RSA,
        "may_sign": True,
        "is_qualified": False,
    }
    return CertificateFacts(**(values | changes))  # type: ignore[arg-type]  # fields by name


class FakeConclusions:
    """The service over a server in memory; papers are made-up pages."""

    pin_hint = PIN

    def __init__(self, requests: FakeRequestService) -> None:
        self.records: dict[RequestId, Conclusion] = {}
        self.opening, self.saving, self.printing, self.sealing = (Failing() for _ in range(4))
        self.may_save, self.may_print = asyncio.Event(), asyncio.Event()
        self.may_sign, self.may_draw = asyncio.Event(), asyncio.Event()
        """Clear one to hold what it is named after on its way."""
        for gate in (self.may_save, self.may_print, self.may_sign, self.may_draw):
            gate.set()
        self.facts: CertificateFacts | Exception = make_certificate()
        self.paper_errors: list[Exception] = []
        self.sign_errors: list[Exception] = []
        self.asked_to_save = 0
        self.saved: list[tuple[int, ConclusionForm]] = []
        self.kept: list[tuple[int, ConclusionForm]] = []
        self.left: dict[RequestId, KeptDraft] = {}
        """Texts of an earlier run of the program that the server has never got."""
        self.here: dict[RequestId, KeptDraft] = {}
        """Texts of this run that the server has not."""
        self.heard: dict[RequestId, Conclusion] = {}
        """What is known here of the server's texts."""
        self.is_cut = False
        """The server cannot be reached."""
        self.is_disk_full = False
        self.signed: list[Preview] = []
        self.pin_is_needed = True
        """False: the key is open for a while."""
        self.wanted_level = "PAdES B-B"
        self.levels: dict[RequestId, LevelReached] = {}
        """What is told of signatures."""
        self.liftings: dict[RequestId, Lifting] = {}
        self.lifting_changed: Event[RequestId] = Event()
        self.knows_public_address = True
        self.compares_snils = True
        self.pages: list[MadeUpStudy] = []
        self._requests = requests

    def level(self, request_id: RequestId) -> LevelReached | None:
        """As it was laid down."""
        return self.levels.get(request_id)

    def lifting(self, request_id: RequestId) -> Lifting | None:
        """As it was laid down."""
        return self.liftings.get(request_id)

    def watch_lifting(self, heard: Callable[[RequestId], None]) -> Callable[[], None]:
        """Of `lifting_changed`."""
        return self.lifting_changed.subscribe(heard)

    async def open(self, request_id: RequestId) -> Draft:
        """Prefilled from the card where nothing is kept."""
        self.opening.note("open", request_id)
        self._refuse_cut()
        card = (await self._requests.card(request_id)).card
        record = self.records.get(request_id)
        form = _first(card) if record is None else record.form
        return Draft(card, form, record, self.left.get(request_id))

    async def open_here(self, request_id: RequestId) -> Draft:
        """Prefilled from the card, or what was left by an earlier run."""
        card = (await self._requests.card(request_id)).card
        form, known = _first(card), self.heard.get(request_id)
        kept = self.left.get(request_id) or self.here.get(request_id)
        return Draft(card, form if known is None else known.form, known, kept, is_here=True)

    async def open_anyhow(self, request_id: RequestId) -> Draft:
        """From the server, else from here."""
        try:
            return await self.open(request_id)
        except BackendError as error:
            if not error.is_temporary:
                raise
            return await self.open_here(request_id)

    async def keep(self, request_id: RequestId, version: int, form: ConclusionForm) -> bool:
        """Noted in `kept`, unless the disk is full."""
        if not self.is_disk_full:
            self.kept.append((version, form))
            self.here[request_id] = KeptDraft(version, form, SCENE_NOW)
        return not self.is_disk_full

    async def save(self, request_id: RequestId, version: int, form: ConclusionForm) -> Conclusion:
        """Conflict where another version is kept."""
        self.asked_to_save += 1
        await self.may_save.wait()
        self.saving.note("save", version)
        self._refuse_cut()
        self._refuse_stale(request_id, version)
        self.saved.append((version, form))
        self.here.pop(request_id, None)
        return self.put(request_id, form=form, version=version + 1)

    async def preview(self, draft: Draft) -> Preview:
        """Bytes that name the text."""
        await self.may_print.wait()
        record = draft.conclusion
        assert record is not None, "the draft was not saved"
        self.printing.note("preview", record.version)
        self._refuse_cut()
        if self.paper_errors:
            raise self.paper_errors.pop(0)
        pdf = self.paper(draft, record)
        return Preview(record.request_id, record.version, pdf, hashlib.sha256(pdf).hexdigest())

    def paper(self, draft: Draft, record: Conclusion) -> bytes:
        """The made-up file."""
        return b"%PDF " + msgspec.json.encode((record.version, record.form)) * 40

    async def correct(self, conclusion: Conclusion, reason: str) -> Conclusion:
        """A new edition, as the server begins it."""
        self._refuse_stale(conclusion.request_id, conclusion.version)
        begun = self.put(
            conclusion.request_id,
            state=ConclusionState.RETURNED,
            version=conclusion.version + 1,
            edition=conclusion.edition + 1,
            correction=reason,
        )
        actions = [Action.WRITE_CONCLUSION, Action.SIGN_CONCLUSION]
        self.move(conclusion.request_id, RequestStatus.RETURNED, actions)
        return begun

    async def signed_pdf(self, conclusion: Conclusion) -> bytes:
        """What was handed in."""
        return b"%PDF signed"

    async def open_pages(self, pdf: bytes) -> OpenPages:
        """Two pages."""
        pages = MadeUpStudy(make_pdf(2), at_once=self.may_draw.is_set())
        self.pages.append(pages)
        return pages

    async def needs_pin(self) -> bool:
        return self.pin_is_needed

    async def certificate(self) -> CertificateFacts:
        """`facts`, raised where they are an error."""
        if isinstance(self.facts, Exception):
            raise self.facts
        return self.facts

    async def sign(self, preview: Preview, pin: str) -> Conclusion:
        """The PIN is 2026; the request moves as the server moves it."""
        await self.may_sign.wait()
        self.sealing.note("sign", preview.version)
        if self.sign_errors:
            raise self.sign_errors.pop(0)
        if pin != PIN and (pin or self.pin_is_needed):
            raise WrongPin("the PIN does not open the key")
        self._refuse_stale(preview.request_id, preview.version)
        self.signed.append(preview)
        record = self.put(
            preview.request_id,
            state=ConclusionState.SIGNED,
            version=preview.version + 1,
            signers=1,
            sha256=preview.sha256[::-1],
            size=len(preview.pdf) + 9000,
            signed_at=SCENE_NOW,
            return_reason="",
        )
        self.move(preview.request_id, RequestStatus.SIGNED, [])
        return record

    def put(self, request_id: RequestId, **changes: object) -> Conclusion:
        """As when the server has got something, from this window or from another one."""
        row = self._requests.rows[request_id]
        known = self.records.get(request_id) or make_conclusion(row, version=0)
        known = self.records[request_id] = msgspec.structs.replace(known, **changes)
        return known

    def move(self, request_id: RequestId, status: RequestStatus, actions: list[Action]) -> None:
        """As when the server tells of another state of the request."""
        row = self._requests.rows[request_id]
        changes = {"status": status, "allowed_actions": actions, "version": row.version + 1}
        self._requests.upsert(changed_row(row, **changes))

    def _refuse_cut(self) -> None:
        if self.is_cut:
            raise Unreachable

    def _refuse_stale(self, request_id: RequestId, version: int) -> None:
        known = self.records.get(request_id)
        if version != (0 if known is None else known.version):
            raise Conflict(ProblemCode.STALE_VERSION)


def _first(card: RequestCard) -> ConclusionForm:
    diagnosis = card.row.diagnosis
    return ConclusionForm(
        complaints=card.complaints,
        diagnosis=ConclusionDiagnosis(icd10=diagnosis.icd10 or "", text=diagnosis.text),
    )


class ConclusionScene:
    """The case after its call, the services, and the view model on them."""

    def __init__(self, words: RequestWords, *, pace: Pace = FAST) -> None:
        self.row = make_row(
            patient=make_patient("Верещагин Павел Никитич", sex=Sex.MALE, place="Екатеринбург"),
            diagnosis=Diagnosis(icd10="I35.0", text="Аортальный стеноз, тяжёлый"),
            status=RequestStatus.DRAFTING,
            owner=make_owner(),
            allowed_actions=[Action.WRITE_CONCLUSION, Action.SIGN_CONCLUSION],
            due_at=SCENE_NOW + timedelta(days=2),
            soon_at=SCENE_NOW + timedelta(days=1),
        )
        self.files = [
            make_document(request_id=self.row.id, title=title, opened=opened)
            for title, opened in (
                ("ЭхоКГ, парастернально", True),
                ("Выписка, терапия", False),
                ("Выписка, приёмное", False),
            )
        ]
        self.requests = FakeRequestService([self.row])
        self.requests.cards[self.row.id] = make_card(
            self.row, complaints=COMPLAINTS, documents=self.files
        )
        self.service = self.make_service()
        self.model = ConclusionViewModel(self.requests, self.service, words.time, pace=pace)

    def make_service(self) -> FakeConclusions:
        """The services' stand-in."""
        return FakeConclusions(self.requests)

    @property
    def record(self) -> Conclusion:
        """What the server keeps."""
        return self.service.records[self.row.id]

    async def open(self, record: Conclusion | None = None) -> None:
        """Opens the case, with what the server keeps already, and waits for its text."""
        if record is not None:
            self.service.records[self.row.id] = record
        self.model.open(self.row.id)
        await until(lambda: self.model.draft is not None)

    async def open_filled(self, **changes: object) -> None:
        """Opens a draft in which every section is filled."""
        await self.open(make_conclusion(self.row, **changes))

    def write(self, **changes: object) -> None:
        """Types into some sections."""
        self.model.write(msgspec.structs.replace(self.model.form, **changes))

    def mark(self, *marks: IdentityMark) -> None:
        """Something stands out about the patient from now on."""
        row = self.requests.rows[self.row.id]
        newer = changed_row(row, identity_marks=list(marks))
        self.requests.cards[row.id] = msgspec.structs.replace(
            self.requests.cards[row.id], row=newer
        )
        self.requests.upsert(newer)

    def become(self, status: RequestStatus, *actions: Action) -> None:
        """As when the server tells of another state of the request."""
        self.service.move(self.row.id, status, list(actions))
