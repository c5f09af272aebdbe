"""The statements of a list: its rows in an order, cut to a page, or walked along."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    bindparam,
    func,
    literal_column,
    select,
    true,
)
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from backend.requests.groups import in_list
from backend.requests.order import ORDER, behind
from backend.requests.records import OWN, select_records, seq_of
from backend.requests.sorting import KEY, Sorting
from backend.requests.visible import in_centre
from backend.tables import requests
from backend_client.models.listing import MOST_COUNTED, Listing
from backend_client.models.requests import QueueGroup

Statement = Select[*tuple[Any, ...]]
ACCOUNT = bindparam("account_id", type_=requests.c.owner_id.type)
CENTRE = bindparam("centre_id", type_=requests.c.centre_id.type)
WALKED = 5000
"""Rows of a list that are looked at one by one for what is searched for."""


def page_of(
    group: QueueGroup, rank: int | None, limit: int, *conditions: ColumnElement[bool]
) -> Statement:
    """A page of `ordered`."""
    return cut(ordered(group, rank, *conditions), limit)


def ordered(
    group: QueueGroup, rank: int | None, *conditions: ColumnElement[bool], search: str = ""
) -> Statement:
    """By term, the list of whoever is bound as `centre_id` and `account_id`."""
    which = in_list(group, ACCOUNT, search)
    columns = (requests.c[name] for name in (*OWN, "threat_rank"))
    found = select(*columns, seq_of(CENTRE)).where(in_centre(CENTRE), which, *conditions)
    if rank is not None:
        found = found.where(behind(rank))
    return found.order_by(*ORDER)


def in_columns_order(
    listing: Listing, sorting: Sorting, *conditions: ColumnElement[bool]
) -> Statement:
    """The same in the order of a column, whose key stands last in each row."""
    columns = (requests.c[name] for name in OWN)
    which = in_list(listing.group, ACCOUNT, listing.search)
    found = select(*columns, seq_of(CENTRE), sorting.key.label(KEY))
    found = found.where(in_centre(CENTRE), which, *conditions)
    return found.order_by(*sorting.order(sorting.columns))


def cut(found: Statement, limit: int, sorting: Sorting | None = None) -> Statement:
    """A page of it, joined to what its rows name; its limit stands in the statement, so that the
    database knows how little is wanted."""
    # Cut before it is joined: whatever the database expects, it reads no more than the page.
    page = found.limit(literal_column(str(limit + 1))).subquery("page")
    named = select_records(page).order_by(*_order(page.c, sorting))
    return named if sorting is None else named.add_columns(page.c[KEY])


def walk(found: Statement, holds: ColumnElement[bool], sorting: Sorting | None = None) -> Statement:
    """Those of its first rows that are searched for; `holds` says so of rows of "walked"."""
    walked = found.limit(literal_column(str(WALKED))).subquery("walked")
    return select(walked).where(holds).order_by(*_order(walked.c, sorting))


def length(found: Statement) -> Statement:
    """How many rows it has, counted as far as a walk goes and one more."""
    ids = found.with_only_columns(requests.c.id).order_by(None)
    some = ids.limit(literal_column(str(WALKED + 1))).subquery("some")
    return select(func.count()).select_from(some)


def counted(*conditions: ColumnElement[bool]) -> Statement:
    """How many of whoever's centre is bound hold them all, up to MOST_COUNTED: however long the
    list is, no more of it is read."""
    which = select(requests.c.id).where(in_centre(CENTRE), *conditions).limit(MOST_COUNTED)
    return select(func.count()).select_from(which.subquery())


def counted_on_walk(holds: ColumnElement[bool], *conditions: ColumnElement[bool]) -> Statement:
    """How many of the first WALKED hold what is searched for, and how many there are, one more
    than WALKED at most; `holds` says it of rows of "walked"."""
    which = select(requests.c.id).where(in_centre(CENTRE), *conditions)
    walked = which.limit(literal_column(str(WALKED + 1))).subquery("walked")
    return select(func.count().filter(holds), func.count()).select_from(walked)


def counted_among(held: Subquery, *conditions: ColumnElement[bool]) -> Statement:
    """As `counted`, looking at those of `held` one after the other."""
    here = requests.c.id == held.c.request_id
    one: Statement = select(literal_column("1")).where(here, in_centre(CENTRE), *conditions)
    each = one.limit(literal_column("1")).correlate(held).lateral("each")
    some: Statement = select(literal_column("1")).select_from(held.join(each, true()))
    return select(func.count()).select_from(some.limit(MOST_COUNTED).subquery())


def _order(
    columns: ReadOnlyColumnCollection[str, ColumnElement[Any]], sorting: Sorting | None
) -> list[ColumnElement[Any]]:
    """Of a subquery's rows."""
    if sorting is None:
        return [columns[one.name] for one in ORDER]
    return sorting.order((columns[KEY], columns["due_rank"], columns["id"]))
