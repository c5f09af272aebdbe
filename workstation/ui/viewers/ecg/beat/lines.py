"""The beat's lines in the list of measurements: written as bounds move, read back with a file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from backend_client.models.evidence import EcgPlace, Origin
from workstation.studies.ecg import SampleUnit
from workstation.studies.measure.ecg.beat_bounds import (
    ORIGIN_OF,
    BeatBounds,
    Standing,
)
from workstation.studies.measure.ecg.beat_study import BeatStudy
from workstation.studies.measure.ecg.beat_values import BeatValues
from workstation.studies.measure.ecg.calipers import IntervalKind
from workstation.studies.measure.ecg.measured import Measured, Quantity
from workstation.studies.measure.ecg.median_beat import MedianBeat
from workstation.studies.measure.ecg.placed_caliper import NAME_LENGTH
from workstation.studies.measure.ecg.proposals import BOUNDS_OF, Landmark
from workstation.studies.measure.ecg.st_levels import StLevel
from workstation.ui.viewers.ecg.measurements import Line

Key = tuple[Quantity, str, str, str, str, float]
"""Quantity, detail, lead, recording, filter and part: one line of a beat."""
QUANTITY_OF: Final = {
    IntervalKind.PR: Quantity.PR,
    IntervalKind.QRS: Quantity.QRS,
    IntervalKind.QT: Quantity.QT,
}
_BOUNDS: Final = {QUANTITY_OF[kind]: bounds for kind, bounds in BOUNDS_OF.items()} | {
    Quantity.QTC: BOUNDS_OF[IntervalKind.QT],
    Quantity.AXIS: BOUNDS_OF[IntervalKind.QRS],
    Quantity.ST: BOUNDS_OF[IntervalKind.QRS],
}
"""On which bounds a value rests."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What the doctor and the program have said of a beat."""

    bounds: BeatBounds = BeatBounds()
    is_rr_confirmed: bool = False
    st_leads: frozenset[str] = frozenset()
    """Leads whose ST the doctor wants in the list."""


@dataclass(frozen=True, slots=True)
class BeatState:
    """What the beat's lines are made of."""

    recording: str
    offset_s: float
    """Where the record begins in a longer one of which it is a window."""
    study: BeatStudy
    settled: Settled
    values: BeatValues


@dataclass(frozen=True, slots=True)
class BeatLine:
    """A line as it should stand in the list."""

    measured: Measured
    is_proposed: bool

    @property
    def key(self) -> Key:
        """Which line it is."""
        return key_of(self.measured)


def key_of(measured: Measured) -> Key:
    """What tells the beat's lines from one another, and from those seen through other filters."""
    place = measured.place
    return measured.quantity, measured.detail, place.lead, *_where(place)


def is_of_beat(measured: Measured) -> bool:
    """Whether a line of the list is the beat's; its RR is that of all leads together."""
    is_rr = measured.quantity is Quantity.RR and not measured.place.lead
    return measured.place.median_beat or is_rr


def rests_on(key: Key) -> tuple[Landmark, ...]:
    """The bounds of that line; none for RR."""
    return _BOUNDS.get(key[0], ())


def needs_rr(key: Key) -> bool:
    """Whether the line rests on RR."""
    return key[0] in (Quantity.RR, Quantity.QTC)


def lines_of(state: BeatState) -> list[BeatLine]:
    """All lines in their order."""
    found = [*_rr(state), *_intervals(state), *_corrected(state), *_axis(state)]
    for level in state.values.st:
        if level.lead in state.settled.st_leads and level.unit is SampleUnit.MILLIVOLT:
            found += _st(state, level)
    return found


def _rr(state: BeatState) -> Iterator[BeatLine]:
    rhythm = state.study.rhythm
    if rhythm.rr_ms is None:
        return
    code = state.study.chosen_filter.code
    place = EcgPlace(
        recording=state.recording,
        start_s=state.offset_s + rhythm.start_s,
        stop_s=state.offset_s + rhythm.stop_s,
        filter=code,
        beats_from_s=state.offset_s,
    )
    count = len(rhythm.intervals_ms)
    measured = Measured(Quantity.RR, rhythm.rr_ms, "ms", place, Origin.CONFIRMED, cycles=count)
    yield BeatLine(measured, not state.settled.is_rr_confirmed)


def _intervals(state: BeatState) -> Iterator[BeatLine]:
    for kind, value in state.values.intervals_ms.items():
        yield _line(state, QUANTITY_OF[kind], value, "ms")


def _corrected(state: BeatState) -> Iterator[BeatLine]:
    for one in state.values.qtc:
        line = _line(state, Quantity.QTC, one.value_ms, "ms", one.formula.value)
        rr_ms = state.study.rhythm.rr_ms
        measured = replace(line.measured, origin=Origin.CONFIRMED, rr_ms=rr_ms)
        yield BeatLine(measured, line.is_proposed or not state.settled.is_rr_confirmed)


def _axis(state: BeatState) -> Iterator[BeatLine]:
    axis = state.values.axis
    if axis.agree and axis.by_area is not None:
        yield _line(state, Quantity.AXIS, axis.by_area, "deg", "area")


def _st(state: BeatState, level: StLevel) -> Iterator[BeatLine]:
    for detail, value in (("J", level.at_j), ("J+60", level.at_j60), ("J+80", level.at_j80)):
        if value is not None:
            yield _line(state, Quantity.ST, value, "mV", detail, level.lead)


def _line(
    state: BeatState, quantity: Quantity, value: float, unit: str, detail: str = "", lead: str = ""
) -> BeatLine:
    bounds = _BOUNDS[quantity]
    standing = state.settled.bounds.standing(bounds)
    place = _place(state, bounds, lead)
    measured = Measured(quantity, value, unit, place, ORIGIN_OF[standing], detail)
    return BeatLine(measured, standing is Standing.PROPOSED)


def _place(state: BeatState, bounds: tuple[Landmark, Landmark], lead: str) -> EcgPlace:
    beat = state.study.beat
    rate = beat.sampling_rate_hz if beat is not None else 1.0
    start, stop = ((state.settled.bounds.sample(one) or 0) / rate for one in bounds)
    return EcgPlace(
        recording=state.recording,
        lead=lead[:NAME_LENGTH],
        start_s=start,
        stop_s=stop,
        filter=state.study.chosen_filter.code,
        median_beat=True,
        beats_from_s=state.offset_s,
    )


def taken_up(
    lines: Iterable[Line], study: BeatStudy, recording: str, offset_s: float = 0.0
) -> Settled:
    """What the doctor had settled on this beat, by the list that came back with its file.

    Where the list knows nothing of it: what is proposed.
    """
    bounds, beat = BeatBounds.of(study.proposal), study.beat
    mine = [line.measured for line in lines if not line.is_proposed and is_of_beat(line.measured)]
    here = (recording, study.chosen_filter.code, offset_s)
    mine = [one for one in mine if _where(one.place) == here]
    if beat is None or not mine:
        return Settled(bounds)
    # By hand last, for it wins: one proposed bound makes a value confirmed.
    for one in sorted(mine, key=lambda line: line.origin is Origin.BY_HAND):
        bounds = _with_line(bounds, one, beat)
    leads = frozenset(one.place.lead for one in mine if one.quantity is Quantity.ST)
    return Settled(bounds, any(needs_rr(key_of(one)) for one in mine), leads)


def _where(place: EcgPlace) -> tuple[str, str, float]:
    return place.recording, place.filter, place.beats_from_s


def _with_line(bounds: BeatBounds, one: Measured, beat: MedianBeat) -> BeatBounds:
    if one.quantity not in QUANTITY_OF.values():
        return bounds
    standing = Standing.BY_HAND if one.origin is Origin.BY_HAND else Standing.CONFIRMED
    seconds = (one.place.start_s, one.place.stop_s)
    for landmark, at in zip(_BOUNDS[one.quantity], seconds, strict=True):
        sample = round(at * beat.sampling_rate_hz)
        if sample < len(beat.leads[0].samples):
            bounds = bounds.placed(landmark, sample, standing)
    return bounds
