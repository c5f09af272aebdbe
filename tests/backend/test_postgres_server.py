"""The tests' own PostgreSQL ends with whoever started it."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.backend.postgres_server import PostgresMissing, binaries

PATIENCE_S = 60
STARTS_ONE = """
import signal
from tests.backend.postgres_server import postgres_server
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
with postgres_server() as server:
    print(server.process, server.ending, server.url("x").rpartition("=")[2], flush=True)
    signal.pause()
"""


def ended(process: int) -> None:
    """Waits for a process that is not a child of ours."""
    watched = os.pidfd_open(process)
    try:
        ready, _, _ = select.select([watched], [], [], PATIENCE_S)
    finally:
        os.close(watched)
    assert ready, "it runs on"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_it_ends_with_the_process_that_started_it(number: signal.Signals) -> None:
    try:
        binaries()
    except PostgresMissing as missing:
        pytest.skip(str(missing))
    command = [sys.executable, "-c", STARTS_ONE]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as program:
        assert program.stdout is not None
        server, ending, folder = program.stdout.readline().split()
        assert Path(folder.decode(), "data").exists()
        try:
            program.send_signal(number)
            ended(int(server))
            ended(int(ending))
        finally:
            program.kill()
    assert not Path(folder.decode()).exists()
