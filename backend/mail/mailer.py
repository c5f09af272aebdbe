"""Sends what is due, in a task of its own: never in a request, and again where it did not go."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import Protocol

from sqlalchemy import func, select

from backend.changes import Changes
from backend.database import Database
from backend.mail.claiming import Claimed, Claims
from backend.mail.outbox import failed, postponed, taken
from backend.mail.smtp import NotSent
from backend.problems import log_fault
from backend.settings import Clock
from backend.tables import mails

log = logging.getLogger(__name__)

LONGEST_WAIT = 30.0
"""Seconds; another process may have put something in that this one does not know of."""


class Post(Protocol):
    """Takes one letter; blocking. Raises NotSent."""

    def send(self, address: str, letter: bytes) -> None:
        """Returns once it is taken."""


class Mailer:
    """One letter at a time in each process; of two processes only one gets a letter."""

    def __init__(
        self, database: Database, changes: Changes, claims: Claims, post: Post | None, now: Clock
    ) -> None:
        self._database = database
        self._changes = changes
        self._claims = claims
        self._post = post
        self._now = now
        self._nearer = asyncio.Event()

    @property
    def is_set_up(self) -> bool:
        """Whether there is a mail server at all."""
        return self._post is not None

    def changed(self) -> None:
        """There may be something to send."""
        self._nearer.set()

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Sends for the time of the block. A letter that is on its way then is tried again later,
        as the same letter."""
        if self._post is None:
            yield
            return
        task = asyncio.create_task(self._keep(self._post), name="mailer")
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def send_due(self, post: Post) -> None:
        """Everything whose time has come, each tried once."""
        tried: set[str] = set()
        while (mail_id := await self._claims.next_due(tried)) is not None:
            tried.add(mail_id)
            claimed = await self._claims.claim(mail_id)
            if claimed is not None:
                await self._send(post, claimed)

    async def _keep(self, post: Post) -> None:
        while True:
            self._nearer.clear()
            try:
                await self.send_due(post)
                seconds = await self._seconds_left()
            # Whatever it is: the next round tries again, and the log says where it was.
            except Exception as error:  # noqa: BLE001
                log_fault(log, error)
                seconds = LONGEST_WAIT
            # Not wait_for: in Python 3.11 it may swallow the cancellation that ends this.
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._nearer.wait()

    async def _send(self, post: Post, one: Claimed) -> None:
        try:
            await in_thread(lambda: post.send(one.address, one.letter))
        except NotSent as error:
            log.warning("mail %s: %s", one.id, error)
            async with self._changes.change(one.centre_id) as change:
                work = failed if error.is_final else postponed
                await work(change, one.id, one.key, error.fault, self._now())
            return
        async with self._changes.change(one.centre_id) as change:
            await taken(change, one.id, one.key, self._now())

    async def _seconds_left(self) -> float:
        async with self._database.read() as connection:
            first: datetime | None = (
                await connection.execute(select(func.min(mails.c.due_at)))
            ).scalar()
        left = LONGEST_WAIT if first is None else (first - self._now()).total_seconds()
        return min(max(left, 1.0), LONGEST_WAIT)


async def in_thread(work: Callable[[], None]) -> None:
    """Does it in a thread that no end of the process waits for: a mail server may hang."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def finish(error: Exception | None) -> None:
        if done.done():
            return
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error)

    def run() -> None:
        error: Exception | None = None
        try:
            work()
        except Exception as caught:  # noqa: BLE001  it is raised where it is awaited
            error = caught
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(finish, error)

    threading.Thread(target=run, name="mail", daemon=True).start()
    await done
