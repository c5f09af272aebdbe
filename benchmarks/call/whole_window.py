"""The whole window in a call, on the tour's way there: real server, media process and patient."""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import qasync
from PySide6.QtWidgets import QApplication

from benchmarks.stall import TO_THE_CALL
from tests.journeys.driver import Desk
from tests.journeys.stage import OneClinic
from tests.journeys.steps import sign_in
from tests.journeys.tour import Tour
from tests.signing.pki import PkiServer
from workstation.core.call_media import CallSettings, Source
from workstation.embedded_backend import EmbeddedBackend

Found = TypeVar("Found")


@asynccontextmanager
async def _in_call(
    application: QApplication, folder: Path, pki: PkiServer
) -> AsyncIterator[tuple[Desk, Tour]]:
    async with Desk(application, folder) as desk:
        await sign_in(desk, "levashova")
        tour = Tour(desk, OneClinic(desk), folder / "pictures", pki)
        tour.shown = CallSettings(source=Source.SYNTHETIC)
        try:
            for step in TO_THE_CALL:
                await step(tour)
            yield desk, tour
        finally:
            await tour.close()


def _first_start(folder: Path) -> None:
    """The demonstration's files are made by then, which is no part of a consultation."""
    backend = EmbeddedBackend(folder / "backend", demo=True)
    backend.start()
    backend.address()
    backend.stop()


def measured_in_call(measure: Callable[[Desk, Tour], Awaitable[Found]]) -> Found:
    """What `measure` finds while the call of a tour goes on."""
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        keys = folder / "keys"
        keys.mkdir()
        _first_start(folder)

        async def work(pki: PkiServer) -> Found:
            async with _in_call(application, folder, pki) as (desk, tour):
                return await measure(desk, tour)

        with (
            PkiServer(keys) as pki,
            asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner,
        ):
            return runner.run(work(pki))
