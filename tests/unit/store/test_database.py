"""The local database: encrypted, whole after any end, and never lost without a word."""

import asyncio
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect

from tests.unit.store.opening import KEY, OTHER_KEY, Opened
from workstation.core.errors import StoreUnavailable, StoreUnreadable, UnreadableStore
from workstation.store.database import Database, open_or_renew
from workstation.store.tables import metadata

MARKER = "Приметова Прасковья"

WRITER = """
import asyncio, sys
from pathlib import Path
from workstation.store.database import Database

async def main():
    database = await Database.open(Path(sys.argv[1]), bytes(range(32)))
    def pair(connection):
        for half in "ab":
            values = (f"{half}{n}", half * 9000)
            connection.exec_driver_sql("INSERT INTO facts VALUES (?, '', ?)", values)
    for n in range(100_000):
        await database.run(pair)
        print(n, flush=True)

asyncio.run(main())
"""


def put(name: str, value: str = MARKER) -> Callable[[Connection], None]:
    def write(connection: Connection) -> None:
        connection.exec_driver_sql(
            "INSERT INTO facts VALUES (?, '2026-11-20T00:00:00+00:00', ?)", (name, value)
        )

    return write


def names(connection: Connection) -> list[str]:
    rows = connection.exec_driver_sql("SELECT name FROM facts ORDER BY name")
    return list(rows.scalars())


def damage(path: Path, place: int) -> bytes:
    content = bytearray(path.read_bytes())
    content[place] ^= 0xFF
    path.write_bytes(content)
    return bytes(content)


def content_of(path: Path) -> bytes:
    return path.read_bytes()


async def test_what_is_written_is_there_after_a_restart(opened: Opened) -> None:
    async with opened() as database:
        await database.run(put("one"))
    async with opened() as database:
        assert await database.run(names) == ["one"]


async def test_nothing_readable_lies_on_the_disk(opened: Opened, path: Path) -> None:
    """Neither in the file nor in its journals, while it is open and after."""
    async with opened() as database:
        for number in range(50):
            await database.run(put(f"fact {number} {MARKER}"))
        while_open = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    after = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    assert "store.db-wal" in while_open
    for content in [*while_open.values(), *after.values()]:
        assert MARKER.encode() not in content
        assert b"SQLite format 3" not in content
        assert b"outbox" not in content


async def test_a_failed_function_leaves_nothing_half_done(opened: Opened) -> None:
    def fail(connection: Connection) -> None:
        connection.exec_driver_sql("INSERT INTO facts VALUES ('half', '', '')")
        raise KeyError("stop")

    async with opened() as database:
        with pytest.raises(KeyError):
            await database.run(fail)
        assert await database.run(names) == []


async def test_a_cancelled_caller_does_not_cut_a_writing_short(opened: Opened) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def slowly(connection: Connection) -> None:
        begun.set()
        may_end.wait()
        put("begun")(connection)

    async with opened() as database:
        task = asyncio.create_task(database.run(slowly))
        await asyncio.to_thread(begun.wait)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        may_end.set()
        assert await database.run(names) == ["begun"]


async def test_functions_run_in_their_order_in_one_thread(opened: Opened) -> None:
    async with opened() as database:
        await asyncio.gather(*(database.run(put(f"{number:03}")) for number in range(100)))
        assert await database.run(names) == [f"{number:03}" for number in range(100)]


async def test_a_wrong_key_is_refused_and_the_file_stays(opened: Opened, path: Path) -> None:
    async with opened() as database:
        await database.run(put("one"))
    before = content_of(path)
    with pytest.raises(StoreUnreadable) as raised:
        await Database.open(path, OTHER_KEY)
    assert raised.value.reason is UnreadableStore.WRONG_KEY_OR_DAMAGED
    assert content_of(path) == before


async def test_a_file_with_another_key_is_set_aside_and_can_come_back(
    opened: Opened, path: Path
) -> None:
    async with opened() as database:
        await database.run(put("one"))
    database, aside = await open_or_renew(path, OTHER_KEY)
    assert await database.run(names) == []
    await database.close()
    assert aside is not None
    again = await Database.open(aside, KEY)
    assert await again.run(names) == ["one"]
    await again.close()


@pytest.mark.parametrize("place", [0, 5000, -3000])
async def test_a_damaged_file_is_set_aside(opened: Opened, path: Path, place: int) -> None:
    async with opened() as database:
        for number in range(50):
            await database.run(put(f"{number}", "x" * 1000))
    content = damage(path, place)
    database, aside = await open_or_renew(path, KEY)
    assert await database.run(names) == []
    await database.close()
    assert aside is not None
    assert content_of(aside) == content


async def test_a_good_file_is_not_set_aside(path: Path) -> None:
    for _ in range(2):
        database, aside = await open_or_renew(path, KEY)
        await database.close()
        assert aside is None
    assert [file.name for file in path.parent.iterdir()] == ["store.db"]


async def test_a_store_of_a_newer_program_is_not_touched(opened: Opened, path: Path) -> None:
    async with opened() as database:
        await database.run(lambda connection: connection.exec_driver_sql("PRAGMA user_version=99"))
    with pytest.raises(StoreUnreadable) as raised:
        await Database.open(path, KEY)
    assert raised.value.reason is UnreadableStore.NEWER


async def test_no_room_for_the_folder_is_no_damage(tmp_path: Path) -> None:
    occupied = tmp_path / "a file"
    occupied.write_text("not a folder")
    with pytest.raises(StoreUnavailable):
        await Database.open(occupied / "store.db", KEY)


async def test_a_closed_store_says_so(opened: Opened) -> None:
    async with opened() as database:
        pass
    with pytest.raises(StoreUnavailable):
        await database.run(names)


async def test_migrations_lead_to_the_tables_of_the_program(opened: Opened) -> None:
    def shape(connection: Connection) -> dict[str, list[tuple[str, str, bool]]]:
        inspector = inspect(connection)
        return {
            table: [
                (column["name"], str(column["type"]), not column["nullable"])
                for column in inspector.get_columns(table)
            ]
            for table in inspector.get_table_names()
        }

    async with opened() as database:
        migrated = await database.run(shape)
    expected = {
        table.name: [
            (column.name, str(column.type.compile()), not column.nullable)
            for column in table.columns
        ]
        for table in metadata.sorted_tables
    }
    assert migrated == expected


def test_a_killed_program_leaves_whole_transactions(path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    last = -1
    for line in process.stdout:
        last = int(line)
        if last >= 30:
            process.send_signal(signal.SIGKILL)
            break
    told = [int(line) for line in process.stdout.read().split()]
    process.wait()
    process.stdout.close()
    last = max([last, *told])
    assert process.returncode == -signal.SIGKILL
    kept = asyncio.run(_names_in(path))
    halves = {half: {int(name[1:]) for name in kept if name[0] == half} for half in "ab"}
    assert halves["a"] == halves["b"]
    assert set(range(last + 1)) <= halves["a"]


async def _names_in(path: Path) -> list[str]:
    database = await Database.open(path, KEY)
    try:
        return await database.run(names)
    finally:
        await database.close()
