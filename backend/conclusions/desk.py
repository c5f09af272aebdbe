"""Takes signed PDFs: who may, what the signatures say, then the transaction that keeps them."""

from backend.conclusions.editions import stored_edition
from backend.conclusions.reading import conclusion_of, stored_path
from backend.conclusions.signatures import SignatureChecker, refuse_bad
from backend.conclusions.vault import Vault
from backend.conclusions.writing import KeptPdf
from backend.database import Database
from backend.problems import Refused, forbidden
from backend.rules.actions import APPROVERS, DOCTORS
from backend.rules.approvals import expected_signers
from backend_client.models.accounts import Account
from backend_client.models.common import Problem, ProblemCode

PDF_BEGINS = b"%PDF-"


class ConclusionDesk:
    """Works outside of transactions: a check takes longer than others should wait."""

    def __init__(self, database: Database, vault: Vault, checker: SignatureChecker) -> None:
        self._database = database
        self._vault = vault
        self._checker = checker

    async def signed(self, account: Account, request_id: str, pdf: bytes) -> KeptPdf:
        """The doctor's PDF, checked and kept.

        Raises Refused (not_found, forbidden, bad_signature).
        """
        async with self._database.read() as connection:
            await conclusion_of(connection, account, request_id)
        if account.role not in DOCTORS:
            raise forbidden()
        return await self._checked(request_id, pdf, expected_signers(approved=False))

    async def countersigned(self, account: Account, request_id: str, pdf: bytes) -> KeptPdf:
        """The clinic's PDF, checked and kept.

        Raises Refused (not_found, forbidden, file_changed, bad_signature): what lies on the
        server's disk must still be what the doctor has signed, and the clinic's file must go on
        where the doctor's ends.
        """
        async with self._database.read() as connection:
            known = await conclusion_of(connection, account, request_id)
        if account.role not in APPROVERS:
            raise forbidden()
        signers = expected_signers(approved=True)
        kept = await self.pdf(account, request_id)
        repeated = pdf == kept and known.signers == signers  # asked again after a lost answer
        if not repeated and (not pdf.startswith(kept) or len(pdf) == len(kept)):
            raise _not_continued()
        return await self._checked(request_id, pdf, signers)

    async def pdf(self, account: Account, request_id: str) -> bytes:
        """The kept PDF; raises Refused (not_found, file_changed)."""
        async with self._database.read() as connection:
            known = await conclusion_of(connection, account, request_id)
            path = await stored_path(connection, request_id)
        return await self._vault.take(path, known.sha256)

    async def edition_pdf(self, account: Account, request_id: str, edition: int) -> bytes:
        """A kept PDF of this or an earlier edition; raises Refused (not_found, file_changed)."""
        async with self._database.read() as connection:
            path, sha256 = await stored_edition(connection, account, request_id, edition)
        return await self._vault.take(path, sha256)

    async def _checked(self, request_id: str, pdf: bytes, signers: int) -> KeptPdf:
        if not pdf.startswith(PDF_BEGINS):
            raise _refused("this is no PDF")
        await refuse_bad(self._checker, pdf, signers)
        path, sha256 = await self._vault.put(request_id, pdf)
        return KeptPdf(path, sha256, len(pdf))


def _not_continued() -> Refused:
    return _refused("it does not go on where the doctor's file ends")


def _refused(detail: str) -> Refused:
    title = "The signatures of this PDF are not good"
    code = ProblemCode.BAD_SIGNATURE
    return Refused(Problem(status=422, title=title, detail=detail, code=code))
