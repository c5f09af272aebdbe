"""The order of the queue, and its cursors."""

from datetime import UTC, datetime
from typing import Annotated

import msgspec
from sqlalchemy import ColumnElement, and_, bindparam, literal_column, tuple_

from backend.pages import Place as AnyPlace
from backend.pages import PlainId, cursor_at, place_of
from backend.requests.records import RequestRecord
from backend.search import normal
from backend.tables import requests
from backend_client.models.common import UtcTime

ORDER = (requests.c.threat_rank, requests.c.due_rank, requests.c.id)
"""Threats to life first, then by due time, those without one last."""
LONGEST_PATIENT_KEY = 200
END_OF_TIME = datetime(9000, 1, 1, tzinfo=UTC)


class Place(AnyPlace, frozen=True, array_like=True):
    """Values of ORDER."""

    threat_rank: Annotated[int, msgspec.Meta(ge=0, le=1)]
    due_rank: UtcTime
    id: PlainId


def cursor_behind(record: RequestRecord) -> str:
    """Continues behind the record."""
    return cursor_at(Place(0 if record.life_threat else 1, record.due_rank, record.id))


def place_in(cursor: str) -> Place:
    """Where the page begins; raises Refused (invalid) for a cursor that is not ours."""
    return place_of(cursor, Place)


def behind(threat_rank: int) -> ColumnElement[bool]:
    """What stands behind a place of this rank, the rest of which is bound as `place_values`.

    PostgreSQL judges a comparison of rows by their first column: it would expect nothing behind
    the last rank, and sort all that there is. So that rank is named.
    """
    columns = ORDER[1:]
    place = [bindparam(f"behind_{column.name}", type_=column.type) for column in columns]
    if threat_rank:
        last = requests.c.threat_rank == literal_column("1")
        return and_(last, tuple_(*columns) > tuple_(*place))
    return tuple_(*ORDER) > tuple_(literal_column("0"), *place)


def place_values(place: Place) -> dict[str, object]:
    """Parameters of `behind`."""
    return {"behind_due_rank": place.due_rank, "behind_id": place.id}


def up_to(place: Place) -> ColumnElement[bool]:
    """What stands before a place, or in it."""
    return tuple_(*ORDER) <= (place.threat_rank, place.due_rank, place.id)


def patient_key(full_name: str) -> str:
    """By which lists are sorted by patient."""
    return normal(full_name)[:LONGEST_PATIENT_KEY]
