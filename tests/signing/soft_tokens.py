"""Tokens of SoftHSM2 in a folder of the test's own, with keys of the test clinic's authority."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pkcs11
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from pkcs11 import Attribute
from pkcs11.util.ec import decode_ec_private_key
from pkcs11.util.rsa import decode_rsa_private_key
from pkcs11.util.x509 import decode_x509_certificate

from signing.demo_pki import DemoAuthority, DemoKey, DemoPerson

LIBRARY: Final = Path("/usr/lib/softhsm/libsofthsm2.so")
INSTALL: Final = "SoftHSM2 is not installed: apt-get install softhsm2"
PIN: Final = "4817"
RSA_ID, EC_ID = "a1", "b2"
DOCTORS, APPROVERS = "Токен врача", "Токен главврача"


def is_installed() -> bool:
    """Whether the library and its tool are there."""
    return LIBRARY.exists() and shutil.which("softhsm2-util") is not None


@dataclass(frozen=True)
class SoftTokens:
    """A folder of two tokens; on the first are an RSA and an EC key, on the second an EC key."""

    folder: Path
    authority: DemoAuthority

    def pull_out(self) -> None:
        """The folder goes away, as a reader's cable does."""
        (self.folder / "tokens").rename(self.folder / "pulled")

    def plug_in(self) -> None:
        """And comes back."""
        (self.folder / "pulled").rename(self.folder / "tokens")


@contextmanager
def soft_tokens(
    folder: Path,
    authority: DemoAuthority,
    person: DemoPerson,
    approver: DemoPerson | None = None,
) -> Iterator[SoftTokens]:
    """The library is unloaded behind it: it reads its settings but once. `approver` has the second
    token; None: the same person has both."""
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    before = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    try:
        for label in (DOCTORS, APPROVERS):
            _new_token(label)
        _put(DOCTORS, "Подпись RSA", RSA_ID, authority, person, DemoKey.RSA_2048)
        _put(DOCTORS, "Подпись EC", EC_ID, authority, person, DemoKey.EC_P256)
        _put(APPROVERS, "Подпись", EC_ID, authority, approver or person, DemoKey.EC_P256)
        yield SoftTokens(folder, authority)
    finally:
        pkcs11.unload(str(LIBRARY))
        if before is None:
            del os.environ["SOFTHSM2_CONF"]
        else:
            os.environ["SOFTHSM2_CONF"] = before


def _new_token(label: str) -> None:
    command = ["softhsm2-util", "--init-token", "--free", "--label", label]
    command += ["--pin", PIN, "--so-pin", "12345678"]
    subprocess.run(command, check=True, capture_output=True, timeout=30)


def _put(
    token: str, label: str, key_id: str, authority: DemoAuthority, person: DemoPerson, kind: DemoKey
) -> None:
    now = datetime.now(UTC)
    who = DemoPerson(person.full_name, person.organization, person.post, person.snils, kind)
    file = authority.issue(who, PIN, now - timedelta(days=1), now + timedelta(days=30))
    store = pkcs12.load_pkcs12(file, PIN.encode())
    assert store.cert is not None
    named = {Attribute.ID: bytes.fromhex(key_id), Attribute.LABEL: label, Attribute.TOKEN: True}
    library = pkcs11.lib(str(LIBRARY))
    with library.get_token(token_label=token).open(rw=True, user_pin=PIN) as session:
        der = store.cert.certificate.public_bytes(Encoding.DER)
        session.create_object(decode_x509_certificate(der) | named)
        session.create_object(_key_template(store.key) | named | {Attribute.SIGN: True})
        if kind is DemoKey.RSA_2048:
            root = authority.root.public_bytes(Encoding.DER)
            session.create_object(decode_x509_certificate(root) | {Attribute.TOKEN: True})


def _key_template(key: object) -> dict[Attribute, object]:
    if isinstance(key, rsa.RSAPrivateKey):
        return dict(decode_rsa_private_key(_der(key)))
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return dict(decode_ec_private_key(_der(key)))


def _der(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
