"""What a doctor has typed outlives a lost network, a crash and a full disk."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest

from backend_client.errors import Conflict, TimedOut
from backend_client.models.common import ProblemCode
from backend_client.models.conclusions import ConclusionForm
from tests.unit.services.conclusion_house import FORM, ONE, House, MadeUpServer, make_house
from tests.unit.services.house import KEY
from workstation.store.database import Database
from workstation.store.drafts import Drafts

MORE = msgspec.structs.replace(FORM, history="и ещё слово")


@asynccontextmanager
async def started(folder: Path, server: MadeUpServer) -> AsyncIterator[House]:
    """The program on this computer; each time anew."""
    database = await Database.open(folder / "store.db", KEY)
    try:
        yield make_house(folder, drafts=Drafts(database), server=server)
    finally:
        await database.close()


async def test_text_that_no_server_has_got_is_there_after_a_crash(tmp_path: Path) -> None:
    server = MadeUpServer()
    async with started(tmp_path, server) as house:
        await house.doctor.save(ONE, 0, FORM)
        server.arrives = False
        with pytest.raises(TimedOut):
            await house.doctor.save(ONE, 1, MORE)
    server.arrives = True
    async with started(tmp_path, server) as house:
        draft = await house.doctor.open(ONE)
        again = await house.doctor.open(ONE)
    assert draft.form == MORE
    assert draft.conclusion is not None
    assert (draft.conclusion.form, draft.conclusion.version) == (MORE, 2)
    assert draft.kept is None
    assert again == draft


async def test_first_words_are_kept_before_the_server_has_any(tmp_path: Path) -> None:
    server = MadeUpServer()
    async with started(tmp_path, server) as house:
        assert await house.doctor.keep(ONE, 0, FORM)
    async with started(tmp_path, server) as house:
        assert (await house.doctor.open(ONE)).form == FORM


async def test_text_over_another_version_is_offered_and_nothing_is_overwritten(
    tmp_path: Path,
) -> None:
    server = MadeUpServer()
    async with started(tmp_path, server) as house:
        await house.doctor.save(ONE, 0, FORM)
        await house.doctor.keep(ONE, 1, MORE)
        elsewhere = make_house(tmp_path, server=server).doctor
        theirs = ConclusionForm(findings="с другого компьютера")
        await elsewhere.save(ONE, 1, theirs)
        draft = await house.doctor.open(ONE)
    assert draft.form == theirs
    assert draft.kept is not None
    assert draft.kept.form == MORE


async def test_text_that_may_not_be_saved_any_more_is_offered(tmp_path: Path) -> None:
    server = MadeUpServer()
    async with started(tmp_path, server) as house:
        await house.doctor.keep(ONE, 0, FORM)
        server.refusal = Conflict(ProblemCode.CLAIMED_BY_OTHER)
        draft = await house.doctor.open(ONE)
    assert draft.conclusion is None
    assert draft.kept is not None
    assert draft.kept.form == FORM


async def test_nothing_stays_here_of_what_is_signed(tmp_path: Path) -> None:
    server = MadeUpServer()
    async with started(tmp_path, server) as house:
        await house.signed()
        await house.doctor.keep(ONE, 2, MORE)
        draft = await house.doctor.open(ONE)
        again = await house.doctor.open(ONE)
    assert (draft.form, draft.kept) == (FORM, None)
    assert again == draft


async def test_disk_that_fails_does_not_stop_the_doctor(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    database = await Database.open(tmp_path / "store.db", KEY)
    await database.close()
    house = make_house(tmp_path, drafts=Drafts(database))
    assert await house.doctor.keep(ONE, 0, FORM) is False
    saved = await house.doctor.save(ONE, 0, FORM)
    draft = await house.doctor.open(ONE)
    assert draft.conclusion == saved
    assert ONE in caplog.text
    assert "Перебои" not in caplog.text
