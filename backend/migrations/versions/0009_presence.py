"""A patient's presence is on a lease, which the process that has the stream renews."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

ID = sa.String(36)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Adds the table. Who is taken to be there has a lease that is over: the first sweep ends it,
    and whoever really is there comes again."""
    table = op.create_table(
        "patient_presence",
        sa.Column("process", ID, primary_key=True, comment="of the server"),
        sa.Column(
            "request_id",
            ID,
            sa.ForeignKey("requests.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("until", MOMENT, nullable=False),
        comment="Leases of patients' open streams",
    )
    op.create_index("ix_patient_presence_request_id", "patient_presence", ["request_id"])
    op.create_index("ix_patient_presence_until", "patient_presence", ["until"])
    requests = sa.table(
        "requests",
        sa.column("id", ID),
        sa.column("patient_came_at", MOMENT),
        sa.column("patient_left_at", MOMENT),
    )
    came, left = requests.c.patient_came_at, requests.c.patient_left_at
    there = came.is_not(None) & left.is_(None)
    found = sa.select(sa.literal("before leases"), requests.c.id, came).where(there)
    op.execute(sa.insert(table).from_select(["process", "request_id", "until"], found))
