"""Files behind one door."""

from pathlib import Path

import pytest

from backend.files import FileMissing, Files
from backend.settings import CannotStart


@pytest.fixture(params=["file", "memory"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    return Files(f"file://{tmp_path}/new folder" if request.param == "file" else "memory://")


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


def test_folder_that_cannot_be_made_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(CannotStart, match="cannot be opened"):
        Files(f"file://{tmp_path}/file/folder")


@pytest.mark.parametrize("url", ["", "/tmp/x", "file://", "file://host/x", "ftp://x/y"])
def test_unknown_address_is_refused_in_words(url: str) -> None:
    with pytest.raises(CannotStart, match="address of files"):
        Files(url)
