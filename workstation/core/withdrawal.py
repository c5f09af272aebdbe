"""A consent that the patient has withdrawn closes the documents of the request (SPB-13)."""

from backend_client.models.requests import ConsentKind, RequestCard, RequestRow

_OPENS_NOTHING = frozenset({ConsentKind.PAID_SERVICES})
"""Who pays no more still agrees to what the doctor reads."""


def files_are_closed(card: RequestCard) -> bool:
    """Whether the server refuses the documents: a consent was given once, and is not any more."""
    withdrawn = {one.kind for one in card.consents if one.withdrawn_at is not None}
    return bool(withdrawn - _OPENS_NOTHING)


def loses_consent(before: RequestRow, after: RequestRow) -> bool:
    """Whether a consent is missing in the newer row that was there: most probably withdrawn, and
    the card tells for certain."""
    lost = set(after.missing_consents) - set(before.missing_consents)
    return bool(lost - _OPENS_NOTHING)
