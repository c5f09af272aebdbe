"""The audit of a centre, for its auditor."""

from typing import Annotated

from litestar import get
from litestar.params import QueryParameter

from backend.audit.reading import audit_page
from backend.auth import AUDIT
from backend.problems import problems
from backend.routes.given import GivenAccount, GivenParts
from backend_client.models.audit import AuditEntry
from backend_client.models.common import Page

Cursor = Annotated[str | None, QueryParameter(max_length=300)]
Limit = Annotated[int, QueryParameter(ge=1, le=200)]


@get("/audit", opt={AUDIT: True}, responses=problems(401, 403))
async def read_audit(
    account: GivenAccount, parts: GivenParts, cursor: Cursor = None, limit: Limit = 50
) -> Page[AuditEntry]:
    """One page, newest first: who did what to which ids, never a patient's data."""
    async with parts.database.read() as connection:
        return await audit_page(connection, account, cursor, limit)
