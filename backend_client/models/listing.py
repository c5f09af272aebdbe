"""How the queue is listed: its order, what is filtered out, filters that are kept, what is next."""

from typing import Annotated, NewType

import msgspec

from backend_client.models.common import Count, OpenEnum, Wire
from backend_client.models.requests import (
    ClockState,
    ProfileMatch,
    QueueGroup,
    RequestCard,
    RequestRow,
    RequestStatus,
)
from backend_client.models.routes import Route

FilterId = NewType("FilterId", str)
MOST_COUNTED = 1000
"""Lists are counted up to here: this number means "more than 999"."""
MOST_FILTERS = 30
"""That one account keeps."""
LONGEST_SEARCH = 200
LONGEST_NAME = 60
"""Of a filter, in characters."""

Age = Annotated[int, msgspec.Meta(ge=0, le=150)]
Hours = Annotated[int, msgspec.Meta(ge=0, le=8760)]
Prefix = Annotated[str, msgspec.Meta(min_length=1, max_length=8, pattern="^[A-Za-z0-9.]+$")]


class QueueSort(OpenEnum):
    """The column by which the queue is ordered; ties by term, then by id."""

    UNKNOWN = "unknown"
    TERM = "term"
    """Threats to life, then the term, those without one last."""
    PATIENT = "patient"
    """Name, any case, ё as е."""
    DIAGNOSIS = "diagnosis"
    """ICD-10 code, those without one last."""
    ROUTE = "route"
    DOCUMENTS = "documents"
    """Complete, wanted by nobody, incomplete."""
    STATE = "state"
    """In the order of a request's life."""


class QueueFilter(Wire, frozen=True, kw_only=True):
    """What narrows a list; an empty list or None narrows nothing."""

    routes: Annotated[list[Route], msgspec.Meta(max_length=10)] = []
    statuses: Annotated[list[RequestStatus], msgspec.Meta(max_length=30)] = []
    profiles: Annotated[list[ProfileMatch], msgspec.Meta(max_length=5)] = []
    icd10: Annotated[list[Prefix], msgspec.Meta(max_length=30)] = []
    """Beginnings of codes, such as "I0" or "Q21.1"; any of them."""
    age_from: Age | None = None
    """Full years on the day of asking, and those older."""
    age_to: Age | None = None
    """Full years, and those younger: 0 is "under a year"."""
    due_within_hours: Hours | None = None
    """The term is over within so many hours, or was over before."""
    clocks: Annotated[list[ClockState], msgspec.Meta(max_length=5)] = []
    """Where the term stands at the moment of asking."""
    lacks_documents: bool | None = None
    """Waits for a document of the checklist, or was asked for one; False: waits for none."""


class Listing(Wire, frozen=True, kw_only=True):
    """Which requests, in which order."""

    group: QueueGroup = QueueGroup.ALL
    search: Annotated[str, msgspec.Meta(max_length=LONGEST_SEARCH)] = ""
    filter: QueueFilter = msgspec.field(default_factory=QueueFilter)
    sort: QueueSort = QueueSort.TERM
    descending: bool = False


class SavedFilter(Wire, frozen=True, kw_only=True):
    """A listing that an account keeps."""

    id: FilterId
    name: str
    listing: Listing


class NewFilter(Wire, frozen=True, kw_only=True):
    """A listing to be kept under a name that no other of the account has, in any case."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)]
    listing: Listing
    was: SavedFilter | None = None
    """The filter that becomes this one, as the doctor saw it: if it is another by now, nothing
    changes. None: a new one."""


class SavedFilters(Wire, frozen=True, kw_only=True):
    """All that the account keeps, by name."""

    filters: list[SavedFilter]


class AdviceReason(OpenEnum):
    """Why a request is the next one, the weightiest first."""

    UNKNOWN = "unknown"
    LIFE_THREAT = "life_threat"
    BREACHED = "breached"
    """Its term is over."""
    DUE_SOON = "due_soon"
    YOUR_PATIENT = "your_patient"
    """The same doctor has had a request of this patient before."""
    COLLEAGUE_BUSY = "colleague_busy"
    """The patient's doctor has more in hand than the one who asks."""
    IN_PROFILE = "in_profile"
    FIRST_BY_TERM = "first_by_term"


class Advice(Wire, frozen=True, kw_only=True):
    """What to take next; no row: nothing is left to take."""

    row: RequestRow | None
    reasons: list[AdviceReason]


class TakenNext(Wire, frozen=True, kw_only=True):
    """What was taken; no card: nothing was left."""

    card: RequestCard | None
    reasons: list[AdviceReason]


class FilterCounts(Wire, frozen=True, kw_only=True):
    """How many requests each kept filter holds, up to MOST_COUNTED."""

    counts: dict[str, Count]
