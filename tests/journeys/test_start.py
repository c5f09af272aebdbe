"""The start and the end of the real program."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from workstation.embedded_backend import EmbeddedBackend

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]


def started(*arguments: str) -> subprocess.Popen[str]:
    """The workstation as a process, telling its milestones."""
    return subprocess.Popen(
        [sys.executable, "-m", "workstation", "--milestones", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )


def milestones(process: subprocess.Popen[str]) -> Iterator[dict[str, object]]:
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("{"):
            yield json.loads(line)


def test_nothing_heavy_is_loaded_before_the_first_paint(tmp_path: Path) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        process = started("--demo", "--server", address, "--data-folder", str(tmp_path))
        first = next(milestones(process))
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    assert first["milestone"] == "first_paint"
    assert first["heavy"] == []


def test_a_signal_ends_the_program_in_order(tmp_path: Path) -> None:
    """After SIGTERM: exit code 0, no child process left, settings saved, nothing on stderr."""
    process = started("--demo", "--sign-in", "levashova", "--data-folder", str(tmp_path))
    for milestone in milestones(process):
        if milestone["milestone"] == "queue_usable":
            break
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Traceback" not in errors
    assert (tmp_path / "config" / "demo" / "settings.json").exists()
    assert not children_named(str(tmp_path))


def test_an_embedded_backend_that_is_killed_comes_back_on_its_port(tmp_path: Path) -> None:
    backend = EmbeddedBackend(tmp_path, demo=False)
    backend.start()
    address = backend.address()
    try:
        assert backend.pid is not None
        os.kill(backend.pid, signal.SIGKILL)
        assert backend.address() == address
    finally:
        backend.stop()


def children_named(word: str) -> list[str]:
    """Command lines of running processes that contain the word."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue  # it has ended meanwhile
        if word in line and "pytest" not in line:
            found.append(line)
    return found
