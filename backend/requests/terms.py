"""What a catalogue says of one request, as the request keeps it: its clock, approval, consents."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from backend.requests.order import END_OF_TIME
from backend.rules.approvals import route_needs_approval
from backend.rules.catalogues import Catalogues
from backend.rules.clocks import term
from backend.rules.consents import kept_words, missing_consents
from backend_client.models.catalogue import ClockGoal
from backend_client.models.requests import ConsentKind
from backend_client.models.routes import Route


class Made(Protocol):
    """By which version of whose catalogue a request is judged."""

    @property
    def centre_id(self) -> str:
        """The centre."""

    @property
    def created_at(self) -> datetime:
        """The day whose version counts (OZ-29)."""


def term_values(
    catalogues: Catalogues,
    made: Made,
    route: Route,
    started_at: datetime | None,
    met: Collection[ClockGoal] = (),
) -> dict[str, object]:
    """Columns of the clock that runs from `started_at`; None: no clock runs."""
    catalogue = catalogues.catalogue_for(made.centre_id, made.created_at)
    working = catalogues.working_time(catalogue)
    running = term(catalogue, route, started_at, working, met)
    due_at = None if running is None else running.due_at
    return {
        "clock_started_at": started_at,
        "clock_name": "" if running is None else running.name,
        "soon_at": None if running is None else running.soon_at,
        "due_at": due_at,
        "due_rank": due_at or END_OF_TIME,
    }


def word_values(
    catalogues: Catalogues, made: Made, route: Route, given: Collection[ConsentKind]
) -> dict[str, object]:
    """Columns of the catalogue's other words: who approves, which consents are missing."""
    catalogue = catalogues.catalogue_for(made.centre_id, made.created_at)
    return {
        "needs_approval": route_needs_approval(catalogue, route),
        "missing_consents": kept_words(missing_consents(catalogue, route, given)),
    }
