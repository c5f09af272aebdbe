"""Migrated databases as files: a copy is quicker than the migrations."""

import asyncio
from pathlib import Path

from backend.database import Database


def migrate(url: str) -> None:
    """Brings the database at that address to the program's version."""
    asyncio.run(_migrate(url))


def migrated_file(folder: Path) -> Path:
    """An SQLite database without rows, in that folder."""
    file = folder / "backend.db"
    migrate(f"sqlite:///{file}")
    return file


async def _migrate(url: str) -> None:
    database = Database(url)
    try:
        await database.migrate()
    finally:  # an open connection's thread would keep the whole run from ending
        await database.close()
