"""What the server says of itself, and what it says when it is no demonstration."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from msgspec import structs

from backend_client.models.catalogue import Catalogue
from backend_client.models.common import OLDEST_CLIENT, VERSION, ProblemCode
from backend_client.models.server import ServerInfo
from tests.backend.clinic import START, ClinicMaker, a_catalogue, problem, read, write_catalogues


async def test_server_states_version_oldest_client_and_time(clinics: ClinicMaker) -> None:
    async with clinics.open() as clinic:
        info = read(await clinic.nobody.get("/server"), ServerInfo)
    assert info == ServerInfo(version=VERSION, oldest_client=OLDEST_CLIENT, time=START, demo=True)


async def test_newer_server_says_so(clinics: ClinicMaker) -> None:
    newer = replace(clinics.settings, version="2.0.0", oldest_client="1.5.0", demo=False)
    async with clinics.open_real(newer) as clinic:
        info = read(await clinic.nobody.get("/server"), ServerInfo)
    assert (info.version, info.oldest_client, info.demo) == ("2.0.0", "1.5.0", False)


async def test_real_server_offers_no_accounts(clinics: ClinicMaker) -> None:
    async with clinics.open_real() as clinic:
        answer = await clinic.nobody.get("/demo-accounts")
    assert problem(answer).code is ProblemCode.NOT_FOUND


async def test_catalogue_is_the_one_valid_today(clinics: ClinicMaker, tmp_path: Path) -> None:
    """OZ-29"""
    async with clinics.open() as clinic:
        catalogue = read(await (await clinic.caller()).get("/catalogue"), Catalogue)
    assert catalogue == a_catalogue()
    over = structs.replace(a_catalogue(), valid_to=date(2021, 10, 31))
    write_catalogues(tmp_path / "catalogues", over)
    async with clinics.open() as clinic:
        answer = await (await clinic.caller()).get("/catalogue")
    assert problem(answer).code is ProblemCode.NOT_FOUND
