"""By which marks of the doctor's something was measured."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Adds a column; what stands already was measured by its file's own scale, or its marks are
    not known."""
    op.add_column(
        "annotations",
        sa.Column(
            "calibration",
            sa.Text,
            nullable=False,
            server_default="[]",
            comment="JSON of the marks by which it was measured; [] by the file's own scale",
        ),
    )
