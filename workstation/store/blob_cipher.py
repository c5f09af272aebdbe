"""AES-256-GCM over a stream of chunks: what was cut off, swapped or changed does not decrypt.

File: 8 bytes of magic, 32 bytes of salt, then chunks of 1 MiB of text and 16 bytes of tag; the
last chunk may be shorter or empty. HKDF-SHA256 makes from key and salt a key for this file alone
and the nonces' prefix. A nonce is prefix (7 bytes), counter (4 bytes, big endian), and whether
the chunk is the last (1 byte); the file's id and the header are associated data of every chunk.
"""

import os
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from workstation.core.errors import BlobDamaged

MAGIC = b"TMBLOB1\n"
SALT_BYTES = 32
CHUNK_BYTES = 1024 * 1024
TAG_BYTES = 16
HEADER_BYTES = len(MAGIC) + SALT_BYTES
_KEY_BYTES = 32
_PREFIX_BYTES = 7


def new_header() -> bytes:
    """Begins a file."""
    return MAGIC + os.urandom(SALT_BYTES)


class BlobCipher:
    """Encrypts or decrypts the chunks of one file, in order."""

    def __init__(self, key: bytes, file_id: str, header: bytes) -> None:
        if len(header) != HEADER_BYTES or not header.startswith(MAGIC):
            raise BlobDamaged("header")
        salt = header[len(MAGIC) :]
        derived = HKDF(SHA256(), _KEY_BYTES + _PREFIX_BYTES, salt, b"workstation blob").derive(key)
        self._cipher = AESGCM(derived[:_KEY_BYTES])
        self._prefix = derived[_KEY_BYTES:]
        self._bound = header + file_id.encode()
        self._count = 0

    def encrypt(self, chunk: bytes, *, is_last: bool) -> bytes:
        """The next chunk with its tag; all but the last have CHUNK_BYTES."""
        return self._cipher.encrypt(self._nonce(is_last), chunk, self._bound)

    def decrypt(self, sealed: bytes, *, is_last: bool) -> bytes:
        """The text of the next chunk; raises BlobDamaged."""
        try:
            return self._cipher.decrypt(self._nonce(is_last), sealed, self._bound)
        except InvalidTag as error:
            raise BlobDamaged("chunk") from error

    def _nonce(self, is_last: bool) -> bytes:
        nonce = self._prefix + self._count.to_bytes(4, "big") + bytes([is_last])
        self._count += 1
        return nonce


def decrypted(key: bytes, file_id: str, file: BinaryIO) -> Iterator[bytes]:
    """The chunks of a whole file; raises BlobDamaged."""
    cipher = BlobCipher(key, file_id, file.read(HEADER_BYTES))
    step = CHUNK_BYTES + TAG_BYTES
    sealed = file.read(step)
    while following := file.read(step):
        yield cipher.decrypt(sealed, is_last=False)
        sealed = following
    yield cipher.decrypt(sealed, is_last=True)
