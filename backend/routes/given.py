"""What a route is given beside its own arguments: the server's parts, and who asks."""

from typing import Annotated, Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.params import HeaderParameter, PathParameter, QueryParameter, SkipValidation

from backend.accounts.sessions import Session
from backend.audit.trace import current
from backend.demo_data.source import DemoData
from backend.idempotency import LONGEST_KEY, Ticket, patient_asker, staff_asker, ticket
from backend.parts import Parts
from backend.patients.links import PatientAccess
from backend.problems import problems
from backend_client.models.accounts import Account
from backend_client.models.patient import PATIENT_TOKEN_HEADER

Asked = Request[Account, Session, State]
"""A request of a signed-in account."""
PatientAsked = Request[None, None, State]
"""A request without a session, such as a patient's, who has a link."""
GivenAccess = NamedDependency[SkipValidation[PatientAccess]]
GivenParts = NamedDependency[SkipValidation[Parts]]
GivenDemo = NamedDependency[SkipValidation[DemoData | None]]
GivenAccount = NamedDependency[SkipValidation[Account]]

Id = Annotated[str, PathParameter(pattern="^[0-9A-Za-z_-]+$", max_length=36)]
"""An id in a path."""
Key = Annotated[str | None, HeaderParameter(name="Idempotency-Key", max_length=LONGEST_KEY)]
"""What makes a POST safe to repeat."""
Cursor = Annotated[str | None, QueryParameter(max_length=300)]
"""Where a list goes on; none: from its beginning."""
SortedCursor = Annotated[str | None, QueryParameter(max_length=1600)]
"""The same of a list that is sorted by people's names."""
Limit = Annotated[int, QueryParameter(ge=1, le=200)]
"""Items of one page."""
CHANGING = problems(401, 403, 404, 409, 413, 422)
"""How a POST that changes something may be refused."""


async def ticket_of(request: Asked, key: str | None) -> Ticket:
    """What the request asks for, under its key; raises Refused (invalid)."""
    asker = staff_asker(request.user)
    return ticket(asker, key, request.method, _asked_path(request), await request.body())


async def patient_ticket(request: PatientAsked, access: PatientAccess, key: str | None) -> Ticket:
    """As ticket_of, for a patient's request."""
    asker = patient_asker(access.centre_id, access.request_id)
    return ticket(asker, key, request.method, _asked_path(request), await request.body())


def _asked_path(request: Request[Any, Any, State]) -> str:
    query = request.url.query
    return f"{request.url.path}?{query}" if query else request.url.path


def _parts(state: State) -> Parts:
    parts: Parts = state.parts
    return parts


def _demo(state: State) -> DemoData | None:
    demo: DemoData | None = state.demo
    return demo


def _account(request: Asked) -> Account:
    return request.user


async def _access(
    request: PatientAsked,
    state: State,
    token: Annotated[str | None, HeaderParameter(name=PATIENT_TOKEN_HEADER, max_length=200)] = None,
) -> PatientAccess:
    """Raises Refused (link_not_good, too_many_attempts)."""
    access = await _parts(state).links.access(token, address_of(request))
    trace = current()
    if trace is not None:
        trace.by_patient(access.centre_id, access.request_id)
    return access


def address_of(connection: ASGIConnection[Any, Any, Any, State]) -> str:
    """Where the caller comes from."""
    return connection.client.host if connection.client is not None else ""


PATIENT_GIVEN = {"access": Provide(_access)}
GIVEN = {
    "parts": Provide(_parts, sync_to_thread=False),
    "demo": Provide(_demo, sync_to_thread=False),
    "account": Provide(_account, sync_to_thread=False),
}
