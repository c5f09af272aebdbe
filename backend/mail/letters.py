"""The letters themselves, in Russian: nothing of a patient stands in a subject or in a link."""

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from backend.settings import MailSettings

LINK_PAGE = "/mail/"
CODE_SUBJECT = "Код подтверждения адреса"
DOCUMENT_SUBJECT = "Документ по вашему обращению"
FILE_NAME = "document.pdf"
_END = (
    "Письмо отправлено автоматически, отвечать на него не нужно.\n"
    "Если вы его не ждали, удалите его.\n"
)


class Letters:
    """Writes them for one sender."""

    def __init__(self, settings: MailSettings) -> None:
        self._sender = settings.sender
        self._url = settings.public_url
        self._domain = settings.sender.rpartition("@")[2]

    def code(self, address: str, key: str, now: datetime, code: str, minutes: int) -> bytes:
        """The code that confirms the address."""
        words = (
            "Здравствуйте!\n\n"
            f"Код подтверждения адреса: {code}\n\n"
            f"Введите его на своей странице пациента. Код действует {minutes} минут.\n\n{_END}"
        )
        return self._letter(CODE_SUBJECT, address, key, now, words).as_bytes()

    def with_link(self, address: str, key: str, now: datetime, token: str, until: str) -> bytes:
        """A link behind which the document waits; the token stands behind the #, which no browser
        sends."""
        words = (
            "Здравствуйте!\n\n"
            "Готов документ по вашему обращению. Он подписан электронной подписью.\n\n"
            f"Скачать: {self._url}{LINK_PAGE}#{token}\n\n"
            f"Ссылка сработает один раз, до {until}. Никому её не пересылайте.\n"
            f"Документ остаётся и на вашей странице пациента.\n\n{_END}"
        )
        return self._letter(DOCUMENT_SUBJECT, address, key, now, words).as_bytes()

    def with_file(self, address: str, key: str, now: datetime, pdf: bytes) -> bytes:
        """The signed PDF itself, byte for byte (SOK-8)."""
        words = (
            "Здравствуйте!\n\n"
            "Готов документ по вашему обращению: он приложен к письму (PDF) и подписан "
            "электронной подписью.\n\n"
            f"Документ остаётся и на вашей странице пациента.\n\n{_END}"
        )
        letter = self._letter(DOCUMENT_SUBJECT, address, key, now, words)
        letter.add_attachment(pdf, maintype="application", subtype="pdf", filename=FILE_NAME)
        return letter.as_bytes()

    def _letter(
        self, subject: str, address: str, key: str, now: datetime, words: str
    ) -> EmailMessage:
        """`key` makes the Message-ID: a letter that is sent twice is known as one."""
        letter = EmailMessage(policy=SMTP)
        letter["From"] = self._sender
        letter["To"] = address
        letter["Subject"] = subject
        letter["Date"] = format_datetime(now)
        letter["Message-ID"] = f"<{key}@{self._domain}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(words, cte="base64")
        return letter
