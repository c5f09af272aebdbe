"""Questions to the services of trust over HTTP: one deadline for a whole answer, typed failures."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import Final, Self
from urllib.parse import urlsplit

import aiohttp

logger = logging.getLogger(__name__)

_LARGEST_ANSWER: Final = 8 * 1024 * 1024
"""Bytes; a revocation list above that would not fit into a conclusion either."""
_MOST_REDIRECTS: Final = 3


class Trouble(Enum):
    """Why a service gave no answer that can be used."""

    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    REFUSED = "refused"
    """It answered with an error of HTTP."""
    UNUSABLE = "unusable"
    """Too long, or not what was asked for."""


class ServiceTrouble(Exception):
    """A service that did not help; stays inside of this package."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked: a POST with a body, else a GET."""

    url: str
    accept: str
    body: bytes | None = None
    content_type: str = ""


class Wire:
    """One session of HTTP inside one running loop; remembers what time the services told."""

    def __init__(self, timeout: float) -> None:
        """`timeout`: seconds for each whole answer, however slowly it drips."""
        self._timeout = timeout
        self._session: aiohttp.ClientSession | None = None
        self.dates: list[datetime] = []
        """Of the answers (header Date, aware), in order."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()

    async def fetch(self, ask: Ask) -> bytes:
        """The body of a good answer. Raises ServiceTrouble and nothing else."""
        if urlsplit(ask.url).scheme not in ("http", "https"):
            raise ServiceTrouble(Trouble.UNUSABLE)
        try:
            async with asyncio.timeout(self._timeout):
                return await self._fetch(ask)
        except TimeoutError as error:
            raise ServiceTrouble(Trouble.TIMED_OUT) from error
        except (aiohttp.ClientConnectionError, OSError) as error:
            raise ServiceTrouble(Trouble.UNREACHABLE) from error
        except (aiohttp.ClientError, ValueError) as error:
            raise ServiceTrouble(Trouble.UNUSABLE) from error

    async def _fetch(self, ask: Ask) -> bytes:
        headers = {"Accept": ask.accept}
        if ask.content_type:
            headers["Content-Type"] = ask.content_type
        method = "GET" if ask.body is None else "POST"
        async with self._open().request(
            method, ask.url, data=ask.body, headers=headers, max_redirects=_MOST_REDIRECTS
        ) as answer:
            self._note_date(answer.headers.get("Date"))
            if answer.status != 200:
                raise ServiceTrouble(Trouble.REFUSED)
            body = await answer.content.read(_LARGEST_ANSWER)
            while not answer.content.at_eof():
                body += await answer.content.read(_LARGEST_ANSWER)
                if len(body) > _LARGEST_ANSWER:
                    raise ServiceTrouble(Trouble.UNUSABLE)
            return body

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        return self._session

    def _note_date(self, header: str | None) -> None:
        try:
            told = parsedate_to_datetime(header or "")
        except ValueError:
            return
        self.dates.append(told if told.tzinfo is not None else told.replace(tzinfo=UTC))
