"""Applications that servers take turns in: the routes are the same for all, and dear to build."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Final

from litestar import Litestar

from backend.main import Life, application


class _Reused:
    """One application; each server in turn gives it a life."""

    def __init__(self) -> None:
        self.app = application(self._live)
        self.life: Life | None = None

    @asynccontextmanager
    async def _live(self, app: Litestar) -> AsyncIterator[None]:
        assert self.life is not None
        async with self.life(app):
            yield


class Applications:
    """Those that nobody has at the moment."""

    def __init__(self) -> None:
        self._free: list[_Reused] = []

    @contextmanager
    def lent(self, life: Life) -> Iterator[Litestar]:
        """One whose lifespan is `life`; servers side by side get one each."""
        one = self._free.pop() if self._free else _Reused()
        one.life = life
        try:
            yield one.app
        finally:
            self._free.append(one)


APPLICATIONS: Final = Applications()
"""For all tests of a process."""
