"""What a catalogue says of one request, as the request keeps it: its clock, approval, consents."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from backend.requests.order import END_OF_TIME
from backend.rules.approvals import route_needs_approval
from backend.rules.catalogues import Catalogues
from backend.rules.clocks import begins_anew, counts_from_appointment, goals_met, term
from backend.rules.consents import kept_words, missing_consents
from backend_client.models.catalogue import ClockGoal
from backend_client.models.requests import ConsentKind, RequestStatus
from backend_client.models.routes import Route


class Made(Protocol):
    """By which version of whose catalogue a request is judged."""

    @property
    def centre_id(self) -> str:
        """The centre."""

    @property
    def created_at(self) -> datetime:
        """The day whose version counts (OZ-29)."""

    @property
    def payer(self) -> str:
        """Who pays: of some a contract is asked for (SOK-2)."""


class Timed(Made, Protocol):
    """What a request's clocks depend on, as it stands."""

    @property
    def route(self) -> Route:
        """Whose clocks they are."""

    @property
    def clock_started_at(self) -> datetime | None:
        """From when they count."""

    @property
    def contacted_at(self) -> datetime | None:
        """When the patient was reached by telephone."""


NO_CLOCK = {"clock_name": "", "soon_at": None, "due_at": None, "due_rank": END_OF_TIME}
"""Columns of a request for which nothing is due."""


def values_at(
    catalogues: Catalogues, timed: Timed, status: RequestStatus, started_at: datetime | None
) -> dict[str, object]:
    """Columns of the clock that runs from `started_at` for a request that stands at `status`."""
    met = goals_met(status, was_reached=timed.contacted_at is not None)
    return term_values(catalogues, timed, timed.route, started_at, met)


def values_agreed(catalogues: Catalogues, timed: Timed, time: datetime) -> dict[str, object]:
    """The same for a time that the patient has agreed to: duty is due at it (OZ-15)."""
    catalogue = catalogues.catalogue_for(timed.centre_id, timed.created_at)
    from_time = counts_from_appointment(catalogue, timed.route)
    started_at = time if from_time else timed.clock_started_at
    return values_at(catalogues, timed, RequestStatus.SCHEDULED, started_at)


def values_unanswered(catalogues: Catalogues, timed: Timed, now: datetime) -> dict[str, object]:
    """The same for a request whose proposed times the patient has not taken.

    The centre owes another answer, and has the whole term for it (OZ-9, OZ-21).
    """
    catalogue = catalogues.catalogue_for(timed.centre_id, timed.created_at)
    started_at = now if begins_anew(catalogue, timed.route) else timed.clock_started_at
    return values_at(catalogues, timed, RequestStatus.CLAIMED, started_at)


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
        "missing_consents": kept_words(missing_consents(catalogue, route, made.payer, given)),
    }
