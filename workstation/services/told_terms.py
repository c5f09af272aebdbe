"""Terms of a signature as another process is told them: no key and no secret is among them."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from signing.signed_file import Terms

_MOST_SERVICES: Final = 12
"""So many answers of services a signature waits for at the most, one after the other."""


class ToldTerms(msgspec.Struct, frozen=True):
    """`signing.signed_file.Terms` in plain values."""

    policy: dict[str, object]
    """As `signing.policy.read_policy` reads it."""
    roots: Sequence[bytes]
    """DER."""
    at: datetime
    """Aware."""
    person: tuple[str, str] | None = None
    """Full name and SNILS of the account."""

    def understood(self) -> "Terms":
        """In the process. Raises BadPolicy, ValueError of what nobody has told."""
        from cryptography import x509

        from signing.certificates import Person
        from signing.policy import read_policy
        from signing.signed_file import Terms

        roots = [x509.load_der_x509_certificate(root) for root in self.roots]
        person = None if self.person is None else Person(*self.person)
        return Terms(read_policy(self.policy), roots, person, self.at)


def told(terms: "Terms") -> ToldTerms:
    """`terms.at` is known: the server's clock."""
    from cryptography.hazmat.primitives.serialization import Encoding

    from signing.policy import record_of

    assert terms.at is not None
    person = terms.person
    return ToldTerms(
        record_of(terms.policy),
        [root.public_bytes(Encoding.DER) for root in terms.trust_roots],
        terms.at,
        None if person is None else (person.full_name, person.snils),
    )


def longest_wait_s(terms: "Terms") -> float:
    """Seconds that the services may take for one signature, all together."""
    return _MOST_SERVICES * terms.policy.timeout
