"""What our descriptions ask of the other side, in words that every side understands."""

import pytest
from aiortc import RTCConfiguration, RTCPeerConnection
from aiortc.sdp import SessionDescription

from tests.unit.media.browser_answers import ANSWERS
from tests.unit.media.two_sides import SYNTHETIC, engines, reached
from workstation.core.call_media import CallState
from workstation.core.call_media import SessionDescription as Description
from workstation.media.descriptions import asking_for_copies, asking_to_begin_large


async def test_the_browser_is_asked_to_begin_with_a_large_picture() -> None:
    """Each codec of the picture, whether it has parameters already or not; nothing else changes."""
    ours = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    for kind in ("audio", "video"):
        ours.addTransceiver(kind)
    before = (await ours.createOffer()).sdp
    await ours.close()
    after = asking_to_begin_large(asking_for_copies(before))
    told = SessionDescription.parse(after)
    sound, picture = told.media
    named = [one.name for one in picture.rtp.codecs if one.name != "rtx"]
    assert named[0] == "VP8"
    assert "H264" in named
    assert after.count("x-google-start-bitrate=1500") == len(named)
    assert any(one.parameters.get("useinbandfec") for one in sound.rtp.codecs)
    kept = after.replace(";x-google-start-bitrate=1500", "").splitlines()
    assert [line for line in kept if "x-google" not in line and "useinbandfec" not in line] == (
        before.splitlines()
    )


@pytest.mark.parametrize("browser", ANSWERS)
async def test_answers_of_browsers_that_do_not_run_here_are_taken(browser: str) -> None:
    """SOK-10 as they are written by hand: the connection begins. Nobody answers at its end."""
    async with engines(1) as (engine,):
        call = engine.call(SYNTHETIC)
        await call.offer()
        await call.accept(Description("answer", ANSWERS[browser]))
        await reached(call, CallState.CONNECTING)
        await call.hang_up()
