"""A PostgreSQL of the tests' own: Debian's binaries on a temporary folder, reached by a socket."""

import asyncio
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import asyncpg

INSTALLED = Path("/usr/lib/postgresql")
"""Where Debian and Ubuntu put each version's binaries, which are not on PATH."""
MISSING = (
    "PostgreSQL's initdb and pg_ctl are not installed: "
    "sudo apt-get update && sudo apt-get install -y postgresql"
)
START_SECONDS = 60
# What a test writes need not survive the machine.
QUICK = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "autovacuum": "off",
}


class PostgresMissing(Exception):
    """The binaries are not on this machine; the text says how to get them."""


# Its standard input ends with the program that started it, however that program ends.
ENDING = 'cat > /dev/null; "$1" -D "$2/data" -m immediate stop; rm -rf "$2"'


class PostgresServer:
    """A running server; databases are made empty, or as copies of another one."""

    def __init__(self, sockets: Path, ending: int) -> None:
        self.ending = ending
        """The process that stops the server and removes its folder."""
        self._sockets = sockets
        self._numbers = count(1)

    @property
    def process(self) -> int:
        """Its first process, of which all others are children."""
        return int((self._sockets / "data" / "postmaster.pid").read_text().split()[0])

    def url(self, name: str) -> str:
        """The address of a database, as the backend is given it."""
        return f"postgresql://postgres@/{name}?host={self._sockets}"

    def create(self, template: str = "template0", name: str | None = None) -> str:
        """A new database's name. Nobody may be connected to the template."""
        name = name or f"test_{next(self._numbers)}"
        self._order(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        """Drops it, with whoever is still connected."""
        self._order(f"DROP DATABASE {name} WITH (FORCE)")

    def _order(self, statement: str) -> None:
        asyncio.run(_execute(str(self._sockets), statement))


async def _execute(sockets: str, statement: str) -> None:
    connection = await asyncpg.connect(host=sockets, user="postgres", database="postgres")
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@contextmanager
def postgres_server(**settings: str) -> Iterator[PostgresServer]:
    """Starts one with other settings where they are given. Raises PostgresMissing.

    It ends with the block, and with this process where a signal ends that.
    """
    programs = binaries()
    user = _user()
    # Not pytest's folder: PostgreSQL's user must be able to enter it, and a socket's path is short.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    if user is not None:
        os.chown(folder, user, -1)
    with _ending(user, programs / "pg_ctl", folder) as ending:
        given = " ".join(f"-c {name}='{value}'" for name, value in (QUICK | settings).items())
        _run(user, programs / "initdb", "-D", folder / "data", *_initial())
        start = ("-o", f"{given} -k {folder}", "-l", folder / "log", "-t", str(START_SECONDS))
        _run(user, programs / "pg_ctl", "-D", folder / "data", "-w", *start, "start")
        yield PostgresServer(folder, ending.pid)


def _ending(user: int | None, pg_ctl: Path, folder: Path) -> subprocess.Popen[bytes]:
    """Ends the server once its standard input is closed: as a context, with the block.

    In a session of its own: what is sent to all processes of this one does not end it first.
    """
    return subprocess.Popen(
        ["/bin/sh", "-c", ENDING, "ending", pg_ctl, folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        user=user,
        cwd="/",
        start_new_session=True,
    )


def _initial() -> tuple[str, ...]:
    return ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")


def binaries(installed: Path = INSTALLED) -> Path:
    """Folder of the newest version's programs. Raises PostgresMissing."""
    found = sorted(installed.glob("*/bin/initdb"), key=lambda path: _version(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None or shutil.which("pg_ctl") is None:
        raise PostgresMissing(MISSING)
    return Path(on_path).parent


def _version(name: str) -> float:
    try:
        return float(name)
    except ValueError:
        return 0.0


def _user() -> int | None:
    """Whose the server is: initdb refuses root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _run(user: int | None, *command: str | Path) -> None:
    subprocess.run(
        command,
        check=True,
        user=user,
        cwd="/",
        stdin=subprocess.DEVNULL,
        # The server inherits what pg_ctl has: a pipe would stay open for as long as it runs.
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=2 * START_SECONDS,
    )
