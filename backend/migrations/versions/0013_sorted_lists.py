"""The queue in the order of any column, and the filters that accounts keep."""

import unicodedata
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

BATCH = 500
LONGEST_KEY = 200
STATUSES = (
    *("unknown", "new", "awaiting_documents", "ready", "claimed", "slot_proposed", "scheduled"),
    *("waiting", "in_call", "drafting", "signed", "approved", "returned", "delivered", "closed"),
    *("closed_without_conclusion", "no_contact", "cancelled", "cancelled_late", "annulled"),
    *("invited_in_person", "inpatient_care", "out_of_profile", "declined"),
)
ROUTES = ("unknown", "centre_application", "duty_doctor", "referral", "deferred_journal")


def _ranks(words: tuple[str, ...]) -> str:
    return " ".join(f"WHEN '{word}' THEN {number}" for number, word in enumerate(words))


KEYS = {
    "patient": "patient_key",
    "diagnosis": "coalesce(icd10, 'я')",
    "route": f"(CASE route {_ranks(ROUTES)} ELSE 99 END)",
    "documents": "(CASE WHEN documents_complete_at IS NOT NULL THEN 0"
    " WHEN route IN ('centre_application', 'referral') THEN 2 ELSE 1 END)",
    "state": f"(CASE status {_ranks(STATUSES)} ELSE 99 END)",
}


def upgrade() -> None:
    """Adds the patient's name to each request, an index for each order, and the filters' table."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    text = sa.String(200) if is_sqlite else sa.String(200, collation="C")
    op.add_column(
        "requests",
        sa.Column(
            "patient_key",
            text,
            nullable=False,
            server_default="",
            comment="the patient's name, as lists are sorted by it",
        ),
    )
    _fill()
    is_open = sa.text("is_open = 1" if is_sqlite else "is_open")
    for name, key in KEYS.items():
        columns: list[str | sa.TextClause | sa.ColumnElement[Any]]
        columns = ["centre_id", sa.text(key), "due_rank", "id"]
        index = f"ix_requests_by_{name}"
        op.create_index(index, "requests", columns, sqlite_where=is_open, postgresql_where=is_open)
    op.create_table(
        "queue_filters",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column(
            "account_id",
            sa.String(36),
            sa.ForeignKey("accounts.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("listing", sa.JSON, nullable=False),
    )
    op.create_index("ix_queue_filters_name", "queue_filters", ["account_id", "name"], unique=True)


def _fill() -> None:
    connection = op.get_bind()
    found = sa.text(
        "SELECT r.id, p.full_name FROM requests r JOIN patients p ON p.id = r.patient_id"
        " WHERE r.id > :last ORDER BY r.id LIMIT :batch"
    )
    stored = sa.text("UPDATE requests SET patient_key = :key WHERE id = :id")
    last = ""
    while rows := connection.execute(found, {"last": last, "batch": BATCH}).all():
        connection.execute(stored, [{"id": row[0], "key": _key(row[1])} for row in rows])
        last = rows[-1][0]


def _key(name: str) -> str:
    """As backend/search.py and backend/requests/order.py had it when this step was written."""
    for _ in range(2):
        name = unicodedata.normalize("NFKC", name).casefold()
    letters = unicodedata.normalize("NFC", name.replace("\0", ""))
    kept = "".join(one for one in letters if not unicodedata.combining(one)).replace("ё", "е")
    return kept[:LONGEST_KEY]
