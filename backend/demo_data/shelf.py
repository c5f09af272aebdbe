"""The demonstration's files in the store: made once, found again by an index beside them."""

import asyncio
import hashlib
from collections.abc import Iterable

import msgspec

from backend.demo_data.shape import DemoFile
from backend.files import FileMissing, Files
from backend.uploads.content import HEAD, type_of

FOLDER = "demo"
INDEX = f"{FOLDER}/index.json"


class ShelvedFile(msgspec.Struct, frozen=True):
    """Where a file lies and what it is."""

    path: str
    size: int
    sha256: str
    series_uid: str | None = None
    modality: str | None = None


class Index(msgspec.Struct, frozen=True):
    """What was made, by key, and by which version."""

    version: str
    files: dict[str, ShelvedFile]


async def shelve(files: Files, wanted: Iterable[DemoFile], version: str) -> dict[str, ShelvedFile]:
    """All wanted files by key; makes those that are not there."""
    shelved = await _there(files, version)
    made: dict[str, ShelvedFile] = {}
    for file in wanted:
        if file.key not in made:
            made[file.key] = shelved.get(file.key) or await _make(files, file)
    if made != shelved:
        await files.write(INDEX, msgspec.json.encode(Index(version, made)))
    return made


async def clear_out(files: Files, kept: dict[str, ShelvedFile]) -> None:
    """Deletes files that no index names any more, such as those of an earlier week."""
    named = {one.path for one in kept.values()} | {INDEX}
    for path in await files.sizes(FOLDER):
        if path not in named:
            await files.delete(path)


async def _there(files: Files, version: str) -> dict[str, ShelvedFile]:
    try:
        index = msgspec.json.decode(await files.read(INDEX), type=Index)
    except (FileMissing, msgspec.DecodeError):
        return {}
    if index.version != version:
        return {}
    sizes = await files.sizes(FOLDER)
    return {key: one for key, one in index.files.items() if sizes.get(one.path) == one.size}


async def _make(files: Files, file: DemoFile) -> ShelvedFile:
    content = await asyncio.to_thread(file.content)
    digest = hashlib.sha256(content).hexdigest()
    path = f"{FOLDER}/{hashlib.sha256(file.key.encode()).hexdigest()[:32]}"
    await files.write(path, content)
    found = type_of(content[:HEAD]).series  # as of an upload
    return ShelvedFile(path, len(content), digest, found.series_uid, found.modality)
