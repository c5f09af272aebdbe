"""Calls between two media processes over a road that loses packets."""

import asyncio

import pytest

from tests.journeys.bad_link import BadLink, Weather, bad_link
from tests.unit.media.two_sides import SYNTHETIC, engines, reached, told
from workstation.core.call_media import CallState, CallStats, SessionDescription
from workstation.media.call_handle import CallHandle

pytestmark = [pytest.mark.journey, pytest.mark.alone, pytest.mark.timeout(300)]


async def connect_over(link: BadLink, caller: CallHandle, callee: CallHandle) -> None:
    """Carries the descriptions there and back, each through the link's doors."""
    offer = await caller.offer()
    offered = SessionDescription("offer", await link.through(offer.sdp, "caller"))
    answer = await callee.answer(offered)
    answered = SessionDescription("answer", await link.through(answer.sdp, "callee"))
    await caller.accept(answered)
    await reached(caller, CallState.CONNECTED)
    await reached(callee, CallState.CONNECTED)


async def test_lost_sound_is_played_from_its_copy() -> None:
    """At 10 % loss the tone goes on at its level; how much is concealed, too, where nothing else
    keeps the machine busy, is the unit tests' to say."""
    async with bad_link(Weather(delay_s=0.02)) as link, engines() as (one, other):
        caller, callee = one.call(SYNTHETIC), other.call(SYNTHETIC)
        await connect_over(link, caller, callee)
        before = await told(callee.stats, lambda stats: stats.audio_received.level_dbfs > -20)
        link.change(loss=0.1)
        after = await told(callee.stats, lambda stats: stats.up_s > before.up_s + 10)
        assert link.lost > 0
        assert after.sound_recovered - before.sound_recovered > 15
        await told(callee.stats, lambda stats: stats.audio_received.level_dbfs > -20)
        await caller.hang_up()
        await callee.hang_up()


async def test_a_cut_is_told_and_its_end() -> None:
    """Nothing comes for some seconds: it is told; then sound and picture come again."""
    async with bad_link(Weather()) as link, engines() as (one, other):
        caller, callee = one.call(SYNTHETIC), other.call(SYNTHETIC)
        await connect_over(link, caller, callee)
        await told(callee.stats, lambda stats: stats.frames_received > 30)
        losing = asyncio.ensure_future(told(callee.receiving_changed))
        link.change(is_cut=True)
        assert not (await losing).flowing
        coming = asyncio.ensure_future(told(callee.receiving_changed))
        link.change(is_cut=False)
        assert (await coming).flowing

        def is_heard(stats: CallStats) -> bool:
            return stats.audio_received.level_dbfs > -20 and stats.fps_received > 5

        await told(callee.stats, is_heard)
        await caller.hang_up()
        await callee.hang_up()
