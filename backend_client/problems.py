"""From a refusal of the server to an exception of ours."""

from collections.abc import Mapping

import msgspec

from backend_client.errors import (
    BackendError,
    BrokenAnswer,
    ClientTooOld,
    Conflict,
    Forbidden,
    NotFound,
    NotSignedIn,
    Rejected,
    ServerFault,
    TimedOut,
    TooManyAttempts,
    WrongPassword,
)
from backend_client.models.common import Problem, ProblemCode


def error_of(status: int, headers: Mapping[str, str], body: bytes) -> BackendError:
    """The error of a response that is no success. What stands before a server may speak HTML."""
    problem = _problem(status, body)
    if status >= 500:
        return ServerFault(status, problem.retry_after or _seconds(headers.get("retry-after")))
    if status == 429:
        return TooManyAttempts(problem.retry_after or _seconds(headers.get("retry-after")))
    if status < 400:
        return BrokenAnswer(f"status {status}")
    return _refusal(status, problem)


def _refusal(status: int, problem: Problem) -> BackendError:
    match status:
        case 401:
            wrong = problem.code is ProblemCode.WRONG_PASSWORD
            return WrongPassword("401") if wrong else NotSignedIn("401")
        case 403:
            return Forbidden("403")
        case 404:
            return NotFound("404")
        case 408:
            return TimedOut("408")
        case 409:
            return Conflict(problem.code, problem.owner_name, problem.present, problem.detail)
        case 426:
            return ClientTooOld()
        case _:
            return Rejected(status, problem.code)


def _problem(status: int, body: bytes) -> Problem:
    try:
        return msgspec.json.decode(body, type=Problem)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return Problem(status=status, title="")


def _seconds(text: str | None) -> int | None:
    """Retry-After in seconds; its other form, a date, is not used by our server."""
    return int(text) if text is not None and text.isascii() and text.isdigit() else None
