"""The mail server as the environment names it; the password is no part of a command line."""

from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from backend.mail.addresses import good_address
from backend.problems import Refused
from backend.settings import CannotStart, MailSecurity, MailSettings

HOST, PORT, SECURITY = "TELEMED_SMTP_HOST", "TELEMED_SMTP_PORT", "TELEMED_SMTP_SECURITY"
USER, PASSWORD = "TELEMED_SMTP_USER", "TELEMED_SMTP_PASSWORD"
PASSWORD_FILE, CA_FILE = "TELEMED_SMTP_PASSWORD_FILE", "TELEMED_SMTP_CA_FILE"
FROM, PUBLIC_URL = "TELEMED_MAIL_FROM", "TELEMED_PUBLIC_URL"
PORTS = {MailSecurity.STARTTLS: 587, MailSecurity.TLS: 465, MailSecurity.NONE: 25}


def mail_settings(environ: Mapping[str, str], public_url: str = "") -> MailSettings | None:
    """None where no mail server is named. `public_url`: of the command line, before that of the
    environment. Raises CannotStart."""
    host = environ.get(HOST, "").strip()
    if not host:
        return None
    security = _security(environ.get(SECURITY, MailSecurity.STARTTLS.value))
    if security is MailSecurity.NONE and not is_own_machine(host):
        raise CannotStart(f"{SECURITY}=none: only to a mail server on this machine, not {host}")
    ca_file = environ.get(CA_FILE)
    if ca_file and not Path(ca_file).is_file():
        raise CannotStart(f"{CA_FILE}: {ca_file} is not a file")
    return MailSettings(
        host=host,
        port=_port(environ.get(PORT) or str(PORTS[security])),
        security=security,
        sender=_sender(environ.get(FROM, "")),
        public_url=_public_url(public_url or environ.get(PUBLIC_URL, "")),
        user=environ.get(USER, ""),
        password=_password(environ),
        ca_file=Path(ca_file) if ca_file else None,
    )


def is_own_machine(host: str) -> bool:
    """Whether nothing that is sent there leaves this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _security(text: str) -> MailSecurity:
    try:
        return MailSecurity(text.strip().lower())
    except ValueError as error:
        raise CannotStart(f"{SECURITY} is starttls, tls or none, not {text!r}") from error


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise CannotStart(f"{PORT} is a number from 1 to 65535, not {text!r}")
    return int(text)


def _sender(text: str) -> str:
    try:
        return good_address(text)
    except Refused as error:
        raise CannotStart(f"{FROM} is the address that letters come from, not {text!r}") from error


def _public_url(text: str) -> str:
    url = urlsplit(text.strip().rstrip("/"))
    secure = url.scheme == "https" or is_own_machine(url.hostname or "")
    if url.scheme not in ("https", "http") or not url.hostname or not secure or url.query:
        wanted = "the address under which patients reach this server"
        raise CannotStart(f"{PUBLIC_URL} is {wanted}, as https://host, not {text!r}")
    return url.geturl()


def _password(environ: Mapping[str, str]) -> str:
    named = environ.get(PASSWORD_FILE)
    if not named:
        return environ.get(PASSWORD, "")
    try:
        return Path(named).read_text(encoding="utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotStart(f"{PASSWORD_FILE}: {named} cannot be read") from error
