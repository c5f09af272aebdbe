"""A process behind a pipe: what it says comes in order, and when it ends the next one comes."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection

from tests.unit.core.processes import boundless, echo, stillborn
from workstation.core.kept_process import KeptProcess


class Door:
    """A kept process, and what it was heard to say; each word can be awaited."""

    def __init__(self, main: Callable[[Connection], None] = echo, start_s: float = 60) -> None:
        self.heard: asyncio.Queue[str] = asyncio.Queue()
        self.process = KeptProcess(
            "test",
            main,
            (),
            on_up=lambda: self.heard.put_nowait("up"),
            on_message=lambda message: self.heard.put_nowait(message.decode()),
            on_down=lambda code: self.heard.put_nowait(f"down {code}"),
            start_s=start_s,
        )

    async def next(self, count: int = 1) -> list[str]:
        return [await asyncio.wait_for(self.heard.get(), 60) for _ in range(count)]


async def test_messages_come_back_in_order() -> None:
    door = Door()
    door.process.want()
    assert await door.next() == ["up"]
    words = [str(number) for number in range(200)]
    for word in words:
        door.process.send(word.encode())
    assert await door.next(200) == words
    await door.process.close()


async def test_after_a_death_the_next_one_comes() -> None:
    door = Door()
    door.process.want()
    await door.next()
    first = door.process.pid
    door.process.send(b"die")
    assert await door.next(2) == ["down 3", "up"]
    assert door.process.pid != first
    await door.process.close()


async def test_killed_from_outside() -> None:
    door = Door()
    door.process.want()
    await door.next()
    assert door.process.pid is not None
    os.kill(door.process.pid, signal.SIGKILL)
    assert await door.next(2) == [f"down {-signal.SIGKILL}", "up"]
    door.process.send(b"well")
    assert await door.next() == ["well"]
    await door.process.close()


async def test_one_that_never_comes_up_is_not_started_for_ever() -> None:
    door = Door(stillborn)
    door.process.want()
    assert await door.next(3) == ["down 4"] * 3
    assert door.process.pid is None
    door.process.want()
    assert await door.next(3) == ["down 4"] * 3
    await door.process.close()
    assert door.heard.empty()


async def test_one_that_takes_too_long_to_come_up_is_ended() -> None:
    door = Door(start_s=0.001)
    door.process.want()
    assert await door.next(3) == [f"down {-signal.SIGKILL}"] * 3
    await door.process.close()


async def test_closing_ends_a_deaf_process_too_and_says_nothing_more() -> None:
    door = Door()
    door.process.want()
    await door.next()
    door.process.send(b"hang")
    pid = door.process.pid
    assert pid is not None
    await door.process.close()
    assert door.heard.empty()
    assert not _exists(pid)


async def test_closing_while_it_is_being_started() -> None:
    door = Door()
    door.process.want()
    await door.process.close()
    assert door.heard.empty()


async def test_a_message_without_end_ends_the_process() -> None:
    door = Door(boundless)
    door.process.want()
    heard = await door.next(2)
    assert heard[0] == "up"
    assert heard[1].startswith("down")
    await door.process.close()


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_nothing_of_the_window_is_imported_in_the_process() -> None:
    """Neither for the decoder nor for the media process (their entry points)."""
    code = (
        "import sys, workstation.studies.process, workstation.media.process\n"
        "import workstation.studies.readers.dicom_ecg, workstation.studies.readers.dicom_image\n"
        "import workstation.studies.readers.picture, workstation.studies.readers.pdf\n"
        "print([name for name in sys.modules if name.split('.')[0] in\n"
        "       ('PySide6', 'qasync', 'httpx', 'websockets', 'sqlalchemy', 'backend_client')])"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    assert said == b"[]\n"
