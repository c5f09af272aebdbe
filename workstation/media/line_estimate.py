"""What we tell the other side that the line towards us bears: aiortc's estimate, with a floor.

aiortc goes by when packets come to its own loop: on a busy computer they come late, which looks
like a line that is full, and the patient's picture falls to 30 kbit/s although nothing was lost.
Where nothing is lost the estimate says no less than a picture of 360 lines needs; where something
is, the line may really be as narrow as aiortc says.

A private name of aiortc 1.16's receiver is used; where it is missing, aiortc's estimate goes on.
"""

from collections.abc import Callable
from typing import Final, Protocol, Self

from aiortc import RTCRtpReceiver

LEAST_BITS: Final = 400_000
FIRST_BITS: Final = 1_300_000
"""At the start aiortc's first estimate is what happens to come, and no measure of the line."""
FIRST_S: Final = 10.0
MOST_LOST: Final = 3
"""Packets in a second; more are a line that is full."""
REMEMBERED_S: Final = 20.0
_SLOT: Final = "_RTCRtpReceiver__remote_bitrate_estimator"


class Estimator(Protocol):
    """As aiortc's receiver asks for it, at each packet."""

    def add(
        self, arrival_time_ms: int, abs_send_time: int, payload_size: int, ssrc: int
    ) -> tuple[int, list[int]] | None:
        """Bits a second and the streams they are for; None: there is nothing new to say."""


class LineEstimate:
    """Takes the place of the receiver's estimator, and asks that one."""

    def __init__(self, inner: Estimator, monotonic: Callable[[], float]) -> None:
        self._inner = inner
        self._monotonic = monotonic
        self._began = monotonic()
        self._lost = 0
        self._lost_at = float("-inf")

    @classmethod
    def install(cls, receiver: RTCRtpReceiver, monotonic: Callable[[], float]) -> Self | None:
        """For a receiver of pictures; None where aiortc has no such place."""
        inner = getattr(receiver, _SLOT, None)
        if inner is None:
            return None
        estimate = cls(inner, monotonic)
        setattr(receiver, _SLOT, estimate)
        return estimate

    def note_lost(self, packets: int) -> None:
        """So many were lost since the start; told once a second."""
        if packets - self._lost > MOST_LOST:
            self._lost_at = self._monotonic()
        self._lost = packets

    def add(
        self, arrival_time_ms: int, abs_send_time: int, payload_size: int, ssrc: int
    ) -> tuple[int, list[int]] | None:
        """See `Estimator`."""
        said = self._inner.add(
            arrival_time_ms=arrival_time_ms,
            abs_send_time=abs_send_time,
            payload_size=payload_size,
            ssrc=ssrc,
        )
        if said is None or self._monotonic() - self._lost_at < REMEMBERED_S:
            return said
        bits, streams = said
        is_first = self._monotonic() - self._began < FIRST_S
        return max(bits, FIRST_BITS if is_first else LEAST_BITS), streams
