"""Runs the server in this process until it is told to stop."""

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from socket import socket as Socket
from typing import TYPE_CHECKING, cast

import uvicorn
from litestar import Litestar
from uvicorn.server import HANDLED_SIGNALS

from backend.calls.turn_environment import turn_settings
from backend.conclusions.process_checker import ProcessChecker
from backend.conclusions.signatures import SignatureChecker
from backend.listening import address_of, listen, refuse_open_demo
from backend.logging_setup import log_to_stderr
from backend.mail.environment import mail_settings
from backend.main import create_app
from backend.parent import when_stdin_closes
from backend.settings import CATALOGUES, LEASE_SECONDS, CannotStart, Settings

if TYPE_CHECKING:
    from uvicorn._types import ASGIApplication

STOP_SECONDS = 3
"""How long requests that are being answered may take at the end."""
IDLE_SECONDS = 75
"""How long a connection may wait for its next request. Longer than a client keeps one (httpx: 5 s):
who closes first must not be the one who is not asked, or a request meets a closed connection."""
CANNOT_START = 2
LARGEST_MESSAGE = 4096
"""Bytes of what a client says over a WebSocket: there is nothing to say."""


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """The command line of `serve`."""

    database: str
    files: str
    port: int
    host: str
    demo: bool
    exit_with_stdin: bool
    trust_roots: str | None = None
    """Folder of PEM files; without it no signed conclusion is taken."""
    lease_seconds: int = LEASE_SECONDS
    """For how long a claim lasts behind its last heartbeat."""
    public_url: str = ""
    """Where anybody reaches the server; no slash at its end."""
    catalogues: str | None = None
    """Folder of the centres' rules; None: those that ship."""


def serve(options: ServeOptions) -> int:
    """Serves until a signal or the parent ends it; the exit code is 2 where it cannot start."""
    log_to_stderr()
    try:
        if options.demo:
            refuse_open_demo(options.host)
        with suppress(KeyboardInterrupt):
            asyncio.run(_serve(options))
    except CannotStart as reason:
        sys.stderr.write(f"the server cannot start: {reason}\n")
        return CANNOT_START
    return 0


async def _serve(options: ServeOptions) -> None:
    socket = listen(options.host, options.port)
    settings = Settings(
        options.database,
        options.files,
        demo=options.demo,
        lease_seconds=options.lease_seconds,
        public_url=options.public_url,
        catalogues=CATALOGUES if options.catalogues is None else Path(options.catalogues),
        mail=mail_settings(os.environ, options.public_url),
        turn=turn_settings(os.environ),
    )
    app = create_app(settings, checker=_checker(options.trust_roots))
    server = Server(app, address_of(socket, options.host))
    if options.exit_with_stdin:
        when_stdin_closes(server.stop)
    with closing(socket):
        # Not uvicorn's own lifespan: it would swallow the reason of a start that fails.
        async with app.lifespan():
            await server.serve(sockets=[socket])


def _checker(trust_roots: str | None) -> SignatureChecker | None:
    if trust_roots is None:
        return None
    if not Path(trust_roots).is_dir():
        raise CannotStart(f"--trust-roots {trust_roots} is not a folder")
    return ProcessChecker(Path(trust_roots))


class Server(uvicorn.Server):
    """Says when it accepts connections; a signal ends it without an error."""

    def __init__(self, app: Litestar, address: str) -> None:
        super().__init__(
            uvicorn.Config(
                # uvicorn's and Litestar's types of the same ASGI messages differ in name only.
                cast("ASGIApplication", app),
                lifespan="off",
                ws="websockets-sansio",
                ws_max_size=LARGEST_MESSAGE,
                access_log=False,
                log_config=None,
                server_header=False,
                timeout_keep_alive=IDLE_SECONDS,
                timeout_graceful_shutdown=STOP_SECONDS,
            )
        )
        self._address = address

    async def startup(self, sockets: list[Socket] | None = None) -> None:
        """Prints the one line that the one who started it waits for."""
        await super().startup(sockets)
        if not self.should_exit:
            sys.stdout.write(f"listening on {self._address}\n")
            sys.stdout.flush()

    def stop(self) -> None:
        """Ends it; may be called from any thread."""
        self.should_exit = True

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As uvicorn's, but a graceful end is no death by signal."""
        before = {number: signal.signal(number, self.handle_exit) for number in HANDLED_SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
