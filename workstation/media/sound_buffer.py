"""Packets of sound as they come, played as they were spoken: what is played next, and how late.

Playing lags behind the quickest packet of the last seconds by as much as nearly all packets need.
What is lost is taken from the copy in the packet behind it; what is late is waited for a little
(RFC 3550 has the times, RFC 7587 the packets).
"""

import enum
import math
from collections import deque
from dataclasses import dataclass
from typing import Final

from workstation.media.opus import samples_in
from workstation.media.quickest import Quickest
from workstation.media.sources import RATE

PIECE: Final = RATE // 50
"""Samples of 20 ms."""

_START_S: Final = 0.06
_LEAST_S, _MOST_S = 0.04, 0.4
_SPARE_S: Final = 0.02
_NEARLY_ALL: Final = 0.97
_REMEMBERED: Final = 500
_LOOK_EVERY: Final = 10
_LATELY: Final = 13
_WAITED: Final = 5
"""Pieces that are concealed while nothing at all comes; libopus has faded by then."""
_MOST_HELD: Final = 150
_JUMP: Final = RATE * 2
_TOLERANCE_S: Final = 0.02
_MANY_LATE: Final = 5
_HELD_TO_HURRY_S: Final = 0.04
"""With less there is nothing to hurry to: the other side itself has stood still."""
_STALE_S: Final = 0.5
"""Sound that waits so much too long is left out: an answer to it would cross the next word."""


class Deed(enum.Enum):
    """What is done for the next samples."""

    DECODE = "decode"
    RECOVER = "recover"
    """From the packet behind the lost one, which is decoded itself afterwards."""
    CONCEAL = "conceal"
    REST = "rest"
    """Silence: nothing has come yet, or nothing comes any more."""


class Pace(enum.Enum):
    """Whether the sound should be played a little quicker or slower."""

    EVEN = "even"
    HURRY = "hurry"
    LINGER = "linger"


@dataclass(frozen=True, slots=True)
class Step:
    """The next samples."""

    deed: Deed
    samples: int
    packet: bytes = b""


@dataclass(slots=True)
class Tally:
    """Counts of packets since the start."""

    played: int = 0
    recovered: int = 0
    concealed: int = 0
    """Pieces that stand for something lost or late."""
    late: int = 0
    """Came when something else had been played in their place."""
    left_out: int = 0
    """Waited too long: this computer stood still, or all came at once."""


class SoundBuffer:
    """The packets of one stream of Opus. Times are of one clock, in seconds."""

    def __init__(self) -> None:
        self.tally = Tally()
        self._packets: dict[int, bytes] = {}
        self._delays = _Delays()
        self._newest: int | None = None
        self._next: int | None = None
        self._wanted_s = _START_S
        self._waited = 0
        self._late_in_turn = 0

    @property
    def wanted_s(self) -> float:
        """How far playing should lag behind the quickest packet."""
        return self._wanted_s

    def put(self, timestamp: int, packet: bytes, now_s: float) -> None:
        """A packet has come; `timestamp` is of 32 bits, at 48 kHz."""
        if not samples_in(packet):
            return
        place = self._unwrapped(timestamp)
        self._delays.add(now_s - place / RATE, now_s)
        self._want(self._delays.nearly_all_s() + _SPARE_S)
        if self._next is not None and place < self._next:
            self._came_late()
            return
        self._late_in_turn = 0
        self._packets[place] = packet
        if len(self._packets) > _MOST_HELD:
            self._forget()

    def take(self, now_s: float) -> Step:
        """What to play now."""
        if self._next is None and not self._begins(now_s):
            return Step(Deed.REST, PIECE)
        assert self._next is not None
        if self._held_s() > self._wanted_s + _STALE_S:
            self._leave_out()
        packet = self._packets.pop(self._next, None)
        if packet is not None:
            return self._played(packet)
        if self._packets:
            return self._over_a_gap(min(self._packets))
        return self._waiting()

    def pace(self, now_s: float) -> Pace:
        """How far playing is from where it should be."""
        if self._next is None:
            return Pace.EVEN
        over_s = self.lag_s(now_s) - self._wanted_s
        if abs(over_s) <= _TOLERANCE_S:
            return Pace.EVEN
        if over_s < 0:
            return Pace.LINGER
        return Pace.HURRY if self._held_s() >= _HELD_TO_HURRY_S else Pace.EVEN

    def lag_s(self, now_s: float) -> float:
        """How far playing lags behind the quickest packet; 0 while nothing is played."""
        if self._next is None:
            return 0.0
        return now_s - self._next / RATE - self._delays.base

    def held_back_s(self, now_s: float) -> float:
        """How much longer than it took to come sound waits until it is played; 0 while none is.

        By the packets of the last quarter of a second: where the sender's microphone has lost some
        sound, as on a busy computer, its count of samples stands still, and all that follows would
        seem late beside the quickest of the last seconds, which `lag_s` goes by.
        """
        if self._next is None:
            return 0.0
        return now_s - self._next / RATE - self._delays.lately

    # in

    def _unwrapped(self, timestamp: int) -> int:
        """The place in the stream, which goes on where the 32 bits begin anew."""
        if self._newest is None:
            self._newest = timestamp
            return timestamp
        step = (timestamp - self._newest + (1 << 31)) % (1 << 32) - (1 << 31)
        place = self._newest + step
        if abs(step) > _JUMP:  # another stream, or rubbish
            self._forget()
            self._newest = timestamp
            return timestamp
        self._newest = max(self._newest, place)
        return place

    def _want(self, seconds: float) -> None:
        self._wanted_s = min(max(seconds, _LEAST_S), _MOST_S)

    def _came_late(self) -> None:
        """One may; where none comes in time any more, the road has become longer."""
        self.tally.late += 1
        self._late_in_turn += 1
        if self._late_in_turn >= _MANY_LATE and not self._packets:
            self._forget()

    def _forget(self) -> None:
        """Begins anew with what comes now."""
        self._packets.clear()
        self._delays = _Delays()
        self._next, self._newest = None, None
        self._wanted_s, self._waited, self._late_in_turn = _START_S, 0, 0

    # out

    def _begins(self, now_s: float) -> bool:
        if not self._packets:
            return False
        first = min(self._packets)
        if now_s - first / RATE - self._delays.base < self._wanted_s:
            return False
        self._next = first
        return True

    def _held_s(self) -> float:
        """From what is played next to the newest that is there."""
        if self._next is None or not self._packets:
            return 0.0
        return (max(self._packets) - self._next) / RATE

    def _leave_out(self) -> None:
        """Up to what should be heard now."""
        newest = max(self._packets)
        for place in sorted(self._packets):
            self._next = place
            if newest - place <= self._wanted_s * RATE:
                break
            del self._packets[place]
            self.tally.left_out += 1

    def _played(self, packet: bytes) -> Step:
        self._waited = 0
        return self._go_on(Step(Deed.DECODE, samples_in(packet), packet))

    def _over_a_gap(self, there: int) -> Step:
        assert self._next is not None
        gap, packet = there - self._next, self._packets[there]
        if gap > _JUMP // 2:
            self._next = there
            return self._played(self._packets.pop(there))
        if gap <= samples_in(packet):
            return self._go_on(Step(Deed.RECOVER, gap, packet))
        return self._go_on(Step(Deed.CONCEAL, min(PIECE, gap - samples_in(packet))))

    def _waiting(self) -> Step:
        """Nothing is there: what comes next is played when it comes."""
        self._waited += 1
        if self._waited > _WAITED:
            self._next, self._waited = None, 0
            return Step(Deed.REST, PIECE)
        self.tally.concealed += 1
        return Step(Deed.CONCEAL, PIECE)

    def _go_on(self, step: Step) -> Step:
        assert self._next is not None
        self._next += step.samples
        self.tally.played += step.deed is Deed.DECODE
        self.tally.recovered += step.deed is Deed.RECOVER
        self.tally.concealed += step.deed is Deed.CONCEAL
        return step


class _Delays:
    """How much later packets came than the quickest of the last seconds."""

    def __init__(self) -> None:
        self._times: deque[float] = deque(maxlen=_REMEMBERED)
        self._quickest = Quickest()
        self._count = 0
        self._nearly_all = _START_S - _SPARE_S
        self._last: deque[float] = deque(maxlen=_LATELY)
        self.base = math.inf

    def add(self, relative_s: float, now_s: float) -> None:
        """A packet's arrival less its own time."""
        self._quickest.add(relative_s, now_s)
        self.base = self._quickest.relative_s
        self._times.append(relative_s)
        self._last.append(relative_s)
        self._count += 1
        if self._count % _LOOK_EVERY == 0:
            ordered = sorted(self._times)
            self._nearly_all = ordered[int(len(ordered) * _NEARLY_ALL)] - self.base

    @property
    def lately(self) -> float:
        """The quickest of the last quarter of a second."""
        return min(self._last)

    def nearly_all_s(self) -> float:
        """Behind the quickest, nearly all have come after this time."""
        return self._nearly_all
