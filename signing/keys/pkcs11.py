"""Keys on tokens and smart cards, through the PKCS#11 library of their maker (OASIS, v2.40).

A library is loaded once and holds one session with each token: a second login to the same token
answers CKR_USER_ALREADY_LOGGED_IN. A wrong PIN is never tried again by itself: tokens lock.
"""

import hashlib
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pkcs11
from cryptography import x509
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass, Session, Token, exceptions
from pkcs11.util.ec import encode_ecdsa_signature

from signing.cades import DetachedCades
from signing.certificates import CertificateFacts, facts_of
from signing.errors import (
    NoCertificate,
    NoTokenLibrary,
    PinLocked,
    SigningError,
    TokenMissing,
    TriesLeft,
    WrongPin,
)

logger = logging.getLogger(__name__)

# The binding has no names for these flags (PKCS#11 v2.40, 3.2, CK_TOKEN_INFO).
_USER_PIN_COUNT_LOW: Final = 0x00010000
_USER_PIN_FINAL_TRY: Final = 0x00020000
_USER_PIN_LOCKED: Final = 0x00040000
# RFC 8017, 9.2, note 1: what PKCS#1 v1.5 puts before a SHA-256 digest.
_SHA256_INFO: Final = bytes.fromhex("3031300d060960864801650304020105000420")
_LARGEST_SIGNATURE: Final = 1024
_GONE: Final = (
    exceptions.TokenNotPresent,
    exceptions.DeviceRemoved,
    exceptions.DeviceError,
    exceptions.SessionHandleInvalid,
    exceptions.SessionClosed,
    exceptions.SlotIDInvalid,
    exceptions.TokenNotRecognised,
    exceptions.ObjectHandleInvalid,
    exceptions.KeyHandleInvalid,
    exceptions.UserNotLoggedIn,
    exceptions.NoSuchToken,
)


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """A token that is plugged in, in plain words."""

    serial: str
    """By which it is found again."""
    label: str
    maker: str
    model: str
    tries: TriesLeft
    """What the token says of its PIN."""


@dataclass(frozen=True, slots=True)
class TokenCertificate:
    """A certificate on a token, known without the PIN."""

    token: str
    """The token's serial."""
    key_id: str
    """CKA_ID of the certificate and of its key, hexadecimal."""
    label: str
    facts: CertificateFacts
    der: bytes


class TokenLibrary:
    """A maker's library and its tokens. Blocks; may be used from several threads, one at a time.

    The library is told of no threads (C_Initialize with NULL), hence the lock.
    """

    def __init__(self, path: Path) -> None:
        """Loads the library. Raises NoTokenLibrary."""
        self._turn = threading.RLock()
        self._sessions: dict[str, Session] = {}
        self._is_broken = False
        try:
            self._library = pkcs11.lib(str(path))
        except (exceptions.PKCS11Error, OSError) as error:
            raise NoTokenLibrary("the library of the token cannot be loaded") from error

    def tokens(self) -> tuple[TokenFacts, ...]:
        """The tokens that are plugged in, by label. Raises SigningError."""
        with self._asking():
            found = [_facts_of_token(token) for token in self._present_after_all()]
        return tuple(sorted(found, key=lambda facts: (facts.label, facts.serial)))

    def certificates(self, token: str) -> tuple[TokenCertificate, ...]:
        """What may sign on the token of that serial; a signer's, not an authority's.

        Needs no PIN. Raises TokenMissing.
        """
        with self._asking():
            found = _read_certificates(self._found(token), self._sessions.get(token))
        return tuple(
            TokenCertificate(token, key_id.hex(), label, facts_of(certificate), der)
            for key_id, label, der, certificate in found
            if key_id and not _is_authority(certificate)
        )

    def open(self, token: str, key_id: str, pin: str) -> "TokenSigner":
        """Logs in, once, and finds the key. An earlier session with the token ends.

        Raises TokenMissing, NoCertificate, WrongPin with the `tries` left, or PinLocked; asks a
        token that is locked nothing.
        """
        with self._asking():
            self.close(token)
            plugged = self._found(token)
            if _tries(plugged) is TriesLeft.NONE:
                raise PinLocked
            certificate, chain = _certificate_and_chain(plugged, bytes.fromhex(key_id))
            session = self._logged_in(plugged, pin)
            self._sessions[token] = session
            if not _has_key(session, bytes.fromhex(key_id)):
                self.close(token)
                raise NoCertificate("the token has no key of that certificate")
        return TokenSigner(self, token, bytes.fromhex(key_id), certificate, chain)

    def close(self, token: str) -> None:
        """Ends the session: the PIN has to be given again."""
        with self._turn:
            session = self._sessions.pop(token, None)
            if session is not None:
                _end(session)

    def close_all(self) -> None:
        """Ends all sessions."""
        for token in tuple(self._sessions):
            self.close(token)

    def is_open(self, token: str) -> bool:
        """Whether the token is plugged in and its PIN still stands."""
        with self._turn:
            return token in self._sessions and self._is_there(token)

    def sign_raw(self, token: str, key_id: bytes, data: bytes) -> bytes:
        """RSA (PKCS#1 v1.5) or ECDSA (DER) over the SHA-256 of `data`.

        Raises TokenMissing where the token went away: its session is over then.
        """
        with self._asking():
            session = self._sessions.get(token)
            if session is None:
                raise TokenMissing("the session with the token is over")
            try:
                return _signature(session, key_id, data)
            except exceptions.PKCS11Error as error:
                self.close(token)
                if not self._is_there(token):
                    raise TokenMissing("the token was pulled out while it signed") from error
                raise

    def _present(self) -> list[Token]:
        """Tokens that answer; a slot that does not hides none of the others."""
        if not self._library.initialized:
            self._library.initialize()
        self._is_broken, found = False, []
        for slot in self._library.get_slots(token_present=True):
            try:
                token = slot.get_token()
            except (exceptions.TokenNotPresent, exceptions.TokenNotRecognised):
                continue
            except exceptions.PKCS11Error as error:
                logger.warning("a slot says %s", type(error).__name__)
                self._is_broken = True
                continue
            if token.flags & pkcs11.TokenFlag.TOKEN_INITIALIZED:
                found.append(token)
        return found

    def _present_after_all(self) -> list[Token]:
        found = self._present()
        if self._is_broken and not self._sessions:
            self._start_again()
            found = self._present()
        return found

    def _found(self, serial: str) -> Token:
        found = {_serial(token): token for token in self._present()}
        if serial not in found and self._is_broken:
            try:
                self._start_again()
            except exceptions.PKCS11Error as error:  # some do not even start without it
                raise TokenMissing("the token is not plugged in") from error
            found = {_serial(token): token for token in self._present()}
        if serial not in found:
            raise TokenMissing("the token is not plugged in")
        return found[serial]

    def _is_there(self, serial: str) -> bool:
        try:
            return any(_serial(token) == serial for token in self._present())
        except exceptions.PKCS11Error:
            return False

    def _start_again(self) -> None:
        """Some libraries do not find a token again that was pulled out while they used it."""
        self.close_all()
        if self._library.initialized:
            self._library.finalize()
        self._library.initialize()

    def _logged_in(self, token: Token, pin: str) -> Session:
        try:
            return token.open(user_pin=pin)
        except (exceptions.PinIncorrect, exceptions.PinLenRange, exceptions.PinInvalid) as error:
            left = _tries(self._found(_serial(token)))
            if left is TriesLeft.NONE:
                raise PinLocked from error
            raise WrongPin("the token refuses the PIN", left) from error
        except exceptions.PinLocked as error:
            raise PinLocked from error

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """One at a time, and no error of the binding goes out."""
        with self._turn:
            try:
                yield
            except _GONE as error:
                raise TokenMissing("the token is not there, or was pulled out") from error
            except exceptions.PKCS11Error as error:
                logger.warning("the token says %s", type(error).__name__)
                raise SigningError(f"the token says {type(error).__name__}") from error


class TokenSigner:
    """A Signer whose key never leaves its token."""

    def __init__(
        self,
        library: TokenLibrary,
        token: str,
        key_id: bytes,
        certificate: x509.Certificate,
        chain: tuple[x509.Certificate, ...],
    ) -> None:
        self._library, self._token, self._key_id = library, token, key_id
        self._certificate, self._chain = certificate, chain
        self._cades = DetachedCades(certificate, chain, self._sign_raw)

    @property
    def certificate(self) -> x509.Certificate:
        """The certificate beside the key."""
        return self._certificate

    @property
    def chain(self) -> tuple[x509.Certificate, ...]:
        """Its issuers, as far as the token has them."""
        return self._chain

    @property
    def cms_size(self) -> int:
        """Bytes that a signature takes at most."""
        return self._cades.size + _LARGEST_SIGNATURE

    @property
    def is_open(self) -> bool:
        """Whether the token is there and asks for no PIN; blocks."""
        return self._library.is_open(self._token)

    def close(self) -> None:
        """Ends the session with the token."""
        self._library.close(self._token)

    def sign(self, content: bytes) -> bytes:
        """A detached CAdES signature over `content`. Raises TokenMissing."""
        return self._cades.over(content)

    def _sign_raw(self, data: bytes) -> bytes:
        return self._library.sign_raw(self._token, self._key_id, data)


def _serial(token: Token) -> str:
    return token.serial.decode("ascii", "replace").strip("\0 ")


def _facts_of_token(token: Token) -> TokenFacts:
    label, maker = token.label.strip("\0 "), token.manufacturer_id.strip("\0 ")
    model = token.model
    return TokenFacts(_serial(token), label, maker, model.strip("\0 "), _tries(token))


def _tries(token: Token) -> TriesLeft:
    return tries_of(int(token.flags))


def tries_of(flags: int) -> TriesLeft:
    """What CK_TOKEN_INFO says of the user's PIN (PKCS#11 v2.40, 3.2)."""
    if flags & _USER_PIN_LOCKED:
        return TriesLeft.NONE
    if flags & _USER_PIN_FINAL_TRY:
        return TriesLeft.ONE
    return TriesLeft.FEW if flags & _USER_PIN_COUNT_LOW else TriesLeft.SEVERAL


_Found = tuple[bytes, str, bytes, x509.Certificate]


def _read_certificates(token: Token, session: Session | None) -> list[_Found]:
    """Identifier, label, DER and certificate of all that can be read without a PIN."""
    if session is not None:
        return list(_certificates_in(session))
    with token.open() as public:
        return list(_certificates_in(public))


def _certificates_in(session: Session) -> Iterator[_Found]:
    for found in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}):
        try:
            der = bytes(found[Attribute.VALUE])
            certificate = x509.load_der_x509_certificate(der)
            label, key_id = str(found[Attribute.LABEL] or ""), bytes(found[Attribute.ID])
        except (ValueError, exceptions.AttributeTypeInvalid):
            continue  # of another kind than X.509, or damaged
        yield key_id, label, der, certificate


def _certificate_and_chain(
    token: Token, key_id: bytes
) -> tuple[x509.Certificate, tuple[x509.Certificate, ...]]:
    found = _read_certificates(token, None)
    own = [certificate for known, _, _, certificate in found if known == key_id]
    if not own:
        raise NoCertificate("the token has no such certificate")
    authorities = {c.subject: c for *_, c in found if _is_authority(c)}
    chain: list[x509.Certificate] = []
    above = authorities.get(own[0].issuer)
    while above is not None and above not in chain:
        chain.append(above)
        above = authorities.get(above.issuer)
    return own[0], tuple(chain)


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        found = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
    except (x509.ExtensionNotFound, ValueError):
        return False
    return found.value.ca


def _key_template(key_id: bytes) -> dict[Attribute, object]:
    return {Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.ID: key_id}


def _has_key(session: Session, key_id: bytes) -> bool:
    return any(True for _ in session.get_objects(_key_template(key_id)))


def _signature(session: Session, key_id: bytes, data: bytes) -> bytes:
    keys = list(session.get_objects(_key_template(key_id)))
    if not keys:
        raise TokenMissing("the key is not there any more")
    key: Any = keys[0]  # of a class that is mixed together when the token has answered
    digest = hashlib.sha256(data).digest()
    if key.key_type == KeyType.EC:
        # Few tokens know ECDSA with a hash of their own; all know the raw one.
        return bytes(encode_ecdsa_signature(key.sign(digest, mechanism=Mechanism.ECDSA)))
    if key.key_type == KeyType.RSA:
        return bytes(key.sign(_SHA256_INFO + digest, mechanism=Mechanism.RSA_PKCS))
    raise NoCertificate("the token's key is neither RSA nor ECDSA")


def _end(session: Session) -> None:
    try:
        session.close()
    except exceptions.PKCS11Error as error:
        logger.info("a session with a token was over already: %s", type(error).__name__)
