"""Whether the signatures of a PDF hold: who, when, what is covered, what changed after.

Stricter than pyHanko's own bottom line: the last signature must cover the whole file, every time
stamp must hold, and fields other than signatures leave the question open.
"""

import hashlib
import logging
from collections.abc import Sequence
from datetime import UTC, datetime
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
)
from pyhanko.sign.validation.settings import KeyUsageConstraints

from signing.additions import first_alteration, refuse_unknown_kinds
from signing.certificates import CertificateFacts, facts_of
from signing.changes import edits_after
from signing.gost import OPENSSL, GostChecks, NoGost
from signing.gost_status import (
    gost_status,
    involves_gost,
    signer_certificate,
    without_digest,
)
from signing.hushed import hush_libraries
from signing.past import Past, problems_of_time_stamp
from signing.quick_reader import QuickReader
from signing.report import (
    Coverage,
    LaterChange,
    LaterEdit,
    Level,
    Problem,
    SignatureReport,
    SignatureResult,
)

logger = logging.getLogger(__name__)

_USAGE: Final = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})
_MOST_FIELDS: Final = 10_000
_LARGEST_CERTIFICATE: Final = 1 << 15
_MOST_CERTIFICATES: Final = 64
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
    gost: GostChecks = OPENSSL,
) -> SignatureReport:
    """Verifies all signatures of a file, which may be hostile: nothing is raised for its contents.

    `trust_roots` replace the system's. `expect_signers` is how many signatures there must be; a
    file whose last revision was cut off is a good file with one less. `at` (aware) is the moment
    for the certificates where no time stamp gives one; now where it is not given. No network is
    used. `gost` checks GOST R 34.10-2012 with Streebog; where it cannot, such a signature is
    neither valid nor invalid. Blocks: not to be called in a running loop; for foreign files, in a
    process that may be killed.
    """
    hush_libraries()
    digest = hashlib.sha256(pdf).hexdigest()
    try:
        verification = _Verification(pdf, trust_roots, at, gost)
        signatures, problems = verification.run()
        sealed_until = verification.sealed_until()
    except Exception as error:  # noqa: BLE001  # a damaged file breaks the parser anywhere at all
        logger.info("a file cannot be verified: %s", type(error).__name__)
        return SignatureReport(digest, (), (Problem.UNREADABLE,))
    if expect_signers is not None and len(signatures) != expect_signers:
        problems = (*problems, Problem.WRONG_SIGNER_COUNT)
    return SignatureReport(digest, signatures, problems, sealed_until)


class _Verification:
    """One file being verified."""

    def __init__(
        self,
        pdf: bytes,
        roots: Sequence[x509.Certificate],
        at: datetime | None,
        gost: GostChecks,
    ) -> None:
        self._pdf, self._gost = pdf, gost
        self._reader = QuickReader(pdf)
        refuse_unknown_kinds(self._reader)
        self._altered_in = first_alteration(
            self._reader,
            {one.signed_revision for one in self._reader.embedded_regular_signatures},
        )
        trusted = [translate_pyca_cryptography_cert_to_asn1(root) for root in roots]
        self._past = Past(self._reader, pdf, trusted, at or datetime.now(UTC), gost)

    def run(self) -> tuple[tuple[SignatureResult, ...], tuple[Problem, ...]]:
        results = tuple(map(self._result, self._reader.embedded_regular_signatures))
        return results, tuple(self._problems_of_file())

    def sealed_until(self) -> datetime | None:
        """When the certificate behind the last time stamp over the file ends."""
        stamps = self._reader.embedded_timestamp_signatures
        if not stamps:
            return None
        until: datetime = stamps[-1].signer_cert.not_valid_after  # asn1crypto has no types
        return until

    def _problems_of_file(self) -> list[Problem]:
        everything = self._reader.embedded_signatures
        problems = list(self._past.problems)
        if not self._reader.embedded_regular_signatures:
            problems.append(Problem.NOT_SIGNED)
        elif not self._is_covered(everything[-1]):
            problems.append(Problem.NOT_COVERED)
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
        _refuse_monsters(embedded)
        facts = facts_of(x509.load_der_x509_certificate(signer_certificate(embedded)))
        moment = self._past.moment_of(embedded)
        try:
            status, knows_all = self._judged(embedded, moment)
        except NoGost:
            return _unchecked(embedded, facts, is_altered=self._is_altered(embedded))
        after = LaterChange.FORBIDDEN if self._is_altered(embedded) else _later_change(status)
        return SignatureResult(
            field=embedded.fq_name,
            signer=facts,
            signed_at=_signed_at(status),
            level=self._level(embedded, status, knows_all=knows_all),
            certifies=embedded.docmdp_level is not None,
            covered=_covered(status),
            covered_bytes=_covered_bytes(embedded),
            changed_after=after,
            problems=tuple(_problems(status, facts, after, moment)),
            edits=self._edits(embedded) if after is LaterChange.FORBIDDEN else (),
        )

    def _is_altered(self, embedded: EmbeddedPdfSignature) -> bool:
        """Whether something was appended behind it that is neither signed nor upkeep."""
        return self._altered_in is not None and self._altered_in > embedded.signed_revision

    def _edits(self, embedded: EmbeddedPdfSignature) -> tuple[LaterEdit, ...]:
        last = max(one.signed_revision for one in self._reader.embedded_signatures)
        return edits_after(self._reader, embedded.signed_revision, last)

    def _judged(
        self, embedded: EmbeddedPdfSignature, moment: datetime
    ) -> tuple[PdfSignatureStatus, bool]:
        """And whether the store shows of each certificate that it was not revoked at its moment."""
        past, is_strict = self._past, self._past.has_answers
        status = self._status(embedded, moment, strictly=is_strict)
        own = status.timestamp_validity
        if is_strict and status.trusted and (own is None or own.trusted):
            return status, True
        if is_strict:
            status = self._status(embedded, moment, strictly=False)
            own = status.timestamp_validity
        knows_all = past.knows_all(status.validation_path, moment)
        if knows_all and own is not None:
            knows_all = past.knows_all(own.validation_path, past.after(embedded))
        return status, knows_all

    def _status(
        self, embedded: EmbeddedPdfSignature, moment: datetime, *, strictly: bool
    ) -> PdfSignatureStatus:
        past, is_known = self._past, embedded.diff_result is not None
        then = past.context(moment, strictly=strictly)
        of_stamp = past.context(past.after(embedded), strictly=strictly)
        if involves_gost(embedded):
            return gost_status(
                embedded, self._pdf, then, of_stamp, _USAGE, self._gost, skip_diff=is_known
            )
        return validate_pdf_signature(
            embedded, then, of_stamp, key_usage_settings=_USAGE, skip_diff=is_known
        )

    def _level(
        self, embedded: EmbeddedPdfSignature, status: PdfSignatureStatus, *, knows_all: bool
    ) -> Level:
        past, own = self._past, status.timestamp_validity
        if not _is_pades(embedded):
            return Level.NOT_PADES
        is_timed = own is not None and not problems_of_time_stamp(own)
        if not (is_timed or past.is_stamped(embedded)):
            return Level.B_B
        if not knows_all:
            return Level.B_T
        return Level.B_LTA if past.is_sealed(embedded) else Level.B_LT


def _problems(
    status: PdfSignatureStatus, facts: CertificateFacts, after: LaterChange, moment: datetime
) -> list[Problem]:
    problems = []
    if not status.intact:
        problems.append(Problem.ALTERED)
    if not status.valid:
        problems.append(Problem.FORGED)
    if after is LaterChange.FORBIDDEN or not status.docmdp_ok:
        problems.append(Problem.CHANGED_AFTER)
    if status.timestamp_validity is not None:
        problems += problems_of_time_stamp(status.timestamp_validity)
    if not status.trusted:
        problems.append(_why_untrusted(status, facts, moment))
    if not problems and not status.bottom_line:  # pyHanko knows of something else
        problems.append(Problem.FORGED)
    return problems


def _why_untrusted(
    status: PdfSignatureStatus, facts: CertificateFacts, moment: datetime
) -> Problem:
    if status.revoked:
        return Problem.REVOKED
    if moment > facts.valid_to:
        return Problem.EXPIRED
    if moment < facts.valid_from:
        return Problem.NOT_YET_VALID
    return Problem.UNTRUSTED if facts.may_sign else Problem.WRONG_KEY_USAGE


def _refuse_monsters(embedded: EmbeddedPdfSignature) -> None:
    """A name of 50,000 characters takes the library that builds chains half a minute."""
    certificates = embedded.signed_data["certificates"]
    sizes = [len(one.dump()) for one in certificates]
    if len(sizes) > _MOST_CERTIFICATES or max(sizes, default=0) > _LARGEST_CERTIFICATE:
        raise ValueError("no authority issues such certificates")


def _unchecked(
    embedded: EmbeddedPdfSignature, facts: CertificateFacts, *, is_altered: bool
) -> SignatureResult:
    """Nobody here knows GOST: who is said to have signed, and what the form of the file says."""
    known = without_digest(embedded)
    later, is_allowed = known["diff_result"], bool(known["docmdp_ok"]) and not is_altered
    level = later.modification_level if isinstance(later, DiffResult) else ModificationLevel.OTHER
    after = _CHANGES.get(level, LaterChange.FORBIDDEN) if is_allowed else LaterChange.FORBIDDEN
    changed = [Problem.CHANGED_AFTER] if after is LaterChange.FORBIDDEN else []
    return SignatureResult(
        field=embedded.fq_name,
        signer=facts,
        signed_at=embedded.self_reported_timestamp,
        level=Level.B_B if _is_pades(embedded) else Level.NOT_PADES,
        certifies=embedded.docmdp_level is not None,
        covered=_COVERAGE[known["coverage"]],
        covered_bytes=_covered_bytes(embedded),
        changed_after=after,
        problems=(*changed, Problem.GOST_UNCHECKED),
    )


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


def _is_pades(embedded: EmbeddedPdfSignature) -> bool:
    return bool(embedded.sig_object.get("/SubFilter") == SigSeedSubFilter.PADES.value)


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
