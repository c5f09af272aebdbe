"""Notices that were not seen yet, one a case, and what of them is still to be said."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from backend_client.models.common import RequestId
from backend_client.models.requests import RequestRow
from workstation.core.subscription import Event
from workstation.services.case_news import AT_THE_CALL, GRAVITY, Notice, NoticeKind, is_true

GATHER = timedelta(seconds=1)
"""What comes so closely together is told at once."""
TELL_AGAIN = timedelta(minutes=2)
"""The same of the same case is not told sooner, unless it was read; it is counted at once."""
Now = Callable[[], datetime]


class NoticePile:
    """What waits for the doctor. `changed`: `unread` is another. What is seen is not added."""

    def __init__(self, now: Now) -> None:
        self.changed: Event[None] = Event()
        self._now = now
        self._notices: dict[RequestId, Notice] = {}
        self._seen: RequestId | None = None
        self._sees_call = False

    @property
    def unread(self) -> tuple[Notice, ...]:
        """One notice a case: threats to life first, then the newest."""
        return tuple(sorted(self._notices.values(), key=_place, reverse=True))

    def look_at(self, request_id: RequestId | None, *, is_call: bool) -> None:
        """What is seen there is read; None: nothing is looked at."""
        self._seen, self._sees_call = request_id, is_call
        if request_id is not None:
            kept = AT_THE_CALL if not is_call else frozenset()
            self.keep_only(request_id, lambda kind: kind in kept)

    def add(self, row: RequestRow, kinds: Iterable[NoticeKind]) -> set[NoticeKind]:
        """Puts it to what waits of that case; answers what of it is not before the eyes."""
        found = {kind for kind in kinds if not self._is_seen(row.id, kind)}
        if found:
            had = self._notices.get(row.id)
            together = found | set(had.kinds if had is not None else ())
            gravest_first = tuple(sorted(together, key=GRAVITY.__getitem__))
            self._notices[row.id] = Notice(row, gravest_first, self._now())
            self.changed.emit(None)
        return found

    def refresh(self, row: RequestRow) -> None:
        """The case is this now: what does not hold any more waits no longer."""
        had = self._notices.get(row.id)
        if had is not None:
            self._notices[row.id] = Notice(row, had.kinds, had.at)
            self.keep_only(row.id, lambda kind: is_true(kind, row, self._now()))

    def keep_only(self, request_id: RequestId, stays: Callable[[NoticeKind], bool]) -> None:
        """The other kinds of that case are read."""
        had = self._notices.get(request_id)
        if had is None:
            return
        kinds = tuple(kind for kind in had.kinds if stays(kind))
        if kinds:
            self._notices[request_id] = Notice(had.row, kinds, had.at)
        else:
            del self._notices[request_id]
        self.changed.emit(None)

    def read(self, request_id: RequestId) -> None:
        """All of that case is read."""
        self.keep_only(request_id, lambda kind: False)

    def _is_seen(self, request_id: RequestId, kind: NoticeKind) -> bool:
        return request_id == self._seen and (self._sees_call or kind not in AT_THE_CALL)


class Untold:
    """What was not said yet: gathered for a moment, so that what comes together is told together.

    `due_at`: when to say it (aware); None: there is nothing to say.
    """

    def __init__(self, now: Now) -> None:
        self.due_at: datetime | None = None
        self._now = now
        self._kinds: dict[RequestId, set[NoticeKind]] = {}
        self._told_at: dict[tuple[RequestId, NoticeKind], datetime] = {}

    def put(self, request_id: RequestId, kinds: Iterable[NoticeKind]) -> None:
        """To be said soon, but for what was said a moment ago."""
        fresh = {kind for kind in kinds if not self._was_told(request_id, kind)}
        if fresh:
            self._kinds.setdefault(request_id, set()).update(fresh)
            self.due_at = self.due_at or self._now() + GATHER

    def wait(self, length: timedelta) -> None:
        """Gathers for so long from now on."""
        self.due_at = self._now() + length

    def take(self, unread: Iterable[Notice]) -> tuple[Notice, ...]:
        """What of the unread is to be said now; it counts as told."""
        kinds, self._kinds, self.due_at = self._kinds, {}, None
        due = [
            notice
            for notice in unread
            if kinds.get(notice.request_id, set()).intersection(notice.kinds)
        ]
        for notice in due:
            self.mark(notice.request_id, kinds[notice.request_id])
        return tuple(due)

    def mark(self, request_id: RequestId, kinds: Iterable[NoticeKind]) -> None:
        """It was said."""
        now = self._now()
        recent = {key: at for key, at in self._told_at.items() if now - at < TELL_AGAIN}
        self._told_at = recent | {(request_id, kind): now for kind in kinds}

    def forget(self, request_id: RequestId, kind: NoticeKind) -> None:
        """It was read: the next of it is told at once."""
        self._told_at.pop((request_id, kind), None)

    def _was_told(self, request_id: RequestId, kind: NoticeKind) -> bool:
        at = self._told_at.get((request_id, kind))
        return at is not None and self._now() - at < TELL_AGAIN


def _place(notice: Notice) -> tuple[bool, datetime]:
    return notice.kind is NoticeKind.LIFE_THREAT, notice.at
