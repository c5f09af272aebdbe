"""Full-text search, uploads that are being received, and indexes of the queue's groups."""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ID = sa.String(36)
SHA256 = sa.String(64)
MOMENT = sa.DateTime(timezone=True)
BATCH = 500
LONGEST_WORD = 60
WORD_RUN = re.compile(r"[^\W_]+")

# The words of a request are kept in step by the database, in the transaction of the change.
ON_SQLITE = (
    """CREATE TABLE request_words (
  "row" INTEGER PRIMARY KEY,
  request_id VARCHAR(36) NOT NULL UNIQUE REFERENCES requests(id) ON DELETE CASCADE,
  words TEXT NOT NULL)""",
    """CREATE VIRTUAL TABLE request_words_index USING fts5(words, content='request_words',
  content_rowid='row', tokenize='unicode61 remove_diacritics 0', prefix='2 3 4')""",
    """CREATE TRIGGER request_words_inserted AFTER INSERT ON request_words BEGIN
  INSERT INTO request_words_index(rowid, words) VALUES (NEW."row", NEW.words); END""",
    """CREATE TRIGGER request_words_deleted AFTER DELETE ON request_words BEGIN
  INSERT INTO request_words_index(request_words_index, rowid, words)
    VALUES ('delete', OLD."row", OLD.words); END""",
    """CREATE TRIGGER request_words_updated AFTER UPDATE ON request_words BEGIN
  INSERT INTO request_words_index(request_words_index, rowid, words)
    VALUES ('delete', OLD."row", OLD.words);
  INSERT INTO request_words_index(rowid, words) VALUES (NEW."row", NEW.words); END""",
    """CREATE TRIGGER requests_found_inserted AFTER INSERT ON requests BEGIN
  INSERT INTO request_words(request_id, words) VALUES (NEW.id, NEW.search_text)
    ON CONFLICT(request_id) DO UPDATE SET words = excluded.words; END""",
    """CREATE TRIGGER requests_found_updated AFTER UPDATE OF search_text ON requests BEGIN
  INSERT INTO request_words(request_id, words) VALUES (NEW.id, NEW.search_text)
    ON CONFLICT(request_id) DO UPDATE SET words = excluded.words; END""",
)
# The centre is a word too: one centre's search does not walk through another's requests.
ON_POSTGRESQL = (
    """CREATE TABLE request_words (
  request_id VARCHAR(36) PRIMARY KEY REFERENCES requests(id) ON DELETE CASCADE,
  words tsvector NOT NULL)""",
    # Words change seldom: writing them at once keeps every search quick.
    "CREATE INDEX ix_request_words ON request_words USING gin (words) WITH (fastupdate = off)",
    """CREATE FUNCTION keep_request_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO request_words(request_id, words) VALUES (NEW.id, array_to_tsvector(
      array_remove(string_to_array(NEW.search_text, ' '), '') || ('#' || NEW.centre_id)))
    ON CONFLICT (request_id) DO UPDATE SET words = EXCLUDED.words;
  RETURN NULL; END $$""",
    """CREATE TRIGGER requests_found AFTER INSERT OR UPDATE OF search_text, centre_id ON requests
  FOR EACH ROW EXECUTE FUNCTION keep_request_words()""",
)


def upgrade() -> None:
    """Adds tables and indexes; finds words for the requests that are there."""
    _indexes()
    _uploads()
    for statement in ON_SQLITE if op.get_bind().dialect.name == "sqlite" else ON_POSTGRESQL:
        op.execute(statement)
    _numbers()
    _fill()


def _numbers() -> None:
    """Clients compare them with any number of 53 bits; SQLite's integers are wide enough."""
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("messages", "number", type_=sa.BigInteger)
        op.alter_column("call_signals", "number", type_=sa.BigInteger)
        op.execute("ALTER SEQUENCE call_signals_number_seq AS BIGINT")


def _indexes() -> None:
    order = ["is_open", "threat_rank", "due_rank", "id"]
    op.create_index("ix_requests_owner_queue", "requests", ["centre_id", "owner_id", *order])
    op.create_index("ix_requests_status_queue", "requests", ["centre_id", "status", *order])


def _uploads() -> None:
    op.create_table(
        "uploads",
        sa.Column("id", ID, primary_key=True),
        _of("requests", "request_id", index=True),
        sa.Column("account_id", ID, sa.ForeignKey("accounts.id", ondelete="CASCADE"), index=True),
        sa.Column("item_code", sa.String(60), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("taken_on", sa.Date),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("received", sa.BigInteger, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False, index=True),
        sa.Column("document_id", ID, comment="what came of it"),
        sa.Column("sha256", SHA256),
        comment="Files that are being received, by staff or (without an account) by the patient",
    )
    op.create_table(
        "upload_parts",
        _of("uploads", "upload_id", primary_key=True),
        sa.Column("start", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("storage_path", sa.String(300), nullable=False),
    )


def _of(
    table: str, column: str, *, primary_key: bool = False, index: bool = False
) -> sa.Column[str]:
    """A reference that goes with the row that it names."""
    return sa.Column(
        column,
        ID,
        sa.ForeignKey(f"{table}.id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
        index=index,
    )


def _fill() -> None:
    found = sa.text(
        "SELECT r.id, r.number, p.full_name, r.icd10, r.diagnosis, r.complaints FROM requests r"
        " JOIN patients p ON p.id = r.patient_id WHERE r.id > :last ORDER BY r.id LIMIT :batch"
    )
    stored = sa.text("UPDATE requests SET search_text = :words WHERE id = :id")
    connection = op.get_bind()
    last = ""
    while rows := connection.execute(found, {"last": last, "batch": BATCH}).all():
        values = [{"id": row[0], "words": _words(row[1:])} for row in rows]
        connection.execute(stored, values)
        last = rows[-1][0]


def _words(parts: tuple[str | None, ...]) -> str:
    """As backend/search.py had it when this step was written."""
    text = " ".join(part for part in parts if part)
    for form in ("NFKC", "NFC"):
        text = unicodedata.normalize(form, text).casefold()
    plain = "".join(one for one in text if not unicodedata.combining(one)).replace("ё", "е")
    return " ".join(dict.fromkeys(word[:LONGEST_WORD] for word in WORD_RUN.findall(plain)))
