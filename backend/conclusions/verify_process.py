"""A process that verifies one PDF and ends: what is uploaded is hostile until shown otherwise.

`python -m backend.conclusions.verify_process FOLDER` reads from standard input a line of JSON (who
must have signed: names are for no command line) and then the PDF, and writes the verdict as JSON;
FOLDER holds the trusted roots as PEM files.
"""

import hashlib
import sys
from pathlib import Path
from typing import Final

import msgspec
from cryptography import x509

from backend.conclusions.signatures import Expected, SignatureVerdict, Signer
from signing.certificates import CertificateFacts, Person, check_person
from signing.errors import WrongPerson
from signing.policy import LEVELS
from signing.report import SignatureReport, SignatureResult, Verdict
from signing.verify import verify_pdf

if sys.platform != "win32":
    import resource

CPU_S: Final = 25
"""Less than the one who waits gives it."""
MEMORY: Final = 2 * 1024 * 1024 * 1024
"""Bytes of addresses, what the program itself takes among them."""
WRONG_PERSON: Final = "wrong_person"
NOT_CERTIFIED: Final = "not_certified"
"""The doctor's signature does not fix what may be added later (ISO 32000-1, 12.8.2.2)."""


def verdict_of(pdf: bytes, folder: Path, signers: Expected) -> SignatureVerdict:
    """The verdict on a PDF with the roots of a folder."""
    roots = [x509.load_pem_x509_certificate(file.read_bytes()) for file in folder.glob("*.pem")]
    report = verify_pdf(pdf, roots, len(signers))
    reasons = [problem.value for problem in report.all_problems]
    if not reasons and not _fit(report.signatures, signers):
        reasons.append(WRONG_PERSON)
    if not reasons and not report.signatures[0].certifies:
        reasons.append(NOT_CERTIFIED)
    return SignatureVerdict(
        is_good=report.verdict is Verdict.VALID and not reasons,
        reason=", ".join(reasons),
        level=_lowest(report),
        certificates=tuple(f"{one.signer.number} {one.signer.issuer}" for one in report.signatures),
        doctor_sha256=_covered(pdf, report),
        sealed_until=report.sealed_until,
    )


def _fit(results: tuple[SignatureResult, ...], signers: Expected) -> bool:
    pairs = zip(results, signers, strict=True)
    return all(signer is None or _is_of(result.signer, signer) for result, signer in pairs)


def _is_of(facts: CertificateFacts, signer: Signer) -> bool:
    try:
        check_person(facts, Person(signer.full_name, signer.snils))
    except WrongPerson:
        return False
    return True


def _lowest(report: SignatureReport) -> str:
    """What holds for all; empty where one is none of PAdES."""
    levels = [one.level for one in report.signatures]
    if not levels or any(level not in LEVELS for level in levels):
        return ""
    return min(levels, key=LEVELS.index).value


def _covered(pdf: bytes, report: SignatureReport) -> str:
    if not report.signatures:
        return ""
    return hashlib.sha256(pdf[: report.signatures[0].covered_bytes]).hexdigest()


def main() -> None:
    """Answers the one question that was asked."""
    _confine()
    signers = msgspec.json.decode(sys.stdin.buffer.readline(), type=list[Signer | None])
    verdict = verdict_of(sys.stdin.buffer.read(), Path(sys.argv[1]), signers)
    sys.stdout.buffer.write(msgspec.json.encode(verdict))


def _confine() -> None:
    """A file that eats memory or time ends this process, not the server; a dump would hold it."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S + 1))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
