"""The keys of the local data, all made from one secret."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


@dataclass(frozen=True, slots=True, repr=False)
class StoreKeys:
    """Each key for its own purpose, 32 bytes."""

    database: bytes
    blobs: bytes


def derived_keys(secret: bytes) -> StoreKeys:
    """From the 32 random bytes of the keyring."""
    return StoreKeys(_derived(secret, b"database"), _derived(secret, b"blobs"))


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, None, b"workstation " + purpose).derive(secret)
