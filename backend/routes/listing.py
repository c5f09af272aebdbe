"""A listing of the queue as a query says it: each part of it has a parameter of its own."""

from typing import Annotated

from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery, QueryParameter, SkipValidation

from backend_client.models.listing import (
    LONGEST_SEARCH,
    Age,
    Hours,
    Listing,
    QueueFilter,
    QueueSort,
)
from backend_client.models.requests import ClockState, ProfileMatch, QueueGroup, RequestStatus
from backend_client.models.routes import Route

Search = Annotated[str, QueryParameter(max_length=LONGEST_SEARCH)]
Routes = Annotated[list[Route] | None, QueryParameter(name="route", max_items=10)]
Statuses = Annotated[list[RequestStatus] | None, QueryParameter(name="status", max_items=30)]
Profiles = Annotated[list[ProfileMatch] | None, QueryParameter(name="profile", max_items=5)]
Clocks = Annotated[list[ClockState] | None, QueryParameter(name="clock", max_items=5)]
Prefixes = Annotated[list[str] | None, QueryParameter(name="icd10", max_items=30)]


def _listing(
    group: FromQuery[QueueGroup] = QueueGroup.ALL,
    search: Search = "",
    sort: FromQuery[QueueSort] = QueueSort.TERM,
    descending: FromQuery[bool] = False,
    routes: Routes = None,
    statuses: Statuses = None,
    profiles: Profiles = None,
    icd10: Prefixes = None,
    age_from: FromQuery[Age | None] = None,
    age_to: FromQuery[Age | None] = None,
    due_within_hours: FromQuery[Hours | None] = None,
    clocks: Clocks = None,
    lacks_documents: FromQuery[bool | None] = None,
) -> Listing:
    return Listing(
        group=group,
        search=search,
        filter=QueueFilter(
            routes=routes or [],
            statuses=statuses or [],
            profiles=profiles or [],
            icd10=icd10 or [],
            age_from=age_from,
            age_to=age_to,
            due_within_hours=due_within_hours,
            clocks=clocks or [],
            lacks_documents=lacks_documents,
        ),
        sort=sort,
        descending=descending,
    )


GivenListing = NamedDependency[SkipValidation[Listing]]
LISTING_GIVEN = {"listing": Provide(_listing, sync_to_thread=False)}
