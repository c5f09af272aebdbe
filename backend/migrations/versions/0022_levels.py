"""How high signed files reach, what they were before they were lifted, and numbers of people."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

ID = sa.String(36)
SHA256 = sa.String(64)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """A table and columns. Of what was signed before no level is known until it is lifted."""
    op.add_column(
        "accounts",
        sa.Column(
            "snils",
            sa.String(11),
            nullable=False,
            server_default="",
            comment="insurance number, digits; empty: not entered",
        ),
    )
    for table in ("conclusions", "conclusion_editions"):
        op.add_column(table, _level())
        op.add_column(
            table,
            sa.Column("sealed_until", MOMENT, comment="end of the last time stamp's certificate"),
        )
    op.add_column(
        "conclusion_editions",
        sa.Column(
            "doctor_sha256", SHA256, comment="of the part that the doctor's signature covers"
        ),
    )
    op.create_index("ix_conclusion_editions_doctor", "conclusion_editions", ["doctor_sha256"])
    op.create_index("ix_conclusion_editions_lifting", "conclusion_editions", ["level", "signed_at"])
    _create_lifts()
    op.add_column(
        "requests",
        sa.Column(
            "was_delivered",
            sa.Boolean,
            nullable=False,
            server_default=sa.false(),
            comment="the patient has a conclusion of it",
        ),
    )
    op.execute(
        "UPDATE requests SET was_delivered = true WHERE id IN"
        " (SELECT request_id FROM conclusion_editions WHERE delivered_at IS NOT NULL)"
    )


def _level() -> sa.Column[str]:
    comment = "of PAdES, as verified here; empty: not known"
    return sa.Column("level", sa.String(10), nullable=False, server_default="", comment=comment)


def _create_lifts() -> None:
    request = sa.ForeignKey("requests.id", ondelete="CASCADE")
    op.create_table(
        "conclusion_lifts",
        sa.Column("request_id", ID, request, primary_key=True, nullable=False),
        sa.Column("edition", sa.Integer, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("sha256", SHA256, primary_key=True, comment="of the PDF before it was lifted"),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("signers", sa.Integer, nullable=False),
        sa.Column("storage_path", sa.String(300), nullable=False),
        _level(),
        sa.Column("lifted_at", MOMENT, nullable=False),
        sa.Column("lifted_by", ID, sa.ForeignKey("accounts.id"), nullable=False),
        comment="Signed files that a lifted one has replaced; none is ever removed",
    )
