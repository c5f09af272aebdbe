"""Filters kept by the real backend, as two workstations of one doctor work with them."""

from pathlib import Path

import pytest

from backend_client.errors import Conflict, NotFound, Unreachable
from backend_client.models.common import ProblemCode
from backend_client.models.listing import Listing, QueueFilter, QueueSort, SavedFilter
from backend_client.models.requests import ClockState, ProfileMatch, QueueGroup, RequestStatus
from backend_client.models.routes import Route
from tests.backend.clinic import ClinicMaker
from tests.backend.test_listing import some_requests
from tests.client.test_services_against_backend import Doctor, doctor, on_a_socket, until
from workstation.core.connection import Link
from workstation.core.kept_filters import KeptFilters

EVERYTHING = Listing()
NAMED = {
    "Дежурные": Listing(filter=QueueFilter(routes=[Route.DUTY])),
    "Готовые и в работе": Listing(
        filter=QueueFilter(statuses=[RequestStatus.READY, RequestStatus.CLAIMED])
    ),
    "Профиль": Listing(filter=QueueFilter(profiles=[ProfileMatch.IN_PROFILE])),
    "Ритм": Listing(group=QueueGroup.UNCLAIMED, filter=QueueFilter(icd10=["i4", "Q21"])),
    "Взрослые": Listing(filter=QueueFilter(age_from=18), sort=QueueSort.PATIENT),
    "Без срока": Listing(filter=QueueFilter(clocks=[ClockState.NONE])),
    "Срок": Listing(filter=QueueFilter(clocks=[ClockState.RUNNING], due_within_hours=8000)),
    "Ежов": Listing(search="ежов", descending=True),
    "Никто": Listing(filter=QueueFilter(age_to=0)),
}


async def numbers(who: Doctor, listing: Listing) -> list[str]:
    """The whole list, in the order of the numbers."""
    page = await who.desk.requests.listed(listing)
    rows = list(page.rows)
    while page.next_cursor is not None:
        page = await who.desk.requests.listed(listing, page.next_cursor)
        rows += page.rows
    return sorted(row.number for row in rows)


async def keep_all(who: Doctor) -> list[SavedFilter]:
    return [await who.desk.requests.filters.save(name, one) for name, one in NAMED.items()]


async def test_counts_equal_their_lists_and_go_on_without_the_server(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    """Whatever narrows them; without the server the kept rows are narrowed alike."""
    async with (
        clinics.open(*some_requests(60)) as clinic,
        on_a_socket(clinic) as socket,
        doctor(socket.address, "levashova", tmp_path) as one,
    ):
        saved = await keep_all(one)
        kept = await one.desk.requests.filters.read()
        lists = {each.id: await numbers(one, each.listing) for each in saved}
        assert kept.counts == {key: len(rows) for key, rows in lists.items()}
        assert sum(bool(rows) for rows in lists.values()) == len(NAMED) - 1
        assert kept.as_of is None
        for group in (QueueGroup.ALL, QueueGroup.UNCLAIMED):
            await numbers(one, Listing(group=group))

        await socket.close()
        await until(lambda: one.link is Link.OFFLINE)
        offline = await one.desk.requests.filters.read()
        assert (offline.filters, offline.counts) == (kept.filters, kept.counts)
        assert offline.as_of is not None
        for each in saved:
            assert await numbers(one, each.listing) == lists[each.id], each.name
        with pytest.raises(Unreachable):
            await one.desk.requests.filters.save("Ещё", EVERYTHING)
        with pytest.raises(Unreachable):
            await one.desk.requests.filters.drop(saved[0].id)


async def test_two_workstations_of_one_doctor_have_the_same_filters(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    """Of two who change one, the later is told what it has become; another doctor sees neither."""
    async with (
        clinics.open(*some_requests()) as clinic,
        on_a_socket(clinic) as socket,
        doctor(socket.address, "levashova", tmp_path / "one") as one,
        doctor(socket.address, "levashova", tmp_path / "other") as other,
        doctor(socket.address, "orlov", tmp_path / "orlov") as stranger,
    ):
        here, there = one.desk.requests.filters, other.desk.requests.filters
        first = await here.save("Дежурные", NAMED["Дежурные"])
        assert (await there.read()).filters == (first,)
        assert await stranger.desk.requests.filters.read() == KeptFilters()
        second = await there.save("Дежурства", NAMED["Дежурные"], first)
        with pytest.raises(Conflict) as stale:
            await here.save("Мои", EVERYTHING, first)
        assert stale.value.code is ProblemCode.STALE_VERSION
        assert stale.value.present_as(SavedFilter) == second
        with pytest.raises(Conflict) as taken:
            await here.save("дежурства", EVERYTHING)
        assert taken.value.code is ProblemCode.NAME_TAKEN
        await there.drop(second.id)
        await here.drop(second.id)
        with pytest.raises(NotFound):
            await here.save("Мои", EVERYTHING, second)
        assert (await here.read()).filters == ()
