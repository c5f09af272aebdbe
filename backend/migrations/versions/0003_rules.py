"""Leases, ends and their words, consents withdrawn, telephone attempts, presence of patients."""

from collections import defaultdict

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ID = sa.String(36)
WORD = sa.String(40)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Adds columns to requests and consents, and the log of telephone attempts."""
    _requests()
    _consents()
    _phone_attempts()
    _fill_missing_consents()


def _requests() -> None:
    columns = (
        sa.Column("lease_until", MOMENT, comment="end of a claim that nobody renews"),
        sa.Column(
            "needs_approval",
            sa.Boolean,
            comment="the catalogue's word; none: the route's default",
        ),
        _words("missing_consents", "kinds without which no consultation starts"),
        _words("asked_documents", "codes of checklist items"),
        sa.Column("outcome_code", sa.String(40), nullable=False, server_default=""),
        sa.Column("outcome_note", sa.Text, nullable=False, server_default=""),
        sa.Column("ended_at", MOMENT),
        sa.Column("contacted_at", MOMENT, comment="the patient was reached by telephone"),
        sa.Column("patient_came_at", MOMENT, comment="when the patient's page was opened last"),
        sa.Column("patient_left_at", MOMENT, comment="when it was closed; none: it is open"),
        sa.Column("phone_attempts", sa.Integer, nullable=False, server_default="0"),
    )
    for column in columns:
        op.add_column("requests", column)
    running = sa.text("lease_until IS NOT NULL")
    op.create_index(
        "ix_requests_lease",
        "requests",
        ["lease_until"],
        sqlite_where=running,
        postgresql_where=running,
    )


def _consents() -> None:
    withdrawn = sa.Column(
        "withdrawn_at", MOMENT, comment="later than given_at: it is not given any more"
    )
    op.add_column("consents", withdrawn)


def _phone_attempts() -> None:
    op.create_table(
        "phone_attempts",
        sa.Column("id", ID, primary_key=True),
        sa.Column(
            "request_id", ID, sa.ForeignKey("requests.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("caller_id", ID, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("outcome", WORD, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        comment="Telephone calls to patients; rows are added only",
    )
    op.create_index("ix_phone_attempts", "phone_attempts", ["request_id", "number"], unique=True)


def _fill_missing_consents() -> None:
    """What older rows say of consents that were asked for and not given."""
    consents = sa.table(
        "consents", sa.column("request_id"), sa.column("kind"), sa.column("given_at")
    )
    requests = sa.table("requests", sa.column("id"), sa.column("missing_consents"))
    missing: dict[str, list[str]] = defaultdict(list)
    not_given = sa.select(consents.c.request_id, consents.c.kind).where(
        consents.c.given_at.is_(None)
    )
    for request_id, kind in op.get_bind().execute(not_given.order_by(consents.c.kind)):
        missing[request_id].append(kind)
    for request_id, kinds in missing.items():
        which = requests.c.id == request_id
        op.execute(sa.update(requests).where(which).values(missing_consents=" ".join(kinds)))


def _words(name: str, comment: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(400), nullable=False, server_default="", comment=comment)
