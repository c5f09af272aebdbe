"""The step to 0017 leaves the files of earlier days as they are."""

from datetime import UTC, datetime

from sqlalchemy import Connection, column, insert, select, table

from backend.database import Database
from backend.demo_data.rows import demo_id
from backend.tables import documents
from backend_client.models.documents import DocumentKind
from tests.backend.clinic import REQUEST
from tests.backend.older_tables import build


def at_0012(connection: Connection) -> None:
    """A file of those days."""
    build(connection, "0012")
    row = {
        "id": "file-1",
        "request_id": demo_id("request", REQUEST.number),
        "item_code": "ct",
        "title": "IM0001",
        "kind": DocumentKind.IMAGE.value,
        "format": "DICOM",
        "size": 5,
        "sha256": "0" * 64,
        "storage_path": "documents/1",
        "uploaded_at": datetime(2026, 11, 20, tzinfo=UTC),
    }
    of_those_days = table("documents", *map(column, row))
    connection.execute(insert(of_those_days).values(row))


async def test_an_earlier_file_opens_by_itself(empty_database_url: str) -> None:
    database = Database(empty_database_url)
    async with database.write() as connection:
        await connection.run_sync(at_0012)
    await database.migrate()
    async with database.read() as connection:
        columns = (documents.c.title, documents.c.series_uid, documents.c.modality)
        kept = (await connection.execute(select(*columns))).one()
    await database.close()
    assert tuple(kept) == ("IM0001", None, None)
