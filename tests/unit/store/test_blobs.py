"""Patients' files on the disk: unreadable, unchangeable, whole or absent."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.store.opening import KEY, OTHER_KEY
from workstation.core.errors import BlobDamaged, StoreUnavailable
from workstation.store.blob_cipher import CHUNK_BYTES, HEADER_BYTES, TAG_BYTES
from workstation.store.blobs import Blobs

MARKER = "Приметова Прасковья".encode()
STEP = CHUNK_BYTES + TAG_BYTES
PLENTY = 1 << 30

WRITER = """
import asyncio, sys
from pathlib import Path
from workstation.store.blobs import Blobs

async def main():
    blobs = Blobs(Path(sys.argv[1]), bytes(range(32)), 1 << 30)
    await blobs.open()
    writer = blobs.writer("file")
    for _ in range(3):
        await writer.write(bytes(1 << 20))
    print("half", flush=True)
    sys.stdin.read()

asyncio.run(main())
"""


async def store(blobs: Blobs, file_id: str, content: bytes, step: int = 300_000) -> None:
    writer = blobs.writer(file_id)
    for start in range(0, len(content), step):
        await writer.write(content[start : start + step])
    await writer.commit()


async def opened(folder: Path, key: bytes = KEY, limit: int = PLENTY) -> Blobs:
    blobs = Blobs(folder, key, limit)
    await blobs.open()
    return blobs


def files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def only_file(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


async def content_of(blobs: Blobs, file_id: str) -> bytes | None:
    view = await blobs.read(file_id)
    return None if view is None else bytes(view)


@pytest.mark.parametrize(
    "size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES]
)
async def test_a_file_comes_back_as_it_was(tmp_path: Path, size: int) -> None:
    content = os.urandom(size)
    blobs = await opened(tmp_path)
    await store(blobs, "document-1", content)
    assert await content_of(blobs, "document-1") == content
    again = await opened(tmp_path)
    assert await content_of(again, "document-1") == content


async def test_a_file_that_was_never_kept_is_absent(tmp_path: Path) -> None:
    blobs = await opened(tmp_path)
    assert await blobs.read("document-1") is None


async def test_neither_content_nor_id_can_be_read_on_the_disk(tmp_path: Path) -> None:
    blobs = await opened(tmp_path)
    await store(blobs, "document-1", MARKER * 1000)
    file = only_file(tmp_path)
    assert MARKER not in file.read_bytes()
    assert "document-1" not in file.name


async def test_the_same_content_is_encrypted_differently_each_time(tmp_path: Path) -> None:
    blobs = await opened(tmp_path)
    await store(blobs, "document-1", MARKER)
    first = only_file(tmp_path).read_bytes()
    await store(blobs, "document-1", MARKER)
    assert only_file(tmp_path).read_bytes()[HEADER_BYTES:] != first[HEADER_BYTES:]


def flip(place: int) -> Callable[[bytes], bytes]:
    def damage(sealed: bytes) -> bytes:
        changed = bytearray(sealed)
        changed[place] ^= 1
        return bytes(changed)

    return damage


def swap_chunks(sealed: bytes) -> bytes:
    header, rest = sealed[:HEADER_BYTES], sealed[HEADER_BYTES:]
    return header + rest[STEP : 2 * STEP] + rest[:STEP] + rest[2 * STEP :]


@pytest.mark.parametrize(
    "damage",
    [
        flip(0),
        flip(20),
        flip(HEADER_BYTES),
        flip(-1),
        flip(HEADER_BYTES + STEP),
        swap_chunks,
        lambda sealed: sealed[:-1],
        lambda sealed: sealed[: HEADER_BYTES + STEP],
        lambda sealed: sealed[: HEADER_BYTES + 2 * STEP],
        lambda sealed: sealed[:HEADER_BYTES],
        lambda sealed: sealed[:10],
        lambda sealed: b"",
        lambda sealed: sealed + b"x",
        lambda sealed: sealed + sealed[-STEP:],
    ],
)
async def test_a_changed_or_cut_file_is_found_and_removed(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    """A file cut at a chunk's border is found by the mark of the last chunk."""
    blobs = await opened(tmp_path)
    await store(blobs, "document-1", os.urandom(2 * CHUNK_BYTES + 500))
    file = only_file(tmp_path)
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(BlobDamaged):
        await blobs.read("document-1")
    assert await blobs.read("document-1") is None


async def test_a_file_put_in_another_s_place_is_found(tmp_path: Path) -> None:
    """One patient's picture never stands in for another's."""
    blobs = await opened(tmp_path)
    await store(blobs, "document-1", MARKER)
    first = only_file(tmp_path)
    await store(blobs, "document-2", b"other")
    (second,) = set(files_in(tmp_path)) - {first}
    second.write_bytes(first.read_bytes())
    with pytest.raises(BlobDamaged):
        await blobs.read("document-2")


async def test_another_key_reads_nothing(tmp_path: Path) -> None:
    await store(await opened(tmp_path), "document-1", MARKER)
    with pytest.raises(BlobDamaged):
        await (await opened(tmp_path, OTHER_KEY)).read("document-1")


async def test_a_discarded_file_leaves_nothing(tmp_path: Path) -> None:
    blobs = await opened(tmp_path)
    writer = blobs.writer("document-1")
    await writer.write(bytes(CHUNK_BYTES * 2))
    writer.discard()
    assert files_in(tmp_path) == []


async def test_an_unfinished_file_does_not_replace_the_whole_one(tmp_path: Path) -> None:
    blobs = await opened(tmp_path)
    await store(blobs, "document-1", MARKER)
    writer = blobs.writer("document-1")
    await writer.write(b"half")
    assert await content_of(blobs, "document-1") == MARKER
    writer.discard()


def test_a_killed_program_leaves_no_file_and_its_rest_is_swept(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, stdin=subprocess.PIPE
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"half\n"
        process.send_signal(signal.SIGKILL)
    rest = only_file(tmp_path)
    assert rest.suffix == ".part"
    os.utime(rest, (0, 0))

    async def look() -> memoryview | None:
        return await (await opened(tmp_path)).read("file")

    assert asyncio.run(look()) is None
    assert list(tmp_path.iterdir()) == []


async def test_the_least_recently_used_files_make_room(tmp_path: Path) -> None:
    blobs = await opened(tmp_path, limit=3500)
    for number in range(3):
        await store(blobs, f"document-{number}", bytes(1000))
        for file in files_in(tmp_path):
            os.utime(file, ns=(0, file.stat().st_mtime_ns - 10**9))
    assert await blobs.read("document-0") is not None  # used just now
    await store(blobs, "document-3", bytes(1000))
    await blobs.make_room()
    there = [await blobs.read(f"document-{number}") is not None for number in range(4)]
    assert there == [True, False, True, True]


async def test_a_folder_that_cannot_be_written_is_unavailable(tmp_path: Path) -> None:
    occupied = tmp_path / "a file"
    occupied.write_text("not a folder")
    blobs = Blobs(occupied / "files", KEY, PLENTY)
    with pytest.raises(StoreUnavailable):
        await blobs.open()
    with pytest.raises(StoreUnavailable):
        blobs.writer("document-1")


async def test_a_file_that_is_found_to_be_here_counts_as_used(tmp_path: Path) -> None:
    blobs = await opened(tmp_path, limit=2500)
    for name in ("old", "new"):
        await store(blobs, name, bytes(1000))
    for file in files_in(tmp_path):
        os.utime(file, ns=(0, 10**9))
    assert await blobs.touch("old")
    assert not await blobs.touch("never kept")
    await store(blobs, "third", bytes(1000))
    await blobs.make_room()
    assert [await blobs.read(name) is not None for name in ("old", "new")] == [True, False]
