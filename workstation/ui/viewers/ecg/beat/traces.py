"""The lines of all leads of a beat, one over another, in pixels of a scale."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPolygonF

from workstation.studies.measure.ecg.beat_study import BeatStudy
from workstation.ui.viewers.ecg.beat.scale import BeatScale, BeatSize
from workstation.ui.viewers.ecg.trace import Points, polygons

_NEAR_PX = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class LeadTrace:
    """One lead's line, ready to be painted again and again."""

    name: str
    points: Points
    pieces: tuple[QPolygonF, ...]


def size_of(study: BeatStudy) -> BeatSize | None:
    """What has to fit on the paper; None where there is no beat."""
    beat = study.beat
    if beat is None:
        return None
    above = [
        lead.samples.astype(np.float64) - level
        for lead, level in zip(beat.leads, study.levels, strict=True)
    ]
    low, high = min(float(one.min()) for one in above), max(float(one.max()) for one in above)
    count = len(beat.leads[0].samples)
    return BeatSize(
        count, beat.r_at, beat.sampling_rate_hz, min(0.0, low), max(0.0, high), study.is_calibrated
    )


def lead_traces(study: BeatStudy, scale: BeatScale) -> tuple[LeadTrace, ...]:
    """All leads, each on the same base line by its own level."""
    beat = study.beat
    if beat is None:
        return ()
    found = []
    for lead, level in zip(beat.leads, study.levels, strict=True):
        x = scale.x(0) + np.arange(len(lead.samples)) * (scale.x(1) - scale.x(0))
        height = (lead.samples.astype(np.float64) - level) * scale.mm_per_unit * scale.px_per_mm
        points = np.column_stack((x, scale.zero - height))
        found.append(LeadTrace(lead.name, points, tuple(polygons(points))))
    return tuple(found)


def lead_at(traces: tuple[LeadTrace, ...], place: QPointF) -> str | None:
    """The lead whose line is nearest to that place; None where none is near."""
    nearest, best = None, _NEAR_PX
    for trace in traces:
        away = np.hypot(trace.points[:, 0] - place.x(), trace.points[:, 1] - place.y())
        distance = float(away.min())
        if distance < best:
            nearest, best = trace.name, distance
    return nearest
