"""What can be asked before signing in."""

from litestar import get

from backend.auth import ANY_CLIENT, OPEN
from backend.problems import not_found, problems
from backend.routes.given import GivenDemo, GivenParts
from backend_client.models.accounts import DemoAccount
from backend_client.models.server import ServerInfo


@get("/server", opt={OPEN: True, ANY_CLIENT: True}, responses=problems())
async def server(parts: GivenParts) -> ServerInfo:
    """The server's version, the oldest client that it serves, its clock."""
    return ServerInfo(
        version=parts.settings.version,
        oldest_client=parts.settings.oldest_client,
        time=parts.now(),
        demo=parts.settings.demo,
        public_url=parts.settings.reached_at,
    )


@get("/demo-accounts", opt={OPEN: True}, responses=problems(404))
async def demo_accounts(demo: GivenDemo) -> list[DemoAccount]:
    """Accounts of the demonstration with their passwords; there are none elsewhere."""
    if demo is None:
        raise not_found()
    return demo.accounts()
