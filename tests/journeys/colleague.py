"""Another doctor of the same centre, at another desk: a client of the same server.

As a program (`python -m tests.journeys.colleague URL SECONDS`) it takes and gives back requests ten
times a second: the load under which the window must not stall.
"""

import asyncio
import sys
import time
from types import TracebackType
from typing import Self

from backend_client.client import BackendClient
from backend_client.models.requests import Action, QueueGroup, RequestRow

LOGIN = "safonov"
CHANGES_A_SECOND = 10


class Colleague:
    """Signed in as a demo doctor who is not listed on the sign-in screen."""

    def __init__(self, address: str, password: str) -> None:
        self._client = BackendClient(address)
        self._password = password

    async def __aenter__(self) -> Self:
        await self._client.account.sign_in(LOGIN, self._password)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._client.aclose()

    async def free_requests(self) -> list[RequestRow]:
        """Requests that can be taken now."""
        page = await self._client.requests.page(QueueGroup.UNCLAIMED)
        return [row for row in page.items if Action.CLAIM in row.allowed_actions]

    async def take(self, row: RequestRow) -> None:
        """Claims the request."""
        await self._client.requests.claim(row.id)

    async def give_back(self, row: RequestRow) -> None:
        """Releases it."""
        await self._client.requests.release(row.id)


async def demo_password(address: str) -> str:
    """The password that all demo accounts share."""
    client = BackendClient(address)
    try:
        return (await client.account.demo_accounts())[0].password
    finally:
        await client.aclose()


async def keep_changing(address: str, seconds: float) -> int:
    """Ten changes a second for so long; returns how many were made."""
    made = 0
    async with Colleague(address, await demo_password(address)) as colleague:
        rows = await colleague.free_requests()
        end = time.monotonic() + seconds
        while (now := time.monotonic()) < end:
            row = rows[(made // 2) % len(rows)]
            await (colleague.give_back(row) if made % 2 else colleague.take(row))
            made += 1
            await asyncio.sleep(max(0.0, now + 1 / CHANGES_A_SECOND - time.monotonic()))
        if made % 2:
            await colleague.give_back(rows[((made - 1) // 2) % len(rows)])
    return made


if __name__ == "__main__":
    asyncio.run(keep_changing(sys.argv[1], float(sys.argv[2])))
