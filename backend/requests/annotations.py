"""Measurements of a request's doctor: kept with the file's hash, read by the whole centre."""

from datetime import datetime

import msgspec
from sqlalchemy import RowMapping, Select, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.accounts.names import short_name
from backend.changes import Change
from backend.events.log import Kind
from backend.pages import Keyset, Ordinal, Place
from backend.problems import invalid, not_found
from backend.requests.consents import is_withdrawn, refuse_withdrawn
from backend.requests.file_answers import refuse_anothers
from backend.requests.moving import Standing, owned_by, refuse_unless_known
from backend.requests.visible import refuse_unseen
from backend.tables import accounts, annotations, documents, requests
from backend_client.models.accounts import Account
from backend_client.models.annotations import (
    MOST_ANNOTATIONS,
    Annotation,
    Calibration,
    PutAnnotation,
)
from backend_client.models.common import Page
from backend_client.models.evidence import Place as PlaceInFile
from backend_client.models.requests import Action

PLACE = msgspec.json.Decoder(PlaceInFile)
CALIBRATION = msgspec.json.Decoder(Calibration)
SAID = ("label", "text", "quantity", "unit", "scale")


class _Number(Place, frozen=True, array_like=True):
    """Where a page ended."""

    number: Ordinal


MADE = Keyset(_Number, (annotations.c.number,))


async def annotations_of(
    connection: AsyncConnection,
    account: Account,
    request_id: str,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[Annotation]:
    """What stands, in the order in which it was made.

    Raises Refused (not_found, consent_missing: with the files; invalid).
    """
    await refuse_unseen(connection, account, request_id)
    withdrawn = select(is_withdrawn(requests.c.id)).where(requests.c.id == request_id)
    if (await connection.execute(withdrawn)).scalar():
        raise refuse_withdrawn()
    found = _shown().where(annotations.c.request_id == request_id, annotations.c.removed.is_(False))
    return await MADE.page(connection, found, cursor, limit, _annotation)


async def annotation(connection: AsyncConnection, annotation_id: str) -> Annotation | None:
    """One of them, removed or not."""
    found = _shown().where(annotations.c.id == annotation_id)
    row = (await connection.execute(found)).mappings().first()
    return None if row is None else _annotation(row)


async def put_annotation(
    change: Change, account: Account, request_id: str, given: PutAnnotation, now: datetime
) -> Annotation:
    """A new one, or the present state of a known one; one that was removed stays removed.

    Raises Refused (not_found, forbidden, claimed_by_other, move_not_allowed, source_not_of_case,
    invalid: no such file of the request, or not these bytes; too many).
    """
    standing = await _writable(change, account, request_id)
    await _refuse_foreign(change, standing, given)
    known = await annotation(change.connection, given.id)
    if known is None:
        await _add(change, account, standing, given, now)
    elif known.request_id != request_id:
        raise not_found()
    elif known.removed or _same(known, given):
        return known
    else:
        await _change(change, given.id, **_values(account, given, now))
    return await _told(change, request_id, given.id)


async def remove_annotation(
    change: Change, account: Account, request_id: str, annotation_id: str, now: datetime
) -> Annotation:
    """It stands no more; removed twice is removed.

    Raises Refused (not_found, forbidden, claimed_by_other, move_not_allowed).
    """
    await _writable(change, account, request_id)
    known = await annotation(change.connection, annotation_id)
    if known is None or known.request_id != request_id:
        raise not_found()
    if known.removed:
        return known
    await _change(change, annotation_id, removed=True, made_by=account.id, made_at=now)
    return await _told(change, request_id, annotation_id)


async def _writable(change: Change, account: Account, request_id: str) -> Standing:
    standing = await owned_by(change, account, request_id)
    refuse_unless_known(Action.WRITE_CONCLUSION, standing)
    return standing


async def _refuse_foreign(change: Change, standing: Standing, given: PutAnnotation) -> None:
    found = select(documents.c.sha256).where(
        documents.c.id == given.document_id, documents.c.request_id == standing.id
    )
    if (await change.connection.execute(found)).scalar() != given.sha256:
        raise invalid("document_id: not this file of the request")
    await refuse_anothers(change, given.document_id)


async def _add(
    change: Change, account: Account, standing: Standing, given: PutAnnotation, now: datetime
) -> None:
    mine = annotations.c.request_id == standing.id
    counted = select(
        func.coalesce(func.max(annotations.c.number), 0),
        func.count().filter(annotations.c.removed.is_(False)),
    )
    last, count = (await change.connection.execute(counted.where(mine))).one()
    if count >= MOST_ANNOTATIONS:
        raise invalid(f"id: {MOST_ANNOTATIONS} stand already")
    row = {
        "id": given.id,
        "request_id": standing.id,
        "number": last + 1,
        "version": 1,
        "removed": False,
        **_values(account, given, now),
    }
    await change.connection.execute(insert(annotations).values(row))


async def _change(change: Change, annotation_id: str, **values: object) -> None:
    which = annotations.c.id == annotation_id
    values["version"] = annotations.c.version + 1
    await change.connection.execute(update(annotations).where(which).values(values))


async def _told(change: Change, request_id: str, annotation_id: str) -> Annotation:
    change.tell(request_id, Kind.ANNOTATION, annotation_id)
    kept = await annotation(change.connection, annotation_id)
    assert kept is not None  # it was just written
    return kept


def _values(account: Account, given: PutAnnotation, now: datetime) -> dict[str, object]:
    # PostgreSQL does not take NUL.
    words = {name: getattr(given, name).replace("\0", "") for name in SAID}
    return {
        "document_id": given.document_id,
        "sha256": given.sha256,
        "place": _written(given.place),
        "calibration": _written(given.calibration),
        "value": given.value,
        "origin": given.origin,
        "made_by": account.id,
        "made_at": now,
        **words,
    }


def _same(known: Annotation, given: PutAnnotation) -> bool:
    """Whether nothing would be another one: it was put before."""
    return all(getattr(known, name) == getattr(given, name) for name in given.__struct_fields__)


def _written(said: PlaceInFile | Calibration) -> str:
    """JSON; a NUL stands there as an escape, which text columns take."""
    return msgspec.json.encode(said).decode()


def _shown() -> Select[*tuple[object, ...]]:
    return select(*annotations.c, accounts.c.full_name).join(
        accounts, accounts.c.id == annotations.c.made_by
    )


def _annotation(row: RowMapping) -> Annotation:
    own = {name: row[name] for name in Annotation.__struct_fields__ if name in row}
    return Annotation(
        **{
            **own,
            "place": PLACE.decode(row["place"]),
            "calibration": CALIBRATION.decode(row["calibration"]),
            "made_by_name": short_name(row["full_name"]),
        }
    )
