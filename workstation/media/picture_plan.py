"""How large and how often our picture goes out: what the line and the processor bear.

Steps of 720, 360 and 180 lines (facts of this project: at 512 kbit/s, 640x360 at 15 frames a second
went through whole, where 640x480 at 30 brought nothing). Down at once, where the other side's
estimate of the line (REMB, draft-alvestrand-rmcat-remb) is below what a step needs, or where
encoding takes more than its share of a frame's time; up one step at a time, after a wait that grows
with every step that was taken in vain.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Step:
    """One way to send the picture."""

    lines: int | None
    """No more than so many; None: as it was captured."""
    frames_a_second: int
    needed: int
    """Bits a second below which it is left."""
    most: int
    """Bits a second beyond which it looks no better."""


STEPS: Final = (
    Step(None, 30, 450_000, 2_500_000),
    Step(360, 30, 250_000, 1_000_000),
    Step(360, 15, 110_000, 500_000),
    Step(180, 15, 0, 250_000),
)
FIRST_BITS: Final = 1_000_000
"""Before the other side has said anything."""
LEAST_BITS: Final = 60_000
_FOR_PICTURE: Final = 0.9
_FOR_SOUND: Final = 45_000
_ROOM: Final = 1.5
"""A step up wants so many times what it needs."""
_IDLE: Final = 0.6
"""Who sends less than this part of the estimate does not know what the line would bear."""
_SHARE_DOWN: Final = 0.7
_SHARE_UP: Final = 0.6
"""Parts of a frame's time that encoding may take: at this step, and at the one above."""
_TWICE_THE_LINES: Final = 2.0
"""Times the work (1.4 to 1.8 measured on a busy computer, 2.4 to 2.9 on an idle one, where a try in
vain costs least); waiting for a busy processor grows no longer."""
_SHARE_DOWN_AT_ONCE: Final = 1.2
"""Less than that, once, may be a moment's work of another program."""
_MEASURED_S: Final = 2.0
_WAITS_S: Final = (5.0, 10.0, 20.0, 40.0, 80.0)
_VAIN_S: Final = 15.0
"""A step up that is taken back within this time was in vain."""
_FORGOTTEN_S: Final = 300.0
_COARSE: Final = 0.15
"""Smaller changes of the rate are not worth a new encoder, which begins with a whole picture."""
_RISES_EVERY_S: Final = 3.0


class PicturePlan:
    """Told of the line and of each encoded picture; `step` and `bits` are for the next one."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._place = 0
        self._bandwidth: int | None = None
        self._bits = FIRST_BITS
        self._bits_at = self._stepped_at = self._since = monotonic()
        self._rose_at: float | None = None
        self._rate: float | None = None
        """Bits a second of pictures that were sent lately."""
        self._waits = 0
        self._was_slow = False
        self._begin_measure()
        self.pictures = 0
        """That went out."""
        self.size = (0, 0)
        """Width and height of the last one; (0, 0) before the first."""

    @property
    def step(self) -> Step:
        """How to send."""
        return STEPS[self._place]

    @property
    def bits(self) -> int:
        """A second, for the picture."""
        return self._bits

    def line_bears(self, bits: int) -> None:
        """The other side's estimate of the whole line towards it, bits a second."""
        self._bandwidth = bits
        if self._bandwidth < self.step.needed and self._is_full:
            self._lower(self._place_for(self._bandwidth))
        self._follow()

    def goes_out(self, width: int, height: int) -> None:
        """A picture of that size is sent."""
        self.pictures += 1
        self.size = (width, height)

    def encoded(self, seconds: float, worked_s: float, size: int) -> None:
        """A picture took so long, for so long of it the processor's work, and so many bytes."""
        self._count += 1
        self._spent_s += seconds
        self._worked_s += worked_s
        self._sent += size * 8
        passed = self._monotonic() - self._since
        if passed >= _MEASURED_S:
            self._rate = self._sent / passed
            self._judge(self._spent_s / self._count * self.step.frames_a_second)
            self._since = self._monotonic()
            self._begin_measure()

    def _begin_measure(self) -> None:
        self._count, self._sent = 0, 0
        self._spent_s = self._worked_s = 0.0

    def _judge(self, share: float) -> None:
        """`share`: of a frame's time that encoding takes."""
        was_slow, self._was_slow = self._was_slow, share > _SHARE_DOWN
        if share > _SHARE_DOWN_AT_ONCE or (was_slow and self._was_slow):
            self._was_slow = False
            self._lower(self._place + 1)
        elif self._may_rise():
            self._place -= 1
            self._stepped_at = self._rose_at = self._monotonic()
        self._follow()

    def _may_rise(self) -> bool:
        if self._place == 0:
            return False
        waited = self._monotonic() - self._stepped_at
        above = STEPS[self._place - 1]
        bears = self._bandwidth is None or self._bandwidth >= above.needed * _ROOM
        return (
            waited >= _WAITS_S[self._waits]
            and self._share_at(above) < _SHARE_UP
            and (bears or not self._is_full)
        )

    def _share_at(self, above: Step) -> float:
        """What encoding would take of a frame's time at the step above."""
        seconds = self._spent_s
        if above.lines != self.step.lines:
            seconds += self._worked_s * (_TWICE_THE_LINES - 1)
        return seconds / self._count * above.frames_a_second

    @property
    def _is_full(self) -> bool:
        """Whether what is sent comes near to what the line is said to bear."""
        if self._bandwidth is None or self._rate is None:
            return True
        return self._rate > _IDLE * self._bandwidth

    def _lower(self, place: int) -> None:
        now = self._monotonic()
        if self._rose_at is not None and now - self._rose_at < _VAIN_S:
            self._waits = min(self._waits + 1, len(_WAITS_S) - 1)
        elif self._rose_at is None or now - self._rose_at > _FORGOTTEN_S:
            self._waits = 0
        self._place = min(max(place, self._place), len(STEPS) - 1)
        self._stepped_at = now

    def _place_for(self, bandwidth: int) -> int:
        return next(place for place, step in enumerate(STEPS) if bandwidth >= step.needed)

    def _follow(self) -> None:
        """The rate goes down at once, and up now and then."""
        bears = FIRST_BITS if self._bandwidth is None else self._bandwidth
        wanted = int(bears * _FOR_PICTURE) - _FOR_SOUND
        wanted = max(LEAST_BITS, min(wanted, self.step.most))
        now = self._monotonic()
        falls = wanted < self._bits * (1 - _COARSE)
        rises = wanted > self._bits * (1 + _COARSE) and now - self._bits_at > _RISES_EVERY_S
        if falls or rises:
            self._bits, self._bits_at = wanted, now
