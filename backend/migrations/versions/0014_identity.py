"""Identities that a person confirms, and personal data that were changed (DRC-14, DRC-16)."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

ID = sa.String(36)
WORD = sa.String(40)
MOMENT = sa.DateTime(timezone=True)


def _account(name: str, *, nullable: bool) -> "sa.Column[str]":
    return sa.Column(name, ID, sa.ForeignKey("accounts.id"), nullable=nullable)


def _patient(*, primary_key: bool) -> "sa.Column[str]":
    whose = sa.ForeignKey("patients.id", ondelete="CASCADE")
    return sa.Column("patient_id", ID, whose, primary_key=primary_key, nullable=False)


def upgrade() -> None:
    """Adds two tables, the telephone number, and the marks that each request keeps."""
    op.add_column("patients", sa.Column("phone", sa.String(40), nullable=False, server_default=""))
    op.add_column(
        "requests",
        sa.Column(
            "identity_marks",
            sa.String(400),
            nullable=False,
            server_default="",
            comment="what stands out about the patient",
        ),
    )
    op.execute(
        "UPDATE requests SET identity_marks = 'not_identified' WHERE patient_id IN"
        " (SELECT id FROM patients WHERE identity_level = 'not_identified')"
    )
    op.create_table(
        "identity_confirmations",
        _patient(primary_key=True),
        _account("account_id", nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("proof", WORD, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        comment="Who answers for the identity of a patient whom the service does not know",
    )
    op.create_table(
        "patient_changes",
        sa.Column("id", ID, primary_key=True),
        _patient(primary_key=False),
        sa.Column("field", WORD, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("source", WORD, nullable=False),
        _account("account_id", nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("waits", sa.Boolean, nullable=False, comment="for the clinic's word"),
        sa.Column("confirmed", sa.Boolean, comment="the clinic's word"),
        sa.Column("before", sa.Text, comment="the value that a confirmed one has replaced"),
        _account("decided_by", nullable=True),
        sa.Column("decided_at", MOMENT),
        comment="Personal data said anew; what was decided stays",
    )
    op.create_index(
        "ix_patient_changes_waiting",
        "patient_changes",
        ["patient_id", "field"],
        unique=True,
        sqlite_where=sa.text("waits"),
        postgresql_where=sa.text("waits"),
    )
