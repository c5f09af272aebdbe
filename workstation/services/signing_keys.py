"""Which key an account signs with, and how it is opened: a file, a token, an outside program."""

from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec

from signing.command_words import joined_command, split_command
from signing.errors import NoCertificate

if TYPE_CHECKING:
    from signing.keys.external_cms import CmsProvider
    from signing.keys.pkcs11 import TokenLibrary
    from signing.signer import Signer

SITTING_MINUTES = 30
LIBRARIES = (
    "/opt/aktivco/rutokenecp/amd64/librtpkcs11ecp.so",
    "/usr/lib/librtpkcs11ecp.so",
    "/usr/lib/libjcPKCS11-2.so",
    "/usr/lib64/libjcPKCS11-2.so",
    "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so",
    r"C:\Windows\System32\rtPKCS11ECP.dll",
    r"C:\Windows\System32\jcPKCS11-2.dll",
    r"C:\Windows\System32\eTPKCS11.dll",
    r"C:\Program Files\OpenSC Project\OpenSC\pkcs11\opensc-pkcs11.dll",
)
"""Where makers put them: Rutoken, JaCarta, eToken, OpenSC."""


class KeyKind(Enum):
    """Where a key lives."""

    FILE = "file"
    """PKCS#12 (RFC 7292)."""
    TOKEN = "token"
    """PKCS#11: a token or a smart card."""
    PROGRAM = "program"
    """An outside provider of CMS signatures: for GOST."""


class KeyChoice(msgspec.Struct, frozen=True, kw_only=True):
    """What was chosen on this computer; no secret is in it."""

    kind: KeyKind = KeyKind.FILE
    file: str = ""
    """Of a FILE; "" for the one that the administrator has put beside the roots."""
    library: str = ""
    """Of a TOKEN: the PKCS#11 library of its maker."""
    token: str = ""
    """The token's serial."""
    key_id: str = ""
    """CKA_ID, hexadecimal."""
    certificate_file: str = ""
    """Of a PROGRAM: PEM or DER, issuers may follow."""
    key_name: str = ""
    """What the program calls the key: a file, a container."""
    command: tuple[str, ...] = ()
    """Of a PROGRAM, as `CmsProvider.sign` has it; () for OpenSSL with the GOST engine."""
    certificate: bytes = b""
    """DER: shown before the key is opened, and where the token is not plugged in."""
    minutes: int = SITTING_MINUTES
    """How long one PIN serves."""
    remembers: bool = False
    """Whether the passphrase of a FILE is in the keyring."""


class LockedKey(Protocol):
    """A key that a PIN opens."""

    def open(self, pin: str) -> "Signer":
        """Blocks. Raises WrongPin, NoCertificate or another SigningError."""


@dataclass(frozen=True, slots=True)
class FileKey:
    """The bytes of a PKCS#12 file."""

    data: bytes = field(repr=False)

    def open(self, pin: str) -> "Signer":
        """Raises WrongPin, or NoCertificate where no key is in it."""
        from signing.keys.pkcs12 import Pkcs12Signer

        return Pkcs12Signer.open(self.data, pin)


@dataclass(frozen=True, slots=True)
class TokenKey:
    """A key on a token, by the library of its maker."""

    libraries: "TokenLibraries"
    choice: KeyChoice

    def open(self, pin: str) -> "Signer":
        """Raises TokenMissing, WrongPin with the tries left, PinLocked, NoTokenLibrary."""
        library = self.libraries.of(self.choice.library)
        return library.open(self.choice.token, self.choice.key_id, pin)


@dataclass(frozen=True, slots=True)
class ProgramKey:
    """A key that an outside program holds."""

    choice: KeyChoice

    def open(self, pin: str) -> "Signer":
        """Raises a ProviderFailed, WrongPin, or NoCertificate."""
        from signing.keys.external_cms import ExternalCmsSigner

        certificate, name = Path(self.choice.certificate_file), self.choice.key_name
        return ExternalCmsSigner.open(provider_of(self.choice), certificate, name, pin)


class TokenLibraries:
    """The makers' libraries, each loaded once: they keep their sessions for the process."""

    def __init__(self) -> None:
        self._loaded: dict[str, TokenLibrary] = {}

    def of(self, path: str) -> "TokenLibrary":
        """Blocks at the first time. Raises NoTokenLibrary."""
        from signing.keys.pkcs11 import TokenLibrary

        if path not in self._loaded:
            self._loaded[path] = TokenLibrary(Path(path))
        return self._loaded[path]

    def close(self) -> None:
        """Ends all sessions; PINs have to be given again."""
        for library in self._loaded.values():
            library.close_all()


def known_library() -> str:
    """A maker's library that is installed here, where it usually lies; "" where none is."""
    return next((path for path in LIBRARIES if Path(path).is_file()), "")


def words_of_command(typed: str) -> tuple[str, ...]:
    """A typed command as the words that the program gets, by this system's rules of quoting.

    Raises ValueError where a quotation is not closed.
    """
    return split_command(typed)


def line_of_command(words: tuple[str, ...]) -> str:
    """The same words as a line that may be edited."""
    return joined_command(words)


def provider_of(choice: KeyChoice) -> "CmsProvider":
    """The program of the choice; the shipped one where it names none."""
    from signing.keys.external_cms import OPENSSL_GOST, CmsProvider

    return CmsProvider("settings", choice.command) if choice.command else OPENSSL_GOST


def key_file(choice: KeyChoice) -> FileKey:
    """The chosen file; blocks. Raises NoCertificate where it cannot be read."""
    try:
        return FileKey(Path(choice.file).read_bytes())
    except OSError as error:
        raise NoCertificate("the key file cannot be read") from error
