"""Measuring on an open ECG: calipers, their keys and menu, and what goes into the conclusion."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent

from backend_client.models.evidence import EcgPlace, Origin
from workstation.core.findings import Finding
from workstation.studies.measure.ecg.measured import Quantity
from workstation.studies.measure.ecg.placed_caliper import CYCLIC, NAME_LENGTH
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.caliper_menu import KIND_ACTIONS, caliper_menu
from workstation.ui.viewers.ecg.caliper_qtc import CaliperQtc
from workstation.ui.viewers.ecg.caliper_sight import rhythm_strip
from workstation.ui.viewers.ecg.caliper_tool import CaliperMode, CaliperTool
from workstation.ui.viewers.ecg.layout import Strip
from workstation.ui.viewers.ecg.measured_words import MeasuredWords
from workstation.ui.viewers.ecg.measurements import EcgMeasurements
from workstation.ui.viewers.ecg.place_seeker import Seekable, seek
from workstation.ui.viewers.ecg.sheet_tool import SheetSight

_MARKED_MS = 2500
_FAR = 10

Acts = dict[str, Callable[[], None]]


class EcgMeasuring(QObject):
    """`changed` when keys do other things than before: the tool, the chosen caliper."""

    changed = Signal()

    def __init__(self, theme: Theme, view: Seekable, parent: QObject) -> None:
        super().__init__(parent)
        sheet = view.sheet
        self._view, self._sheet = view, sheet
        self.words = MeasuredWords(self)
        self.measurements = EcgMeasurements(self)
        self._qtc = CaliperQtc(self.measurements, self)
        self.tool = CaliperTool(theme, self.words, self.measurements, lambda: sheet.sight, self)
        self._looked_at: QPointF | None = None
        self._mark_timer = QTimer(self)
        self._mark_timer.setSingleShot(True)
        self._mark_timer.timeout.connect(lambda: self.tool.mark(None))
        sheet.take_tool(self.tool)
        sheet.installEventFilter(self)
        sheet.viewport().installEventFilter(self)
        self.tool.changed.connect(sheet.viewport().update)
        self.tool.changed.connect(self._tell)
        self._told: object = None

    @property
    def is_in_hand(self) -> bool:
        """Whether a drag on the trace draws a caliper."""
        return self.tool.mode is not None

    def toggle(self) -> None:
        """Takes the calipers for time, or puts away those that are in hand."""
        if self.is_in_hand:
            self.tool.put_away()
        else:
            self.tool.take(CaliperMode.TIME)

    def forget(self) -> None:
        """Another record is shown, or none."""
        self.tool.drop()
        self.tool.mark(None)
        self.measurements.clear()
        self._looked_at = None

    def put_away(self) -> bool:
        """Lets go of the tool; whether there was anything to let go of."""
        return self.tool.put_away()

    def key_actions(self) -> Acts:
        """What keys do now, by the names of the table of shortcuts."""
        if self._sheet.record is None:
            return {}
        acts: Acts = {
            "caliper.time": lambda: self.tool.take(CaliperMode.TIME),
            "caliper.amplitude": lambda: self.tool.take(CaliperMode.AMPLITUDE),
        }
        if self.measurements.lines:
            acts["caliper.next"] = lambda: self._choose_next(1)
            acts["caliper.previous"] = lambda: self._choose_next(-1)
        if self.tool.mode is CaliperMode.TIME and self.tool.chosen is None:
            acts |= self._kinds()
        return acts | self._acts_on_line() | self._acts_on_caliper()

    def finding(self) -> Finding | None:
        """The chosen measurement, else the strip that is looked at.

        None where the chosen one is only proposed, or its value is unknown.
        """
        line = self.measurements.chosen
        if line is None:
            return self._strip_finding()
        measured = line.measured
        if line.is_proposed or measured.value is None:
            return None
        return Finding(self.words.finding(measured), measured.place, measured.origin)

    def show_place(self, place: EcgPlace) -> bool:
        """Brings lead and seconds into sight and marks them for a moment."""
        if not seek(self._view, place):
            return False
        self.tool.mark(place)
        self._mark_timer.start(_MARKED_MS)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._tabbed(event)
        if kind is QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._looked_at = event.position()
        elif kind is QEvent.Type.Leave:
            self._looked_at = None
        elif kind is QEvent.Type.MouseButtonDblClick and isinstance(event, QMouseEvent):
            return watched is not self._sheet and self._pressed_again(event)
        elif kind is QEvent.Type.ContextMenu and isinstance(event, QContextMenuEvent):
            return watched is not self._sheet and self._open_menu(event)
        return False

    def _tell(self) -> None:
        """Every move of the mouse changes the tool; few change what keys do."""
        chosen = self.tool.chosen
        now = (self.tool.mode, self.tool.kind, chosen.quantity if chosen is not None else None)
        if now != self._told:
            self._told = now
            self.changed.emit()

    def _acts_on_line(self) -> Acts:
        """What can be done with the chosen measurement, wherever it was made."""
        line, list_ = self.measurements.chosen, self.measurements
        if line is None:
            return {}
        acts: Acts = {"caliper.remove": lambda: list_.remove(line.id)}
        if line.is_proposed:
            acts["caliper.confirm"] = lambda: list_.confirm(line.id)
        return acts

    def _acts_on_caliper(self) -> Acts:
        tool, chosen = self.tool, self.tool.chosen
        if chosen is None:
            return {}
        acts: Acts = {}
        if tool.mode is not None:
            acts |= {
                "clip.next_frame": lambda: tool.step(1),
                "clip.previous_frame": lambda: tool.step(-1),
                "caliper.far_on": lambda: tool.step(_FAR),
                "caliper.far_back": lambda: tool.step(-_FAR),
            }
        if not chosen.is_amplitude:
            acts |= self._kinds() | {"caliper.march": tool.march}
        if chosen.quantity in CYCLIC:
            acts["caliper.more_cycles"] = lambda: tool.add_cycles(1)
            acts["caliper.fewer_cycles"] = lambda: tool.add_cycles(-1)
        return acts

    def _kinds(self) -> Acts:
        def choose(quantity: Quantity) -> Callable[[], None]:
            return lambda: self.tool.choose_kind(quantity)

        return {action: choose(quantity) for quantity, action in KIND_ACTIONS.items()}

    def _choose_next(self, steps: int) -> None:
        """The next one comes into sight with it."""
        self.measurements.choose_next(steps)
        line = self.measurements.chosen
        if line is not None:
            seek(self._view, line.measured.place)

    def _tabbed(self, event: QKeyEvent) -> bool:
        """Tab goes to the caliper's other end while the keys move one; else on, as everywhere."""
        is_moving = self.tool.mode is not None and self.tool.chosen is not None
        if event.key() != Qt.Key.Key_Tab or event.modifiers() or not is_moving:
            return False
        self.tool.turn_end()
        return True

    def _pressed_again(self, event: QMouseEvent) -> bool:
        """The second of two quick presses comes as a double click: a drag may begin with it."""
        sight, left = self._sheet.sight, event.button() is Qt.MouseButton.LeftButton
        return (
            left
            and sight is not None
            and self.tool.press(sight, event.position(), event.modifiers())
        )

    def _open_menu(self, event: QContextMenuEvent) -> bool:
        sight = self._sheet.sight
        line = self.tool.line_at(sight, QPointF(event.pos())) if sight is not None else None
        if line is None:
            return False
        self.measurements.choose(line.id)
        menu = caliper_menu(self.key_actions(), self._sheet)
        menu.popup(event.globalPos())
        return True

    def _strip_finding(self) -> Finding | None:
        sight = self._sheet.sight
        strip = self._strip_looked_at(sight) if sight is not None else None
        if sight is None or strip is None:
            return None
        start, stop = self._seen_of(sight, strip)
        place = EcgPlace(
            recording=sight.record.name[:NAME_LENGTH],
            lead=strip.ref.name[:NAME_LENGTH],
            start_s=sight.offset_s + start,
            stop_s=sight.offset_s + stop,
            filter=sight.chosen_filter.code,
        )
        is_calibrated = strip.placement is not None and strip.placement.calibrated
        gain = sight.page.gain if is_calibrated else None
        return Finding(self.words.strip(place, sight.page.speed, gain), place, Origin.BY_HAND)

    def _strip_looked_at(self, sight: SheetSight) -> Strip | None:
        """Under the mouse, else the longest of the rhythm lead."""
        spot = sight.spot(self._looked_at) if self._looked_at is not None else None
        if spot is not None:
            return spot.strip
        return rhythm_strip(sight)

    def _seen_of(self, sight: SheetSight, strip: Strip) -> tuple[float, float]:
        """The seconds of the strip that are on screen; all of it where none is."""
        px_per_s = sight.page.speed * sight.px_per_mm
        zero = sight.point(strip, strip.start_s, 0.0).x()
        end = strip.start_s + strip.duration_s
        first = max(strip.start_s, strip.start_s - zero / px_per_s)
        last = min(end, strip.start_s + (self._sheet.viewport().width() - zero) / px_per_s)
        return (first, last) if first < last else (strip.start_s, end)
