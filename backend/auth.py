"""Who may come in: every route needs a session of the clinic's own unless it says otherwise."""

from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.enums import HttpMethod, ScopeType
from litestar.handlers import BaseRouteHandler
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult
from litestar.types import ASGIApp, Receive, Scope, Send

from backend.accounts.sessions import Session
from backend.parts import Parts
from backend.problems import Refused, forbidden, invalid
from backend.rules.actions import CLINICAL
from backend.versions import is_older
from backend_client.models.accounts import Account, Role
from backend_client.models.common import CLIENT_VERSION_HEADER, Problem, ProblemCode

Connection = ASGIConnection[BaseRouteHandler, Account, Session, State]

OPEN = "open"
"""Key of a route's `opt`: no session is needed."""
ANY_ROLE = "any_role"
"""Key of a route's `opt`: patients may call it too."""
FIGURES = "figures"
"""Key of a route's `opt`: managers may call it too; it answers nothing medical to them."""
AUDIT = "audit"
"""Key of a route's `opt`: for auditors, and for nobody else."""
ANY_CLIENT = "any_client"
"""Key of a route's `opt`: clients that are too old may call it too."""


def parts_of(connection: Connection) -> Parts:
    """The server's parts, which its start has put into the application's state."""
    parts: Parts = connection.app.state.parts
    return parts


class SessionMiddleware(AbstractAuthenticationMiddleware):
    """Finds the session by the Authorization header; the WebSocket route does so by itself."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app, exclude_from_auth_key=OPEN, scopes={ScopeType.HTTP})

    async def authenticate_request(self, connection: Connection) -> AuthenticationResult:
        """Raises Refused (not_signed_in)."""
        session = await parts_of(connection).sessions.session_of(
            connection.headers.get("Authorization")
        )
        return AuthenticationResult(user=session.account, auth=session)


class ClientVersionMiddleware:
    """Refuses clients that are too old for this server, before anything else is looked at."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raises Refused (client_too_old, invalid)."""
        if scope["type"] == ScopeType.HTTP:
            connection: Connection = ASGIConnection(scope)
            if not connection.route_handler.opt.get(ANY_CLIENT):
                version = connection.headers.get(CLIENT_VERSION_HEADER)
                refuse_old_client(version, parts_of(connection).settings.oldest_client)
        await self.app(scope, receive, send)


def refuse_old_client(version: str | None, oldest: str) -> None:
    """Raises Refused (client_too_old, invalid) by the version header, which may be absent."""
    if version is None:
        return
    try:
        old = is_older(version, oldest)
    except ValueError as error:
        raise invalid(f"{CLIENT_VERSION_HEADER}: not a version") from error
    if old:
        title = "This program is too old for the server: update it"
        raise Refused(Problem(status=426, title=title, code=ProblemCode.CLIENT_TOO_OLD))


async def by_role(connection: Connection, handler: BaseRouteHandler) -> None:
    """A guard for all routes (decision 0018): a route that says nothing is for the clinic's own.

    Async, or the framework would take a thread for it. Raises Refused (forbidden).
    """
    if handler.opt.get(OPEN) or handler.opt.get(ANY_ROLE) or _asks_for_methods(connection):
        return
    role = connection.user.role
    if handler.opt.get(AUDIT):
        allowed = role is Role.AUDITOR
    else:
        allowed = role in CLINICAL or (role is Role.MANAGER and bool(handler.opt.get(FIGURES)))
    if not allowed:
        raise forbidden()


def _asks_for_methods(connection: Connection) -> bool:
    """OPTIONS is the framework's own answer: which methods a path has, for whoever asks."""
    return connection.scope.get("method") == HttpMethod.OPTIONS


def refuse_strangers(account: Account) -> None:
    """Raises Refused (forbidden) for who may not see what patients entrust to the centre."""
    if account.role not in CLINICAL:
        raise forbidden()
