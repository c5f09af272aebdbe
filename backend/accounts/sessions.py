"""Signed-in sessions: a family of refresh tokens, each good once, and access tokens beside them."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.accounts.directory import ACCOUNT_COLUMNS, Directory
from backend.accounts.tokens import AccessTokens, BadToken
from backend.database import Database
from backend.problems import not_signed_in
from backend.settings import Clock
from backend.tables import accounts, refresh_tokens, token_families
from backend_client.models.accounts import Account, SignedIn


@dataclass(frozen=True, slots=True)
class Session:
    """Who asks, by which sign-in, and until when the access token is good."""

    account: Account
    family_id: str
    expires_at: datetime


class Sessions:
    """Opens, continues, checks and ends sessions."""

    def __init__(
        self,
        database: Database,
        tokens: AccessTokens,
        directory: Directory,
        refresh_seconds: int,
        now: Clock,
    ) -> None:
        self._database = database
        self._tokens = tokens
        self._directory = directory
        self._refresh_life = timedelta(seconds=refresh_seconds)
        self._now = now

    async def open(self, account: Account) -> SignedIn:
        """A new family; families that are over are cleared away."""
        family_id = str(uuid.uuid4())
        async with self._database.write() as connection:
            over = token_families.c.expires_at < self._now()
            await connection.execute(delete(token_families).where(over))
            family = {"id": family_id, "account_id": account.id, "expires_at": self._refresh_end()}
            await connection.execute(insert(token_families).values(family))
            refresh_token = await self._new_refresh_token(connection, family_id)
        return self._signed_in(account, family_id, refresh_token)

    async def refresh(self, refresh_token: str) -> SignedIn:
        """The next pair of tokens. A token used twice was stolen or copied: its family ends.

        Raises Refused (not_signed_in).
        """
        async with self._database.write() as connection:
            signed_in = await self._exchange(connection, _digest(refresh_token))
        if signed_in is None:
            raise not_signed_in("The session is over: sign in again")
        return signed_in

    async def close(self, family_id: str) -> None:
        """Ends the family: none of its tokens is good any more."""
        async with self._database.write() as connection:
            await self._revoke(connection, family_id)

    async def session_of(self, authorization: str | None) -> Session:
        """Whose the header `Authorization: Bearer ...` is; raises Refused (not_signed_in)."""
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer":
            raise not_signed_in()
        try:
            claims = self._tokens.read(token.strip())
        except BadToken as error:
            raise not_signed_in("The access token is not good any more") from error
        async with self._database.read() as connection:
            account = await self._account(connection, claims.family_id)
        if account is None or account.id != claims.account_id:
            raise not_signed_in("The session is over: sign in again")
        return Session(account, claims.family_id, claims.expires_at)

    async def _exchange(self, connection: AsyncConnection, digest: str) -> SignedIn | None:
        family_id = await self._live_family(connection, digest)
        if family_id is None:
            return None
        if not await self._use(connection, digest):
            await self._revoke(connection, family_id)
            return None
        refresh_token = await self._continue(connection, family_id)
        account = await self._account(connection, family_id)
        if account is None:
            return None
        return self._signed_in(account, family_id, refresh_token)

    async def _live_family(self, connection: AsyncConnection, digest: str) -> str | None:
        found = (
            select(token_families.c.id)
            .join(refresh_tokens, refresh_tokens.c.family_id == token_families.c.id)
            .where(refresh_tokens.c.token_hash == digest)
            .where(token_families.c.revoked_at.is_(None))
            .where(token_families.c.expires_at > self._now())
        )
        family_id: str | None = (await connection.execute(found)).scalar()
        return family_id

    async def _use(self, connection: AsyncConnection, digest: str) -> bool:
        used = await connection.execute(
            update(refresh_tokens)
            .where(refresh_tokens.c.token_hash == digest, refresh_tokens.c.used_at.is_(None))
            .values(used_at=self._now())
        )
        return used.rowcount == 1

    async def _revoke(self, connection: AsyncConnection, family_id: str) -> None:
        family = update(token_families).where(token_families.c.id == family_id)
        await connection.execute(family.values(revoked_at=self._now()))

    async def _continue(self, connection: AsyncConnection, family_id: str) -> str:
        family = update(token_families).where(token_families.c.id == family_id)
        await connection.execute(family.values(expires_at=self._refresh_end()))
        return await self._new_refresh_token(connection, family_id)

    async def _new_refresh_token(self, connection: AsyncConnection, family_id: str) -> str:
        token = secrets.token_urlsafe(32)
        row = {"token_hash": _digest(token), "family_id": family_id}
        await connection.execute(insert(refresh_tokens).values(row))
        return token

    async def _account(self, connection: AsyncConnection, family_id: str) -> Account | None:
        found = (
            select(*ACCOUNT_COLUMNS)
            .join(token_families, token_families.c.account_id == accounts.c.id)
            .where(token_families.c.id == family_id, token_families.c.revoked_at.is_(None))
        )
        row = (await connection.execute(found)).mappings().first()
        return None if row is None else self._directory.account(row)

    def _refresh_end(self) -> datetime:
        return self._now() + self._refresh_life

    def _signed_in(self, account: Account, family_id: str, refresh_token: str) -> SignedIn:
        access_token, expires_at = self._tokens.issue(account.id, family_id)
        return SignedIn(
            access_token=access_token,
            refresh_token=refresh_token,
            access_expires_at=expires_at,
            account=account,
        )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
