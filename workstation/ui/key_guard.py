"""Locks the signing keys when nobody sits before the screen; says when a token was pulled out."""

from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtCore import QObject, QTimer

from workstation.ui.session_lock import SessionLock, session_lock
from workstation.ui.task_scope import TaskScope

__all__ = ["KeyGuard", "session_lock"]
EVERY_MS: Final = 2_000


class OpenKeys(Protocol):
    """The keys that one PIN has opened."""

    async def lock(self) -> bool:
        """Locks them all; whether any was open."""

    async def lose_pulled_out(self) -> bool:
        """Whether the token of an open key was pulled out; such a key is locked."""


class KeyGuard(QObject):
    """Looks after one computer's open keys; never blocks the window."""

    def __init__(
        self,
        keys: OpenKeys,
        lock: SessionLock,
        tell: Callable[[str, str], None],
        on_error: Callable[[BaseException], None],
        parent: QObject | None = None,
    ) -> None:
        """`tell` gets a line and the name of an icon. `lock` is stopped with the guard."""
        super().__init__(parent)
        self._keys, self._lock, self._tell = keys, lock, tell
        self._tasks = TaskScope(on_error=on_error)
        lock.locked.connect(self._screen_locked)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(EVERY_MS)

    def look(self) -> None:
        """Whether the tokens are still there; one look at a time."""
        if self._tasks.is_idle:
            self._tasks.start(self._look(), name="keys.look")

    async def close(self) -> None:
        """Ends it; the keys stay as they are."""
        self._timer.stop()
        self._lock.stop()
        await self._tasks.close()

    def _screen_locked(self) -> None:
        self._tasks.start(self._lock_keys(), name="keys.lock")

    async def _lock_keys(self) -> None:
        if await self._keys.lock():
            self._tell(self.tr("The screen was locked: signing asks for the PIN again"), "lock")

    async def _look(self) -> None:
        if await self._keys.lose_pulled_out():
            self._tell(
                self.tr("The token was pulled out: plug it in, signing asks for the PIN again"),
                "warning",
            )
