"""The doors to the other processes on the window's own loop, where Qt runs."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.unit.studies.doors import a_decoder, kill, opened_clip
from tests.unit.studies.openers import open_trouble
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
