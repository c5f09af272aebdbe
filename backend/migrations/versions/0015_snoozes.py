"""Requests that a doctor has laid aside."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

ID = sa.String(36)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Adds their table, and what each request keeps of it."""
    op.add_column(
        "requests",
        sa.Column(
            "snoozes",
            sa.Text,
            nullable=False,
            server_default="",
            comment="JSON by account of the table `snoozes`; empty: nobody has laid it aside",
        ),
    )
    op.create_table(
        "snoozes",
        _of("account_id", "accounts.id"),
        _of("request_id", "requests.id"),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("for_term", sa.Boolean, nullable=False, comment="sooner than asked for"),
        sa.Column("seen", sa.Text, nullable=False, comment="JSON of what the request was then"),
        sa.Column("back_at", MOMENT, comment="none: it lies aside"),
        sa.Column("why", sa.String(40)),
        comment="Requests that a doctor has laid aside, and those that have come back and wait",
    )
    op.create_index("ix_snoozes_request_id", "snoozes", ["request_id"])
    lies_aside = sa.text("back_at IS NULL")
    op.create_index(
        "ix_snoozes_until",
        "snoozes",
        ["until"],
        sqlite_where=lies_aside,
        postgresql_where=lies_aside,
    )


def _of(name: str, owner: str) -> "sa.Column[str]":
    whose = sa.ForeignKey(owner, ondelete="CASCADE")
    return sa.Column(name, ID, whose, primary_key=True, nullable=False)
