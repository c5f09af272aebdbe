"""Two sides of a call, and waiting for what they tell."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import numpy as np

from workstation.core.call_media import CallFrame, CallSettings, CallState, Source
from workstation.core.subscription import Event
from workstation.media.call_handle import CallHandle
from workstation.media.clock_strip import read_age_ms
from workstation.media.engine import MediaEngine

SYNTHETIC = CallSettings(source=Source.SYNTHETIC, width=640, height=480)
NO_DEVICES = CallSettings(camera="none such", microphone="none such", speaker="none such")
PATIENCE_S = 60.0
Told = TypeVar("Told")


async def told(event: Event[Told], is_it: Callable[[Told], bool] = lambda _: True) -> Told:
    """The next that the event tells and `is_it` wants."""
    heard: asyncio.Future[Told] = asyncio.get_running_loop().create_future()

    def hear(value: Told) -> None:
        if not heard.done() and is_it(value):
            heard.set_result(value)

    unsubscribe = event.subscribe(hear)
    try:
        return await asyncio.wait_for(heard, PATIENCE_S)
    finally:
        unsubscribe()


async def reached(call: CallHandle, state: CallState) -> None:
    """Waits until the call is in that state."""
    if call.state is not state:
        await told(call.state_changed, lambda new: new is state)


async def connect(caller: CallHandle, callee: CallHandle) -> None:
    """Carries the descriptions there and back, and waits for the connection."""
    await caller.accept(await callee.answer(await caller.offer()))
    await reached(caller, CallState.CONNECTED)
    await reached(callee, CallState.CONNECTED)


@asynccontextmanager
async def engines(count: int = 2) -> AsyncIterator[list[MediaEngine]]:
    """So many media processes, which are up."""
    made = [MediaEngine() for _ in range(count)]
    try:
        for engine in made:
            await engine.ping()
        yield made
    finally:
        for engine in made:
            await engine.close()


def brightness(frame: CallFrame) -> "np.ndarray[tuple[int, int], np.dtype[np.uint8]]":
    """The green of each pixel."""
    pixels = np.frombuffer(frame.pixels, np.uint8)
    return pixels.reshape(frame.height, frame.width, 4)[:, :, 1]


def age_ms(frame: CallFrame) -> int | None:
    """How old the synthetic picture is by the clock painted in it."""
    return read_age_ms(brightness(frame), time.monotonic())
