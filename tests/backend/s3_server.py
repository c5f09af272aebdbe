"""An S3 of the tests' own: moto's server as a process, from PyPI."""

import re
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from threading import Thread

import httpx

from backend.settings import S3Keys

SAYS = re.compile(r"Running on (http://\S+)")
SIGNED = "X-Amz-Signature="
KEPT_CALLS = 10_000
KEYS = S3Keys("tests", "tests")
"""moto takes any."""
ENVIRONMENT = {"AWS_ACCESS_KEY_ID": KEYS.key_id, "AWS_SECRET_ACCESS_KEY": KEYS.secret}
"""Of a process that works with it."""


class S3Server:
    """A running server."""

    def __init__(self, endpoint: str, calls: deque[str]) -> None:
        self.endpoint = endpoint
        self._calls = calls
        self._numbers = count(1)

    def bucket(self) -> str:
        """A new bucket's address, as the backend is given it."""
        name = f"bucket-{next(self._numbers)}"
        httpx.put(f"{self.endpoint}/{name}").raise_for_status()
        return f"s3://{name}/files?endpoint={self.endpoint}&region=us-east-1"

    def read_by_link(self) -> int:
        """How often a file was read by an address that was given for a short time."""
        return sum('"GET /' in call and SIGNED in call for call in list(self._calls))


@contextmanager
def s3_server() -> Iterator[S3Server]:
    """Starts one, which keeps what it is given until its end."""
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            endpoint, calls = _endpoint(process), deque[str](maxlen=KEPT_CALLS)
            # It writes a line for each call: a full pipe would stop it.
            Thread(target=calls.extend, args=(process.stderr,), daemon=True).start()
            yield S3Server(endpoint, calls)
        finally:
            process.kill()


def _endpoint(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        found = SAYS.search(line)
        if found is not None:
            return found.group(1)
        said.append(line)
    raise AssertionError("moto's server has not started: " + "".join(said))
