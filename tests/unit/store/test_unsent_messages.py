"""Messages that were written and not sent: over a restart, each request's last."""

from datetime import timedelta
from pathlib import Path

import msgspec
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from backend_client.models.common import RequestId
from tests.factories import NOW
from tests.unit.store.opening import KEY, Opened
from workstation.core.kept_message import KeptMessage
from workstation.store.migrations import MIGRATIONS
from workstation.store.panels import Panels
from workstation.store.sqlcipher import connect, module
from workstation.store.tables import unsent_messages as table
from workstation.store.unsent_messages import UnsentMessages

ONE = KeptMessage(
    request_id=RequestId("request-1"), changed_at=NOW, text="Возьмите выписку", tried="Возьмите"
)
LATER = msgspec.structs.replace(
    ONE, text="Возьмите выписку и ЭКГ", key="key-1", changed_at=NOW + timedelta(seconds=1)
)
OTHER = KeptMessage(request_id=RequestId("request-2"), changed_at=NOW, text="Приходите\nк пяти")


async def test_last_message_of_a_request_comes_back_after_a_restart(opened: Opened) -> None:
    async with opened() as database:
        for message in (ONE, LATER, OTHER):
            await UnsentMessages(database).keep(message)
    async with opened() as database:
        assert await UnsentMessages(database).all() == (OTHER, LATER)


async def test_a_message_that_is_sent_is_forgotten(opened: Opened) -> None:
    async with opened() as database:
        for message in (ONE, OTHER):
            await UnsentMessages(database).keep(message)
        await UnsentMessages(database).remove(ONE.request_id)
        assert await UnsentMessages(database).all() == (OTHER,)


async def test_what_another_version_has_written_hides_no_other_message(opened: Opened) -> None:
    async with opened() as database:
        values = {"request_id": "old", "changed_at": NOW, "message": b"not of ours"}
        await database.run(lambda connection: connection.execute(table.insert(), values))
        await UnsentMessages(database).keep(OTHER)
        assert await UnsentMessages(database).all() == (OTHER,)


async def test_words_lie_on_the_disk_encrypted(opened: Opened, path: Path) -> None:
    async with opened() as database:
        await UnsentMessages(database).keep(LATER)
    written = b"".join(part.read_bytes() for part in path.parent.iterdir())
    assert LATER.text.encode() not in written
    assert b"unsent_messages" not in written


async def test_a_store_of_an_older_program_gets_the_place(opened: Opened, path: Path) -> None:
    """Written before messages were kept: nothing of it is lost."""
    path.parent.mkdir()
    engine = create_engine(
        "sqlite://", module=module(), creator=lambda: connect(path, KEY), poolclass=StaticPool
    )
    with engine.begin() as connection:
        for upgrade in MIGRATIONS[:4]:
            upgrade(connection)
        connection.exec_driver_sql("PRAGMA user_version = 4")
    engine.dispose()
    async with opened() as database:
        await UnsentMessages(database).keep(ONE)
        assert await UnsentMessages(database).all() == (ONE,)
        assert await Panels(database).all() == ()
