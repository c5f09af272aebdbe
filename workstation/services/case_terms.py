"""What time alone makes of the doctor's own cases: terms (OZ-9, OZ-21) and a patient who does not
come (SPB-11)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from backend_client.models.common import RequestId
from backend_client.models.requests import ClockState, RequestRow
from workstation.services.case_news import EXPECTED_BEFORE, NoticeKind, is_nobody_there, term

_NEWS = {
    ClockState.SOON: NoticeKind.TERM_SOON,
    ClockState.BREACHED: NoticeKind.TERM_BREACHED,
}


@dataclass(frozen=True, slots=True)
class _Standing:
    """How time stands for a case."""

    term: ClockState
    is_nobody_there: bool

    def since(self, before: "_Standing") -> set[NoticeKind]:
        """What is news."""
        found = {_NEWS[self.term]} if self.term is not before.term and self.term in _NEWS else set()
        if self.is_nobody_there and not before.is_nobody_there:
            found.add(NoticeKind.NOBODY_THERE)
        return found


class CaseTerms:
    """Knows how each case stood when the doctor was last told of it, or saw it in the queue."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        """`now`: by the server's clock, aware."""
        self._now = now
        self._rows: dict[RequestId, RequestRow] = {}
        self._told: dict[RequestId, _Standing] = {}

    def follow(self, row: RequestRow, *, as_known: bool) -> None:
        """The case is this now. `as_known`, and in a case that is new here, nothing is news; a
        patient who was there and has left is none either."""
        before, now = self._told.get(row.id), self._standing(row)
        if as_known or before is None:
            self._told[row.id] = now
        elif row.status is not self._rows[row.id].status:
            self._told[row.id] = _Standing(before.term, now.is_nobody_there)
        self._rows[row.id] = row

    def drop(self, request_id: RequestId) -> None:
        """The case is not the doctor's any more."""
        self._rows.pop(request_id, None)
        self._told.pop(request_id, None)

    def passed(self) -> list[tuple[RequestRow, set[NoticeKind]]]:
        """Cases that stand otherwise than before, and what of that is news; told once."""
        found = []
        for request_id, row in self._rows.items():
            before, now = self._told[request_id], self._standing(row)
            if now != before:
                self._told[request_id] = now
                found.append((row, now.since(before)))
        return found

    def next_at(self) -> datetime | None:
        """When something passes next; None: nothing does."""
        now = self._now()
        moments = (one for row in self._rows.values() for one in _moments(row))
        return min((one for one in moments if one > now), default=None)

    def _standing(self, row: RequestRow) -> _Standing:
        now = self._now()
        return _Standing(term(row, now), is_nobody_there(row, now))


def _moments(row: RequestRow) -> Iterator[datetime]:
    yield from (one for one in (row.soon_at, row.due_at) if one is not None)
    if row.appointment_at is not None:
        yield row.appointment_at - EXPECTED_BEFORE
