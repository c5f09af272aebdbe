"""One letter over SMTP (RFC 5321): taken, or not and why. Blocking: it belongs into a thread."""

import smtplib
import ssl
from contextlib import suppress
from urllib.parse import urlsplit

from backend.settings import MailSecurity, MailSettings
from backend_client.models.delivery import MailFault

PERMANENT = 500
"""Replies from here on are final (RFC 5321, 4.2.1)."""
READY_FOR_TLS = 220
"""RFC 3207, 4."""
SIZE = 552
SIZES = (523, SIZE, 554)
"""552 is of a size (RFC 1870, 6.1); the others carry 5.3.4 where it is (RFC 3463)."""


class NotSent(Exception):
    """The letter was not taken; the text has no address and no words of the mail server in it."""

    def __init__(self, fault: MailFault, code: int = 0, *, is_final: bool = False) -> None:
        super().__init__(f"{fault.value} {code}" if code else fault.value)
        self.fault = fault
        self.code = code
        """The mail server's reply; 0: it has not answered."""
        self.is_final = is_final
        """Trying again would end the same way."""


class Smtp:
    """Sends with one connection for each letter."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        self._own_name = urlsplit(settings.public_url).hostname or "localhost"

    def send(self, address: str, letter: bytes) -> None:
        """Returns once the mail server has taken the letter. Raises NotSent."""
        try:
            client = self._connected()
        except NotSent:
            raise
        except (ssl.SSLError, smtplib.SMTPNotSupportedError) as error:
            raise NotSent(MailFault.NOT_SECURE) from error
        except smtplib.SMTPAuthenticationError as error:
            raise NotSent(MailFault.SENDER_REFUSED, error.smtp_code) from error
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent(MailFault.UNREACHABLE) from error
        try:
            _give(client, self._settings.sender, address, letter)
        finally:
            with suppress(OSError, smtplib.SMTPException):
                client.quit()
            client.close()

    def _connected(self) -> smtplib.SMTP:
        one = self._settings
        where = (one.host, one.port)
        if one.security is MailSecurity.TLS:
            client: smtplib.SMTP = smtplib.SMTP_SSL(
                *where, self._own_name, timeout=one.timeout_seconds, context=self._context()
            )
        else:
            client = smtplib.SMTP(*where, self._own_name, timeout=one.timeout_seconds)
        try:
            if one.security is MailSecurity.STARTTLS:
                code, _ = client.starttls(context=self._context())
                if code != READY_FOR_TLS:
                    raise NotSent(MailFault.NOT_SECURE, code)
            if one.user:
                client.login(one.user, one.password)
        except BaseException:
            client.close()
            raise
        return client

    def _context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self._settings.ca_file)


def _give(client: smtplib.SMTP, sender: str, address: str, letter: bytes) -> None:
    try:
        client.sendmail(sender, [address], letter)
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise _refused(MailFault.ADDRESS_REFUSED, code, said) from None
    except smtplib.SMTPSenderRefused as error:
        if _is_of_size(error.smtp_code, error.smtp_error):
            raise NotSent(MailFault.TOO_LARGE, error.smtp_code, is_final=True) from None
        # The operator may set it right: it is worth another try.
        raise NotSent(MailFault.SENDER_REFUSED, error.smtp_code) from None
    except smtplib.SMTPDataError as error:
        raise _refused(MailFault.MESSAGE_REFUSED, error.smtp_code, error.smtp_error) from None
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(MailFault.UNREACHABLE) from error


def _refused(fault: MailFault, code: int, said: bytes | str) -> NotSent:
    if code < PERMANENT:
        return NotSent(MailFault.TRY_LATER, code)
    if fault is MailFault.MESSAGE_REFUSED and _is_of_size(code, said):
        fault = MailFault.TOO_LARGE
    return NotSent(fault, code, is_final=True)


def _is_of_size(code: int, said: bytes | str) -> bool:
    text = said.decode("ascii", "replace") if isinstance(said, bytes) else said
    return code == SIZE or (code in SIZES and "5.3.4" in text)
