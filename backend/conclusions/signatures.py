"""The door to whoever verifies signatures; a request handler never does it itself."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol

from backend.problems import Refused
from backend_client.models.common import Problem, ProblemCode


@dataclass(frozen=True, slots=True)
class SignatureVerdict:
    """What a check has found."""

    is_good: bool
    """Every signature is intact and trusted, and there are as many as were expected."""
    reason: str = ""
    """Why it is not good, in words without a patient's data."""


class SignatureChecker(Protocol):
    """Checks the signatures of a PDF outside of this process (PAdES, ETSI EN 319 142-1)."""

    async def check(self, pdf: bytes, expect_signers: int) -> SignatureVerdict:
        """Raises Refused where it cannot be checked now."""
        ...


class NoSignatureChecker:
    """Of a server that was given none: it takes no signed conclusion rather than any."""

    async def check(self, pdf: bytes, expect_signers: int) -> SignatureVerdict:
        """Raises Refused."""
        title = "This server cannot check signatures: it was started without certificates"
        status = HTTPStatus.SERVICE_UNAVAILABLE
        raise Refused(Problem(status=status, title=title, code=ProblemCode.INTERNAL))


async def refuse_bad(checker: SignatureChecker, pdf: bytes, expect_signers: int) -> None:
    """Raises Refused (bad_signature)."""
    verdict = await checker.check(pdf, expect_signers)
    if not verdict.is_good:
        raise Refused(
            Problem(
                status=HTTPStatus.UNPROCESSABLE_ENTITY,
                title="The signatures of this PDF are not good",
                detail=verdict.reason,
                code=ProblemCode.BAD_SIGNATURE,
            )
        )
