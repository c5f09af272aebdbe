"""Asks a server as quickly as it answers, over many connections: a process of its own.

A plan comes as JSON on standard input, what came of it goes to standard output.
"""

import asyncio
import itertools
import sys
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec

END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"content-length: "


class Question(msgspec.Struct, frozen=True):
    """A GET: its path, and who asks (an access token)."""

    path: str
    token: str = ""


class Plan(msgspec.Struct, frozen=True):
    """So many questions, taken from the list in turn, over so many connections."""

    address: str
    questions: list[Question]
    count: int
    connections: int


class Result(msgspec.Struct, frozen=True):
    """Answers by status, and how many bytes their bodies had."""

    statuses: dict[int, int]
    size: int


def written(question: Question, host: str) -> bytes:
    """As a program of ours asks."""
    signed = f"Authorization: Bearer {question.token}\r\n" if question.token else ""
    return (
        f"GET {question.path} HTTP/1.1\r\nHost: {host}\r\nAccept: application/json\r\n"
        f"Accept-Encoding: gzip, deflate\r\nUser-Agent: benchmark\r\n{signed}\r\n"
    ).encode()


class Asker(asyncio.Protocol):
    """One connection: asks, reads the answer, asks again."""

    def __init__(self, questions: Iterator[bytes]) -> None:
        self.statuses: Counter[int] = Counter()
        self.size = 0
        self.over = asyncio.get_running_loop().create_future()
        self._questions = questions
        self._head = b""
        self._left = 0
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """asyncio's hook."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        """asyncio's hook."""
        if self._left:
            self._left -= len(data)
        else:
            self._head += data
            head, found, rest = self._head.partition(END_OF_HEAD)
            if not found:
                return
            self._begin(head.lower(), len(rest))
        if not self._left:
            self._ask()

    def connection_lost(self, error: Exception | None) -> None:
        """asyncio's hook."""
        if not self.over.done():
            self.over.set_exception(error or EOFError("the server has hung up"))

    def _begin(self, head: bytes, got: int) -> None:
        self.statuses[int(head[9:12])] += 1
        length = int(head.partition(LENGTH)[2].partition(b"\r\n")[0])
        self.size += length
        self._left, self._head = length - got, b""

    def _ask(self) -> None:
        question = next(self._questions, None)
        assert self._transport is not None
        if question is not None:
            self._transport.write(question)
        elif not self.over.done():
            self.over.set_result(None)
            self._transport.close()


async def perform(plan: Plan) -> Result:
    """Asks everything."""
    url = urlsplit(plan.address)
    asked = [written(question, url.netloc) for question in plan.questions]
    questions = itertools.islice(itertools.cycle(asked), plan.count)
    loop = asyncio.get_running_loop()
    assert url.hostname is not None
    assert url.port is not None
    host, port = url.hostname, url.port
    askers = []
    for _ in range(plan.connections):
        _, asker = await loop.create_connection(lambda: Asker(questions), host, port)
        askers.append(asker)
    await asyncio.gather(*(asker.over for asker in askers))
    statuses = sum((asker.statuses for asker in askers), Counter[int]())
    return Result(dict(statuses), sum(asker.size for asker in askers))


if __name__ == "__main__":
    given = msgspec.json.decode(sys.stdin.buffer.read(), type=Plan)
    sys.stdout.buffer.write(msgspec.json.encode(asyncio.run(perform(given))))
