"""Checks signatures by `signing.verify`, each file in a process of its own that may be killed."""

import asyncio
import contextlib
import logging
import sys
from asyncio.subprocess import DEVNULL, PIPE
from http import HTTPStatus
from pathlib import Path
from typing import Final

import msgspec

from backend.conclusions.signatures import Expected, SignatureVerdict
from backend.problems import Refused
from backend_client.models.common import Problem, ProblemCode

log = logging.getLogger(__name__)

LONGEST_S: Final = 30.0
AT_ONCE: Final = 2
"""Each takes a core and the memory of a PDF library."""
COMMAND: Final = (sys.executable, "-m", "backend.conclusions.verify_process")
TRIES: Final = 2
"""Of a file over which the process ends: it may have been killed for another's memory."""
UNREADABLE: Final = SignatureVerdict(is_good=False, reason="unreadable")


class ProcessChecker:
    """Trusts the roots in a folder of PEM files; a new one counts from the next check on."""

    def __init__(
        self,
        trust_roots: Path,
        seconds: float = LONGEST_S,
        command: tuple[str, ...] = COMMAND,
    ) -> None:
        """`command` is what is started, with the folder as its last word."""
        self._trust_roots = trust_roots
        self._seconds = seconds
        self._command = command
        self._places = asyncio.Semaphore(AT_ONCE)

    async def check(self, pdf: bytes, signers: Expected) -> SignatureVerdict:
        """A file over which the process ends each time is unreadable. Raises Refused (503: the
        client asks again) where there is no answer in time."""
        asked = msgspec.json.encode(list(signers)) + b"\n" + pdf
        async with self._places:
            for _ in range(TRIES):
                answer = await self._answer(asked)
                if answer:
                    return _decoded(answer)
                log.error("a process that verifies has ended without an answer")
        return UNREADABLE

    async def _answer(self, asked: bytes) -> bytes:
        """What the process has written; nothing where it was ended."""
        process = await asyncio.create_subprocess_exec(
            *self._command, str(self._trust_roots), stdin=PIPE, stdout=PIPE, stderr=DEVNULL
        )
        try:
            async with asyncio.timeout(self._seconds):
                answer, _ = await process.communicate(asked)
        except TimeoutError as error:
            log.error("a signature was not checked in time")
            raise _no_answer() from error
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        return answer


def _decoded(answer: bytes) -> SignatureVerdict:
    try:
        return msgspec.json.decode(answer, type=SignatureVerdict)
    except msgspec.MsgspecError as error:
        log.error("the process that verifies has said what cannot be read")
        raise _no_answer() from error


def _no_answer() -> Refused:
    title = "The signatures could not be checked: try again"
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return Refused(Problem(status=status, title=title, code=ProblemCode.INTERNAL))
