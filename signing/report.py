"""What a verification found: one verdict, and for each signature who, when, how and what after."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from signing.certificates import CertificateFacts


class Verdict(Enum):
    """The one answer. The words follow ETSI EN 319 102-1."""

    VALID = "valid"
    INVALID = "invalid"
    INDETERMINATE = "indeterminate"
    """Nothing was altered, yet who signed cannot be relied upon."""


class Problem(Enum):
    """Why a verdict is not VALID."""

    UNREADABLE = "unreadable"
    """The file or a signature in it cannot be read."""
    NOT_SIGNED = "not_signed"
    WRONG_SIGNER_COUNT = "wrong_signer_count"
    """Not as many signatures as were expected: one was cut off, or added."""
    ALTERED = "altered"
    """Covered bytes are not those that were signed."""
    FORGED = "forged"
    """The signature was not made with the certificate's key, or not over this document."""
    CHANGED_AFTER = "changed_after"
    """Something was added later that the signature does not allow."""
    NOT_COVERED = "not_covered"
    """Part of the file is covered by no signature."""
    TIMESTAMP_BROKEN = "timestamp_broken"
    UNTRUSTED = "untrusted"
    """No chain from the certificate to a trusted root."""
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    REVOKED = "revoked"
    WRONG_KEY_USAGE = "wrong_key_usage"
    GOST_UNCHECKED = "gost_unchecked"
    """A GOST signature, and nothing here that could check it."""
    OPEN_FORM_FIELDS = "open_form_fields"
    """The file has form fields that may be filled in unseen after signing."""


UNDECIDED = frozenset(
    {
        Problem.UNTRUSTED,
        Problem.EXPIRED,
        Problem.NOT_YET_VALID,
        Problem.REVOKED,
        Problem.WRONG_KEY_USAGE,
        Problem.GOST_UNCHECKED,
        Problem.OPEN_FORM_FIELDS,
    }
)
"""Problems that leave the question open; any other one makes the verdict INVALID."""


class Level(Enum):
    """How long a signature can be proven (ETSI EN 319 142-1, clause 6)."""

    NOT_PADES = "not PAdES"
    B_B = "B-B"
    """A signature; its time is the signer's own word."""
    B_T = "B-T"
    """With a time stamp over the signature."""
    B_LT = "B-LT"
    """With what shows that no certificate was revoked."""
    B_LTA = "B-LTA"
    """All of that under a time stamp of its own: it holds after the certificates have ended."""


class Coverage(Enum):
    """How much of the file the signature covers."""

    WHOLE_FILE = "whole_file"
    EARLIER_REVISION = "earlier_revision"
    """All of the file as it was then; something was appended later."""
    UNCLEAR = "unclear"


class LaterChange(Enum):
    """What was appended after a signature."""

    NOTHING = "nothing"
    SIGNATURES = "signatures"
    """Further signatures in fields that were there already, which is allowed."""
    UPKEEP = "upkeep"
    """Time stamps and revocation data, which is allowed."""
    FORBIDDEN = "forbidden"


class Edit(Enum):
    """One kind of change."""

    PAGES_ADDED = "pages_added"
    PAGES_REMOVED = "pages_removed"
    PAGE_DRAWN = "page_drawn"
    """What a page shows is another one."""
    PAGE_MARKED = "page_marked"
    """Stamps, notes or fields on a page are others."""
    ELSEWHERE = "elsewhere"
    """Something that no page shows: the document's own settings, scripts, files within it."""


@dataclass(frozen=True, slots=True)
class LaterEdit:
    """A change, and the pages that it concerns, from 1."""

    kind: Edit
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SignatureResult:
    """One signature. The first of a file comes first."""

    field: str
    signer: CertificateFacts
    signed_at: datetime | None
    """Aware; as the signer says, proven only at level B-T."""
    level: Level
    certifies: bool
    """Whether it fixes what may be changed later (DocMDP)."""
    covered: Coverage
    covered_bytes: int
    """Length of the part of the file that it stands for."""
    changed_after: LaterChange
    problems: tuple[Problem, ...]
    edits: tuple[LaterEdit, ...] = ()
    """What was changed, where that is not allowed."""

    @property
    def verdict(self) -> Verdict:
        """The answer for this signature alone."""
        return verdict_over(self.problems)


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """The whole file. `sha256` is of all its bytes, lower-case hexadecimal."""

    sha256: str
    signatures: tuple[SignatureResult, ...]
    problems: tuple[Problem, ...]
    """Those of the file as a whole."""
    sealed_until: datetime | None = None
    """End of the certificate behind the last time stamp over the file (aware); None: there is no
    such stamp."""

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """Those of the file, then those of its signatures, each once."""
        found = [*self.problems, *(p for result in self.signatures for p in result.problems)]
        return tuple(dict.fromkeys(found))

    @property
    def verdict(self) -> Verdict:
        """The one answer."""
        return verdict_over(self.all_problems)


def verdict_over(problems: tuple[Problem, ...]) -> Verdict:
    """VALID without problems; INVALID where one of them settles it."""
    if not problems:
        return Verdict.VALID
    return Verdict.INDETERMINATE if set(problems) <= UNDECIDED else Verdict.INVALID
