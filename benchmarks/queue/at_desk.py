"""One window at a server, measured: a process of its own, so that its memory is its own.

python -m benchmarks.queue.at_desk SERVER FOLDER FLOOR; prints a Day as JSON.
"""

import asyncio
import gc
import os
import sys
from pathlib import Path

import msgspec
import qasync
from PySide6.QtWidgets import QApplication

from benchmarks.backend.stage import doctors
from benchmarks.memory import memory_mib
from benchmarks.queue.day import Day, Doctor
from tests.backend.clinic import PASSWORD
from tests.journeys.driver import Desk
from tests.journeys.steps import queue_is_there

LOADING_S = 60.0


async def a_day(application: QApplication, server: str, folder: Path, floor: str) -> Day:
    """All steps one after another."""
    async with Desk(application, folder, server=server) as desk:
        await sign_in(desk)
        doctor = Doctor(desk)
        lists, floors = await doctor.lists(floor)
        keys = await doctor.keys()
        searches = await doctor.searches()
        wheeled = await doctor.wheel()
        keyed = await doctor.page_down()
        gc.collect()
        memory = memory_mib(os.getpid(), "VmRSS")
        return Day(lists, floors, keyed, wheeled, searches, keys, memory)


async def sign_in(desk: Desk) -> None:
    """The first doctor; all that the program loads ahead is loaded."""
    workstation = desk.workstation
    await desk.until(lambda: workstation.backing is not None, "the program was not loaded")
    await workstation.accounts.sign_in(doctors()[0].login, PASSWORD)
    await queue_is_there(desk)
    services = workstation.desk
    assert services is not None
    await desk.until(lambda: services.prefetch.ahead.wanted, "nothing is fetched ahead", LOADING_S)


def main(server: str, folder: str, floor: str) -> None:
    """Prints what was measured."""
    application = QApplication(sys.argv[:1])
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner:
        day = runner.run(a_day(application, server, Path(folder), floor))
    sys.stdout.write(msgspec.json.encode(day).decode() + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
