"""The media process answers, and is there again after its end."""

import asyncio
import os
import signal

import pytest

from tests.stopped import stop
from workstation.media.engine import MediaEngine
from workstation.media.errors import MediaStopped


def told(engine: MediaEngine) -> "asyncio.Queue[MediaStopped]":
    """What `restarted` says."""
    said: asyncio.Queue[MediaStopped] = asyncio.Queue()
    engine.restarted.subscribe(said.put_nowait)
    return said


async def test_it_answers() -> None:
    engine = MediaEngine()
    status = await engine.ping()
    assert status.pid == engine.pid
    assert status.pid != os.getpid()
    later = await engine.ping()
    assert later.up_s > status.up_s
    await engine.close()


async def test_starting_ahead() -> None:
    engine = MediaEngine()
    await engine.start()
    assert engine.pid is not None
    await engine.ping()
    await engine.close()


async def test_killed_it_comes_again_and_that_is_told() -> None:
    engine = MediaEngine()
    said = told(engine)
    first = (await engine.ping()).pid
    os.kill(first, signal.SIGKILL)
    with pytest.raises(MediaStopped):
        await engine.ping()
    stopped = await asyncio.wait_for(said.get(), 60)
    assert stopped.exit_code == -signal.SIGKILL
    assert (await engine.ping()).pid != first
    await engine.close()


async def test_one_that_does_not_answer_is_ended() -> None:
    engine = MediaEngine(answer_s=0.1)
    said = told(engine)
    first = (await engine.ping()).pid
    await stop(first)
    with pytest.raises(MediaStopped):
        await engine.ping()
    await asyncio.wait_for(said.get(), 60)
    await engine.close()


async def test_closing_while_it_is_asked() -> None:
    engine = MediaEngine()
    asking = asyncio.ensure_future(engine.ping())
    await asyncio.wait([asking], timeout=0)
    await engine.close()
    with pytest.raises(MediaStopped):
        await asking
