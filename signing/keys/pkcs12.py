"""A key in a PKCS#12 file (.p12, .pfx): opened once, kept loaded."""

from functools import partial
from pathlib import Path
from typing import Self

from asn1crypto import pkcs12 as asn1_pkcs12  # type: ignore[import-untyped]  # no types
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from signing.cades import DetachedCades
from signing.errors import NoCertificate, WrongPin

_Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class Pkcs12Signer:
    """A Signer whose RSA or ECDSA key came from a file."""

    def __init__(
        self, key: _Key, certificate: x509.Certificate, chain: tuple[x509.Certificate, ...]
    ) -> None:
        self._certificate = certificate
        self._chain = chain
        self._cades = DetachedCades(certificate, chain, partial(_sign_raw, key))
        self._size = self._cades.size + key.key_size // 8

    @classmethod
    def open(cls, data: bytes, passphrase: str) -> Self:
        """Opens the bytes of a file. Raises WrongPin, or NoCertificate where no key is in it."""
        if "\0" in passphrase:  # the library panics over it, past every `except Exception`
            raise _why_not(data)
        try:
            store = pkcs12.load_pkcs12(data, passphrase.encode())
        except (ValueError, TypeError) as error:
            raise _why_not(data) from error
        key, first = store.key, store.cert
        if first is None or not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
            raise NoCertificate("the file holds no RSA or ECDSA key with its certificate")
        others = tuple(other.certificate for other in store.additional_certs)
        return cls(key, first.certificate, others)

    @classmethod
    def open_file(cls, path: Path, passphrase: str) -> Self:
        """Opens a file. Raises NoCertificate where it cannot be read, else as `open`."""
        try:
            data = path.read_bytes()
        except OSError as error:
            raise NoCertificate("the key file cannot be read") from error
        return cls.open(data, passphrase)

    @property
    def certificate(self) -> x509.Certificate:
        """The certificate beside the key."""
        return self._certificate

    @property
    def chain(self) -> tuple[x509.Certificate, ...]:
        """Certificates of the issuers that lay in the file."""
        return self._chain

    @property
    def cms_size(self) -> int:
        """Bytes that a signature takes at most."""
        return self._size

    def sign(self, content: bytes) -> bytes:
        """A detached CAdES signature over `content`; milliseconds."""
        return self._cades.over(content)


def _sign_raw(key: _Key, data: bytes) -> bytes:
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(data, padding.PKCS1v15(), hashes.SHA256())
    return key.sign(data, ec.ECDSA(hashes.SHA256()))


def _why_not(data: bytes) -> WrongPin | NoCertificate:
    """The library says the same of a wrong passphrase and of rubbish; the outer frame tells."""
    try:
        asn1_pkcs12.Pfx.load(data, strict=True)["version"].native  # noqa: B018  # parses lazily
    except ValueError:
        return NoCertificate("the key file is damaged or is no PKCS#12")
    return WrongPin("the passphrase does not open the key file")
