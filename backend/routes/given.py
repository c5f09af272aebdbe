"""What a route is given beside its own arguments: the server's parts, and who asks."""

from typing import Annotated

from litestar import Request
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.params import HeaderParameter, PathParameter, SkipValidation

from backend.accounts.sessions import Session
from backend.demo_data.source import DemoData
from backend.idempotency import LONGEST_KEY, Ticket, ticket
from backend.parts import Parts
from backend.problems import problems
from backend_client.models.accounts import Account

Asked = Request[Account, Session, State]
"""A request of a signed-in account."""
GivenParts = NamedDependency[SkipValidation[Parts]]
GivenDemo = NamedDependency[SkipValidation[DemoData | None]]
GivenAccount = NamedDependency[SkipValidation[Account]]

Id = Annotated[str, PathParameter(pattern="^[0-9A-Za-z_-]+$", max_length=36)]
"""An id in a path."""
Key = Annotated[str | None, HeaderParameter(name="Idempotency-Key", max_length=LONGEST_KEY)]
"""What makes a POST safe to repeat."""
CHANGING = problems(401, 403, 404, 409, 422)
"""How a POST that changes something may be refused."""


async def ticket_of(request: Asked, key: str | None) -> Ticket:
    """What the request asks for, under its key; raises Refused (invalid)."""
    return ticket(request.user, key, request.method, request.url.path, await request.body())


def _parts(state: State) -> Parts:
    parts: Parts = state.parts
    return parts


def _demo(state: State) -> DemoData | None:
    demo: DemoData | None = state.demo
    return demo


def _account(request: Asked) -> Account:
    return request.user


GIVEN = {
    "parts": Provide(_parts, sync_to_thread=False),
    "demo": Provide(_demo, sync_to_thread=False),
    "account": Provide(_account, sync_to_thread=False),
}
