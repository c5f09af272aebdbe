"""The door to the process that verifies and countersigns PDFs: none is parsed in the window."""

import asyncio
import hashlib
import logging
import multiprocessing
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Final, Protocol

import msgspec

from signing.errors import SigningError, UnreadableDocument
from workstation.services.countersigning import Untrue, exchanged, order_of
from workstation.services.told_terms import longest_wait_s
from workstation.services.verify_process import Question, run_verifier

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    from cryptography import x509

    from signing.report import SignatureReport
    from signing.signed_file import Terms
    from signing.signer import Signer
    from signing.stamp import Stamp

logger = logging.getLogger(__name__)

LONGEST_S: Final = 40.0
"""From the question to the answer, a process that has yet to start among it."""
LARGEST: Final = 64 * 1024 * 1024
"""Bytes of a file that is looked at."""
_LARGEST_ANSWER: Final = 4 * 1024 * 1024


class Verifier(Protocol):
    """Verifies files."""

    async def verify(
        self,
        pdf: bytes,
        roots: "Sequence[x509.Certificate]",
        expect_signers: int | None,
        at: datetime,
    ) -> "SignatureReport":
        """What its signatures are worth at that moment (aware)."""

    def countersign(self, pdf: bytes, signer: "Signer", stamp: "Stamp", terms: "Terms") -> bytes:
        """As `signing.levels.approve_with`; blocks."""

    async def start(self) -> None:
        """Makes ready, so that the first file is not waited for."""

    async def close(self) -> None:
        """Ends the process."""


class VerifyProcess:
    """One process, started with the first file; a file that ends or holds it is unreadable."""

    def __init__(self, seconds: float = LONGEST_S) -> None:
        self._seconds = seconds
        self._turn = threading.Lock()
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None

    @property
    def pid(self) -> int | None:
        """The process's id; None where there is none."""
        return None if self._process is None else self._process.pid

    async def verify(
        self,
        pdf: bytes,
        roots: "Sequence[x509.Certificate]",
        expect_signers: int | None,
        at: datetime,
    ) -> "SignatureReport":
        """As `signing.verify.verify_pdf`; the window's loop goes on meanwhile."""
        return await asyncio.to_thread(self._verify, pdf, roots, expect_signers, at)

    def countersign(self, pdf: bytes, signer: "Signer", stamp: "Stamp", terms: "Terms") -> bytes:
        """As `signing.levels.approve_with`, the file parsed in the process; blocks, and the key
        signs in the calling thread. `terms.at` is known (aware).

        Raises as that one does; UnreadableDocument where the process ends over the file.
        """
        order = order_of(signer, stamp, terms)
        seconds = self._seconds + longest_wait_s(terms)
        with self._turn:
            try:
                connection = self._connection or self._begun()
                with self._watched(seconds):
                    return exchanged(connection, order, pdf, signer)
            except Untrue as error:
                self._forget()
                raise SigningError("the process that signs asked for something else") from error
            except (EOFError, OSError, msgspec.MsgspecError) as error:
                self._forget()
                raise UnreadableDocument("the process that signs has ended") from error

    async def start(self) -> None:
        """Starts the process ahead of the first file."""
        await asyncio.to_thread(self._start)

    async def close(self) -> None:
        """Ends the process."""
        await asyncio.to_thread(self._end)

    def _verify(
        self,
        pdf: bytes,
        roots: "Sequence[x509.Certificate]",
        expect_signers: int | None,
        at: datetime,
    ) -> "SignatureReport":
        from cryptography.hazmat.primitives.serialization import Encoding

        from signing.report import Problem, SignatureReport

        question = Question([one.public_bytes(Encoding.DER) for one in roots], expect_signers, at)
        if pdf and len(pdf) <= LARGEST:
            try:
                answer = self._asked(msgspec.msgpack.encode(question), pdf)
                return msgspec.msgpack.decode(answer, type=SignatureReport)
            except (EOFError, OSError, msgspec.MsgspecError) as error:
                logger.warning("a file could not be verified: %s", type(error).__name__)
        return SignatureReport(hashlib.sha256(pdf).hexdigest(), (), (Problem.UNREADABLE,))

    def _asked(self, question: bytes, pdf: bytes) -> bytes:
        with self._turn:
            connection = self._connection or self._begun()
            try:
                with self._watched(self._seconds):
                    connection.send_bytes(question)
                    connection.send_bytes(pdf)
                    return connection.recv_bytes(_LARGEST_ANSWER)
            except (EOFError, OSError):
                self._forget()
                raise

    @contextmanager
    def _watched(self, seconds: float) -> Iterator[None]:
        watch = threading.Timer(seconds, self._kill)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()

    def _start(self) -> None:
        with self._turn:
            if self._connection is None:
                self._begun()

    def _begun(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        near, far = context.Pipe()
        process = context.Process(target=run_verifier, args=(far,), name="verifier", daemon=True)
        process.start()
        far.close()
        self._process, self._connection = process, near
        return near

    def _kill(self) -> None:
        process = self._process
        if process is not None:
            process.kill()

    def _forget(self) -> None:
        process, connection = self._process, self._connection
        self._process, self._connection = None, None
        if connection is not None:
            connection.close()
        if process is not None:
            process.kill()
            process.join()
            process.close()

    def _end(self) -> None:
        self._kill()
        with self._turn:
            self._forget()
