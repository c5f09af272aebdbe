"""A PDF signature that involves GOST, put together from pyHanko's steps.

pyHanko's own sequence asks `cryptography` for the digest by its name, which has no Streebog. The
coverage, the later changes, the time stamps and the chain are pyHanko's here too.
"""

import asyncio
from typing import Any, Final

from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.validation import EmbeddedPdfSignature, PdfSignatureStatus
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from signing.cms_check import integrity, names_certificate
from signing.gost import DIGESTS, GostChecks, streebog_of_key
from signing.gost_stamps import bytes_under, has_gost_stamp, own_stamp, trust_facts

_SAFE: Final = frozenset({"sha256", "sha384", "sha512"})
"""Digests for other keys than GOST's, whose time stamp alone is of GOST."""


def involves_gost(embedded: EmbeddedPdfSignature) -> bool:
    """Whether the digest, the signer's key or its own time stamp is of GOST."""
    return (
        embedded.md_algorithm in DIGESTS
        or _has_gost_key(_signer(embedded))
        or has_gost_stamp(embedded.signer_info)
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
    *,
    skip_diff: bool = False,
) -> PdfSignatureStatus:
    """As pyHanko's `validate_pdf_signature`, `of_stamp` being for its own time stamp.

    `skip_diff`: what came later is known from an earlier call. Raises NoGost, and what pyHanko
    raises.
    """
    algorithm = embedded.md_algorithm
    if algorithm in DIGESTS and algorithm not in embedded.external_digests:
        covered = bytes_under(embedded, pdf)
        embedded.external_digests[algorithm] = gost.digest(DIGESTS[algorithm], covered)
    embedded.compute_integrity_info(skip_diff=skip_diff)  # type: ignore[no-untyped-call]  # no types
    return asyncio.run(_status(embedded, context, of_stamp, usage, gost))


def without_digest(embedded: EmbeddedPdfSignature) -> dict[str, Any]:
    """pyHanko's coverage, later changes and docmdp_ok, which need nobody who knows GOST."""
    embedded.external_digests.setdefault(embedded.external_md_algorithm, b"")
    embedded.compute_integrity_info()  # type: ignore[no-untyped-call]  # no types
    return dict(embedded.summarise_integrity_info())


async def _status(
    embedded: EmbeddedPdfSignature,
    context: ValidationContext,
    of_stamp: ValidationContext,
    usage: KeyUsageConstraints,
    gost: GostChecks,
) -> PdfSignatureStatus:
    known: dict[str, Any] = embedded.summarise_integrity_info()
    signer = embedded.signer_info
    stamped = await own_stamp(signer, of_stamp, gost)
    if stamped is not None:
        known["timestamp_validity"] = stamped
    known["signer_reported_dt"] = embedded.self_reported_timestamp
    certificates = extract_certificate_info(embedded.signed_data)
    own = certificates.signer_cert
    if not names_certificate(signer["signed_attrs"], own, gost, required=False):
        raise SignatureValidationError("the signing certificate is another one")
    intact, valid = integrity(signer, own, embedded.compute_digest, context.sig_validator)
    valid = valid and embedded.md_algorithm in (DIGESTS if _has_gost_key(own) else _SAFE)
    known |= {"intact": intact, "valid": valid, "signing_cert": own}
    known |= {"trust_problem_indic": None, "validation_path": None, "revocation_details": None}
    if valid:
        context.certificate_registry.register_multiple(certificates.other_certs)
        paths = context.path_builder.async_build_paths_lazy(own)
        known |= await trust_facts(own, context, usage, paths)
    return PdfSignatureStatus(
        **known,
        md_algorithm=embedded.md_algorithm,
        pkcs7_signature_mechanism=signer["signature_algorithm"]["algorithm"].native,
        validation_time=context.moment,
        qualification_result=None,
    )


def _has_gost_key(certificate: Any) -> bool:
    return streebog_of_key(certificate.public_key["algorithm"]["algorithm"].dotted) is not None


def _signer(embedded: EmbeddedPdfSignature) -> Any:
    return extract_certificate_info(embedded.signed_data).signer_cert
