"""Calibrations by hand as they are kept with a measurement, and as the viewers have them.

A calibration of which one mark is not understood is none: by the others alone a value would be
another one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final

from backend_client.models.annotations import CalibrationMark, MarkKind
from workstation.studies.measure.ecg.photo_calibration import (
    Method,
    PaperCalibration,
    Spot,
    refusal,
)
from workstation.ui.viewers.figures.frame_figure import HandMark, HandScales
from workstation.ui.viewers.figures.kinds import Tool

_TOOLS: Final = {
    MarkKind.LENGTH: Tool.LENGTH_MARK,
    MarkKind.VELOCITY: Tool.VELOCITY_MARK,
    MarkKind.TIME: Tool.TIME_MARK,
}
_KINDS: Final = {tool: kind for kind, tool in _TOOLS.items()}
_FARTHEST_PX: Final = 1e6


def marks_of_hand(hand: HandScales) -> tuple[CalibrationMark, ...]:
    """All that the doctor said of a clip's scale."""
    found = tuple(
        CalibrationMark(
            kind=_KINDS[one.tool],
            points=(one.start, one.stop),
            values=(one.amount,),
            unit=one.unit.value,
            frame=one.frame,
        )
        for one in hand.marks
    )
    if not hand.quarter_turns:
        return found
    return (*found, _mark(MarkKind.PAPER_TURN, "deg", (90.0 * hand.quarter_turns,)))


def hand_of(marks: Sequence[CalibrationMark]) -> HandScales | None:
    """The scales of a clip; None where a mark is none of a clip's, or is not understood."""
    hand, turns = HandScales(), _turns_of(marks)
    for mark in marks:
        if mark.kind is MarkKind.PAPER_TURN and turns:
            continue
        tool = _TOOLS.get(mark.kind)
        if tool is None or len(mark.points) != 2 or len(mark.values) != 1 or not _is_near(mark):
            return None
        own = 0 if tool is Tool.LENGTH_MARK else turns
        made = HandMark(tool, mark.frame, *mark.points, mark.values[0], own)
        if made.unit.value != mark.unit:
            return None
        hand = hand.with_mark(made)
    return hand if hand.marks else None


def _turns_of(marks: Sequence[CalibrationMark]) -> int:
    """How the picture was seen when time and velocity were marked; 0 where nothing is said."""
    found = [one for one in marks if one.kind is MarkKind.PAPER_TURN]
    if len(found) != 1 or found[0].unit != "deg" or len(found[0].values) != 1:
        return 0
    turns, rest = divmod(found[0].values[0], 90)
    return int(turns) if not rest and 0 < turns < 4 else 0


def marks_of_paper(known: PaperCalibration, ends: tuple[Spot, Spot]) -> tuple[CalibrationMark, ...]:
    """How a page was calibrated as far as it was, and how exactly a caliper's `ends` were put."""
    along_mm, up_mm = known.lengths_mm
    points = (
        (
            _mark(MarkKind.PAPER_CORNERS, "mm", (along_mm, up_mm), known.corners),
            _mark(MarkKind.PAPER_TURN, "deg", (90.0 * known.quarter_turns,)),
        )
        if known.method is Method.CORNERS
        else (
            _mark(MarkKind.PAPER_ALONG, "mm", (along_mm,), known.along),
            _mark(MarkKind.PAPER_UP, "mm", (up_mm,), known.up),
            _mark(MarkKind.PAPER_TURN, "deg", (90.0 * known.quarter_turns,)),
        )
    )
    named = (
        _mark(kind, unit, (value,))
        for kind, unit, value in (
            (MarkKind.PAPER_SPEED, "mm/s", known.speed_mm_s),
            (MarkKind.PAPER_GAIN, "mm/mV", known.gain_mm_mv),
        )
        if value is not None
    )
    blurs = (ends[0].blur, ends[1].blur)
    return (*points, *named, CalibrationMark(kind=MarkKind.ENDS, blurs=blurs))


def paper_of(marks: Sequence[CalibrationMark]) -> PaperCalibration | None:
    """A page's calibration; None where a mark is none of paper, is not understood, or where all
    together mean nothing."""
    known = PaperCalibration()
    for mark in marks:
        found = _with_mark(known, mark) if _is_near(mark) else None
        if found is None:
            return None
        known = found
    is_whole = known.method is Method.CORNERS or len(known.along) == 2 or not known.up
    return known if marks and is_whole and refusal(known) is None else None


def blurs_of(marks: Iterable[CalibrationMark]) -> tuple[float, float]:
    """How exactly both ends of a measurement were put."""
    found = next((one.blurs for one in marks if one.kind is MarkKind.ENDS), ())
    return (found[0], found[1]) if len(found) == 2 else (1.0, 1.0)


def _with_mark(known: PaperCalibration, mark: CalibrationMark) -> PaperCalibration | None:
    spots, values = _spots(mark), mark.values
    match mark.kind, values:
        case (MarkKind.PAPER_ALONG, (length,)) if _is_mark(mark, length):
            return replace(known, along=spots, mark_mm=(length, known.mark_mm[1]))
        case (MarkKind.PAPER_UP, (length,)) if _is_mark(mark, length):
            return replace(known, up=spots, mark_mm=(known.mark_mm[0], length))
        case (MarkKind.PAPER_CORNERS, (along, up)) if mark.unit == "mm" and min(along, up) > 0:
            return replace(known, method=Method.CORNERS, corners=spots, rectangle_mm=(along, up))
        case (MarkKind.PAPER_TURN, (degrees,)) if mark.unit == "deg" and not degrees % 90:
            return replace(known, quarter_turns=int(degrees // 90) % 4)
        case (MarkKind.PAPER_SPEED, (speed,)) if mark.unit == "mm/s" and speed > 0:
            return replace(known, speed_mm_s=speed)
        case (MarkKind.PAPER_GAIN, (gain,)) if mark.unit == "mm/mV" and gain > 0:
            return replace(known, gain_mm_mv=gain)
        case (MarkKind.ENDS, ()):
            return known
    return None


def _is_mark(mark: CalibrationMark, length_mm: float) -> bool:
    return mark.unit == "mm" and length_mm > 0 and len(mark.points) <= 2


def _mark(
    kind: MarkKind, unit: str, values: tuple[float, ...], spots: Sequence[Spot] = ()
) -> CalibrationMark:
    return CalibrationMark(
        kind=kind,
        points=tuple(spot.point for spot in spots),
        blurs=tuple(spot.blur for spot in spots),
        values=values,
        unit=unit,
    )


def _spots(mark: CalibrationMark) -> tuple[Spot, ...]:
    blurs = mark.blurs if len(mark.blurs) == len(mark.points) else (1.0,) * len(mark.points)
    return tuple(Spot(*point, blur) for point, blur in zip(mark.points, blurs, strict=True))


def _is_near(mark: CalibrationMark) -> bool:
    """Whether its numbers are such as pictures have."""
    numbers = chain(mark.values, mark.blurs, *mark.points)
    return all(abs(value) <= _FARTHEST_PX for value in numbers)
