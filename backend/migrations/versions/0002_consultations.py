"""Slots, patients' links, chats, calls, conclusions; what an event is about."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.String(36)
SHA256 = sa.String(64)
WORD = sa.String(40)
MOMENT = sa.DateTime(timezone=True)

OVERLAP_TRIGGER = """
CREATE TRIGGER slots_overlap_{word} BEFORE {event} ON slots WHEN NEW.is_held BEGIN
  SELECT RAISE(ABORT, 'slots_overlap') WHERE EXISTS (
    SELECT 1 FROM slots WHERE doctor_id = NEW.doctor_id AND is_held AND id <> NEW.id
      AND starts_at < NEW.ends_at AND ends_at > NEW.starts_at);
END"""
OVERLAP_CONSTRAINT = """
ALTER TABLE slots ADD CONSTRAINT slots_overlap EXCLUDE USING gist
  (doctor_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (is_held)"""


def upgrade() -> None:
    """Adds columns to requests and events, and the new tables."""
    _columns()
    _slots()
    _patients()
    _messages()
    _calls()
    _conclusions()


def _columns() -> None:
    op.add_column("requests", sa.Column("appointment_at", MOMENT))
    for name in ("slot_refusals", "last_message", "doctor_read", "patient_read"):
        op.add_column("requests", _zero(name))
    for name in ("unread_by_doctor", "unread_by_patient"):
        op.add_column("requests", _zero(name))
    kind = sa.Column("kind", sa.String(20), nullable=False, server_default="request")
    op.add_column("events", kind)
    about = sa.Column("subject_id", ID, comment="the message, call or signal that it is about")
    op.add_column("events", about)


def _slots() -> None:
    op.create_table(
        "slots",
        sa.Column("id", ID, primary_key=True),
        _of_request(index=True),
        sa.Column("doctor_id", ID, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column(
            "is_held", sa.Boolean, nullable=False, comment="held times of a doctor do not overlap"
        ),
        sa.Column("held_until", MOMENT, nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
    )
    op.create_index("ix_slots_day", "slots", ["doctor_id", "is_held", "starts_at"])
    op.create_index("ix_slots_holds", "slots", ["state", "held_until"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(OVERLAP_TRIGGER.format(word="insert", event="INSERT"))
        op.execute(OVERLAP_TRIGGER.format(word="update", event="UPDATE"))
    else:
        op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        op.execute(OVERLAP_CONSTRAINT)


def _patients() -> None:
    op.create_table(
        "patient_links",
        sa.Column("token_hash", SHA256, primary_key=True),
        _of_request(index=True),
        sa.Column("created_by", ID, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False, index=True),
        sa.Column("revoked_at", MOMENT),
        comment="Links to the patient's page; their tokens are not kept",
    )
    op.create_table(
        "patient_keys",
        _of_request(primary_key=True),
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("fingerprint", SHA256, nullable=False, comment="of method, path and body"),
        sa.Column("refused", sa.Boolean, nullable=False),
        sa.Column(
            "answer", sa.LargeBinary, nullable=False, comment="JSON of the answer or the problem"
        ),
        sa.Column("created_at", MOMENT, nullable=False, index=True),
        comment="Idempotency keys of patients",
    )


def _messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", ID, primary_key=True),
        _of_request(),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("side", WORD, nullable=False),
        sa.Column("author_name", sa.String(200), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
    )
    op.create_index("ix_messages_chat", "messages", ["request_id", "number"], unique=True)


def _calls() -> None:
    op.create_table(
        "calls",
        sa.Column("id", ID, primary_key=True),
        _of_request(),
        sa.Column("doctor_id", ID, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column(
            "is_on", sa.Boolean, nullable=False, comment="rings or runs: one for each request"
        ),
        sa.Column("channel", WORD),
        sa.Column("connection", sa.Integer, nullable=False),
        sa.Column("placed_at", MOMENT, nullable=False),
        sa.Column("rings_until", MOMENT, nullable=False),
        sa.Column("answered_at", MOMENT),
        sa.Column("ended_at", MOMENT),
        sa.Column("ended_by", WORD),
    )
    op.create_index("ix_calls_attempt", "calls", ["request_id", "attempt"], unique=True)
    on = sa.text("is_on")
    op.create_index(
        "ix_calls_on", "calls", ["request_id"], unique=True, sqlite_where=on, postgresql_where=on
    )
    op.create_index("ix_calls_ringing", "calls", ["state", "rings_until"])
    op.create_table(
        "call_signals",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column(
            "call_id",
            ID,
            sa.ForeignKey("calls.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("side", WORD, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("connection", sa.Integer, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sqlite_autoincrement=True,  # a number is never used again
    )


def _conclusions() -> None:
    op.create_table(
        "conclusions",
        _of_request(primary_key=True),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("form", sa.JSON, nullable=False),
        sa.Column("author_id", ID, sa.ForeignKey("accounts.id"), nullable=False),
        _zero("signers"),
        sa.Column("sha256", SHA256, comment="of the kept PDF"),
        sa.Column("size", sa.BigInteger),
        sa.Column("storage_path", sa.String(300)),
        sa.Column("signed_at", MOMENT),
        sa.Column("approved_at", MOMENT),
        sa.Column("approved_by", ID, sa.ForeignKey("accounts.id")),
        sa.Column("return_reason", sa.Text, nullable=False),
        sa.Column("delivered_at", MOMENT),
        sa.Column("changed_at", MOMENT, nullable=False),
    )
    op.create_index("ix_conclusions_state", "conclusions", ["state", "signed_at"])


def _zero(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default="0")


def _of_request(*, primary_key: bool = False, index: bool = False) -> sa.Column[str]:
    """A reference that goes with its request."""
    return sa.Column(
        "request_id",
        ID,
        sa.ForeignKey("requests.id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
        index=index,
    )
