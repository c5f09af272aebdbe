"""Requests that are there are found by parts of words too; triggers carry the words on."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

BATCH = 500
SHORTEST_ENDING = 3
LONGEST_TEXT = 100_000


def upgrade() -> None:
    """Adds the endings of their words."""
    found = sa.text(
        "SELECT id, search_text FROM requests WHERE id > :last ORDER BY id LIMIT :batch"
    )
    stored = sa.text("UPDATE requests SET search_text = :words WHERE id = :id")
    connection = op.get_bind()
    last = ""
    while rows := connection.execute(found, {"last": last, "batch": BATCH}).all():
        values = [{"id": row[0], "words": _with_endings(row[1])} for row in rows]
        connection.execute(stored, values)
        last = rows[-1][0]


def _with_endings(text: str) -> str:
    """As backend/search.py had it when this step was written."""
    whole = text.split()
    endings = (
        word[start:] for word in whole for start in range(1, len(word) - SHORTEST_ENDING + 1)
    )
    room, kept = LONGEST_TEXT, []
    for word in dict.fromkeys((*whole, *endings)):
        room -= len(word) + 1
        if room < 0:
            break
        kept.append(word)
    return " ".join(kept)
