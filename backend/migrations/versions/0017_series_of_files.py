"""Of which series a file is a slice, and its modality."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Adds both columns. Files that came before stay as they are: each opens by itself."""
    said = "of a DICOM file that is one slice of a stack"
    op.add_column("documents", sa.Column("series_uid", sa.String(64), comment=said))
    op.add_column("documents", sa.Column("modality", sa.String(16), comment="of a DICOM file"))
