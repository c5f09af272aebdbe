"""The directory on this computer: searched without the server, renewed with it."""

import asyncio
from datetime import UTC, date, datetime

from backend_client.errors import Unreachable
from backend_client.models.icd10 import Icd10Code, Icd10Directory, Icd10Version
from tests.ui.waiting import until
from workstation.core.connection import ConnectionState, Link
from workstation.resources import resource
from workstation.services.icd10 import Icd10Service
from workstation.services.link import LinkState

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def a_directory(version: str, title: str, valid_from: date = date(2021, 4, 7)) -> Icd10Directory:
    about = Icd10Version(
        version=version, valid_from=valid_from, imported_at=NOW, sha256="0" * 64, size=1
    )
    return Icd10Directory(about=about, codes=[Icd10Code(code="I35.0", title=title)])


class Server:
    """Has what is put into it; `is_cut`: cannot be reached."""

    def __init__(self, *directories: Icd10Directory) -> None:
        self.known = {one.about.version: one for one in directories}
        self.is_cut = False
        self.asked: list[str] = []

    async def versions(self) -> list[Icd10Version]:
        if self.is_cut:
            raise Unreachable
        return sorted((one.about for one in self.known.values()), key=_age, reverse=True)

    async def directory(self, version: str) -> Icd10Directory:
        self.asked.append(version)
        return self.known[version]


def _age(version: Icd10Version) -> date:
    return version.valid_from


class Shelf:
    """Keeps one."""

    def __init__(self, kept: Icd10Directory | None = None) -> None:
        self.kept = kept

    async def keep(self, directory: Icd10Directory, as_of: datetime) -> None:
        self.kept = directory

    async def read(self) -> Icd10Directory | None:
        return self.kept


async def test_without_an_import_the_own_table_serves_then_the_directory_and_offline_too() -> None:
    link = LinkState(ConnectionState(Link.OFFLINE, NOW))
    server, shelf = Server(), Shelf()
    table = resource("catalogues", "icd10_headings.csv")
    service = Icd10Service(server, shelf, link, lambda: NOW, table, UTC)
    running = asyncio.create_task(service.run())
    await until(lambda: bool(service.search("I35.0")))
    assert (service.version, service.judge("I99")) == ("", None)
    later = a_directory("3.1", "Будущее", date(2027, 1, 1))
    server.known = {"2.27": a_directory("2.27", "Стеноз"), "3.1": later}
    link.set(ConnectionState(Link.ONLINE, NOW))
    await until(lambda: service.version == "2.27")
    await until(lambda: shelf.kept is not None)
    assert server.asked == ["2.27"], "one that is not valid yet waits for its day"
    running.cancel()
    server.is_cut = True
    again = Icd10Service(server, shelf, link, lambda: NOW, table, UTC)
    running = asyncio.create_task(again.run())
    await until(lambda: again.version == "2.27")
    assert [one.heading.title for one in again.search("стен")] == ["Стеноз"]
    running.cancel()
