"""Time stamps (RFC 3161) that involve GOST, put together from pyHanko's steps, as `gost_status`.

The service may sign with GOST R 34.10-2012, and the digest that it stamps may be Streebog.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from pyhanko.sign.general import extract_certificate_info, extract_signer_info
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter, validate_cert_usage
from pyhanko.sign.validation.status import DocumentTimestampStatus, TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext

from signing.cms_check import digest_of, integrity, names_certificate
from signing.gost import DIGESTS, GostChecks, streebog_of_key

_SAFE = frozenset({"sha256", "sha384", "sha512", *DIGESTS})
_KIND = "tst_info"


def has_gost_stamp(signer_info: Any) -> bool:
    """Whether the signature's own time stamp involves GOST."""
    return any(is_gost_stamp(data) for data in extract_tst_data_iter(signer_info, signed=False))


def is_gost_stamp(token: Any) -> bool:
    """Whether GOST or Streebog is anywhere in the token (SignedData; asn1crypto has no types)."""
    info = token["encap_content_info"]["content"].parsed
    key = extract_certificate_info(token).signer_cert.public_key
    return (
        streebog_of_key(key["algorithm"]["algorithm"].dotted) is not None
        or extract_signer_info(token)["digest_algorithm"]["algorithm"].native in DIGESTS
        or info["message_imprint"]["hash_algorithm"]["algorithm"].native in DIGESTS
    )


def gost_stamp_status(
    stamp: EmbeddedPdfSignature, covered: bytes, context: ValidationContext, gost: GostChecks
) -> DocumentTimestampStatus:
    """As pyHanko's `validate_pdf_timestamp`; `covered` is what the stamp's byte range stands for.

    Raises NoGost, and what pyHanko raises.
    """
    algorithm = stamp.external_md_algorithm
    stamp.external_digests[algorithm] = digest_of(algorithm, covered, gost)
    stamp.compute_integrity_info()  # type: ignore[no-untyped-call]  # no types
    known = asyncio.run(
        token_facts(stamp.signed_data, context, lambda name: digest_of(name, covered, gost), gost)
    )
    return DocumentTimestampStatus(**known, coverage=stamp.coverage, diff_result=stamp.diff_result)


async def own_stamp(
    signer_info: Any, context: ValidationContext, gost: GostChecks
) -> TimestampSignatureStatus | None:
    """Of the signature's own time stamp; None where it has none. Raises NoGost."""
    found = None
    over = signer_info["signature"].native
    for token in extract_tst_data_iter(signer_info, signed=False):
        known = await token_facts(token, context, lambda name: digest_of(name, over, gost), gost)
        found = TimestampSignatureStatus(**known)
        if found.trusted:
            break
    return found


async def token_facts(
    token: Any, context: ValidationContext, digest: Callable[[str], bytes], gost: GostChecks
) -> dict[str, Any]:
    """What pyHanko's status of a time stamp is made of.

    `digest` gives that of what should have been stamped, by the algorithm's name.
    """
    signer, people = extract_signer_info(token), extract_certificate_info(token)
    own, content = people.signer_cert, token["encap_content_info"]["content"]
    info, used = content.parsed, signer["digest_algorithm"]["algorithm"].native
    imprint = info["message_imprint"]
    is_intact, is_valid = token_integrity(token, context.sig_validator, gost)
    named = imprint["hash_algorithm"]["algorithm"].native
    is_intact = is_intact and digest(named) == imprint["hashed_message"].native
    is_valid = is_valid and used in _SAFE and named in _SAFE
    known: dict[str, Any] = {
        "trust_problem_indic": None,
        "validation_path": None,
        "revocation_details": None,
        "error_time_horizon": None,
    }
    if is_valid:
        context.certificate_registry.register_multiple(people.other_certs)
        usage = TimestampSignatureStatus.default_usage_constraints()
        paths = context.path_builder.async_build_paths_lazy(own)
        known |= await trust_facts(own, context, usage, paths)
    return known | {
        "timestamp": info["gen_time"].native,
        "intact": is_intact,
        "valid": is_valid,
        "signing_cert": own,
        "md_algorithm": used,
        "pkcs7_signature_mechanism": signer["signature_algorithm"]["algorithm"].native,
        "validation_time": context.moment,
        "qualification_result": None,
    }


async def trust_facts(
    own: Any, context: ValidationContext, usage: Any, paths: Any
) -> dict[str, Any]:
    """The chain's part of a status, as pyHanko finds it."""
    found = await validate_cert_usage(own, context, usage, paths)
    return {
        "trust_problem_indic": found.error_subindic,
        "validation_path": found.success_result or found.error_path,
        "revocation_details": found.revo_details,
        "error_time_horizon": found.error_time_horizon,
    }


def token_integrity(token: Any, validator: Any, gost: GostChecks) -> tuple[bool, bool]:
    """Whether the token's content is what its service signed, and whether the signature holds.

    Raises NoGost; ValueError where the certificate is not the one that was signed for.
    """
    signer, own = extract_signer_info(token), extract_certificate_info(token).signer_cert
    content = bytes(token["encap_content_info"]["content"])
    if not names_certificate(signer["signed_attrs"], own, gost, required=False):
        raise ValueError("the time stamp names another certificate")
    return integrity(
        signer, own, lambda name: digest_of(name, content, gost), validator, content_type=_KIND
    )


def bytes_under(embedded: EmbeddedPdfSignature, pdf: bytes) -> bytes:
    """What the byte range (ISO 32000-1, 12.8.1) stands for."""
    numbers = [int(number) for number in embedded.byte_range]
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return b"".join(pdf[start : start + length] for start, length in pairs)
