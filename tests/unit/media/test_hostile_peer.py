"""What a stranger may send instead of a description or a message: refused, all goes on."""

import asyncio
import contextlib
import json
import random
import re
from dataclasses import replace

import pytest
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack, VideoStreamTrack

from tests.unit.media.two_sides import SYNTHETIC, connect, engines, told
from workstation.core.call_media import (
    IceServer,
    MediaState,
    Sending,
    SessionDescription,
)
from workstation.media.errors import BadDescription, NotPossibleNow
from workstation.media.sdp_check import check_sdp

HEAD = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"
AUDIO = "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\n"
RUBBISH = {
    "empty": "",
    "words": "hello",
    "html": "<html>" * 100,
    "zeros": "\0" * 1000,
    "half a pair of UTF-16": "v=0\r\n\ud800",
    "no media": HEAD,
    "many sections": HEAD + AUDIO * 50,
    "no keys": HEAD + AUDIO,
    "no numbers": HEAD + AUDIO.replace("9", "nine").replace("111", "x" * 9),
    "huge": HEAD + "a=" + "x" * 10_000_000,
    "many lines": HEAD + AUDIO + "a=x\r\n" * 5_000,
    "a long line": HEAD + AUDIO + "a=" + "x" * 50_000 + "\r\n",
    "many candidates": HEAD + AUDIO + "a=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n" * 500,
}

BAD_MESSAGES: list[str | bytes] = [
    "",
    "{",
    "[]",
    "null",
    '{"audio": "loud", "video": "on"}',
    b"\xff\xfe",
    "x" * 60_000,
]


async def test_rubbish_offers_are_refused_and_the_process_lives() -> None:
    async with engines(1) as (engine,):
        pid = engine.pid
        for sdp in RUBBISH.values():
            call = engine.call(SYNTHETIC)
            with pytest.raises(BadDescription):
                await call.answer(SessionDescription("offer", sdp))
            await call.hang_up()
        assert engine.pid == pid
        caller, callee = engine.call(SYNTHETIC), engine.call(SYNTHETIC)
        await connect(caller, callee)
        await caller.hang_up()
        await callee.hang_up()


async def test_a_browsers_offer_with_a_few_lines_changed_never_ends_the_process() -> None:
    """It is answered or refused; which of both is not the point."""
    chance = random.Random(7)
    async with engines(1) as (engine,):
        pid = engine.pid
        maker = engine.call(SYNTHETIC)
        lines = (await maker.offer()).sdp.split("\r\n")
        for _ in range(40):
            call = engine.call(SYNTHETIC)
            with contextlib.suppress(BadDescription):
                offer = "\r\n".join(mutated(lines, chance))
                assert (await call.answer(SessionDescription("offer", offer))).sdp
            await call.hang_up()
        await maker.hang_up()
        assert (await engine.ping()).pid == pid


def mutated(lines: list[str], chance: random.Random) -> list[str]:
    """The lines, a few of them dropped, doubled, cut or with another number in them."""
    changed = list(lines)
    for _ in range(3):
        place = chance.randrange(len(changed))
        line = changed[place]
        kinds = [[], [line, line], [line[: len(line) // 2]], [re.sub(r"\d+", "4294967296", line)]]
        changed[place : place + 1] = chance.choice(kinds)
    return changed


async def test_a_wrong_ice_server_is_an_error_and_not_a_silent_process() -> None:
    async with engines(1) as (engine,):
        server = IceServer(("nothing:of.the.kind",))
        call = engine.call(replace(SYNTHETIC, ice_servers=(server,)))
        with pytest.raises(NotPossibleNow):
            await call.offer()
        await call.hang_up()
        await engine.ping()


async def test_after_rubbish_answers_the_right_one_is_still_taken() -> None:
    async with engines(1) as (engine,):
        caller, callee = engine.call(SYNTHETIC), engine.call(SYNTHETIC)
        answer = await callee.answer(await caller.offer())
        for sdp in RUBBISH.values():
            with pytest.raises(BadDescription):
                await caller.accept(SessionDescription("answer", sdp))
        with pytest.raises(BadDescription):
            await caller.accept(SessionDescription("offer", answer.sdp))
        seeing = asyncio.ensure_future(told(caller.remote_frame))
        await caller.accept(answer)
        await seeing
        with pytest.raises(NotPossibleNow):
            await caller.accept(answer)
        await caller.hang_up()
        await callee.hang_up()


def test_a_refusal_repeats_nothing_of_the_other_side() -> None:
    with pytest.raises(BadDescription) as refused:
        check_sdp("v=0\r\nsecret words")
    assert "secret" not in str(refused.value)


async def test_rubbish_and_huge_messages_are_counted_and_change_nothing() -> None:
    async with engines(1) as (engine,):
        call = engine.call(SYNTHETIC)
        stranger = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        stranger.addTrack(AudioStreamTrack())
        stranger.addTrack(VideoStreamTrack())
        channel = stranger.createDataChannel("state")
        opened = asyncio.Event()
        channel.on("open", opened.set)
        await stranger.setLocalDescription(await stranger.createOffer())
        answer = await call.answer(SessionDescription("offer", stranger.localDescription.sdp))
        await stranger.setRemoteDescription(RTCSessionDescription(answer.sdp, answer.type))
        await asyncio.wait_for(opened.wait(), 20)
        bad: list[str | bytes] = [
            "",
            "{",
            "[]",
            "null",
            '{"audio": "loud", "video": "on"}',
            b"\xff\xfe",
            "x" * 60_000,
        ]
        for message in bad:
            channel.send(message)
        said = asyncio.ensure_future(told(call.remote_media_changed))
        channel.send(json.dumps({"audio": "on", "video": "off", "later": 1}))
        assert await said == MediaState(Sending.ON, Sending.OFF)
        stats = await told(call.stats)
        assert stats.refused_messages == len(BAD_MESSAGES)
        await call.hang_up()
        await stranger.close()
