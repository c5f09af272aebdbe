"""Whether the signatures of a PDF hold: who, when, what is covered, what changed after.

Stricter than pyHanko's own bottom line: the last signature must cover the whole file, every time
stamp must hold, and fields other than signatures leave the question open.
"""

import hashlib
import io
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from cryptography import x509
from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1
from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    PdfSignatureStatus,
    SignatureCoverageLevel,
    validate_pdf_signature,
    validate_pdf_timestamp,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureStatus
from pyhanko_certvalidator import ValidationContext

from signing.certificates import CertificateFacts, facts_of
from signing.report import (
    Coverage,
    LaterChange,
    Level,
    Problem,
    SignatureReport,
    SignatureResult,
)

logger = logging.getLogger(__name__)

_USAGE: Final = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})
_MOST_FIELDS: Final = 10_000
_COVERAGE: Final = {
    SignatureCoverageLevel.UNCLEAR: Coverage.UNCLEAR,
    SignatureCoverageLevel.CONTIGUOUS_BLOCK_FROM_START: Coverage.UNCLEAR,
    SignatureCoverageLevel.ENTIRE_FILE: Coverage.WHOLE_FILE,
    SignatureCoverageLevel.ENTIRE_REVISION: Coverage.EARLIER_REVISION,
}
_CHANGES: Final = {
    ModificationLevel.NONE: LaterChange.NOTHING,
    ModificationLevel.LTA_UPDATES: LaterChange.UPKEEP,
    ModificationLevel.FORM_FILLING: LaterChange.SIGNATURES,
}


def verify_pdf(
    pdf: bytes,
    trust_roots: Sequence[x509.Certificate],
    expect_signers: int | None = None,
    *,
    at: datetime | None = None,
) -> SignatureReport:
    """Verifies all signatures of a file, which may be hostile: nothing is raised for its contents.

    `trust_roots` replace the system's. `expect_signers` is how many signatures there must be; a
    file whose last revision was cut off is a good file with one less. `at` (aware) is the moment
    for the certificates where no time stamp gives one; now where it is not given. No network is
    used. Blocks: not to be called in a running loop; for foreign files, in a process that may be
    killed.
    """
    digest = hashlib.sha256(pdf).hexdigest()
    try:
        signatures, problems = _Verification(pdf, trust_roots, at).run()
    except Exception as error:  # noqa: BLE001  # a damaged file breaks the parser anywhere at all
        logger.info("a file cannot be verified: %s", type(error).__name__)
        return SignatureReport(digest, (), (Problem.UNREADABLE,))
    if expect_signers is not None and len(signatures) != expect_signers:
        problems = (*problems, Problem.WRONG_SIGNER_COUNT)
    return SignatureReport(digest, signatures, problems)


class _Verification:
    """One file being verified."""

    def __init__(self, pdf: bytes, roots: Sequence[x509.Certificate], at: datetime | None) -> None:
        self._size = len(pdf)
        self._reader = PdfFileReader(io.BytesIO(pdf))
        self._roots = [translate_pyca_cryptography_cert_to_asn1(root) for root in roots]
        self._at = at

    def run(self) -> tuple[tuple[SignatureResult, ...], tuple[Problem, ...]]:
        results = tuple(map(self._result, self._reader.embedded_regular_signatures))
        return results, tuple(self._problems_of_file())

    def _problems_of_file(self) -> list[Problem]:
        everything = self._reader.embedded_signatures
        problems = []
        if not self._reader.embedded_regular_signatures:
            problems.append(Problem.NOT_SIGNED)
        elif not self._is_covered(everything[-1]):
            problems.append(Problem.NOT_COVERED)
        for embedded in self._reader.embedded_timestamp_signatures:
            problems += _problems_of_time_stamp(validate_pdf_timestamp(embedded, self._context()))
        if _has_open_fields(self._reader):
            problems.append(Problem.OPEN_FORM_FIELDS)
        return problems

    def _is_covered(self, last: EmbeddedPdfSignature) -> bool:
        """Up to the file's last byte, or with nothing behind but revocation data."""
        if last.evaluate_signature_coverage() is SignatureCoverageLevel.ENTIRE_FILE:
            return True
        later = last.evaluate_modifications(DEFAULT_DIFF_POLICY)
        upkeep = ModificationLevel.LTA_UPDATES
        return isinstance(later, DiffResult) and later.modification_level is upkeep

    def _result(self, embedded: EmbeddedPdfSignature) -> SignatureResult:
        status = validate_pdf_signature(embedded, self._context(), key_usage_settings=_USAGE)
        facts = facts_of(x509.load_der_x509_certificate(embedded.signer_cert.dump()))
        after = _later_change(status)
        return SignatureResult(
            field=embedded.fq_name,
            signer=facts,
            signed_at=_signed_at(status),
            level=_level(embedded, status),
            certifies=embedded.docmdp_level is not None,
            covered=_covered(status),
            covered_bytes=_covered_bytes(embedded),
            changed_after=after,
            problems=tuple(self._problems(status, facts, after)),
        )

    def _context(self) -> ValidationContext:
        return ValidationContext(
            trust_roots=self._roots,
            moment=self._at,
            allow_fetching=False,
            retroactive_revinfo=False,
        )

    def _problems(
        self, status: PdfSignatureStatus, facts: CertificateFacts, after: LaterChange
    ) -> list[Problem]:
        problems = []
        if not status.intact:
            problems.append(Problem.ALTERED)
        if not status.valid:
            problems.append(Problem.FORGED)
        if after is LaterChange.FORBIDDEN or not status.docmdp_ok:
            problems.append(Problem.CHANGED_AFTER)
        if status.timestamp_validity is not None:
            problems += _problems_of_time_stamp(status.timestamp_validity)
        if not status.trusted:
            problems.append(self._why_untrusted(status, facts))
        if not problems and not status.bottom_line:  # pyHanko knows of something else
            problems.append(Problem.FORGED)
        return problems

    def _why_untrusted(self, status: PdfSignatureStatus, facts: CertificateFacts) -> Problem:
        if status.revoked:
            return Problem.REVOKED
        moment = self._context().moment
        if moment > facts.valid_to:
            return Problem.EXPIRED
        if moment < facts.valid_from:
            return Problem.NOT_YET_VALID
        return Problem.UNTRUSTED if facts.may_sign else Problem.WRONG_KEY_USAGE


def _problems_of_time_stamp(status: SignatureStatus) -> list[Problem]:
    if not (status.intact and status.valid):
        return [Problem.TIMESTAMP_BROKEN]
    return [] if status.trusted else [Problem.UNTRUSTED]


def _later_change(status: PdfSignatureStatus) -> LaterChange:
    if not status.docmdp_ok or status.modification_level is None:
        return LaterChange.FORBIDDEN
    return _CHANGES.get(status.modification_level, LaterChange.FORBIDDEN)


def _signed_at(status: PdfSignatureStatus) -> datetime | None:
    stamped = status.timestamp_validity
    return status.signer_reported_dt if stamped is None else stamped.timestamp


def _covered_bytes(embedded: EmbeddedPdfSignature) -> int:
    *_, start, length = (int(number) for number in embedded.byte_range)
    return start + length


def _covered(status: PdfSignatureStatus) -> Coverage:
    return Coverage.UNCLEAR if status.coverage is None else _COVERAGE[status.coverage]


def _level(embedded: EmbeddedPdfSignature, status: PdfSignatureStatus) -> Level:
    if embedded.sig_object.get("/SubFilter") != SigSeedSubFilter.PADES.value:
        return Level.NOT_PADES
    stamped = status.timestamp_validity
    return Level.B_T if stamped is not None and not _problems_of_time_stamp(stamped) else Level.B_B


def _has_open_fields(reader: PdfFileReader) -> bool:
    """Whether there are fields of other types than /Sig, at any depth."""
    waiting = _entries(reader.root, "/AcroForm", "/Fields")
    for _ in range(_MOST_FIELDS):
        if not waiting:
            return False
        field = waiting.pop().get_object()
        if "/FT" in field and field["/FT"] != "/Sig":
            return True
        waiting += [kid for kid in _entries(field, "/Kids") if "/T" in kid.get_object()]
    return True


def _entries(start: DictionaryObject, *path: str) -> list[Any]:
    """The items of the array at the end of a path; none where the path ends early."""
    found: Any = start  # what is in pyHanko's objects carries no types
    for key in path:
        if key not in found:
            return []
        found = found[key]
    return list(found)
