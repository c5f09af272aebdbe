"""What a request has of each checklist item stands in its own row: a page of the queue reads no
other table for it. Triggers keep it in step with the documents."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

# By item: how many, the newest day of an examination, and how many each account has opened.
ON_POSTGRESQL = (
    """CREATE FUNCTION files_of_request(which varchar) RETURNS text LANGUAGE sql STABLE
  RETURN (SELECT coalesce(json_object_agg(item_code, json_build_array(files, latest_on, opened)),
      '{}')::text
    FROM (SELECT d.item_code, count(*) AS files, max(d.taken_on) AS latest_on,
        (SELECT coalesce(json_object_agg(account_id, times), '{}')
          FROM (SELECT o.account_id, count(*) AS times
            FROM opened_documents o JOIN documents e ON e.id = o.document_id
            WHERE e.request_id = which AND e.item_code = d.item_code
            GROUP BY o.account_id) AS readers) AS opened
      FROM documents d WHERE d.request_id = which GROUP BY d.item_code) AS items)""",
    # Locked first: what another transaction has added meanwhile is counted behind its commit.
    """CREATE FUNCTION keep_files_of_request(which varchar) RETURNS void LANGUAGE plpgsql
AS $$ BEGIN
  PERFORM 1 FROM requests WHERE id = which FOR NO KEY UPDATE;
  UPDATE requests SET files = files_of_request(which) WHERE id = which; END $$""",
    """CREATE FUNCTION documents_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP <> 'DELETE' THEN PERFORM keep_files_of_request(NEW.request_id); END IF;
  IF TG_OP = 'DELETE' OR TG_OP = 'UPDATE' AND NEW.request_id <> OLD.request_id THEN
    PERFORM keep_files_of_request(OLD.request_id);
  END IF;
  RETURN NULL; END $$""",
    """CREATE FUNCTION opened_documents_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  PERFORM keep_files_of_request(request_id) FROM documents
    WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.document_id ELSE NEW.document_id END;
  RETURN NULL; END $$""",
    """CREATE TRIGGER requests_files AFTER INSERT OR DELETE
  OR UPDATE OF request_id, item_code, taken_on ON documents
  FOR EACH ROW EXECUTE FUNCTION documents_changed()""",
    """CREATE TRIGGER requests_files AFTER INSERT OR DELETE ON opened_documents
  FOR EACH ROW EXECUTE FUNCTION opened_documents_changed()""",
    """UPDATE requests SET files = files_of_request(id)
  WHERE id IN (SELECT request_id FROM documents)""",
)
SQLITE_FILES = """(SELECT json_group_object(item_code, json_array(files, latest_on, json(opened)))
    FROM (SELECT d.item_code, count(*) AS files, max(d.taken_on) AS latest_on,
        (SELECT json_group_object(account_id, times)
          FROM (SELECT o.account_id, count(*) AS times
            FROM opened_documents o JOIN documents e ON e.id = o.document_id
            WHERE e.request_id = requests.id AND e.item_code = d.item_code
            GROUP BY o.account_id)) AS opened
      FROM documents d WHERE d.request_id = requests.id GROUP BY d.item_code))"""


def _on_sqlite() -> list[str]:
    """A trigger for each of what may happen."""
    events = (
        ("documents", "INSERT", "= NEW.request_id"),
        ("documents", "DELETE", "= OLD.request_id"),
        (
            "documents",
            "UPDATE OF request_id, item_code, taken_on",
            "IN (NEW.request_id, OLD.request_id)",
        ),
        *(
            (
                "opened_documents",
                event,
                f"= (SELECT request_id FROM documents WHERE id = {row}.document_id)",
            )
            for event, row in (("INSERT", "NEW"), ("DELETE", "OLD"))
        ),
    )
    triggers = [
        f"CREATE TRIGGER requests_files_{table}_{event.partition(' ')[0].lower()} AFTER {event}"
        f" ON {table} BEGIN UPDATE requests SET files = {SQLITE_FILES} WHERE id {which}; END"
        for table, event, which in events
    ]
    fill = f"UPDATE requests SET files = {SQLITE_FILES}"
    return [*triggers, f"{fill} WHERE id IN (SELECT request_id FROM documents)"]


def upgrade() -> None:
    """Adds the column, its triggers, and what is there already."""
    files = sa.Column(
        "files",
        sa.Text,
        nullable=False,
        server_default="{}",
        comment="JSON by checklist item, kept by triggers: count, newest day, opened by account",
    )
    op.add_column("requests", files)
    nobodys = sa.text("owner_id IS NULL")
    op.create_index(
        "ix_requests_unclaimed_queue",
        "requests",
        ["centre_id", "is_open", "threat_rank", "due_rank", "id"],
        sqlite_where=nobodys,
        postgresql_where=nobodys,
    )
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _on_sqlite() if is_sqlite else ON_POSTGRESQL:
        op.execute(sa.text(statement))
