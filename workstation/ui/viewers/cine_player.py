"""Which frame of a clip is due: by the file's own frame times and a clock. No Qt, no timers."""

from collections.abc import Callable

from workstation.studies.film import Timed
from workstation.ui.viewers.cine_track import PlayMode, stride_of, track_of

_LATE = 64
"""So many places later a frame is of no use any more."""
_BEHIND = 3
"""So many frames that are late have a short turn each."""
_LATEST_MS = 60.0
"""After its time was over, a frame has no turn later than that."""
_LONGEST_TURN_MS = 20.0


class CinePlayer:
    """Plays a track over and over, at `speed` times the file's pace, or stands on any frame.

    While it plays, places of the track are counted through all passes. What is due goes by the
    clock alone. Where the window was held up for a moment, the frames that it missed have a short
    turn each (`turn`); what is later than that is skipped and counted.
    """

    def __init__(self, info: Timed, now_ms: Callable[[], float]) -> None:
        self._info = info
        self._now_ms = now_ms
        self._started_ms = 0.0
        self._number = 0
        self._at: int | None = None
        """The frame on which it stands, where that is not the track's."""
        self._shown: int | None = None
        self._shown_at_ms = 0.0
        self._is_painted = True
        self.is_playing = False
        self.mode = PlayMode.LOOP
        self.speed = 1.0
        self.marks = (0, info.frame_count - 1)
        """First and last frame that are played."""
        self.track = track_of(info, *self.marks)
        self.dropped = 0
        """Frames whose time passed unseen since the clip was opened."""
        self.dropped_lately = 0
        """Of these, since the last whole pass without any."""
        self._dropped_at = 0

    @property
    def index(self) -> int:
        """The frame of the clip that is on: 0 to frame_count - 1."""
        return self._at if self._at is not None else self.track.frame_of(self._number)

    @property
    def number(self) -> int:
        """The place that is on, counted through all passes."""
        return self._number

    @property
    def stride(self) -> int:
        """Each how many-th frame is shown: more than 1 only faster than the file's own pace."""
        return stride_of(self._info, self.speed)

    @property
    def own_length_ms(self) -> float:
        """Of a pass between the marks, without waiting for others."""
        return track_of(self._info, *self.marks, self.mode).length_ms

    @property
    def passed_ms(self) -> float:
        """The file's time since the present pass began."""
        if self.is_playing:
            return self._elapsed_ms() % self.track.length_ms
        return self.track.edges_ms[self._place() % len(self.track.frames)]

    def choose(
        self,
        *,
        mode: PlayMode | None = None,
        speed: float | None = None,
        marks: tuple[int, int] | None = None,
        length_ms: float = 0.0,
    ) -> None:
        """Plays otherwise from the present frame on; `length_ms`: as `track_of` has it."""
        frame, was_playing = self.index, self.is_playing
        self.is_playing = False
        self.mode = mode if mode is not None else self.mode
        self.speed = speed if speed is not None else self.speed
        self.marks = marks if marks is not None else self.marks
        self.track = track_of(
            self._info, *self.marks, self.mode, stride=self.stride, length_ms=length_ms
        )
        self._at, self._number, self._dropped_at = frame, self.track.place_of(frame), 0
        if was_playing:
            self.play()

    def play(self, passed_ms: float | None = None, now_ms: float | None = None) -> None:
        """Goes on from the present frame, from the first mark where it is outside.

        `passed_ms`: from there in the pass instead, as of the moment `now_ms` of the clock.
        """
        if self.is_playing or self._info.is_still:
            return
        self._number = self._place()
        start = self.track.start_of(self._number) if passed_ms is None else passed_ms
        self._started_ms = (self._now_ms() if now_ms is None else now_ms) - start / self.speed
        self._at, self._shown, self.is_playing = None, None, True
        self.due()
        self._dropped_at = self._number

    def pause(self) -> None:
        """Stays on the frame that is due."""
        self.due()
        self.is_playing = False

    def step(self, frames: int) -> None:
        """Pauses and goes so many frames on or back, round the ends of the clip."""
        self.seek((self.index + frames) % self._info.frame_count)

    def seek(self, index: int) -> None:
        """Pauses on that frame, between the marks or not."""
        self.is_playing = False
        self._at = max(0, min(index, self._info.frame_count - 1))
        self._shown = None

    def stand_at(self, passed_ms: float) -> None:
        """Pauses where the pass is after so long; at its end where that is too long."""
        self.is_playing, self._at, self._shown = False, None, None
        longest = self.track.length_ms
        self._number = self.track.number_at(min(max(0.0, passed_ms), 0.999999 * longest))

    def due(self) -> int:
        """The place that should be seen now, counted through all passes."""
        if self.is_playing:
            self._number = self.track.number_at(self._elapsed_ms())
        return self._number

    def turn(self) -> int:
        """The place that is to be seen now: the one that is due, or one before it that was not
        seen and is not too late yet."""
        due = self.due()
        if self._shown is None or not self.is_playing:
            return due
        place = max(self._shown + 1, due - _BEHIND)
        while place < due and self._over_ms(place) > _LATEST_MS:
            place += 1
        return min(place, due)

    def turn_left_ms(self) -> float:
        """How long the frame that was shown last has to stay yet, or nobody would see it: half its
        time, or 20 ms; twice that until it was painted."""
        if self._shown is None or not self.is_playing:
            return 0.0
        track, shown = self.track, self._shown
        half = (track.start_of(shown + 1) - track.start_of(shown)) / self.speed / 2
        turn = min(half, _LONGEST_TURN_MS) * (1 if self._is_painted else 2)
        return max(0.0, self._shown_at_ms + turn - self._now_ms())

    def waits_for_paint(self) -> None:
        """The frame that was shown last is not on the screen yet; `painted` will say when."""
        self._is_painted = False

    def painted(self) -> None:
        """It is now."""
        self._is_painted = True

    @property
    def is_behind(self) -> bool:
        """Whether a later frame than the one that is shown was due when that was looked at."""
        return self._shown is not None and self._shown < self._number

    def coming(self, count: int) -> list[int]:
        """The frame whose turn it is, and those that will follow, each once."""
        if self._at is not None:
            total = self._info.frame_count
            return [(self._at + ahead) % total for ahead in range(min(count, total))]
        wanted: dict[int, None] = {}
        first = self.turn()
        for ahead in range(len(self.track.frames)):
            wanted[self.track.frame_of(first + ahead)] = None
            if len(wanted) == count:
                break
        return list(wanted)

    def late(self, index: int) -> int | None:
        """The last place at which that frame was due, if less than half a pass ago."""
        behind = min(len(self.track.frames) // 2, _LATE)
        places = range(self._number, max(-1, self._number - behind - 1), -1)
        return next((one for one in places if self.track.frame_of(one) == index), None)

    def wait_ms(self) -> float:
        """Milliseconds until the next frame is due; 0 where it is already."""
        start = self.track.start_of(self.due() + 1)
        return max(0.0, start / self.speed + self._started_ms - self._now_ms())

    def next_ms(self) -> float:
        """Milliseconds until there may be another frame to show."""
        wait, left = self.wait_ms(), self.turn_left_ms()
        return min(wait, left) if self.is_behind and left else wait

    def accepts(self, number: int) -> bool:
        """Whether this frame may come to the screen: not where a later one is already there."""
        return self._shown is None or number >= self._shown

    def shown(self, number: int) -> None:
        """Notes that this frame came to the screen, and which were skipped before it."""
        if self._shown is not None and self.is_playing:
            self._count(max(0, number - self._shown - 1), number)
        if number != self._shown:
            self._shown_at_ms = self._now_ms()
        self._shown = number

    def _elapsed_ms(self) -> float:
        return max(0.0, self._now_ms() - self._started_ms) * self.speed

    def _over_ms(self, place: int) -> float:
        """How long ago the time of that place was over."""
        end = self.track.start_of(place + 1) / self.speed + self._started_ms
        return self._now_ms() - end

    def _place(self) -> int:
        """Of the frame on which it stands, on the same way of a sweep as before."""
        if self._at is None or self.track.frame_of(self._number) == self._at:
            return self._number
        return self.track.place_of(self._at)

    def _count(self, skipped: int, number: int) -> None:
        if number - self._dropped_at > len(self.track.frames):
            self.dropped_lately = 0
        if skipped:
            self.dropped += skipped
            self.dropped_lately += skipped
            self._dropped_at = number
