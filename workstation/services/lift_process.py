"""Lifting in a process of its own: a file is parsed, and services of trust are asked, in none of
the window's threads.

One process for one file: it is rare, may wait long for a service, and is ended with its file where
it hangs. Nothing of Qt and no key is in it.
"""

import asyncio
import contextlib
import multiprocessing
import signal
import threading
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Final, Protocol

import msgspec

from workstation.services.told_terms import ToldTerms, longest_wait_s, told
from workstation.studies.confinement import Confinement, forbid_core_dumps

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from signing.signed_file import Terms

CPU_S: Final = 40.0
MEMORY: Final = 1024 * 1024 * 1024
"""Bytes of addresses beyond what the process has already."""
LONGEST_S: Final = 60.0
"""Beside the time that its services may take."""
LARGEST: Final = 64 * 1024 * 1024
"""Bytes of an answer."""


class Lifted(msgspec.Struct, frozen=True):
    """What was reached."""

    pdf: bytes
    """The same bytes where no more could be had now."""
    level: str = ""
    """«B-T», as `signing.report.Level` has it."""
    why: tuple[str, ...] = ()
    """Why not more: values of `signing.signed_file.Why`."""
    refusal: str = ""
    """Name of the SigningError because of which this file is not lifted."""


class Lifter(Protocol):
    """Lifts files."""

    async def lift(self, pdf: bytes, terms: "Terms") -> Lifted:
        """As `signing.levels.extend`; `refusal` says what that one raises. The bytes of a file over
        which the process ends come back as they are."""


class LiftProcess:
    """The real one."""

    def __init__(self, seconds: float = LONGEST_S) -> None:
        self._seconds = seconds
        self._running: set[BaseProcess] = set()

    async def lift(self, pdf: bytes, terms: "Terms") -> Lifted:
        """As of every Lifter. `terms.at` is known (aware). Cancelled, it ends the process."""
        work = asyncio.create_task(asyncio.to_thread(self._lift, pdf, terms))
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            self.kill()
            with contextlib.suppress(asyncio.CancelledError):
                await work
            raise

    def kill(self) -> None:
        """Ends what runs; nothing of it is kept."""
        for process in tuple(self._running):
            process.kill()

    def _lift(self, pdf: bytes, terms: "Terms") -> Lifted:
        context = multiprocessing.get_context("spawn")
        near, far = context.Pipe()
        process = context.Process(target=run_lift, args=(far,), name="lifter", daemon=True)
        process.start()
        far.close()
        self._running.add(process)
        watch = threading.Timer(self._longest(terms), process.kill)
        watch.daemon = True
        watch.start()
        try:
            near.send_bytes(msgspec.msgpack.encode(told(terms)))
            near.send_bytes(pdf)
            return msgspec.msgpack.decode(near.recv_bytes(LARGEST), type=Lifted)
        except (EOFError, OSError, msgspec.MsgspecError):
            return Lifted(pdf, why=("process_ended",))
        finally:
            watch.cancel()
            near.close()
            process.kill()
            process.join()
            self._running.discard(process)

    def _longest(self, terms: "Terms") -> float:
        return self._seconds + longest_wait_s(terms)


def run_lift(connection: Connection) -> None:
    """In the process: one file."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in the terminal is for the window
    forbid_core_dumps()
    with contextlib.suppress(EOFError, OSError):  # the window is gone
        order = msgspec.msgpack.decode(connection.recv_bytes(), type=ToldTerms)
        pdf = connection.recv_bytes()
        with Confinement().job(CPU_S, MEMORY):
            answer = lifted(order, pdf)
        connection.send_bytes(msgspec.msgpack.encode(answer))


def lifted(order: ToldTerms, pdf: bytes) -> Lifted:
    """Blocks for as long as the services take."""
    from signing.errors import SigningError
    from signing.levels import extend

    try:
        done = extend(pdf, order.understood())
    except SigningError as error:
        return Lifted(pdf, refusal=type(error).__name__)
    return Lifted(done.pdf, done.reached.value, tuple(why.value for why in done.why))
