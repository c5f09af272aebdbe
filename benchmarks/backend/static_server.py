"""The floor: one handler with a small constant answer, served as the backend is served."""

import asyncio
from contextlib import closing

from litestar import Litestar, get

from backend.listening import address_of, listen
from backend.serve import Server

HOST = "127.0.0.1"


@get("/static")
async def static() -> dict[str, str]:
    """Says always the same."""
    return {"status": "ok"}


async def _serve() -> None:
    app = Litestar([static], openapi_config=None, logging_config=None)
    socket = listen(HOST, 0)
    with closing(socket):
        await Server(app, address_of(socket, HOST)).serve(sockets=[socket])


if __name__ == "__main__":
    asyncio.run(_serve())
