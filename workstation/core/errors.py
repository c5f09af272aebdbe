"""What may go wrong on this computer, apart from the network and the files of patients.

::

    LocalError
      StoreError
        StoreUnreadable    the local store: wrong key, damaged, or of a newer program
        StoreUnavailable   disk full, no permission, in use
        BlobDamaged        a cached file is not what was written
      SecretError
        NoSecretStore      the system offers no safe place for keys
        SecretsLocked      there is one, and it was not unlocked
"""

from enum import Enum
from pathlib import Path


class LocalError(Exception):
    """Any trouble with what is kept on this computer."""


class StoreError(LocalError):
    """Trouble with the encrypted local data."""


class UnreadableStore(Enum):
    """Why a store cannot be read."""

    WRONG_KEY_OR_DAMAGED = "wrong_key_or_damaged"
    """The two cannot be told apart: without the key all bytes look alike."""
    NEWER = "newer"
    """A newer version of the program has written it."""


class StoreUnreadable(StoreError):
    """The local store cannot be read; `path` is the file."""

    def __init__(self, path: Path, reason: UnreadableStore) -> None:
        super().__init__(reason.value)
        self.path = path
        self.reason = reason


class StoreUnavailable(StoreError):
    """The local store cannot be used now: the disk is full, or there is no permission."""


class BlobDamaged(StoreError):
    """A cached file was cut off or changed; it has been removed and can be fetched again."""


class SecretError(LocalError):
    """Trouble with the system's store of secrets."""


class NoSecretStore(SecretError):
    """The system offers no safe store of secrets; patient data are not kept without one.

    What helps: on Linux, install and start gnome-keyring or KWallet inside a desktop session.
    """


class SecretsLocked(SecretError):
    """The system's store of secrets was not unlocked."""
