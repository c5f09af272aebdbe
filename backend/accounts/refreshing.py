"""Refresh tokens: each is exchanged once, but for an answer that was lost on its way."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.accounts.digests import digest
from backend.tables import refresh_tokens, token_families

GRACE = timedelta(seconds=30)
"""How long a client may ask again whose answer was lost."""


@dataclass(frozen=True, slots=True)
class Refresh:
    """A refresh token of a sign-in that is not over."""

    token_hash: str
    family_id: str
    used_at: datetime | None
    used_by: str | None
    next_pair: int | None
    pair: int
    """The newest pair of the sign-in."""
    seen_pair: int

    def was_lost(self, client: str, now: datetime) -> bool:
        """Whether its answer may not have come: asked again at once, by the same client, while
        nobody has used anything of what it was exchanged for."""
        if self.used_at is None or self.next_pair is None:
            return False
        return (
            now - self.used_at <= GRACE
            and self.used_by == client
            and self.next_pair == self.pair
            and self.seen_pair < self.pair
        )


async def known_refresh(
    connection: AsyncConnection, token_hash: str, now: datetime
) -> Refresh | None:
    """Locks the sign-in: of two exchanges at once one comes first."""
    columns = ("token_hash", "family_id", "used_at", "used_by", "next_pair")
    found = (
        select(
            *(refresh_tokens.c[name] for name in columns),
            token_families.c.pair,
            token_families.c.seen_pair,
        )
        .join(token_families, token_families.c.id == refresh_tokens.c.family_id)
        .where(refresh_tokens.c.token_hash == token_hash)
        .where(token_families.c.revoked_at.is_(None), token_families.c.expires_at > now)
        .with_for_update()
    )
    row = (await connection.execute(found)).mappings().first()
    return None if row is None else Refresh(**row)


async def exchange(connection: AsyncConnection, known: Refresh, client: str, now: datetime) -> str:
    """The next refresh token. One that was given before and lost counts as used from now on:
    should it have been stolen on its way, its use ends the sign-in."""
    unused = (refresh_tokens.c.family_id == known.family_id) & refresh_tokens.c.used_at.is_(None)
    mine = refresh_tokens.c.token_hash == known.token_hash
    if known.used_at is not None:
        await connection.execute(update(refresh_tokens).where(unused).values(used_at=now))
    used = {
        "used_at": known.used_at or now,
        "used_by": client,
        "next_pair": known.pair + 1,
    }
    await connection.execute(update(refresh_tokens).where(mine).values(used))
    family = update(token_families).where(token_families.c.id == known.family_id)
    await connection.execute(family.values(pair=known.pair + 1))
    return await new_refresh_token(connection, known.family_id)


async def new_refresh_token(connection: AsyncConnection, family_id: str) -> str:
    """Kept as its hash only."""
    token = secrets.token_urlsafe(32)
    row = {"token_hash": digest(token), "family_id": family_id}
    await connection.execute(insert(refresh_tokens).values(row))
    return token
