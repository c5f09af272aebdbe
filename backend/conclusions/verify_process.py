"""A process that verifies one PDF and ends: what is uploaded is hostile until shown otherwise.

`python -m backend.conclusions.verify_process FOLDER COUNT` reads the PDF from standard input and
writes the verdict as JSON; FOLDER holds the trusted roots as PEM files.
"""

import sys
from pathlib import Path

import msgspec
from cryptography import x509

from backend.conclusions.signatures import SignatureVerdict
from signing.report import Verdict
from signing.verify import verify_pdf


def verdict_of(pdf: bytes, folder: Path, expect_signers: int) -> SignatureVerdict:
    """The verdict on a PDF with the roots of a folder."""
    roots = [x509.load_pem_x509_certificate(file.read_bytes()) for file in folder.glob("*.pem")]
    report = verify_pdf(pdf, roots, expect_signers)
    reason = ", ".join(problem.value for problem in report.all_problems)
    return SignatureVerdict(report.verdict is Verdict.VALID, reason)


def main() -> None:
    """Answers the one question that was asked on the command line."""
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    verdict = verdict_of(sys.stdin.buffer.read(), folder, count)
    sys.stdout.buffer.write(msgspec.json.encode(verdict))


if __name__ == "__main__":
    main()
