"""Time stamps (RFC 3161): asked of one service after the other, checked before they are used."""

import hashlib
import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from asn1crypto import algos, cms, core, tsp  # type: ignore[import-untyped]  # no types
from pyhanko.sign.general import extract_certificate_info

from signing.gost import OPENSSL, GostChecks, GostSignatureValidator
from signing.gost_stamps import token_integrity
from signing.wire import Ask, ServiceTrouble, Trouble, Wire

logger = logging.getLogger(__name__)

_DIGEST: Final = "sha256"
_GRANTED: Final = ("granted", "granted_with_mods")


@dataclass(frozen=True, slots=True)
class Token:
    """A time stamp whose own signature holds; whether its issuer is trusted is asked elsewhere."""

    der: bytes
    time: datetime
    """Aware."""
    certificate: Any
    """Of the service (asn1crypto's x509.Certificate, which has no types)."""
    others: tuple[Any, ...]


async def time_stamp(
    wire: Wire, addresses: Sequence[str], data: bytes, gost: GostChecks = OPENSSL
) -> Token:
    """A token over `data` from the first service that gives one.

    Raises ServiceTrouble with the last service's trouble; there must be at least one address.
    """
    digest = hashlib.sha256(data).digest()
    last = ServiceTrouble(Trouble.UNREACHABLE)
    for address in addresses:
        try:
            return await _one(wire, address, digest, gost)
        except ServiceTrouble as error:
            logger.info("a time-stamping service did not help: %s", error.trouble.value)
            last = error
    raise last


def read_token(
    der: bytes, digest: bytes, nonce: int | None = None, gost: GostChecks = OPENSSL
) -> Token:
    """A token that stands for this digest and is signed by the certificate it carries.

    Raises ServiceTrouble(UNUSABLE).
    """
    try:
        return _checked(der, digest, nonce, gost)
    except ServiceTrouble:
        raise
    except Exception as error:  # the parser stumbles over rubbish in any way at all
        raise ServiceTrouble(Trouble.UNUSABLE) from error


async def _one(wire: Wire, address: str, digest: bytes, gost: GostChecks) -> Token:
    nonce = secrets.randbits(63) | 1
    body = await wire.fetch(
        Ask(
            address,
            "application/timestamp-reply",
            _request(digest, nonce),
            "application/timestamp-query",
        )
    )
    return read_token(_granted(body), digest, nonce, gost)


def _request(digest: bytes, nonce: int) -> bytes:
    imprint = tsp.MessageImprint(
        {
            "hash_algorithm": algos.DigestAlgorithm({"algorithm": _DIGEST}),
            "hashed_message": digest,
        }
    )
    request = tsp.TimeStampReq(
        {"version": 1, "message_imprint": imprint, "cert_req": True, "nonce": core.Integer(nonce)}
    )
    return bytes(request.dump())


def _granted(body: bytes) -> bytes:
    try:
        answer = tsp.TimeStampResp.load(body, strict=True)
        status = answer["status"]["status"].native
        token = b"" if status not in _GRANTED else answer["time_stamp_token"].dump()
    except (ValueError, TypeError, KeyError) as error:
        raise ServiceTrouble(Trouble.UNUSABLE) from error
    if status not in _GRANTED:
        raise ServiceTrouble(Trouble.REFUSED)
    return bytes(token)


def _checked(der: bytes, digest: bytes, nonce: int | None, gost: GostChecks) -> Token:
    token = cms.ContentInfo.load(der, strict=True)
    signed = token["content"]
    content = signed["encap_content_info"]["content"]
    info = content.parsed
    imprint = info["message_imprint"]
    stands = imprint["hashed_message"].native == digest
    stands &= imprint["hash_algorithm"]["algorithm"].native == _DIGEST
    stands &= nonce is None or info["nonce"].native == nonce
    people = extract_certificate_info(signed)
    intact, valid = token_integrity(signed, GostSignatureValidator(gost), gost)
    if not (stands and intact and valid):
        raise ServiceTrouble(Trouble.UNUSABLE)
    return Token(der, info["gen_time"].native, people.signer_cert, tuple(people.other_certs))
