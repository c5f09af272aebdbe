"""The last test of the patient's devices, and which page of the patient has a call."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Of requests and calls from before none is known."""
    op.add_column(
        "requests",
        sa.Column(
            "patient_check",
            sa.Text,
            nullable=False,
            server_default="",
            comment="JSON of the patient's last test of devices and line; empty: none was made",
        ),
    )
    op.add_column(
        "calls",
        sa.Column(
            "page",
            sa.String(36),
            nullable=False,
            server_default="",
            comment="which page of the patient's has the call; empty: it did not say",
        ),
    )
