"""What of a request's change is worth telling its doctor, and for how long it is true (OZ-16)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from backend_client.models.common import RequestId
from backend_client.models.requests import (
    ClockState,
    ItemState,
    QueueGroup,
    RequestRow,
    RequestStatus,
)

S = RequestStatus


class NoticeKind(Enum):
    """What has happened to a case; the gravest first."""

    LIFE_THREAT = "life_threat"
    """Of any request of the centre; all others are of cases in the doctor's own hands."""
    PATIENT_CAME = "patient_came"
    """The patient's page is open, and the appointment has not begun (SPB-11)."""
    NOBODY_THERE = "nobody_there"
    """Ten minutes before the appointment the patient's page is not open (SPB-11)."""
    TERM_BREACHED = "term_breached"
    CANCELLED = "cancelled"
    """The patient does not want the appointment any more (OZ-10)."""
    RETURNED = "returned"
    """The clinic has not approved the conclusion."""
    SLOT_REFUSED = "slot_refused"
    """None of the proposed times was taken: the patient wants others, or did not answer."""
    MESSAGE = "message"
    DOCUMENTS = "documents"
    """What was asked for is there (OZ-20)."""
    SLOT_ACCEPTED = "slot_accepted"
    TERM_SOON = "term_soon"
    BACK = "back"
    """What the doctor has laid aside stands in the lists again."""


EXPECTED_BEFORE = timedelta(minutes=10)
"""Before the appointment; the lobby opens 15 minutes before it."""
GRAVITY = {kind: place for place, kind in enumerate(NoticeKind)}
AT_THE_CALL = frozenset({NoticeKind.MESSAGE, NoticeKind.PATIENT_CAME, NoticeKind.NOBODY_THERE})
"""What is seen on the call's screen alone, with its chat and its lobby."""


@dataclass(frozen=True, slots=True)
class Notice:
    """All that is new of one case."""

    row: RequestRow
    """Its present state. The patient's name is for the window alone, never for the system."""
    kinds: tuple[NoticeKind, ...]
    """The gravest first."""
    at: datetime
    """When the last of it happened: aware, by the server's clock."""

    @property
    def request_id(self) -> RequestId:
        """Which case."""
        return self.row.id

    @property
    def kind(self) -> NoticeKind:
        """The gravest."""
        return self.kinds[0]


_MOVES: Mapping[NoticeKind, tuple[frozenset[S], frozenset[S]]] = {
    NoticeKind.SLOT_ACCEPTED: (frozenset({S.SLOT_PROPOSED}), frozenset({S.SCHEDULED, S.WAITING})),
    NoticeKind.SLOT_REFUSED: (frozenset({S.SLOT_PROPOSED}), frozenset({S.CLAIMED})),
    NoticeKind.PATIENT_CAME: (
        frozenset({S.SLOT_PROPOSED, S.SCHEDULED}),
        frozenset({S.WAITING}),
    ),
    NoticeKind.RETURNED: (frozenset({S.SIGNED, S.APPROVED}), frozenset({S.RETURNED})),
    NoticeKind.CANCELLED: (
        frozenset({S.CLAIMED, S.SLOT_PROPOSED, S.SCHEDULED, S.WAITING}),
        frozenset({S.CANCELLED, S.CANCELLED_LATE}),
    ),
}
"""From where to where a case of the doctor moves without the doctor's own doing."""
_STATUSES = {
    NoticeKind.PATIENT_CAME: frozenset({S.WAITING}),
    NoticeKind.RETURNED: frozenset({S.RETURNED}),
    NoticeKind.SLOT_REFUSED: frozenset({S.CLAIMED}),
    NoticeKind.SLOT_ACCEPTED: frozenset({S.SCHEDULED, S.WAITING}),
}
"""As long as it stands there, it is news."""


def has_come_back(row: RequestRow) -> bool:
    """Whether the doctor has laid it aside, has it again, and has not taken it up yet."""
    return row.snooze is not None and not row.snooze.is_aside


def is_mine(row: RequestRow) -> bool:
    """Whether the signed-in doctor has it in hand."""
    return row.owner is not None and row.owner.is_me


def news(before: RequestRow | None, row: RequestRow, *, was_asked: bool) -> set[NoticeKind]:
    """What has happened between two states; terms come with time, not with a state.

    `before` None: nothing was known of it. `was_asked`: this doctor has asked for documents.
    """
    found = {NoticeKind.LIFE_THREAT} if _is_new_threat(before, row) else set()
    if was_asked and before is not None and before.status is S.AWAITING_DOCUMENTS:
        found |= _complete(row)
    if before is not None and is_mine(before):
        found |= _news_of_mine(before, row)
    return found or _back(before, row)


def standing(row: RequestRow, now: datetime, *, was_asked: bool) -> set[NoticeKind]:
    """What waits for its doctor by the state alone, as after a start of the program at `now`."""
    if not is_mine(row):
        return _complete(row) if was_asked else _back(None, row)
    found = {NoticeKind.MESSAGE} if row.unread_messages else set()
    states = (NoticeKind.PATIENT_CAME, NoticeKind.RETURNED)
    found |= {kind for kind in states if row.status in _STATUSES[kind]}
    if is_nobody_there(row, now) and not _has_begun(row, now):
        found.add(NoticeKind.NOBODY_THERE)
    return found or _back(None, row)


def is_true(kind: NoticeKind, row: RequestRow, now: datetime) -> bool:
    """Whether it still holds of the present state."""
    match kind:
        case NoticeKind.LIFE_THREAT:
            return row.life_threat and QueueGroup.ALL in row.groups
        case NoticeKind.DOCUMENTS:
            return row.owner is None or row.owner.is_me
        case NoticeKind.CANCELLED:
            return True
        case NoticeKind.BACK:
            return has_come_back(row)
        case NoticeKind.MESSAGE:
            return is_mine(row) and row.unread_messages > 0
        case NoticeKind.NOBODY_THERE:
            return is_mine(row) and is_nobody_there(row, now)
        case NoticeKind.TERM_SOON:
            return is_mine(row) and term(row, now) is ClockState.SOON
        case NoticeKind.TERM_BREACHED:
            return is_mine(row) and term(row, now) is ClockState.BREACHED
    return is_mine(row) and row.status in _STATUSES[kind]


def term(row: RequestRow, now: datetime) -> ClockState:
    """Where the term stands at `now`, between two answers of the server too."""
    if row.due_at is None:
        return ClockState.NONE
    if now >= row.due_at:
        return ClockState.BREACHED
    is_soon = row.soon_at is not None and now >= row.soon_at
    return ClockState.SOON if is_soon else ClockState.RUNNING


def is_nobody_there(row: RequestRow, now: datetime) -> bool:
    """Whether a patient who should be in the lobby by now is not (SPB-11)."""
    at = row.appointment_at
    return row.status is S.SCHEDULED and at is not None and now >= at - EXPECTED_BEFORE


def _has_begun(row: RequestRow, now: datetime) -> bool:
    return row.appointment_at is not None and now >= row.appointment_at


def _back(before: RequestRow | None, row: RequestRow) -> set[NoticeKind]:
    """Told where nothing else says what is new of it."""
    was_known = before is not None and has_come_back(before)
    return {NoticeKind.BACK} if has_come_back(row) and not was_known else set()


def _is_new_threat(before: RequestRow | None, row: RequestRow) -> bool:
    """Whoever has the case has marked it: one's own mark is no news."""
    was_known = before is not None and before.life_threat
    return is_true(NoticeKind.LIFE_THREAT, row, row.changed_at) and not (was_known or is_mine(row))


def _news_of_mine(before: RequestRow, row: RequestRow) -> set[NoticeKind]:
    found = {
        kind
        for kind, (sources, targets) in _MOVES.items()
        if before.status in sources and row.status in targets
    }
    if row.unread_messages > before.unread_messages and is_mine(row):
        found.add(NoticeKind.MESSAGE)
    if _has_arrived(before, row) and is_mine(row):
        found.add(NoticeKind.DOCUMENTS)
    return found


def _complete(row: RequestRow) -> set[NoticeKind]:
    return {NoticeKind.DOCUMENTS} if row.status is S.READY else set()


def _has_arrived(before: RequestRow, row: RequestRow) -> bool:
    """A file of something that was missing."""
    had = {item.code: item.file_count for item in before.checklist}
    return any(
        item.state is ItemState.PRESENT
        and item.code in before.missing_documents
        and item.file_count > had.get(item.code, 0)
        for item in row.checklist
    )
