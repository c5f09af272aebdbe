"""The other side's sound over bad roads: nothing is silent that can be played, nothing grows."""

import random
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from aiortc.rtp import RtpPacket
from av import AudioFrame

from workstation.media.incoming_sound import IncomingSound
from workstation.media.opus import CHANNELS, OpusDecoder, samples_in
from workstation.media.opus_encoder import OpusEncoder
from workstation.media.sound_buffer import PIECE, Deed, Pace, SoundBuffer
from workstation.media.sources import RATE, Samples

PIECE_S = PIECE / RATE
Road = Callable[[int], float | None]
"""Seconds that packet number n takes; None where it is lost."""


def voice(seconds: float) -> Samples:
    """Syllables of a buzz of 140 Hz with some noise: what Opus takes for speech."""
    times = np.arange(int(seconds * RATE)) / RATE
    buzz = sum(np.sin(2 * np.pi * 140 * n * times) / n for n in range(1, 20))
    loud = 0.6 + 0.4 * np.sin(2 * np.pi * 4 * times)
    noise = np.random.default_rng(5).standard_normal(times.size) * 0.05
    made: Samples = ((buzz + noise) * loud * 5_000).astype(np.int16)
    return made


def packets_of(samples: Samples) -> list[bytes]:
    """One for each 20 ms."""
    encoder, found = OpusEncoder(), []
    for start in range(0, samples.size // PIECE * PIECE, PIECE):
        both = np.repeat(samples[start : start + PIECE], 2).reshape(1, -1)
        frame = AudioFrame.from_ndarray(both, format="s16", layout="stereo")
        frame.sample_rate = RATE
        found.append(bytes(encoder.encode(frame)))
    return found


@pytest.fixture(scope="module")
def spoken() -> list[bytes]:
    """Ten seconds."""
    return packets_of(voice(10))


@pytest.fixture
def clock() -> list[float]:
    """What the clock says."""
    return [0.0]


def heard_over(
    road: Road, packets: list[bytes], clock: list[float], *, drift: float = 1.0
) -> tuple[IncomingSound, list[Samples]]:
    """All that was played, in pieces of 20 ms, until the last packet has been; the sender's
    clock goes `drift` times as fast as ours."""
    pieces: list[Samples] = []
    sound = IncomingSound(pieces.append, lambda: None, lambda: clock[0])
    delays = [(number, road(number)) for number in range(len(packets))]
    arrivals = sorted(
        (number * PIECE_S / drift + delay, number) for number, delay in delays if delay is not None
    )
    tick = 0
    while tick * PIECE_S < len(packets) * PIECE_S / drift:
        clock[0] = tick * PIECE_S
        while arrivals and arrivals[0][0] <= clock[0]:
            _, number = arrivals.pop(0)
            sound.put(number * PIECE % (1 << 32), packets[number])
        sound.play_next(clock[0])
        tick += 1
    return sound, pieces


def silent(pieces: list[Samples]) -> int:
    """Pieces in which nothing is to be heard, after the first half second."""
    return sum(float(np.std(piece)) < 100 for piece in pieces[25:])


def test_an_even_road_plays_every_packet_and_waits_little(
    spoken: list[bytes], clock: list[float]
) -> None:
    sound, pieces = heard_over(lambda _: 0.03, spoken, clock)
    tally = sound.buffer.tally
    assert (tally.recovered, tally.concealed, tally.late) == (0, 0, 0)
    assert silent(pieces) == 0
    assert sound.buffer.lag_s(clock[0]) <= 0.08


@pytest.mark.parametrize("loss", [0.05, 0.1])
def test_lost_packets_are_played_from_the_copy_in_the_next(
    spoken: list[bytes], clock: list[float], loss: float
) -> None:
    dice = random.Random(3)
    lost = {number for number in range(10, len(spoken)) if dice.random() < loss}
    sound, pieces = heard_over(lambda n: None if n in lost else 0.03, spoken, clock)
    alone = sum(number + 1 not in lost for number in lost)
    tally = sound.buffer.tally
    assert tally.recovered >= alone - 3
    assert tally.recovered + tally.concealed <= len(lost) + 3
    assert silent(pieces) == 0


def test_what_is_recovered_is_what_was_said(spoken: list[bytes]) -> None:
    whole, broken = OpusDecoder(), OpusDecoder()
    likeness = []
    for number, packet in enumerate(spoken[:-1]):
        said = whole.decode(packet)
        if number < 50 or number % 10:
            broken.decode(packet)
            continue
        repaired = broken.recover(spoken[number + 1], PIECE)
        likeness.append(np.corrcoef(said[::2], repaired[::2])[0, 1])
    assert np.median(likeness) > 0.8


def test_a_shaky_road_is_waited_for(spoken: list[bytes], clock: list[float]) -> None:
    dice = random.Random(4)
    sound, pieces = heard_over(lambda _: 0.02 + dice.random() * 0.12, spoken, clock)
    assert sound.buffer.tally.concealed + sound.buffer.tally.late < 0.04 * len(spoken)
    assert silent(pieces) == 0
    assert 0.12 <= sound.buffer.wanted_s <= 0.2


def test_after_a_hold_up_the_sound_catches_up(spoken: list[bytes], clock: list[float]) -> None:
    """Packets of 0.3 s come at once: what is spoken now is heard soon again."""

    def road(number: int) -> float:
        return 0.03 + max(0.0, (115 - number) * PIECE_S) if 100 <= number < 115 else 0.03

    sound, pieces = heard_over(road, spoken, clock)
    assert sound.buffer.lag_s(clock[0]) <= sound.buffer.wanted_s + 0.03
    assert silent(pieces) <= 15


def test_sound_that_waited_for_seconds_is_left_out(spoken: list[bytes], clock: list[float]) -> None:
    """This computer stood still for two seconds: what is said now is heard at once."""
    sound, pieces = heard_over(lambda _: 0.03, spoken[:150], clock)
    clock[0] = 5.0
    for number in range(150, 250):
        sound.put(number * PIECE, spoken[number])
    sound.play_next(clock[0])
    assert sound.buffer.tally.left_out > 70


def test_a_sender_that_stands_still_is_heard_when_it_goes_on(
    spoken: list[bytes], clock: list[float]
) -> None:
    """Its own clock of the sound stood for three seconds: what comes then is not late."""
    sound, pieces = heard_over(lambda n: 0.03 if n < 200 else 3.03, spoken, clock)
    assert sound.buffer.tally.late + sound.buffer.tally.left_out == 0
    assert silent(pieces[365:]) == 0


def test_a_microphone_that_loses_sound_makes_no_picture_wait(
    spoken: list[bytes], clock: list[float]
) -> None:
    """A busy sender loses 0.1 s of its sound again and again: what is left is heard as quickly."""
    sound = IncomingSound(lambda _: None, lambda: None, lambda: clock[0])
    moments = [number * PIECE_S + number // 50 * 0.1 for number in range(len(spoken))]
    held_back = []
    for tick in range(int(moments[-1] / PIECE_S)):
        clock[0] = tick * PIECE_S
        while moments and moments[0] <= clock[0]:
            moments.pop(0)
            number = len(spoken) - len(moments) - 1
            sound.put(number * PIECE, spoken[number])
        sound.play_next(clock[0])
        held_back.append(sound.buffer.held_back_s(clock[0]))
    assert max(held_back[100:]) > 0.03
    assert np.median(held_back[100:]) <= 0.1
    assert np.percentile(held_back[100:], 90) <= 0.15


def test_a_longer_road_is_followed(spoken: list[bytes], clock: list[float]) -> None:
    """From one moment on everything takes 0.25 s more, as after a change of the network."""
    sound, pieces = heard_over(lambda n: 0.03 if n < 200 else 0.28, spoken, clock)
    assert sound.buffer.tally.late <= 10
    assert silent(pieces[300:]) == 0


@pytest.mark.parametrize("drift", [0.998, 1.002])
def test_clocks_that_differ_do_not_let_the_delay_grow(
    spoken: list[bytes], clock: list[float], drift: float
) -> None:
    sound, pieces = heard_over(lambda _: 0.03, spoken * 3, clock, drift=drift)
    assert sound.buffer.lag_s(clock[0]) <= 0.1
    assert silent(pieces) == 0


def test_silence_of_ten_seconds_ends_with_the_first_packet(
    spoken: list[bytes], clock: list[float]
) -> None:
    sound, pieces = heard_over(
        lambda n: None if 150 <= n < 400 else 0.03, [*spoken, *spoken], clock
    )
    assert silent(pieces[410:]) == 0
    assert silent(pieces[160:395]) > 200
    assert sound.buffer.lag_s(clock[0]) <= 0.15


def test_a_stream_whose_times_begin_anew_goes_on(spoken: list[bytes]) -> None:
    buffer = SoundBuffer()
    deeds = []
    for number, packet in enumerate(spoken[:200]):
        begin = (1 << 32) - 50 * PIECE if number < 100 else 7_000_000  # over the 32 bits, then anew
        now = number * PIECE_S
        buffer.put((begin + number * PIECE) % (1 << 32), packet, now)
        deeds.append(buffer.take(now).deed)
    assert deeds.count(Deed.DECODE) > 185
    assert deeds[45:60].count(Deed.DECODE) == 15


def test_rubbish_and_floods_neither_fill_memory_nor_raise(clock: list[float]) -> None:
    dice = random.Random(6)
    pieces: list[Samples] = []
    sound = IncomingSound(pieces.append, lambda: None, lambda: clock[0])
    for number in range(3_000):
        clock[0] = number / 1_000
        sound.put(dice.getrandbits(32), dice.randbytes(dice.choice([0, 1, 2, 40, 1_200])))
        sound.put(number * 3, dice.randbytes(30))
        if number % 20 == 0:
            sound.play_next(clock[0])
    assert len(sound.buffer._packets) <= 151
    assert {piece.size for piece in pieces} == {PIECE * CHANNELS}


@pytest.mark.parametrize(
    ("first", "second", "samples"),
    [(0x08, None, 960), (0x00, None, 480), (0x1B, 3, 0), (0x0B, 2, 1920), (0xF8, None, 960)],
)
def test_how_long_a_packet_lasts(first: int, second: int | None, samples: int) -> None:
    """RFC 6716, 3.1: the configuration, and how many frames; three of 60 ms are too long."""
    assert samples_in(bytes([first] if second is None else [first, second])) == samples


def test_pieces_follow_one_another_without_clicks(spoken: list[bytes], clock: list[float]) -> None:
    """Hurrying and lingering leave no step that the voice itself does not have."""

    def steps(pieces: list[Samples]) -> int:
        return max(abs(int(a[-2]) - int(b[0])) for a, b in pairwise(pieces[30:]))

    _, even = heard_over(lambda _: 0.03, spoken, clock)
    _, hurried = heard_over(lambda _: 0.03, spoken, clock, drift=1.004)
    assert steps(hurried) <= 1.5 * max(
        int(np.abs(np.diff(np.concatenate(even)[::2].astype(int))).max()), 1
    )


def test_pace_follows_the_wish() -> None:
    buffer = SoundBuffer()
    assert buffer.pace(0.0) is Pace.EVEN


def test_other_codecs_keep_aiortcs_road() -> None:
    """A packet that is not Opus goes to the buffer that stood there before."""

    class Codec:
        mimeType = "audio/PCMU"

    class Usual:
        capacity = 16
        packets: list[RtpPacket] = []

        def add(self, packet: RtpPacket) -> tuple[bool, None]:
            self.packets.append(packet)
            return False, None

    class Receiver:
        def __init__(self) -> None:
            self._RTCRtpReceiver__jitter_buffer = Usual()
            self._RTCRtpReceiver__codecs = {0: Codec()}

    receiver, sound = Receiver(), IncomingSound(lambda _: None, lambda: None)
    usual = receiver._RTCRtpReceiver__jitter_buffer
    assert sound.take_from(receiver)  # type: ignore[arg-type]  # of aiortc's, these two names alone
    packet = RtpPacket(payload_type=0, payload=b"x")
    receiver._RTCRtpReceiver__jitter_buffer.add(packet)
    assert usual.packets == [packet]
