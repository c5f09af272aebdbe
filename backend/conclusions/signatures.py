"""The door to whoever verifies signatures; a request handler never does it itself."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Protocol

from backend.problems import Refused
from backend_client.models.accounts import Account
from backend_client.models.common import Problem, ProblemCode


@dataclass(frozen=True, slots=True)
class Signer:
    """Whose certificate a signature must have been made with. Never logged."""

    full_name: str = field(repr=False)
    """Family name, given name, patronymic."""
    snils: str = field(default="", repr=False)
    """Eleven digits; empty: not known, then the name alone is compared."""


def signer_of(account: Account) -> Signer:
    """The account's own signature."""
    return Signer(account.full_name, account.snils)


Expected = Sequence[Signer | None]
"""Who must have signed, in their order; None: whoever it was, which was looked at before."""


@dataclass(frozen=True, slots=True)
class SignatureVerdict:
    """What a check has found."""

    is_good: bool
    """Every signature is intact, trusted, and of whom it must be, and there are as many as were
    expected."""
    reason: str = ""
    """Why it is not good, in words without a patient's or a signer's data."""
    level: str = ""
    """What holds for each signature: of PAdES «B-B» to «B-LTA» (ETSI EN 319 142-1, clause 6)."""
    certificates: tuple[str, ...] = ()
    """Number and issuer of each signer's certificate, in the signatures' order."""
    doctor_sha256: str = ""
    """Of the part of the file that the first signature covers, hexadecimal: whatever is added
    later, it is the same document."""
    sealed_until: datetime | None = None
    """End of the certificate of the last time stamp over the file; None: there is none."""


class SignatureChecker(Protocol):
    """Checks the signatures of a PDF outside of this process (PAdES, ETSI EN 319 142-1)."""

    async def check(self, pdf: bytes, signers: Expected) -> SignatureVerdict:
        """Raises Refused where it cannot be checked now."""
        ...


class NoSignatureChecker:
    """Of a server that was given none: it takes no signed conclusion rather than any."""

    async def check(self, pdf: bytes, signers: Expected) -> SignatureVerdict:
        """Raises Refused."""
        title = "This server cannot check signatures: it was started without certificates"
        status = HTTPStatus.SERVICE_UNAVAILABLE
        raise Refused(Problem(status=status, title=title, code=ProblemCode.INTERNAL))


async def checked_good(
    checker: SignatureChecker, pdf: bytes, signers: Expected
) -> SignatureVerdict:
    """A verdict that is good. Raises Refused (bad_signature)."""
    verdict = await checker.check(pdf, signers)
    if not verdict.is_good:
        raise bad_signature(verdict.reason)
    return verdict


def bad_signature(detail: str) -> Refused:
    """The file is not taken; `detail` says why, in words without personal data."""
    return Refused(
        Problem(
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
            title="The signatures of this PDF are not good",
            detail=detail,
            code=ProblemCode.BAD_SIGNATURE,
        )
    )
