"""The doctor's own appointments that were not held yet, as the rows of requests tell of them."""

from datetime import datetime

from backend_client.models.common import RequestId
from backend_client.models.requests import RequestRow, RequestStatus
from workstation.core.subscription import Event
from workstation.services.case_news import is_mine

_AGREED = frozenset({RequestStatus.SCHEDULED, RequestStatus.WAITING})


class OwnAppointments:
    """`changed`: one is another now, or its patient has come or left."""

    def __init__(self) -> None:
        self.changed: Event[None] = Event()
        self._rows: dict[RequestId, RequestRow] = {}

    @property
    def rows(self) -> tuple[RequestRow, ...]:
        """The earliest first."""
        return tuple(sorted(self._rows.values(), key=_start))

    def follow(self, row: RequestRow) -> None:
        """The request is this now."""
        if is_mine(row) and row.status in _AGREED and row.appointment_at is not None:
            if self._rows.get(row.id) != row:
                self._rows[row.id] = row
                self.changed.emit(None)
        else:
            self.drop(row.id)

    def drop(self, request_id: RequestId) -> None:
        """It is no appointment of this doctor."""
        if self._rows.pop(request_id, None) is not None:
            self.changed.emit(None)

    def next_after(self, moment: datetime, other_than: RequestId) -> datetime | None:
        """When the next of other patients begins; None: nobody is expected."""
        starts = (_start(row) for row in self.rows if row.id != other_than)
        return next((start for start in starts if start > moment), None)


def _start(row: RequestRow) -> datetime:
    assert row.appointment_at is not None  # `follow` takes no others
    return row.appointment_at
