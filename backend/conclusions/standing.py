"""What is said of a signed conclusion beside its text: how high it reaches, what was not opened."""

from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, Select, and_, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.accounts.names import short_name
from backend.rules.approvals import expected_signers, needs_approval
from backend.rules.catalogues import Catalogues
from backend.tables import (
    accounts,
    conclusion_editions,
    conclusions,
    documents,
    opened_documents,
    requests,
)
from backend_client.models.accounts import Account
from backend_client.models.common import DocumentId
from backend_client.models.conclusions import ConclusionStanding
from backend_client.models.documents import NO_CONTACT_PAGE

approver = accounts.alias("standing_approver")


def wanted_level(catalogues: Catalogues, account: Account, now: datetime) -> str:
    """The level that the account's centre asks for now (`SigningPolicy.level`); "" where it has no
    policy: then the highest that can be reached is taken, and nothing falls short of it."""
    policy = catalogues.catalogue_for(account.centre_id, now).signing
    return policy.level.value if policy is not None else ""


def unopened_count(
    author: ColumnElement[str], signed_at: ColumnElement[datetime]
) -> ColumnElement[int]:
    """Files of the query's request that were there when its author signed, and were not opened;
    the slices of one series are one file."""
    one = func.coalesce(documents.c.series_uid, documents.c.id)
    return (
        select(func.count(one.distinct()))
        .where(_unopened(author, signed_at))
        .correlate_except(documents, opened_documents)
        .scalar_subquery()
    )


async def standing_of(
    connection: AsyncConnection, request_id: str, wanted: str
) -> ConclusionStanding | None:
    """Of the newest signed edition; None: nothing was signed. Whether the asker may see the request
    is the caller's to know."""
    found = _newest().where(conclusion_editions.c.request_id == request_id)
    row = (await connection.execute(found)).mappings().first()
    if row is None:
        return None
    which = _unopened(row["author_id"], row["signed_at"], request_id)
    left = select(documents.c.id).where(which).order_by(documents.c.item_code, documents.c.id)
    files = (await connection.execute(left)).scalars()
    return _standing(row, wanted, [DocumentId(one) for one in files])


def signers_wanted(row: RowMapping) -> int:
    """Signatures before the patient gets it: the route's, as the request keeps them."""
    return expected_signers(approved=needs_approval(row["route"], row["needs_approval"]))


def _unopened(
    author: object, signed_at: object, request_id: object = requests.c.id
) -> ColumnElement[bool]:
    seen = exists().where(
        opened_documents.c.document_id == documents.c.id,
        opened_documents.c.account_id == author,
        opened_documents.c.opened_at <= signed_at,
    )
    return and_(
        documents.c.request_id == request_id,
        documents.c.item_code != NO_CONTACT_PAGE,
        documents.c.uploaded_at <= signed_at,
        ~seen,
    )


def _newest() -> Select[*tuple[object, ...]]:
    table = conclusion_editions
    return (
        select(
            table,
            conclusions.c.state,
            requests.c.route,
            requests.c.needs_approval,
            accounts.c.full_name.label("author_name"),
            approver.c.full_name.label("approver_name"),
        )
        .join(conclusions, conclusions.c.request_id == table.c.request_id)
        .join(requests, requests.c.id == table.c.request_id)
        .join(accounts, accounts.c.id == table.c.author_id)
        .outerjoin(approver, approver.c.id == table.c.approved_by)
        .order_by(table.c.edition.desc())
        .limit(1)
    )


def _standing(row: RowMapping, wanted: str, unopened: list[DocumentId]) -> ConclusionStanding:
    return ConclusionStanding(
        state=row["state"],
        edition=row["edition"],
        author_name=short_name(row["author_name"]),
        signed_at=row["signed_at"],
        approved_at=row["approved_at"],
        approved_by=short_name(row["approver_name"] or ""),
        delivered_at=row["delivered_at"],
        level=row["level"],
        wanted=wanted,
        signers=row["signers"],
        signers_wanted=signers_wanted(row),
        unopened=unopened,
        unopened_reason=row["form"].get("unopened_reason", ""),
    )
