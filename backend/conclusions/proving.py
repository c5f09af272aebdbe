"""What anybody may know of a signed conclusion by the code printed on it: nothing of a patient."""

from datetime import datetime
from enum import StrEnum

import msgspec
from sqlalchemy import RowMapping, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.conclusions.vault import Vault
from backend.database import Database
from backend.problems import Refused, not_found
from backend.rules.approvals import needs_approval
from backend.rules.catalogues import Catalogues
from backend.tables import conclusion_editions, conclusion_lifts, requests


class Match(StrEnum):
    """What a file is that somebody holds, told by its SHA-256."""

    NOT_ASKED = "not_asked"
    SAME = "same"
    """Byte for byte the kept file."""
    WITHOUT_APPROVAL = "without_approval"
    """The file as the doctor signed it, before the clinic's signature."""
    BEFORE_LIFTING = "before_lifting"
    """Signed by all, as it was before time stamps and answers about revocation were added."""
    OTHER_EDITION = "other_edition"
    """Signed, but another edition of the same conclusion."""
    OTHER = "other"


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """One edition: which document, how many have to have signed it, and whether it still stands."""

    number: str
    """«20-4817 / 1»."""
    centre: str
    time_zone: str
    signed_at: datetime
    approved_at: datetime | None
    signers: int
    """Signatures that the kept file has."""
    signers_needed: int
    is_delivered: bool
    replaced_by: str
    """The newest edition's number; empty: this one is the newest."""
    is_kept: bool
    """Whether what lies on the server is still what was signed."""
    match: Match
    file_number: str = ""
    """Which document that file is, as `number`; empty: none that is known here."""
    stands: str = ""
    """The edition that the patient has now, as `number`; empty: none was delivered."""


class Proofs:
    """Answers by code; a wrong code finds nothing."""

    def __init__(self, database: Database, vault: Vault, catalogues: Catalogues) -> None:
        self._database, self._vault, self._catalogues = database, vault, catalogues

    async def of(self, code: str, sha256: str = "") -> Proof:
        """`sha256` is of the file that somebody holds. Raises Refused (not_found)."""
        async with self._database.read() as connection:
            row = await _row(connection, code)
            match, edition = await _match(connection, row, sha256)
        centre = self._catalogues.newest(row["centre_id"])
        asks = needs_approval(row["route"], row["needs_approval"])
        return Proof(
            number=_numbered(row["number"], row["edition"]),
            centre=centre.centre_name_ru,
            time_zone=centre.time_zone,
            signed_at=row["signed_at"],
            approved_at=row["approved_at"],
            signers=row["signers"],
            signers_needed=2 if asks else 1,
            is_delivered=row["delivered_at"] is not None,
            replaced_by=_newest(row),
            is_kept=await self._is_kept(row),
            match=match,
            file_number=_numbered(row["number"], edition) if edition else "",
            stands=_numbered(row["number"], row["newest"]) if row["newest"] else "",
        )

    async def _is_kept(self, row: RowMapping) -> bool:
        try:
            await self._vault.take(row["storage_path"], row["sha256"])
        except Refused:
            return False
        return True


async def _row(connection: AsyncConnection, code: str) -> RowMapping:
    table, later = conclusion_editions, conclusion_editions.alias("later")
    newest = (
        select(func.max(later.c.edition))
        .where(later.c.request_id == requests.c.id, later.c.delivered_at.is_not(None))
        .scalar_subquery()
    )
    found = (
        select(
            table,
            newest.label("newest"),
            *(requests.c[name] for name in ("number", "centre_id", "route", "needs_approval")),
        )
        .join(requests, requests.c.id == table.c.request_id)
        .where(table.c.code == code)
    )
    row = (await connection.execute(found)).mappings().first()
    if row is None:
        raise not_found()
    return row


def _newest(row: RowMapping) -> str:
    newest = row["newest"]
    is_later = newest is not None and newest > row["edition"]
    return _numbered(row["number"], newest) if is_later else ""


def _numbered(number: str, edition: int) -> str:
    return f"{number} / {edition}"


async def _match(connection: AsyncConnection, row: RowMapping, sha256: str) -> tuple[Match, int]:
    """What the file is, and of which edition; 0: of none."""
    mine: int = row["edition"]
    if not sha256:
        return Match.NOT_ASKED, 0
    if sha256 == row["sha256"]:
        return Match.SAME, mine
    former = await _former(connection, row["request_id"], sha256)
    if former is not None and former["edition"] == mine:
        is_whole = former["signers"] == row["signers"]
        return (Match.BEFORE_LIFTING if is_whole else Match.WITHOUT_APPROVAL), mine
    if sha256 == row["first_sha256"]:
        return Match.WITHOUT_APPROVAL, mine
    other = former["edition"] if former is not None else await _others(connection, row, sha256)
    return (Match.OTHER_EDITION, other) if other else (Match.OTHER, 0)


async def _former(connection: AsyncConnection, request_id: str, sha256: str) -> RowMapping | None:
    """A file of the request that another one has replaced: a lifted one, or the clinic's."""
    table = conclusion_lifts
    found = select(table.c.edition, table.c.signers).where(
        table.c.request_id == request_id, table.c.sha256 == sha256
    )
    return (await connection.execute(found)).mappings().first()


async def _others(connection: AsyncConnection, row: RowMapping, sha256: str) -> int:
    """The other edition of the request that has those bytes; 0: none."""
    table = conclusion_editions
    found = select(table.c.edition).where(
        table.c.request_id == row["request_id"],
        table.c.edition != row["edition"],
        (table.c.sha256 == sha256) | (table.c.first_sha256 == sha256),
    )
    edition: int | None = (await connection.execute(found)).scalar()
    return edition or 0
