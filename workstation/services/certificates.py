"""Where keys, their certificates and the trusted roots come from."""

import asyncio
import logging
import os
import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from backend_client.models.accounts import Account
from signing.errors import NoCertificate
from workstation.services.signing_keys import FileKey, LockedKey

if TYPE_CHECKING:
    from cryptography import x509

    from signing.demo_pki import DemoAuthority

logger = logging.getLogger(__name__)

TRUST_ROOTS: Final = "trust-roots"
_FILE_NAME: Final = re.compile(r"\w[\w@-]*(\.[\w@-]+)*")
_DEMO_PIN: Final = "2026"
_DEMO_VALIDITY: Final = timedelta(days=365)


class Certificates(Protocol):
    """What signing and checking signatures need."""

    @property
    def pin_hint(self) -> str:
        """The PIN itself in the demonstration, "" everywhere else."""

    async def key(self, account: Account) -> LockedKey:
        """The account's key, locked by its PIN; raises NoCertificate."""

    async def certificate(self, account: Account) -> "x509.Certificate":
        """The certificate of that key, known without the PIN; raises NoCertificate."""

    async def roots(self) -> "Sequence[x509.Certificate]":
        """Whose signatures are trusted; none where there are none."""

    async def is_open(self, account: Account) -> bool:
        """Whether the key signs now with the PIN ""."""

    def open_seconds(self, account: Account) -> float:
        """For how long the key still signs with the PIN ""; 0: it is not open. Does not block."""

    def forget(self) -> None:
        """Locks all keys: at signing out."""


class KeptCertificates:
    """Files that the administrator has put into a folder.

    `<login>.p12` is the key, `<login>.pem` its certificate alone, `trust-roots/*.pem` the roots.
    """

    pin_hint = ""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def key(self, account: Account) -> LockedKey:
        """The account's `.p12`; raises NoCertificate."""
        return FileKey(await asyncio.to_thread(self._read, account.login, ".p12"))

    async def certificate(self, account: Account) -> "x509.Certificate":
        """The account's `.pem`; raises NoCertificate."""
        return await asyncio.to_thread(self._certificate, account.login)

    async def roots(self) -> "Sequence[x509.Certificate]":
        """All of the folder `trust-roots`."""
        return await asyncio.to_thread(roots_in, self._folder / TRUST_ROOTS)

    async def is_open(self, account: Account) -> bool:
        """Never: the PIN is for one signature."""
        return False

    def open_seconds(self, account: Account) -> float:
        """None: the PIN is for one signature."""
        return 0.0

    def forget(self) -> None:
        """Nothing is kept."""

    def _read(self, login: str, ending: str) -> bytes:
        try:
            return (self._folder / f"{plain_login(login)}{ending}").read_bytes()
        except OSError as error:
            raise NoCertificate(f"no {ending} file of the account can be read") from error

    def _certificate(self, login: str) -> "x509.Certificate":
        from cryptography import x509

        try:
            return x509.load_pem_x509_certificate(self._read(login, ".pem"))
        except ValueError as error:
            raise NoCertificate("the account's .pem file holds no certificate") from error


@dataclass(frozen=True, slots=True)
class _Issued:
    key: FileKey
    certificate: "x509.Certificate"


class DemoCertificates:
    """Certificates of an authority that lives as long as the program; keys stay in memory.

    Its root is put into `trust_roots`, the folder whose roots the demonstration's server trusts.
    """

    pin_hint = _DEMO_PIN

    def __init__(self, trust_roots: Path, now: Callable[[], datetime]) -> None:
        self._trust_roots = trust_roots
        self._now = now
        self._turn = asyncio.Lock()
        self._authority: DemoAuthority | None = None
        self._issued: dict[str, _Issued] = {}

    async def key(self, account: Account) -> LockedKey:
        """A key that was made for the account; raises NoCertificate where the folder is closed."""
        return (await self._of(account)).key

    async def certificate(self, account: Account) -> "x509.Certificate":
        """Its certificate, valid for a year; raises NoCertificate as `key` does."""
        return (await self._of(account)).certificate

    async def roots(self) -> "Sequence[x509.Certificate]":
        """The roots of this and of all earlier runs."""
        return await asyncio.to_thread(roots_in, self._trust_roots)

    async def is_open(self, account: Account) -> bool:
        """Never: the PIN is for one signature."""
        return False

    def open_seconds(self, account: Account) -> float:
        """None: the PIN is for one signature."""
        return 0.0

    def forget(self) -> None:
        """Nothing is kept open."""

    async def _of(self, account: Account) -> _Issued:
        async with self._turn:
            if self._authority is None:
                self._authority = await asyncio.to_thread(self._new_authority)
            if account.id not in self._issued:
                issued = await asyncio.to_thread(self._issue, self._authority, account)
                self._issued[account.id] = issued
            return self._issued[account.id]

    def _new_authority(self) -> "DemoAuthority":
        from signing.demo_pki import DemoAuthority

        authority = DemoAuthority(self._now())
        name = f"demo-{authority.root.serial_number:x}.pem"
        try:
            _write(self._trust_roots / name, authority.root_pem)
        except OSError as error:
            raise NoCertificate("the root cannot be written") from error
        return authority

    def _issue(self, authority: "DemoAuthority", account: Account) -> _Issued:
        from cryptography.hazmat.primitives.serialization import pkcs12

        from signing.demo_pki import DemoKey, DemoPerson

        person = DemoPerson(
            account.full_name,
            account.centre_name,
            account.post,
            account.snils,
            DemoKey.EC_P256,
        )
        start = self._now() - timedelta(hours=1)
        key = authority.issue(person, _DEMO_PIN, start, start + _DEMO_VALIDITY)
        own = pkcs12.load_pkcs12(key, _DEMO_PIN.encode()).cert
        if own is None:
            raise NoCertificate("the authority has issued none")
        return _Issued(FileKey(key), own.certificate)


def plain_login(login: str) -> str:
    """A login comes from the server: only one that is a plain file name becomes a path.

    Raises NoCertificate.
    """
    if _FILE_NAME.fullmatch(login) is None:
        raise NoCertificate("the login is no file name")
    return login


def roots_in(folder: Path) -> "list[x509.Certificate]":
    """The certificates of all PEM files; a file that cannot be read adds no trust and is named."""
    from signing.certificates import load_roots

    found: list[x509.Certificate] = []
    for path in sorted(folder.glob("*.pem")):
        try:
            found += load_roots(path)
        except NoCertificate:
            logger.warning("no roots in %s", path.name)
    return found


def _write(path: Path, data: bytes) -> None:
    """All of it or nothing; until it is whole nobody takes it for a PEM file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        part.chmod(0o644)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
