"""How long a consultation takes, kept with its calls."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Columns. Calls of earlier days were not told how long they are: they have no clock."""
    comment = "of the consultation, which goes on in the next"
    op.add_column("calls", sa.Column("clock_started_at", MOMENT, comment=comment))
    for name in ("clock_soon_at", "clock_last_at", "clock_ends_at"):
        op.add_column("calls", sa.Column(name, MOMENT))
    minutes = "minutes that the doctor adds at once"
    op.add_column("calls", sa.Column("clock_extension", sa.Integer, comment=minutes))
