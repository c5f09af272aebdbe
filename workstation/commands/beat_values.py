"""The median beat in values: what the program proposes, never more than a proposal."""

from workstation.commands.answers import Said
from workstation.commands.described import unit_of
from workstation.studies.ecg import EcgRecord
from workstation.studies.measure.ecg.beat_bounds import BeatBounds
from workstation.studies.measure.ecg.beat_study import BeatStudy, study_beat
from workstation.studies.measure.ecg.beat_values import beat_values
from workstation.studies.measure.ecg.filters import TraceFilter
from workstation.studies.measure.ecg.median_beat import MedianBeat
from workstation.studies.measure.ecg.proposals import MEDIAN_ERROR_MS, Landmark
from workstation.studies.measure.ecg.st_levels import StLevel


class BoundSaid(Said, frozen=True, kw_only=True):
    """Where a wave seems to begin or end."""

    from_r_ms: float
    median_error_ms: float
    """On annotated records."""


class CorrectedSaid(Said, frozen=True, kw_only=True):
    """QT corrected for the rate by one formula."""

    formula: str
    value_ms: float
    trust: str
    """What the rate makes of it: holds, too_long, too_short, unproven."""


class AxisSaid(Said, frozen=True, kw_only=True):
    """Of QRS in the frontal plane, by amplitude and by area; null where it cannot be told."""

    by_amplitude_deg: float | None
    by_area_deg: float | None
    agree: bool


class StSaid(Said, frozen=True, kw_only=True):
    """Of one lead, in its unit; null where the point was not recorded."""

    lead: str
    unit: str
    at_j: float | None
    at_j60: float | None
    at_j80: float | None


class BeatSaid(Said, frozen=True, kw_only=True):
    """The median beat; empty and null where there is none or nothing can be proposed."""

    origin: str = "proposed"
    """By the program, and confirmed by nobody."""
    why_not: str | None
    """Why there is no beat: no_leads, slow_sampling, already_averaged, too_few."""
    beats_found: int
    beats_used: int
    rr_ms: float | None
    """Mean of the intervals between neighbouring beats."""
    per_minute: float | None
    rr_steady: bool
    """Whether the rhythm is steady enough for any correction of QT."""
    left_out: tuple[str, ...]
    """Leads of the recording that are not in the beat."""
    bounds: dict[str, BoundSaid]
    intervals_ms: dict[str, float]
    qtc: tuple[CorrectedSaid, ...]
    axis: AxisSaid
    st: tuple[StSaid, ...]
    """Empty through the filter of the baseline, which moves ST."""


def beat_of(record: EcgRecord, chosen: TraceFilter) -> BeatSaid:
    """The beat of the recording as the desk makes it, seen through that filter."""
    study = study_beat(record, chosen)
    beat, rhythm = study.beat, study.rhythm
    values = beat_values(study, BeatBounds.of(study.proposal))
    return BeatSaid(
        why_not=None if study.why_not is None else study.why_not.value,
        beats_found=0 if beat is None else beat.found,
        beats_used=0 if beat is None else beat.used,
        rr_ms=rhythm.rr_ms,
        per_minute=rhythm.per_minute,
        rr_steady=rhythm.is_steady,
        left_out=study.left_out,
        bounds={} if beat is None else _bounds(study, beat),
        intervals_ms={kind.value: found for kind, found in values.intervals_ms.items()},
        qtc=tuple(
            CorrectedSaid(formula=x.formula.value, value_ms=x.value_ms, trust=x.trust.value)
            for x in values.qtc
        ),
        axis=AxisSaid(
            by_amplitude_deg=values.axis.by_amplitude,
            by_area_deg=values.axis.by_area,
            agree=values.axis.agree,
        ),
        st=() if beat is None else tuple(_st(level, beat) for level in values.st),
    )


def _bounds(study: BeatStudy, beat: MedianBeat) -> dict[str, BoundSaid]:
    found = {one: study.proposal.at(one) for one in Landmark}
    return {
        one.value: BoundSaid(from_r_ms=beat.milliseconds(at), median_error_ms=MEDIAN_ERROR_MS[one])
        for one, at in found.items()
        if at is not None
    }


def _st(level: StLevel, beat: MedianBeat) -> StSaid:
    lead = beat.lead(level.lead)
    return StSaid(
        lead=level.lead,
        unit="uncalibrated" if lead is None else unit_of(lead),
        at_j=level.at_j,
        at_j60=level.at_j60,
        at_j80=level.at_j80,
    )
