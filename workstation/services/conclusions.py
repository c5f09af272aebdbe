"""A conclusion from the first word to the doctor's signature (OZ-12, OZ-22, DRC-13)."""

import asyncio
import hashlib
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from backend_client.errors import BackendError, Conflict, NotFound, Unreachable
from backend_client.models.accounts import Account
from backend_client.models.catalogue import ConclusionTemplate
from backend_client.models.common import ProblemCode, RequestId
from backend_client.models.conclusions import (
    Conclusion,
    ConclusionForm,
    ConclusionState,
    EarlierConclusion,
)
from backend_client.models.requests import RequestCard
from workstation.core.citations import cited
from workstation.core.conclusion import ConclusionContent, KeyImage
from workstation.core.conclusion_draft import KeptDraft
from workstation.core.conclusion_template import OWN, begun_by, template_for, template_of
from workstation.core.subscription import Event
from workstation.services.answers import Draft, Preview
from workstation.services.certificates import Certificates
from workstation.services.conclusion_content import PaperTime, conclusion_content, first_form
from workstation.services.conclusion_doors import (
    CallLog,
    Cards,
    ConclusionBackend,
    PageOpener,
)
from workstation.services.fresh_or_kept import fresh_or_kept
from workstation.services.key_images import KeyImages
from workstation.services.link import LinkState
from workstation.services.local_drafts import DraftStore, LocalDrafts
from workstation.services.signed_files import SignedFiles, SigningOrder
from workstation.services.signing_hand import SigningHand, certificate_facts, needs_pin
from workstation.services.signing_loaded import load_signing
from workstation.services.signing_terms import PolicySource, no_policy, signing_terms, wanted_level
from workstation.services.verify_address import VerifyAddress

if TYPE_CHECKING:
    from signing.certificates import CertificateFacts
    from signing.signed_file import LevelReached, SignedFile, Terms
    from workstation.services.lifting import Lifting, LiftingService
    from workstation.studies.study import Study


WRITABLE = frozenset({ConclusionState.DRAFTING, ConclusionState.RETURNED})


class ConclusionService:
    """Conclusions of the signed-in doctor. What is signed is what was looked at, byte for byte."""

    def __init__(
        self,
        backend: ConclusionBackend,
        calls: CallLog,
        requests: Cards,
        opener: PageOpener,
        certificates: Certificates,
        account: Account,
        now: Callable[[], datetime],
        paper_time: PaperTime | None = None,
        drafts: DraftStore | None = None,
        link: LinkState | None = None,
        templates: Callable[[], Sequence[ConclusionTemplate]] = tuple,
        pictures: KeyImages | None = None,
        verify_at: VerifyAddress | None = None,
        signing: PolicySource = no_policy,
        lifting: "LiftingService | None" = None,
    ) -> None:
        """`now` is the server's clock (aware UTC): the moment of signing. `templates`: all versions
        that the centre has laid down, as they are known now.

        `drafts` is where texts lie until the server has them; None: nowhere. `link` tells when
        nobody need be asked. `pictures` of sources stand on the paper; None: it has none.
        `lifting` raises the level of what is signed, later and by itself.
        `verify_at`: under which address anybody may check a paper; None: none is printed.
        """
        self._backend = backend
        self._calls = calls
        self._requests = requests
        self._opener = opener
        self._certificates = certificates
        self._account = account
        self._now = now
        self._paper_time = paper_time or PaperTime()
        self._signed = SignedFiles()
        self._drafts = LocalDrafts(drafts, now)
        self._link = link
        self._templates = templates
        self._pictures, self._verify_at = pictures, verify_at
        self._signing, self._lifting = signing, lifting
        self._levels: dict[RequestId, LevelReached] = {}
        self.signed: Event[RequestId] = Event()
        """The server has the doctor's signed file."""
        self._unanswered: dict[tuple[RequestId, int, str], str] = {}
        """Keys of corrections whose answer is not known."""
        self._heard: dict[RequestId, Conclusion] = {}
        """What the server has said last, in this run of the program."""
        self._turns: WeakValueDictionary[RequestId, asyncio.Lock] = WeakValueDictionary()

    @property
    def pin_hint(self) -> str:
        """In the demonstration the PIN that opens the demo key; "" everywhere else."""
        return self._certificates.pin_hint

    async def open(self, request_id: RequestId) -> Draft:
        """The conclusion as it stands, or a form prefilled from the request.

        What was written here and has not reached the server goes there first, where it goes on
        from the server's version; else it is `kept`. One that the clinic has returned opens with
        its `return_reason`. Raises BackendError.
        """
        async with self._turn(request_id):
            conclusion = await self._known(request_id)
            kept = await self._kept(request_id, conclusion)
            if kept is not None:
                conclusion, kept = await self._caught_up(request_id, conclusion, kept)
        card = (await self._requests.card(request_id)).card
        form = self._first(card) if conclusion is None else conclusion.form
        template = self._template(form if kept is None else kept.form)
        return Draft(card, form, conclusion, kept, template=template)

    async def open_here(self, request_id: RequestId) -> Draft:
        """As `open` without the server: what this computer has of the text, over what the server
        has said last, or the request's own words. Raises BackendError where the card is not known
        here either.
        """
        kept = await self._drafts.read(request_id)
        card = (await self._requests.card(request_id)).card
        heard = self._heard.get(request_id)
        if heard is not None and heard.state not in WRITABLE:
            kept = None
        form = self._first(card) if heard is None else heard.form
        template = self._template(form if kept is None else kept.form)
        return Draft(card, form, heard, kept, is_here=True, template=template)

    async def open_anyhow(self, request_id: RequestId) -> Draft:
        """As `open`; as `open_here` where the server cannot be asked now. Raises BackendError."""
        is_offline = self._link is not None and self._link.is_offline
        return await fresh_or_kept(
            lambda: self.open(request_id),
            lambda: self.open_here(request_id),
            kept_first=is_offline,
        )

    async def keep(self, request_id: RequestId, version: int, form: ConclusionForm) -> bool:
        """Keeps the form on this computer, over a crash too, until the server has it.

        `version` as in `save`, which does this by itself. False where nothing could be kept.
        """
        return await self._drafts.keep(request_id, version, form)

    async def save(self, request_id: RequestId, version: int, form: ConclusionForm) -> Conclusion:
        """Keeps the form on the server; `version` is the one that was edited, 0 for the first.

        Raises BackendError; Conflict (STALE_VERSION) where somebody else has written meanwhile.
        """
        turn = self._turn(request_id)
        if turn.locked():  # whoever has it may be waiting for the network: the disk does not
            await self._drafts.keep(request_id, version, form)
        async with turn:
            await self._drafts.keep(request_id, version, form)
            return await self._save(request_id, version, form)

    async def preview(self, draft: Draft) -> Preview:
        """The paper as it will be signed, made from the draft that the server keeps.

        Raises BackendError, and the room of papers' UnprintableText (its `field` names the
        section: «complaints», «diagnoses.text») and DocumentTooLong.
        """
        saved = draft.conclusion
        if saved is None:
            raise ValueError("the draft was not saved")
        card = await self._fresh_card(saved.request_id)
        calls = await self._calls.attempts(saved.request_id)
        content = conclusion_content(card, saved, calls, self._account, self._paper_time)
        content = replace(
            content,
            key_images=await self._key_images(card, saved.form),
            verify_url=await self._verify_url(saved.code),
            template=self._template_words(saved.form) or content.template,
        )
        pdf = await asyncio.to_thread(_rendered, content)
        return Preview(saved.request_id, saved.version, pdf, hashlib.sha256(pdf).hexdigest())

    async def correct(self, conclusion: Conclusion, reason: str) -> Conclusion:
        """Begins a new edition of what the patient has; both stay.

        Given again after a lost answer it is the same order. Raises BackendError; Conflict
        (STALE_VERSION, MOVE_NOT_ALLOWED).
        """
        order = (conclusion.request_id, conclusion.version, reason)
        key = self._unanswered.setdefault(order, str(uuid.uuid4()))
        try:
            begun = await self._backend.correct(*order, key=key)
        except BackendError as error:
            if not error.is_temporary:
                self._unanswered.pop(order, None)
            raise
        self._unanswered.pop(order, None)
        self._heard[conclusion.request_id] = begun
        return begun

    async def signed_pdf(self, conclusion: Conclusion) -> bytes:
        """The signed file as the server has kept it, checked by its hash.

        Raises BackendError; Conflict (FILE_CHANGED), Corrupted.
        """
        return await self._backend.pdf(conclusion)

    async def open_pages(self, pdf: bytes) -> "Study":
        """The file's pages, opened by the decoder process; raises StudyError."""
        return await self._opener.open(memoryview(pdf))

    async def needs_pin(self) -> bool:
        """Whether the PIN has to be given for the next signature; else "" signs."""
        return await needs_pin(self._certificates, self._account)

    async def certificate(self) -> "CertificateFacts":
        """With which certificate would be signed; raises NoCertificate."""
        return await certificate_facts(self._certificates, self._account)

    async def sign(self, preview: Preview, pin: str) -> Conclusion:
        """Signs exactly the bytes of the preview and hands them in.

        Given again after a lost answer it is the same order with the same file. Raises WrongPin,
        a CertificateRefused or another SigningError, and BackendError; Conflict (STALE_VERSION)
        where the draft has changed since the preview.
        """
        key = await self._certificates.key(self._account)
        hand = SigningHand(key, pin, self._account.post, self._paper_time, self._now())
        order = SigningOrder(preview.request_id, preview.version, preview.sha256)
        terms = await signing_terms(self._certificates, self._account, self._signing(), hand.at)

        async def send(signed: bytes, order_key: str) -> Conclusion:
            return await self._backend.sign(
                preview.request_id, preview.version, signed, key=order_key
            )

        def told(file: "SignedFile") -> bytes:
            self._levels[preview.request_id] = file.level
            return file.pdf

        certified = partial(_certified, preview.pdf, hand, terms, told)
        signed = await self._signed.deliver(order, certified, send)
        self._heard[preview.request_id] = signed
        self.signed.emit(preview.request_id)
        return signed

    @property
    def wanted_level(self) -> str:
        """Which level of PAdES the next signature aims at, as the centre has it."""
        return wanted_level(self._signing())

    def level(self, request_id: RequestId) -> "LevelReached | None":
        """How high the signature of this run reached, and why not higher; None: none was made."""
        return self._levels.get(request_id)

    @property
    def knows_public_address(self) -> bool:
        """Whether the address on the paper is one that the clinic has set for everybody."""
        return self._verify_at is None or not self._verify_at.is_doubtful

    @property
    def compares_snils(self) -> bool:
        """Whether the certificate is compared with the account by SNILS, not by name alone."""
        return bool(self._account.snils)

    def lifting(self, request_id: RequestId) -> "Lifting | None":
        """How it stands with raising the level of its signed file; None: nothing is to be done."""
        return None if self._lifting is None else self._lifting.of(request_id)

    def watch_lifting(self, heard: Callable[[RequestId], None]) -> Callable[[], None]:
        """Calls `heard` for each file with which it stands otherwise, until what is returned is
        called."""
        if self._lifting is None:
            return lambda: None
        return self._lifting.changed.subscribe(heard)

    async def earlier(self, request_id: RequestId) -> list[EarlierConclusion]:
        """What the same patient was told before, the newest first. Raises BackendError."""
        return await self._backend.earlier(request_id)

    def _first(self, card: RequestCard) -> ConclusionForm:
        """A form in which nothing was written yet, by the template that fits today."""
        today = self._now().astimezone(self._paper_time.zone).date()
        template = template_for(self._templates(), self._account.post, card.row.route, today)
        return begun_by(template, first_form(card))

    def _template_words(self, form: ConclusionForm) -> str:
        """«кардиология 2.4»; "" for the workstation's own form."""
        template = self._template(form)
        return f"{template.title_ru} {template.version}" if template.code else ""

    def _template(self, form: ConclusionForm) -> ConclusionTemplate:
        """The version by which the form was begun; of one not known here the workstation's own."""
        return template_of(self._templates(), form.template) or OWN

    async def _key_images(self, card: RequestCard, form: ConclusionForm) -> tuple[KeyImage, ...]:
        if self._pictures is None:
            return ()
        documents = {str(one.id): one for one in card.documents}
        return await self._pictures.of(cited(form), documents)

    async def _verify_url(self, code: str) -> str:
        return "" if self._verify_at is None else await self._verify_at.of(code)

    def _turn(self, request_id: RequestId) -> asyncio.Lock:
        """One at a time writes or reads a request's conclusion."""
        return self._turns.setdefault(request_id, asyncio.Lock())

    async def _save(self, request_id: RequestId, version: int, form: ConclusionForm) -> Conclusion:
        try:
            saved = await self._backend.save(request_id, version, form)
        except Conflict as error:
            if error.code is not ProblemCode.STALE_VERSION:
                raise
            known = await self._known(request_id)
            if known is None or not self._is_mine(known, version, form):
                raise
            saved = known  # it had arrived before: only the answer was lost
        self._heard[request_id] = saved
        await self._drafts.settle(request_id, version, form, saved.version)
        return saved

    async def _kept(self, request_id: RequestId, known: Conclusion | None) -> KeptDraft | None:
        """What this computer has and the server has not; of what is signed nothing is kept."""
        kept = await self._drafts.read(request_id)
        if kept is None or known is None:
            return kept
        if kept.form == known.form or known.state not in WRITABLE:
            await self._drafts.remove(request_id)
            return None
        return kept

    async def _caught_up(
        self, request_id: RequestId, known: Conclusion | None, kept: KeptDraft
    ) -> tuple[Conclusion | None, KeptDraft | None]:
        """The server's state and what is still only here."""
        if kept.version != (0 if known is None else known.version):
            return known, kept
        try:
            return await self._save(request_id, kept.version, kept.form), None
        except BackendError as error:
            if error.is_temporary:
                raise
            return known, kept  # this account may not write there any more

    async def _known(self, request_id: RequestId) -> Conclusion | None:
        try:
            known = await self._backend.read(request_id)
        except NotFound:
            self._heard.pop(request_id, None)
            return None
        self._heard[request_id] = known
        return known

    async def _fresh_card(self, request_id: RequestId) -> RequestCard:
        """The server's own word: what is signed does not come from the cache."""
        view = await self._requests.card(request_id)
        if view.as_of is not None:
            raise Unreachable
        return view.card

    def _is_mine(self, known: Conclusion, version: int, form: ConclusionForm) -> bool:
        by_me = known.author_id == self._account.id
        return by_me and known.version == version + 1 and known.form == form


def _rendered(content: ConclusionContent) -> bytes:
    from workstation.documents.conclusion_pdf import render_conclusion
    from workstation.documents.pdfa import checked_pdfa

    return checked_pdfa(render_conclusion(content))


def _certified(
    pdf: bytes,
    hand: SigningHand,
    terms: "Terms",
    told: "Callable[[SignedFile], bytes]",
    signed_before: bytes | None,
) -> bytes:
    """The previewed bytes, behind them the revision with both fields, behind it the signature."""
    load_signing()
    from signing.fields import prepare_fields
    from signing.levels import certify_with

    signer = hand.signer()
    return signed_before or told(certify_with(prepare_fields(pdf), signer, hand.stamp(), terms))
