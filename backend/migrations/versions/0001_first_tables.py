"""The first tables: centres, accounts, requests with their documents, events."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.String(36)
SHA256 = sa.String(64)
WORD = sa.String(40)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Builds everything."""
    _server()
    _accounts()
    _requests()
    _parts_of_requests()


def _server() -> None:
    op.create_table(
        "facts",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        comment="What the server knows about itself: its token key, the demonstration it holds",
    )
    op.create_table(
        "centres",
        sa.Column("id", ID, primary_key=True),
        sa.Column("event_seq", sa.BigInteger, nullable=False, comment="number of the last event"),
        sa.Column(
            "event_floor", sa.BigInteger, nullable=False, comment="events up to here are not kept"
        ),
        comment="The tenants",
    )
    op.create_table(
        "events",
        sa.Column("centre_id", ID, sa.ForeignKey("centres.id"), primary_key=True),
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("request_id", ID, nullable=False, comment="outlives the request"),
        sa.Column("at", MOMENT, nullable=False),
    )


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", ID, primary_key=True),
        sa.Column("centre_id", ID, sa.ForeignKey("centres.id"), nullable=False, index=True),
        sa.Column("login", sa.String(200), nullable=False, unique=True),
        sa.Column("full_name", sa.String(200), nullable=False),
        sa.Column("role", WORD, nullable=False),
        sa.Column("post", sa.String(200), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
    )
    op.create_table(
        "sign_in_attempts",
        sa.Column(
            "login_hash", SHA256, primary_key=True, comment="people type passwords as logins"
        ),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("retry_at", MOMENT, nullable=False),
    )
    op.create_table(
        "token_families",
        sa.Column("id", ID, primary_key=True),
        _part_of("accounts", "account_id"),
        sa.Column("expires_at", MOMENT, nullable=False, index=True),
        sa.Column("revoked_at", MOMENT),
        comment="One sign-in and all tokens that came of it",
    )
    op.create_table(
        "refresh_tokens",
        sa.Column("token_hash", SHA256, primary_key=True),
        _part_of("token_families", "family_id"),
        sa.Column("used_at", MOMENT),
    )
    op.create_table(
        "idempotency_keys",
        _part_of("accounts", "account_id", primary_key=True),
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("fingerprint", SHA256, nullable=False, comment="of method, path and body"),
        sa.Column("refused", sa.Boolean, nullable=False),
        sa.Column(
            "answer", sa.LargeBinary, nullable=False, comment="JSON of the answer or the problem"
        ),
        sa.Column("created_at", MOMENT, nullable=False, index=True),
    )


def _requests() -> None:
    op.create_table(
        "patients",
        sa.Column("id", ID, primary_key=True),
        sa.Column("centre_id", ID, sa.ForeignKey("centres.id"), nullable=False, index=True),
        sa.Column("full_name", sa.String(200), nullable=False),
        sa.Column("birth_date", sa.Date, nullable=False),
        sa.Column("sex", WORD, nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("time_zone", sa.String(60), nullable=False),
        sa.Column("phone_confirmed", sa.Boolean, nullable=False),
        sa.Column("identity_level", WORD, nullable=False),
        sa.Column("representative_name", sa.String(200)),
        sa.Column("representative_relation", sa.String(200)),
    )
    op.create_table(
        "requests",
        sa.Column("id", ID, primary_key=True),
        sa.Column("centre_id", ID, sa.ForeignKey("centres.id"), nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("route", WORD, nullable=False),
        sa.Column("status", WORD, nullable=False),
        sa.Column("status_before_claim", WORD),
        sa.Column("is_open", sa.Boolean, nullable=False),
        sa.Column("urgency", WORD, nullable=False),
        sa.Column("life_threat", sa.Boolean, nullable=False),
        sa.Column("patient_id", ID, sa.ForeignKey("patients.id"), nullable=False, index=True),
        sa.Column("icd10", sa.String(20)),
        sa.Column("diagnosis", sa.Text, nullable=False),
        sa.Column("complaints", sa.Text, nullable=False),
        sa.Column("care_setting", WORD, nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("payer", sa.String(200), nullable=False),
        sa.Column("quota_left", sa.Integer),
        sa.Column("quota_total", sa.Integer),
        sa.Column("medical_record_number", sa.String(60), nullable=False),
        sa.Column("requesting_doctor", sa.String(200), nullable=False),
        sa.Column(
            "not_applicable", sa.JSON, nullable=False, comment="reasons by code of checklist item"
        ),
        sa.Column("clock_started_at", MOMENT),
        sa.Column("clock_name", sa.String(200), nullable=False),
        sa.Column("soon_at", MOMENT),
        sa.Column("due_at", MOMENT),
        sa.Column(
            "threat_rank", sa.SmallInteger, nullable=False, comment="0 for a threat to life, else 1"
        ),
        sa.Column("due_rank", MOMENT, nullable=False, comment="due_at, or the end of time"),
        sa.Column("documents_complete_at", MOMENT),
        sa.Column("owner_id", ID, sa.ForeignKey("accounts.id")),
        sa.Column("claimed_at", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("search_text", sa.Text, nullable=False, comment="normalised for search"),
    )
    op.create_index("ix_requests_number", "requests", ["centre_id", "number"], unique=True)
    queue = ["centre_id", "is_open", "threat_rank", "due_rank", "id"]
    op.create_index("ix_requests_queue", "requests", queue)
    op.create_index("ix_requests_owner", "requests", ["owner_id", "is_open"])


def _parts_of_requests() -> None:
    op.create_table(
        "consents",
        _part_of("requests", "request_id", primary_key=True),
        sa.Column("kind", WORD, primary_key=True),
        sa.Column("text_version", sa.String(60), nullable=False),
        sa.Column("given_at", MOMENT),
    )
    op.create_table(
        "history",
        sa.Column("id", sa.Integer, primary_key=True),
        _part_of("requests", "request_id"),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "documents",
        sa.Column("id", ID, primary_key=True),
        _part_of("requests", "request_id"),
        sa.Column("item_code", sa.String(60), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("format", sa.String(40), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("sha256", SHA256, nullable=False),
        sa.Column("storage_path", sa.String(300), nullable=False),
        sa.Column("taken_on", sa.Date),
        sa.Column("uploaded_at", MOMENT, nullable=False),
    )
    op.create_table(
        "opened_documents",
        _part_of("documents", "document_id", primary_key=True),
        _part_of("accounts", "account_id", primary_key=True),
        sa.Column("opened_at", MOMENT, nullable=False),
    )


def _part_of(table: str, column: str, *, primary_key: bool = False) -> sa.Column[str]:
    """A reference that goes with the row that it names."""
    return sa.Column(
        column,
        ID,
        sa.ForeignKey(f"{table}.id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
        index=not primary_key,
    )
