"""Files behind one door."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from backend.files import FileMissing, Files
from backend.settings import CannotStart
from tests.backend.s3_server import KEYS, S3Server


@pytest.fixture(params=["file", "memory", "s3"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    if request.param == "s3":
        server: S3Server = request.getfixturevalue("s3")
        return Files(server.bucket(), KEYS)
    return Files(f"file://{tmp_path}/new folder" if request.param == "file" else "memory://")


async def given(*pieces: bytes, fails: bool = False) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece
    if fails:
        raise ZeroDivisionError


async def part(files: Files, path: str, start: int, end: int) -> bytes:
    return b"".join([piece async for piece in await files.stream(path, start, end)])


async def test_written_file_is_read_whole_and_in_parts(files: Files) -> None:
    content = bytes(range(256)) * 5000
    await files.write("a/b", content)
    assert await files.read("a/b") == content
    assert await part(files, "a/b", 700_000, 1_200_000) == content[700_000:1_200_000]
    assert await files.sizes("a") == {"a/b": len(content)}
    await files.write("a/b", b"new")
    assert await part(files, "a/b", 0, 3) == b"new"


async def test_empty_file_can_be_kept(files: Files) -> None:
    await files.write("a", b"")
    assert await part(files, "a", 0, 0) == b""


async def test_missing_file_is_missing(files: Files) -> None:
    with pytest.raises(FileMissing):
        await files.read("nothing")
    with pytest.raises(FileMissing):
        await files.stream("nothing", 0, 1)


async def test_file_is_written_in_pieces_or_not_at_all(files: Files) -> None:
    pieces = [bytes([number]) * 700_000 for number in range(20)]
    await files.write_pieces("a/whole", given(*pieces))
    with pytest.raises(ZeroDivisionError):
        await files.write_pieces("a/cut", given(*pieces, fails=True))
    await files.write_pieces("a/empty", given())
    assert await files.sizes("a") == {"a/whole": 14_000_000, "a/empty": 0}
    assert await files.read("a/whole") == b"".join(pieces)
    await files.delete_below("a")
    await files.delete("a/whole")
    assert await files.sizes("a") == {}


async def test_files_are_listed_in_order_from_any_place(files: Files) -> None:
    for path in ("a/c/2", "a/b/1", "a/c/1", "b/0", "a/d"):
        await files.write(path, b"x")
    found: list[str] = []
    while True:
        some = await files.after(found[-1] if found else "", "a", 2)
        assert len(some) <= 2
        if not some:
            break
        found += [one.path for one in some]
    assert found == ["a/b/1", "a/c/1", "a/c/2", "a/d"]


async def test_s3_gives_a_file_by_a_link_as_nothing_that_a_browser_runs(s3: S3Server) -> None:
    files = Files(s3.bucket(), KEYS)
    await files.write("a.html", b"<script>")
    link = await files.link("a.html", 60)
    assert link is not None
    async with httpx.AsyncClient() as client:
        answer = await client.get(link, headers={"Range": "bytes=1-3"})
    assert (answer.status_code, answer.content) == (206, b"scr")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment"


async def test_folder_gives_no_links(tmp_path: Path) -> None:
    assert await Files(f"file://{tmp_path}").link("a", 60) is None


async def test_store_that_does_not_answer_is_refused_in_words(s3: S3Server) -> None:
    missing = Files(f"s3://nothing-here?endpoint={s3.endpoint}", KEYS)
    with pytest.raises(CannotStart, match="does not answer"):
        await missing.check()
    await Files(s3.bucket(), KEYS).check()


def test_keys_are_no_part_of_an_address() -> None:
    with pytest.raises(CannotStart, match="AWS_ACCESS_KEY_ID"):
        Files("s3://key:secret@bucket")


def test_folder_that_cannot_be_made_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(CannotStart, match="cannot be opened"):
        Files(f"file://{tmp_path}/file/folder")


@pytest.mark.parametrize(
    "url", ["", "/tmp/x", "file://", "file://host/x", "ftp://x/y", "s3://", "s3://x?a=b"]
)
def test_unknown_address_is_refused_in_words(url: str) -> None:
    with pytest.raises(CannotStart, match="address of files"):
        Files(url)
