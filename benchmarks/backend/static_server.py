"""The floor: a handler with a small constant answer, served as the backend is served.

With a file's name: a second one answers with the file's bytes, at /file.
"""

import asyncio
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from litestar import Litestar, Response, get
from litestar.handlers import HTTPRouteHandler

from backend.listening import address_of, listen
from backend.serve import Server

HOST = "127.0.0.1"


@get("/static")
async def static() -> dict[str, str]:
    """Says always the same."""
    return {"status": "ok"}


def file_route(content: bytes) -> HTTPRouteHandler:
    """Answers with these bytes."""

    @get("/file")
    async def file() -> Response[bytes]:
        return Response(content, media_type="application/json")

    return file


async def _serve(files: Sequence[HTTPRouteHandler]) -> None:
    app = Litestar([static, *files], openapi_config=None, logging_config=None)
    socket = listen(HOST, 0)
    with closing(socket):
        await Server(app, address_of(socket, HOST)).serve(sockets=[socket])


if __name__ == "__main__":
    asyncio.run(_serve([file_route(Path(name).read_bytes()) for name in sys.argv[1:]]))
