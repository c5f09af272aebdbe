"""The conclusion that comes next, fetched, verified and opened while the one before is read."""

import asyncio
import logging
from dataclasses import dataclass
from typing import Final

from backend_client.models.conclusions import Approval
from signing.report import Verdict
from workstation.services.answers import SignedPdf
from workstation.studies.errors import StudyError
from workstation.ui.screens.approvals.asked import OpenStudy, Papers
from workstation.ui.task_scope import TaskScope

logger = logging.getLogger(__name__)

GOOD_FOR_S: Final = 120.0
"""What was verified earlier than this is verified anew."""


@dataclass(slots=True)
class _Ready:
    of: Approval
    signed: SignedPdf | None = None
    pages: OpenStudy | None = None
    at: float = 0.0


class ReadingAhead:
    """One conclusion at the most. It does not count as opened, and its faults are not told: whoever
    comes to it reads it anew."""

    def __init__(self, approvals: Papers) -> None:
        self._approvals = approvals
        self._ready: _Ready | None = None
        self._tasks = TaskScope(on_error=_leave_it)

    def prepare(self, approval: Approval | None) -> None:
        """Reads that one; what was read ahead before is let go. None: nothing comes next."""
        if self._ready is not None and self._ready.of == approval:
            return
        self.forget()
        if approval is not None:
            self._ready = _Ready(approval)
            self._tasks.start(self._read(self._ready), name="approvals.ahead")

    def take(self, approval: Approval) -> tuple[SignedPdf | None, OpenStudy | None]:
        """What is there of that one, now the caller's to close; nothing stays here."""
        ready, self._ready = self._ready, None
        self._tasks.cancel("approvals.ahead")
        if ready is None:
            return None, None
        if ready.of == approval and ready.signed is not None and _now() - ready.at < GOOD_FOR_S:
            return ready.signed, ready.pages
        self._close(ready)
        return None, None

    def forget(self) -> None:
        """Nothing is held any more."""
        ready, self._ready = self._ready, None
        self._tasks.cancel("approvals.ahead")
        if ready is not None:
            self._close(ready)

    async def close(self) -> None:
        """Ends everything for good."""
        ready, self._ready = self._ready, None
        if ready is not None and ready.pages is not None:
            await ready.pages.close()
        await self._tasks.close()

    async def _read(self, ready: _Ready) -> None:
        signed = await self._approvals.read(ready.of)
        ready.signed, ready.at = signed, _now()
        if signed.report.verdict is not Verdict.VALID:
            return
        pages = await self._approvals.open_pages(signed.pdf)
        if self._ready is ready:
            ready.pages = pages
        else:  # taken, or let go, as it was opened
            await pages.close()

    def _close(self, ready: _Ready) -> None:
        pages, ready.pages = ready.pages, None
        if pages is not None:
            self._tasks.start(pages.close(), name="approvals.close_ahead")


def _now() -> float:
    return asyncio.get_running_loop().time()


def _leave_it(error: BaseException) -> None:
    if not isinstance(error, StudyError):
        logger.info("not read ahead: %s", type(error).__name__)
