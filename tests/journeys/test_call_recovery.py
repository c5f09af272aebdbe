"""What networks do to a call: it says so, and comes back by itself; whole in benchmarks/call."""

import asyncio
import time
from pathlib import Path

import pytest

from tests.journeys.call_room import CallRoom, call_room
from tests.journeys.chromium import missing
from tests.journeys.doctor import Server
from tests.unit.media.two_sides import SYNTHETIC
from workstation.core.live_call import CallPhase, Recovery

pytestmark = [
    pytest.mark.journey,
    pytest.mark.alone,
    pytest.mark.timeout(300),
    pytest.mark.skipif(missing() is not None, reason=str(missing())),
]
WORDS = "Слышите меня?"
_ASLEEP_S = 15.0


async def test_a_cut_another_address_and_sleep_end_nothing(server: Server, tmp_path: Path) -> None:
    """Both are told; both see each other again; chat, clock and consultation are the same ones."""
    async with call_room(server, tmp_path) as room:
        await room.talk(SYNTHETIC)
        answered_at = room.live.answered_at
        await room.doctor.says(WORDS)
        await _cut(room)
        await _moved(room)
        await _slept(room)
        assert room.live.answered_at == answered_at
        assert WORDS in await room.doctor.texts()
        assert len(await room.calls.attempts(room.request_id)) == 1
        assert not room.patient.page.errors
        await room.calls.hang_up()


async def _cut(room: CallRoom) -> None:
    """Nothing gets through, neither media nor words to the server, until both were told."""
    losing = asyncio.ensure_future(room.until(lambda live: live.phase is CallPhase.RECOVERING))
    await room.cut()
    assert (await losing).recovery is Recovery.LINK_LOST
    await room.patient.says("Связь прервалась")
    mended = await room.mend()
    await room.both_see(mended)
    await room.until(lambda live: live.phase is CallPhase.TALKING)
    await room.patient.page.until("!document.body.innerText.includes('Связь прервалась')")


async def _moved(room: CallRoom) -> None:
    """The server can be reached all the time; what the connection was made of is void."""
    before = room.live.recoveries
    await room.move()
    await room.until(lambda live: live.recoveries > before)
    await room.both_see(time.time())


async def _slept(room: CallRoom) -> None:
    """The doctor's computer was asleep for longer than the patient's browser waits."""
    woke = room.sleep(_ASLEEP_S)
    await room.both_see(woke)
    await room.until(lambda live: live.phase is CallPhase.TALKING)
    await room.patient.says_no_more("Связь прервалась")
