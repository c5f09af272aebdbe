"""A link of 20 Mbit/s and 20 ms there and back before a server: a process of its own.

python -m benchmarks.queue.slow_link HOST:PORT; says where it listens, ends with its standard input.
"""

import asyncio
import contextlib
import sys
from asyncio import StreamReader, StreamWriter

MBIT = 20
BYTES_A_SECOND = MBIT * 1_000_000 / 8
ONE_WAY_S = 0.01
PIECE = 16 * 1024
SAID = "listening on "


class Wire:
    """One direction, shared by all connections: pieces leave one after the other."""

    def __init__(self) -> None:
        self._free_at = 0.0

    async def pass_on(self, size: int) -> None:
        """Waits until so many bytes have left."""
        now = asyncio.get_running_loop().time()
        self._free_at = max(now, self._free_at) + size / BYTES_A_SECOND
        await asyncio.sleep(self._free_at - now)


async def carry(source: StreamReader, target: StreamWriter, wire: Wire) -> None:
    """Bytes of one connection in one direction; what has left arrives a little later."""
    on_the_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
    arriving = asyncio.create_task(arrive(on_the_way, target))
    loop = asyncio.get_running_loop()
    try:
        while piece := await source.read(PIECE):
            if arriving.done():
                break
            await wire.pass_on(len(piece))
            on_the_way.put_nowait((loop.time() + ONE_WAY_S, piece))
        on_the_way.put_nowait((loop.time() + ONE_WAY_S, b""))
        await arriving
    except OSError:
        pass  # one of the two has hung up
    finally:
        arriving.cancel()
        target.close()


async def arrive(on_the_way: "asyncio.Queue[tuple[float, bytes]]", target: StreamWriter) -> None:
    """Hands over what has come to this end."""
    loop = asyncio.get_running_loop()
    while True:
        at, piece = await on_the_way.get()
        await asyncio.sleep(max(0.0, at - loop.time()))
        if not piece or target.is_closing():
            return
        with contextlib.suppress(OSError):
            target.write(piece)
            await target.drain()


async def serve(host: str, port: int) -> None:
    """Until standard input ends."""
    down, up = Wire(), Wire()

    async def connected(reader: StreamReader, writer: StreamWriter) -> None:
        to_reader, to_writer = await asyncio.open_connection(host, port, limit=2 * PIECE)
        # Cancelled at the end of the program, of which asyncio's streams would make an error.
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(carry(reader, to_writer, up), carry(to_reader, writer, down))

    server = await asyncio.start_server(connected, "127.0.0.1", 0, limit=2 * PIECE)
    address = server.sockets[0].getsockname()
    sys.stdout.write(f"{SAID}http://127.0.0.1:{address[1]}\n")
    sys.stdout.flush()
    async with server:
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    name, _, number = sys.argv[1].rpartition(":")
    asyncio.run(serve(name, int(number)))
