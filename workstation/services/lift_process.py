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
from collections.abc import Sequence
from datetime import datetime
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Final, Protocol

import msgspec

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
_MOST_SERVICES: Final = 12
"""So many answers of services a file waits for at the most, one after the other."""


class LiftOrder(msgspec.Struct, frozen=True):
    """On what terms to lift the file whose bytes follow."""

    policy: dict[str, object]
    """As `signing.policy.read_policy` reads it."""
    roots: Sequence[bytes]
    """DER."""
    at: datetime


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
            near.send_bytes(msgspec.msgpack.encode(_order(terms)))
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
        return self._seconds + _MOST_SERVICES * terms.policy.timeout


def run_lift(connection: Connection) -> None:
    """In the process: one file."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in the terminal is for the window
    forbid_core_dumps()
    with contextlib.suppress(EOFError, OSError):  # the window is gone
        order = msgspec.msgpack.decode(connection.recv_bytes(), type=LiftOrder)
        pdf = connection.recv_bytes()
        with Confinement().job(CPU_S, MEMORY):
            answer = lifted(order, pdf)
        connection.send_bytes(msgspec.msgpack.encode(answer))


def lifted(order: LiftOrder, pdf: bytes) -> Lifted:
    """Blocks for as long as the services take."""
    from cryptography import x509

    from signing.errors import SigningError
    from signing.levels import extend
    from signing.policy import read_policy
    from signing.signed_file import Terms

    roots = [x509.load_der_x509_certificate(root) for root in order.roots]
    try:
        done = extend(pdf, Terms(read_policy(order.policy), roots, None, order.at))
    except SigningError as error:
        return Lifted(pdf, refusal=type(error).__name__)
    return Lifted(done.pdf, done.reached.value, tuple(why.value for why in done.why))


def _order(terms: "Terms") -> LiftOrder:
    from cryptography.hazmat.primitives.serialization import Encoding

    policy = terms.policy
    assert terms.at is not None  # the server's clock
    return LiftOrder(
        policy={
            "level": policy.level.value,
            "at_least": policy.at_least.value,
            "time_services": list(policy.time_services),
            "timeout_seconds": policy.timeout,
            "must_know_revocation": policy.must_know_revocation,
        },
        roots=[root.public_bytes(Encoding.DER) for root in terms.trust_roots],
        at=terms.at,
    )
