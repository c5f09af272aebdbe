"""The order of the queue, and cursors: the place of the last row that was given."""

import base64
import binascii
from datetime import UTC, datetime

import msgspec
from sqlalchemy import ColumnElement, tuple_

from backend.problems import invalid
from backend.requests.records import RequestRecord
from backend.tables import requests

ORDER = (requests.c.threat_rank, requests.c.due_rank, requests.c.id)
"""Threats to life first, then by due time, those without one last."""
END_OF_TIME = datetime(9000, 1, 1, tzinfo=UTC)


def ranks(life_threat: bool, due_at: datetime | None) -> dict[str, int | datetime]:
    """What a request keeps so that an index holds the order."""
    return {"threat_rank": 0 if life_threat else 1, "due_rank": due_at or END_OF_TIME}


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Values of ORDER."""

    threat_rank: int
    due_rank: datetime
    id: str


def cursor_behind(record: RequestRecord) -> str:
    """Continues behind the record."""
    place = Place(0 if record.life_threat else 1, record.due_rank, record.id)
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode()


def behind(cursor: str) -> ColumnElement[bool]:
    """A condition on `requests`; raises Refused (invalid) for a cursor that is not ours."""
    try:
        place = msgspec.json.decode(base64.urlsafe_b64decode(cursor), type=Place)
    except (binascii.Error, msgspec.DecodeError, ValueError) as error:
        raise invalid("cursor: not one of this server") from error
    if place.due_rank.tzinfo is None or place.threat_rank not in (0, 1) or "\0" in place.id:
        raise invalid("cursor: not one of this server")
    return tuple_(*ORDER) > (place.threat_rank, place.due_rank, place.id)
