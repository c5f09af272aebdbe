"""What the file itself proves already: times of its signatures, and who vouches for them."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from asn1crypto import crl as asn1_crl  # type: ignore[import-untyped]  # no types
from asn1crypto import ocsp as asn1_ocsp
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.validation import EmbeddedPdfSignature, SignatureCoverageLevel
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter

from signing.fields import refusing_the_unreadable


@dataclass(frozen=True, slots=True)
class Party:
    """A certificate that something in the file rests on: a signer's, or a time service's.

    The certificates are asn1crypto's, which have no types.
    """

    certificate: Any
    others: tuple[Any, ...]
    proven_at: datetime | None
    """The earliest moment (aware) that a time stamp gives it; None: none does."""


@dataclass(frozen=True, slots=True)
class Survey:
    """A signed file as it stands. Nothing here was verified: that is `verify`'s."""

    signers: tuple[Party, ...]
    time_services: tuple[Party, ...]
    ocsps: tuple[Any, ...]
    crls: tuple[Any, ...]
    is_sealed: bool
    """Whether a time stamp over the whole file is the last thing in it."""

    @property
    def is_timed(self) -> bool:
        """Whether each signature has a time stamp, its own or one over the file."""
        return bool(self.signers) and all(one.proven_at is not None for one in self.signers)

    @property
    def parties(self) -> tuple[Party, ...]:
        """All whose good standing has to be shown."""
        return (*self.signers, *self.time_services)

    def with_signature(self, signer: Party, stamp: Party | None) -> "Survey":
        """As it stands after one more signature, with its own time stamp where it has one."""
        moment = None if stamp is None else stamp.proven_at
        return replace(
            self,
            signers=(*self.signers, replace(signer, proven_at=moment)),
            time_services=(*self.time_services, *(() if stamp is None else (stamp,))),
            is_sealed=False,
        )


NOTHING_SIGNED: Final = Survey((), (), (), (), is_sealed=False)


def survey(pdf: bytes) -> Survey:
    """Reads a signed file. Raises UnreadableDocument."""
    with refusing_the_unreadable():
        reader = PdfFileReader(io.BytesIO(pdf))
        stamps = list(reader.embedded_timestamp_signatures)
        signatures = list(reader.embedded_regular_signatures)
        ocsps, crls = _store(reader)
        return Survey(
            signers=tuple(_signer(one, stamps) for one in signatures),
            time_services=tuple(_time_services(signatures, stamps)),
            ocsps=ocsps,
            crls=crls,
            is_sealed=bool(stamps) and _covers_all(stamps[-1]),
        )


def _signer(signature: EmbeddedPdfSignature, stamps: list[EmbeddedPdfSignature]) -> Party:
    own = [_time(data) for data in extract_tst_data_iter(signature.signer_info, signed=False)]
    later = [
        _time(stamp.signed_data)
        for stamp in stamps
        if stamp.signed_revision > signature.signed_revision
    ]
    people = extract_certificate_info(signature.signed_data)
    return Party(people.signer_cert, tuple(people.other_certs), min([*own, *later], default=None))


def _time_services(
    signatures: list[EmbeddedPdfSignature], stamps: list[EmbeddedPdfSignature]
) -> Iterator[Party]:
    for signature in signatures:
        for data in extract_tst_data_iter(signature.signer_info, signed=False):
            yield _service(data)
    for stamp in stamps:
        yield _service(stamp.signed_data)


def _service(data: Any) -> Party:
    people = extract_certificate_info(data)
    return Party(people.signer_cert, tuple(people.other_certs), _time(data))


def _time(data: Any) -> datetime:
    moment = data["encap_content_info"]["content"].parsed["gen_time"].native
    if not isinstance(moment, datetime):
        raise ValueError("a time stamp without a time")
    return moment


def _covers_all(stamp: EmbeddedPdfSignature) -> bool:
    return stamp.evaluate_signature_coverage() is SignatureCoverageLevel.ENTIRE_FILE


def _store(reader: PdfFileReader) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """The store's answers: OCSP responses, revocation lists."""
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return (), ()
    ocsps = [asn1_ocsp.OCSPResponse.load(ref.get_object().data) for ref in store.ocsps]
    crls = [asn1_crl.CertificateList.load(ref.get_object().data) for ref in store.crls]
    return tuple(ocsps), tuple(crls)
