"""The clinic's word on signed conclusions: read, verified, approved or returned (DRC-13)."""

import asyncio
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Protocol

from backend_client.errors import BackendError
from backend_client.models.accounts import Account
from backend_client.models.common import RequestId
from backend_client.models.conclusions import Approval, Conclusion
from backend_client.models.evidence import Evidence
from signing.errors import AlteredDocument
from workstation.core.citations import cited
from workstation.services.answers import SignedPdf
from workstation.services.certificates import Certificates
from workstation.services.conclusion_content import PaperTime
from workstation.services.conclusion_doors import PageOpener
from workstation.services.signed_files import SignedFiles, SigningOrder
from workstation.services.signing_hand import SigningHand, certificate_facts

if TYPE_CHECKING:
    from cryptography import x509

    from signing.certificates import CertificateFacts
    from signing.report import SignatureReport
    from workstation.studies.study import Study


class ApprovalBackend(Protocol):
    """What is asked of the server about approvals."""

    async def waiting(self) -> list[Approval]:
        """The oldest first."""

    async def read(self, request_id: RequestId) -> Conclusion:
        """The signed conclusion."""

    async def pdf(self, conclusion: Conclusion | Approval) -> bytes:
        """The kept file, checked by its hash."""

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
    ) -> None:
        """`now` is the server's clock (aware UTC): the moment of checking and of signing."""
        self._backend = backend
        self._opener = opener
        self._certificates = certificates
        self._account = account
        self._now = now
        self._paper_time = paper_time or PaperTime()
        self._signed = SignedFiles()
        self._unanswered: dict[tuple[RequestId, int, str], str] = {}

    @property
    def pin_hint(self) -> str:
        """In the demonstration the PIN that opens the demo key; "" everywhere else."""
        return self._certificates.pin_hint

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
        report = await asyncio.to_thread(_verified, pdf, roots, self._now())
        return SignedPdf(approval, pdf, report)

    async def sources(self, approval: Approval) -> tuple[Evidence, ...]:
        """What the numbers in its text lead to, in their order; nothing where the server has
        another text by now. Raises BackendError."""
        known = await self._backend.read(approval.request_id)
        return cited(known.form) if known.sha256 == approval.sha256 else ()

    async def open_pages(self, pdf: bytes) -> "Study":
        """The file's pages, opened by the decoder process; raises StudyError."""
        return await self._opener.open(memoryview(pdf))

    async def certificate(self) -> "CertificateFacts":
        """With which certificate would be approved; raises NoCertificate."""
        return await certificate_facts(self._certificates, self._account)

    async def approve(self, signed: SignedPdf, pin: str) -> Conclusion:
        """Countersigns the very file that was read and hands it in; the patient gets it.

        Given again after a lost answer it is the same order with the same file. Raises
        AlteredDocument unless the doctor's signature is valid, WrongPin, a CertificateRefused or
        another SigningError, and BackendError; Conflict (STALE_VERSION, FILE_CHANGED).
        """
        _refuse_unless_valid(signed.report)
        approval, roots = signed.approval, await self._certificates.roots()
        key = await self._certificates.key(self._account)
        hand = SigningHand(key, pin, self._account.post, self._paper_time, self._now())
        order = SigningOrder(approval.request_id, approval.version, approval.sha256)

        async def send(pdf: bytes, order_key: str) -> Conclusion:
            return await self._backend.approve(
                approval.request_id, approval.version, pdf, key=order_key
            )

        return await self._signed.deliver(order, partial(_approved, signed.pdf, hand, roots), send)

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


def _verified(pdf: bytes, roots: "Sequence[x509.Certificate]", at: datetime) -> "SignatureReport":
    from signing.verify import verify_pdf

    return verify_pdf(pdf, roots, expect_signers=1, at=at)


def _approved(
    pdf: bytes,
    hand: SigningHand,
    roots: "Sequence[x509.Certificate]",
    signed_before: bytes | None,
) -> bytes:
    from signing.pades import approve

    signer = hand.signer()
    return signed_before or approve(pdf, signer, hand.stamp(), roots, at=hand.at)
