"""Where keys and tokens are kept: in the system's keyring, or in memory for the demonstration."""

import asyncio
import base64
import binascii
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from workstation.core.errors import NoSecretStore, SecretError, SecretsLocked
from workstation.core.secrets import SecretStore

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

Result = TypeVar("Result")

SERVICE = "telemed-workstation"
KEY_BYTES = 32


class MemorySecrets:
    """Forgets everything with the process: for --demo and for tests."""

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}

    async def read(self, name: str) -> str | None:
        """The secret, None where there is none."""
        return self._secrets.get(name)

    async def write(self, name: str, secret: str) -> None:
        """Keeps it."""
        self._secrets[name] = secret

    async def delete(self, name: str) -> None:
        """Forgets it."""
        self._secrets.pop(name, None)


class KeyringSecrets:
    """The system's keyring. `scope` keeps the secrets of two servers apart.

    Calls wait in a thread, as long as the system asks the user to unlock it. They raise
    NoSecretStore where there is no safe keyring, SecretsLocked where it stays locked.
    """

    def __init__(self, scope: str, backend: "Callable[[], KeyringBackend] | None" = None) -> None:
        self._scope = scope
        self._choose = backend
        self._backend: KeyringBackend | None = None

    async def read(self, name: str) -> str | None:
        """The secret, None where there is none."""
        return await self._ask(lambda keyring: keyring.get_password(SERVICE, self._named(name)))

    async def write(self, name: str, secret: str) -> None:
        """Keeps it, instead of an earlier one."""
        await self._ask(lambda keyring: keyring.set_password(SERVICE, self._named(name), secret))

    async def delete(self, name: str) -> None:
        """Forgets it; nothing happens where there is none."""

        def forget(keyring: "KeyringBackend") -> None:
            if keyring.get_password(SERVICE, self._named(name)) is not None:
                keyring.delete_password(SERVICE, self._named(name))

        await self._ask(forget)

    def _named(self, name: str) -> str:
        return f"{self._scope} {name}"

    async def _ask(self, question: "Callable[[KeyringBackend], Result]") -> Result:
        return await asyncio.to_thread(self._answer, question)

    def _answer(self, question: "Callable[[KeyringBackend], Result]") -> Result:
        # keyring takes a tenth of a second to import and is not needed for the first paint.
        from keyring.errors import KeyringLocked, PasswordSetError

        try:
            return question(self._opened())
        except SecretError:
            raise
        except (KeyringLocked, PasswordSetError) as error:
            raise SecretsLocked(type(error).__name__) from error
        # Every backend has errors of its own (D-Bus, Windows, macOS) beside keyring's.
        except Exception as error:
            raise NoSecretStore(type(error).__name__) from error

    def _opened(self) -> "KeyringBackend":
        if self._backend is None:
            from workstation.desktop.keyring_backends import safest_backend

            self._backend = (self._choose or safest_backend)()
        return self._backend


async def random_key(secrets: SecretStore, name: str) -> bytes:
    """The 32 random bytes kept under that name; made at the first call.

    Raises SecretError, also where the store does not give back what it was given.
    """
    kept = _key(await secrets.read(name))
    if kept is not None:
        return kept
    made = os.urandom(KEY_BYTES)
    await secrets.write(name, base64.b64encode(made).decode())
    if _key(await secrets.read(name)) != made:
        raise NoSecretStore("it does not give back what it was given")
    return made


def _key(text: str | None) -> bytes | None:
    if text is None:
        return None
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error:
        return None
    return key if len(key) == KEY_BYTES else None
