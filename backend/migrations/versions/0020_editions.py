"""Every signed file of a request stays, under an edition of its number and a code of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

ID = sa.String(36)
SHA256 = sa.String(64)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Adds the table and three columns. What was signed before is its request's first edition; it
    has no code, as none is printed on it."""
    op.add_column(
        "conclusions", sa.Column("edition", sa.Integer, nullable=False, server_default="1")
    )
    op.add_column(
        "conclusions",
        sa.Column("code", sa.String(40), comment="of this edition's page under /verify/"),
    )
    op.add_column(
        "conclusions", sa.Column("correction", sa.Text, nullable=False, server_default="")
    )
    op.create_index("ix_conclusions_code", "conclusions", ["code"], unique=True)
    _create_editions()
    op.execute(
        "INSERT INTO conclusion_editions (request_id, edition, form, author_id, signers, sha256,"
        " first_sha256, size, storage_path, signed_at, approved_at, approved_by, delivered_at)"
        " SELECT request_id, 1, form, author_id, signers, sha256, sha256, size, storage_path,"
        " signed_at, approved_at, approved_by, delivered_at FROM conclusions"
        " WHERE sha256 IS NOT NULL AND storage_path IS NOT NULL AND signed_at IS NOT NULL"
    )
    op.execute("UPDATE conclusions SET edition = 2 WHERE state = 'returned' AND sha256 IS NOT NULL")


def _create_editions() -> None:
    request = sa.ForeignKey("requests.id", ondelete="CASCADE")
    op.create_table(
        "conclusion_editions",
        sa.Column("request_id", ID, request, primary_key=True, nullable=False),
        sa.Column("edition", sa.Integer, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("code", sa.String(40)),
        sa.Column("form", sa.JSON, nullable=False),
        sa.Column("author_id", ID, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("signers", sa.Integer, nullable=False),
        sa.Column("sha256", SHA256, nullable=False, comment="of the kept PDF"),
        sa.Column(
            "first_sha256", SHA256, nullable=False, comment="with the doctor's signature alone"
        ),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("storage_path", sa.String(300), nullable=False),
        sa.Column("signed_at", MOMENT, nullable=False),
        sa.Column("approved_at", MOMENT),
        sa.Column("approved_by", ID, sa.ForeignKey("accounts.id")),
        sa.Column("delivered_at", MOMENT),
        sa.Column("correction", sa.Text, nullable=False, server_default=""),
        comment="every signed file of a request; none is ever removed",
    )
    op.create_index("ix_conclusion_editions_code", "conclusion_editions", ["code"], unique=True)
