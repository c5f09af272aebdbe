"""HTTP calls that end by themselves, also where nobody waits for them any more."""

import asyncio

import httpx


class WholeCalls:
    """Sends requests in tasks of their own: who is cancelled leaves the call, not its connection.

    A call that is cancelled inside the pool can leave a connection there that is neither used nor
    given back (encode/httpcore issue 1093). A list that is scrolled in haste leaves dozens of
    calls; after a hundred such connections no call would ever reach a healthy server again.
    """

    def __init__(self) -> None:
        self._going_on: set[asyncio.Task[httpx.Response]] = set()
        self._closing: set[asyncio.Task[None]] = set()

    async def send(
        self, client: httpx.AsyncClient, request: httpx.Request, *, stream: bool = False
    ) -> httpx.Response:
        """As `client.send`, and raises what it raises. A left call's answer is thrown away."""
        call = asyncio.create_task(client.send(request, stream=stream))
        self._going_on.add(call)
        call.add_done_callback(self._going_on.discard)
        try:
            return await asyncio.shield(call)
        except asyncio.CancelledError:
            call.add_done_callback(self._throw_away)
            raise

    async def aclose(self) -> None:
        """Ends the calls that were left; the clients are closed afterwards."""
        for call in self._going_on:
            call.cancel()
        await asyncio.gather(*self._going_on, *self._closing, return_exceptions=True)

    def _throw_away(self, call: asyncio.Task[httpx.Response]) -> None:
        if call.cancelled() or call.exception() is not None:
            return
        closing = asyncio.create_task(call.result().aclose())
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)
