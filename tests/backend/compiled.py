"""SQL that is put together once for all servers of a test process.

Each server has an engine of its own, and an engine keeps what it has compiled for itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import Dialect
from sqlalchemy.engine.interfaces import CompiledCacheType


class Compiled:
    """What the first engine of each driver has, for all that come after it."""

    def __init__(self) -> None:
        self._first: dict[str, tuple[Dialect, CompiledCacheType | None]] = {}

    def share(self, connection: Connection) -> None:
        """A new connection, and the engine behind it, use what is there (SQLAlchemy's event
        `engine_connect`)."""
        engine = connection.engine
        own = engine.dialect, engine._compiled_cache
        dialect, statements = self._first.setdefault(engine.dialect.driver, own)
        connection.dialect = engine.dialect = dialect
        engine._compiled_cache = statements


@contextmanager
def compiled_once() -> Iterator[None]:
    """For all engines of the process, while the block lasts."""
    share = Compiled().share
    event.listen(Engine, "engine_connect", share)
    try:
        yield
    finally:
        event.remove(Engine, "engine_connect", share)
