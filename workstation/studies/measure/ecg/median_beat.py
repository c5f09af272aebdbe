"""The median beat: all beats of one shape laid over each other, in all leads.

Aligned by the highest correlation within 40 ms, beats of another shape (correlation under 0.9)
left out (AHA/ACC/HRS 2007, part I, Kligfield, on the formation of a representative complex). The
beat that resembles the others most stands for the shape that counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from workstation.studies.ecg import EcgLead
from workstation.studies.measure.ecg.r_peaks import Places
from workstation.studies.measure.ecg.smoothing import smoothed
from workstation.studies.measure.ecg.stretches import recorded_in_all, within

Signal = npt.NDArray[np.float64]

_BEFORE_S: Final = 0.40
_AFTER_S: Final = 0.70
_BEFORE_RR: Final = 0.45
_AFTER_RR: Final = 0.75
"""Parts of the median RR interval: at a fast rate the window ends before the next T or P."""
_SHIFT_S: Final = 0.04
_COMPARED_S: Final = 0.10
"""Correlated is what lies this near the R peak: QRS, whatever P and T do."""
_SMOOTHED_S: Final = 0.02
"""So far noise is taken out of the shapes that are compared, not of the beat."""
_SAME_SHAPE: Final = 0.9
_MOST: Final = 60


@dataclass(frozen=True, slots=True, eq=False)
class MedianBeat:
    """All leads of one beat over one another (butterfly)."""

    leads: tuple[EcgLead, ...]
    """As many samples in each, without gaps, about a level of its own: see `median_beat`."""
    sampling_rate_hz: float
    r_at: int
    """Sample of the R peak in every lead."""
    rr_ms: float
    """Median of the intervals between the beats that were found."""
    rr_spread: float
    """Median deviation of these intervals from their median, as a part of it."""
    used: int
    """Beats that the median is made of."""
    found: int
    """Beats that lay whole in the recording; where those are many, up to 60 of them, evenly."""

    def lead(self, name: str) -> EcgLead | None:
        """The lead of that name, None where there is none."""
        return next((lead for lead in self.leads if lead.name == name), None)

    def milliseconds(self, sample: float) -> float:
        """Time of a sample of this beat from its R peak."""
        return (sample - self.r_at) * 1000 / self.sampling_rate_hz


def median_beat(
    leads: Sequence[EcgLead], sampling_rate_hz: float, peaks: Places
) -> MedianBeat | None:
    """The median over up to 60 beats; None where fewer than two beats lie whole in all leads.

    `peaks` are R peaks in samples. Each beat's own mean is taken out, so that a wandering
    baseline does not widen it: levels are relative within the beat.
    """
    intervals = np.diff(peaks)
    rr = float(np.median(intervals)) if len(intervals) else 0.0
    if rr <= 0:
        return None
    before, after = _window(rr, sampling_rate_hz)
    slack = round(_SHIFT_S * sampling_rate_hz)
    whole = _whole(leads, peaks, before + slack, after + slack)
    cut = _cut(leads, whole, before + slack, after + slack)
    kept = _kept(cut, before + slack, slack, sampling_rate_hz) if len(whole) >= 2 else []
    if len(kept) < 2:
        return None
    aligned = [cut[beat, :, at : at + before + after] for beat, at in kept]
    spread = float(np.median(np.abs(intervals - rr))) / rr
    return MedianBeat(
        _median(leads, np.array(aligned)),
        sampling_rate_hz,
        before,
        rr * 1000 / sampling_rate_hz,
        spread,
        len(kept),
        len(whole),
    )


def _median(leads: Sequence[EcgLead], aligned: Signal) -> tuple[EcgLead, ...]:
    samples = _level(np.median(aligned, axis=0)).astype(np.float32)
    samples.flags.writeable = False
    return tuple(
        replace(one, samples=row, gaps=()) for one, row in zip(leads, samples, strict=True)
    )


def _window(rr: float, rate: float) -> tuple[int, int]:
    before = min(_BEFORE_S * rate, _BEFORE_RR * rr)
    after = min(_AFTER_S * rate, _AFTER_RR * rr)
    return round(before), round(after)


def _whole(leads: Sequence[EcgLead], peaks: Places, before: int, after: int) -> list[int]:
    """Peaks around which everything was recorded, evenly thinned to the most that are used."""
    stretches = recorded_in_all(leads)
    found = [int(at) for at in peaks if within(stretches, at - before, at + after)]
    step = -(-len(found) // _MOST) or 1
    return found[::step]


def _cut(leads: Sequence[EcgLead], peaks: Sequence[int], before: int, after: int) -> Signal:
    """Shape (beats, leads, samples), each beat and lead about its own mean."""
    rows = [[lead.samples[at - before : at + after] for lead in leads] for at in peaks]
    return _level(np.array(rows, np.float64)) if rows else np.zeros((0, len(leads), 0))


def _level(beats: Signal) -> Signal:
    levelled: Signal = beats - beats.mean(axis=-1, keepdims=True)
    return levelled


def _kept(cut: Signal, r_at: int, slack: int, rate: float) -> list[tuple[int, int]]:
    """Beats of the commonest shape, and where each begins to lie over the one most like all."""
    shapes = smoothed(cut, _SMOOTHED_S * rate)
    compared = round(_COMPARED_S * rate)
    near = slice(max(slack, r_at - compared), min(shapes.shape[2] - slack, r_at + compared))
    flat = _unit(shapes[:, :, near])
    template = flat[int(np.argmax(np.median(flat @ flat.T, axis=1)))]
    kept = []
    for number, beat in enumerate(shapes):
        shift, likeness = _best_shift(beat, template, near, slack)
        if likeness >= _SAME_SHAPE:
            kept.append((number, slack + shift))
    return kept


def _best_shift(beat: Signal, template: Signal, near: slice, slack: int) -> tuple[int, float]:
    shifts = range(-slack, slack + 1)
    moved = [beat[:, near.start + one : near.stop + one] for one in shifts]
    likeness = _unit(np.array(moved)) @ template
    best = int(np.argmax(likeness))
    return shifts[best], float(likeness[best])


def _unit(pieces: Signal) -> Signal:
    """Each piece (leads x samples) as one vector of length 1, its leads' levels taken out."""
    flat = _level(pieces).reshape(len(pieces), -1)
    length = np.linalg.norm(flat, axis=1, keepdims=True)
    return flat / np.where(length > 0, length, 1)
