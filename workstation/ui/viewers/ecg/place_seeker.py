"""Leads to a place of an ECG: turns the page, and the layout where need be, until it is seen."""

from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QRectF

from backend_client.models.evidence import EcgPlace
from workstation.studies.measure.ecg.filters import filter_of
from workstation.studies.measure.ecg.placed_caliper import NAME_LENGTH
from workstation.ui.viewers.ecg.arrangement import EcgLayout
from workstation.ui.viewers.ecg.caliper_shape import strip_room
from workstation.ui.viewers.ecg.choices import EcgChoices
from workstation.ui.viewers.ecg.layout import Strip
from workstation.ui.viewers.ecg.sheet import EcgSheet
from workstation.ui.viewers.ecg.sheet_tool import SheetSight

_FURTHER_LAYOUTS = (EcgLayout.SIX_BY_TWO, EcgLayout.TWELVE_BY_ONE)
_BESIDE_PX = 60
_AT_EDGE_S = 0.005


class Seekable(Protocol):
    """The view, as the seeker knows it."""

    sheet: EcgSheet

    @property
    def choices(self) -> EcgChoices:
        """How the trace is shown."""

    def choose(self, choices: EcgChoices) -> None:
        """Shows the trace so."""


def seek(view: Seekable, place: EcgPlace) -> bool:
    """Brings lead and seconds into sight through the filter that the place names.

    False, and nothing changes, where the record has not that lead, recording or second.
    """
    if not _is_on_record(view.sheet, place):
        return False
    before = view.choices
    chosen = replace(before, filter=filter_of(place.filter) or before.filter)
    if chosen != before:
        view.choose(chosen)
    for layout in (None, *_FURTHER_LAYOUTS):
        if layout is not None:
            view.choose(replace(chosen, layout=layout))
        if _turned_to(view.sheet, place):
            _scroll_to(view.sheet, place)
            return True
    view.choose(before)
    return False


def boxes_of(sight: SheetSight, place: EcgPlace) -> list[QRectF]:
    """Where the stretch is seen: on each strip of its lead, or of all leads."""
    boxes = []
    for strip in _strips_of(sight, place):
        start, stop = _within(strip, *_seconds(sight.offset_s, place))
        left, right = (sight.point(strip, at, 0.0).x() for at in (start, stop))
        room = strip_room(sight, strip)
        boxes.append(QRectF(left, room.top(), max(2.0, right - left), room.height()))
    return boxes


def _is_on_record(sheet: EcgSheet, place: EcgPlace) -> bool:
    record = sheet.record
    if record is None or place.median_beat or place.recording != record.name[:NAME_LENGTH]:
        return False
    names = {lead.name[:NAME_LENGTH] for lead in record.leads}
    start, stop = _seconds(sheet.offset_s, place)
    return (place.lead in names or not place.lead) and start >= 0 and stop <= record.duration_s


def _turned_to(sheet: EcgSheet, place: EcgPlace) -> bool:
    """Turns the page until a strip holds the whole stretch, or as much of it as it can."""
    if _is_seen(sheet, place):
        return True
    page = sheet.page
    start, stop = _seconds(sheet.offset_s, place)
    for strip in page.strips if page is not None else ():
        if place.lead in ("", strip.ref.name[:NAME_LENGTH]) and page is not None:
            wanted = page.start_s + (start + stop) / 2 - (strip.start_s + strip.duration_s / 2)
            sheet.turn_page(wanted - (sheet.page or page).start_s)
            if _is_seen(sheet, place):
                return True
    return False


def _is_seen(sheet: EcgSheet, place: EcgPlace) -> bool:
    sight = sheet.sight
    if sight is None:
        return False
    start, stop = _seconds(sight.offset_s, place)
    for strip in _strips_of(sight, place):
        first, last = _within(strip, start, stop)
        if last - first >= min(stop - start, strip.duration_s) - _AT_EDGE_S:
            return True
    return False


def _strips_of(sight: SheetSight, place: EcgPlace) -> list[Strip]:
    start, stop = _seconds(sight.offset_s, place)
    return [
        strip
        for strip in sight.page.strips
        if strip.lead is not None
        and place.lead in ("", strip.ref.name[:NAME_LENGTH])
        and start <= strip.start_s + strip.duration_s
        and stop >= strip.start_s
    ]


def _scroll_to(sheet: EcgSheet, place: EcgPlace) -> None:
    """Brings the widest box of the stretch into the viewport."""
    sight = sheet.sight
    boxes = boxes_of(sight, place) if sight is not None else []
    if not boxes:
        return
    box = max(boxes, key=QRectF.width)
    room = sheet.viewport().size()
    for bar, low, high, size in (
        (sheet.horizontalScrollBar(), box.left(), box.right(), room.width()),
        (sheet.verticalScrollBar(), box.top(), box.bottom(), room.height()),
    ):
        if low < 0 or low > size:
            bar.setValue(bar.value() + round(low) - _BESIDE_PX)
        elif high > size:
            bar.setValue(bar.value() + round(min(high - size + _BESIDE_PX, low)))


def _seconds(offset_s: float, place: EcgPlace) -> tuple[float, float]:
    """From, to, from the beginning of the record that is shown."""
    start, stop = sorted((place.start_s - offset_s, place.stop_s - offset_s))
    return start, stop


def _within(strip: Strip, start: float, stop: float) -> tuple[float, float]:
    end = strip.start_s + strip.duration_s
    return min(max(start, strip.start_s), end), min(max(stop, strip.start_s), end)
