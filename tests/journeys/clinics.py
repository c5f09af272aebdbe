"""Many clinics: three server processes on one PostgreSQL and one S3, each with its own people.

The doctor's desk works with the first, the patient's page comes from the second, the colleague and
the clinic's admin work with the third: whatever one does reaches the others through the database.
"""

import asyncio
import os
import subprocess
from collections.abc import Iterator
from contextlib import AsyncExitStack, ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtWidgets import QApplication

from backend.files import Files
from tests.backend.postgres_server import INSTALLED, PostgresMissing, binaries, postgres_server
from tests.backend.s3_server import ENVIRONMENT, KEYS, S3Server, s3_server
from tests.backend.server_process import END_SECONDS, SAID, command
from tests.journeys.demo_shelf import DemoShelf
from tests.journeys.driver import Desk, hold

S3_MISSING = "moto, an S3 server, is not installed: make setup"
ROOTS = "trust-roots"
COUNT = 3


def missing(installed: Path = INSTALLED, s3: str = "moto") -> str | None:
    """What the stage needs and is not here, with the line that installs it; None: nothing.

    `installed` is the folder of PostgreSQL's versions, `s3` the module of the S3 server.
    """
    if find_spec(s3) is None:
        return S3_MISSING
    try:
        binaries(installed)
    except PostgresMissing as error:
        return str(error)
    return None


class ClinicProcess:
    """One server process; started again, it listens on the port it had."""

    def __init__(self, folder: Path, database: str, files: str, rules: Path | None = None) -> None:
        self._folder, self._database, self._files = folder, database, files
        self._rules = () if rules is None else ("--catalogues", str(rules))
        self._port = 0
        self._process: subprocess.Popen[str] | None = None

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Returns when it listens."""
        roots = str(self._folder / ROOTS)
        more = ("--demo", "--trust-roots", roots, "--exit-with-stdin", *self._rules)
        places = {"database": self._database, "files": self._files}
        arguments = command(self._folder, *more, port=self._port, **places)
        pipe, whole = subprocess.PIPE, {**os.environ, **ENVIRONMENT}
        self._process = subprocess.Popen(arguments, stdin=pipe, stdout=pipe, text=True, env=whole)
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        hold(said.startswith(SAID), "a server process has not started")
        self._port = urlsplit(said.removeprefix(SAID).strip()).port or 0

    def kill(self) -> None:
        """kill -9."""
        self._end(kill=True)

    def stop(self) -> None:
        """Closes its standard input: it ends in order."""
        self._end(kill=False)

    def _end(self, *, kill: bool) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if kill:
            process.kill()
        try:
            process.communicate(timeout=END_SECONDS)
        finally:
            process.kill()


class Clinics:
    """The three processes, and the desks before them."""

    def __init__(
        self, folder: Path, processes: list[ClinicProcess], files: Files, s3: S3Server
    ) -> None:
        self.trust_roots = folder / ROOTS
        self.files, self.s3 = files, s3
        self._folder = folder
        self._doctors, self.patients, self._others = processes
        self._desk: Desk | None = None
        self._more_desks = AsyncExitStack()

    def desk(self, application: QApplication) -> Desk:
        """The doctor's, at the first process."""
        self._desk = self._at(self._doctors, application, "doctor")
        return self._desk

    @property
    def colleagues_address(self) -> str:
        """The third process."""
        return self._others.address

    def patients_url(self, link: str) -> str:
        """The page as the second process gives it out; any of them knows the link."""
        own = self._doctors.address
        hold(link.startswith(f"{own}/"), "the link does not lead to the server that gave it")
        return self.patients.address + link.removeprefix(own)

    async def kill_doctors_server(self) -> None:
        """The first process; the others live on."""
        await asyncio.to_thread(self._doctors.kill)

    async def start_doctors_server(self) -> None:
        """The first process."""
        await asyncio.to_thread(self._doctors.start)

    async def admins_desk(self, doctors: Desk) -> Desk:
        """Another computer, at the third process; the doctor stays signed in."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        doctors.window.hide()
        admins = self._at(self._others, application, "admin")
        return await self._more_desks.enter_async_context(admins)

    async def doctors_desk(self, admins: Desk) -> Desk:
        """The admin's computer is switched off."""
        assert self._desk is not None
        await self.close()
        self._desk.window.show()
        return self._desk

    async def close(self) -> None:
        """The admin's desk."""
        await self._more_desks.aclose()

    def _at(self, process: ClinicProcess, application: QApplication, name: str) -> Desk:
        roots = ("--trust-roots", str(self.trust_roots))
        folder = self._folder / name
        return Desk(application, folder, arguments=roots, server=process.address)


@contextmanager
def clinics(
    folder: Path, shelf: DemoShelf | None = None, rules: Path | None = None
) -> Iterator[Clinics]:
    """All servers, stopped afterwards. The first process loads the demonstration for all; `shelf`:
    files of the demonstration that have been made; `rules`: catalogues of the centres."""
    with postgres_server() as postgres, s3_server() as s3, ExitStack() as stack:
        (folder / ROOTS).mkdir()
        database, bucket = postgres.url(postgres.create()), s3.bucket()
        if shelf is not None:
            asyncio.run(shelf.stock_store(Files(bucket, KEYS)))
        processes = [ClinicProcess(folder, database, bucket, rules) for _ in range(COUNT)]
        for process in processes:
            stack.callback(process.stop)
            process.start()
        yield Clinics(folder, processes, Files(bucket, KEYS), s3)
