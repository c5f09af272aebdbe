"""The audit with its guards, and what refresh tokens need to outlive a lost answer."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

ID = sa.String(36)
WORD = sa.String(40)
MOMENT = sa.DateTime(timezone=True)
HASH = sa.LargeBinary(32)
NEXT = "number = NEW.chain AND length = NEW.number - 1 AND head = NEW.prev"
SAME_CHAIN = (
    "NEW.number = OLD.number AND NEW.opened_at = OLD.opened_at AND NEW.prev = OLD.prev"
    " AND NEW.opening = OLD.opening AND NEW.length = OLD.length + 1"
)
REFUSAL = "the audit is append-only"

# An entry is taken only behind the last one of its chain; nothing is altered or removed.
ON_SQLITE = (
    f"""CREATE TRIGGER audit_entries_behind BEFORE INSERT ON audit_entries
  WHEN NOT EXISTS (SELECT 1 FROM audit_chains WHERE {NEXT})
  BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    """CREATE TRIGGER audit_entries_added AFTER INSERT ON audit_entries BEGIN
  UPDATE audit_chains SET length = NEW.number, head = NEW.hash WHERE number = NEW.chain; END""",
    f"""CREATE TRIGGER audit_entries_altered BEFORE UPDATE ON audit_entries
  BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    f"""CREATE TRIGGER audit_entries_removed BEFORE DELETE ON audit_entries
  BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    f"""CREATE TRIGGER audit_chains_altered BEFORE UPDATE ON audit_chains WHEN NOT ({SAME_CHAIN})
  BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    f"""CREATE TRIGGER audit_chains_removed BEFORE DELETE ON audit_chains
  BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    f"""CREATE TRIGGER audit_chains_behind BEFORE INSERT ON audit_chains
  WHEN EXISTS (SELECT 1 FROM audit_chains WHERE number >= NEW.number)
  BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
)
ON_POSTGRESQL = (
    f"""CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"""CREATE FUNCTION add_audit_entry() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  UPDATE audit_chains SET length = NEW.number, head = NEW.hash WHERE {NEXT};
  IF NOT FOUND THEN
    RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW; END $$""",
    """CREATE TRIGGER audit_entries_added BEFORE INSERT ON audit_entries
  FOR EACH ROW EXECUTE FUNCTION add_audit_entry()""",
    """CREATE TRIGGER audit_entries_altered BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()""",
    f"""CREATE TRIGGER audit_chains_altered BEFORE UPDATE ON audit_chains
  FOR EACH ROW WHEN (NOT ({SAME_CHAIN})) EXECUTE FUNCTION refuse_audit_change()""",
    """CREATE TRIGGER audit_chains_removed BEFORE DELETE OR TRUNCATE ON audit_chains
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()""",
)


def upgrade() -> None:
    """Adds the tables, their triggers, and columns of the tokens."""
    _chains()
    _entries()
    for statement in ON_SQLITE if op.get_bind().dialect.name == "sqlite" else ON_POSTGRESQL:
        op.execute(statement)
    _tokens()


def _chains() -> None:
    op.create_table(
        "audit_chains",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("prev", HASH, nullable=False, comment="opening of the chain before"),
        sa.Column("opening", HASH, nullable=False),
        sa.Column("length", sa.BigInteger, nullable=False),
        sa.Column("head", HASH, nullable=False, comment="hash of the last entry"),
        comment="One for each process that has written the audit",
    )


def _entries() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("chain", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("centre_id", ID, nullable=False),
        sa.Column("account_id", ID),
        sa.Column("role", WORD, nullable=False),
        sa.Column("action", sa.String(100), nullable=False),
        sa.Column("outcome", WORD, nullable=False),
        sa.Column("status", sa.SmallInteger, nullable=False),
        sa.Column("request_ids", sa.Text, nullable=False),
        sa.Column("document_ids", sa.Text, nullable=False),
        sa.Column("prev", HASH, nullable=False),
        sa.Column("hash", HASH, nullable=False),
        comment="Rows are added only; ids outlive what they name",
    )
    op.create_index("ix_audit_entries_newest", "audit_entries", ["centre_id", "at"])


def _tokens() -> None:
    pair = _number("pair", "the newest pair of tokens")
    seen = _number("seen_pair", "the newest pair whose access token was used")
    before = _number("before_pair", "used before it")
    for column in (pair, seen, before):
        op.add_column("token_families", column)
    op.add_column(
        "refresh_tokens", sa.Column("next_pair", sa.Integer, comment="what it was exchanged for")
    )
    op.add_column(
        "refresh_tokens",
        sa.Column("used_by", sa.String(64), comment="digest of the client that used it"),
    )


def _number(name: str, comment: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default="0", comment=comment)
