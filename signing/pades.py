"""PAdES signatures (ETSI EN 319 142-1) in a PDF: the doctor certifies, the approver signs after.

Every step appends to the bytes it was given and works in memory: the signed file begins, byte for
byte, with the file that was looked at. The level reached is B-B.
"""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from cryptography import x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest, SignatureObject

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
from signing.verify import verify_pdf

_CERTIFYING: Final = SigMDPSetup(md_algorithm=DIGEST, certify=True, docmdp_perms=MDPPerm.FILL_FORMS)
_APPROVING: Final = SigMDPSetup(md_algorithm=DIGEST)


def certify(pdf: bytes, signer: Signer, stamp: Stamp, *, at: datetime | None = None) -> bytes:
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
    return _fill(pdf, DOCTOR, signer, stamp, _CERTIFYING, moment)


def approve(
    pdf: bytes,
    signer: Signer,
    stamp: Stamp,
    trust_roots: Sequence[x509.Certificate],
    *,
    at: datetime | None = None,
) -> bytes:
    """The approver's signature in the second field; the doctor's stays valid.

    Raises as `certify` does, and NotCertified where the doctor has not signed, AlteredDocument
    where anything signed before does not verify against `trust_roots`.
    """
    moment = at or datetime.now(UTC)
    check_certificate(signer.certificate, moment)
    _check_before_approval(pdf, trust_roots, moment)
    return _fill(pdf, APPROVER, signer, stamp, _APPROVING, moment)


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


def _fill(
    pdf: bytes, name: str, signer: Signer, stamp: Stamp, mdp: SigMDPSetup, at: datetime
) -> bytes:
    with refusing_the_unreadable():
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        steps = PdfCMSEmbedder().write_cms(name, writer, existing_fields_only=True)
        next(steps)
        steps.send(_signature(writer, signer, stamp, mdp, at))
        prepared, output = steps.send(SigIOSetup(md_algorithm=DIGEST))
    signature = signer.sign(_covered(output.getbuffer(), prepared))
    if len(signature) > signer.cms_size:
        raise SigningError("the signature is larger than its signer had said")
    steps.send(signature)
    return bytes(output.getvalue())


def _signature(
    writer: IncrementalPdfFileWriter, signer: Signer, stamp: Stamp, mdp: SigMDPSetup, at: datetime
) -> SigObjSetup:
    font = load_stamp_font()
    facts = check_certificate(signer.certificate, at)
    return SigObjSetup(
        sig_placeholder=SignatureObject(
            timestamp=at,
            subfilter=SigSeedSubFilter.PADES,
            name=facts.name,
            bytes_reserved=2 * signer.cms_size,
        ),
        mdp_setup=mdp,
        appearance_setup=appearance(
            stamp_lines(facts, stamp, at), font, stamp_font_in(writer, font), at
        ),
    )


def _covered(written: memoryview, prepared: PreparedByteRangeDigest) -> bytes:
    """All but the room that is kept for the signature."""
    with written:
        return bytes(written[: prepared.reserved_region_start]) + bytes(
            written[prepared.reserved_region_end :]
        )
