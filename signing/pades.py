"""PAdES signatures (ETSI EN 319 142-1) in a PDF: the doctor certifies, the approver signs after.

Every step appends to the bytes it was given and works in memory: the signed file begins, byte for
byte, with the file that was looked at. The level reached is B-B, or with a `Crown` B-T; `levels`
does the rest.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Protocol

from cryptography import x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject

from signing.cades import DIGEST
from signing.certificates import check_certificate
from signing.errors import AlreadySigned, AlteredDocument, NotCertified, NotPrepared, SigningError
from signing.fields import (
    APPROVER,
    DOCTOR,
    field_states,
    refusing_the_unreadable,
    stamp_font_in,
)
from signing.report import Verdict
from signing.signer import Signer
from signing.stamp import Stamp, appearance, stamp_lines
from signing.stamp_font import load_stamp_font
from signing.upkeep import covered_bytes
from signing.verify import verify_pdf

_CERTIFYING: Final = SigMDPSetup(md_algorithm=DIGEST, certify=True, docmdp_perms=MDPPerm.FILL_FORMS)
_APPROVING: Final = SigMDPSetup(md_algorithm=DIGEST)


class Crown(Protocol):
    """What is put on top of a fresh signature before it goes into the file."""

    @property
    def room(self) -> int:
        """Bytes that it may add."""

    def over(self, signature: bytes) -> bytes:
        """The CMS with what was added; as it was where nothing could be had."""


def certify(
    pdf: bytes,
    signer: Signer,
    stamp: Stamp,
    *,
    at: datetime | None = None,
    crown: Crown | None = None,
) -> bytes:
    """The doctor's signature: it certifies with DocMDP P=2, so only «Approver» may still be filled.

    `pdf` comes from `prepare_fields`; `at` (aware) is now where it is not given. Blocks: not to be
    called in a running loop. Raises a CertificateRefused, NotPrepared, AlreadySigned,
    UnreadableDocument, or what the signer raises.
    """
    moment = at or datetime.now(UTC)
    check_certificate(signer.certificate, moment)
    states = field_states(pdf)
    if any(states.values()):
        raise AlreadySigned("the file is signed")
    if not {DOCTOR, APPROVER} <= states.keys():
        raise NotPrepared("the signature fields are missing")
    return _fill(pdf, DOCTOR, _Hand(signer, stamp, _CERTIFYING, moment, crown))


def approve(
    pdf: bytes,
    signer: Signer,
    stamp: Stamp,
    trust_roots: Sequence[x509.Certificate],
    *,
    at: datetime | None = None,
    crown: Crown | None = None,
) -> bytes:
    """The approver's signature in the second field; the doctor's stays valid.

    Raises as `certify` does, and NotCertified where the doctor has not signed, AlteredDocument
    where anything signed before does not verify against `trust_roots`.
    """
    moment = at or datetime.now(UTC)
    check_certificate(signer.certificate, moment)
    _check_before_approval(pdf, trust_roots, moment)
    return _fill(pdf, APPROVER, _Hand(signer, stamp, _APPROVING, moment, crown))


def _check_before_approval(
    pdf: bytes, trust_roots: Sequence[x509.Certificate], moment: datetime
) -> None:
    states = field_states(pdf)
    if not {DOCTOR, APPROVER} <= states.keys():
        raise NotPrepared("the signature fields are missing")
    if states[APPROVER]:
        raise AlreadySigned("the approver's field is taken")
    if not states[DOCTOR]:
        raise NotCertified("the doctor has not signed")
    report = verify_pdf(pdf, trust_roots, expect_signers=1, at=moment)
    if report.verdict is not Verdict.VALID:
        raise AlteredDocument(tuple(problem.value for problem in report.all_problems))
    if not report.signatures[0].certifies:
        raise NotCertified("the doctor's signature does not certify the document")


@dataclass(frozen=True, slots=True)
class _Hand:
    """Who signs, how, and when."""

    signer: Signer
    stamp: Stamp
    mdp: SigMDPSetup
    at: datetime
    crown: Crown | None

    @property
    def room(self) -> int:
        """Bytes that are kept for the signature."""
        return self.signer.cms_size + (0 if self.crown is None else self.crown.room)

    def signature_over(self, content: bytes) -> bytes:
        """Signs; raises what the signer raises, and SigningError where it takes too much room."""
        signature = self.signer.sign(content)
        if len(signature) > self.signer.cms_size:
            raise SigningError("the signature is larger than its signer had said")
        if self.crown is None:
            return signature
        crowned = self.crown.over(signature)
        return crowned if len(crowned) <= self.room else signature


def _fill(pdf: bytes, name: str, hand: _Hand) -> bytes:
    with refusing_the_unreadable():
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        steps = PdfCMSEmbedder().write_cms(name, writer, existing_fields_only=True)
        next(steps)
        steps.send(_signature(writer, hand))
        prepared, output = steps.send(SigIOSetup(md_algorithm=DIGEST))
    with output.getbuffer() as written:
        content = covered_bytes(written, prepared)
    steps.send(hand.signature_over(content))
    return bytes(output.getvalue())


def _signature(writer: IncrementalPdfFileWriter, hand: _Hand) -> SigObjSetup:
    font = load_stamp_font()
    facts = check_certificate(hand.signer.certificate, hand.at)
    return SigObjSetup(
        sig_placeholder=SignatureObject(
            timestamp=hand.at,
            subfilter=SigSeedSubFilter.PADES,
            name=facts.name,
            bytes_reserved=2 * hand.room,
        ),
        mdp_setup=hand.mdp,
        appearance_setup=appearance(
            stamp_lines(facts, hand.stamp, hand.at), font, stamp_font_in(writer, font), hand.at
        ),
    )
