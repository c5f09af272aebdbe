"""The screen is locked, the token is pulled out: the open key is forgotten, and it is said."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from pytestqt.qtbot import QtBot

from workstation.ui.key_guard import KeyGuard
from workstation.ui.session_lock import SessionLock


@dataclass
class Keys:
    """One key that may be open, on a token that may be there."""

    is_open: bool = True
    is_plugged: bool = True
    looks: int = 0

    async def lock(self) -> bool:
        had, self.is_open = self.is_open, False
        return had

    async def lose_pulled_out(self) -> bool:
        self.looks += 1
        lost = self.is_open and not self.is_plugged
        self.is_open = self.is_open and self.is_plugged
        return lost


@dataclass
class Desk:
    keys: Keys
    lock: SessionLock
    guard: KeyGuard
    told: list[str] = field(default_factory=list)

    async def settled(self) -> None:
        for task in tuple(self.guard._tasks._tasks):
            await task


@asynccontextmanager
async def desk_of() -> AsyncIterator[Desk]:
    keys, lock, told = Keys(), SessionLock(), list[str]()

    def fail(error: BaseException) -> None:
        raise AssertionError(error)

    guard = KeyGuard(keys, lock, lambda text, icon: told.append(text), fail)
    yield Desk(keys, lock, guard, told)
    await guard.close()


async def test_a_locked_screen_forgets_the_pin_and_says_so(qtbot: QtBot) -> None:
    async with desk_of() as desk:
        desk.lock.locked.emit()
        await desk.settled()
        assert not desk.keys.is_open
        assert desk.told == ["The screen was locked: signing asks for the PIN again"]


async def test_where_no_key_is_open_nothing_is_said(qtbot: QtBot) -> None:
    async with desk_of() as desk:
        desk.keys.is_open = False
        desk.lock.locked.emit()
        desk.guard.look()
        await desk.settled()
        assert desk.told == []


async def test_a_pulled_out_token_is_said_once_and_without_a_signature(qtbot: QtBot) -> None:
    async with desk_of() as desk:
        desk.guard.look()
        await desk.settled()
        assert desk.told == []
        desk.keys.is_plugged = False
        for _ in range(2):
            desk.guard.look()
            await desk.settled()
        assert desk.told == ["The token was pulled out: plug it in, signing asks for the PIN again"]


async def test_behind_its_end_nothing_is_looked_at(qtbot: QtBot) -> None:
    async with desk_of() as desk:
        await desk.guard.close()
        desk.guard.look()
        desk.lock.locked.emit()
        await desk.settled()
        assert (desk.keys.looks, desk.keys.is_open, desk.told) == (0, True, [])
