"""The mail server in the server's environment: whole, or the start says what is wrong."""

from pathlib import Path

import pytest

from backend.mail.environment import mail_settings
from backend.settings import CannotStart, MailSecurity

GOOD = {
    "TELEMED_SMTP_HOST": "mail.example.org",
    "TELEMED_MAIL_FROM": "clinic@example.org",
    "TELEMED_PUBLIC_URL": "https://clinic.example.org/",
}


def test_without_a_host_there_is_no_mail() -> None:
    assert mail_settings({}) is None
    assert mail_settings({**GOOD, "TELEMED_SMTP_HOST": " "}) is None


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("TLS", 465)])
def test_port_follows_from_the_encryption(security: str, port: int) -> None:
    mail = mail_settings({**GOOD, "TELEMED_SMTP_SECURITY": security})
    assert mail is not None
    assert (mail.port, mail.security) == (port, MailSecurity(security.lower()))
    assert mail.public_url == "https://clinic.example.org"


def test_password_comes_from_a_file_and_is_never_shown(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("correct horse\n", encoding="utf-8")
    named = {"TELEMED_SMTP_USER": "u", "TELEMED_SMTP_PASSWORD_FILE": str(tmp_path / "password")}
    mail = mail_settings({**GOOD, **named})
    assert mail is not None
    assert mail.password == "correct horse"
    assert "correct" not in repr(mail)


def test_address_of_the_command_line_goes_first() -> None:
    mail = mail_settings(GOOD, "https://other.example.org")
    assert mail is not None
    assert mail.public_url == "https://other.example.org"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEMED_SMTP_SECURITY", "ssl"),
        ("TELEMED_SMTP_SECURITY", "none"),  # to another machine
        ("TELEMED_SMTP_PORT", "0"),
        ("TELEMED_SMTP_PORT", "smtp"),
        ("TELEMED_MAIL_FROM", ""),
        ("TELEMED_MAIL_FROM", "a@example.org\r\nBcc: b@example.org"),
        ("TELEMED_PUBLIC_URL", ""),
        ("TELEMED_PUBLIC_URL", "http://clinic.example.org"),  # links would go in clear
        ("TELEMED_SMTP_PASSWORD_FILE", "/nowhere/password"),
        ("TELEMED_SMTP_CA_FILE", "/nowhere/ca.pem"),
    ],
)
def test_what_cannot_be_is_named(name: str, value: str) -> None:
    with pytest.raises(CannotStart, match=name):
        mail_settings({**GOOD, name: value})
