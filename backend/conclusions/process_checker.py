"""Checks signatures by `signing.verify`, each file in a process of its own that may be killed."""

import asyncio
import contextlib
import logging
import sys
from asyncio.subprocess import DEVNULL, PIPE
from http import HTTPStatus
from pathlib import Path

import msgspec

from backend.conclusions.signatures import SignatureVerdict
from backend.problems import Refused
from backend_client.models.common import Problem, ProblemCode

log = logging.getLogger(__name__)

LONGEST_S = 30.0
AT_ONCE = 2
"""Each takes a core and the memory of a PDF library."""
COMMAND = (sys.executable, "-m", "backend.conclusions.verify_process")


class ProcessChecker:
    """Trusts the roots in a folder of PEM files; a new one counts from the next check on."""

    def __init__(self, trust_roots: Path, seconds: float = LONGEST_S) -> None:
        self._trust_roots = trust_roots
        self._seconds = seconds
        self._places = asyncio.Semaphore(AT_ONCE)

    async def check(self, pdf: bytes, expect_signers: int) -> SignatureVerdict:
        """Raises Refused where the process gives no answer in its time."""
        async with self._places:
            process = await asyncio.create_subprocess_exec(
                *COMMAND,
                str(self._trust_roots),
                str(expect_signers),
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
            )
            try:
                async with asyncio.timeout(self._seconds):
                    answer, _ = await process.communicate(pdf)
                return msgspec.json.decode(answer, type=SignatureVerdict)
            except (TimeoutError, msgspec.MsgspecError) as error:
                log.error("a signature could not be checked: %s", type(error).__name__)
                raise _no_answer() from error
            finally:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()


def _no_answer() -> Refused:
    title = "The signatures could not be checked: try again"
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return Refused(Problem(status=status, title=title, code=ProblemCode.INTERNAL))
