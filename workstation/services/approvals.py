"""The clinic's word on signed conclusions: read, verified, approved or returned (DRC-13)."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Protocol

from backend_client.errors import BackendError
from backend_client.models.accounts import Account
from backend_client.models.common import RequestId
from backend_client.models.conclusions import Approval, Conclusion, ConclusionForm, Edition
from backend_client.models.evidence import Evidence
from signing.errors import AlteredDocument, SigningError
from workstation.core.citations import cited
from workstation.services.answers import SignedPdf
from workstation.services.certificates import Certificates
from workstation.services.conclusion_content import PaperTime
from workstation.services.conclusion_doors import PageOpener
from workstation.services.signed_files import SignedFiles, SigningOrder
from workstation.services.signing_hand import SigningHand, certificate_facts
from workstation.services.signing_terms import PolicySource, no_policy, signing_terms
from workstation.services.verifying import Verifier, VerifyProcess

if TYPE_CHECKING:
    from signing.certificates import CertificateFacts
    from signing.report import SignatureReport
    from signing.signed_file import Terms
    from workstation.studies.study import Study


class ApprovalBackend(Protocol):
    """What is asked of the server about approvals."""

    async def waiting(self) -> list[Approval]:
        """The oldest first."""

    async def read(self, request_id: RequestId) -> Conclusion:
        """The signed conclusion."""

    async def pdf(self, conclusion: Conclusion | Approval) -> bytes:
        """The kept file, checked by its hash."""

    async def editions(self, request_id: RequestId) -> list[Edition]:
        """Every signed file of the request, the first first."""

    async def approve(
        self, request_id: RequestId, version: int, pdf: bytes, *, key: str | None = None
    ) -> Conclusion:
        """Takes the countersigned file."""

    async def give_back(
        self, request_id: RequestId, version: int, reason: str, *, key: str | None = None
    ) -> Conclusion:
        """Returns the conclusion to its doctor."""


class ApprovalService:
    """Signed conclusions of the clinic admin's centre. Nothing of them is kept here."""

    def __init__(
        self,
        backend: ApprovalBackend,
        opener: PageOpener,
        certificates: Certificates,
        account: Account,
        now: Callable[[], datetime],
        paper_time: PaperTime | None = None,
        verifier: Verifier | None = None,
        signing: PolicySource = no_policy,
    ) -> None:
        """`now` is the server's clock (aware UTC): the moment of checking and of signing.
        `verifier` None: a process of its own, which ends with the program."""
        self._backend = backend
        self._opener = opener
        self._certificates = certificates
        self._account = account
        self._now = now
        self._paper_time = paper_time or PaperTime()
        self._signed = SignedFiles()
        self._verifier = verifier or VerifyProcess()
        self._signing = signing
        self._unanswered: dict[tuple[RequestId, int, str], str] = {}

    @property
    def pin_hint(self) -> str:
        """In the demonstration the PIN that opens the demo key; "" everywhere else."""
        return self._certificates.pin_hint

    @property
    def pin_until(self) -> datetime | None:
        """Until when (aware) the key is open, and the PIN "" signs; None: one has to be given.

        The sitting knows: it ends with the time that was chosen, with the token, at signing out.
        """
        seconds = self._certificates.open_seconds(self._account)
        return self._now() + timedelta(seconds=seconds) if seconds > 0 else None

    async def close(self) -> None:
        """Ends the process that verifies."""
        await self._verifier.close()

    async def waiting(self) -> list[Approval]:
        """Signed conclusions that wait, the oldest first; raises BackendError."""
        return await self._backend.waiting()

    async def read(self, approval: Approval) -> SignedPdf:
        """The signed file with its hash checked and its one signature verified.

        Raises BackendError; Conflict (FILE_CHANGED) or Corrupted where the bytes are not those
        that the doctor has signed.
        """
        pdf = await self._backend.pdf(approval)
        roots = await self._certificates.roots()
        report = await self._verifier.verify(pdf, roots, 1, self._now())
        return SignedPdf(approval, pdf, report)

    async def sources(self, approval: Approval) -> tuple[Evidence, ...]:
        """What the numbers in its text lead to, in their order; nothing where the server has
        another text by now. Raises BackendError."""
        known = await self._backend.read(approval.request_id)
        return cited(known.form) if known.sha256 == approval.sha256 else ()

    async def before(self, approval: Approval) -> Edition | None:
        """The signed edition before this one, for the difference; None: it is the first. Raises
        BackendError."""
        if approval.edition <= 1:
            return None
        known = await self._backend.editions(approval.request_id)
        earlier = [one for one in known if one.edition < approval.edition]
        return earlier[-1] if earlier else None

    async def form(self, approval: Approval) -> ConclusionForm | None:
        """The text of this very file; None where the server has another one by now."""
        known = await self._backend.read(approval.request_id)
        return known.form if known.sha256 == approval.sha256 else None

    async def open_pages(self, pdf: bytes) -> "Study":
        """The file's pages, opened by the decoder process; raises StudyError."""
        return await self._opener.open(memoryview(pdf))

    async def certificate(self) -> "CertificateFacts":
        """With which certificate would be approved; raises NoCertificate. Asked when the room is
        opened: what verifies is made ready."""
        await self._verifier.start()
        return await certificate_facts(self._certificates, self._account)

    async def approve(self, signed: SignedPdf, pin: str) -> Conclusion:
        """Countersigns the very file that was read and hands it in; the patient gets it.

        With the PIN "" that of the sitting signs (`pin_until`). Given again after a lost answer it
        is the same order with the same file. Raises
        AlteredDocument unless the doctor's signature is valid, WrongPin, a CertificateRefused or
        another SigningError, and BackendError; Conflict (STALE_VERSION, FILE_CHANGED).
        """
        _refuse_unless_valid(signed.report)
        approval = signed.approval
        key = await self._certificates.key(self._account)
        hand = SigningHand(key, pin, self._account.post, self._paper_time, self._now())
        order = SigningOrder(approval.request_id, approval.version, approval.sha256)
        terms = await signing_terms(self._certificates, self._account, self._signing(), hand.at)

        async def send(pdf: bytes, order_key: str) -> Conclusion:
            return await self._backend.approve(
                approval.request_id, approval.version, pdf, key=order_key
            )

        sign = partial(_approved, self._verifier, signed.pdf, hand, terms)
        try:
            return await self._signed.deliver(order, sign, send)
        except SigningError:
            await self._certificates.is_open(self._account)  # of a lost token the time is over
            raise

    async def give_back(self, approval: Approval, reason: str) -> Conclusion:
        """Returns the conclusion to its doctor, who reads the reason.

        Given again after a lost answer it is the same order. Raises BackendError; Conflict
        (STALE_VERSION, MOVE_NOT_ALLOWED) where it waits no longer, or is another by now.
        """
        order = (approval.request_id, approval.version, reason)
        key = self._unanswered.setdefault(order, str(uuid.uuid4()))
        try:
            conclusion = await self._backend.give_back(
                approval.request_id, approval.version, reason, key=key
            )
        except BackendError as error:
            if not error.is_temporary:
                self._unanswered.pop(order, None)
            raise
        self._unanswered.pop(order, None)
        return conclusion


def _refuse_unless_valid(report: "SignatureReport") -> None:
    from signing.report import Verdict

    if report.verdict is not Verdict.VALID:
        raise AlteredDocument(tuple(problem.value for problem in report.all_problems))


def _approved(
    countersigner: Verifier,
    pdf: bytes,
    hand: SigningHand,
    terms: "Terms",
    signed_before: bytes | None,
) -> bytes:
    signer = hand.signer()
    return signed_before or countersigner.countersign(pdf, signer, hand.stamp(), terms)
