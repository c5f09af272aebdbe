"""A signature is checked once in a verification, and no other one is taken for it."""

from dataclasses import dataclass, field

import pytest
from asn1crypto import algos, keys  # type: ignore[import-untyped]  # no types
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pyhanko_certvalidator.sig_validate import SignatureValidationContext, SignatureValidator

from signing.gost import NoGost
from signing.remembered import Remembered


@dataclass
class Asked(SignatureValidator):
    """Knows one good signature."""

    good: bytes = b"good"
    times: list[bytes] = field(default_factory=list)

    def validate_signature(  # type: ignore[no-untyped-def]  # asn1crypto has no types
        self, signature, signed_data, public_key_info, signature_algorithm, context=None
    ) -> None:
        self.times.append(signature)
        if signature == b"nobody knows":
            raise NoGost
        if signature != self.good:
            raise InvalidSignature


def key() -> object:
    made = ec.generate_private_key(ec.SECP256R1()).public_key()
    der = made.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return keys.PublicKeyInfo.load(der)


ECDSA = algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"})
RSA = algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa"})


def test_the_same_question_is_asked_once_and_its_answer_stays() -> None:
    inner, mine = Asked(), key()
    remembered = Remembered(inner)
    for _ in range(3):
        remembered.validate_signature(b"good", b"data", mine, ECDSA)
        with pytest.raises(InvalidSignature):
            remembered.validate_signature(b"bad", b"data", mine, ECDSA)
    assert inner.times == [b"good", b"bad"]


def test_every_part_of_the_question_counts() -> None:
    inner, mine = Asked(), key()
    remembered = Remembered(inner)
    prehashed = SignatureValidationContext("sha256", prehashed=True)
    remembered.validate_signature(b"good", b"data", mine, ECDSA)
    remembered.validate_signature(b"good", b"other", mine, ECDSA)
    remembered.validate_signature(b"good", b"data", key(), ECDSA)
    remembered.validate_signature(b"good", b"data", mine, RSA)
    remembered.validate_signature(b"good", b"data", mine, ECDSA, prehashed)
    assert len(inner.times) == 5


def test_where_nobody_knows_it_is_asked_again() -> None:
    inner, mine = Asked(), key()
    remembered = Remembered(inner)
    for _ in range(2):
        with pytest.raises(NoGost):
            remembered.validate_signature(b"nobody knows", b"data", mine, ECDSA)
    assert len(inner.times) == 2
