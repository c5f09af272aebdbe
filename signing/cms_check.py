"""Whether a detached CMS (RFC 5652) is a CAdES signature of certain bytes by a certain certificate.

Says nothing of trust: this is for what comes back from an outside program, and for GOST.
"""

import hashlib
from collections.abc import Callable
from typing import Any, Final

from asn1crypto import cms, tsp, x509  # type: ignore[import-untyped]  # no types
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from pyhanko.sign.general import find_unique_cms_attribute
from pyhanko.sign.validation.utils import extract_message_digest
from pyhanko_certvalidator.sig_validate import SignatureValidationContext, SignatureValidator

from signing.errors import ProviderAnswer
from signing.gost import DIGESTS, GostChecks, GostSignatureValidator

_ATTRIBUTES: Final = ("signing_certificate_v2", "signing_certificate")
_KNOWN: Final = frozenset({"sha1", "sha224", "sha256", "sha384", "sha512"})


def check_cms(der: bytes, content: bytes, certificate: bytes, gost: GostChecks) -> None:
    """Refuses what is no detached CAdES signature over `content` by `certificate` (DER).

    Raises ProviderAnswer; NoGost where it is a GOST signature that cannot be checked.
    """
    try:
        _check(der, content, certificate, gost)
    except (ValueError, TypeError, LookupError, AttributeError, UnsupportedAlgorithm) as error:
        raise ProviderAnswer("the answer is no CMS signature") from error


def _check(der: bytes, content: bytes, certificate: bytes, gost: GostChecks) -> None:
    info = cms.ContentInfo.load(der, strict=True)
    if info["content_type"].native != "signed_data":
        raise ProviderAnswer("the answer is a CMS of another kind")
    signed = info["content"]
    if len(signed["signer_infos"]) != 1 or signed["encap_content_info"]["content"].native:
        raise ProviderAnswer("the answer is no detached signature of one signer")
    if certificate not in {one.chosen.dump() for one in signed["certificates"]}:
        raise ProviderAnswer("the answer is by another certificate")
    signer, own = signed["signer_infos"][0], x509.Certificate.load(certificate)
    is_intact, is_valid = integrity(
        signer, own, lambda name: digest_of(name, content, gost), GostSignatureValidator(gost)
    )
    if not is_intact:
        raise ProviderAnswer("the answer is of another document")
    if not is_valid:
        raise ProviderAnswer("the answer is by another key")
    if not names_certificate(signer["signed_attrs"], own, gost, required=True):
        raise ProviderAnswer("the answer does not name its certificate")


def digest_of(algorithm: str, data: bytes, gost: GostChecks) -> bytes:
    """By pyHanko's name of the algorithm, or its dotted identifier. Raises ValueError, NoGost."""
    if algorithm in DIGESTS:
        return gost.digest(DIGESTS[algorithm], data)
    if algorithm not in _KNOWN:
        raise ValueError("an unknown digest")
    return hashlib.new(algorithm, data).digest()


def integrity(
    signer: Any,  # asn1crypto has no types
    certificate: Any,
    digest: Callable[[str], bytes],
    validator: SignatureValidator,
    *,
    content_type: str = "data",
) -> tuple[bool, bool]:
    """Whether the digest is that of the content, and whether the attributes are signed.

    `digest` gives that of the content by the algorithm's name. A signature without attributes is
    none for us: CAdES (ETSI EN 319 122-1, 5.1) always has them.
    """
    algorithm = signer["digest_algorithm"]["algorithm"].native
    attributes = signer["signed_attrs"]
    if not attributes:
        return False, False
    if find_unique_cms_attribute(attributes, "content_type").native != content_type:
        return False, False
    is_intact = bool(extract_message_digest(signer) == digest(algorithm))
    try:
        validator.validate_signature(
            signer["signature"].native,
            attributes.untag().dump(),
            certificate.public_key,
            signer["signature_algorithm"],
            SignatureValidationContext(contextual_md_algorithm=algorithm),
        )
    except InvalidSignature:
        return is_intact, False
    return is_intact, True


def names_certificate(
    attributes: Any, certificate: Any, gost: GostChecks, *, required: bool
) -> bool:
    """Whether the attribute signing-certificate (RFC 5035, 5.4) is of this certificate.

    Where there is none: not `required`.
    """
    for name in _ATTRIBUTES:
        kind = tsp.SigningCertificateV2 if name.endswith("v2") else tsp.SigningCertificate
        for attribute in attributes:
            if attribute["type"].native == name:
                first = kind.load(attribute["values"][0].dump())["certs"][0]
                return _is_of(first, certificate.dump(), gost)
    return not required


def _is_of(identifier: Any, certificate: bytes, gost: GostChecks) -> bool:
    is_old = isinstance(identifier, tsp.ESSCertID)
    algorithm = "sha1" if is_old else identifier["hash_algorithm"]["algorithm"].native
    return bool(identifier["cert_hash"].native == digest_of(algorithm, certificate, gost))
