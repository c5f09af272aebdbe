"""What our descriptions ask of the other side, in words that every side understands."""

from aiortc import RTCConfiguration, RTCPeerConnection
from aiortc.sdp import SessionDescription

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
