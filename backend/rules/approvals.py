"""Whether a conclusion needs the clinic's countersignature before the patient gets it (SPB-21)."""

from backend_client.models.routes import Route

APPROVED_ROUTES = frozenset({Route.CENTRE, Route.REFERRAL})


def needs_approval(route: Route) -> bool:
    """Centre applications and referrals: yes; duty questions and the journal: no."""
    return route in APPROVED_ROUTES


def expected_signers(*, approved: bool) -> int:
    """Signatures that the PDF must carry: the doctor's, and after the approval the clinic's."""
    return 2 if approved else 1
