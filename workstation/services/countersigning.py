"""An approver's signature whose PDF is parsed in the process that verifies: words of the pipe.

The key stays in the window. The process sends what the signature stands over; the window signs it
once, and only where it begins with the very file that was approved: a file that takes the process
over gets nothing else signed.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta, timezone
from typing import TYPE_CHECKING, Final, Protocol

import msgspec

from signing import errors
from signing.errors import SigningError
from workstation.services.told_terms import ToldTerms, told

if TYPE_CHECKING:
    from cryptography import x509

    from signing.signed_file import Terms
    from signing.signer import Signer
    from signing.stamp import Stamp


LARGEST_MESSAGE: Final = 80 * 1024 * 1024
"""Bytes that either side reads."""


class Pipe(Protocol):
    """An end of the pipe: `multiprocessing.connection.Connection`."""

    def send_bytes(self, buf: bytes) -> None:
        """Raises OSError where the other side is gone."""

    def recv_bytes(self, maxlength: int | None = None) -> bytes:
        """Waits; raises EOFError, OSError."""


class Untrue(Exception):
    """The process asks for a signature over another file, or hands one in."""


class Order(msgspec.Struct, frozen=True, tag=True):
    """Who countersigns the file whose bytes follow, and on what terms."""

    certificate: bytes
    """DER."""
    chain: Sequence[bytes]
    """DER of its issuers, as far as the key knows them."""
    cms_size: int
    post: str
    offset: int
    """Seconds from UTC to the time in which the stamp is shown."""
    zone_name: str
    terms: ToldTerms


class ToSign(msgspec.Struct, frozen=True, tag=True):
    """The signature stands over this."""

    content: bytes


class Countersigned(msgspec.Struct, frozen=True, tag=True):
    """The whole file."""

    pdf: bytes


class Refused(msgspec.Struct, frozen=True, tag=True):
    """There is no signature: the name of a SigningError, and what it knows."""

    kind: str
    facts: tuple[str, ...]


Answer = ToSign | Countersigned | Refused
NO_SIGNATURE: Final = b""
"""Instead of a signature: the key gave none."""


def order_of(signer: "Signer", stamp: "Stamp", terms: "Terms") -> Order:
    """What the process has to know; `terms.at` (aware) is the moment of signing."""
    from cryptography.hazmat.primitives.serialization import Encoding

    from signing.signer import chain_of

    def der(one: "x509.Certificate") -> bytes:
        return one.public_bytes(Encoding.DER)

    assert terms.at is not None  # the server's clock
    offset = terms.at.astimezone(stamp.zone).utcoffset() or timedelta()
    return Order(
        certificate=der(signer.certificate),
        chain=[der(one) for one in chain_of(signer)],
        cms_size=signer.cms_size,
        post=stamp.post,
        offset=round(offset.total_seconds()),
        zone_name=stamp.zone_name,
        terms=told(terms),
    )


def exchanged(connection: Pipe, order: Order, pdf: bytes, signer: "Signer") -> bytes:
    """In the window: the countersigned file, which begins with `pdf`. Blocks.

    Raises what the key raises and what the process refuses with (SigningError); Untrue; EOFError,
    OSError and MsgspecError where the process has ended, or answers nonsense.
    """
    connection.send_bytes(msgspec.msgpack.encode(order))
    connection.send_bytes(pdf)
    answer = _heard(connection)
    if isinstance(answer, ToSign):
        connection.send_bytes(_signed_by_key(answer.content, pdf, signer, connection))
        answer = _heard(connection)
    if isinstance(answer, Refused):
        raise error_of(answer)
    if isinstance(answer, ToSign) or not answer.pdf.startswith(pdf):
        raise Untrue
    return answer.pdf


def _signed_by_key(content: bytes, pdf: bytes, signer: "Signer", connection: Pipe) -> bytes:
    """The key's own error is raised here, and the process is told that there is nothing."""
    if not content.startswith(pdf):
        raise Untrue
    try:
        return signer.sign(content)
    except BaseException:
        with suppress(EOFError, OSError, msgspec.MsgspecError):
            connection.send_bytes(NO_SIGNATURE)
            _heard(connection)  # that it has given up
        raise


def _heard(connection: Pipe) -> Answer:
    message = connection.recv_bytes(LARGEST_MESSAGE)
    answer: Answer = msgspec.msgpack.decode(message, type=Answer)
    return answer


def countersigned(order: Order, pdf: bytes, connection: Pipe) -> bytes:
    """In the process: the last message of the exchange, encoded. Raises EOFError, OSError where
    the window is gone."""
    from signing.levels import approve_with
    from signing.stamp import Stamp

    signer = _DistantKey(order, connection)
    zone = timezone(timedelta(seconds=order.offset), order.zone_name or "local")
    stamp = Stamp(order.post, zone, order.zone_name)
    answer: Answer
    try:
        answer = Countersigned(approve_with(pdf, signer, stamp, order.terms.understood()).pdf)
    except SigningError as error:
        answer = _refused(error)
    return msgspec.msgpack.encode(answer)


def error_of(refused: Refused) -> SigningError:
    """The same error in the window; of a name that it does not know, a plain one."""
    kind = getattr(errors, refused.kind, None)
    facts = refused.facts
    if not (isinstance(kind, type) and issubclass(kind, SigningError)):
        return SigningError("the process that signs gave no signature")
    if kind is errors.AlteredDocument:
        return errors.AlteredDocument(facts)
    if kind is errors.LevelNotReached and facts:
        return errors.LevelNotReached(facts[0], facts[1:])
    if kind is errors.ClockWrong and facts:
        return errors.ClockWrong(timedelta(seconds=float(facts[0])))
    return kind(facts[0]) if facts else kind()


def _refused(error: SigningError) -> Refused:
    facts: tuple[str, ...] = (str(error),)
    if isinstance(error, errors.AlteredDocument):
        facts = error.reasons
    elif isinstance(error, errors.LevelNotReached):
        facts = (error.reached, *error.reasons)
    elif isinstance(error, errors.ClockWrong):
        facts = (str(error.off_by.total_seconds()),)
    elif isinstance(error, errors.CertificateRefused):
        facts = (error.number,)
    elif isinstance(error, errors.BadPolicy):
        facts = (error.key,)
    return Refused(type(error).__name__, facts)


class _DistantKey:
    """A signer whose key is in the window."""

    def __init__(self, order: Order, connection: Pipe) -> None:
        from cryptography import x509

        self.certificate = x509.load_der_x509_certificate(order.certificate)
        self.chain = [x509.load_der_x509_certificate(one) for one in order.chain]
        self.cms_size = order.cms_size
        self._connection = connection

    def sign(self, content: bytes) -> bytes:
        """As of every Signer; the window knows why there is none."""
        self._connection.send_bytes(msgspec.msgpack.encode(ToSign(content)))
        signature = self._connection.recv_bytes()
        if signature == NO_SIGNATURE:
            raise SigningError("the key gave no signature")
        return signature
