"""Who asks for what right now: one trace for each HTTP request or WebSocket.

It travels beside the task, so that a route written tomorrow cannot forget to pass it on.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from backend.audit.entries import SERVER, Entry
from backend_client.models.accounts import Account, Role
from backend_client.models.audit import Outcome


@dataclass(slots=True)
class Trace:
    """What is known of the request that is being answered; filled in as it becomes known."""

    action: str
    reads: bool
    centre_id: str = ""
    account_id: str | None = None
    role: str = ""
    """Empty: nobody has shown who they are, and nothing is written."""
    request_ids: tuple[str, ...] = ()
    document_ids: tuple[str, ...] = ()
    written: int | None = None
    """Status with which its change stands in the audit already."""
    is_repeat: bool = False
    """Answered with the first result of its key."""

    def by(self, account: Account) -> None:
        """A signed-in account asks."""
        self.centre_id, self.account_id = account.centre_id, account.id
        self.role = account.role.value

    def by_patient(self, centre_id: str, request_id: str) -> None:
        """The patient of this request asks, by a link."""
        self.centre_id, self.role = centre_id, Role.PATIENT.value
        self.request_ids = (request_id,)

    def names(self, request_id: str) -> None:
        """What is asked for turns out to be of this request."""
        if request_id not in self.request_ids:
            self.request_ids += (request_id,)

    def entry(
        self, at: datetime, outcome: Outcome, status: int, touched: Iterable[str] = ()
    ) -> Entry:
        """Its line; `touched` are requests that it changed beside those it named."""
        return Entry(
            at=at,
            centre_id=self.centre_id,
            account_id=self.account_id,
            role=self.role,
            action=self.action,
            outcome=outcome,
            status=status,
            request_ids=" ".join(dict.fromkeys((*self.request_ids, *touched))),
            document_ids=" ".join(self.document_ids),
        )


CURRENT: ContextVar[Trace | None] = ContextVar("audit_trace", default=None)


def current() -> Trace | None:
    """None: the server does something by itself."""
    return CURRENT.get()


@contextmanager
def tracing(trace: Trace) -> Iterator[None]:
    """The trace is the current one for the time of the block."""
    token = CURRENT.set(trace)
    try:
        yield
    finally:
        CURRENT.reset(token)


def servers_own(centre_id: str, *, reads: bool = True) -> Trace:
    """For what nobody asked for."""
    return Trace("server", reads=reads, centre_id=centre_id, role=SERVER)
