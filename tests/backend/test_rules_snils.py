"""The insurance number: its check number, who enters it, and who sees it."""

import asyncio
import io

import pytest
from sqlalchemy import select, update

from backend.accounts.snils_command import set_snils
from backend.database import Database
from backend.demo_data.staff import demo_staff
from backend.rules.snils import plain_snils, with_check_number
from backend.settings import Settings
from backend.tables import accounts
from backend_client.models.accounts import Account, SignedIn
from tests.backend.clinic import REQUEST, ClinicMaker, SetClock, demo_of, id_of, read
from tests.backend.world import EVERYBODY
from tests.factories import make_account

SNILS = "11223344595"
"""The example of the source of the rule."""


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("112-233-445 95", SNILS),
        (SNILS, SNILS),
        ("087-654-303 00", "08765430300"),  # the sum is 202: two times 101
        ("001-001-998 77", "00100199877"),  # not checked up to here
        ("112-233-445 96", None),
        ("112-233-454 95", None),
        ("000-000-000 00", None),
        ("112-233-445", None),
        ("112-233-445 9x", None),
        ("١١٢٢٣٣٤٤٥٩٥", None),
        ("", None),
    ],
)
def test_check_number_tells_a_typing_mistake(typed: str, plain: str | None) -> None:
    assert plain_snils(typed) == plain


def test_every_doctor_of_the_demonstration_has_one() -> None:
    found = [one.snils for one in demo_staff()]
    assert [plain_snils(snils) for snils in found] == found
    assert len(set(found)) == len(found)
    assert with_check_number("112233445") == SNILS


def test_number_of_an_account_is_nowhere_in_what_a_log_may_hold() -> None:
    account = make_account(snils=SNILS)
    assert SNILS not in repr(account)
    assert "Левашова" not in f"{account}"


async def test_its_owner_alone_is_told(settings: Settings) -> None:
    """At sign-in and in `me`; no list, card or conclusion of anybody else names it."""
    maker = ClinicMaker(settings, SetClock())
    async with maker.open_demo(demo_of((REQUEST,), EVERYBODY)) as clinic:
        async with clinic.parts.database.write() as connection:
            whose = accounts.c.login == "levashova"
            await connection.execute(update(accounts).where(whose).values(snils=SNILS))
        signed_in: SignedIn = await clinic.sign_in("levashova")
        owner = await clinic.caller("levashova")
        mine = read(await owner.get("/me"), Account)
        paths = ("/me", "/requests", f"/requests/{id_of(REQUEST.number)}", "/catalogue")
        others = [
            (await (await clinic.caller(login)).get(path)).text
            for login in ("orlov", "admin", "manager", "auditor")
            for path in paths
        ]
        audit = (await (await clinic.caller("auditor")).get("/audit")).text
    assert (signed_in.account.snils, mine.snils) == (SNILS, SNILS)
    assert not [text for text in (*others, audit) if SNILS in text]


async def _kept(url: str, login: str) -> str:
    database = Database(url)
    try:
        async with database.read() as connection:
            found = select(accounts.c.snils).where(accounts.c.login == login)
            return str((await connection.execute(found)).scalar_one())
    finally:
        await database.close()


async def test_the_owner_of_the_server_enters_it(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """From standard input: a command line is seen by everybody on the machine."""
    maker = ClinicMaker(settings, SetClock())
    async with maker.open_demo(demo_of((REQUEST,), EVERYBODY)):
        pass

    def given(line: str, login: str = "levashova") -> int:
        return set_snils(settings.database_url, login, io.StringIO(line))

    codes = [
        await asyncio.to_thread(given, "112-233-445 95\n"),
        await asyncio.to_thread(given, "112-233-445 96\n"),
        await asyncio.to_thread(given, "112-233-445 95\n", "nobody"),
    ]
    kept = await _kept(settings.database_url, "levashova")
    assert codes == [0, 1, 1]
    assert kept == SNILS
    assert await asyncio.to_thread(given, "\n") == 0
    assert await _kept(settings.database_url, "levashova") == ""
    assert SNILS not in capsys.readouterr().err
