"""A PDF signature that involves GOST, put together from pyHanko's steps.

pyHanko's own sequence asks `cryptography` for the digest by its name, which has no Streebog. The
coverage, the later changes, the time stamps and the chain are pyHanko's here too.
"""

import asyncio
from typing import Any

from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.validation import EmbeddedPdfSignature, PdfSignatureStatus
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import collect_timing_info, validate_cert_usage
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from signing.cms_check import integrity, names_certificate
from signing.gost import DIGESTS, GostChecks, GostSignatureValidator, streebog_of_key


def involves_gost(embedded: EmbeddedPdfSignature) -> bool:
    """Whether the digest or the signer's key is of GOST."""
    return (
        embedded.md_algorithm in DIGESTS
        or streebog_of_key(_signer(embedded).public_key["algorithm"]["algorithm"].dotted)
        is not None
    )


def signer_certificate(embedded: EmbeddedPdfSignature) -> bytes:
    """The signer's certificate (DER), whatever names it."""
    return bytes(_signer(embedded).dump())


def gost_status(
    embedded: EmbeddedPdfSignature,
    pdf: bytes,
    context: ValidationContext,
    of_stamp: ValidationContext,
    usage: KeyUsageConstraints,
    gost: GostChecks,
) -> PdfSignatureStatus:
    """As pyHanko's `validate_pdf_signature`, `of_stamp` being for its own time stamp.

    Raises NoGost, and what pyHanko raises.
    """
    algorithm = embedded.md_algorithm
    if algorithm in DIGESTS:
        covered = covered_bytes(embedded, pdf)
        embedded.external_digests[algorithm] = gost.digest(DIGESTS[algorithm], covered)
    embedded.compute_integrity_info()  # type: ignore[no-untyped-call]  # no types
    return asyncio.run(_status(embedded, context, of_stamp, usage, gost))


def without_digest(embedded: EmbeddedPdfSignature) -> dict[str, Any]:
    """pyHanko's coverage, later changes and docmdp_ok, which need nobody who knows GOST."""
    embedded.external_digests.setdefault(embedded.external_md_algorithm, b"")
    embedded.compute_integrity_info()  # type: ignore[no-untyped-call]  # no types
    return dict(embedded.summarise_integrity_info())


def covered_bytes(embedded: EmbeddedPdfSignature, pdf: bytes) -> bytes:
    """What the byte range (ISO 32000-1, 12.8.1) stands for."""
    numbers = [int(number) for number in embedded.byte_range]
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return b"".join(pdf[start : start + length] for start, length in pairs)


async def _status(
    embedded: EmbeddedPdfSignature,
    context: ValidationContext,
    of_stamp: ValidationContext,
    usage: KeyUsageConstraints,
    gost: GostChecks,
) -> PdfSignatureStatus:
    known: dict[str, Any] = embedded.summarise_integrity_info()
    signer = embedded.signer_info
    known |= await collect_timing_info(signer, of_stamp, raw_digest=embedded.compute_digest)
    known.setdefault("signer_reported_dt", embedded.self_reported_timestamp)
    certificates = extract_certificate_info(embedded.signed_data)
    own = certificates.signer_cert
    if not names_certificate(signer["signed_attrs"], own, gost, required=False):
        raise SignatureValidationError("the signing certificate is another one")
    intact, valid = integrity(signer, own, embedded.compute_digest, GostSignatureValidator(gost))
    valid = valid and embedded.md_algorithm in DIGESTS
    known |= {"intact": intact, "valid": valid, "signing_cert": own}
    known |= {"trust_problem_indic": None, "validation_path": None, "revocation_details": None}
    if valid:
        context.certificate_registry.register_multiple(certificates.other_certs)
        found = await validate_cert_usage(
            own, context, usage, context.path_builder.async_build_paths_lazy(own)
        )
        known["trust_problem_indic"] = found.error_subindic
        known["validation_path"] = found.success_result or found.error_path
        known["revocation_details"] = found.revo_details
        known["error_time_horizon"] = found.error_time_horizon
    return PdfSignatureStatus(
        **known,
        md_algorithm=embedded.md_algorithm,
        pkcs7_signature_mechanism=signer["signature_algorithm"]["algorithm"].native,
        validation_time=context.moment,
        qualification_result=None,
    )


def _signer(embedded: EmbeddedPdfSignature) -> Any:
    return extract_certificate_info(embedded.signed_data).signer_cert
