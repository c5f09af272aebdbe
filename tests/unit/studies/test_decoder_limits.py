"""Time and memory of the decoder process have an end, and the window goes on."""

import resource
import signal
import subprocess
import sys
from contextlib import nullcontext
from functools import partial

import pytest

from tests.unit.studies.doors import a_decoder, opened_clip
from tests.unit.studies.openers import SLOW_S, open_trouble
from workstation.core.process_cpu import cpu_seconds_of
from workstation.studies.decoder import Decoder
from workstation.studies.errors import DecoderStopped, StopReason, Unreadable, UnreadableFile
from workstation.studies.limits import MIB, DecoderLimits

a_spawned_decoder = partial(a_decoder, starting=nullcontext)
"""A child of this process, which hears what it has used."""
BY_THE_SYSTEM_S = 2
"""So much later at most (`Confinement`): it counts whole seconds."""
SMALL = DecoderLimits(cpu_s=1, clock_factor=30, memory=96 * MIB, file_size=MIB)


async def stopped(decoder: Decoder, data: bytes) -> StopReason:
    """Why the process ended over this file."""
    with pytest.raises(DecoderStopped) as raised:
        await decoder.open(data)
    return raised.value.reason


async def still_works(decoder: Decoder) -> None:
    study = await opened_clip(decoder, b"clip")
    (await study.frame(1)).release()
    await study.close()


def cpu_of_the_dead() -> float:
    """CPU seconds of all processes of ours that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.skipif(sys.platform != "linux", reason="the system's own limit counts whole seconds")
@pytest.mark.parametrize("file", [b"burn", b"burn twice"])
async def test_a_file_that_burns_time_is_stopped_at_3_seconds_of_cpu(file: bytes) -> None:
    """Not later by what stood before it, nor by a second thread: a busy machine is no reason, as
    long as the window comes to look; behind it stands the system."""
    async with a_spawned_decoder(DecoderLimits(), open_trouble) as (decoder, told):
        await still_works(decoder)
        assert decoder.pid is not None
        before = cpu_seconds_of(decoder.pid)
        assert before is not None
        dead = cpu_of_the_dead()
        assert await stopped(decoder, file) is StopReason.TIME
        spent = cpu_of_the_dead() - dead - before
        assert 3 - 0.2 <= spent < 3 + BY_THE_SYSTEM_S
        assert (await told.next()).reason is StopReason.TIME
        await still_works(decoder)


async def test_a_file_that_is_slow_on_a_busy_machine_is_not_stopped() -> None:
    """Far beyond the clock of what sleeps, with a tenth of a core."""
    limits = DecoderLimits(cpu_s=1, clock_factor=SLOW_S / 2)
    async with a_decoder(limits, open_trouble) as (decoder, told):
        await still_works(decoder)
        await (await opened_clip(decoder, b"slow")).close()
        assert told.nothing


def test_the_system_itself_ends_what_the_window_would_miss() -> None:
    """The window may be held up: two seconds later at most the process gets its signal."""
    command = [sys.executable, "-c", "import tests.unit.studies.openers as o; o.burn_confined(1)"]
    done = subprocess.run(command, timeout=120)
    assert done.returncode == -signal.SIGXCPU


async def test_a_file_that_hangs_is_stopped_by_the_clock() -> None:
    limits = DecoderLimits(cpu_s=1, clock_factor=2)
    async with a_decoder(limits, open_trouble) as (decoder, told):
        await still_works(decoder)
        assert await stopped(decoder, b"hang") is StopReason.TIME
        assert (await told.next()).reason is StopReason.TIME
        await still_works(decoder)


async def test_a_file_that_hoards_memory_is_stopped() -> None:
    async with a_decoder(SMALL, open_trouble) as (decoder, told):
        assert await stopped(decoder, b"hoard") is StopReason.MEMORY
        assert (await told.next()).reason is StopReason.MEMORY
        await still_works(decoder)


async def test_a_file_that_crashes_is_not_opened_for_ever() -> None:
    async with a_decoder(SMALL, open_trouble) as (decoder, told):
        for _ in range(SMALL.lives):
            assert await stopped(decoder, b"crash") is StopReason.CRASHED
            await told.next()
        with pytest.raises(UnreadableFile) as raised:
            await decoder.open(b"crash")
        assert raised.value.reason is Unreadable.STOPS_DECODER
        await still_works(decoder)
        assert told.nothing


async def test_a_file_beyond_all_measure_is_not_taken() -> None:
    async with a_decoder(SMALL, open_trouble) as (decoder, _):
        with pytest.raises(UnreadableFile) as raised:
            await decoder.open(bytes(MIB + 1))
        assert raised.value.reason is Unreadable.TOO_LARGE
        with pytest.raises(UnreadableFile) as raised:
            await decoder.open(b"")
        assert raised.value.reason is Unreadable.EMPTY


def test_the_limits_of_the_issue() -> None:
    """CPU 3 s + 1 s for each 50 MiB, in parts, too; memory 200 MiB + twice the decoded size."""
    limits = DecoderLimits()
    assert [limits.cpu_seconds(size * MIB) for size in (0, 25, 50, 500)] == [3, 3.5, 4, 13]
    assert limits.job_memory(0) == 200 * MIB
    assert limits.job_memory(30 * MIB) == 260 * MIB
