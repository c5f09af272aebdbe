"""A lead for the paper, at true millimetres: the measured stretch with what is around it."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from backend_client.models.evidence import EcgPlace
from workstation.core.conclusion import KEY_STRIP_MM, KeyStrip

if TYPE_CHECKING:
    from workstation.studies.ecg import EcgLead, EcgRecord
    from workstation.studies.long_ecg import LongEcg

_PACES: Final = (25.0, 12.5)
_GAINS: Final = (10.0, 5.0, 2.5)
_HEIGHT_MM: Final = 38.0
_AROUND_S: Final = 10.0
"""What filters need before and behind a stretch of a long recording."""
_AVERAGED_S: Final = 120.0
"""The part of a long recording whose beats are averaged, as the viewer takes it."""
_SHOWN_FIRST: Final = "II"
"""Of all leads together this one is drawn, where there is one."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """How much of a lead is drawn, and at which pace."""

    seconds: float
    mm_per_s: float
    is_wide: bool


def strip_of(record: "EcgRecord", number: int, place: EcgPlace, caption: str) -> KeyStrip | None:
    """The strip of a short recording, or of its averaged beat; None where it has no such lead in
    mV, or another program's filter. Takes some milliseconds."""
    shown = _recording(record, place.recording)
    if shown is None:
        return None
    if place.median_beat:
        return _of_beat(shown, number, place, caption)
    return _drawn(shown, number, place, caption, 0.0, shown.duration_s)


def strip_of_long(ecg: "LongEcg", number: int, place: EcgPlace, caption: str) -> KeyStrip | None:
    """As `strip_of`, of the part of a long recording around the place."""
    sheet = _sheet(place)
    if place.median_beat:
        part = _part(ecg, place.beats_from_s, place.beats_from_s + _AVERAGED_S)
        return None if part is None else _of_beat(part[0], number, place, caption)
    first, last = sorted((place.start_s, place.stop_s))
    room = sheet.seconds + _AROUND_S
    part = _part(ecg, first - room, min(last, first + sheet.seconds) + room)
    if part is None:
        return None
    record, begins = part
    return _drawn(record, number, place, caption, begins, ecg.duration_s)


def _part(ecg: "LongEcg", start: float, stop: float) -> "tuple[EcgRecord, float] | None":
    try:
        part = ecg.part(max(0.0, start), min(stop, ecg.duration_s))
    except ValueError:
        return None
    return part.record, part.starts_s


def _recording(record: "EcgRecord", name: str) -> "EcgRecord | None":
    if name in ("", record.name):
        return record
    for place, other in enumerate(record.others):
        if other.name == name:
            return record.turned_to(place)
    return None


def _sheet(place: EcgPlace) -> _Sheet:
    """Beside another one where it fits; else across the paper, at last at half the pace."""
    narrow, wide = KEY_STRIP_MM
    length = abs(place.stop_s - place.start_s)
    for width, pace in ((narrow, _PACES[0]), (wide, _PACES[0]), (wide, _PACES[1])):
        sheet = _Sheet(width / pace, pace, width == wide)
        if length <= sheet.seconds:
            break
    return sheet


def _drawn(
    record: "EcgRecord",
    number: int,
    place: EcgPlace,
    caption: str,
    begins_s: float,
    duration_s: float,
) -> KeyStrip | None:
    """Of a record that begins at `begins_s` of a recording of `duration_s`."""
    from workstation.studies.measure.ecg.filters import filter_of, filtered

    lead, chosen, rate = _lead(record, place.lead), filter_of(place.filter), record.sampling_rate_hz
    if lead is None or chosen is None:
        return None
    seen = lead if chosen.off else filtered(lead, rate, chosen)
    sheet, (first, last) = _sheet(place), sorted((place.start_s, place.stop_s))
    is_whole = last - first <= sheet.seconds
    middle = (first + last - sheet.seconds) / 2 if is_whole else first
    from_s = min(max(middle, 0.0), max(0.0, duration_s - sheet.seconds))
    start = max(0, round((from_s - begins_s) * rate))
    stop = min(start + round(sheet.seconds * rate), len(seen.samples))
    if stop <= start or (last - begins_s) * rate < start or (first - begins_s) * rate > stop:
        return None
    values = _samples(seen, start, stop)
    gain = _gain(values)
    note = "" if is_whole else f"; первые {_comma(sheet.seconds)} с"
    return KeyStrip(
        number=number,
        lead=seen.name,
        millivolts=values,
        rate_hz=rate,
        from_s=begins_s + start / rate,
        marks_s=(first, last) if is_whole and last > first else None,
        caption=f"{caption}; {_scale(sheet.mm_per_s, gain)}{note}",
        mm_per_s=sheet.mm_per_s,
        mm_per_mv=gain,
        is_wide=sheet.is_wide,
    )


def _of_beat(record: "EcgRecord", number: int, place: EcgPlace, caption: str) -> KeyStrip | None:
    """The beat that the program averaged, as in the viewer; its marks count from its beginning."""
    from workstation.studies.measure.ecg.beat_study import study_beat
    from workstation.studies.measure.ecg.filters import filter_of

    chosen = filter_of(place.filter)
    beat = None if chosen is None else study_beat(record, chosen).beat
    if beat is None:
        return None
    lead = next((one for one in beat.leads if one.name == (place.lead or _SHOWN_FIRST)), None)
    if lead is None or not _is_in_mv(lead):
        return None
    room = round(KEY_STRIP_MM[0] / _PACES[0] * beat.sampling_rate_hz)
    values = _samples(lead, 0, min(room, len(lead.samples)))
    first, last = sorted((place.start_s, place.stop_s))
    gain = _gain(values)
    return KeyStrip(
        number=number,
        lead=lead.name,
        millivolts=values,
        rate_hz=beat.sampling_rate_hz,
        from_s=0.0,
        marks_s=(first, last) if last > first else None,
        caption=f"{caption}; {_scale(_PACES[0], gain)}",
        mm_per_mv=gain,
    )


def _lead(record: "EcgRecord", name: str) -> "EcgLead | None":
    first = record.lead(_SHOWN_FIRST) or next(iter(record.leads), None)
    lead = record.lead(name) if name else first
    return lead if lead is not None and _is_in_mv(lead) else None


def _is_in_mv(lead: "EcgLead") -> bool:
    from workstation.studies.ecg import SampleUnit

    return lead.unit is SampleUnit.MILLIVOLT


def _samples(lead: "EcgLead", start: int, stop: int) -> tuple[float, ...]:
    values = [float(one) for one in lead.samples[start:stop]]
    for begin, end in lead.gaps:
        for index in range(max(begin, start), min(end, stop)):
            values[index - start] = float("nan")
    return tuple(values)


def _gain(values: tuple[float, ...]) -> float:
    """The greatest at which the trace stays on its strip, about its middle number."""
    known = sorted(value for value in values if math.isfinite(value))
    if not known:
        return _GAINS[0]
    base = known[len(known) // 2]
    reach = 2 * max(known[-1] - base, base - known[0])
    return next((gain for gain in _GAINS if reach * gain <= _HEIGHT_MM), _GAINS[-1])


def _scale(mm_per_s: float, mm_per_mv: float) -> str:
    """«25 мм/с, 10 мм/мВ»."""
    return f"{_comma(mm_per_s)} мм/с, {_comma(mm_per_mv)} мм/мВ"


def _comma(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0").replace(".", ",")
