"""Events that overtake an answer: what was heard while a list was on its way counts for more."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from backend_client.models.common import RequestId
from backend_client.models.requests import RequestRow

Heard = dict[RequestId, RequestRow | None]
"""Latest rows by request; None: gone from this account's sight."""


class Listening:
    """Keeps what is heard for every answer that is still awaited."""

    def __init__(self) -> None:
        self._open: list[Heard] = []

    @contextmanager
    def while_waiting(self) -> Iterator[Heard]:
        """Collects what is heard inside the block."""
        heard: Heard = {}
        self._open.append(heard)
        try:
            yield heard
        finally:
            self._open = [one for one in self._open if one is not heard]

    def hear(self, request_id: RequestId, row: RequestRow | None) -> None:
        """Notes a row, or that it is gone, for all who wait."""
        for heard in self._open:
            heard[request_id] = row


def with_heard(rows: Iterable[RequestRow], heard: Heard) -> list[RequestRow]:
    """The rows of an answer, each in its newest state, without those that are gone."""
    newest = ((row, heard.get(row.id, row)) for row in rows)
    return [newer(row, other) for row, other in newest if other is not None]


def newer(one: RequestRow, other: RequestRow) -> RequestRow:
    """The newer of two states of a row."""
    return other if other.age >= one.age else one
