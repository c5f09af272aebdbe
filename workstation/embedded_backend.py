"""The backend as a child process of the workstation, for one clinic on one machine and the demo."""

import argparse
import logging
import subprocess
import sys
import threading
from pathlib import Path
from queue import Empty, Queue

from workstation.desktop.paths import paths_in, system_paths

logger = logging.getLogger(__name__)
_ANSWER = "listening on "


class BackendDidNotStart(Exception):
    """The child process ended, or said nothing in time, before it listened."""


class EmbeddedBackend:
    """A server process on a free loopback port. It ends with us: it watches its standard input.

    `start` returns at once; `address` waits. A server that ends by itself is started again on the
    same port.
    """

    def __init__(self, folder: Path, *, demo: bool) -> None:
        self._folder = folder
        self._demo = demo
        self._process: subprocess.Popen[str] | None = None
        self._addresses: Queue[str | None] = Queue()
        self._port = 0
        self._stopping = False

    @property
    def trust_roots(self) -> Path:
        """Folder of PEM files: signatures by certificates of these roots are taken."""
        return self._folder / "trust-roots"

    @property
    def pid(self) -> int | None:
        """Process id of the server that runs now."""
        return self._process.pid if self._process is not None else None

    def start(self) -> None:
        """Starts the process; it is ready when `address` answers."""
        self.trust_roots.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "backend"] if not _is_frozen() else _frozen_command()
        command += ["serve", "--port", str(self._port), "--exit-with-stdin"]
        command += ["--database", f"sqlite:///{self._folder / 'backend.sqlite'}"]
        command += ["--files", (self._folder / "files").as_uri()]
        command += ["--trust-roots", str(self.trust_roots)]
        command += ["--demo"] if self._demo else []
        own_rules = self._folder / "catalogues"
        command += ["--catalogues", str(own_rules)] if own_rules.is_dir() else []
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        threading.Thread(target=self._watch, args=(self._process,), daemon=True).start()

    def address(self, timeout: float = 120.0) -> str:
        """Waits until the server listens (call it in a thread); raises BackendDidNotStart."""
        try:
            address = self._addresses.get(timeout=timeout)
        except Empty:
            address = None
        if address is None:
            raise BackendDidNotStart("the embedded backend did not start")
        return address

    def stop(self, timeout: float = 5.0) -> None:
        """Asks the server to end by closing its standard input; kills it where it does not."""
        self._stopping = True
        process = self._process
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _watch(self, process: subprocess.Popen[str]) -> None:
        """Reads what the server says until it ends; starts it again where nobody asked for that."""
        assert process.stdout is not None
        said = False
        with process.stdout:
            for line in process.stdout:
                if line.startswith(_ANSWER) and not said:
                    said = True
                    address = line.removeprefix(_ANSWER).strip()
                    self._port = int(address.rsplit(":", 1)[1])
                    self._addresses.put(address)
        process.wait()
        if process.stdin is not None:
            process.stdin.close()
        if not said:
            self._addresses.put(None)
        elif not self._stopping:
            logger.warning("the embedded backend ended with code %s", process.returncode)
            self.start()


def embedded_folder(options: argparse.Namespace) -> Path:
    """Where the embedded backend keeps its data: beside ours; the demonstration's apart."""
    paths = paths_in(Path(options.data_folder)) if options.data_folder else system_paths()
    return paths.data / ("demo-backend" if options.demo else "backend")


def _is_frozen() -> bool:
    return bool(getattr(sys, "frozen", False))


def _frozen_command() -> list[str]:
    """In a frozen build the backend is a program beside this one."""
    return [str(Path(sys.executable).with_name("telemed-backend"))]
