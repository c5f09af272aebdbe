"""Patients' e-mail addresses, what is sent to them, and the chat's message with the document."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

ID = sa.String(36)
SHA256 = sa.String(64)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Three tables and two columns. What was delivered before is not sent by e-mail by itself."""
    op.add_column(
        "messages",
        sa.Column("edition", sa.Integer, comment="of the conclusion that goes with the message"),
    )
    op.add_column(
        "conclusion_editions",
        sa.Column("opened_at", MOMENT, comment="downloaded on the patient's page"),
    )
    _create_emails()
    _create_mails()
    op.create_table(
        "mail_links",
        sa.Column("token_hash", SHA256, primary_key=True),
        sa.Column(
            "mail_id",
            ID,
            sa.ForeignKey("mails.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT),
        comment="One-time links to a conclusion; their tokens are not kept",
    )
    op.create_index("ix_mail_links_mail_id", "mail_links", ["mail_id"])
    op.create_index("ix_mail_links_expires_at", "mail_links", ["expires_at"])


def _create_emails() -> None:
    op.create_table(
        "patient_emails",
        sa.Column(
            "patient_id", ID, sa.ForeignKey("patients.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("address", sa.String(320), nullable=False),
        sa.Column("confirmed_at", MOMENT, comment="none: no document goes there"),
        sa.Column("code_hash", SHA256, comment="of the code that was sent last"),
        sa.Column("code_until", MOMENT),
        sa.Column("code_tries", sa.Integer, nullable=False, server_default="0"),
        sa.Column("asked_since", MOMENT, comment="when the hour of the counted codes began"),
        sa.Column("asked_times", sa.Integer, nullable=False, server_default="0"),
        comment="Where a patient wants conclusions sent",
    )


def _create_mails() -> None:
    op.create_table(
        "mails",
        sa.Column("id", ID, primary_key=True),
        sa.Column(
            "request_id", ID, sa.ForeignKey("requests.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("edition", sa.Integer, comment="none: a code that confirms the address"),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("address", sa.String(320), comment="to which it was sent last"),
        sa.Column("message_key", ID, nullable=False, comment="of Message-ID, the same at each try"),
        sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
        sa.Column("due_at", MOMENT, comment="of the next try; none: nothing is to be tried"),
        sa.Column("queued_at", MOMENT, nullable=False),
        sa.Column("taken_at", MOMENT, comment="by the mail server"),
        sa.Column("opened_at", MOMENT, comment="its link was used"),
        sa.Column("by_link", sa.Boolean, comment="as it was sent last"),
        sa.Column("reason", sa.String(40), nullable=False, server_default=""),
        comment="What is to be sent by e-mail, and how that went",
    )
    op.create_index("ix_mails_due", "mails", ["due_at"])
    op.create_index("ix_mails_edition", "mails", ["request_id", "edition"], unique=True)
