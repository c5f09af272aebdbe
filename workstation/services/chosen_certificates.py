"""The key that a doctor has chosen on this computer, opened once a sitting."""

import asyncio
import logging
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from backend_client.models.accounts import Account
from signing.errors import NoCertificate, SigningError
from workstation.core.errors import SecretError
from workstation.core.secrets import SecretStore
from workstation.services.certificates import Certificates, plain_login
from workstation.services.signing_keys import (
    SITTING_MINUTES,
    KeyChoice,
    KeyKind,
    LockedKey,
    ProgramKey,
    TokenKey,
    TokenLibraries,
    key_file,
)
from workstation.services.sitting import Sitting, SittingKey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cryptography import x509

    from signing.certificates import CertificateFacts
    from signing.errors import TriesLeft
    from signing.signer import Signer

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TokenKeyFound:
    """A key that may be chosen: on which token, and whose."""

    token: str
    """The token's serial."""
    label: str
    """The token's name."""
    tries: "TriesLeft"
    key_id: str
    facts: "CertificateFacts"


class ChosenCertificates:
    """Certificates by choice: a file, a token, an outside program; else what `inner` has.

    A choice lies as `<login>.key.json` in the folder; no secret is in it. The passphrase of a file
    may be in the keyring; a PIN never is.
    """

    def __init__(
        self,
        inner: Certificates,
        folder: Path | None,
        secrets: SecretStore,
        sitting: Sitting,
        now: Callable[[], datetime],
    ) -> None:
        """`folder` is None in the demonstration: nothing is chosen there, and one PIN serves for
        the usual time. `now` is aware UTC."""
        self._inner, self._folder, self._secrets = inner, folder, secrets
        self._sitting, self._now = sitting, now
        self._libraries = TokenLibraries()

    @property
    def pin_hint(self) -> str:
        """The PIN itself in the demonstration, "" everywhere else."""
        return self._inner.pin_hint

    @property
    def may_choose(self) -> bool:
        """Whether another key may be chosen here."""
        return self._folder is not None

    async def choice(self, account: Account) -> KeyChoice:
        """What was chosen; the administrator's file where nothing was, or it cannot be read."""
        if self._folder is None:
            return KeyChoice()
        return await asyncio.to_thread(_read, self._folder, account.login)

    async def token_keys(self, library: str) -> list[TokenKeyFound]:
        """All that may sign on all tokens that are plugged in. Raises a SigningError."""
        return await asyncio.to_thread(_found, self._libraries, library)

    async def choose(self, account: Account, choice: KeyChoice, pin: str) -> "CertificateFacts":
        """Takes a key after it was opened once; nothing changes where that fails.

        Raises WrongPin with the tries left, another SigningError that names what is wrong, or
        SecretError where the passphrase is to be remembered and cannot be.
        """
        if self._folder is None:
            raise NoCertificate("nothing is chosen in the demonstration")
        key = await self._locked(account, choice)
        signer, der, facts = await asyncio.to_thread(_tried, key, choice, pin, account, self._now())
        secret = _secret_name(account)
        if choice.remembers and choice.kind is KeyKind.FILE:
            await self._secrets.write(secret, pin)
        elif (await self.choice(account)).remembers:
            await self._secrets.delete(secret)
        taken = msgspec.structs.replace(choice, certificate=der)
        await asyncio.to_thread(_write, self._folder, account.login, taken)
        self._sitting.forget(account.id)
        self._sitting.keep(account.id, signer, choice.minutes * 60)
        self._sitting.sweep_in(choice.minutes * 60)
        return facts

    async def key(self, account: Account) -> LockedKey:
        """The key, which stays open for the time that was chosen; raises NoCertificate."""
        choice = await self.choice(account)
        seconds = (choice.minutes or SITTING_MINUTES) * 60
        remembered = await self._remembered(account, choice)
        self._sitting.sweep_in(seconds)
        locked = await self._locked(account, choice)
        return SittingKey(locked, self._sitting, account.id, seconds, remembered)

    async def certificate(self, account: Account) -> "x509.Certificate":
        """The certificate of that key, known without the PIN; raises NoCertificate."""
        from cryptography import x509

        choice = await self.choice(account)
        if not choice.certificate:
            return await self._inner.certificate(account)
        try:
            return x509.load_der_x509_certificate(choice.certificate)
        except ValueError as error:
            raise NoCertificate("the kept certificate is damaged") from error

    async def roots(self) -> "Sequence[x509.Certificate]":
        """Whose signatures are trusted."""
        return await self._inner.roots()

    async def is_open(self, account: Account) -> bool:
        """Whether the key signs now with the PIN "": it is open, or the keyring opens it."""
        if await asyncio.to_thread(self._sitting.of, account.id) is not None:
            return True
        if self._sitting.is_refused(account.id):
            return False
        return await self._remembered(account, await self.choice(account)) is not None

    def open_seconds(self, account: Account) -> float:
        """What is left of the time for which one PIN serves."""
        return self._sitting.seconds_left(account.id)

    async def lose_pulled_out(self) -> bool:
        """Whether the token of an open key was pulled out; such a key is forgotten."""
        if not self._sitting.has_tokens:
            return False
        return await asyncio.to_thread(self._sitting.forget_lost)

    async def lock(self) -> bool:
        """As `forget`, off the loop; whether any key was open."""
        had = self._sitting.has_keys
        await asyncio.to_thread(self.forget)
        return had

    def forget(self) -> None:
        """Locks all keys, and ends the sessions with tokens."""
        self._sitting.forget_all()
        self._libraries.close()

    async def _locked(self, account: Account, choice: KeyChoice) -> LockedKey:
        if choice.kind is KeyKind.TOKEN:
            return TokenKey(self._libraries, choice)
        if choice.kind is KeyKind.PROGRAM:
            return ProgramKey(choice)
        if choice.file:
            return await asyncio.to_thread(key_file, choice)
        return await self._inner.key(account)

    async def _remembered(self, account: Account, choice: KeyChoice) -> str | None:
        if not choice.remembers or choice.kind is not KeyKind.FILE:
            return None
        try:
            return await self._secrets.read(_secret_name(account))
        except SecretError as error:
            logger.info("the passphrase of the key is not at hand: %s", type(error).__name__)
            return None


def _found(libraries: TokenLibraries, path: str) -> list[TokenKeyFound]:
    library, found = libraries.of(path), []
    for token in library.tokens():
        for one in library.certificates(token.serial):
            found.append(
                TokenKeyFound(token.serial, token.label, token.tries, one.key_id, one.facts)
            )
    return found


def _tried(
    key: LockedKey, choice: KeyChoice, pin: str, account: Account, at: datetime
) -> "tuple[Signer, bytes, CertificateFacts]":
    from cryptography.hazmat.primitives.serialization import Encoding

    from signing.certificates import Person, check_certificate, check_person

    signer = key.open(pin)
    facts = check_certificate(signer.certificate, at)
    check_person(facts, Person(account.full_name, account.snils))
    if choice.kind is KeyKind.PROGRAM:
        signer.sign(b"a trial")
    return signer, signer.certificate.public_bytes(Encoding.DER), facts


def _secret_name(account: Account) -> str:
    return f"signing-passphrase {account.id}"


def _read(folder: Path, login: str) -> KeyChoice:
    try:
        data = (folder / f"{plain_login(login)}.key.json").read_bytes()
        return msgspec.json.decode(data, type=KeyChoice)
    except (OSError, SigningError):
        return KeyChoice()
    except (msgspec.DecodeError, ValueError):
        logger.warning("the choice of a key cannot be read")
        return KeyChoice()


def _write(folder: Path, login: str, choice: KeyChoice) -> None:
    """All of it or nothing. Raises NoCertificate where the folder is closed."""
    place = folder / f"{plain_login(login)}.key.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.encode(choice))
        Path(name).replace(place)
    except OSError as error:
        raise NoCertificate("the choice cannot be kept") from error
