"""What can sign: one small door for keys in files, on tokens, and with outside providers."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from cryptography import x509


class Signer(Protocol):
    """A certificate, and somebody who holds its key. May be used from several threads."""

    @property
    def certificate(self) -> x509.Certificate:
        """The certificate that the signature will name."""

    @property
    def cms_size(self) -> int:
        """How many bytes the signature takes at most."""

    def sign(self, content: bytes) -> bytes:
        """A detached CAdES signature (DER) over `content`, without a signing-time attribute.

        PAdES (ETSI EN 319 142-1, 6.3) keeps the time in the PDF. Blocks: call it off the window's
        loop. Raises SigningError.
        """


@runtime_checkable
class KnowsChain(Protocol):
    """A Signer that also has certificates of its issuers, in any order; the root may be missing."""

    @property
    def chain(self) -> Sequence[x509.Certificate]:
        """Those that lay beside the key."""


def chain_of(signer: Signer) -> Sequence[x509.Certificate]:
    """What the signer knows of its issuers; nothing where it knows none."""
    return signer.chain if isinstance(signer, KnowsChain) else ()
