"""CAdES signatures as PAdES wants them, from whatever can sign raw bytes."""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from typing import Final

from asn1crypto import cms  # type: ignore[import-untyped]  # no types
from cryptography import x509
from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1
from pyhanko.sign.signers.pdf_cms import Signer as CmsBuilder
from pyhanko_certvalidator.registry import SimpleCertificateStore

DIGEST: Final = "sha256"
_ATTRIBUTES: Final = 2048


class DetachedCades:
    """Puts a certificate, its chain and a raw signature together into a CMS."""

    def __init__(
        self,
        certificate: x509.Certificate,
        chain: Sequence[x509.Certificate],
        sign_raw: Callable[[bytes], bytes],
    ) -> None:
        """`sign_raw` signs bytes with SHA-256 and the certificate's key; it may be slow."""
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # no types
        store.register_multiple([translate_pyca_cryptography_cert_to_asn1(c) for c in chain])
        self._builder = _Builder(certificate, store, sign_raw)
        sizes = (len(c.tbs_certificate_bytes) + len(c.signature) for c in (certificate, *chain))
        named_twice = 2 * len(certificate.issuer.public_bytes())
        self.size = _ATTRIBUTES + named_twice + sum(size + 64 for size in sizes)

    def over(self, content: bytes) -> bytes:
        """The detached CMS (DER) over `content`. Not to be called inside a running loop."""
        digest = hashlib.sha256(content).digest()
        signed = asyncio.run(self._builder.async_sign(digest, DIGEST, use_pades=True))
        return bytes(signed.dump())


class _Builder(CmsBuilder):
    """pyHanko's builder over a key that stays loaded; its own SimpleSigner loads it each time."""

    def __init__(
        self,
        certificate: x509.Certificate,
        store: SimpleCertificateStore,
        sign_raw: Callable[[bytes], bytes],
    ) -> None:
        super().__init__(
            signing_cert=translate_pyca_cryptography_cert_to_asn1(certificate),
            cert_registry=store,
            embed_roots=False,
        )
        self._sign_raw = sign_raw

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        return self._sign_raw(data)


def signature_value(signature: bytes) -> bytes:
    """What a time stamp over a signature stands for (ETSI EN 319 122-1, 5.3).

    `signature` is a CMS (DER) with one signer. Raises ValueError where it is none.
    """
    return bytes(_one_signer(cms.ContentInfo.load(signature))["signature"].native)


def with_time_stamp(signature: bytes, token: bytes) -> bytes:
    """The same CMS with the token (DER) among its unsigned attributes; nothing signed changes.

    Raises ValueError as `signature_value` does.
    """
    whole = cms.ContentInfo.load(signature)
    signer = _one_signer(whole)
    attribute = cms.CMSAttribute(
        {"type": "signature_time_stamp_token", "values": [cms.ContentInfo.load(token)]}
    )
    known = list(signer["unsigned_attrs"]) if signer["unsigned_attrs"].native else []
    signer["unsigned_attrs"] = cms.CMSAttributes([*known, attribute])
    return bytes(whole.dump())


def _one_signer(whole: cms.ContentInfo) -> cms.SignerInfo:
    signers = whole["content"]["signer_infos"]
    if len(signers) != 1:
        raise ValueError("not one signer")
    return signers[0]
