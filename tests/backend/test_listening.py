"""The listening socket."""

import asyncio
import socket

from backend.listening import listen


async def test_small_answers_are_sent_at_once() -> None:
    """Nagle's algorithm is off for accepted connections: no 40 ms on every answer."""
    accepted: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def note(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = writer.get_extra_info("socket")
        accepted.set_result(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    listener = listen("127.0.0.1", 0)
    port = listener.getsockname()[1]
    async with await asyncio.start_server(note, sock=listener):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        assert await accepted != 0
        await reader.read()
        writer.close()
        await writer.wait_closed()
