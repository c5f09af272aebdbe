"""Whose a file is, and what was measured in it."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

ID = sa.String(36)
SHA256 = sa.String(64)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Adds both tables."""
    op.create_table(
        "file_answers",
        _of("document_id", "documents.id", primary_key=True),
        sa.Column("account_id", ID, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("whose", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("sha256", SHA256, nullable=False, comment="of the bytes that were looked at"),
        comment="Whose a file is that names somebody else than its request's patient",
    )
    op.create_table(
        "annotations",
        sa.Column("id", ID, primary_key=True, nullable=False),
        _of("request_id", "requests.id"),
        sa.Column("number", sa.Integer, nullable=False, comment="order in which they were made"),
        _of("document_id", "documents.id"),
        sa.Column("sha256", SHA256, nullable=False, comment="of the bytes that were measured"),
        sa.Column("place", sa.Text, nullable=False, comment="JSON of Place"),
        sa.Column("quantity", sa.String(100), nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("value", sa.Float),
        sa.Column("unit", sa.String(100), nullable=False),
        sa.Column("origin", sa.String(40), nullable=False),
        sa.Column("scale", sa.String(100), nullable=False, comment="where the scale comes from"),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("made_by", ID, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("removed", sa.Boolean, nullable=False),
        comment="What doctors measured in the files of a request",
    )
    op.create_index("ix_annotations_number", "annotations", ["request_id", "number"], unique=True)
    op.create_index("ix_annotations_document_id", "annotations", ["document_id"])


def _of(name: str, owner: str, *, primary_key: bool = False) -> "sa.Column[str]":
    whose = sa.ForeignKey(owner, ondelete="CASCADE")
    return sa.Column(name, ID, whose, primary_key=primary_key, nullable=False)
