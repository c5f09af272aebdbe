"""What the service of findings asks of others, and why a finding does not go into a draft."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from backend_client.models.common import RequestId
from backend_client.models.conclusions import Conclusion, ConclusionForm, ConclusionState
from backend_client.models.evidence import Evidence
from backend_client.models.requests import Action, RequestRow
from workstation.core.subscription import Event
from workstation.services.answers import Draft

WRITABLE = frozenset({ConclusionState.DRAFTING, ConclusionState.RETURNED})


class Refusal(Enum):
    """Why a finding does not go into the draft."""

    OTHER_CASE = "other_case"
    """The file belongs to another request."""
    SIGNED = "signed"
    SIGNING = "signing"
    NOT_YOURS = "not_yours"
    NOT_TAKEN = "not_taken"
    """Nobody has the case."""
    NOT_NOW = "not_now"
    """The request is in another state."""
    NO_ROOM = "no_room"
    UNFIT = "unfit"
    """The viewer's words or place cannot be written down."""


class NotPut(Exception):
    """The draft stays as it is; `owner` is who has the case, where that is the reason."""

    def __init__(self, refusal: Refusal, owner: str = "") -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
        self.owner = owner


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding that stands in the draft."""

    evidence: Evidence
    is_new: bool
    """Else it stood there before, and nothing was changed."""


class Sent(Enum):
    """Where a finding is that was put into the draft."""

    DONE = "done"
    """The server has it."""
    WAITS = "waits"
    """On this computer: it goes with the connection."""
    DISPUTED = "disputed"
    """On this computer: the server has another text, and the doctor has to choose."""


class Texts(Protocol):
    """Of the service of conclusions."""

    async def open(self, request_id: RequestId) -> Draft:
        """The form as the server keeps it, or prefilled; raises BackendError."""

    async def open_here(self, request_id: RequestId) -> Draft:
        """What this computer has of it; raises BackendError."""

    async def keep(self, request_id: RequestId, version: int, form: ConclusionForm) -> bool:
        """Keeps the form on this computer until the server has it."""

    async def save(self, request_id: RequestId, version: int, form: ConclusionForm) -> Conclusion:
        """Keeps the form; raises BackendError, Conflict (STALE_VERSION) among them."""


class Rows(Protocol):
    """Of the service of requests."""

    @property
    def changed(self) -> Event[RequestRow]:
        """A row has a new state."""

    @property
    def reload_needed(self) -> Event[None]:
        """Something was missed, as after a lost connection."""


class Hand(Protocol):
    """The text of a case as it is being written in the window."""

    @property
    def form(self) -> ConclusionForm:
        """As it is now."""

    @property
    def version(self) -> int:
        """Of the record that is edited; 0 before the first."""

    @property
    def state(self) -> ConclusionState:
        """Where the conclusion stands."""

    @property
    def is_kept(self) -> bool:
        """Whether the server has all of it."""

    @property
    def is_disputed(self) -> bool:
        """Whether the doctor has to choose between two texts first."""

    def refusal(self) -> Refusal | None:
        """Why nothing can be put into it now."""

    def put_in(self, form: ConclusionForm) -> None:
        """The same text with a finding more, or less."""

    async def settle(self) -> bool:
        """Saves everything; False where that did not succeed."""


def refusal_of(row: RequestRow, state: ConclusionState) -> Refusal | None:
    """Why nothing can be written into the conclusion now; None where it can."""
    if state not in WRITABLE:
        return Refusal.SIGNED
    if Action.WRITE_CONCLUSION in row.allowed_actions:
        return None
    if row.owner is None:
        return Refusal.NOT_TAKEN
    return Refusal.NOT_NOW if row.owner.is_me else Refusal.NOT_YOURS


def owner_of(row: RequestRow) -> str:
    """Who has the case; "" for nobody."""
    return "" if row.owner is None else row.owner.name
