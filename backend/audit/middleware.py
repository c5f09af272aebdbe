"""One entry for each request of somebody known: what was asked, and how it was answered."""

import re

from litestar import Response
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from backend.audit.trace import Trace, current, tracing
from backend_client.models.accounts import Account
from backend_client.models.common import Page
from backend_client.models.conclusions import Approval
from backend_client.models.requests import RequestRow
from backend_client.models.schedule import Schedule

READING = frozenset({"GET", "HEAD"})
AN_ID = re.compile(r"[0-9A-Za-z_-]{1,36}")
"""What stands in a path may be anything; the audit takes ids alone."""


class AuditMiddleware:
    """Stands behind the one that finds the session. Nobody's requests are not written."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Traces the request; a WebSocket's handler says itself when it is opened."""
        trace = _trace(scope)
        status = 500

        async def watching(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with tracing(trace):
            if scope["type"] != ScopeType.HTTP:
                await self.app(scope, receive, send)
                return
            try:
                await self.app(scope, receive, watching)
            finally:
                await scope["app"].state.parts.audit.note(trace, status)


def _trace(scope: Scope) -> Trace:
    is_reading = scope["type"] != ScopeType.HTTP or scope["method"] in READING
    trace = Trace(scope["route_handler"].handler_name, reads=is_reading)
    trace.request_ids = _named(scope, "request_id")
    trace.document_ids = _named(scope, "document_id")
    account = scope.get("user")
    if isinstance(account, Account):
        trace.by(account)
    return trace


def _named(scope: Scope, name: str) -> tuple[str, ...]:
    value = scope["path_params"].get(name)
    return (value,) if isinstance(value, str) and AN_ID.fullmatch(value) else ()


async def remember_ids(response: Response[object]) -> Response[object]:
    """After a handler: an answer that lists requests was a reading of each of them."""
    trace = current()
    if trace is not None:
        trace.request_ids += _listed(response.content)
    return response


def _listed(content: object) -> tuple[str, ...]:
    if isinstance(content, Page):
        return tuple(filter(None, map(_request_of, content.items)))
    if isinstance(content, Schedule):
        return tuple(dict.fromkeys(one.slot.request_id for one in content.entries))
    return ()


def _request_of(item: object) -> str:
    """Whose an item of a page is; empty: a request's that the path has named, or nobody's."""
    if isinstance(item, RequestRow):
        return item.id
    return item.request_id if isinstance(item, Approval) else ""
