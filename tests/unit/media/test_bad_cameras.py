"""Cameras that misbehave, through a whole connection: what the patient sees of them."""

import asyncio
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from av import VideoFrame

from tests.unit.media.two_sides import SYNTHETIC, brightness, engines, reached, told
from workstation.core.call_media import CallFrame, CallState, SessionDescription
from workstation.media.devices import Devices
from workstation.media.frame_room import FrameRoom
from workstation.media.messages import Said, StartCall
from workstation.media.peer import Peer
from workstation.media.sources import OnFrame, SyntheticSource
from workstation.media.stalls import StallWatch

pytestmark = [pytest.mark.journey, pytest.mark.alone]
SIZES = ((640, 480), (480, 640), (320, 180), (641, 481), (1920, 1080))
"""A telephone that is turned, a tablet, odd sides, more than was asked for."""


async def test_a_camera_of_one_picture_a_second_is_seen_without_gaps() -> None:
    """The patient sees the last picture until the next one, and never the dark in between."""
    slow = replace(SYNTHETIC, frame_rate=1)
    async with engines() as (one, other):
        doctor, patient = one.call(slow), other.call(SYNTHETIC)
        light: list[int] = []
        patient.remote_frame.subscribe(lambda frame: light.append(int(brightness(frame).max())))
        answer = await patient.answer(await doctor.offer())
        await doctor.accept(answer)
        await told(patient.remote_frame, lambda frame: int(brightness(frame).max()) > 150)
        light.clear()
        await told(patient.remote_frame, lambda _: len(light) > 12)  # some three seconds
        assert min(light) > 150
        await doctor.hang_up()
        await patient.hang_up()


class TurnedCamera(SyntheticSource):
    """Gives pictures of another size when it is told to."""

    size = SIZES[0]

    async def _draw(self, on_frame: OnFrame) -> None:
        while True:
            width, height = self.size
            grey = np.full((height, width, 3), 120, np.uint8)
            on_frame(VideoFrame.from_ndarray(grey, format="rgb24"), 0.0)
            await asyncio.sleep(0.04)


def is_shaped(size: tuple[int, int], frame: CallFrame) -> bool:
    """The same shape, whatever the line lets through of it."""
    return frame.width / frame.height == pytest.approx(size[0] / size[1], rel=0.05)


async def test_a_camera_that_changes_its_size_is_seen_in_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Over the same connection, in its own shape, without a new description."""
    monkeypatch.setattr("workstation.media.peer.SyntheticSource", TurnedCamera)
    monkeypatch.setattr(TurnedCamera, "size", SIZES[0])
    rooms = FrameRoom(640 * 480), FrameRoom(320 * 240)
    said: list[Said] = []
    async with engines(1) as (engine,):
        start = StartCall(1, 1, SYNTHETIC, rooms[0].room, rooms[1].room)
        doctor, patient = Peer(start, said.append, Devices(), StallWatch()), engine.call(SYNTHETIC)
        try:
            offer = SessionDescription("offer", await doctor.offer())
            await doctor.accept((await patient.answer(offer)).sdp)
            await reached(patient, CallState.CONNECTED)
            for size in (*SIZES, SIZES[0]):
                monkeypatch.setattr(TurnedCamera, "size", size)
                frame = await told(patient.remote_frame, partial(is_shaped, size))
                assert brightness(frame).mean() == pytest.approx(120, abs=6)
        finally:
            await doctor.close()
            await patient.hang_up()
            for room in rooms:
                room.close()
