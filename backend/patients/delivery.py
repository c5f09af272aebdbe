"""The conclusion in the patient's hands (OZ-12, DRC-13)."""

from datetime import datetime

from sqlalchemy import select, update

from backend.changes import Changes
from backend.conclusions.delivering import received
from backend.conclusions.vault import Vault
from backend.database import Database
from backend.patients.links import PatientAccess
from backend.problems import not_found
from backend.requests.consents import is_withdrawn, refuse_withdrawn
from backend.tables import conclusion_editions


async def delivered_pdf(
    database: Database, changes: Changes, vault: Vault, access: PatientAccess, now: datetime
) -> bytes:
    """The newest edition that was delivered, and that the patient has it.

    Raises Refused (not_found, file_changed, consent_missing: the consent was withdrawn, SPB-13).
    """
    table = conclusion_editions
    withdrawn = is_withdrawn(table.c.request_id).label("withdrawn")
    found = (
        select(table.c.edition, table.c.storage_path, table.c.sha256, withdrawn)
        .where(table.c.request_id == access.request_id, table.c.delivered_at.is_not(None))
        .order_by(table.c.edition.desc())
        .limit(1)
    )
    async with database.read() as connection:
        row = (await connection.execute(found)).first()
    if row is None:
        raise not_found()
    if row.withdrawn:
        raise refuse_withdrawn()
    pdf = await vault.take(row.storage_path, row.sha256)
    async with changes.change(access.centre_id) as change:
        first = update(table).where(
            table.c.request_id == access.request_id,
            table.c.edition == row.edition,
            table.c.opened_at.is_(None),
        )
        if (await change.connection.execute(first.values(opened_at=now))).rowcount:
            change.touch(access.request_id)
        await received(change, access.request_id, now)
    return pdf
