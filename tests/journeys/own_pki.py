"""A centre's own certificates and rules for signatures, beside a demonstration's server."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from backend.settings import CATALOGUES
from backend_client.models.accounts import Account
from signing.errors import NoCertificate
from tests.signing.pki import CHIEF, DOCTOR_EC, PkiServer
from workstation.services.certificates import roots_in
from workstation.services.signing_keys import FileKey, LockedKey

PIN = "2026"
_LABELS = {"levashova": DOCTOR_EC, "berezhnoy": CHIEF}


class PkiCertificates:
    """Keys of the demonstration's people by the PKI: their certificates name OCSP and lists."""

    pin_hint = PIN

    def __init__(self, pki: PkiServer, trust_roots: Path) -> None:
        """`trust_roots` is the server's folder: the PKI's root is put there."""
        self._pki, self._trust_roots = pki, trust_roots
        trust(trust_roots, "pki", pki.root)

    async def key(self, account: Account) -> LockedKey:
        """The account's; raises NoCertificate."""
        return FileKey(self._pki.key_file(self._label(account), PIN))

    async def certificate(self, account: Account) -> x509.Certificate:
        """Of that key; raises NoCertificate."""
        return self._pki.certificate(self._label(account))

    async def roots(self) -> Sequence[x509.Certificate]:
        """The server's."""
        return roots_in(self._trust_roots)

    async def is_open(self, account: Account) -> bool:
        """The PIN is for one signature."""
        return False

    def open_seconds(self, account: Account) -> float:
        """None."""
        return 0.0

    def forget(self) -> None:
        """Nothing is kept open."""

    def _label(self, account: Account) -> str:
        if account.login not in _LABELS:
            raise NoCertificate("the PKI knows nobody of that name")
        return _LABELS[account.login]


def trust(folder: Path, name: str, root: x509.Certificate) -> None:
    """Whoever checks signatures by that folder trusts the root."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.pem").write_bytes(root.public_bytes(Encoding.PEM))


def own_rules(pki: PkiServer) -> dict[str, object]:
    """The highest level, with the PKI's time; patient, for the machine may be busy."""
    return {"time_services": [pki.tsa], "timeout_seconds": 30.0}


def lay_down_rules(catalogues: Path, **signing: object) -> None:
    """The shipped rules of the centres, with these rules for signatures in the newest version of
    each, in a folder that a server is started with."""
    shutil.copytree(CATALOGUES, catalogues)
    for file in catalogues.glob("*.json"):
        versions = json.loads(file.read_text("utf-8"))
        max(versions, key=lambda one: str(one["valid_from"]))["signing"] = signing
        file.write_text(json.dumps(versions, ensure_ascii=False), "utf-8")
