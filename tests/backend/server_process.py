"""The server as a process of its own, as `python -m backend serve` starts it."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

SAID = "listening on "
END_SECONDS = 60


def command(
    folder: Path, *more: str, port: int = 0, database: str | None = None, files: str | None = None
) -> list[str]:
    """A server on a database and files in a folder, or at other addresses."""
    database = database or f"sqlite:///{folder}/backend.db"
    places = ["--database", database, "--files", files or f"file://{folder}/files"]
    return [sys.executable, "-m", "backend", "serve", *places, "--port", str(port), *more]


def run(arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """A command that ends by itself."""
    return subprocess.run(arguments, capture_output=True, text=True, timeout=END_SECONDS)


class ServerProcess:
    """A server that listens."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process = process
        self.address = address

    async def ended(self) -> tuple[int, str, str]:
        """Exit code, and what it wrote since it listened."""
        out, err = await asyncio.to_thread(self.process.communicate, timeout=END_SECONDS)
        return self.process.returncode, out, err


@asynccontextmanager
async def serving(
    arguments: Sequence[str], environment: Mapping[str, str] | None = None
) -> AsyncIterator[ServerProcess]:
    """Starts it, waits until it listens, and leaves no process behind."""
    with _started(arguments, environment or {}) as process:
        try:
            assert process.stdout is not None
            line = await asyncio.to_thread(process.stdout.readline)
            assert line.startswith(f"{SAID}http://"), line
            yield ServerProcess(process, line.removeprefix(SAID).strip())
        finally:
            process.kill()


def _started(arguments: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    whole = {**os.environ, **environment}
    return subprocess.Popen(arguments, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=whole)
