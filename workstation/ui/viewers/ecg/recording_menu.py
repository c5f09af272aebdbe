"""The menu of a file's recordings, by their names; the one that is shown is marked."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from workstation.ui.shortcuts import key_label
from workstation.ui.viewers.ecg.recordings import Recordings
from workstation.ui.viewers.ecg.words import EcgWords


class RecordingMenu(QMenu):
    """Made anew each time, gone when it closes. `turn` gets the place of the chosen one."""

    def __init__(
        self,
        words: EcgWords,
        recordings: Recordings,
        turn: Callable[[int], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("ecg.recordingMenu")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        following = (recordings.shown + 1) % len(recordings.all)
        for place, recording in enumerate(recordings.all):
            # A tab would begin the column of keys, an ampersand is Qt's mark of one.
            text = words.recording_line(recording).replace("\t", " ").replace("&", "&&")
            key = f"\t{key_label('ecg.recording')}" if place == following else ""
            entry = self.addAction(text + key)
            entry.setCheckable(True)
            entry.setChecked(place == recordings.shown)
            entry.triggered.connect(lambda _=False, place=place: turn(place))
