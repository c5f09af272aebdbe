"""Paper for a long ECG: a couple of minutes of it as an ordinary record, changed as one goes on."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QWheelEvent

from backend_client.models.evidence import EcgPlace
from workstation.ui.viewers.ecg.long.model import LongModel
from workstation.ui.viewers.ecg.view import EcgView

PART_S: Final = 120.0
_MARGIN_S: Final = 10.0
"""So near to the end of the part another one is taken: filters reach so far."""


class PaperPart(QObject):
    """Keeps the paper at the model's seconds, and the model at the paper's."""

    def __init__(self, paper: EcgView, model: LongModel, parent: QObject) -> None:
        super().__init__(parent)
        self._paper, self._model = paper, model
        self._start_s, self._stop_s = 0.0, 0.0
        self._is_told = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._follow)
        model.moved.connect(self._follow)
        paper.sheet.page_changed.connect(self._tell)
        paper.sheet.horizontalScrollBar().valueChanged.connect(self._tell)
        paper.sheet.edge_reached.connect(self._go_on)
        paper.sheet.viewport().installEventFilter(self)

    def forget(self) -> None:
        """The recording is closed."""
        self._soon.stop()
        self._start_s = self._stop_s = 0.0
        self._paper.show_record(None)

    def show_place(self, place: EcgPlace) -> bool:
        """Brings a place of the whole recording into sight and marks it."""
        ecg = self._model.ecg
        if ecg is None or not 0 <= place.start_s <= place.stop_s <= ecg.duration_s:
            return False
        self._model.to_paper(place.start_s)
        if not self._holds(place.start_s, place.stop_s):
            self._take((place.start_s + place.stop_s) / 2, place.stop_s - place.start_s)
        return self._paper.show_place(place)

    def show_beat(self, place: EcgPlace) -> bool:
        """Brings the part whose beats were averaged, and what was measured on their average."""
        ecg = self._model.ecg
        if ecg is None or not 0 <= place.beats_from_s < ecg.duration_s:
            return False
        if self._start_s != place.beats_from_s:
            self._take(place.beats_from_s + PART_S / 2, 0.0)
        # Not at its edge, where another part would be taken.
        self._paper.sheet.go_to(2 * _MARGIN_S)
        self._model.to_paper(place.beats_from_s + 2 * _MARGIN_S)
        return self._paper.show_place(place)

    def zoom_out(self) -> None:
        """Gives up the paper's own zoom, and without one the paper."""
        if self._paper.choices.zoom is None:
            self._model.leave_paper()
        else:
            self._paper.key_actions()["view.fit"]()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QWheelEvent) or self._model.ecg is None:
            return False
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if held and event.angleDelta().y() < 0:
            self.zoom_out()
            return True
        return False

    def _follow(self) -> None:
        """Other seconds are wanted: the paper turns to them, on another part where need be."""
        model = self._model
        if not model.is_paper or self._is_told or model.ecg is None:
            return
        stop = model.start_s + self._page_s
        if not self._holds(model.start_s, stop):
            self._take((model.start_s + stop) / 2, stop - model.start_s)
        self._paper.sheet.go_to(model.start_s - self._paper.sheet.offset_s)

    def _tell(self) -> None:
        """The paper shows other seconds."""
        sheet, model = self._paper.sheet, self._model
        page = sheet.page
        if page is None or not model.is_paper or self._is_told:
            return
        scrolled = sheet.horizontalScrollBar().value() / sheet.px_per_mm / page.speed
        self._is_told = True
        model.look_at(sheet.offset_s + page.start_s + scrolled, min(page.duration_s, self._seen_s))
        self._is_told = False
        if not self._holds(model.start_s, model.start_s + page.duration_s):
            self._soon.start()  # not now: the paper is in the middle of turning

    def _go_on(self, seconds: float) -> None:
        """Beyond the end of the part."""
        page = self._paper.sheet.page
        if page is not None and self._model.is_paper:
            self._model.move(seconds)

    def _holds(self, start_s: float, stop_s: float) -> bool:
        """Whether the part has these seconds, and what filters need around them."""
        ecg = self._model.ecg
        if ecg is None or self._paper.sheet.record is None:
            return False
        first, last = max(0.0, start_s - _MARGIN_S), min(ecg.duration_s, stop_s + _MARGIN_S)
        return self._start_s <= first + 1e-6 and last <= self._stop_s + 1e-6

    def _take(self, middle_s: float, length_s: float) -> None:
        """Another part around these seconds, shown as the one before."""
        ecg = self._model.ecg
        if ecg is None:
            return
        half = max(PART_S, length_s + 4 * _MARGIN_S) / 2
        start = max(0.0, min(middle_s - half, ecg.duration_s - 2 * half))
        part = ecg.part(start, min(start + 2 * half, ecg.duration_s))
        self._start_s = part.starts_s
        self._stop_s = part.starts_s + part.record.duration_s
        choices = self._paper.choices
        self._is_told = True
        self._paper.show_record(part.record, self._model.tasks, offset_s=part.starts_s)
        self._paper.choose(choices)
        self._is_told = False

    @property
    def _page_s(self) -> float:
        page = self._paper.sheet.page
        return page.duration_s if page is not None else 10.0

    @property
    def _seen_s(self) -> float:
        """Seconds for which the paper has room."""
        sheet, page = self._paper.sheet, self._paper.sheet.page
        return sheet.viewport().width() / sheet.px_per_mm / page.speed if page is not None else 10.0
