"""The audit of a centre, for its auditor."""

from datetime import datetime
from typing import Annotated

from litestar import get
from litestar.params import QueryParameter

from backend.audit.reading import AuditFilter, audit_page
from backend.auth import AUDIT
from backend.pages import moment
from backend.problems import problems
from backend.routes.given import Cursor, GivenAccount, GivenParts, Limit
from backend_client.models.audit import AuditEntry
from backend_client.models.common import Page

ID = "^[0-9A-Za-z_-]+$"
ByAccount = Annotated[str | None, QueryParameter(name="account", pattern=ID, max_length=36)]
OfRequest = Annotated[str | None, QueryParameter(name="request", pattern=ID, max_length=36)]
Action = Annotated[str | None, QueryParameter(pattern="^[a-z_]+$", max_length=100)]
From = Annotated[datetime | None, QueryParameter(name="from")]
To = Annotated[datetime | None, QueryParameter(name="to")]


@get("/audit", opt={AUDIT: True}, responses=problems(401, 403))
async def read_audit(
    account: GivenAccount,
    parts: GivenParts,
    by_account: ByAccount = None,
    of_request: OfRequest = None,
    action: Action = None,
    start: From = None,
    end: To = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[AuditEntry]:
    """One page, newest first: who did what to which ids, never a patient's data; of one account,
    about one request, of one operation, from a moment on and before another. A page may be short,
    or empty, and yet have a cursor: it goes on behind what was looked through."""
    start = None if start is None else moment("from", start)
    end = None if end is None else moment("to", end)
    asked = AuditFilter(by_account, of_request, action, start, end)
    async with parts.database.read() as connection:
        return await audit_page(connection, account, asked, cursor, limit)
