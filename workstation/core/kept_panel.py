"""A decision that a doctor has begun and not ordered, as it lies on this computer."""

from datetime import datetime

import msgspec

from backend_client.models.common import RequestId
from backend_client.models.requests import Action, RequestRow, RequestStatus

ENDED = frozenset(
    {
        RequestStatus.CLOSED,
        RequestStatus.CLOSED_WITHOUT_CONCLUSION,
        RequestStatus.NO_CONTACT,
        RequestStatus.CANCELLED,
        RequestStatus.CANCELLED_LATE,
        RequestStatus.ANNULLED,
        RequestStatus.INVITED_IN_PERSON,
        RequestStatus.INPATIENT_CARE,
        RequestStatus.OUT_OF_PROFILE,
        RequestStatus.DECLINED,
    }
)
"""Of such a request nothing is decided any more (backend/rules/status.py)."""


class KeptPanel(msgspec.Struct, frozen=True, kw_only=True):
    """What was chosen and written in the panel."""

    request_id: RequestId
    action: Action
    changed_at: datetime
    """Aware."""
    item: str = ""
    """Code of the checklist item that it is about."""
    chosen: tuple[str, ...] = ()
    """Codes of the lines."""
    words: str = ""
    is_edited: bool = False
    """Whether the words are the doctor's, not the program's."""
    until: datetime | None = None
    """Aware; the moment that the chosen line stands for."""
    refused_key: str = ""
    """Key of the refused order whose words these were."""
    seen: RequestRow | None = None
    """The request as it was when the panel was opened; None: another version of the program has
    written it."""
