"""Words that the doctor has taken as right: over a restart."""

from tests.unit.store.opening import Opened
from workstation.store.own_words import OwnWords


async def test_own_words_come_back_after_a_restart_each_once(opened: Opened) -> None:
    async with opened() as database:
        for word in ("тредмил", "допплер", "тредмил", "нифедипинн"):
            await OwnWords(database).add(word)
        await OwnWords(database).remove("нифедипинн")
    async with opened() as database:
        assert await OwnWords(database).all() == ("допплер", "тредмил")
