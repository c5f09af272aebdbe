"""The audit as its auditor reads it: who did what to which ids, never a patient's data."""

from backend_client.models.common import Count, OpenEnum, UtcTime, Wire


class Outcome(OpenEnum):
    """How it ended."""

    UNKNOWN = "unknown"
    DONE = "done"
    REFUSED = "refused"
    REPEATED = "repeated"
    """The repeat of an Idempotency-Key: answered, not done again."""
    FAILED = "failed"


class AuditEntry(Wire, frozen=True, kw_only=True):
    """One line of the audit."""

    chain: Count
    """Which process's chain."""
    number: Count
    """Its place there, from 1 on without a gap."""
    at: UtcTime
    account_id: str | None
    """None: a patient by a link, or the server itself."""
    role: str
    """Of the account; "patient" for a link, "server" for a deadline."""
    action: str
    """The operation's name in the contract."""
    outcome: Outcome
    status: Count
    """As HTTP has it."""
    request_ids: list[str]
    document_ids: list[str]
