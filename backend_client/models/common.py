"""Pieces that every wire model shares: base struct, open enums, ids, pages, problems."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Generic, NewType, Self, TypeVar

import msgspec

API_PREFIX = "/api/v1"
VERSION = "0.2.0"
"""Version of this contract: of the server that serves it, of the client that speaks it."""
OLDEST_CLIENT = "0.2.0"
"""The oldest client that a server of VERSION still serves: older ones cannot read a conclusion that
names a place in a frame, in words or in a report (docs/decisions/0053)."""
OLDEST_SERVER = "0.2.0"
"""The oldest server that a client of VERSION can work with: older ones refuse such places."""
CLIENT_VERSION_HEADER = "X-Client-Version"

RequestId = NewType("RequestId", str)
PatientId = NewType("PatientId", str)
DocumentId = NewType("DocumentId", str)
UserId = NewType("UserId", str)
CentreId = NewType("CentreId", str)

ID_PATTERN = "^[0-9A-Za-z_-]{1,36}$"
"""Of an id that a client says: any other is refused before a database sees it."""

UtcTime = Annotated[datetime, msgspec.Meta(tz=True)]
"""An aware moment; always UTC on the wire."""
Count = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
"""A number that survives JSON readers with 53-bit integers."""


class OpenEnum(StrEnum):
    """An enum of the wire that outlives its writer: a value this side does not know is UNKNOWN.

    Every subclass has a member UNKNOWN = "unknown", which is shown and never acted upon.
    """

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return cls("unknown") if isinstance(value, str) and value != "unknown" else None


class Wire(msgspec.Struct, frozen=True, kw_only=True):
    """Base of what crosses the wire: immutable, unknown fields ignored when decoded."""


class Acting(Wire, frozen=True, kw_only=True):
    """An action upon what its window shows: `version` is the row's, and one that is not the present
    one is refused (STALE_VERSION). 0, or nothing said: whatever it is now, judged by the present
    state alone."""

    version: Count = 0


Item = TypeVar("Item")


class Page(Wire, Generic[Item], frozen=True, kw_only=True):
    """One keyset page: `next_cursor` continues behind the last item, None at the end."""

    items: list[Item]
    next_cursor: str | None = None


class ProblemCode(OpenEnum):
    """What went wrong, for programs; `Problem.title` is for people."""

    UNKNOWN = "unknown"
    NOT_SIGNED_IN = "not_signed_in"
    WRONG_PASSWORD = "wrong_password"
    TOO_MANY_ATTEMPTS = "too_many_attempts"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    INVALID = "invalid"
    CLAIMED_BY_OTHER = "claimed_by_other"
    STALE_VERSION = "stale_version"
    MOVE_NOT_ALLOWED = "move_not_allowed"
    SLOT_TAKEN = "slot_taken"
    SLOT_IN_PAST = "slot_in_past"
    SLOT_GONE = "slot_gone"
    CALL_RUNNING = "call_running"
    CALL_OVER = "call_over"
    PATIENT_IN_CALL = "patient_in_call"
    """Another doctor is calling the same patient, or speaks with them."""
    CHAT_CLOSED = "chat_closed"
    BAD_SIGNATURE = "bad_signature"
    FILE_CHANGED = "file_changed"
    LINK_NOT_GOOD = "link_not_good"
    CLIENT_TOO_OLD = "client_too_old"
    RANGE = "range"
    UPLOAD_OFFSET = "upload_offset"
    UPLOAD_OVER = "upload_over"
    TOO_MANY_UPLOADS = "too_many_uploads"
    HASH_MISMATCH = "hash_mismatch"
    CONSENT_MISSING = "consent_missing"
    """A consent that the consultation needs was not given, or was withdrawn."""
    NOT_IDENTIFIED = "not_identified"
    """Nobody has confirmed who the patient is: nothing is signed."""
    NAME_TAKEN = "name_taken"
    """The account keeps another filter of that name."""
    TOO_MANY_FILTERS = "too_many_filters"
    SOURCE_NOT_OF_CASE = "source_not_of_case"
    """A conclusion names a file that is none of its request's, or not this file any more."""
    BAD_ADDRESS = "bad_address"
    """No e-mail address to which anything can be sent."""
    WRONG_CODE = "wrong_code"
    """Not the code that confirms the address, or it is over."""
    TOO_MANY_CODES = "too_many_codes"
    """So many codes were sent that the patient has to wait."""
    LINK_USED = "link_used"
    """A one-time link has done its work."""
    LINK_OVER = "link_over"
    """A one-time link was not used in time."""
    DOCUMENT_REPLACED = "document_replaced"
    """There is a newer edition."""
    EMAIL_NOT_SET_UP = "email_not_set_up"
    """This centre sends no e-mail."""
    INTERNAL = "internal"


class Problem(Wire, frozen=True, kw_only=True):
    """A refusal as RFC 9457 (application/problem+json)."""

    status: Count
    title: str
    type: str = "about:blank"
    detail: str = ""
    code: ProblemCode = ProblemCode.UNKNOWN
    retry_after: Count | None = None
    """Seconds until it makes sense to try again."""
    owner_name: str | None = None
    """Who holds the claim, where the code is CLAIMED_BY_OTHER."""
    present: dict[str, object] | None = None
    """Of a stale write (STALE_VERSION; SLOT_GONE): what it would have replaced, as a GET answers
    it; None: there is nothing."""
