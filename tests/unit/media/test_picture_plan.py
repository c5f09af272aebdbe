"""How our picture goes out: by what the line and the processor bear, and back again."""

from fractions import Fraction
from importlib.metadata import version

import pytest
from aiortc import RTCConfiguration, RTCPeerConnection
from av import CodecContext, Packet, VideoFrame
from av.video.codeccontext import VideoCodecContext

from workstation.media.picture_encoder import PictureEncoder, PlannedVp8
from workstation.media.picture_plan import FIRST_BITS, LEAST_BITS, STEPS, PicturePlan
from workstation.media.sources import SyntheticSource
from workstation.media.tracks import OutgoingPicture

CLOCK = 90_000
_DESCRIPTOR = 4
"""Bytes before each payload of VP8 (RFC 7741, 4.2), with a picture number of 15 bits."""
QUICK, SLOW = 0.002, 0.05
"""Seconds that encoding a picture takes."""


class Line:
    """A plan with a clock and a line of its own: pictures are as large as the plan allows."""

    def __init__(self) -> None:
        self.now = 0.0
        self.plan = PicturePlan(lambda: self.now)

    def run(
        self,
        seconds: float,
        bits: int | None = None,
        spent: float = QUICK,
        worked: float | None = None,
    ) -> None:
        """So long pictures are sent over a line of which the other side says `bits`; each takes
        `spent` seconds, all of them the processor's work unless `worked` says less."""
        end = self.now + seconds
        while self.now < end:
            if bits is not None:
                self.plan.line_bears(bits)
            frames = self.plan.step.frames_a_second
            for _ in range(frames):
                self.now += 1 / frames
                self.plan.encoded(spent, worked or spent, self.plan.bits // 8 // frames)

    @property
    def place(self) -> int:
        """0 is the whole picture."""
        return STEPS.index(self.plan.step)


def test_it_begins_whole_and_stays_so_where_all_is_well() -> None:
    """OZ-25: 720 lines where the line has 2 Mbit/s."""
    line = Line()
    assert (line.place, line.plan.bits) == (0, FIRST_BITS)
    line.run(30, bits=2_000_000)
    assert line.place == 0
    assert 1_500_000 < line.plan.bits < 2_000_000


@pytest.mark.parametrize(
    ("bits", "lines", "frames"),
    [(400_000, 360, 30), (200_000, 360, 15), (90_000, 180, 15), (1, 180, 15)],
)
def test_a_narrow_line_gets_a_smaller_picture_at_once(bits: int, lines: int, frames: int) -> None:
    line = Line()
    line.run(1, bits=bits)
    step = line.plan.step
    assert (step.lines, step.frames_a_second) == (lines, frames)
    assert LEAST_BITS <= line.plan.bits <= max(bits, LEAST_BITS)


def test_it_comes_back_step_by_step_when_the_line_does() -> None:
    line = Line()
    line.run(1, bits=90_000)
    assert line.place == 3
    line.run(3, bits=3_000_000)
    assert line.place == 3  # not at once
    places = []
    for _ in range(30):
        line.run(1, bits=3_000_000)
        places.append(line.place)
    assert places == sorted(places, reverse=True)
    assert set(places) >= {2, 1, 0}
    assert line.place == 0


def test_an_estimate_at_the_edge_does_not_make_it_go_to_and_fro() -> None:
    line = Line()
    line.run(5, bits=440_000)
    changes = 0
    for second in range(300):
        before = line.place
        line.run(1, bits=440_000 if second % 2 else 470_000)
        changes += line.place != before
    assert changes <= 1


def test_steps_up_in_vain_become_rare() -> None:
    """The line is said to bear more than it does: each try is taken back."""
    line, ups = Line(), []
    line.run(2, bits=300_000)
    while line.now < 300:
        before = line.place
        line.run(1, bits=900_000 if line.place else 300_000)
        if line.place < before:
            ups.append(round(line.now))
    waits = [later - earlier for earlier, later in zip(ups, ups[1:], strict=False)]
    assert waits == sorted(waits)
    assert waits[-1] >= 80


def test_who_sends_little_learns_nothing_of_the_line_and_tries() -> None:
    """The estimate follows what arrives: a still room must not stay small for ever."""
    line = Line()
    line.run(3, bits=90_000)
    for _ in range(60):
        line.plan.line_bears(90_000)
        for _ in range(15):
            line.now += 1 / 15
            line.plan.encoded(QUICK, QUICK, 100)
    assert line.place == 0


def test_a_slow_processor_gets_a_smaller_picture_and_no_more_than_it_bears() -> None:
    line = Line()
    line.run(4, bits=3_000_000, spent=SLOW)
    assert line.place > 0
    place = line.place
    line.run(120, bits=3_000_000, spent=0.02)  # twice that would be too much
    assert line.place == place
    line.run(120, bits=3_000_000, spent=QUICK)
    assert line.place == 0


def test_waiting_for_a_busy_processor_is_no_more_work_for_a_larger_picture() -> None:
    """13 ms of which 6 are work (two busy cores, 360 lines): 720 lines take 12 of work, not 26."""
    line = Line()
    line.run(4, bits=3_000_000, spent=SLOW)
    assert line.place > 0
    line.run(60, bits=3_000_000, spent=0.013, worked=0.006)
    assert line.place == 0


def test_a_moment_of_another_program_makes_no_smaller_picture() -> None:
    line = Line()
    line.run(10, bits=3_000_000)
    line.run(2, bits=3_000_000, spent=0.9 / 30)
    line.run(10, bits=3_000_000)
    assert line.place == 0
    line.run(6, bits=3_000_000, spent=0.9 / 30)
    assert line.place == 1


def test_a_picture_that_was_late_does_not_push_away_the_next() -> None:
    """The camera has 30 a second, the computer gives some of them 20 ms late: all go out."""
    encoder = PictureEncoder(PlannedVp8(), Line().plan)
    late = [number / 30 + (0.020 if number % 3 == 1 else 0.0) for number in range(30)]
    assert all(encoder.encode(frame(at_s, 320, 240))[0] for at_s in late)


def test_of_a_quicker_camera_as_many_go_out_as_the_step_has() -> None:
    encoder = PictureEncoder(PlannedVp8(), Line().plan)
    sent = [encoder.encode(frame(number / 60, 320, 240))[0] for number in range(120)]
    assert sum(map(bool, sent)) == 60


def frame(at_s: float, width: int = 1280, height: int = 720) -> VideoFrame:
    """A picture of the synthetic source."""
    made = SyntheticSource(width, height, 30)._frame(int(at_s * 120) % width, at_s)
    made.pts, made.time_base = int(at_s * CLOCK), Fraction(1, CLOCK)
    return made


def vp8_decoder() -> VideoCodecContext:
    """As the patient's browser has one."""
    decoder = CodecContext.create("libvpx", "r")
    assert isinstance(decoder, VideoCodecContext)
    return decoder


def shown(packets: list[bytes], decoder: VideoCodecContext) -> list[tuple[int, int]]:
    """Sizes of the pictures in packets of VP8."""
    data = b"".join(one[_DESCRIPTOR:] for one in packets)
    return [(one.width, one.height) for one in decoder.decode(Packet(data))]


def test_what_is_sent_changes_its_size_and_can_be_decoded_all_the_time() -> None:
    line = Line()
    encoder = PictureEncoder(PlannedVp8(), line.plan)
    decoder = vp8_decoder()
    seen: list[tuple[int, int]] = []
    for number in range(40):
        if number == 10:
            encoder.target_bitrate = 90_000
        packets, _ = encoder.encode(frame(number / 30))
        seen += shown(packets, decoder) if packets else []
    assert seen[0] == (1280, 720)
    assert seen[-1] == (320, 180)
    assert len(seen) == 10 + 15  # 15 of 30 a second at the last step
    assert (line.plan.size, line.plan.pictures) == ((320, 180), 25), "what the doctor is told"


def test_a_camera_that_changes_its_size_is_sent_in_each() -> None:
    encoder = PictureEncoder(PlannedVp8(), Line().plan)
    decoder = CodecContext.create("libvpx", "r")
    sizes = [(640, 480), (480, 640), (1280, 720), (130, 58), (640, 480)]
    seen: list[tuple[int, int]] = []
    for number, (width, height) in enumerate(sizes):
        packets, _ = encoder.encode(frame(number / 30, width, height))
        seen += shown(packets, decoder)
    assert seen == [(width, height) for width, height in sizes]


def test_a_stranger_who_asks_for_whole_pictures_only_gets_few() -> None:
    """A whole picture costs many times as much; each such request is cheap to send."""
    line = Line()
    encoder = PictureEncoder(PlannedVp8(), line.plan)
    packets = [encoder.encode(frame(number / 30, 320, 240), True)[0] for number in range(30)]
    # RFC 6386, 9.1: the first bit of a frame is 0 in a whole picture.
    whole = [bool(first[0]) and not first[0][_DESCRIPTOR] & 1 for first in packets]
    assert whole[0]
    assert sum(whole) == 4


async def test_aiortc_is_the_one_this_was_written_for() -> None:
    """Private names are used: with another aiortc this says which, before a call does."""
    told = f"look at workstation/media/picture_encoder.py for aiortc {version('aiortc')}"
    ours = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    ours.addTrack(OutgoingPicture(64, 48, is_on=True))
    await ours.createOffer()
    (transceiver,) = ours.getTransceivers()
    assert PictureEncoder.install(transceiver, PicturePlan(lambda: 0.0)), told
    encoder = PlannedVp8()
    encoder.target_bitrate = 60_000
    assert encoder.target_bitrate == 60_000, told
    assert hasattr(encoder, "_Vp8Encoder__target_bitrate"), told
    encoder.encode(frame(0.0, 128, 96))
    assert encoder.codec is not None
    assert encoder.codec.bit_rate == 60_000, told
    await ours.close()
