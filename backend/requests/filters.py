"""What narrows a list, as conditions on requests; and the filters that an account keeps."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import ColumnElement, and_, delete, false, func, insert, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.changes import Change
from backend.problems import conflict, invalid, not_found, stale_version
from backend.requests.sorting import sorting_of
from backend.requests.visible import visible_requests
from backend.rules.actions import GATED
from backend.rules.catalogues import Catalogues
from backend.search import found_by
from backend.tables import accounts, patients, queue_filters, requests
from backend_client.models.accounts import Account
from backend_client.models.catalogue import Catalogue
from backend_client.models.common import OpenEnum, ProblemCode
from backend_client.models.listing import (
    MOST_FILTERS,
    FilterId,
    Listing,
    NewFilter,
    QueueFilter,
    SavedFilter,
)
from backend_client.models.requests import (
    ClockState,
    ProfileMatch,
    QueueGroup,
    RequestStatus,
)

Condition = ColumnElement[bool]


def narrowed(
    asked: QueueFilter, account: Account, catalogues: Catalogues, now: datetime
) -> list[Condition]:
    """Conditions, all of which hold. Raises Refused (invalid) for words that are not known."""
    if asked == QueueFilter():
        return []
    _refuse_unbounded(asked)
    _refuse_unknown(_words_of(asked))
    found: list[Condition] = []
    if asked.routes:
        found.append(requests.c.route.in_(asked.routes))
    if asked.statuses:
        found.append(requests.c.status.in_(asked.statuses))
    if asked.profiles:
        found.append(_of_profile(asked.profiles, catalogues, account.centre_id))
    if asked.icd10:
        found.append(_begins(asked.icd10))
    if asked.age_from is not None or asked.age_to is not None:
        zone = ZoneInfo(catalogues.newest(account.centre_id).time_zone)
        found.append(_of_age(asked, account, now.astimezone(zone)))
    if asked.due_within_hours is not None:
        found.append(requests.c.due_at <= now + timedelta(hours=asked.due_within_hours))
    if asked.clocks:
        found.append(or_(*(_of_clock(one, now) for one in asked.clocks)))
    if asked.lacks_documents is not None:
        found.append(_LACKS_DOCUMENTS if asked.lacks_documents else not_(_LACKS_DOCUMENTS))
    return found


def searched(search: str, centre_id: str) -> list[Condition]:
    """What a search finds; "" narrows nothing."""
    return [found_by(search, centre_id)] if search else []


async def kept_filters(connection: AsyncConnection, account: Account) -> list[SavedFilter]:
    """The account's own, by name."""
    mine = queue_filters.c.account_id == account.id
    found = select(queue_filters).where(mine).order_by(queue_filters.c.name)
    rows = (await connection.execute(found)).mappings()
    return [
        SavedFilter(
            id=FilterId(row["id"]),
            name=row["name"],
            listing=msgspec.convert(row["listing"], Listing, strict=False),
        )
        for row in rows
    ]


async def keep_filter(change: Change, account: Account, given: NewFilter) -> SavedFilter:
    """Keeps it: a new one, or what `given.was` becomes.

    Raises Refused (invalid, name_taken, too_many_filters, stale_version, not_found).
    """
    name = " ".join(given.name.replace("\0", "").split())
    _refuse_nonsense(name, given.listing)
    one_at_a_time = select(accounts.c.id).where(accounts.c.id == account.id).with_for_update()
    await change.connection.execute(one_at_a_time)
    kept = await kept_filters(change.connection, account)
    _refuse_unfit(kept, given.was, name)
    filter_id = FilterId(str(uuid.uuid4())) if given.was is None else given.was.id
    saved = SavedFilter(id=filter_id, name=name, listing=given.listing)
    values = {"name": name, "listing": msgspec.to_builtins(given.listing)}
    if given.was is None:
        new = {"id": saved.id, "account_id": account.id, **values}
        await change.connection.execute(insert(queue_filters).values(new))
    else:
        here = queue_filters.c.id == saved.id
        await change.connection.execute(update(queue_filters).where(here).values(values))
    return saved


def _refuse_nonsense(name: str, listing: Listing) -> None:
    if not name:
        raise invalid("name: empty")
    if listing.group is QueueGroup.UNKNOWN:
        raise invalid("group: not known")
    sorting_of(listing.sort, descending=listing.descending)
    _refuse_unknown(_words_of(listing.filter))


def _refuse_unfit(kept: list[SavedFilter], was: SavedFilter | None, name: str) -> None:
    """What the account keeps already stands in its way."""
    if was is not None:
        present = next((one for one in kept if one.id == was.id), None)
        if present is None:
            raise not_found()
        if present != was:
            raise stale_version("The filter is another one by now", present)
    elif len(kept) >= MOST_FILTERS:
        title = f"No more than {MOST_FILTERS} filters are kept"
        raise conflict(ProblemCode.TOO_MANY_FILTERS, title)
    others = [one for one in kept if was is None or one.id != was.id]
    if any(one.name.casefold() == name.casefold() for one in others):
        raise conflict(ProblemCode.NAME_TAKEN, "Another filter has that name")


async def drop_filter(change: Change, account: Account, filter_id: str) -> None:
    """Keeps it no more. Raises Refused (not_found)."""
    mine = (queue_filters.c.id == filter_id) & (queue_filters.c.account_id == account.id)
    if not (await change.connection.execute(delete(queue_filters).where(mine))).rowcount:
        raise not_found()


def _refuse_unbounded(asked: QueueFilter) -> None:
    """A query's parts are put together without being looked at. Raises Refused (invalid)."""
    try:
        msgspec.convert(msgspec.to_builtins(asked), QueueFilter)
    except msgspec.ValidationError as error:
        raise invalid(f"filter: {error}") from error


def _refuse_unknown(words: list[OpenEnum]) -> None:
    if any(word.value == "unknown" for word in words):
        raise invalid("filter: a word that is not known")


def _words_of(asked: QueueFilter) -> list[OpenEnum]:
    return [*asked.routes, *asked.statuses, *asked.profiles, *asked.clocks]


def _of_clock(state: ClockState, now: datetime) -> Condition:
    """As `rules/clocks.py`, clock_state, says it."""
    due, soon = requests.c.due_at, requests.c.soon_at
    said: dict[ClockState, Condition] = {
        ClockState.NONE: due.is_(None),
        ClockState.BREACHED: due <= now,
        ClockState.SOON: and_(due > now, soon <= now),
        ClockState.RUNNING: and_(due > now, or_(soon.is_(None), soon > now)),
    }
    return said[state]


_AWAITING = RequestStatus.AWAITING_DOCUMENTS
_LACKS_DOCUMENTS: Condition = or_(
    requests.c.status == _AWAITING,
    and_(requests.c.status_before_claim.is_not(None), requests.c.status_before_claim == _AWAITING),
    and_(requests.c.route.in_(sorted(GATED)), requests.c.documents_complete_at.is_(None)),
)
"""As `rules/completeness.py`, awaits_documents, says it; its status alone before it is held."""


def _begins(prefixes: list[str]) -> Condition:
    return or_(*(requests.c.icd10.startswith(one.upper(), autoescape=True) for one in prefixes))


def _of_age(asked: QueueFilter, account: Account, today: datetime) -> Condition:
    """By the birth date, on a day of the centre's calendar."""
    born: list[Condition] = [patients.c.centre_id == account.centre_id]
    if asked.age_from is not None:
        born.append(patients.c.birth_date <= _years_before(today, asked.age_from))
    if asked.age_to is not None:
        born.append(patients.c.birth_date > _years_before(today, asked.age_to + 1))
    return requests.c.patient_id.in_(select(patients.c.id).where(*born))


def _years_before(today: datetime, years: int) -> object:
    """The same day so many years ago; a leap day's is the first of March."""
    year = max(1, today.year - years)
    try:
        return today.date().replace(year=year)
    except ValueError:
        return today.date().replace(year=year, month=3, day=1)


def _of_profile(wanted: list[ProfileMatch], catalogues: Catalogues, centre_id: str) -> Condition:
    """As `rules/profile.py` says it, by the catalogue of the day when a request was made."""
    code = func.upper(func.trim(requests.c.icd10))
    has_code = and_(requests.c.icd10.is_not(None), code != "")
    listed: Condition = false()
    in_a_period: Condition = false()
    for begins, ends, version in catalogues.periods(centre_id):
        period = and_(requests.c.created_at >= begins, requests.c.created_at < ends)
        listed = or_(listed, and_(period, _listed(version)))
        in_a_period = or_(in_a_period, period)
    listed = or_(listed, and_(~in_a_period, _listed(catalogues.newest(centre_id))))
    said: dict[ProfileMatch, Callable[[], Condition]] = {
        ProfileMatch.NOT_DETERMINED: lambda: ~has_code,
        ProfileMatch.IN_PROFILE: lambda: and_(has_code, listed),
        ProfileMatch.OUT_OF_PROFILE: lambda: and_(has_code, ~listed),
    }
    return or_(*(said[one]() for one in wanted))


def _listed(catalogue: Catalogue) -> Condition:
    prefixes = [prefix for group in catalogue.diseases for prefix in group.icd10_prefixes]
    code = func.upper(func.trim(requests.c.icd10))
    return or_(false(), *(code.startswith(one, autoescape=True) for one in prefixes))


def of_listing(
    listing: Listing, account: Account, catalogues: Catalogues, now: datetime
) -> list[Condition]:
    """Everything but the group. Raises Refused (invalid)."""
    return [
        visible_requests(account),
        *narrowed(listing.filter, account, catalogues, now),
        *searched(listing.search, account.centre_id),
    ]
