"""Copies of what the server last said, readable without it. Written from its answers only."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, Select, delete, exists, func, select
from sqlalchemy.dialects.sqlite import Insert, insert

from backend_client.models.catalogue import ConclusionTemplate
from backend_client.models.common import RequestId
from backend_client.models.documents import Document
from backend_client.models.hanging import Hanging
from backend_client.models.phrases import Phrases
from backend_client.models.requests import QueueCounts, QueueGroup, RequestCard, RequestRow
from workstation.core.errors import StoreError
from workstation.core.kept_filters import KeptFilters
from workstation.store.database import Database
from workstation.store.tables import annotations, cards, facts, queue_entries, queue_lists, requests

logger = logging.getLogger(__name__)
Result = TypeVar("Result")

COUNTS = "counts"
FILTERS = "filters"
HANGING = "hanging"
TEMPLATES = "templates"
PHRASES = "phrases"
MOST_CARDS = 500
MOST_LISTED = 1000
"""Rows of a list that are kept: its beginning, however far it is scrolled."""


@dataclass(frozen=True, slots=True)
class CachedList:
    """Rows of a group as they were at `as_of`."""

    rows: list[RequestRow]
    as_of: datetime


@dataclass(frozen=True, slots=True)
class CachedCard:
    """A card as it was at `as_of`."""

    card: RequestCard
    as_of: datetime


class Cache:
    """Never raises StoreError: what cannot be kept is fetched again, what cannot be read is None.

    All moments are aware UTC.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep_page(
        self, group: QueueGroup, rows: list[RequestRow], is_first: bool, as_of: datetime
    ) -> None:
        """Keeps a page of a group's list; the first one begins the list anew."""

        def write(connection: Connection) -> None:
            if is_first:
                _begin_list(connection, group, as_of)
            kept = rows[: _room_in(connection, group.value)]
            _keep_rows(connection, kept)
            _append(connection, group.value, kept)

        await self._quietly(write)

    async def page(self, group: QueueGroup, search: str = "") -> CachedList | None:
        """What is kept of a group's list, only rows that hold the words searched for."""
        return await self._quietly(lambda connection: _read_list(connection, group, search))

    async def keep_heard(self, heard: Mapping[RequestId, RequestRow | None]) -> None:
        """Takes rows from the event stream; None: gone."""

        def write(connection: Connection) -> None:
            _forget(connection, [key for key, row in heard.items() if row is None])
            rows = [row for row in heard.values() if row is not None]
            _keep_rows(connection, rows)
            for group in connection.execute(select(queue_lists.c.queue_group)).scalars().all():
                _strike(connection, group, [row.id for row in rows if group not in row.groups])
                _append(connection, group, [row for row in rows if group in row.groups])

        await self._quietly(write)

    async def keep_card(self, card: RequestCard, as_of: datetime) -> None:
        """Keeps a card and its row; of many cards the oldest go."""

        def write(connection: Connection) -> None:
            _keep_rows(connection, [card.row])
            _keep_card(connection, card, as_of)
            newest = select(cards.c.request_id).order_by(cards.c.as_of.desc()).limit(MOST_CARDS)
            connection.execute(delete(cards).where(cards.c.request_id.not_in(newest)))

        await self._quietly(write)

    async def card(self, request_id: RequestId) -> CachedCard | None:
        """The kept card, with the row's newest known state."""
        return await self._quietly(lambda connection: _read_card(connection, request_id))

    async def keep_documents(self, documents: Sequence[Document]) -> None:
        """Takes the new states of documents of one request into its card."""
        fresh = {one.id: one for one in documents}

        def write(connection: Connection) -> None:
            kept = _read_card(connection, documents[0].request_id) if documents else None
            if kept is not None:
                files = [fresh.get(one.id, one) for one in kept.card.documents]
                card = msgspec.structs.replace(kept.card, documents=files)
                _keep_card(connection, card, kept.as_of)

        await self._quietly(write)

    async def keep_counts(self, counts: QueueCounts, as_of: datetime) -> None:
        """Keeps how many requests each group holds."""
        await self._keep_fact(COUNTS, msgspec.json.encode(counts), as_of)

    async def counts(self) -> QueueCounts | None:
        """The kept numbers."""
        kept = await self._fact(COUNTS)
        return None if kept is None else _decoded(kept, QueueCounts)

    async def keep_filters(self, filters: KeptFilters, as_of: datetime) -> None:
        """Keeps the account's filters and their counts."""
        told = msgspec.structs.replace(filters, as_of=as_of)
        await self._keep_fact(FILTERS, msgspec.json.encode(told), as_of)

    async def filters(self) -> KeptFilters | None:
        """The kept filters, with their time."""
        kept = await self._fact(FILTERS)
        return None if kept is None else _decoded(kept, KeptFilters)

    async def keep_hanging(self, hanging: Hanging, as_of: datetime) -> None:
        """Keeps what the centre has laid down of what opens where."""
        await self._keep_fact(HANGING, msgspec.json.encode(hanging), as_of)

    async def hanging(self) -> Hanging | None:
        """The kept rules."""
        kept = await self._fact(HANGING)
        return None if kept is None else _decoded(kept, Hanging)

    async def keep_templates(self, templates: list[ConclusionTemplate], as_of: datetime) -> None:
        """Keeps the centre's forms of conclusions."""
        await self._keep_fact(TEMPLATES, msgspec.json.encode(templates), as_of)

    async def templates(self) -> list[ConclusionTemplate] | None:
        """The kept forms."""
        kept = await self._fact(TEMPLATES)
        return None if kept is None else _decoded(kept, list[ConclusionTemplate])

    async def keep_phrases(self, phrases: Phrases, as_of: datetime) -> None:
        """Keeps the account's phrases."""
        await self._keep_fact(PHRASES, msgspec.json.encode(phrases), as_of)

    async def phrases(self) -> Phrases | None:
        """The kept phrases."""
        kept = await self._fact(PHRASES)
        return None if kept is None else _decoded(kept, Phrases)

    async def _keep_fact(self, name: str, value: bytes, as_of: datetime) -> None:
        values = {"name": name, "as_of": as_of, "value": value}
        await self._quietly(lambda connection: connection.execute(_upsert(insert(facts), values)))

    async def _fact(self, name: str) -> bytes | None:
        found = select(facts.c.value).where(facts.c.name == name)
        return await self._quietly(lambda connection: connection.execute(found).scalar())

    async def _quietly(self, work: Callable[[Connection], Result]) -> Result | None:
        try:
            return await self._database.run(work)
        except StoreError as error:
            logger.warning("cache: %s %s", type(error).__name__, error)
            return None


def _begin_list(connection: Connection, group: QueueGroup, as_of: datetime) -> None:
    connection.execute(delete(queue_entries).where(queue_entries.c.queue_group == group.value))
    values = {"queue_group": group.value, "as_of": as_of}
    connection.execute(_upsert(insert(queue_lists), values))
    _drop_unlisted(connection)


def _drop_unlisted(connection: Connection) -> None:
    listed = exists().where(queue_entries.c.request_id == requests.c.id)
    on_card = exists().where(cards.c.request_id == requests.c.id)
    connection.execute(delete(requests).where(~listed, ~on_card))


def _strike(connection: Connection, group: str, ids: list[RequestId]) -> None:
    of_list = queue_entries.c.queue_group == group
    connection.execute(delete(queue_entries).where(of_list, queue_entries.c.request_id.in_(ids)))


def _room_in(connection: Connection, group: str) -> int:
    """How many more rows of the list are kept."""
    listed = select(func.count()).where(queue_entries.c.queue_group == group)
    return max(0, MOST_LISTED - connection.execute(listed).scalar_one())


def _append(connection: Connection, group: str, rows: list[RequestRow]) -> None:
    last = select(func.max(queue_entries.c.position))
    end = connection.execute(last.where(queue_entries.c.queue_group == group)).scalar() or 0
    values = [
        {"queue_group": group, "request_id": row.id, "position": position}
        for position, row in enumerate(rows, start=end + 1)
    ]
    if values:
        connection.execute(insert(queue_entries).on_conflict_do_nothing(), values)


def _keep_rows(connection: Connection, rows: Iterable[RequestRow]) -> None:
    statement = insert(requests)
    new = statement.excluded
    statement = statement.on_conflict_do_update(
        index_elements=["id"],
        set_={"version": new.version, "row": new.row},
        where=new.version >= requests.c.version,
    )
    values = [
        {"id": row.id, "version": row.version, "row": msgspec.json.encode(row)} for row in rows
    ]
    if values:
        connection.execute(statement, values)


def _keep_card(connection: Connection, card: RequestCard, as_of: datetime) -> None:
    values = {"request_id": card.row.id, "as_of": as_of, "card": msgspec.json.encode(card)}
    connection.execute(_upsert(insert(cards), values))


def _upsert(statement: Insert, values: Mapping[str, object]) -> Insert:
    return statement.values(dict(values)).on_conflict_do_update(set_=dict(values))


def _forget(connection: Connection, request_ids: list[RequestId]) -> None:
    connection.execute(delete(queue_entries).where(queue_entries.c.request_id.in_(request_ids)))
    connection.execute(delete(cards).where(cards.c.request_id.in_(request_ids)))
    connection.execute(delete(annotations).where(annotations.c.request_id.in_(request_ids)))
    connection.execute(delete(requests).where(requests.c.id.in_(request_ids)))


def _list_time(group: QueueGroup) -> Select[datetime]:
    return select(queue_lists.c.as_of).where(queue_lists.c.queue_group == group.value)


def _read_list(connection: Connection, group: QueueGroup, search: str) -> CachedList | None:
    as_of = connection.execute(_list_time(group)).scalar()
    if as_of is None:
        return None
    found = (
        select(requests.c.row)
        .join(queue_entries, queue_entries.c.request_id == requests.c.id)
        .where(queue_entries.c.queue_group == group.value)
        .order_by(queue_entries.c.position)
    )
    rows = [_decoded(kept, RequestRow) for kept in connection.execute(found).scalars()]
    words = _folded(search).split()
    return CachedList([row for row in rows if row is not None and _holds(row, words)], as_of)


def _read_card(connection: Connection, request_id: RequestId) -> CachedCard | None:
    found = (
        select(cards.c.card, cards.c.as_of, requests.c.row)
        .join(requests, requests.c.id == cards.c.request_id)
        .where(cards.c.request_id == request_id)
    )
    kept = connection.execute(found).first()
    card = None if kept is None else _decoded(kept.card, RequestCard)
    row = None if kept is None else _decoded(kept.row, RequestRow)
    if kept is None or card is None or row is None:
        return None
    return CachedCard(msgspec.structs.replace(card, row=row), kept.as_of)


def _decoded(kept: bytes, kind: type[Result]) -> Result | None:
    try:
        return msgspec.json.decode(kept, type=kind)
    except msgspec.MsgspecError:
        return None  # kept by a version with another contract


def _holds(row: RequestRow, words: list[str]) -> bool:
    text = _folded(
        f"{row.patient.full_name} {row.diagnosis.text} {row.diagnosis.icd10} {row.number}"
    )
    return all(word in text for word in words)


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")
