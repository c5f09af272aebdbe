"""What a file proves of the past: the times of its time stamps, and the answers that it keeps.

A signature is judged at the moment for which the file proves that it was there (ETSI EN 319 102-1,
5.6), with the revocation data of its security store (DSS; ETSI EN 319 142-1, 5.4.2). Each time
stamp over the file is judged at the time of the next one, the last one now.
"""

import asyncio
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from asn1crypto import crl, ocsp  # type: ignore[import-untyped]  # no types
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.status import DocumentTimestampStatus, SignatureStatus
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.registry import CertificateRegistry
from pyhanko_certvalidator.validate import async_validate_path

from signing.gost import GostChecks, GostSignatureValidator, NoGost
from signing.gost_answers import with_excused
from signing.gost_stamps import bytes_under, gost_stamp_status, is_gost_stamp
from signing.own_answers import OwnAnswers
from signing.remembered import Remembered
from signing.report import Problem


class Past:
    """The time stamps and the security store of one file."""

    def __init__(
        self,
        reader: PdfFileReader,
        pdf: bytes,
        roots: Sequence[Any],
        now: datetime,
        gost: GostChecks,
    ) -> None:
        """`roots` are asn1crypto's certificates; `now` is aware. What pyHanko raises goes out."""
        self._reader, self._pdf, self._roots = reader, pdf, list(roots)
        self._now, self._gost = now, gost
        self._signatures = Remembered(GostSignatureValidator(gost))
        self._answers = _Answers.of(reader)
        self._fresh = self._answers.fresh_at(now)
        self._stamps: list[tuple[EmbeddedPdfSignature, datetime]] = []
        """Those that hold, the last first."""
        self.problems: list[Problem] = []
        """Of time stamps over the file."""
        for stamp in reversed(list(reader.embedded_timestamp_signatures)):
            self._judge(stamp)

    def _judge(self, stamp: EmbeddedPdfSignature) -> None:
        try:
            status = self._status(stamp)
        except NoGost:
            self.problems.append(Problem.GOST_UNCHECKED)
            return
        found = problems_of_time_stamp(status)
        if _is_changed_after(status):
            found.append(Problem.CHANGED_AFTER)
        self.problems += found
        if not found:
            self._stamps.append((stamp, status.timestamp))

    def _status(self, stamp: EmbeddedPdfSignature) -> DocumentTimestampStatus:
        context = self.context(self.after(stamp))
        if is_gost_stamp(stamp.signed_data):
            covered = bytes_under(stamp, self._pdf)
            return gost_stamp_status(stamp, covered, context, self._gost)
        return validate_pdf_timestamp(stamp, context)

    def context(self, moment: datetime, *, strictly: bool = False) -> ValidationContext:
        """How chains are judged at that moment; `strictly`: only with an answer on revocation.

        For a moment that nothing proves, answers that are too old by then are no answers, unless
        they say that something was revoked.
        """
        answers = self._fresh if moment == self._now else self._answers
        registry = CertificateRegistry.build(answers.certificates)
        return ValidationContext(
            signature_validator=self._signatures,
            trust_roots=self._roots,
            certificate_registry=registry,
            revinfo_manager=OwnAnswers(registry, answers.ocsps, answers.crls),
            moment=moment,
            allow_fetching=False,
            revocation_mode="require" if strictly else "soft-fail",
            retroactive_revinfo=True,
        )

    @property
    def has_answers(self) -> bool:
        """Whether the store says anything of revocation."""
        return self._answers.are_there

    def after(self, signature: EmbeddedPdfSignature) -> datetime:
        """The earliest time that a stamp over the file gives it; now where none does."""
        return min((at for _, at in self._later(signature)), default=self._now)

    def moment_of(self, signature: EmbeddedPdfSignature) -> datetime:
        """As `after`, or the time of its own stamp, whose problems are the signature's."""
        own: list[datetime] = [
            data["encap_content_info"]["content"].parsed["gen_time"].native
            for data in extract_tst_data_iter(signature.signer_info, signed=False)
        ]
        return min([*own, self.after(signature)])

    def is_stamped(self, signature: EmbeddedPdfSignature) -> bool:
        """Whether a later time stamp over the file holds."""
        return bool(self._later(signature))

    def knows_all(self, path: ValidationPath | None, moment: datetime) -> bool:
        """Whether the store shows of each certificate that it was not revoked at that moment."""
        if path is None:
            return False
        try:
            asyncio.run(async_validate_path(self.context(moment, strictly=True), path))
        except (ValidationError, PathError, ValueError):
            return False
        return True

    def is_sealed(self, signature: EmbeddedPdfSignature) -> bool:
        """Whether a later time stamp covers the store's answers too."""
        return any(
            _says_of_revocation(self._reader.get_historical_resolver(stamp.signed_revision))
            for stamp, _ in self._later(signature)
        )

    def _later(
        self, signature: EmbeddedPdfSignature
    ) -> list[tuple[EmbeddedPdfSignature, datetime]]:
        mine = signature.signed_revision
        return [(stamp, at) for stamp, at in self._stamps if stamp.signed_revision > mine]


class _Answers:
    """What a security store holds."""

    def __init__(self, certificates: list[Any], ocsps: list[Any], crls: list[Any]) -> None:
        self.certificates, self.ocsps, self.crls = certificates, ocsps, crls

    @property
    def are_there(self) -> bool:
        """Whether it says anything of revocation."""
        return bool(self.ocsps or self.crls)

    def fresh_at(self, moment: datetime) -> "_Answers":
        """Without what was too old by then and says nothing bad."""
        ocsps = [one for one in self.ocsps if _ocsp_counts(one, moment)]
        serials = {certificate.serial_number for certificate in self.certificates}
        crls = [one for one in self.crls if _list_counts(one, moment, serials)]
        return _Answers(self.certificates, ocsps, crls)

    @classmethod
    def of(cls, file: Any) -> "_Answers":
        """Of a file."""
        try:
            store = DocumentSecurityStore.read_dss(file)
        except NoDSSFoundError:
            return cls([], [], [])
        answers = [ocsp.OCSPResponse.load(one.get_object().data) for one in store.ocsps]
        ocsps = [with_excused(one) for one in answers]
        crls = [crl.CertificateList.load(one.get_object().data) for one in store.crls]
        return cls(list(store.load_certs()), ocsps, crls)


def _says_of_revocation(revision: Any) -> bool:
    try:
        store = DocumentSecurityStore.read_dss(revision)
    except NoDSSFoundError:
        return False
    return bool(store.ocsps or store.crls)


def _ocsp_counts(answer: Any, moment: datetime) -> bool:
    known = answer.response_data["responses"]
    until = [one["next_update"].native for one in known]
    is_fresh = all(last is None or last >= moment for last in until)
    return is_fresh or any(one["cert_status"].name == "revoked" for one in known)


def _list_counts(answer: Any, moment: datetime, serials: Collection[int]) -> bool:
    body = answer["tbs_cert_list"]
    last = body["next_update"].native
    named = {one["user_certificate"].native for one in body["revoked_certificates"]}
    return last is None or last >= moment or not named.isdisjoint(serials)


def _is_changed_after(status: DocumentTimestampStatus) -> bool:
    """Whether anything but upkeep and signatures came later; pyHanko itself does not ask."""
    later = status.diff_result
    unknown = ModificationLevel.OTHER
    return not (isinstance(later, DiffResult) and later.modification_level is not unknown)


def problems_of_time_stamp(status: SignatureStatus) -> list[Problem]:
    """Why a time stamp proves nothing."""
    if not (status.intact and status.valid):
        return [Problem.TIMESTAMP_BROKEN]
    return [] if status.trusted else [Problem.UNTRUSTED]
