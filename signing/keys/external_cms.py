"""A key that an outside program holds: it is given bytes, and answers with a detached CAdES CMS.

This is the door for GOST R 34.10-2012 with Streebog: OpenSSL with its GOST engine, or a certified
provider, by the command line that its maker documents. What it answers is checked before use.
"""

import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from signing.cms_check import check_cms
from signing.errors import NoCertificate, ProviderMissing, ProviderRefused, WrongPin
from signing.gost import OPENSSL, GostChecks, NoGost, Streebog, streebog_of_key
from signing.outside_program import ask

SECRET: Final = "TELEMED_KEY_SECRET"
"""The variable of the program's environment that holds the passphrase or PIN."""
PLACES: Final = frozenset({"{content}", "{answer}", "{certificate}", "{key}", "{digest}"})
_LARGEST: Final = 16 * 1024
_SHA256: Final = "sha256"


@dataclass(frozen=True, slots=True)
class CmsProvider:
    """How a program is called.

    In `sign` these words stand for others: `{content}` for a file with the bytes (without it they
    come on standard input), `{answer}` for the file that it is to write (without it, standard
    output), `{certificate}` for a file with the signer's certificate (PEM), `{key}` for the key's
    name or file as the settings have it, `{digest}` for the digest's name. The passphrase is in
    the variable TELEMED_KEY_SECRET of its environment, and never on its command line. `unlock`
    has the same words but the first two and ends with 0 where the passphrase opens the key.
    """

    name: str
    sign: tuple[str, ...]
    unlock: tuple[str, ...] = ()
    digests: Mapping[Streebog, str] | None = None
    timeout: float = 30.0
    """Seconds."""

    def problem(self) -> str:
        """What is wrong with the words of the command, in English; "" where nothing is."""
        if not self.sign:
            return "the command is empty"
        for word in (*self.sign, *self.unlock):
            if word.startswith("{") and word.endswith("}") and word not in PLACES:
                return f"the command has an unknown place: {word}"
        return ""


OPENSSL_GOST: Final = CmsProvider(
    "OpenSSL, GOST",
    (
        *("openssl", "cms", "-sign", "-engine", "gost", "-cades", "-binary", "-md", "{digest}"),
        *("-signer", "{certificate}", "-inkey", "{key}", "-passin", f"env:{SECRET}"),
        *("-outform", "DER"),
    ),
    (
        *("openssl", "pkey", "-engine", "gost", "-in", "{key}", "-passin", f"env:{SECRET}"),
        "-noout",
    ),
    OPENSSL.names,
)
"""Shipped: the key is a file (PKCS#8, PEM), the certificate another."""


class ExternalCmsSigner:
    """A Signer that asks an outside program."""

    def __init__(
        self,
        provider: CmsProvider,
        certificate: x509.Certificate,
        key: str,
        secret: str = "",
        *,
        chain: Sequence[x509.Certificate] = (),
        gost: GostChecks = OPENSSL,
    ) -> None:
        """`key` is what the provider calls the key: a file, a container. `gost` checks answers."""
        self._provider, self._certificate, self._chain = provider, certificate, tuple(chain)
        self._key, self._secret, self._gost = key, secret, gost
        self._der = certificate.public_bytes(Encoding.DER)

    @classmethod
    def open(
        cls,
        provider: CmsProvider,
        certificate: Path,
        key: str,
        secret: str,
        *,
        gost: GostChecks = OPENSSL,
    ) -> Self:
        """With the certificate's file (PEM or DER; its issuers may follow it) and an unlocked key.

        Raises NoCertificate, WrongPin, and what `ask` raises.
        """
        if provider.problem():
            raise ProviderMissing(provider.problem())
        own, *chain = read_certificates(certificate)
        signer = cls(provider, own, key, secret, chain=chain, gost=gost)
        signer._unlock()
        return signer

    @property
    def certificate(self) -> x509.Certificate:
        """The certificate whose key the provider holds."""
        return self._certificate

    @property
    def chain(self) -> tuple[x509.Certificate, ...]:
        """Its issuers, as far as the certificate's file has them."""
        return self._chain

    @property
    def cms_size(self) -> int:
        """Bytes that a signature takes at most; the provider may add its chain."""
        return _LARGEST + len(self._der)

    def sign(self, content: bytes) -> bytes:
        """A detached CAdES signature over `content`, checked; nothing is left on the disk.

        Raises ProviderMissing, ProviderHangs, ProviderRefused, or ProviderAnswer where the answer
        is of another document, certificate or kind. Nothing is used that cannot be checked.
        """
        with tempfile.TemporaryDirectory(prefix="sign-", dir=_memory()) as folder:
            answer = self._answer(Path(folder), content)
        try:
            check_cms(answer, content, self._der, self._gost)
        except NoGost as error:
            raise ProviderMissing("nothing here can check a GOST signature") from error
        if len(answer) > self.cms_size:
            raise ProviderRefused("the signature is too large")
        return answer

    def _answer(self, folder: Path, content: bytes) -> bytes:
        command, written = self._provider.sign, folder / "answer.der"
        words = self._words(folder) | {
            "{content}": str(folder / "content.bin"),
            "{answer}": str(written),
        }
        if "{content}" in command:
            (folder / "content.bin").write_bytes(content)
        said = self._ask(command, words, b"" if "{content}" in command else content)
        if "{answer}" not in command:
            return said
        return written.read_bytes() if written.exists() else b""

    def _unlock(self) -> None:
        if not self._provider.unlock:
            return
        with tempfile.TemporaryDirectory(prefix="sign-", dir=_memory()) as folder:
            try:
                self._ask(self._provider.unlock, self._words(Path(folder)), b"")
            except ProviderRefused as error:
                raise self._why_refused() from error

    def _why_refused(self) -> WrongPin | NoCertificate:
        path = Path(self._key)
        if path.is_absolute() and not path.is_file():
            return NoCertificate("the key file is not there")
        return WrongPin("the provider does not open the key")

    def _words(self, folder: Path) -> dict[str, str]:
        certificate = folder / "certificate.pem"
        certificate.write_bytes(self._certificate.public_bytes(Encoding.PEM))
        return {"{certificate}": str(certificate), "{key}": self._key, "{digest}": self._digest()}

    def _digest(self) -> str:
        kind = streebog_of_key(self._certificate.public_key_algorithm_oid.dotted_string)
        names = self._provider.digests or OPENSSL.names
        return _SHA256 if kind is None else names[kind]

    def _ask(self, command: tuple[str, ...], words: Mapping[str, str], question: bytes) -> bytes:
        return ask(
            [words.get(word, word) for word in command],
            question,
            timeout=self._provider.timeout,
            secrets={SECRET: self._secret},
        )


def read_certificates(path: Path) -> list[x509.Certificate]:
    """A certificate's file, PEM or DER: the signer's, and issuers. Raises NoCertificate."""
    try:
        data = path.read_bytes()
        if b"-----BEGIN" in data:
            return x509.load_pem_x509_certificates(data)
        return [x509.load_der_x509_certificate(data)]
    except (OSError, ValueError) as error:
        raise NoCertificate("no certificate can be read from the file") from error


def _memory() -> str | None:
    """A folder that is of memory, where the system has one: the bytes are a patient's."""
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    return folder if folder and os.access(folder, os.W_OK) else None
