"""An ECG on calibrated paper: layouts, speed, gain, filters, zoom, scrolling through time."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QScreen, QShowEvent, QWindow
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backend_client.models.evidence import EcgPlace
from workstation.core.findings import Finding
from workstation.studies.ecg import EcgRecord
from workstation.studies.measure.ecg.filters import TraceFilter, filter_of
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.arrangement import EcgLayout, has_columns
from workstation.ui.viewers.ecg.beat.panel import BeatPanel
from workstation.ui.viewers.ecg.beat.place import BeatPlace
from workstation.ui.viewers.ecg.calibrations import ScreenCalibrations
from workstation.ui.viewers.ecg.card_dialog import CardDialog
from workstation.ui.viewers.ecg.choice_keys import CHANGES, Change, stepped_zoom, with_layout
from workstation.ui.viewers.ecg.choices import EcgChoices
from workstation.ui.viewers.ecg.filter_menu import FilterMenu
from workstation.ui.viewers.ecg.header import EcgHeader
from workstation.ui.viewers.ecg.measurements import EcgMeasurements
from workstation.ui.viewers.ecg.measuring import EcgMeasuring
from workstation.ui.viewers.ecg.paper import ScreenCalibration
from workstation.ui.viewers.ecg.print_desk import PrintDesk
from workstation.ui.viewers.ecg.printed import PrintedPatient, Shown
from workstation.ui.viewers.ecg.recording_menu import RecordingMenu
from workstation.ui.viewers.ecg.recordings import Recordings
from workstation.ui.viewers.ecg.sheet import EcgSheet
from workstation.ui.viewers.ecg.words import EcgWords, HeaderField

__all__ = ["EcgChoices", "EcgView"]


class EcgView(QWidget):
    """The trace with its header. `choices_changed` when the doctor changed how it is shown."""

    choices_changed = Signal()
    recording_changed = Signal()
    """Another recording of the file is shown."""

    def __init__(
        self,
        theme: Theme,
        calibration: ScreenCalibration,
        parent: QWidget | None = None,
        *,
        screens: ScreenCalibrations | None = None,
    ) -> None:
        """`calibration` holds as long as `screens` knows nothing of the view's screen."""
        super().__init__(parent)
        self._theme, self._given = theme, calibration
        self.words = EcgWords(self)
        self.header = EcgHeader(theme, self)
        self.sheet = EcgSheet(theme, self.words, calibration, self)
        self.measuring = EcgMeasuring(theme, self, self)
        self.beat = BeatPanel(theme, self.measuring.measurements, calibration, self)
        self._tasks: TaskScope | None = None
        self.screens = screens or ScreenCalibrations(self)
        self.patient = PrintedPatient()
        """Whose request it is, for the print."""
        self.print_desk = PrintDesk(theme, self.words, self)
        self._notice = HeaderField("")
        self._choices = EcgChoices()
        self._recordings: Recordings | None = None
        self._window: QWindow | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.header)
        place = BeatPlace(theme, self.sheet, self.beat, self.header)
        place.front_changed.connect(self.setFocusProxy)
        box.addWidget(place, 1)
        self.setFocusProxy(self.sheet)
        self.header.pressed.connect(self._pressed)
        self.sheet.page_changed.connect(self._tell_header)
        self.sheet.zoom_wanted.connect(self._step_zoom)
        self.screens.changed.connect(self._take_calibration)
        self.print_desk.told.connect(self.tell)

    @property
    def choices(self) -> EcgChoices:
        """How the trace is shown now."""
        return self._choices

    def choose(self, choices: EcgChoices) -> None:
        """Shows the trace so."""
        self._choices = choices
        self._apply()

    def show_record(
        self, record: EcgRecord | None, tasks: TaskScope | None = None, *, offset_s: float = 0.0
    ) -> None:
        """Shows another record from its beginning, as it was recorded; None clears the paper.

        `tasks`: what is studied of it beside the window, as long as the file is open; `offset_s`:
        where it begins in a longer record of which it is a window.
        """
        self._tasks = tasks
        if record is None:
            self.measuring.forget()
        self._recordings = Recordings(record) if record is not None else None
        self._choices = replace(self._choices, filter=TraceFilter())
        self._notice = HeaderField("")
        self.sheet.show_record(record, offset_s=offset_s)
        self._apply()

    @property
    def measurements(self) -> EcgMeasurements:
        """What was measured on the ECG that is shown; the same object for every ECG."""
        return self.measuring.measurements

    def finding(self) -> Finding | None:
        """What goes into the conclusion: the chosen measurement, else the strip looked at."""
        if self.sheet.isHidden() and self.measurements.chosen is None:
            return None  # no strip is looked at: the averaged beat stands in its place
        return self.measuring.finding()

    def show_place(self, place: EcgPlace) -> bool:
        """Brings that lead and second into sight and marks it for a moment."""
        if self.sheet.record is not None and self.sheet.record.name != place.recording:
            self.turn_to_recording(place.recording)
        if not self.beat.holds(place):
            return self.measuring.show_place(place)
        self.choose_filter(filter_of(place.filter) or self._choices.filter)
        self.beat.show_place(place)
        return True

    @property
    def recordings(self) -> Recordings | None:
        """The recordings of the file; None while the paper is empty."""
        return self._recordings

    def turn_to(self, place: int) -> None:
        """Shows another recording of the file; beyond the last comes the first."""
        recordings = self._recordings
        if recordings is None or place % len(recordings.all) == recordings.shown:
            return
        self.sheet.show_record(recordings.turn(place))
        self._apply()
        self.recording_changed.emit()

    def turn_to_recording(self, name: str) -> bool:
        """Shows the recording of that name; False where the file has none."""
        place = self._recordings.place_of(name) if self._recordings is not None else None
        if place is not None:
            self.turn_to(place)
        return place is not None

    def next_recording(self) -> None:
        """The next one of the file's recordings, and round again."""
        if self._recordings is not None:
            self.turn_to(self._recordings.shown + 1)

    def measure_screen(self) -> None:
        """Opens the page on which a bank card is laid."""
        CardDialog(self._theme, self.screens, self.window()).open()

    def shown(self) -> Shown | None:
        """The page as it is printed; None while the paper is empty."""
        sight = self.sheet.sight
        if sight is None:
            return None
        return Shown(
            sight.record,
            self.sheet.page_of(sight.record),
            self.sheet.layout_now,
            sight.chosen_filter,
            self._recording_words(),
            self.patient,
            sight.offset_s,
            self.measuring.measurements.lines,
        )

    def print_page(self) -> None:
        """Offers to print what is shown, or to keep it as PDF."""
        shown = self.shown()
        if shown is not None and self._tasks is not None:
            self.print_desk.offer(shown, self._under("print"), self._tasks)

    def showEvent(self, event: QShowEvent) -> None:
        window = self.window().windowHandle()
        if window is not None and window is not self._window:
            self._window = window
            window.screenChanged.connect(self._screen_changed)
        self._take_calibration()

    def _screen_changed(self, screen: QScreen) -> None:
        """Another screen has other pixels."""
        self._given = ScreenCalibration.from_screen(screen)
        self._take_calibration()

    def _take_calibration(self) -> None:
        found = self.screens.of(self.screen())
        self.sheet.calibrate(found if found.calibrated else self._given)
        self.beat.paper.calibrate(self.sheet.calibration)

    def key_actions(self) -> dict[str, Callable[[], None]]:
        """What keys do here, by the names of the table of shortcuts."""
        keys: dict[str, Callable[[], None]] = {
            "ecg.beat": self.beat.toggle,
            "ecg.recording": self.next_recording,
            "ecg.beginning": partial(self.sheet.go_to, 0.0),
            "ecg.end": self.sheet.go_to_end,
            "ecg.calibrate": self.measure_screen,
            "ecg.print": self.print_page,
            "view.zoom_in": partial(self._step_zoom, 1),
            "view.zoom_out": partial(self._step_zoom, -1),
            "clip.next_frame": partial(self.sheet.scroll_time, 1.0),
            "clip.previous_frame": partial(self.sheet.scroll_time, -1.0),
        }
        keys |= {f"ecg.layout_{n.value}": partial(self.choose_layout, n) for n in EcgLayout}
        keys |= {action: partial(self._change, by) for action, by in CHANGES.items()}
        return keys | self.measuring.key_actions()

    def choose_layout(self, layout: EcgLayout) -> None:
        """Arranges the leads so."""
        self._change(lambda choices: with_layout(choices, layout))

    def choose_filter(self, chosen: TraceFilter) -> None:
        """Paints the trace through that filter."""
        self._change(lambda choices: replace(choices, filter=chosen))

    def _change(self, by: Change) -> None:
        self._choices = by(self._choices)
        self._notice = HeaderField("")
        self._apply()
        self.choices_changed.emit()

    def _step_zoom(self, steps: int) -> None:
        zoom = stepped_zoom(self.sheet.zoom, steps)
        self._change(lambda choices: replace(choices, zoom=zoom))

    def _apply(self) -> None:
        record, chosen = self.sheet.record, self._choices.filter
        self.beat.follow(record, chosen, self._tasks, self.sheet.offset_s)
        if record is None:
            self.header.show_fields([], [], dict)
            self.sheet.viewport().update()
            return
        self.sheet.arrange(self._choices)

    def _recording_words(self) -> str:
        """Which of several recordings is shown; "" where there is one."""
        many = self._recordings
        if many is None or len(many.all) < 2:
            return ""
        return self.words.one_of(many.shown + 1, len(many.all), many.present)

    def tell(self, text: str, is_bad: bool) -> None:
        """A line of the header, until something else is done."""
        self._notice = HeaderField(text, strong=True, warn=is_bad)
        self._tell_header()

    def _tell_header(self) -> None:
        record, page, sheet = self.sheet.record, self.sheet.page, self.sheet
        if record is None or page is None:
            return
        left = self.words.fields(
            record,
            page,
            sheet.calibration,
            sheet.zoom,
            self._choices.filter,
            recording=self._recording_words(),
            offset_s=sheet.offset_s,
        )
        if self._notice.text:
            left.insert(1, self._notice)
        self.header.show_fields(left, self._right_fields(record), self.words.hints)

    def _right_fields(self, record: EcgRecord) -> list[HeaderField]:
        layout = self.sheet.layout_now
        page = self.sheet.page
        fields = [HeaderField(self.words.layout_of(record, layout), key="layout")]
        if page is not None and has_columns(record, layout):
            text = self.words.columns(simultaneous=page.simultaneous)
            fields.append(HeaderField(text, needed=page.simultaneous, key="columns"))
        fields.append(HeaderField(self.tr("layouts 1–6"), needed=False, key="layout"))
        fields.append(HeaderField(self.tr("averaged beat"), needed=False, key="beat"))
        fields.append(HeaderField(self.tr("print"), needed=False, key="print"))
        return fields

    def _pressed(self, key: str) -> None:
        if key == "filter":
            self._open_filters()
        elif key == "recording" and self._recordings is not None:
            menu = RecordingMenu(self.words, self._recordings, self.turn_to, self)
            menu.popup(self._under(key))
        elif key == "layout":
            self.choose_layout(EcgLayout(self.sheet.layout_now % len(EcgLayout) + 1))
        elif key == "scale":
            self.measure_screen()
        else:
            self.key_actions()[f"ecg.{key}"]()

    def _open_filters(self) -> None:
        menu = FilterMenu(self.words, self._choices.filter, self.choose_filter, self)
        menu.popup(self._under("filter"))

    def _under(self, key: str) -> QPoint:
        """Where the menu of a field of the header opens."""
        return self.header.mapToGlobal(self.header.box_of(key).bottomLeft().toPoint())
