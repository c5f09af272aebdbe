"""The checklist as the patient sees it: what is asked for, what is there, what the doctor wrote."""

from collections.abc import Sequence

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.rules.catalogues import Catalogues
from backend.rules.completeness import checklist
from backend.rules.kept_files import NOBODY, items_of
from backend.rules.status import is_open
from backend.tables import messages
from backend_client.models.messages import Side
from backend_client.models.patient import PatientItem, Stage
from backend_client.models.requests import ChecklistItem, ItemState


def items_to_send(catalogues: Catalogues, row: RowMapping) -> list[PatientItem]:
    """What may be sent, in the catalogue's order; nothing where the request is over (OZ-4)."""
    if not is_open(row["status"]):
        return []
    catalogue = catalogues.catalogue_for(row["centre_id"], row["created_at"])
    items = checklist(
        catalogue.documents, row["route"], items_of(row["files"], NOBODY), row["not_applicable"]
    )
    asked = row["asked_documents"].split()
    return [_item(item, asked) for item in items if item.state is not ItemState.NOT_APPLICABLE]


def _item(item: ChecklistItem, asked: Sequence[str]) -> PatientItem:
    return PatientItem(
        code=item.code,
        title=item.title,
        is_needed=item.code in asked or item.state is ItemState.MISSING,
        is_asked=item.code in asked,
        file_count=item.file_count,
    )


async def why_asked(connection: AsyncConnection, request_id: str, stage: Stage) -> str:
    """The doctor's last words while documents are waited for: asking for them writes some."""
    if stage is not Stage.DOCUMENTS:
        return ""
    found = (
        select(messages.c.text)
        .where(messages.c.request_id == request_id, messages.c.side == Side.DOCTOR)
        .order_by(messages.c.number.desc())
        .limit(1)
    )
    return (await connection.execute(found)).scalar() or ""
