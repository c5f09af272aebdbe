"""1 GiB sent in six pieces, cut five times in the middle: the same file, little memory.

On the embedded default (SQLite, a folder) and as many clinics have it (PostgreSQL, S3). The bytes
are random and no part of them comes again, so that a piece lost, doubled or out of its place is
another file; whether it is the same is seen in what is downloaded, not in what the server says.

Floor: the same bytes through SHA-256 into one file twice, without a server.
"""

import asyncio
import hashlib
import random
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx

from backend_client.models.common import API_PREFIX
from backend_client.models.documents import Document
from backend_client.models.uploads import (
    OFFSET_HEADER,
    PIECE_TYPE,
    FinishUpload,
    NewUpload,
    Upload,
)
from benchmarks.backend.stage import Stage, fill, requests, signed_in, stages
from benchmarks.figures import Figure, at_most, never, report, stated
from benchmarks.memory import forget_peak, memory_mib
from tests.backend.clinic import Caller, id_of, read
from tests.backend.s3_server import s3_server

SIZE = 1024**3
CUTS = 5
BLOCK = 1024**2
LIMIT_MIB = 64


class Cut(Exception):
    """The connection is gone."""


def block(number: int) -> bytes:
    """One of the file's blocks: random, and the same in every run."""
    return random.Random(number).randbytes(BLOCK)


async def content(start: int, end: int, cut: bool) -> AsyncIterator[bytes]:
    """Bytes of the file from `start` on; where it is to be cut, half a block behind `end`."""
    place = start
    while place < end:
        part = block(place // BLOCK)[place % BLOCK :][: end - place]
        yield part
        place += len(part)
    if cut:
        raise Cut


async def send(client: httpx.AsyncClient, caller: Caller, upload: Upload) -> int:
    """Sends everything, the connection cut on the way; how often it was."""
    path = f"{API_PREFIX}/uploads/{upload.id}"
    cuts = 0
    while True:
        offset = int((await client.head(path, headers=caller.headers)).headers[OFFSET_HEADER])
        if offset == SIZE:
            return cuts
        cut = cuts < CUTS
        end = SIZE * (cuts + 1) // (CUTS + 1) + BLOCK // 2 if cut else SIZE
        headers = caller.headers | {
            OFFSET_HEADER: str(offset),
            "Content-Type": PIECE_TYPE,
            "Content-Length": str(SIZE - offset),
        }
        try:
            answer = await client.patch(path, content=content(offset, end, cut), headers=headers)
            assert answer.status_code in (204, 409), answer.text
        except Cut:
            cuts += 1


def memory_from_now(process: int) -> float:
    """What it has now; its peak is counted anew (that of the passwords' hashing is 64 MiB)."""
    forget_peak(process)
    return memory_mib(process, "VmRSS")


def floor_seconds(folder: Path) -> float:
    """Written, hashed, read and written again."""
    begun = time.monotonic()
    first, second = folder / "first", folder / "second"
    with first.open("wb") as file:
        for number in range(SIZE // BLOCK):
            file.write(block(number))
    digest = hashlib.sha256()
    with first.open("rb") as source, second.open("wb") as target:
        while part := source.read(BLOCK):
            digest.update(part)
            target.write(part)
    first.unlink()
    second.unlink()
    return time.monotonic() - begun


def wanted_hash() -> str:
    """Of the whole file."""
    digest = hashlib.sha256()
    for number in range(SIZE // BLOCK):
        digest.update(block(number))
    return digest.hexdigest()


async def downloaded_hash(client: httpx.AsyncClient, caller: Caller, document: Document) -> str:
    """Of what the server gives back."""
    path = f"{API_PREFIX}/documents/{document.id}/content"
    digest = hashlib.sha256()
    async with client.stream("GET", path, headers=caller.headers) as answer:
        assert answer.status_code == 200, answer.status_code
        async for part in answer.aiter_bytes():
            digest.update(part)
    return digest.hexdigest()


async def measure(stage: Stage) -> list[Figure]:
    """One file from one doctor."""
    await fill(stage, requests(1))
    floor = floor_seconds(stage.folder)
    async with stage.servers() as [server], signed_in(server.address) as callers:
        caller = callers[0]
        async with httpx.AsyncClient(base_url=server.address, timeout=None) as client:
            new = NewUpload(item_code="ecg", title="clip.dcm", size=SIZE)
            path = f"/requests/{id_of('000000')}/uploads"
            upload = read(await caller.post(path, new), Upload)
            before = memory_from_now(server.process.pid)
            begun = time.monotonic()
            cuts = await send(client, caller, upload)
            sha256 = wanted_hash()
            finishing = FinishUpload(sha256=sha256)
            answer = await caller.post(f"/uploads/{upload.id}/finish", finishing)
            seconds = time.monotonic() - begun
            document = read(answer, Document)
            after = memory_mib(server.process.pid, "VmHWM")
            given_back = await downloaded_hash(client, caller, document)
    name = f"{stage.name}: "
    return [
        at_most(name + "memory that 1 GiB takes", after - before, LIMIT_MIB, "MiB", floor=0),
        never(name + "files that come back otherwise than sent", int(given_back != sha256)),
        never(name + "cuts that were not made", CUTS - cuts),
        stated(name + "1 GiB cut five times", seconds, floor, "s"),
    ]


def figures() -> list[Figure]:
    """Both stages."""
    with stages() as [folder, postgres], s3_server() as s3:
        many = replace(postgres, name="PostgreSQL and S3", files=s3.bucket())
        return [figure for stage in (folder, many) for figure in asyncio.run(measure(stage))]


if __name__ == "__main__":
    raise SystemExit(report(figures()))
