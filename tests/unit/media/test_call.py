"""Two media processes call each other over this computer's network, with made-up devices."""

import asyncio
import os
import signal
from dataclasses import replace

import pytest

from tests.shared_memory import blocks_left
from tests.stopped import stop
from tests.unit.media.two_sides import (
    NO_DEVICES,
    SYNTHETIC,
    age_ms,
    brightness,
    connect,
    engines,
    reached,
    told,
)
from workstation.core.call_media import (
    CallFrame,
    CallState,
    CallStats,
    Device,
    DeviceTrouble,
    MediaState,
    Sending,
)
from workstation.media.call_handle import CallHandle
from workstation.media.errors import MediaStopped, NotPossibleNow

pytestmark = [pytest.mark.journey, pytest.mark.alone]
TONE_HZ = 440


def is_running(stats: CallStats) -> bool:
    """Picture and tone of the other side come in."""
    heard = abs(stats.audio_received.pitch_hz - TONE_HZ) < 5
    return stats.frames_received > 30 and stats.fps_received > 5 and heard  # a busy machine: 15


async def test_sound_and_picture_run_both_ways() -> None:
    """SPB-20: both see and hear each other; what is shown is fresh, and in order."""
    async with engines() as (one, other):
        caller, callee = one.call(SYNTHETIC), other.call(SYNTHETIC)
        ages: list[int | None] = []
        numbers: list[int] = []

        def see(frame: CallFrame) -> None:
            ages.append(age_ms(frame))
            numbers.append(frame.number)

        callee.remote_frame.subscribe(see)
        await connect(caller, callee)
        for stats in await asyncio.gather(
            told(caller.stats, is_running), told(callee.stats, is_running)
        ):
            assert stats.width * 480 == stats.height * 640 > 0  # a busy machine makes it smaller
            assert stats.audio_received.level_dbfs == pytest.approx(
                stats.audio_sent.level_dbfs, abs=1
            )
            assert stats.first_frame_s is not None
        read = [age for age in ages if age is not None]
        assert len(read) > len(ages) * 0.9
        assert numbers == sorted(set(numbers))
        await caller.hang_up()
        await callee.hang_up()


async def test_the_self_view_is_there_before_the_call_and_small() -> None:
    async with engines(1) as (engine,):
        call = engine.call(SYNTHETIC)
        watching = asyncio.ensure_future(told(call.local_frame))
        await call.open()
        frame = await watching
        assert frame.width * frame.height <= 320 * 240
        assert frame.width / frame.height == pytest.approx(4 / 3, rel=0.02)
        await call.hang_up()


async def test_what_is_muted_is_not_sent_and_the_other_side_knows() -> None:
    """SPB-20: the remote's mute and camera are shown as they are."""
    async with engines(1) as (engine,):
        caller, callee = engine.call(SYNTHETIC), engine.call(SYNTHETIC)
        await connect(caller, callee)
        await told(callee.stats, is_running)
        both_on = MediaState(Sending.ON, Sending.ON)
        saying = asyncio.ensure_future(told(callee.remote_media_changed, lambda m: m != both_on))
        await caller.set_muted(audio=True, video=True)
        assert await saying == MediaState(Sending.OFF, Sending.OFF)
        await told(callee.remote_frame, lambda frame: int(brightness(frame).max()) < 40)
        await told(callee.stats, lambda stats: stats.audio_received.level_dbfs < -60)
        assert caller.remote_media == both_on
        saying = asyncio.ensure_future(told(callee.remote_media_changed))
        await caller.set_muted(audio=False, video=False)
        assert await saying == both_on
        await told(callee.stats, is_running)
        await caller.hang_up()
        await callee.hang_up()


async def test_starting_muted() -> None:
    async with engines(1) as (engine,):
        quiet = replace(SYNTHETIC, audio=False, video=False)
        caller, callee = engine.call(quiet), engine.call(SYNTHETIC)
        knowing = asyncio.ensure_future(told(callee.remote_media_changed))
        await connect(caller, callee)
        assert await knowing == MediaState(Sending.OFF, Sending.OFF)
        await caller.hang_up()
        await callee.hang_up()


async def test_hanging_up_ends_the_other_side_too_and_frees_all() -> None:
    async with engines(1) as (engine,):
        caller, callee = engine.call(SYNTHETIC), engine.call(SYNTHETIC)
        await connect(caller, callee)
        await caller.hang_up()
        await reached(callee, CallState.CLOSED)
        await caller.hang_up()
        with pytest.raises(NotPossibleNow):
            await caller.offer()
        await callee.hang_up()
        assert not blocks_left()


async def test_without_devices_the_call_goes_on_and_says_so() -> None:
    """Receives all; sends silence and a dark picture; both sides know."""
    async with engines() as (one, other):
        doctor, patient = one.call(NO_DEVICES), other.call(SYNTHETIC)
        missing = MediaState(Sending.MISSING, Sending.MISSING)
        knowing = asyncio.ensure_future(
            told(patient.remote_media_changed, lambda media: media == missing)
        )
        await connect(doctor, patient)
        stats = await told(doctor.stats, is_running)
        assert stats.unplayed_ms > 0
        assert stats.played_ms == 0
        await knowing
        assert doctor.notes == dict.fromkeys(Device, DeviceTrouble.NOT_FOUND)
        await told(patient.stats, lambda now: now.frames_received > 2)
        await doctor.hang_up()
        await patient.hang_up()


async def test_killed_in_the_call_it_comes_back() -> None:
    """The handle says that it is over; a new connection within the consultation is made."""
    async with engines() as (one, other):
        doctor, patient = one.call(SYNTHETIC), other.call(SYNTHETIC)
        await connect(doctor, patient)
        await told(doctor.remote_frame)
        ending = asyncio.ensure_future(told(doctor.stopped))
        assert one.pid is not None
        os.kill(one.pid, signal.SIGKILL)
        assert (await ending).exit_code == -signal.SIGKILL
        assert doctor.state is CallState.FAILED
        with pytest.raises(MediaStopped):
            await doctor.set_muted(audio=True, video=True)
        await doctor.hang_up()
        again, patient_again = one.call(SYNTHETIC), other.call(SYNTHETIC)
        seeing = asyncio.gather(told(again.remote_frame), told(patient_again.remote_frame))
        await connect(again, patient_again)
        await seeing
        for call in (patient, again, patient_again):
            await call.hang_up()


async def test_media_that_stays_away_is_told_and_its_return_too() -> None:
    """Nothing else tells: a lost connection looks connected for half a minute."""
    settings = replace(SYNTHETIC, silence_s=1.0)
    async with engines() as (one, other):
        doctor, patient = one.call(settings), other.call(SYNTHETIC)
        await connect(doctor, patient)
        await told(doctor.stats, is_running)
        assert other.pid is not None
        await stop(other.pid)
        try:
            lost = await told(doctor.receiving_changed)
        finally:
            os.kill(other.pid, signal.SIGCONT)
        assert not lost.flowing
        assert 1 <= lost.silent_s < 4
        assert (await told(doctor.receiving_changed)).flowing
        await doctor.hang_up()
        await patient.hang_up()


async def test_one_that_cannot_connect_has_failed() -> None:
    """aiortc alone would try for ever."""
    settings = replace(SYNTHETIC, connect_s=1.0)
    async with engines() as (one, other):
        caller, callee = one.call(settings), other.call(SYNTHETIC)
        answer = await callee.answer(await caller.offer())
        await callee.hang_up()
        failing = asyncio.ensure_future(reached(caller, CallState.FAILED))
        await caller.accept(answer)
        await failing
        await caller.hang_up()


PICTURES = 60


async def test_the_windows_loop_is_not_held_up() -> None:
    """Pictures both ways and self views: the loop turns between any two pictures, which it would
    not if it decoded them (how late it is: `make bench`)."""
    async with engines() as (one, other):
        caller, callee = one.call(SYNTHETIC), other.call(SYNTHETIC)
        await connect(caller, callee)
        counting, turns = asyncio.ensure_future(frames_seen(caller, PICTURES)), 0
        while not counting.done():
            await asyncio.wait([counting], timeout=0.01)
            turns += 1
        assert turns > PICTURES
        await caller.hang_up()
        await callee.hang_up()


async def frames_seen(call: CallHandle, count: int) -> None:
    """Waits for so many pictures of the other side."""
    await told(call.remote_frame, lambda frame: frame.number > count)
