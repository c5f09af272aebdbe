"""GOST R 34.10-2012 and Streebog (GOST R 34.11-2012), by an outside program.

Neither `cryptography` nor pyHanko knows them. The object identifiers are those of RFC 9215 and of
TC 26, «Использование алгоритмов ГОСТ Р 34.10, ГОСТ Р 34.11 в профиле сертификата».
"""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final, Protocol

from cryptography.exceptions import InvalidSignature
from pyhanko_certvalidator.sig_validate import (
    DEFAULT_VALIDATION_CONTEXT,
    DefaultSignatureValidator,
    SignatureValidationContext,
)

from signing.errors import ProviderFailed, ProviderRefused, SigningError
from signing.outside_program import ask

_SECONDS: Final = 20.0


class Streebog(Enum):
    """GOST R 34.11-2012, by the length of its digest in bits."""

    BITS_256 = 256
    BITS_512 = 512


DIGESTS: Final = {
    "1.2.643.7.1.1.2.2": Streebog.BITS_256,
    "1.2.643.7.1.1.2.3": Streebog.BITS_512,
}
_KEYS: Final = {
    "1.2.643.7.1.1.1.1": Streebog.BITS_256,
    "1.2.643.7.1.1.1.2": Streebog.BITS_512,
}
_EMPTY: Final = bytes.fromhex("3f539a213e97c802cc229d474c6aa32a825a360b2a933a949fd925208d9ce1bb")
"""Streebog-256 of nothing."""


class NoGost(SigningError):
    """There is a GOST signature, and nothing here that could check it."""


class GostChecks(Protocol):
    """What checks GOST signatures. Raises NoGost."""

    def digest(self, kind: Streebog, data: bytes) -> bytes:
        """The digest of `data`, 32 or 64 bytes."""

    def is_signature(
        self, public_key: bytes, kind: Streebog, signature: bytes, data: bytes
    ) -> bool:
        """Whether it is one over `data` by that key (DER, SubjectPublicKeyInfo)."""


def streebog_of_key(public_key_algorithm: str) -> Streebog | None:
    """Which digest goes with a key of that algorithm (dotted); None for another than GOST."""
    return _KEYS.get(public_key_algorithm)


@dataclass(frozen=True)
class GostCommands:
    """The command lines of a program that knows GOST.

    In `digest_command`, `{digest}` stands for the algorithm's name; the bytes come on standard
    input, the digest leaves on standard output as it is. `verify_command` has the same, and
    `{key}` and `{signature}` for files (DER); it ends with 0 where the signature is one.
    """

    digest_command: tuple[str, ...]
    verify_command: tuple[str, ...]
    names: Mapping[Streebog, str]

    def digest(self, kind: Streebog, data: bytes) -> bytes:
        """The digest of `data`. Raises NoGost where the program is not there or cannot."""
        try:
            found = ask(self._filled(self.digest_command, kind), data, timeout=_SECONDS)
        except ProviderFailed as error:
            raise NoGost("no program here knows GOST") from error
        if len(found) * 8 != kind.value:
            raise NoGost("the program that should know GOST answers something else")
        return found

    def is_signature(
        self, public_key: bytes, kind: Streebog, signature: bytes, data: bytes
    ) -> bool:
        """Whether the program accepts it. Raises NoGost.

        A refusal counts only from a program that knows Streebog: one without it refuses too.
        """
        with tempfile.TemporaryDirectory(prefix="gost-") as folder:
            key, signed = Path(folder, "key.der"), Path(folder, "signature.bin")
            key.write_bytes(public_key)
            signed.write_bytes(signature)
            files = {"{key}": str(key), "{signature}": str(signed)}
            try:
                ask(self._filled(self.verify_command, kind, files), data, timeout=_SECONDS)
            except ProviderRefused:
                if self.digest(Streebog.BITS_256, b"") != _EMPTY:
                    raise NoGost("the program should know GOST and does not") from None
                return False
            except ProviderFailed as error:
                raise NoGost("no program here knows GOST") from error
        return True

    def _filled(
        self, command: Sequence[str], kind: Streebog, files: Mapping[str, str] | None = None
    ) -> list[str]:
        words = {"{digest}": self.names[kind], **(files or {})}
        return [words.get(word, word.replace("{digest}", self.names[kind])) for word in command]


OPENSSL: Final = GostCommands(
    ("openssl", "dgst", "-engine", "gost", "-{digest}", "-binary"),
    (
        *("openssl", "dgst", "-engine", "gost", "-{digest}", "-keyform", "DER"),
        *("-verify", "{key}", "-signature", "{signature}"),
    ),
    {Streebog.BITS_256: "md_gost12_256", Streebog.BITS_512: "md_gost12_512"},
)
"""OpenSSL with its GOST engine (Debian: libengine-gost-openssl). OpenSSL 4 has no engines."""


class GostSignatureValidator(DefaultSignatureValidator):
    """pyHanko's own door for signatures that it does not know; all others as ever."""

    def __init__(self, gost: GostChecks) -> None:
        self._gost = gost

    def validate_signature(  # type: ignore[no-untyped-def]  # asn1crypto has no types
        self,
        signature: bytes,
        signed_data: bytes,
        public_key_info,
        signature_algorithm,
        context: SignatureValidationContext = DEFAULT_VALIDATION_CONTEXT,
    ) -> None:
        """Raises InvalidSignature; NoGost where a GOST signature cannot be checked."""
        kind = streebog_of_key(public_key_info["algorithm"]["algorithm"].dotted)
        if kind is None:
            super().validate_signature(
                signature, signed_data, public_key_info, signature_algorithm, context
            )
        elif not self._gost.is_signature(public_key_info.dump(), kind, signature, signed_data):
            raise InvalidSignature
