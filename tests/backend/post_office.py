"""A real mail server for tests (aiosmtpd): what it is told to refuse it refuses."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from backend.settings import MailSecurity, MailSettings

USER, PASSWORD = "clinic", "correct horse"


@dataclass
class PostOffice:
    """What came in, and what is answered."""

    letters: asyncio.Queue[EmailMessage] = field(default_factory=asyncio.Queue)
    recipients: list[str] = field(default_factory=list)
    to_recipient: str = "250 OK"
    to_data: str = "250 OK"
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)
    """Set at first; while it is not, a letter that was taken is not answered."""

    def __post_init__(self) -> None:
        self.may_answer.set()

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Takes the recipient, or does not."""
        if self.to_recipient.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Takes the letter, or does not."""
        if self.to_data.startswith("2"):
            assert isinstance(envelope.content, bytes)
            self.recipients += envelope.rcpt_tos
            letter = message_from_bytes(envelope.content, policy=default)
            assert isinstance(letter, EmailMessage)
            self.letters.put_nowait(letter)
        await self.may_answer.wait()
        return self.to_data

    async def letter(self, seconds: float = 30) -> EmailMessage:
        """The next one."""
        async with asyncio.timeout(seconds):
            return await self.letters.get()


@asynccontextmanager
async def post_office(
    certificate: Path | None = None, *, offers_tls: bool = True, asks_password: bool = False
) -> AsyncIterator[tuple[PostOffice, MailSettings]]:
    """An open one, and the settings that find it: with STARTTLS where there is a certificate."""
    office, loop = PostOffice(), asyncio.get_running_loop()
    tls = None
    if certificate is not None and offers_tls:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(certificate)
    secure = tls is not None

    def make() -> SMTP:
        return SMTP(
            office,
            hostname="office.example",
            tls_context=tls,
            require_starttls=secure,
            auth_required=asks_password,
            auth_require_tls=secure,
            authenticator=_authenticate,
            data_size_limit=200_000,
            loop=loop,
        )

    server = await loop.create_server(make, "127.0.0.1", 0)
    settings = MailSettings(
        host="127.0.0.1",
        port=server.sockets[0].getsockname()[1],
        security=MailSecurity.NONE if certificate is None else MailSecurity.STARTTLS,
        sender="clinic@example.org",
        public_url="http://127.0.0.1:8080",
        user=USER if asks_password else "",
        password=PASSWORD if asks_password else "",
        ca_file=certificate,
        timeout_seconds=10,
    )
    try:
        yield office, settings
    finally:
        server.close()
        await server.wait_closed()


def own_certificate(folder: Path) -> Path:
    """Of 127.0.0.1, signed by itself, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "office.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    file = folder / "office.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


def _authenticate(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
) -> AuthResult:
    wanted = LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=data == wanted)
