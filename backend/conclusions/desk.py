"""Takes signed PDFs: who may, what the signatures say, then the transaction that keeps them."""

from backend.conclusions.editions import SignedFile, stored_edition
from backend.conclusions.reading import author_of, conclusion_of, stored_path
from backend.conclusions.signatures import (
    Expected,
    SignatureChecker,
    SignatureVerdict,
    bad_signature,
    checked_good,
    signer_of,
)
from backend.conclusions.vault import Vault
from backend.conclusions.writing import KeptPdf, stale
from backend.database import Database
from backend.problems import conflict, forbidden
from backend.rules.actions import APPROVERS, DOCTORS
from backend.rules.approvals import expected_signers
from backend.rules.catalogues import Catalogues
from backend.rules.levels import is_raised, reaches
from backend.settings import Clock
from backend_client.models.accounts import Account
from backend_client.models.catalogue import SigningPolicy
from backend_client.models.common import ProblemCode

PDF_BEGINS = b"%PDF-"


class ConclusionDesk:
    """Works outside of transactions: a check takes longer than others should wait."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        checker: SignatureChecker,
        catalogues: Catalogues,
        now: Clock,
    ) -> None:
        self._database = database
        self._vault = vault
        self._checker = checker
        self._catalogues = catalogues
        self._now = now

    async def signed(self, account: Account, request_id: str, pdf: bytes) -> KeptPdf:
        """The doctor's PDF, checked and kept.

        Raises Refused (not_found, forbidden, bad_signature).
        """
        async with self._database.read() as connection:
            await conclusion_of(connection, account, request_id)
        if account.role not in DOCTORS:
            raise forbidden()
        return await self._checked(account, request_id, pdf, [signer_of(account)])

    async def countersigned(
        self, account: Account, request_id: str, version: int, pdf: bytes
    ) -> KeptPdf:
        """The clinic's PDF, checked and kept.

        Raises Refused (not_found, forbidden, stale_version, file_changed, bad_signature): what lies
        on the server's disk must still be what the doctor has signed, the clinic's file must go on
        where the doctor's ends, and nobody approves what is their own.
        """
        async with self._database.read() as connection:
            known = await conclusion_of(connection, account, request_id)
            author = await author_of(connection, request_id)
        if account.role not in APPROVERS or known.author_id == account.id:
            raise forbidden()
        kept = await self.pdf(account, request_id)
        is_approved = known.signers == expected_signers(approved=True)
        repeated = pdf == kept and is_approved  # asked again after a lost answer
        if not repeated and (not pdf.startswith(kept) or len(pdf) == len(kept)):
            # Its file may have been lifted, or signed anew, since it was looked at.
            raise _not_continued() if known.version == version else stale(known)
        return await self._checked(account, request_id, pdf, [author, signer_of(account)])

    async def lifted(
        self, account: Account, request_id: str, edition: int, replaces: str, pdf: bytes
    ) -> KeptPdf:
        """A signed PDF that reaches higher, checked and kept.

        `replaces` is the SHA-256 of the file that was lifted. The new one begins with all bytes of
        it, is valid, has the very same signatures, and proves more; the highest level may be
        renewed, as its time stamps end. Of one whose level was never verified the same bytes are
        taken too: its level is known then. Raises Refused (not_found, stale_version: another file
        is kept by now; file_changed, bad_signature).
        """
        async with self._database.read() as connection:
            kept = await stored_edition(connection, account, request_id, edition)
        if kept.sha256 != replaces:
            raise _lifted_before()
        before = await self._vault.take(kept.storage_path, kept.sha256)
        if not pdf.startswith(before) or (len(pdf) == len(before) and kept.level):
            raise bad_signature("it does not go on where the kept file ends")
        anybody: Expected = [None] * kept.signers
        # What is kept was checked when it came; it may have become doubtful since.
        was = await self._checker.check(before, anybody)
        found = await checked_good(self._checker, pdf, anybody)
        _refuse_other_signatures(was, found)
        if not is_raised(kept.level, found.level, kept.sealed_until, found.sealed_until):
            raise bad_signature("it does not reach higher than the kept file")
        return await self._put(request_id, pdf, found)

    async def pdf(self, account: Account, request_id: str) -> bytes:
        """The kept PDF; raises Refused (not_found, file_changed)."""
        async with self._database.read() as connection:
            known = await conclusion_of(connection, account, request_id)
            path = await stored_path(connection, request_id)
        return await self._vault.take(path, known.sha256)

    async def edition_pdf(self, account: Account, request_id: str, edition: int) -> bytes:
        """A kept PDF of this or an earlier edition; raises Refused (not_found, file_changed)."""
        async with self._database.read() as connection:
            kept: SignedFile = await stored_edition(connection, account, request_id, edition)
        return await self._vault.take(kept.storage_path, kept.sha256)

    async def _checked(
        self, account: Account, request_id: str, pdf: bytes, signers: Expected
    ) -> KeptPdf:
        if not pdf.startswith(PDF_BEGINS):
            raise bad_signature("this is no PDF")
        found = await checked_good(self._checker, pdf, signers)
        policy = self._policy(account)
        if policy is not None and not reaches(found.level, policy.at_least):
            raise bad_signature(f"its level is lower than {policy.at_least.value}")
        return await self._put(request_id, pdf, found)

    async def _put(self, request_id: str, pdf: bytes, found: SignatureVerdict) -> KeptPdf:
        path, sha256 = await self._vault.put(request_id, pdf)
        return KeptPdf(
            path,
            sha256,
            len(pdf),
            level=found.level,
            sealed_until=found.sealed_until,
            doctor_sha256=found.doctor_sha256,
        )

    def _policy(self, account: Account) -> SigningPolicy | None:
        return self._catalogues.catalogue_for(account.centre_id, self._now()).signing


def _refuse_other_signatures(was: SignatureVerdict, found: SignatureVerdict) -> None:
    """Raises Refused (bad_signature)."""
    same = was.certificates == found.certificates and was.doctor_sha256 == found.doctor_sha256
    if not same:
        raise bad_signature("it has not the signatures of the kept file")


def _not_continued() -> Exception:
    return bad_signature("it does not go on where the doctor's file ends")


def _lifted_before() -> Exception:
    title = "Another file is kept by now: it was lifted, approved or changed since"
    return conflict(ProblemCode.STALE_VERSION, title)
