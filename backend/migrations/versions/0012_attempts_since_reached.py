"""Of the telephone attempts only those count that failed since the patient was reached (DRC-11)."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Counts them anew where the patient of an open request was reached."""
    op.execute(
        """
        UPDATE requests SET phone_attempts = (
            SELECT count(*) FROM phone_attempts AS failed
            WHERE failed.request_id = requests.id
            AND (requests.appointment_at IS NULL OR failed.at >= requests.appointment_at)
            AND failed.number > (
                SELECT max(reached.number) FROM phone_attempts AS reached
                WHERE reached.request_id = requests.id AND reached.outcome = 'reached'
            )
        )
        WHERE is_open AND EXISTS (
            SELECT 1 FROM phone_attempts AS reached
            WHERE reached.request_id = requests.id AND reached.outcome = 'reached'
        )
        """
    )
