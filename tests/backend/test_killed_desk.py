"""A desk that is killed in the middle of a case: its claim ends, and a colleague can go on."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import delete

from backend.demo_data.load import LOADED
from backend.tables import facts
from backend_client.models.requests import RequestStatus
from tests.backend.clinic import REQUEST, ClinicMaker
from tests.backend.server_process import command, serving
from tests.client.desk_process import IN_HAND
from tests.client.test_services_against_backend import ONE, Doctor, doctor, until

LEASE_SECONDS = 3


async def prepare(clinics: ClinicMaker) -> None:
    """A database as after the demonstration, which the process takes for a real one."""
    async with clinics.open(REQUEST) as clinic, clinic.parts.database.write() as connection:
        await connection.execute(delete(facts).where(facts.c.name == LOADED))


def started(arguments: Sequence[str]) -> "subprocess.Popen[str]":
    """A process whose words are read."""
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)


@asynccontextmanager
async def desk_in_hand(address: str, folder: Path) -> AsyncIterator["subprocess.Popen[str]"]:
    """A process that has taken the request; killed at the end if it was not before."""
    given = [address, "levashova", ONE, str(folder)]
    start = [sys.executable, "-m", "tests.client.desk_process", *given]
    with started(start) as process:
        try:
            assert process.stdout is not None
            said = await asyncio.to_thread(process.stdout.readline)
            assert said.strip() == IN_HAND
            yield process
        finally:
            process.kill()


async def lease_of(colleague: Doctor) -> datetime:
    """Until when the request is its doctor's, as a colleague reads it."""
    owner = (await colleague.desk.requests.card(ONE)).card.row.owner
    assert owner is not None
    assert owner.lease_until is not None
    return owner.lease_until


async def until_renewed(colleague: Doctor) -> None:
    """Until the living desk has kept the request beyond the end of its first lease."""
    end = await lease_of(colleague) + timedelta(seconds=LEASE_SECONDS)
    for _ in range(200):
        if await lease_of(colleague) > end:
            return
        await asyncio.sleep(0.1)  # a heartbeat tells nobody: it can only be asked for
    raise AssertionError("nothing was renewed")


async def test_after_kill_9_the_request_is_free_in_a_colleagues_queue(
    clinics: ClinicMaker, tmp_path: Path, database_url: str
) -> None:
    """OZ-12: a case is in the hands of somebody who is there, or of nobody."""
    await prepare(clinics)
    lease = ("--lease-seconds", str(LEASE_SECONDS))
    async with (
        serving(command(tmp_path, *lease, database=database_url)) as server,
        doctor(server.address, "orlov", tmp_path) as colleague,
        desk_in_hand(server.address, tmp_path / "killed") as desk,
    ):
        await until_renewed(colleague)
        before = colleague.heard[-1]
        desk.kill()
        await until(lambda: colleague.heard[-1].owner is None)
        free = colleague.heard[-1]
        taken = await colleague.desk.requests.claim(ONE)
    assert before.status is RequestStatus.CLAIMED
    assert free.status is RequestStatus.READY
    assert taken.row.owner is not None
    assert taken.row.owner.is_me
