"""Clips that are seen side by side and play by one clock, each pass begun together."""

from PySide6.QtCore import QObject, Signal

from workstation.ui.viewers.cine_playback import CinePlayback


class ClipsInStep(QObject):
    """Where `is_on`, what is done to one clip is done to all that are seen.

    All begin at their first marks at the same moment, each at its file's own pace; the longest
    decides how long a pass is, and the shorter ones stand at their end until all begin anew.
    """

    changed = Signal()
    """Whether they go in step, or whether they can."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clips: list[CinePlayback] = []
        self._is_wanted = False

    @property
    def clips(self) -> list[CinePlayback]:
        """The moving ones that are seen."""
        return [one for one in self._clips if one.moves]

    @property
    def is_possible(self) -> bool:
        """Whether there are two at least."""
        return len(self.clips) > 1

    @property
    def is_on(self) -> bool:
        """Whether they go in step."""
        return self._is_wanted and self.is_possible

    def add(self, clip: CinePlayback) -> None:
        """A place where a clip can be seen."""
        clip.company = self
        self._clips.append(clip)
        self.changed.emit()

    def turn(self, leader: CinePlayback) -> None:
        """Into step, from the beginning of the pass, as the leader plays; or out of it."""
        if self.is_on:
            self._is_wanted = False
            self._play_apart()
        elif self.is_possible:
            self._is_wanted = True
            was_playing = any(one.is_playing for one in self.clips)
            self.play_alike(leader)
            for one in self.clips:
                one.place(0.0)
            if was_playing:
                self.play(leader)
        self.changed.emit()

    def play(self, leader: CinePlayback) -> None:
        """All go on from where those are that play, else from where the leader stands."""
        playing = next((one for one in self.clips if one.is_playing), leader)
        passed = playing.player.passed_ms if playing.player is not None else 0.0
        now = leader.now_ms()
        for one in self.clips:
            one.go(passed, now)

    def pause(self) -> None:
        """All stand at the same time of the pass."""
        playing = next((one for one in self.clips if one.is_playing), None)
        if playing is None or playing.player is None:
            return
        passed = playing.player.passed_ms
        for one in self.clips:
            one.place(passed)

    def follow(self, leader: CinePlayback) -> None:
        """All stand as long after their first marks as the leader does after its own."""
        for one in self.clips:
            if one is not leader:
                one.place_since_mark(leader.since_mark_ms)

    def play_alike(self, leader: CinePlayback) -> None:
        """The leader's mode and speed for all; a pass of the longest."""
        player = leader.player
        if player is None:
            return
        is_playing, passed = any(one.is_playing for one in self.clips), player.passed_ms
        for one in self.clips:
            one.play_so(mode=player.mode, speed=player.speed)
        self._share_length()
        if is_playing:
            now = leader.now_ms()
            for one in self.clips:
                one.go(passed, now)

    def come_or_go(self) -> None:
        """A clip came, went, was hidden or is seen again."""
        clips = self.clips
        if self.is_on:
            self.play_alike(next((one for one in clips if one.is_playing), clips[0]))
        elif self._is_wanted:
            self._play_apart()
        self.changed.emit()

    def _share_length(self) -> None:
        longest = max(one.player.own_length_ms for one in self.clips if one.player is not None)
        for one in self.clips:
            one.play_so(length_ms=longest)

    def _play_apart(self) -> None:
        for one in self._clips:
            one.play_so()
