"""A call that its caller has left behind takes nothing from those that come after it."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from backend_client.client import BackendClient
from backend_client.models.requests import QueueCounts, QueueGroup
from tests.client.answering import IMPATIENT, make_signed_in, ok
from tests.factories import NOW

COUNTS = QueueCounts(counts={QueueGroup.ALL: 3})
ROUNDS = 700
"""Of up to three calls: without `WholeCalls` these took all hundred connections of the pool."""
SEED = 20261122


@asynccontextmanager
async def counting_server() -> AsyncIterator[str]:
    """Answers every request with the counts, over connections that stay open."""
    answer = await ok(COUNTS).aread()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(answer)}\r\n"

    serving: list[asyncio.Future[None]] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        served = asyncio.get_running_loop().create_future()
        serving.append(served)
        with suppress(asyncio.IncompleteReadError, ConnectionError):  # the client has gone
            while True:
                await reader.readuntil(b"\r\n\r\n")
                writer.write(head.encode() + b"\r\n" + answer)
        writer.close()
        served.set_result(None)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    await asyncio.gather(*serving)


async def test_any_number_of_calls_may_be_left_at_any_moment() -> None:
    chance = random.Random(SEED)
    async with counting_server() as address:
        client = BackendClient(address, timeouts=IMPATIENT, now=lambda: NOW)
        await client.session.accept(make_signed_in())
        for _ in range(ROUNDS):
            calls = [asyncio.create_task(client.requests.counts()) for _ in range(3)]
            for _ in range(chance.randrange(20)):
                await asyncio.sleep(0)
            for call in calls:
                call.cancel()
            await asyncio.gather(*calls, return_exceptions=True)
        assert await client.requests.counts() == COUNTS
        await client.aclose()
