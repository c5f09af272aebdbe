"""Refusals as RFC 9457 problems: one exception for the program's own, one form for all."""

import logging
import traceback
from http import HTTPStatus

import msgspec
from litestar import Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException, InternalServerException
from litestar.openapi.datastructures import ResponseSpec
from litestar.types import ExceptionHandlersMap
from msgspec.structs import replace

from backend_client.models.common import Problem, ProblemCode, Wire

log = logging.getLogger(__name__)

PROBLEM_JSON = "application/problem+json"
CODES = {
    400: ProblemCode.INVALID,
    401: ProblemCode.NOT_SIGNED_IN,
    403: ProblemCode.FORBIDDEN,
    404: ProblemCode.NOT_FOUND,
    405: ProblemCode.INVALID,
    413: ProblemCode.INVALID,
}


GONE = "client disconnected prematurely"
"""Litestar's words for a client that left before its whole request was read."""


class Refused(Exception):
    """The server says no; the problem says why."""

    def __init__(self, problem: Problem, headers: dict[str, str] | None = None) -> None:
        super().__init__(problem.title)
        self.problem = problem
        self.headers = headers or {}


def not_found() -> Refused:
    """What does not exist, or belongs to another centre: the answer is the same."""
    return Refused(Problem(status=404, title="Not found", code=ProblemCode.NOT_FOUND))


def invalid(detail: str) -> Refused:
    """The request cannot be understood."""
    title = "The request is not valid"
    return Refused(Problem(status=400, title=title, detail=detail, code=ProblemCode.INVALID))


def not_signed_in(title: str = "Sign in first") -> Refused:
    """No token, or one that is no longer good."""
    return Refused(Problem(status=401, title=title, code=ProblemCode.NOT_SIGNED_IN))


def forbidden() -> Refused:
    """The account's role does not allow this."""
    title = "This account may not do this"
    return Refused(Problem(status=403, title=title, code=ProblemCode.FORBIDDEN))


def move_not_allowed(reason: str = "") -> Refused:
    """The request's status, or what else it depends on, does not allow the action."""
    title = "The request's status does not allow this now"
    code = ProblemCode.MOVE_NOT_ALLOWED
    return Refused(Problem(status=409, title=title, detail=reason, code=code))


def nobody_holds(status: str) -> Refused:
    """What only the request's doctor may do, of one that has none (any more)."""
    return move_not_allowed(f"nobody holds the request: it is {status}")


def stale_version(title: str, present: Wire) -> Refused:
    """Somebody has changed it in between: `present` is what it is now, as a GET answers it."""
    code = ProblemCode.STALE_VERSION
    return with_present(conflict(code, title), present)


def with_present(refusal: Refused, present: Wire) -> Refused:
    """The refusal with what is there now, as a GET answers it."""
    now: dict[str, object] = msgspec.convert(msgspec.to_builtins(present), dict[str, object])
    return Refused(replace(refusal.problem, present=now), refusal.headers)


def claimed_by_other(owner_name: str) -> Refused:
    """Another doctor works on the request."""
    title = "Another doctor works on this request"
    code = ProblemCode.CLAIMED_BY_OTHER
    return Refused(Problem(status=409, title=title, code=code, owner_name=owner_name))


def conflict(code: ProblemCode, title: str, detail: str = "") -> Refused:
    """What is asked for does not fit the present state of things."""
    return Refused(Problem(status=409, title=title, detail=detail, code=code))


def problems(*statuses: int) -> dict[int, ResponseSpec]:
    """Refusals for an endpoint's documentation; every endpoint has 400, 426 and 500."""
    return {
        status: ResponseSpec(
            Problem,
            generate_examples=False,
            description=HTTPStatus(status).phrase,
            media_type=PROBLEM_JSON,
        )
        for status in sorted({400, 426, 500, *statuses})
    }


def answer(problem: Problem, headers: dict[str, str] | None = None) -> Response[bytes]:
    """The problem as a response."""
    extra = dict(headers or {})
    if problem.retry_after is not None:
        extra["Retry-After"] = str(problem.retry_after)
    if problem.status == HTTPStatus.UNAUTHORIZED:
        extra["WWW-Authenticate"] = "Bearer"
    body = msgspec.json.encode(problem)
    return Response(body, media_type=PROBLEM_JSON, status_code=problem.status, headers=extra)


def _refused(_: Request[object, object, State], error: Refused) -> Response[bytes]:
    return answer(error.problem, error.headers)


def _framework(_: Request[object, object, State], error: HTTPException) -> Response[bytes]:
    """Refusals of the framework: unknown paths, values that do not fit their types."""
    status = error.status_code
    if is_gone(error):
        log.info("a client left in the middle of its request")
        return answer(invalid("the client left in the middle of its request").problem)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _fault(_, error)
    title = HTTPStatus(status).phrase
    code = CODES.get(status, ProblemCode.UNKNOWN)
    detail = "; ".join(_causes(error))
    return answer(Problem(status=status, title=title, detail=detail, code=code), error.headers)


def is_gone(error: HTTPException) -> bool:
    """Whether the client left: nobody's fault, and nobody hears the answer."""
    return isinstance(error, InternalServerException) and error.detail == GONE


def _causes(error: HTTPException) -> list[str]:
    extra = error.extra if isinstance(error.extra, list) else []
    return [f"{one.get('key', '')}: {one.get('message', '')}" for one in extra]


def _fault(_: Request[object, object, State], error: Exception) -> Response[bytes]:
    """A fault of ours."""
    log_fault(log, error)
    title = "The server has failed; the fault is in its log"
    return answer(Problem(status=500, title=title, code=ProblemCode.INTERNAL))


def log_fault(logger: logging.Logger, error: Exception) -> None:
    """Logs what kind and where: an exception's own text may hold a patient's data."""
    places = "".join(traceback.format_tb(error.__traceback__))
    logger.error("fault %s at\n%s", type(error).__name__, places)


HANDLERS: ExceptionHandlersMap = {
    Refused: _refused,
    HTTPException: _framework,
    Exception: _fault,
}
