"""What the server knows about itself, by name."""

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.tables import facts


async def read_fact(connection: AsyncConnection, name: str) -> str | None:
    """The value, or None."""
    found = select(facts.c.value).where(facts.c.name == name)
    value: str | None = (await connection.execute(found)).scalar()
    return value


async def write_fact(connection: AsyncConnection, name: str, value: str) -> None:
    """Makes a new fact; raises sqlalchemy.exc.IntegrityError where there is one of that name."""
    await connection.execute(insert(facts).values(name=name, value=value))


async def replace_fact(connection: AsyncConnection, name: str, value: str) -> None:
    """Makes the fact, or changes it."""
    changed = await connection.execute(
        update(facts).where(facts.c.name == name).values(value=value)
    )
    if not changed.rowcount:
        await write_fact(connection, name, value)
