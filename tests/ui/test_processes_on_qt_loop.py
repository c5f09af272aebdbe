"""The doors to the other processes on the window's own loop, where Qt runs."""

import asyncio

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tests.unit.media.two_sides import SYNTHETIC, connect, engines, told
from tests.unit.studies.doors import a_decoder, kill, opened_clip
from tests.unit.studies.openers import open_trouble
from workstation.core.call_media import CallFrame
from workstation.media.engine import MediaEngine
from workstation.studies.errors import DecoderStopped


async def test_a_clip_plays_and_outlives_its_decoder(qtbot: QtBot) -> None:
    async with a_decoder(opener=open_trouble) as (decoder, told):
        study = await opened_clip(decoder, b"clip")
        for index in range(60):
            study.prefetch(range(index, index + 6))
            with await study.frame(index) as frame:
                assert np.all(frame.pixels == index)
        kill(decoder)
        with pytest.raises(DecoderStopped):
            await study.frame(70)
        await told.next()
        (await study.frame(70)).release()


async def test_the_media_process_answers(qtbot: QtBot) -> None:
    engine = MediaEngine()
    assert (await engine.ping()).pid == engine.pid
    await engine.close()


async def test_a_call_shows_its_pictures_as_images(qtbot: QtBot) -> None:
    """The window paints what lies in shared memory, without a copy."""
    sizes: list[tuple[int, int]] = []

    def paint(frame: CallFrame) -> None:
        row = frame.width * 4
        image = QImage(frame.pixels, frame.width, frame.height, row, QImage.Format.Format_RGB32)
        sizes.append((image.width(), image.height()))

    async with engines(1) as (engine,):
        caller, callee = engine.call(SYNTHETIC), engine.call(SYNTHETIC)
        caller.remote_frame.subscribe(paint)
        seeing = asyncio.ensure_future(told(caller.remote_frame, lambda frame: frame.number > 30))
        await connect(caller, callee)
        await seeing
        await caller.hang_up()
        await callee.hang_up()
    assert set(sizes) == {(640, 480)}
