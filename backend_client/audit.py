"""The audit of a centre, for its auditor."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import datetime

from backend_client.models.audit import AuditEntry
from backend_client.models.common import Page, RequestId, UserId
from backend_client.pages import LARGEST_PAGE, every, page_params
from backend_client.transport import Transport


@dataclass(frozen=True, slots=True)
class AuditQuestion:
    """What is asked of the audit; None: all of it."""

    account: UserId | None = None
    request: RequestId | None = None
    action: str | None = None
    """The operation's name in the contract."""
    start: datetime | None = None
    """From this aware moment on."""
    end: datetime | None = None
    """Before this one."""


EVERYTHING = AuditQuestion()


class AuditResource:
    """Who did what to which ids, newest first."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def page(
        self, asked: AuditQuestion = EVERYTHING, cursor: str | None = None, limit: int = 50
    ) -> Page[AuditEntry]:
        """One page, from behind `cursor` on; short or empty it may still have a cursor."""
        params = page_params(
            cursor,
            limit,
            account=asked.account,
            request=asked.request,
            action=asked.action,
            **{"from": _moment(asked.start), "to": _moment(asked.end)},
        )
        return await self._transport.get("/audit", Page[AuditEntry], params)

    def all(self, asked: AuditQuestion = EVERYTHING) -> AsyncGenerator[AuditEntry, None]:
        """Every entry that is asked for; close it early with `contextlib.aclosing`."""
        return every(lambda cursor: self.page(asked, cursor, LARGEST_PAGE))


def _moment(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat()
