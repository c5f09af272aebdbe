"""Answers of services with a bit flipped: never a crash, never "good", never a false time stamp."""

import hashlib
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1

from signing.revocation import Inquiry, Standing
from signing.timestamps import read_token, time_stamp
from signing.wire import Ask, ServiceTrouble, Wire
from tests.signing.pki import DOCTOR_EC, PkiServer

FLIPS = 8
_DATA = b"a signature"
_SIGNED_TIME = hashlib.sha256(_DATA).digest()
"""Where the token names what it stands for; its time follows."""
Change = Callable[[bytes], bytes]


class ChangingWire(Wire):
    """Asks the real services and changes what they answer."""

    def __init__(self, change: Change) -> None:
        super().__init__(timeout=30)
        self._change = change

    async def fetch(self, ask: Ask) -> bytes:
        return self._change(await super().fetch(ask))


def flipped(seed: int) -> Change:
    """One bit of each answer."""
    chance = random.Random(seed)

    def change(data: bytes) -> bytes:
        changed = bytearray(data)
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        return bytes(changed)

    return change


async def standing(pki: PkiServer, change: Change, at: datetime) -> Standing:
    signer = pki.signer(DOCTOR_EC)
    certificate, *others = (
        translate_pyca_cryptography_cert_to_asn1(one) for one in (signer.certificate, *signer.chain)
    )
    root = translate_pyca_cryptography_cert_to_asn1(pki.root)
    async with ChangingWire(change) as wire:
        return (await Inquiry(wire, [root], at).about(certificate, others)).standing


async def test_no_altered_answer_is_taken_for_good(pki: PkiServer, qapp: object) -> None:
    now = datetime.now(UTC)
    assert await standing(pki, bytes, now) is Standing.GOOD
    found = {await standing(pki, flipped(seed), now) for seed in range(FLIPS)}
    assert found == {Standing.UNKNOWN}


async def test_an_old_answer_is_not_taken_for_todays(pki: PkiServer, qapp: object) -> None:
    """An OCSP answer holds for ten minutes, a list for thirty days."""
    later = datetime.now(UTC) + timedelta(days=40)
    assert await standing(pki, bytes, later) is Standing.UNKNOWN


async def test_an_altered_time_stamp_is_none(pki: PkiServer, qapp: object) -> None:
    async with Wire(timeout=30) as wire:
        token = await time_stamp(wire, [pki.tsa], _DATA)
    digest = hashlib.sha256(_DATA).digest()
    assert read_token(token.der, digest).time == token.time
    signed = token.der.index(_SIGNED_TIME)
    for place in range(signed, signed + 100):
        altered = bytearray(token.der)
        altered[place] ^= 1
        with pytest.raises(ServiceTrouble):
            read_token(bytes(altered), digest)
    with pytest.raises(ServiceTrouble):
        read_token(token.der, hashlib.sha256(b"another").digest())
