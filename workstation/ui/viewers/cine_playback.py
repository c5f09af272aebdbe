"""A clip that plays: its frames at their times, alone or in step with others. No widgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from workstation.studies.clip_cycles import Cycle, PlayedStretch, next_cycle
from workstation.studies.film import Timed
from workstation.ui.task_scope import TaskScope
from workstation.ui.viewers.cine_player import CinePlayer
from workstation.ui.viewers.cine_track import SPEEDS, PlayMode
from workstation.ui.viewers.frame_feed import FrameFeed, FrameSource


class Feed(Protocol):
    """Where frames come from: they are brought ahead of their time."""

    @property
    def depth(self) -> int:
        """How many frames from the one that is due on are of use."""

    def want(self, coming: Sequence[int]) -> None:
        """The first of them is due now, the others follow."""

    def take(self, index: int) -> object | None:
        """The frame, where it is here: what `CinePlayback.came` hands over."""

    def close(self) -> None:
        """Gives everything back."""


class Company(Protocol):
    """Other clips that play by the same clock."""

    @property
    def is_on(self) -> bool:
        """Whether they do now."""

    def play(self, leader: CinePlayback) -> None:
        """All go on."""

    def pause(self) -> None:
        """All stand."""

    def follow(self, leader: CinePlayback) -> None:
        """All stand where the leader does, by the time since their first marks."""

    def play_alike(self, leader: CinePlayback) -> None:
        """Mode, speed or marks of the leader are other ones."""

    def come_or_go(self) -> None:
        """A clip came or went."""


class CinePlayback(QObject):
    """Holds the frames of one open clip; `came` hands over what the feed gives: a Frame, whose
    owner the slot is.

    What the doctor does (`toggle`, `step`, `seek`, `choose_speed`, ...) is done by all clips in
    step; `stand`, `go`, `place` and `play_so` move this one alone.
    """

    came = Signal(object)
    told = Signal()
    """Something that is said of it changed."""
    failed = Signal(object)
    """A StudyError of a frame; playing goes on without it."""

    def __init__(self, now_ms: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now_ms = now_ms
        self.info: Timed | None = None
        self.joins = True
        """Whether it may play with others."""
        self.company: Company | None = None
        self.cycle: Cycle | None = None
        """The heart cycle that is played, where the marks are one."""
        self._player: CinePlayer | None = None
        self._feed: Feed | None = None
        self._on_screen: int | None = None
        self._is_seen = False
        self._plays_when_seen = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)

    @property
    def index(self) -> int:
        """The frame that is on."""
        return self._player.index if self._player else 0

    @property
    def is_playing(self) -> bool:
        """Whether the clip runs."""
        return self._player is not None and self._player.is_playing

    @property
    def player(self) -> CinePlayer | None:
        """Where it stands and how it plays; None without a clip."""
        return self._player

    @property
    def stretch(self) -> PlayedStretch | None:
        """What is played, where that is not the whole clip."""
        if self.info is None or self._player is None:
            return None
        first, last = self._player.marks
        if (first, last) == (0, self.info.frame_count - 1):
            return None
        return PlayedStretch(first, last, self.cycle)

    @property
    def moves(self) -> bool:
        """Whether a clip of several frames is open and seen."""
        return self.joins and self._is_seen and self.info is not None and not self.info.is_still

    @property
    def in_step(self) -> bool:
        """Whether it plays with others."""
        return self.moves and self.company is not None and self.company.is_on

    def open(self, info: Timed, source: FrameSource, tasks: TaskScope, first: int) -> None:
        """Another clip, standing on frame `first`; frames are asked for within `tasks`."""
        self.close()
        count = info.frame_count
        feed = FrameFeed(source, count, tasks, on_frame=self.arrived, on_error=self.failed.emit)
        self.open_fed(info, feed, first)

    def open_fed(self, info: Timed, feed: Feed, first: int) -> None:
        """The same with a feed of its own, which tells `arrived` of frames that come late."""
        self.close()
        self.info = info
        self._player = CinePlayer(info, self.now_ms)
        self._player.seek(first)
        self._feed = feed
        self._feed.want(self._player.coming(self._feed.depth))
        if self.company is not None:
            self.company.come_or_go()

    def close(self) -> None:
        """No clip; all frames are given back."""
        self._timer.stop()
        if self._feed is not None:
            self._feed.close()
        was_open = self.info is not None
        self._feed, self._player, self.info, self.cycle = None, None, None, None
        self._on_screen, self._plays_when_seen = None, False
        if was_open and self.company is not None:
            self.company.come_or_go()

    def set_seen(self, seen: bool) -> None:
        """A clip that nobody sees stands still; it goes on as soon as it is seen."""
        was_playing = self.is_playing or self._plays_when_seen
        if not seen:
            self.stand()
        self._is_seen, self._plays_when_seen = seen, False
        if self.company is not None:
            self.company.come_or_go()
        if seen and was_playing:
            self.play()
        self._plays_when_seen = was_playing and not seen

    def play(self) -> None:
        """Plays on from the present frame; while hidden, as soon as it is seen."""
        if not self._is_seen:
            self._plays_when_seen = self._player is not None
        elif self.in_step and self.company is not None:
            self.company.play(self)
        else:
            self.go()

    def pause(self) -> None:
        """Stands on the frame that is due."""
        self._plays_when_seen = False
        if self.in_step and self.company is not None:
            self.company.pause()
        else:
            self.stand()

    def toggle(self) -> None:
        """Plays or pauses."""
        if self.is_playing:
            self.pause()
        else:
            self.play()

    def step(self, frames: int) -> None:
        """Pauses and goes so many frames on or back."""
        self._stand_on(lambda player: player.step(frames))

    def seek(self, index: int) -> None:
        """Pauses on that frame."""
        self._stand_on(lambda player: player.seek(index))

    def turn_mode(self) -> None:
        """Loop, or there and back."""
        if self._player is not None:
            is_loop = self._player.mode is PlayMode.LOOP
            self._choose(lambda: self.play_so(mode=PlayMode.SWEEP if is_loop else PlayMode.LOOP))

    def change_speed(self, steps: int) -> None:
        """So many steps faster, or slower where negative; 0: the file's own pace."""
        if self._player is not None:
            place = SPEEDS.index(self._player.speed) + steps
            speed = SPEEDS[max(0, min(place, len(SPEEDS) - 1))] if steps else 1.0
            self._choose(lambda: self.play_so(speed=speed))

    def mark_first(self) -> None:
        """Plays from the present frame on."""
        if self._player is not None and self.info is not None:
            first, last = self.index, self._player.marks[1]
            self.mark(first, last if last > first else self.info.frame_count - 1)

    def mark_last(self) -> None:
        """Plays up to the present frame."""
        if self._player is not None:
            first, last = self._player.marks[0], self.index
            self.mark(first if first < last else 0, last)

    def mark(self, first: int, last: int, cycle: Cycle | None = None) -> None:
        """Plays between these frames, both included."""
        if self._player is not None and self.info is not None and first < last:
            self.cycle = cycle
            self._choose(lambda: self.play_so(marks=(first, last)))

    def mark_whole(self) -> None:
        """Plays the whole clip."""
        if self.info is not None:
            self.mark(0, self.info.frame_count - 1)

    def mark_cycle(self) -> bool:
        """Plays one heart cycle, the next one each time; False where none is known."""
        if self.info is None or self._player is None:
            return False
        found = next_cycle(self.info, self.index, self.cycle)
        if found is not None:
            self.mark(found.first, found.last, found)
        return found is not None

    def stand(self) -> None:
        """Stands on the frame that is due."""
        self._timer.stop()
        if self._player is not None:
            self._player.pause()
            self._show_due()
            self.told.emit()

    def go(self, passed_ms: float | None = None, now_ms: float | None = None) -> None:
        """Plays, by this clock and from there in the pass."""
        if self._player is not None:
            if passed_ms is not None:
                self._player.pause()
            self._player.play(passed_ms, now_ms)
            self._show_due()
            self.told.emit()
            self._schedule()

    def place(self, passed_ms: float) -> None:
        """Stands where the pass is after so long."""
        self._stand_so(lambda player: player.stand_at(passed_ms))

    @property
    def since_mark_ms(self) -> float:
        """From the first mark to the frame that is on, by the file; negative before it."""
        if self.info is None or self._player is None:
            return 0.0
        times = self.info.frame_times_ms
        return times[self._player.index] - times[self._player.marks[0]]

    def place_since_mark(self, passed_ms: float) -> None:
        """Stands on the frame that is on so long after the first mark, or before it."""
        if self.info is not None and self._player is not None:
            at = self.info.frame_times_ms[self._player.marks[0]] + passed_ms
            at = min(max(0.0, at), 0.999999 * self.info.duration_ms)
            frame = self.info.frame_at(at)
            self._stand_so(lambda player: player.seek(frame))

    def play_so(
        self,
        *,
        mode: PlayMode | None = None,
        speed: float | None = None,
        marks: tuple[int, int] | None = None,
        length_ms: float = 0.0,
    ) -> None:
        """Plays otherwise from now on, as `CinePlayer.choose` has it."""
        if self._player is not None:
            self._player.choose(mode=mode, speed=speed, marks=marks, length_ms=length_ms)
            self._show_due()
            self.told.emit()
            self._schedule()

    def waits_for_paint(self) -> None:
        """What `came` has handed over last will be painted, and `painted` called."""
        if self._player is not None:
            self._player.waits_for_paint()

    def painted(self) -> None:
        """It is on the screen: where others are late already, the next one follows."""
        player = self._player
        if player is not None:
            player.painted()
            if player.is_playing and player.is_behind:
                self._timer.start(ceil(player.turn_left_ms()))

    def tick(self) -> None:
        """The next frame's time has come."""
        if self.is_playing:
            self._show_due()
            self._schedule()

    def _stand_on(self, move: Callable[[CinePlayer], None]) -> None:
        self._plays_when_seen = False
        self._stand_so(move)
        if self.in_step and self.company is not None:
            self.company.follow(self)

    def _stand_so(self, move: Callable[[CinePlayer], None]) -> None:
        if self._player is not None:
            self._timer.stop()
            self._player.pause()
            move(self._player)
            self._show_due()
            self.told.emit()

    def _choose(self, change: Callable[[], None]) -> None:
        change()
        if self.in_step and self.company is not None:
            self.company.play_alike(self)

    def _schedule(self) -> None:
        # Rounded up: a timer that fires early would only be started again.
        if self._player is not None and self._player.is_playing:
            self._timer.start(int(self._player.next_ms()) + 1)

    def _show_due(self) -> None:
        """Shows the frame whose turn it is, if it is here; otherwise it comes to `arrived`."""
        player = self._player
        if player is None or self._feed is None:
            return
        player.due()
        self._feed.want(player.coming(self._feed.depth))
        if not player.is_playing:
            self._show(player.number, player.index)
        elif not player.turn_left_ms():
            self._show_turn(player)

    def _show_turn(self, player: CinePlayer) -> bool:
        """The first that is here of those that may be seen now; False where none is."""
        turns = range(player.turn(), player.number + 1)
        return any(self._show(turn, player.track.frame_of(turn)) for turn in turns)

    def arrived(self, index: int) -> None:
        """A frame has come. Where it is due, or late, the frame is shown whose turn it is; this
        one where it is the newest of those that are here."""
        player = self._player
        if player is None:
            return
        if not player.is_playing:
            if index == player.index:
                self._show(player.number, index)
            return
        player.due()
        number = player.late(index)
        if number is not None and not player.turn_left_ms():
            if not self._show_turn(player):
                self._show(number, index)
            self._schedule()

    def _show(self, number: int, index: int) -> bool:
        """False: it is not here, or has been shown."""
        player, feed = self._player, self._feed
        if player is None or feed is None or not player.accepts(number):
            return False
        frame = feed.take(index)
        if frame is None:
            if index == self._on_screen:
                player.shown(number)
            return index == self._on_screen
        player.shown(number)
        self._on_screen = index
        self.came.emit(frame)
        self.told.emit()
        return True
