"""An ECG on calibrated paper: layouts, speed, gain, zoom, scrolling through time."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QScreen, QShowEvent, QWindow
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.studies.ecg import EcgRecord
from workstation.ui.shortcuts import key_label
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg_header import EcgHeader
from workstation.ui.viewers.ecg_layout import (
    GAINS_MM_MV,
    SPEEDS_MM_S,
    EcgLayout,
)
from workstation.ui.viewers.ecg_paper import ScreenCalibration
from workstation.ui.viewers.ecg_sheet import EcgSheet
from workstation.ui.viewers.ecg_words import EcgWords, HeaderField

ZOOMS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0)


@dataclass(frozen=True, slots=True)
class EcgChoices:
    """What the doctor chose. `layout` None: by the record and the room; `zoom` None: it fits."""

    layout: EcgLayout | None = None
    speed: float = 25.0
    gain: float = 10.0
    zoom: float | None = None


class EcgView(QWidget):
    """The trace with its header. `choices_changed` when the doctor changed how it is shown."""

    choices_changed = Signal()

    def __init__(
        self, theme: Theme, calibration: ScreenCalibration, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.words = EcgWords(self)
        self.header = EcgHeader(theme, self)
        self.sheet = EcgSheet(theme, self.words, calibration, self)
        self._choices = EcgChoices()
        self._window: QWindow | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.header)
        box.addWidget(self.sheet, 1)
        self.setFocusProxy(self.sheet)
        self.header.pressed.connect(self._pressed)
        self.sheet.page_changed.connect(self._tell_header)
        self.sheet.zoom_wanted.connect(self._step_zoom)

    @property
    def choices(self) -> EcgChoices:
        """How the trace is shown now."""
        return self._choices

    def choose(self, choices: EcgChoices) -> None:
        """Shows the trace so."""
        self._choices = choices
        self._apply()

    def show_record(self, record: EcgRecord | None) -> None:
        """Shows another record from its beginning; None clears the paper."""
        self.sheet.show_record(record)
        self._apply()

    def showEvent(self, event: QShowEvent) -> None:
        window = self.window().windowHandle()
        if window is not None and window is not self._window:
            self._window = window
            window.screenChanged.connect(self._screen_changed)

    def _screen_changed(self, screen: QScreen) -> None:
        """Another screen has other pixels; a measured one is not overruled."""
        if not self.sheet.calibration.calibrated:
            self.sheet.calibrate(ScreenCalibration.from_screen(screen))

    def key_actions(self) -> dict[str, Callable[[], None]]:
        """What keys do here, by the names of the table of shortcuts."""
        layouts = {f"ecg.layout_{n.value}": self._chooser(n) for n in EcgLayout}
        return layouts | {
            "ecg.speed": self.next_speed,
            "ecg.gain": self.next_gain,
            "ecg.true_size": lambda: self._change(zoom=1.0),
            "view.fit": lambda: self._change(zoom=None),
            "view.zoom_in": lambda: self._step_zoom(1),
            "view.zoom_out": lambda: self._step_zoom(-1),
            "clip.next_frame": lambda: self.sheet.scroll_time(1.0),
            "clip.previous_frame": lambda: self.sheet.scroll_time(-1.0),
        }

    def next_speed(self) -> None:
        """12.5, 25, 50 mm/s and round again."""
        self._change(speed=_following(SPEEDS_MM_S, self._choices.speed))

    def next_gain(self) -> None:
        """2.5, 5, 10, 20 mm/mV and round again."""
        self._change(gain=_following(GAINS_MM_MV, self._choices.gain))

    def choose_layout(self, layout: EcgLayout) -> None:
        """Arranges the leads so."""
        self._change(layout=layout)

    def _chooser(self, layout: EcgLayout) -> Callable[[], None]:
        return lambda: self.choose_layout(layout)

    def _change(self, **changes: object) -> None:
        self._choices = replace(self._choices, **changes)  # type: ignore[arg-type]  # own fields
        self._apply()
        self.choices_changed.emit()

    def _step_zoom(self, steps: int) -> None:
        present = self.sheet.zoom
        if steps > 0:
            zoom = min((z for z in ZOOMS if z > present + 0.01), default=ZOOMS[-1])
        else:
            zoom = max((z for z in ZOOMS if z < present - 0.01), default=ZOOMS[0])
        self._change(zoom=zoom)

    def _apply(self) -> None:
        record = self.sheet.record
        if record is None:
            self.header.show_fields([], [], {})
            self.sheet.viewport().update()
            return
        choices = self._choices
        self.sheet.arrange(choices.layout, choices.speed, choices.gain, choices.zoom)

    def _tell_header(self) -> None:
        record, page = self.sheet.record, self.sheet.page
        if record is None or page is None:
            return
        left = self.words.fields(record, page, self.sheet.calibration, self.sheet.zoom)
        right = [
            HeaderField(self.words.layout(self.sheet.layout_now), key="layout"),
            HeaderField(self.tr("layouts 1–5"), needed=False),
        ]
        hints = {
            "speed": self.tr("Paper speed ({})").format(key_label("ecg.speed")),
            "gain": self.tr("Gain ({})").format(key_label("ecg.gain")),
            "layout": self.tr("Layout of the leads (1–5)"),
        }
        self.header.show_fields(left, right, hints)

    def _pressed(self, key: str) -> None:
        if key == "speed":
            self.next_speed()
        elif key == "gain":
            self.next_gain()
        else:
            self.choose_layout(EcgLayout(self.sheet.layout_now % len(EcgLayout) + 1))


def _following(values: tuple[float, ...], present: float) -> float:
    """The next value, round and round; the first for one that is not in the list."""
    place = values.index(present) if present in values else -1
    return values[(place + 1) % len(values)]
