"""Loading the demonstration: once a day, anew when it has changed, never over real data."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from backend.demo_data.rows import demo_id
from backend.demo_data.shape import DemoRequest
from backend.demo_data.source import DemoData, project_demo
from backend.settings import CATALOGUES, CannotStart
from backend.tables import accounts
from backend_client.models.accounts import Role
from backend_client.models.requests import (
    ClockState,
    ProfileMatch,
    RequestCard,
    RequestRow,
    RequestStatus,
)
from backend_client.models.routes import Route
from tests.backend.clinic import (
    REQUEST,
    STAFF,
    Caller,
    ClinicMaker,
    a_doctor,
    a_file,
    demo_of,
    document_id,
    id_of,
    read,
)


class Maker:
    """Makes a file's bytes and counts how often."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> bytes:
        self.made += 1
        return b"bytes"


def with_file(content: Callable[[], bytes], **versions: str) -> DemoData:
    file = replace(a_file("ecg"), content=content)
    demo = demo_of([replace(REQUEST, files=(file, file))])
    return replace(
        demo,
        version=versions.get("version", "1"),
        files_version=versions.get("files_version", "1"),
    )


async def status(caller: Caller) -> RequestStatus:
    return (await caller.page()).items[0].status


async def test_same_day_and_version_are_left_as_they_are(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        await (await clinic.caller()).post(f"/requests/{id_of('20-0001')}/claim")
    clinics.clock.advance(hours=3)
    async with clinics.open(REQUEST) as clinic:
        card = read(await (await clinic.caller()).get(f"/requests/{id_of('20-0001')}"), RequestCard)
    assert any("в работу" in entry.text for entry in card.history), card.history


async def test_next_day_begins_anew_with_the_same_ids_and_sessions(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        caller = await clinic.caller()
        await caller.post(f"/requests/{id_of('20-0001')}/claim")
        token = (await clinic.sign_in()).refresh_token
    clinics.clock.advance(days=1)
    async with clinics.open(REQUEST) as clinic:
        caller = await clinic.caller()
        assert await status(caller) is RequestStatus.READY
        assert read(await caller.get(f"/requests/{id_of('20-0001')}"), RequestCard)
        assert token


async def test_new_version_is_loaded_at_once(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST):
        pass
    other = replace(demo_of([replace(REQUEST, number="20-7777")]), version="2")
    async with clinics.open_demo(other) as clinic:
        rows = (await (await clinic.caller()).page()).items
    assert [row.number for row in rows] == ["20-7777"]


async def test_streams_begin_anew_after_a_loading(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        account = (await clinic.sign_in()).account
        before = await anext(clinic.messages(account, None))
    clinics.clock.advance(days=1)
    async with clinics.open(REQUEST) as clinic:
        messages = clinic.messages(account, before.seq)
        after = await anext(messages)
        await messages.aclose()
    assert not getattr(after, "resumed", True)


async def test_changed_staff_can_sign_in(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST):
        pass
    staff = [*STAFF[1:], a_doctor("new", "Новая Анна", Role.DUTY_DOCTOR)]
    other = replace(demo_of([REQUEST], staff), version="2")
    async with clinics.open_demo(other) as clinic:
        assert (await clinic.sign_in("new")).account.full_name == "Новая Анна"
        async with clinic.parts.database.read() as connection:
            count = await connection.execute(select(func.count()).select_from(accounts))
        assert count.scalar() == len(staff)


async def test_files_are_made_once(clinics: ClinicMaker) -> None:
    maker = Maker()
    async with clinics.open_demo(with_file(maker)):
        assert maker.made == 1
    async with clinics.open_demo(with_file(maker, version="2")) as clinic:
        caller = await clinic.caller()
        path = f"/documents/{document_id('20-0001', a_file('ecg'))}/content"
        assert (await caller.get(path)).content == b"bytes"
    assert maker.made == 1


async def test_files_are_made_anew_when_their_makers_change_or_they_are_lost(
    clinics: ClinicMaker, tmp_path: Path
) -> None:
    maker = Maker()
    async with clinics.open_demo(with_file(maker)):
        pass
    async with clinics.open_demo(with_file(maker, version="2", files_version="2")):
        assert maker.made == 2
    for file in (tmp_path / "files").rglob("*"):
        if file.is_file() and file.name != "index.json":
            file.unlink()
    async with clinics.open_demo(with_file(maker, version="3", files_version="2")):
        assert maker.made == 3


async def test_files_of_an_earlier_week_do_not_stay(clinics: ClinicMaker, tmp_path: Path) -> None:
    """Files that the demonstration no longer names are deleted from the store."""

    def stored() -> set[Path]:
        return {path for path in (tmp_path / "files").rglob("*") if path.is_file()}

    async with clinics.open_demo(with_file(Maker())):
        before = stored()
    file = replace(a_file("ecg"), key="of this week", content=Maker())
    this_week = replace(demo_of([replace(REQUEST, files=(file,))]), version="2", files_version="1")
    async with clinics.open_demo(this_week):
        after = stored()
    assert len(after) == len(before) == 2  # the file and the index
    assert len(after & before) == 1


async def test_projects_own_demonstration_loads(clinics: ClinicMaker) -> None:
    """With the real catalogues; its files, which take their time to make, are stood in for."""
    real = project_demo(CATALOGUES)
    demo = replace(real, requests=lambda now: [without_bytes(one) for one in real.requests(now)])
    settings = replace(clinics.settings, catalogues=CATALOGUES)
    rows: dict[str, RequestRow] = {}
    async with clinics.open_demo(demo, settings) as clinic:
        for account in real.accounts():
            token = (await clinic.sign_in(account.login, account.password)).access_token
            page = await Caller(clinic.client, token).page("limit=200")
            rows |= {row.number: row for row in page.items}
    assert len(rows) >= 30
    assert {row.route for row in rows.values()} == set(Route) - {Route.UNKNOWN}
    assert {row.clock_state for row in rows.values()} == set(ClockState) - {ClockState.UNKNOWN}
    assert {row.profile_match for row in rows.values()} == set(ProfileMatch) - {
        ProfileMatch.UNKNOWN
    }


def without_bytes(request: DemoRequest) -> DemoRequest:
    files = tuple(replace(file, content=lambda: b"stand-in") for file in request.files)
    return replace(request, files=files)


async def test_demo_does_not_overwrite_real_accounts(clinics: ClinicMaker) -> None:
    async with clinics.open_real() as clinic, clinic.parts.database.write() as connection:
        row = {
            "id": demo_id("account", "real"),
            "centre_id": "cardio",
            "login": "real",
            "full_name": "Настоящий Врач",
            "role": Role.CONSULTANT,
            "post": "Врач",
            "password_hash": "x",
        }
        await connection.execute(insert(accounts).values(row))
    with pytest.raises(CannotStart, match="real accounts"):
        await clinics.open(REQUEST).__aenter__()


async def test_real_server_does_not_serve_the_demos_accounts(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST):
        pass
    with pytest.raises(CannotStart, match="holds the demonstration"):
        await clinics.open_real().__aenter__()
