"""One line of the audit and its place in a chain of hashes. It names ids, never a patient."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from backend_client.models.audit import Outcome

Row = dict[str, object]
SERVER = "server"
"""Role of what the server does by itself: deadlines, leases."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Who, when, what, about which ids, with what outcome."""

    at: datetime
    centre_id: str
    account_id: str | None
    """None: a patient by a link, or the server itself."""
    role: str
    action: str
    """Name of the operation in the contract."""
    outcome: Outcome
    status: int
    """As HTTP has it."""
    request_ids: str = ""
    document_ids: str = ""


def chained(entry: Entry, chain: int, number: int, prev: bytes) -> Row:
    """A row of `audit_entries` behind the one whose hash is `prev`."""
    row: Row = {
        "chain": chain,
        "number": number,
        "at": entry.at,
        "centre_id": entry.centre_id,
        "account_id": entry.account_id,
        "role": entry.role,
        "action": entry.action,
        "outcome": entry.outcome,
        "status": entry.status,
        "request_ids": entry.request_ids,
        "document_ids": entry.document_ids,
        "prev": prev,
    }
    return row | {"hash": digest(row)}


def digest(row: Mapping[str, object]) -> bytes:
    """SHA-256 over all that the row says and over the hash before it."""
    return hashlib.sha256(msgspec.json.encode([_plain(row[name]) for name in HASHED])).digest()


HASHED = (
    *("prev", "chain", "number", "at", "centre_id", "account_id", "role", "action"),
    *("outcome", "status", "request_ids", "document_ids"),
)
HASHED_OPENING = ("prev", "number", "opened_at")


def opening_digest(row: Mapping[str, object]) -> bytes:
    """The first link of a chain: over its number, its moment and the opening before it."""
    named = [_plain(row[name]) for name in HASHED_OPENING]
    return hashlib.sha256(msgspec.json.encode(named)).digest()


def seal(before: bytes, head: bytes) -> bytes:
    """One hash more over the head of one chain more."""
    return hashlib.sha256(before + head).digest()


def _plain(value: object) -> object:
    """The same text whichever database the value comes from."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, bytes):
        return value.hex()
    return value
