"""The line under what plays, with what its buttons and the keys do, and the words on how it plays.

A clip has it, and so has a series of slices that is a film.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from workstation.studies.film import Timed
from workstation.ui.theme import Theme
from workstation.ui.viewers.cine_bar import CineBar
from workstation.ui.viewers.cine_in_step import ClipsInStep
from workstation.ui.viewers.cine_playback import CinePlayback
from workstation.ui.viewers.cine_track import SPEEDS
from workstation.ui.viewers.cine_words import CineWords
from workstation.ui.viewers.imaging_words import ImagingWords

_REASON_MS = 4000


class CineControls(QObject):
    """Says on its bar how `playback` plays, and does what is pressed."""

    told = Signal()
    """`played` says something else."""
    seek_wanted = Signal(int)

    def __init__(
        self, theme: Theme, playback: CinePlayback, in_step: ClipsInStep, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.words, self._imaging = CineWords(self), ImagingWords(self)
        self._playback, self._in_step = playback, in_step
        self._info: Timed | None = None
        self._reason = ""
        """Why the last key did nothing, for some seconds."""
        self._reason_timer = QTimer(self)
        self._reason_timer.setSingleShot(True)
        self._reason_timer.timeout.connect(self._forget_reason)
        self.bar = CineBar(theme, parent)
        self.bar.hide()
        self.bar.play_pressed.connect(playback.toggle)
        self.bar.frame_chosen.connect(self.seek_wanted)
        self.bar.pressed.connect(self.do)
        playback.told.connect(self.tell)
        in_step.changed.connect(self.tell)

    def show(self, info: Timed) -> None:
        """That plays now."""
        self._info = info
        self.bar.setVisible(not info.is_still)
        last = info.frame_count - 1
        self.bar.set_range(info.frame_count, self._imaging.frame_of(last, info.frame_count))

    def clear(self) -> None:
        """Nothing plays."""
        self._info = None
        self._forget_reason()
        self.bar.hide()

    @property
    def played(self) -> str:
        """What is played where that is not everything, or why the last key did nothing."""
        player, info = self._playback.player, self._info
        if info is None or player is None:
            return ""
        return self._reason or self.words.played(info, player.marks, self._playback.cycle)

    def acts(self) -> dict[str, Callable[[], None]]:
        """How it plays, by the names of the table of shortcuts; nothing for a still picture."""
        playback = self._playback
        if self._info is None or self._info.is_still:
            return {}
        return {
            "clip.slower": lambda: playback.change_speed(-1),
            "clip.faster": lambda: playback.change_speed(1),
            "clip.own_pace": lambda: playback.change_speed(0),
            "clip.sweep": playback.turn_mode,
            "clip.mark_first": playback.mark_first,
            "clip.mark_last": playback.mark_last,
            "clip.cycle": self._play_cycle,
            "clip.whole": self._play_whole,
            "clip.in_step": lambda: self._in_step.turn(playback),
        }

    def do(self, action: str) -> None:
        """What a button of the bar does; after the fastest the slowest comes."""
        player = self._playback.player
        if action == "clip.faster" and player is not None and player.speed == SPEEDS[-1]:
            self._playback.change_speed(-len(SPEEDS))
        else:
            self.acts()[action]()

    def tell(self) -> None:
        """Says where it stands and how it plays."""
        player, info = self._playback.player, self._info
        if player is None or info is None:
            return
        index, words = player.index, self.words
        frame = self._imaging.frame_of(index, info.frame_count)
        self.bar.show_frame(index, frame, playing=player.is_playing)
        self.bar.show_ways(player.mode, player.speed, words.speed(player.speed))
        marked = player.marks != (0, info.frame_count - 1)
        self.bar.slider.show_marks(player.marks if marked else None)
        self.bar.show_cycle(lit=self._playback.cycle is not None)
        self.bar.show_step(is_possible=self._in_step.is_possible, is_on=self._in_step.is_on)
        dropped = self._imaging.dropped(player.dropped_lately)
        pace = words.pace(player.speed, player.stride)
        parts = [part for part in (self._imaging.rate(info), pace, dropped) if part]
        self.bar.show_rate(", ".join(parts), words.short_rate(info, player.dropped_lately))
        self.told.emit()

    def _together(self) -> list[CinePlayback]:
        """This one, and those in step with it."""
        others = self._in_step.clips if self._playback.in_step else []
        return [self._playback, *(one for one in others if one is not self._playback)]

    def _play_whole(self) -> None:
        for one in self._together():
            one.mark_whole()

    def _play_cycle(self) -> None:
        """Each its own; where none is known here, that is said instead."""
        found = [one.mark_cycle() for one in self._together()]
        if not found[0]:
            self._reason = self.words.no_cycle()
            self._reason_timer.start(_REASON_MS)
            self.told.emit()

    def _forget_reason(self) -> None:
        self._reason_timer.stop()
        self._reason = ""
        self.told.emit()
