"""An index that holds a request's history in its order, so that pages of it are not sorted."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Replaces the index by request alone."""
    op.create_index("ix_history_newest", "history", ["request_id", "at", "id"])
    op.drop_index("ix_history_request_id", "history")
