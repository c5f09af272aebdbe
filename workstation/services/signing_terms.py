"""On what terms an account signs: the centre's policy, the trusted roots, and who it must be."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from backend_client.models.accounts import Account
from backend_client.models.catalogue import SigningPolicy
from workstation.services.certificates import Certificates

if TYPE_CHECKING:
    from signing.signed_file import Terms

PolicySource = Callable[[], SigningPolicy | None]
"""What the centre's catalogue says now; None: nothing, or it was not read yet."""


def no_policy() -> SigningPolicy | None:
    """Of a workstation that knows no catalogue: the highest level is wanted, without services."""
    return None


async def signing_terms(
    certificates: Certificates, account: Account, policy: SigningPolicy | None, at: datetime
) -> "Terms":
    """For one signature at the moment `at` (aware). Raises BadPolicy, NoCertificate."""
    from signing.certificates import Person
    from signing.policy import read_policy
    from signing.signed_file import Terms

    record = msgspec.to_builtins(SigningPolicy() if policy is None else policy)
    roots = await certificates.roots()
    return Terms(read_policy(record), roots, Person(account.full_name, account.snils), at)


def wanted_level(policy: SigningPolicy | None) -> str:
    """«PAdES B-LTA», as it is shown before signing: where no time service is known, no more than
    B-B can be reached."""
    given = SigningPolicy() if policy is None else policy
    return f"PAdES {given.level.value if given.time_services else 'B-B'}"
