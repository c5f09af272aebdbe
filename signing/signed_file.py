"""A signed file together with the level that was reached: the door to the rest of the program.

What the workstation keeps with a conclusion is `SignedFile.level_kept`: plain values, to be stored
beside the file's hash and shown. `levels.extend` lifts the same file later. The calls::

    levels.certify_with(pdf, signer, stamp, terms) -> SignedFile      the doctor
    levels.approve_with(pdf, signer, stamp, terms) -> SignedFile      the approver
    levels.extend(pdf, terms) -> SignedFile                           later, without a key

with `Terms(policy, trust_roots, person, at)`; `policy` is the centre's (`policy.read_policy`).
All of them block for as long as the services take (`Policy.timeout` each) and must not be called
in a running loop: `asyncio.to_thread`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from cryptography import x509

from signing.certificates import Person
from signing.gost import OPENSSL, GostChecks
from signing.policy import Policy
from signing.report import Level


class Why(Enum):
    """Why a level was not reached."""

    NO_TIME_SERVICE = "no_time_service"
    """The policy names none."""
    TIME_UNREACHABLE = "time_unreachable"
    """No connection to the time-stamping service."""
    TIME_TIMED_OUT = "time_timed_out"
    """It took longer than the policy allows."""
    TIME_REFUSED = "time_refused"
    """It answered that it will not."""
    TIME_UNUSABLE = "time_unusable"
    """Its answer is no time stamp over this signature."""
    TIME_UNTRUSTED = "time_untrusted"
    """Its certificate does not lead to a trusted root, or is no longer good."""
    REVOCATION_UNREACHABLE = "revocation_unreachable"
    """Neither OCSP nor a revocation list could be had."""
    REVOCATION_TIMED_OUT = "revocation_timed_out"
    REVOCATION_UNUSABLE = "revocation_unusable"
    """What was answered is out of date, of somebody else, or rubbish."""
    REVOCATION_NOT_OFFERED = "revocation_not_offered"
    """A certificate of the chain names neither OCSP nor a revocation list."""


class Revocation(Enum):
    """What is known of the revocation of the signer's certificate and of its issuers'.

    Not heard is never GOOD. Revoked is no value: it raises `errors.Revoked`.
    """

    GOOD = "good"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    UNUSABLE = "unusable"
    NOT_OFFERED = "not_offered"


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms is signed."""

    policy: Policy = field(default_factory=Policy)
    trust_roots: Sequence[x509.Certificate] = ()
    """The only roots that are trusted, for signers and for services."""
    person: Person | None = None
    """Who the account says is signing; None: nobody is compared (a command line)."""
    at: datetime | None = None
    """The moment of signing (aware): the server's clock. None: this computer's."""
    gost: GostChecks = OPENSSL
    """What checks GOST in chains, in answers about revocation, and in time stamps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelReached:
    """Which level was wanted, which was reached, and why not more."""

    wanted: Level
    reached: Level
    """What holds for each signature of the file."""
    why: tuple[Why, ...]
    """Empty exactly where `reached` is not lower than `wanted`."""
    revocation: Revocation
    at: datetime
    """The moment (aware) for which `revocation` was asked."""

    @property
    def can_be_lifted(self) -> bool:
        """Whether `levels.extend` may reach more later."""
        return bool(self.why)

    @property
    def level_kept(self) -> dict[str, object]:
        """What to keep beside the file, as JSON has it."""
        return {
            "wanted": self.wanted.value,
            "level": self.reached.value,
            "why_lower": [why.value for why in self.why],
            "revocation": self.revocation.value,
            "asked_at": self.at.isoformat(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedFile(LevelReached):
    """A signed PDF and how high it reaches."""

    pdf: bytes = field(repr=False)

    @property
    def level(self) -> LevelReached:
        """The same without the file: what may be kept for long."""
        return LevelReached(
            wanted=self.wanted,
            reached=self.reached,
            why=self.why,
            revocation=self.revocation,
            at=self.at,
        )
