"""What a request's calls say of it, kept with the request; leases of begun work end."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

ID = sa.String(36)
MOMENT = sa.DateTime(timezone=True)

requests = sa.table(
    "requests",
    sa.column("id", ID),
    sa.column("rings_until", MOMENT),
    sa.column("missed_calls", sa.Integer),
    sa.column("lease_until", MOMENT),
)
calls = sa.table(
    "calls",
    sa.column("request_id", ID),
    sa.column("state", sa.String(40)),
    sa.column("rings_until", MOMENT),
)
conclusions = sa.table("conclusions", sa.column("request_id", ID))


def upgrade() -> None:
    """Adds two columns to requests and fills them; a draft ends its case's lease."""
    rings = sa.Column("rings_until", MOMENT, comment="end of a call's ringing; none: no call rings")
    missed = sa.Column("missed_calls", sa.Integer, nullable=False, server_default="0")
    op.add_column("requests", missed)
    op.add_column("requests", rings)
    _fill()
    drafted = requests.c.id.in_(sa.select(conclusions.c.request_id))
    op.execute(sa.update(requests).where(drafted).values(lease_until=None))


def _fill() -> None:
    mine = calls.c.request_id == requests.c.id
    rung_out = sa.select(sa.func.count()).select_from(calls).where(mine)
    rung_out = rung_out.where(calls.c.state == "timed_out")
    ringing = sa.select(sa.func.max(calls.c.rings_until)).where(mine, calls.c.state == "ringing")
    values = {
        "missed_calls": rung_out.scalar_subquery(),
        "rings_until": ringing.scalar_subquery(),
    }
    called = requests.c.id.in_(sa.select(calls.c.request_id))
    op.execute(sa.update(requests).where(called).values(values))
