"""What a server is started with; passed in, never looked up."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from backend_client.models.common import OLDEST_CLIENT, VERSION

Clock = Callable[[], datetime]
"""Gives the present moment, aware and in UTC."""

LEASE_SECONDS = 5 * 60
CATALOGUES = Path(__file__).resolve().parent.parent / "resources" / "catalogues"


class CannotStart(Exception):
    """The server cannot be started as asked; the text tells the operator what to do."""


@dataclass(frozen=True, slots=True)
class S3Keys:
    """What an S3 server knows the backend by."""

    key_id: str
    secret: str = field(repr=False)


class MailSecurity(StrEnum):
    """How the connection to the mail server is encrypted."""

    STARTTLS = "starttls"
    """In clear at first; without the change to TLS nothing is sent (RFC 3207)."""
    TLS = "tls"
    """From the first byte (RFC 8314)."""
    NONE = "none"
    """Only to a mail server on the same machine."""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The mail server that takes the centre's letters, and what stands in them."""

    host: str
    port: int
    security: MailSecurity
    sender: str
    """Address that the letters come from."""
    public_url: str
    """Where patients reach this server, `https://host`; no slash at its end."""
    user: str = ""
    """Empty: the mail server asks for no name."""
    password: str = field(default="", repr=False)
    ca_file: Path | None = None
    """PEM of who vouches for the mail server; None: those that the system trusts."""
    timeout_seconds: float = 30.0
    """Of one step of the conversation."""


@dataclass(frozen=True, slots=True)
class TurnSettings:
    """The TURN servers (RFC 8656) that calls may go through, all of one secret."""

    LIFE_SECONDS: ClassVar[int] = 4 * 3600
    """Longer than any consultation: a relay that goes on asks for its place again and again."""

    urls: tuple[str, ...]
    """As RFC 7065 writes them."""
    secret: str = field(repr=False)
    """What coturn has as `static-auth-secret`."""
    life_seconds: int = LIFE_SECONDS
    """Life of the credentials that are made of it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Addresses and limits of one server."""

    database_url: str
    """`sqlite:///path` or `postgresql://user@host/name`."""
    files_url: str
    """`file:///folder`, `memory://` or `s3://bucket/prefix?endpoint=https://host&region=name`."""
    s3_keys: S3Keys | None = None
    """None: from the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) or the machine."""
    demo: bool = False
    catalogues: Path = CATALOGUES
    public_url: str = ""
    """Where patients and anybody else reach this server, `https://host`, for what is printed; no
    slash at its end. Empty: as the letters say, else nobody knows."""
    version: str = VERSION
    oldest_client: str = OLDEST_CLIENT
    access_seconds: int = 15 * 60
    """Life of an access token."""
    refresh_seconds: int = 7 * 24 * 3600
    """Life of a refresh token that nobody uses."""
    idempotency_seconds: int = 48 * 3600
    """For how long a repeated POST is answered with its first result."""
    password_memory_kib: int = 64 * 1024
    """Memory that argon2id takes for one password."""
    slot_hold_seconds: int = 24 * 3600
    """For how long a proposed time waits for the patient's answer."""
    patient_link_seconds: int = 30 * 24 * 3600
    """Life of a link to the patient's page."""
    wrong_links_a_minute: int = 20
    """Links that are not good, from one address, before it has to wait."""
    lease_seconds: int = LEASE_SECONDS
    """For how long a claim lasts behind its last heartbeat."""
    ringing_seconds: int = 45
    """For how long a call rings."""
    upload_seconds: int = 24 * 3600
    """For how long an upload that nobody goes on with is kept."""
    upload_part_bytes: int = 4 * 1024 * 1024
    """Of an upload so much is held in memory, and lost when the process is killed."""
    file_link_seconds: int = 30
    """Life of a link by which a file is fetched from S3 itself; it outlives a withdrawn consent."""
    mail: MailSettings | None = None
    """None: nothing is sent by e-mail."""
    turn: TurnSettings | None = None
    """None: calls go directly or not at all."""
    mail_link_seconds: int = 7 * 24 * 3600
    """Life of a one-time link to a conclusion."""
    kept_events: int = 10_000
    """Events of a centre that a returning subscriber can be given."""
    lag_limit: int = 1_000
    """Events that a connected subscriber may be behind before it is let go."""

    @property
    def reached_at(self) -> str:
        """The address for who is not of the clinic; empty: it was not set."""
        return self.public_url or ("" if self.mail is None else self.mail.public_url)

    @property
    def lease(self) -> timedelta:
        """For how long a claim lasts behind its last heartbeat."""
        return timedelta(seconds=self.lease_seconds)


def utc_now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)
