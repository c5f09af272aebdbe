"""Signed-in sessions: a family of refresh tokens, each good once, and access tokens beside them."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from sqlalchemy import delete, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.accounts.digests import digest
from backend.accounts.directory import Directory
from backend.accounts.open_streams import OpenStreams
from backend.accounts.refreshing import exchange, known_refresh, new_refresh_token
from backend.accounts.standings import FOUND, PAIRS, STANDS, Standing, Standings
from backend.accounts.tokens import AccessTokens, BadToken, Claims
from backend.audit.log import AuditLog, Written
from backend.audit.trace import current
from backend.database import Database
from backend.problems import not_signed_in
from backend.settings import Clock
from backend.tables import token_families
from backend_client.models.accounts import Account, SignedIn
from backend_client.models.audit import Outcome

SESSION_OVER = "The session is over: sign in again"


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
        audit: AuditLog,
        tokens: AccessTokens,
        directory: Directory,
        open_streams: OpenStreams,
        refresh_seconds: int,
        now: Clock,
    ) -> None:
        self._database = database
        self._audit = audit
        self._tokens = tokens
        self._directory = directory
        self._standings = Standings(database, directory)
        self._open_streams = open_streams
        self._refresh_life = timedelta(seconds=refresh_seconds)
        self._now = now

    async def open(self, account: Account) -> SignedIn:
        """A new family; families that are over are cleared away."""
        family_id = str(uuid.uuid4())
        async with self._audit.write() as written:
            connection = written.connection
            over = token_families.c.expires_at < self._now()
            await connection.execute(delete(token_families).where(over))
            family = {"id": family_id, "account_id": account.id, "expires_at": self._refresh_end()}
            await connection.execute(insert(token_families).values(**family, pair=1))
            refresh_token = await new_refresh_token(connection, family_id)
            self._write_down(written, account)
        return self._signed_in(account, family_id, 1, refresh_token)

    async def refresh(self, refresh_token: str, client: str) -> SignedIn:
        """The next pair of tokens. A token used twice was stolen or copied: its family ends.

        `client` tells one program from another: the same one may ask again for an answer that was
        lost (decision 0019). Raises Refused (not_signed_in).
        """
        async with self._audit.write() as written:
            signed_in, ended = await self._exchange(written, digest(refresh_token), digest(client))
        if ended is not None:
            self._open_streams.end(ended)
        if signed_in is None:
            raise not_signed_in(SESSION_OVER)
        return signed_in

    async def close(self, family_id: str) -> None:
        """Ends the family: none of its tokens is good any more, and its streams end."""
        async with self._audit.write() as written:
            await self._revoke(written.connection, family_id)
            self._write_down(written, None)
        self._open_streams.end(family_id)

    async def session_of(self, authorization: str | None) -> Session:
        """Whose the header `Authorization: Bearer ...` is; raises Refused (not_signed_in)."""
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer":
            raise not_signed_in()
        try:
            claims = self._tokens.read(token.strip())
        except BadToken as error:
            raise not_signed_in("The access token is not good any more") from error
        standing = await self._standings.of(claims.family_id)
        if standing is None or standing.account.id != claims.account_id:
            raise not_signed_in(SESSION_OVER)
        if claims.pair not in (standing.seen_pair, standing.before_pair):
            await self._first_use(claims, standing)
        return Session(standing.account, claims.family_id, claims.expires_at)

    async def _first_use(self, claims: Claims, standing: Standing) -> None:
        """A pair is in its client's hands now; one that was given anew since is in nobody's."""
        if claims.pair != standing.pair:
            raise not_signed_in("The access token is not good any more")
        unseen = (token_families.c.id == claims.family_id) & (
            token_families.c.seen_pair < claims.pair
        )
        async with self._database.write() as connection:
            seen = {"seen_pair": claims.pair, "before_pair": token_families.c.seen_pair}
            await connection.execute(update(token_families).where(unseen).values(seen))

    async def _exchange(
        self, written: Written, token_hash: str, client: str
    ) -> tuple[SignedIn | None, str | None]:
        """The next pair, or none; and the family that has ended, where one has."""
        connection, now = written.connection, self._now()
        known = await known_refresh(connection, token_hash, now)
        if known is None:
            return None, None
        standing = await self._standing(connection, known.family_id)
        if standing is None:
            return None, None
        if known.used_at is not None and not known.was_lost(client, now):
            await self._revoke(connection, known.family_id)
            self._write_down(written, standing.account, Outcome.REFUSED)
            return None, known.family_id
        refresh_token = await exchange(connection, known, client, now)
        family = update(token_families).where(token_families.c.id == known.family_id)
        await connection.execute(family.values(expires_at=self._refresh_end()))
        self._write_down(written, standing.account)
        pair = known.pair + 1
        return self._signed_in(standing.account, known.family_id, pair, refresh_token), None

    def _write_down(
        self, written: Written, account: Account | None, outcome: Outcome = Outcome.DONE
    ) -> None:
        """An entry in the audit; the account is that of the request where none is named."""
        trace = current()
        if trace is None:
            return
        if account is not None:
            trace.by(account)
        is_done = outcome is Outcome.DONE
        status = HTTPStatus.OK if is_done else HTTPStatus.UNAUTHORIZED
        written.add(trace, trace.entry(self._now(), outcome, status))

    async def _revoke(self, connection: AsyncConnection, family_id: str) -> None:
        family = update(token_families).where(token_families.c.id == family_id)
        await connection.execute(family.values(revoked_at=self._now()))

    async def _standing(self, connection: AsyncConnection, family_id: str) -> Standing | None:
        found = FOUND.where(STANDS, token_families.c.id == family_id)
        row = (await connection.execute(found)).mappings().first()
        if row is None:
            return None
        return Standing(self._directory.account(row), *(row[pair.name] for pair in PAIRS))

    def _refresh_end(self) -> datetime:
        return self._now() + self._refresh_life

    def _signed_in(
        self, account: Account, family_id: str, pair: int, refresh_token: str
    ) -> SignedIn:
        access_token, expires_at = self._tokens.issue(account.id, family_id, pair)
        return SignedIn(
            access_token=access_token,
            refresh_token=refresh_token,
            access_expires_at=expires_at,
            account=account,
        )
