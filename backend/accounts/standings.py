"""How sign-ins stand: read for every request, in one reading for all who ask at the same moment.

Each reading begins after they have asked, so the end of a sign-in counts at once.
"""

import asyncio
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from backend.accounts.directory import ACCOUNT_COLUMNS, Directory
from backend.database import Database
from backend.prepared import Prepared, Values
from backend.tables import accounts, token_families
from backend_client.models.accounts import Account

SLOTS = 16
"""Sign-ins that are read together."""
PAIRS = (token_families.c.pair, token_families.c.seen_pair, token_families.c.before_pair)
COLUMNS = (*ACCOUNT_COLUMNS, *PAIRS, token_families.c.id.label("family_id"))
NAMES = [column.name for column in COLUMNS]


@dataclass(frozen=True, slots=True)
class Standing:
    """Of a sign-in that is not over."""

    account: Account
    pair: int
    seen_pair: int
    before_pair: int


Asked = dict[str, list[asyncio.Future[Standing | None]]]
FOUND = select(*COLUMNS).join(accounts, token_families.c.account_id == accounts.c.id)
STANDS = token_families.c.revoked_at.is_(None)


class Standings:
    """Reads them together."""

    def __init__(self, database: Database, directory: Directory) -> None:
        slots = [
            bindparam(f"family_{slot}", type_=token_families.c.id.type) for slot in range(SLOTS)
        ]
        self._found = Prepared(database, FOUND.where(STANDS, token_families.c.id.in_(slots)))
        self._directory = directory
        self._waiting: Asked = {}
        self._reading: asyncio.Task[None] | None = None

    async def of(self, family_id: str) -> Standing | None:
        """None: there is none, or it is over."""
        asked: asyncio.Future[Standing | None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(family_id, []).append(asked)
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read(), name="standings")
        return await asked

    async def _read(self) -> None:
        """Until nobody waits; who asks during a reading waits for the next one."""
        while self._waiting:
            some = list(self._waiting)[:SLOTS]
            asked = {family_id: self._waiting.pop(family_id) for family_id in some}
            try:
                found = await self._of_all(some)
            # Whatever it is: it is theirs who wait, each of whom is told.
            except Exception as error:  # noqa: BLE001
                for future in _not_gone(asked, *asked):
                    future.set_exception(error)
                continue
            for family_id in asked:
                for future in _not_gone(asked, family_id):
                    future.set_result(found.get(family_id))

    async def _of_all(self, family_ids: list[str]) -> dict[str, Standing]:
        padded = family_ids + family_ids[:1] * (SLOTS - len(family_ids))
        given = {f"family_{slot}": family_id for slot, family_id in enumerate(padded)}
        return dict(self._standing(row) for row in await self._found.rows(given))

    def _standing(self, values: Values) -> tuple[str, Standing]:
        row = dict(zip(NAMES, values, strict=True))
        account = self._directory.account(row)
        return row["family_id"], Standing(account, *(row[pair.name] for pair in PAIRS))


def _not_gone(asked: Asked, *family_ids: str) -> list[asyncio.Future[Standing | None]]:
    """Those who wait still: a client may have hung up meanwhile."""
    return [future for one in family_ids for future in asked[one] if not future.done()]
