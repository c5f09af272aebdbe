"""What we say that the line bears: a busy computer alone does not make the picture small."""

from importlib.metadata import version

from aiortc import RTCConfiguration, RTCPeerConnection

from workstation.media.line_estimate import (
    FIRST_BITS,
    FIRST_S,
    LEAST_BITS,
    REMEMBERED_S,
    LineEstimate,
)


class Says:
    """An estimator that says what it is told to."""

    def __init__(self) -> None:
        self.bits: int | None = None
        self.sizes: list[int] = []

    def add(
        self, arrival_time_ms: int, abs_send_time: int, payload_size: int, ssrc: int
    ) -> tuple[int, list[int]] | None:
        self.sizes.append(payload_size)
        return None if self.bits is None else (self.bits, [ssrc])


class Line:
    """With a clock of its own."""

    def __init__(self) -> None:
        self.now, self.inner = 0.0, Says()
        self.estimate = LineEstimate(self.inner, lambda: self.now)

    def says(self, bits: int | None) -> int | None:
        """What the other side is told when aiortc's own estimate is that."""
        self.inner.bits = bits
        said = self.estimate.add(arrival_time_ms=1, abs_send_time=2, payload_size=3, ssrc=4)
        return None if said is None else said[0]


def test_where_nothing_is_lost_a_picture_of_360_lines_is_asked_for_at_least() -> None:
    line = Line()
    assert line.says(None) is None
    assert line.says(300_000) == FIRST_BITS
    line.now += FIRST_S
    assert line.says(30_000) == LEAST_BITS
    assert line.says(2_000_000) == 2_000_000
    assert line.inner.sizes == [3, 3, 3, 3]


def test_a_line_that_loses_is_believed_to_be_narrow_for_a_while() -> None:
    line = Line()
    line.now += FIRST_S
    line.estimate.note_lost(2)
    assert line.says(90_000) == LEAST_BITS
    line.estimate.note_lost(40)
    assert line.says(90_000) == 90_000
    line.now += REMEMBERED_S - 1
    line.estimate.note_lost(41)
    assert line.says(90_000) == 90_000
    line.now += 1
    assert line.says(90_000) == LEAST_BITS


async def test_aiortc_has_the_place_that_this_takes() -> None:
    """A private name: with another aiortc this says so, before a call is worse for it."""
    told = f"look at workstation/media/line_estimate.py for aiortc {version('aiortc')}"
    ours = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    receiver = ours.addTransceiver("video").receiver
    estimate = LineEstimate.install(receiver, lambda: 0.0)
    assert estimate is not None, told
    assert estimate.add(arrival_time_ms=1, abs_send_time=2, payload_size=3, ssrc=4) is None, told
    await ours.close()
