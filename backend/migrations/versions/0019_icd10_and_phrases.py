"""The national directory of ICD-10, and doctors' own phrases."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Two more tables."""
    op.create_table(
        "own_phrases",
        sa.Column(
            "account_id",
            sa.String(36),
            sa.ForeignKey("accounts.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("phrases", sa.JSON, nullable=False),
        comment="Phrases that a doctor keeps for conclusions",
    )
    op.create_table(
        "icd10_versions",
        sa.Column("version", sa.String(20), primary_key=True),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False, comment="of the published file"),
        sa.Column("size", sa.Integer, nullable=False, comment="headings"),
        sa.Column(
            "codes", sa.LargeBinary, nullable=False, comment="JSON of the headings, deflated"
        ),
        comment="The national directory of ICD-10, as it was imported",
    )
