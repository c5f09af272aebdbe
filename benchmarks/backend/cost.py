"""What one request costs: CPU of the process that answers, and of its database's processes."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from benchmarks.backend.load import Plan, Question, Result
from benchmarks.backend.stage import CONNECTIONS

TICK = 1000 / os.sysconf("SC_CLK_TCK")
"""Milliseconds of the kernel's count."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of CPU for one request."""

    server: float
    database: float

    @property
    def both(self) -> float:
        """Of all processes that answer."""
        return self.server + self.database


@dataclass(frozen=True, slots=True)
class Target:
    """A server, what it is asked, and the first process of its database."""

    address: str
    process: int
    questions: Sequence[Question]
    database: int | None = None

    async def cost(self, calls: int) -> Cost:
        """Asks so often, by a process of its own, whose time does not count."""
        plan = Plan(self.address, list(self.questions), calls, CONNECTIONS)
        before = self._spent()
        result = await asyncio.to_thread(_load, plan)
        after = self._spent()
        assert result.statuses == {200: calls}, result.statuses
        return Cost((after[0] - before[0]) / calls, (after[1] - before[1]) / calls)

    def _spent(self) -> tuple[float, float]:
        database = 0.0 if self.database is None else sum(map(cpu_ms, family(self.database)))
        return cpu_ms(self.process), database


def cpu_ms(process: int) -> float:
    """That a process has used, with those children of its that have ended."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) * TICK


def family(process: int) -> list[int]:
    """The process and its children: PostgreSQL's connections and workers."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process, *map(int, children)]


def _load(plan: Plan) -> Result:
    command = [sys.executable, "-m", "benchmarks.backend.load"]
    done = subprocess.run(command, input=msgspec.json.encode(plan), check=True, capture_output=True)
    return msgspec.json.decode(done.stdout, type=Result)
