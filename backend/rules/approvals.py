"""Whether a conclusion needs the clinic's countersignature before the patient gets it (SPB-21)."""

from backend_client.models.catalogue import Catalogue
from backend_client.models.routes import Route

APPROVED_ROUTES = frozenset({Route.CENTRE, Route.REFERRAL})
"""Where a catalogue says nothing: centre applications and referrals; duty and journal not."""


def route_needs_approval(catalogue: Catalogue, route: Route) -> bool:
    """The catalogue's word for its centre; a request keeps the word of the day it was made."""
    listed = catalogue.approval_routes
    return route in (APPROVED_ROUTES if listed is None else listed)


def needs_approval(route: Route, kept: bool | None) -> bool:
    """`kept` is the word that the request has; None: it was made before there was one."""
    return route in APPROVED_ROUTES if kept is None else kept


def expected_signers(*, approved: bool) -> int:
    """Signatures that the PDF must carry: the doctor's, and after the approval the clinic's."""
    return 2 if approved else 1
