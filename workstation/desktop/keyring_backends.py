"""Which stores of secrets are safe enough: an allow-list, whatever the user's keyring settings."""

import importlib
import logging
from collections.abc import Iterable

from keyring.backend import KeyringBackend

from workstation.core.errors import NoSecretStore

logger = logging.getLogger(__name__)

ALLOWED = (
    ("keyring.backends.SecretService", "Keyring"),  # GNOME Keyring, KeePassXC, newer KWallet
    ("keyring.backends.kwallet", "DBusKeyring"),
    ("keyring.backends.macOS", "Keyring"),
    ("keyring.backends.Windows", "WinVaultKeyring"),
)
"""Backends that encrypt and ask the operating system who the user is. Files are not among them."""


def safest_backend(allowed: Iterable[tuple[str, str]] = ALLOWED) -> KeyringBackend:
    """The allowed backend that works here and that keyring ranks highest; blocks.

    Raises NoSecretStore.
    """
    working = [kind for name in allowed if (kind := _working(*name)) is not None]
    if not working:
        raise NoSecretStore("no allowed backend works here")
    best = max(working, key=lambda kind: kind.priority)
    return best()


def _working(module: str, name: str) -> type[KeyringBackend] | None:
    try:
        kind: type[KeyringBackend] = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError, OSError):  # a backend of another operating system
        return None
    return kind if kind.viable else None
