"""Passwords by argon2id, off the event loop."""

import asyncio
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = 2
"""Each takes its memory and a core: a flood of sign-ins shall not take them all."""


class Passwords:
    """Makes and checks hashes; an unknown account costs as much time as a wrong password."""

    def __init__(self, memory_kib: int) -> None:
        self._hasher = PasswordHasher(memory_cost=memory_kib)
        self._places = asyncio.Semaphore(AT_ONCE)
        self._nobodys: str | None = None

    async def hashed(self, password: str) -> str:
        """The hash with its salt and cost."""
        async with self._places:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def fits(self, stored: str | None, password: str) -> bool:
        """Whether the password made the hash; None stands for an account that does not exist."""
        if self._nobodys is None:
            self._nobodys = await self.hashed(secrets.token_hex())
        async with self._places:
            fits = await asyncio.to_thread(self._verify, stored or self._nobodys, password)
        return fits and stored is not None

    def _verify(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False
