"""Bytes from the store of files itself (S3), by addresses that are good for a short time."""

from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing, asynccontextmanager
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

import httpx

from backend_client.errors import BrokenAnswer, NotFound
from backend_client.models.common import DocumentId
from backend_client.models.documents import FileLink
from backend_client.transport import LOOPBACK, Transport, chunks_of, own_errors

_GOOD: Final = frozenset({HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT})


class FileStore:
    """The road past the server. It is left for good where it leads nowhere from this computer.

    An address is a secret: who has it has the file. It goes into no error's text.
    """

    def __init__(self, transport: Transport, given: httpx.AsyncBaseTransport | None) -> None:
        self._transport = transport
        self._given = given
        self._leads = True
        self._clients: dict[tuple[bool, bool], httpx.AsyncClient] = {}

    async def address(self, document_id: DocumentId) -> str | None:
        """Where the file's bytes are; None: they come from the server. Raises BackendError."""
        if not self._leads:
            return None
        try:
            path = f"/documents/{quote(document_id, safe='')}/link"
            url = (await self._transport.get(path, FileLink)).url
        except NotFound:  # of the file, or of the question: the server's own road tells
            return None
        if url is None or not self._is_fit(url):
            self.leave()
            return None
        return url

    def leave(self) -> None:
        """From now on everything comes from the server."""
        self._leads = False

    @asynccontextmanager
    async def stream(
        self, url: str, headers: Mapping[str, str]
    ) -> AsyncIterator[tuple[int, httpx.Headers, AsyncIterator[bytes]]]:
        """Status, headers and bytes. Raises BackendError; BrokenAnswer where the store refuses."""
        with own_errors():
            client = self._client(url)
            asked = {**headers, "Accept-Encoding": "identity"}
            request = client.build_request("GET", url, headers=asked)
            response = await self._transport.calls.send(client, request, stream=True)
        try:
            if response.status_code not in _GOOD:
                raise BrokenAnswer(f"the store says {response.status_code}")
            async with aclosing(chunks_of(response)) as chunks:
                yield response.status_code, response.headers, chunks
        finally:
            await response.aclose()

    async def aclose(self) -> None:
        """Closes the connections."""
        for client in self._clients.values():
            await client.aclose()

    def _is_fit(self, url: str) -> bool:
        """Whether it is an address; what is told over TLS is not fetched without."""
        try:
            told, given = httpx.URL(self._transport.base_url), httpx.URL(url)
        except httpx.InvalidURL:
            return False
        return bool(given.host) and given.scheme in {"https", told.scheme}

    def _client(self, url: str) -> httpx.AsyncClient:
        """Not the server's: no token goes to the store. No proxy stands before this computer."""
        is_local, is_safe = httpx.URL(url).host in LOOPBACK, url.startswith("https:")
        if (is_local, is_safe) not in self._clients:
            limits = self._transport.timeouts
            self._clients[is_local, is_safe] = httpx.AsyncClient(
                transport=self._given,
                trust_env=not is_local,
                verify=is_safe,  # no TLS: no CAs to load
                timeout=httpx.Timeout(limits.silence, connect=limits.connect),
            )
        return self._clients[is_local, is_safe]
