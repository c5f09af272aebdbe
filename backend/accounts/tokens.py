"""Access tokens: short-lived signed JWTs (RFC 7519). The key lives in the database."""

import base64
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from sqlalchemy.exc import IntegrityError

from backend.database import Database
from backend.facts import read_fact, write_fact
from backend.settings import Clock

ALGORITHM = "HS256"
KEY_FACT = "token_key"
KEY_BYTES = 32
KEPT_TOKENS = 4096
"""Good ones that are remembered, in memory alone."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token says: who, from which sign-in, until when."""

    account_id: str
    family_id: str
    expires_at: datetime
    pair: int = 0
    """Which of the sign-in's pairs of tokens it belongs to, counted from 1."""


class BadToken(Exception):
    """The token is not ours, was altered, or is over."""


class AccessTokens:
    """Issues and reads tokens with one key."""

    def __init__(self, key: bytes, seconds: int, now: Clock) -> None:
        self._key = OctKey.import_key(key)
        self._life = timedelta(seconds=seconds)
        self._now = now
        self._read = lru_cache(KEPT_TOKENS)(self._checked)

    def issue(self, account_id: str, family_id: str, pair: int) -> tuple[str, datetime]:
        """A token and the moment (whole seconds) when it is over."""
        expires_at = (self._now() + self._life).replace(microsecond=0)
        ends = int(expires_at.timestamp())
        claims = {"sub": account_id, "fam": family_id, "pair": pair, "exp": ends}
        return jwt.encode({"alg": ALGORITHM}, claims, self._key), expires_at

    def read(self, token: str) -> Claims:
        """Checks signature and time; raises BadToken."""
        claims = self._read(token)
        if claims.expires_at <= self._now():
            raise BadToken("over")
        return claims

    def _checked(self, token: str) -> Claims:
        """What a token of ours says. A good signature stays good: it is checked once."""
        try:
            claims = jwt.decode(token, self._key, algorithms=[ALGORITHM]).claims
        except (JoseError, ValueError) as error:
            raise BadToken("not a token of this server") from error
        account_id, family_id, expires = claims.get("sub"), claims.get("fam"), claims.get("exp")
        pair = claims.get("pair", 0)
        if not (isinstance(account_id, str) and isinstance(family_id, str)):
            raise BadToken("claims are missing")
        if not (isinstance(expires, int) and isinstance(pair, int)):
            raise BadToken("claims are missing")
        expires_at = datetime.fromtimestamp(expires, UTC)
        return Claims(account_id, family_id, expires_at, pair)


async def token_key(database: Database) -> bytes:
    """The server's key, made at its first start; processes that start together agree on one."""
    async with database.read() as connection:
        known = await read_fact(connection, KEY_FACT)
    if known is not None:
        return base64.b64decode(known)
    try:
        async with database.write() as connection:
            made = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
            await write_fact(connection, KEY_FACT, made)
    except IntegrityError:  # another process was first: its key is read below
        pass
    return await token_key(database)
