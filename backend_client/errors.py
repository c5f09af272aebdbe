"""What may go wrong between the workstation and its backend.

::

    BackendError
      Unreachable          no connection, or it broke
      TimedOut             a connection, but no answer in time
      NotSignedIn          no session, or it has ended
        WrongPassword      sign-in refused
      TooManyAttempts      asked too often: wait `retry_after` seconds
      Forbidden            this account may not
      NotFound             no such thing, or not visible to this account
      Conflict             someone else was first: `owner_name` where it is a claim
      Rejected             the server does not accept the call as it is
      ClientTooOld         this program must be updated
      ServerTooOld         the server must be updated
      ServerFault          the server failed
      BrokenAnswer         an answer that is not of the contract
      Corrupted            a file whose bytes are not what was announced
      UnfitFile            a file that cannot be sent: empty, too large, or another one

No error of httpx, websockets or msgspec leaves the package. The text of an error holds codes and
numbers, never what the server wrote for people: that may be about a patient.
"""

from collections.abc import Mapping
from typing import ClassVar, TypeVar

import msgspec

from backend_client.models.common import ProblemCode

Model = TypeVar("Model")


class BackendError(Exception):
    """Any trouble with the backend."""

    is_temporary: ClassVar[bool] = False
    """Whether the same call may succeed later without anybody changing it."""


class Unreachable(BackendError):
    """No connection, or it broke. `may_have_arrived`: the server may have got the call."""

    is_temporary = True

    def __init__(self, text: str = "no connection", *, may_have_arrived: bool = False) -> None:
        super().__init__(text)
        self.may_have_arrived = may_have_arrived


class TimedOut(BackendError):
    """The server has the connection and does not answer in time."""

    is_temporary = True


class NotSignedIn(BackendError):
    """There is no session, or the server has ended it."""


class WrongPassword(NotSignedIn):
    """Login or password do not fit."""


class TooManyAttempts(BackendError):
    """Asked too often; `retry_after` in seconds, None where the server does not say."""

    is_temporary = True

    def __init__(self, retry_after: int | None = None) -> None:
        super().__init__(f"retry after {retry_after} s")
        self.retry_after = retry_after


class Forbidden(BackendError):
    """This account may not do that."""


class NotFound(BackendError):
    """There is no such thing, or this account cannot see it."""


class Conflict(BackendError):
    """Someone else changed or took it first; `owner_name` is who holds the claim.

    `present` is what a stale write would have replaced, `detail` why a move is not possible.
    """

    def __init__(
        self,
        code: ProblemCode = ProblemCode.UNKNOWN,
        owner_name: str | None = None,
        present: Mapping[str, object] | None = None,
        detail: str = "",
    ) -> None:
        super().__init__(code.value)
        self.code = code
        self.owner_name = owner_name
        self.present = present
        self.detail = detail

    def present_as(self, model: type[Model]) -> Model | None:
        """The present state as its model; None where the server gave none that fits."""
        try:
            return None if self.present is None else msgspec.convert(self.present, model)
        except msgspec.ValidationError:
            return None


class Rejected(BackendError):
    """The server does not accept the call as it is; `code` says why."""

    def __init__(self, status: int, code: ProblemCode = ProblemCode.UNKNOWN) -> None:
        super().__init__(f"{status} {code.value}")
        self.status = status
        self.code = code


class ClientTooOld(BackendError):
    """The server serves newer programs only, from version `oldest` on ("" where not said)."""

    def __init__(self, oldest: str = "") -> None:
        super().__init__(f"oldest client served: {oldest or 'not said'}")
        self.oldest = oldest


class ServerTooOld(BackendError):
    """The server's `version` is older than what this program can work with."""

    def __init__(self, version: str) -> None:
        super().__init__(f"server version {version}")
        self.version = version


class ServerFault(BackendError):
    """The server, or what stands before it, failed with `status` (5xx)."""

    is_temporary = True

    def __init__(self, status: int, retry_after: int | None = None) -> None:
        super().__init__(str(status))
        self.status = status
        self.retry_after = retry_after


class BrokenAnswer(BackendError):
    """An answer that is not of the contract: another program may sit at this address."""


class Corrupted(BackendError):
    """The bytes of a file are not those that were announced (size or SHA-256)."""


class UnfitFile(BackendError):
    """A file that cannot be sent: empty, too large, or not the one that was begun with.

    `size` is in bytes.
    """

    def __init__(self, size: int) -> None:
        super().__init__(f"{size} bytes")
        self.size = size
