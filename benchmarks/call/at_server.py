"""Where calls are measured: a server with the demonstration's data."""

import asyncio
import tempfile
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure
from tests.journeys.demo_shelf import DemoShelf
from tests.journeys.doctor import Server, demo_server

Measure = Callable[[Path, Server], Coroutine[Any, Any, list[Figure]]]


def figures_at_server(measure: Measure) -> list[Figure]:
    """What `measure` finds with an empty folder and a server of its own, both gone afterwards."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with demo_server(DemoShelf.make(folder / "shelf")) as server:
            return asyncio.run(measure(folder, server))
